"""The package of a zone that makes an objective largest, by visiting the most promising blocks first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accord.bargaining.grid import Grid
from accord.bargaining.objectives import Objective
from accord.bargaining.sweep import Found

_SLACK = 1e-12
"""Logarithms are rounded, so a bound may come out this much too small."""


@dataclass(frozen=True)
class Top:
    """The best package as (block, place), its value, the next smaller value seen, and how many share the best."""

    at: tuple[int, int]
    value: float
    runner_up: float | None
    ties: int


def best(grid: Grid, found: Found, objective: Objective) -> Top | None:
    """The package of the zone with the largest value, or None when no package has one above minus infinity.

    A block is skipped when even the best utilities of all its packages, each party taken by itself, give a value
    below the second best found; blocks are visited in order of that bound. Ties go by the objective's own
    order, then to the package whose options come first.
    """
    heads = np.array(sorted(found.members), dtype=np.intp)
    parties = np.flatnonzero(grid.arrays.consent)
    tail = grid.tail_worth[parties].astype(np.int64)
    base = grid.head_worth[np.ix_(parties, heads)].astype(np.int64)
    bound = objective.of(base + tail.max(axis=1)[:, None])
    top = runner_up = -np.inf
    tied: list[tuple[int, NDArray[np.intp], NDArray[np.int64]]] = []
    for place in np.argsort(-bound, kind="stable"):
        if bound[place] < runner_up - _SLACK or bound[place] == -np.inf:
            break
        head = int(heads[place])
        inside = np.flatnonzero(found.members[head])
        utilities = (tail if len(inside) == grid.tails else tail[:, inside]) + base[:, place, None]
        values = objective.of(utilities)
        high = float(values.max())
        if high < top:
            runner_up = max(runner_up, high)
            continue
        at = np.flatnonzero(values == high)
        below = values[values < high]
        runner_up = max(runner_up, float(below.max()) if len(below) else -np.inf)
        if high > top:
            runner_up, top, tied = max(runner_up, top), high, []
        tied.append((head, inside[at], utilities[:, at]))
    if top == -np.inf:
        return None
    ties = sum(len(places) for _, places, _ in tied)
    return Top(_first(tied, objective), top, None if runner_up == -np.inf else runner_up, ties)


def _first(tied: list[tuple[int, NDArray[np.intp], NDArray[np.int64]]], objective: Objective) -> tuple[int, int]:
    """The winner among packages of equal value."""
    heads = np.concatenate([np.full(len(places), head) for head, places, _ in tied])
    places = np.concatenate([p for _, p, _ in tied])
    left = np.lexsort((places, heads))
    if objective.ties is not None and len(left) > 1:
        order = objective.ties(np.concatenate([u for _, _, u in tied], axis=1))
        ranked = np.sort(order[:, left], axis=0)
        for row in range(len(ranked)):
            keep = ranked[row] == ranked[row].max()
            left, ranked = left[keep], ranked[:, keep]
    return int(heads[left[0]]), int(places[left[0]])
