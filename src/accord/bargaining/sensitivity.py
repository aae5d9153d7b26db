"""Which open numbers an answer hangs on: Sobol indices by groups of factors, and a tornado.

First-order indices by Saltelli et al. (2010), Computer Physics Communications 181, eq. (b) of their Table 2; total
indices by Jansen (1999), Computer Physics Communications 117, their eq. (f).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Indices:
    """The share of an answer's variance that a group explains alone (`first`) and with all others (`total`).

    `error` is the standard error of the total index over the draws.
    """

    first: float
    total: float
    error: float


def sobol(
    answer: Callable[[Floats], Floats], groups: Sequence[Sequence[int]], dimensions: int, draws: int, seed: int
) -> list[Indices]:
    """The indices of each group of columns of the unit cube. `answer` is asked draws * (groups + 2) times.

    An answer that does not vary gives indices of 0.
    """
    stream = np.random.default_rng(np.random.SeedSequence([seed, 2]))
    a, b = stream.random((draws, dimensions)), stream.random((draws, dimensions))
    at_a, at_b = answer(a), answer(b)
    variance = float(np.var(np.concatenate([at_a, at_b])))
    found = []
    for group in groups:
        mixed = a.copy()
        mixed[:, list(group)] = b[:, list(group)]
        at_mixed = answer(mixed)
        if variance <= 0:
            found.append(Indices(0.0, 0.0, 0.0))
            continue
        jumps = (at_a - at_mixed) ** 2 / (2 * variance)
        first = float(np.mean(at_b * (at_mixed - at_a)) / variance)
        found.append(Indices(first, float(jumps.mean()), float(jumps.std() / np.sqrt(draws))))
    return found
