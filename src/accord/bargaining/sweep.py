"""One pass over a grid: which packages lie in the zone, how many, which options they use, each party's best."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from accord.bargaining.arrays import Flags, Ints
from accord.bargaining.grid import Grid, Straddle

Part = TypeVar("Part")
NONE = -1


@dataclass
class Found:
    """What a pass has seen so far. `best` holds each party's highest utility and the package that has it."""

    size: int
    head_counts: NDArray[np.int64]
    tail_counts: NDArray[np.int64]
    best: NDArray[np.int64]
    best_at: list[tuple[int, int]]
    first: tuple[int, int] | None = None
    members: dict[int, Flags] = field(default_factory=dict)


@dataclass(frozen=True)
class Members:
    """Which packages of a block lie in the zone: pairs respected, every consenting party at its reservation or above.

    Built once a grid and asked once a block.
    """

    grid: Grid
    floor: NDArray[np.int64]
    head_bad: Flags
    tail_bad: Flags
    straddles: tuple[Straddle, ...]
    most: NDArray[np.int64]
    least: NDArray[np.int64]

    @classmethod
    def of(cls, grid: Grid, *, thresholds: bool = True) -> Members:
        """The test for a grid. Without `thresholds`, reservation values do not count."""
        head_bad, tail_bad, straddles = grid.forbidden(demands=True)
        never = np.iinfo(np.int32).min  # those without consent are never below their reservation value
        floor = np.where(grid.arrays.consent & thresholds, grid.arrays.floor, never)
        most = grid.tail_worth.max(axis=1).astype(np.int64)
        least = grid.tail_worth.min(axis=1).astype(np.int64)
        return cls(grid, floor, head_bad, tail_bad, straddles, most, least)

    def __call__(self, head: int) -> Flags | None:
        """The block's packages that lie in the zone, or None when none does."""
        if self.head_bad[head]:
            return None
        need = self.floor - self.grid.head_worth[:, head]
        if (need > self.most).any():
            return None
        inside = ~self.tail_bad
        for straddle in self.straddles:
            if straddle.head[head]:
                inside &= ~straddle.tail
        for party in np.flatnonzero(need > self.least):
            inside &= self.grid.tail_worth[party] >= np.int32(need[party])
        return inside if inside.any() else None


def in_threads(count: int, work: Callable[[Iterable[int]], Part], threads: int) -> list[Part]:
    """`work` on `threads` runs of consecutive numbers from 0 to `count`, its results in that order."""
    threads = max(1, min(threads, count))
    edges = [count * i // threads for i in range(threads + 1)]
    runs = [range(a, b) for a, b in pairwise(edges)]
    if threads == 1:
        return [work(runs[0])]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, runs))


def sweep(grid: Grid, *, keep: bool = False, thresholds: bool = True, threads: int = 2) -> Found:
    """All packages of the zone in one pass. With `keep`, the membership of every block that has some is kept.

    Without `thresholds`, reservation values do not count.
    The answer does not depend on `threads`: of equal packages the first in option order counts.
    """
    members = Members.of(grid, thresholds=thresholds)
    parts = in_threads(grid.heads, lambda heads: _run(grid, members, heads, keep), threads)
    total = parts[0]
    for part in parts[1:]:
        _join(total, part)
    return total


def _run(grid: Grid, members: Members, heads: Iterable[int], keep: bool) -> Found:
    parties = grid.head_worth.shape[0]
    found = Found(
        size=0,
        head_counts=np.zeros(grid.heads, dtype=np.int64),
        tail_counts=np.zeros(grid.tails, dtype=np.int64),
        best=np.full(parties, NONE, dtype=np.int64),
        best_at=[(0, 0)] * parties,
    )
    for head in heads:
        inside = members(head)
        if inside is None:
            continue
        count = int(np.count_nonzero(inside))
        found.size += count
        found.head_counts[head] = count
        found.tail_counts += inside
        if found.first is None:
            found.first = (head, int(np.argmax(inside)))
        if keep:
            found.members[head] = inside
        _raise_best(grid, found, head, inside, members.most)
    return found


def _raise_best(grid: Grid, found: Found, head: int, inside: Flags, most: NDArray[np.int64]) -> None:
    base = grid.head_worth[:, head].astype(np.int64)
    hopeful = np.flatnonzero(base + most > found.best)
    if not len(hopeful):
        return
    mask: Ints = -inside.astype(np.int32)
    for party in hopeful:
        values = np.bitwise_and(grid.tail_worth[party], mask)
        top = int(values.max())
        if base[party] + top > found.best[party]:
            at = int(np.argmax((values == top) & inside))
            found.best[party] = base[party] + top
            found.best_at[party] = (head, at)


def _join(total: Found, part: Found) -> None:
    total.size += part.size
    total.head_counts += part.head_counts
    total.tail_counts += part.tail_counts
    total.members.update(part.members)
    total.first = total.first if total.first is not None else part.first
    for party in np.flatnonzero(part.best > total.best):
        total.best[party] = part.best[party]
        total.best_at[party] = part.best_at[party]


def option_shares(grid: Grid, found: Found) -> tuple[tuple[float, ...], ...]:
    """For each question, the share of the zone's packages with each of the table's options (0 for one not allowed)."""
    sizes = [len(a) for a in grid.allowed]
    head = found.head_counts.reshape(sizes[: grid.split] or [1])
    tail = found.tail_counts.reshape(sizes[grid.split :] or [1])
    answer = []
    for question, options in enumerate(grid.arrays.sizes):
        counts, axis = (head, question) if question < grid.split else (tail, question - grid.split)
        others = tuple(i for i in range(counts.ndim) if i != axis)
        used = counts.sum(axis=others)
        full = np.zeros(options)
        full[grid.allowed[question]] = used / found.size
        answer.append(tuple(float(s) for s in full))
    return tuple(answer)
