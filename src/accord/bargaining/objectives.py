"""What each point solution makes largest, as a function of the parties' utilities."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accord.bargaining.arrays import UNIT, Arrays

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]


_MOST_FACTORS = 30
"""Gains of a billionth multiplied this often still fit a float."""


@dataclass(frozen=True)
class Objective:
    """A function of the parties' utilities that never falls when a utility rises, so that bounds on utilities bound it.

    `of` takes integer utilities of the consenting parties, party by party (parties first), and gives one value a
    package. `ties` orders packages of equal value: vectors compared from their smallest member up (leximin), or None
    for option order.
    """

    method: str
    source: str
    of: Callable[[Longs], Floats]
    ties: Callable[[Longs], Floats] | None = None


def nash(arrays: Arrays) -> Objective:
    """The sum of w_p log(u_p - b_p), weights adding to 1: its exponential is the weighted Nash product."""
    weight = weights(arrays)
    reservation = arrays.reservation[arrays.consent]

    def of(utilities: Longs) -> Floats:
        total = np.zeros(utilities.shape[1:])
        with np.errstate(divide="ignore"):
            for row, b, w in zip(utilities, reservation, weight, strict=True):
                if w > 0:
                    total += w * np.log(np.maximum(row - b, 0) / UNIT)
        return total

    def of_equals(utilities: Longs) -> Floats:
        """The same for equal weights: one logarithm a package in place of one a party."""
        product = np.ones(utilities.shape[1:])
        for row, b in zip(utilities, reservation, strict=True):
            product *= np.maximum(row - b, 0) / UNIT
        with np.errstate(divide="ignore"):
            return np.asarray(np.log(product) / len(weight))

    if len(weight) <= _MOST_FACTORS and (weight == weight[0]).all():
        of = of_equals
    source = "Nash (1950), Econometrica 18; weights: Harsanyi and Selten (1972), Management Science 18; Kalai (1977)"
    return Objective("Nash", source, of)


def egalitarian(arrays: Arrays) -> Objective:
    """The smallest gain u_p - b_p; ties by the next smallest (leximin)."""
    reservation = arrays.reservation[arrays.consent]

    def gains(utilities: Longs) -> Floats:
        return (utilities - reservation.reshape(-1, *[1] * (utilities.ndim - 1))) / UNIT

    return Objective("egalitarian", "Kalai (1977), Econometrica 45", lambda u: gains(u).min(axis=0), gains)


def kalai_smorodinsky(arrays: Arrays, ideal: Longs) -> Objective:
    """The smallest share (u_p - b_p) / (ideal_p - b_p) of the gain a party could hope for; ties as egalitarian.

    A party whose ideal is its reservation has nothing to hope for and is left out of the minimum.
    """
    reservation = arrays.reservation[arrays.consent]
    reach = ideal[arrays.consent] - reservation
    hoping = np.flatnonzero(reach > 0)

    def shares(utilities: Longs) -> Floats:
        if not len(hoping):
            return np.zeros((1, *utilities.shape[1:]))
        shape = (-1, *[1] * (utilities.ndim - 1))
        return (utilities[hoping] - reservation[hoping].reshape(shape)) / reach[hoping].reshape(shape)

    source = "Kalai and Smorodinsky (1975), Econometrica 43"
    return Objective("Kalai-Smorodinsky", source, lambda u: shares(u).min(axis=0), shares)


def utilitarian(arrays: Arrays) -> Objective:
    """The weighted sum of utilities, weights adding to 1."""
    weight = weights(arrays)

    def of(utilities: Longs) -> Floats:
        total = np.zeros(utilities.shape[1:])
        for row, w in zip(utilities, weight, strict=True):  # a fixed order of sums, so that equal packages tie exactly
            total += w * row
        return total / UNIT

    return Objective("utilitarian", "Harsanyi (1955), J. Political Economy 63", of)


def weights(arrays: Arrays) -> Floats:
    """The weights of the consenting parties, adding to 1; equal when all are 0."""
    weight = arrays.weight[arrays.consent]
    total = float(weight.sum())
    return weight / total if total > 0 else np.full(len(weight), 1 / max(1, len(weight)))


METHODS: dict[str, Callable[[Arrays, Longs], Objective]] = {
    "Nash": lambda arrays, _: nash(arrays),
    "Kalai-Smorodinsky": kalai_smorodinsky,
    "egalitarian": lambda arrays, _: egalitarian(arrays),
    "utilitarian": lambda arrays, _: utilitarian(arrays),
}
"""The point solutions by name, in the order in which they are shown; the second argument is the ideal."""
