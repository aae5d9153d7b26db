"""The Pareto set of the zone, built question by question.

Utilities are sums over questions, so a package can only be Pareto optimal if each of its parts is among the choices
for the questions of that part: a dominated part could be replaced and the whole would dominate. Questions that an
exclusion, implication or condition ties together are taken as one part, whose choices keep these rules. A package
that dominates one above all reservation values lies above them too, so thresholds only filter.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from accord.bargaining.arrays import Arrays
from accord.bargaining.grid import make_grid
from accord.bargaining.inputs import inputs
from accord.bargaining.limits import Limits
from accord.bargaining.nondominated import OutOfTime, nondominated
from accord.model.outcome import Pareto

SOURCE = "Pareto (1906); question-by-question construction: docs/bargaining.md"


@dataclass(frozen=True)
class Front:
    """Different utility vectors of consenting parties (rows), the first choice for each, and how many choices give it.

    `choices` has one column a question; questions not yet settled hold 0.
    """

    worth: NDArray[np.int32]
    choices: NDArray[np.int32]
    counts: NDArray[np.int64]


def pareto_of(arrays: Arrays, allowed: Sequence[NDArray[np.intp]], limits: Limits) -> Pareto:
    """The Pareto set over the allowed options, within the time limit of a solver call."""
    deadline = time.monotonic() + limits.seconds
    base = inputs(arrays.table, "Pareto set", SOURCE, "enumerated")
    floor = arrays.floor[arrays.consent]
    try:
        parts = [_part(arrays, allowed, group, limits, deadline) for group in _groups(arrays)]
        front = parts[0]
        for i, part in enumerate(parts[1:], start=1):
            rest = sum((p.worth.max(axis=0).astype(np.int64) for p in parts[i + 1 :]), start=np.zeros(1, np.int64))
            front = _merge(front, part, floor - rest, deadline)
    except OutOfTime:
        late = f"the Pareto set was not finished within {limits.seconds:g} s (limit seconds)"
        return Pareto(agreements=(), counts=(), vectors=0, size=0, exact=False, cut=late, **base)
    inside = (front.worth >= floor).all(axis=1)
    order = np.flatnonzero(inside)
    order = order[np.lexsort(front.choices[order].T[::-1])]
    shown = order[: limits.agreements]
    cut = f"listed the first {len(shown)} of {len(order)} (limit agreements)" if len(shown) < len(order) else None
    return Pareto(
        agreements=tuple(arrays.agreement(tuple(map(int, front.choices[i]))) for i in shown),
        counts=tuple(int(c) for c in front.counts[shown]),
        vectors=len(order),
        size=int(front.counts[order].sum()),
        cut=cut,
        **base,
    )


def _groups(arrays: Arrays) -> list[list[int]]:
    """Questions that pairs tie together, directly or through others; each group and all groups in question order."""
    leader = list(range(len(arrays.worth)))

    def find(question: int) -> int:
        while leader[question] != question:
            question = leader[question]
        return question

    for pair in arrays.pairs:
        a, b = sorted((find(pair.first), find(pair.second)))
        leader[b] = a
    groups: dict[int, list[int]] = {}
    for question in range(len(leader)):
        groups.setdefault(find(question), []).append(question)
    return list(groups.values())


def _part(
    arrays: Arrays, allowed: Sequence[NDArray[np.intp]], group: list[int], limits: Limits, deadline: float
) -> Front:
    """The front of one group by itself: every choice that keeps the pairs within it."""
    if math.prod(len(allowed[q]) for q in group) > limits.enumerate_up_to:
        raise OutOfTime
    only = [allowed[q] if q in group else allowed[q][:1] for q in range(len(allowed))]
    within = tuple(p for p in arrays.pairs if p.first in group)
    grid = make_grid(replace(arrays, pairs=within), only)
    head_bad, tail_bad, straddles = grid.forbidden(demands=True)
    places = []
    for head in np.flatnonzero(~head_bad):
        good = ~tail_bad
        for straddle in straddles:
            if straddle.head[head]:
                good &= ~straddle.tail
        places.append(head * grid.tails + np.flatnonzero(good))
    index = np.concatenate(places) if places else np.zeros(0, np.intp)
    choices = np.zeros((len(index), len(allowed)), dtype=np.int32)
    worth = np.zeros((len(index), int(arrays.consent.sum())), dtype=np.int32)
    picked = np.unravel_index(index, [len(o) for o in only])
    for question in group:
        choices[:, question] = only[question][picked[question]]
        worth += arrays.worth[question][np.ix_(np.flatnonzero(arrays.consent), choices[:, question])].T
    return _front(worth, choices, np.ones(len(index), dtype=np.int64), deadline)


def _merge(front: Front, part: Front, floor: NDArray[np.int64], deadline: float) -> Front:
    """The front of both parts together, without what can no longer reach the floor."""
    n, m = len(front.worth), len(part.worth)
    worth = (front.worth[:, None, :] + part.worth[None, :, :]).reshape(n * m, -1)
    index = np.flatnonzero((worth >= floor).all(axis=1))
    left, right = np.divmod(index, max(1, m))
    choices = front.choices[left] + part.choices[right]
    return _front(worth[index], choices, front.counts[left] * part.counts[right], deadline)


def _front(worth: NDArray[np.int32], choices: NDArray[np.int32], counts: NDArray[np.int64], deadline: float) -> Front:
    """One row a vector: the choice that comes first stands for it. Dominated vectors leave."""
    order = np.lexsort((*choices.T[::-1], *worth.T))
    worth, choices, counts = worth[order], choices[order], counts[order]
    if not len(worth):
        return Front(worth, choices, counts)
    new = np.concatenate([[True], (worth[1:] != worth[:-1]).any(axis=1)])
    starts = np.flatnonzero(new)
    worth, choices, counts = worth[starts], choices[starts], np.add.reduceat(counts, starts)
    keep = nondominated(worth, deadline)
    return Front(worth[keep], choices[keep], counts[keep])
