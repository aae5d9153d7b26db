"""The minimal sets of demands that packages break, found by going through all packages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accord.bargaining.arrays import Arrays, Flags
from accord.bargaining.grid import Grid, make_grid, spread
from accord.bargaining.limits import Limits
from accord.bargaining.sweep import in_threads
from accord.model.outcome import How

Words = NDArray[np.uint64]


MOST_DEMANDS = 63
"""Most demands that fit into one word, one bit each; with more, the solver takes over."""


@dataclass(frozen=True)
class Violations:
    """The minimal sets of broken demands, each with a package that breaks just these.

    `broken` has a row a set and a column a demand; `package` gives the package of a row. A table of a dozen questions
    can have thousands of sets, so what is shown of them is made from the rows that are shown.
    """

    broken: Flags
    package: Callable[[int], tuple[int, ...]]
    how: How = "enumerated"
    cut: str | None = None

    @classmethod
    def of(
        cls, found: Sequence[tuple[frozenset[int], tuple[int, ...]]], demands: int, how: How, cut: str | None = None
    ) -> Violations:
        """The same from sets of demands by index, each with its package."""
        broken = np.zeros((len(found), demands), dtype=bool)
        for row, (members, _) in enumerate(found):
            broken[row, list(members)] = True
        return cls(broken, lambda row: found[row][1], how, cut)

    @property
    def open(self) -> bool:
        """Whether some package breaks nothing."""
        return bool((~self.broken.any(axis=1)).any())

    @property
    def impossible(self) -> bool:
        """Whether exclusions and implications leave no package at all."""
        return not len(self.broken) and self.cut is None


def enumerate_violations(arrays: Arrays, limits: Limits) -> Violations:
    """The minimal sets over all packages. At most 63 demands, one bit each."""
    grid = make_grid(arrays, [np.arange(size) for size in arrays.sizes])
    sets = _Bits(grid)
    parts = in_threads(grid.heads, lambda heads: _run(sets, heads), limits.threads)
    seen: dict[int, tuple[int, int]] = {}
    for part in parts:
        for mask, at in part.items():
            seen.setdefault(mask, at)
    masks = np.array(sorted(seen), dtype=np.uint64)
    known = sets.apart or grid.heads == 1
    masks = masks[np.argsort(np.bitwise_count(masks), kind="stable")] if known else _minimal(masks)
    bits = (np.uint64(1) << np.arange(len(arrays.demands), dtype=np.uint64))[None, :]
    return Violations((masks[:, None] & bits) != 0, lambda row: grid.package(*seen[int(masks[row])]))


class _Bits:
    """The demands that each package of a block breaks, as bits."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        arrays = grid.arrays
        sizes = [len(a) for a in grid.allowed]
        self.head: Words = np.zeros(grid.heads, dtype=np.uint64)
        self.tail: Words = np.zeros(grid.tails, dtype=np.uint64)
        for index, question, refused in arrays.refusals:
            words = np.where(refused, np.uint64(1) << np.uint64(index), np.uint64(0))
            if question < grid.split:
                self.head |= spread(words, question, sizes[: grid.split]).astype(np.uint64)
            else:
                self.tail |= spread(words, question - grid.split, sizes[grid.split :]).astype(np.uint64)
        for target, pairs in ((self.head, grid.head_pairs), (self.tail, grid.tail_pairs)):
            for flags, demand in pairs:
                if demand is not None:
                    target |= np.where(flags, np.uint64(1) << np.uint64(demand), np.uint64(0))
        self.head_bad, self.tail_bad, self.straddles = grid.forbidden(demands=False)
        self.conditions = [s for s in grid.straddles if s.demand is not None]
        self.apart = _apart(arrays)
        place = {p.id: i for i, p in enumerate(arrays.table.parties)}
        self.reservations = [(i, place[d.party]) for i, d in enumerate(arrays.demands) if d.kind == "reservation"]

    def block(self, head: int) -> tuple[Words, NDArray[np.intp]]:
        """The different sets that the block's possible packages break, and the first package of each."""
        words = self.tail | self.head[head]
        for straddle in self.conditions:
            if straddle.head[head] and straddle.demand is not None:
                words |= np.where(straddle.tail, np.uint64(1) << np.uint64(straddle.demand), np.uint64(0))
        for demand, party in self.reservations:
            need = self.grid.arrays.floor[party] - int(self.grid.head_worth[party, head])
            words |= (self.grid.tail_worth[party] < need).astype(np.uint64) << np.uint64(demand)
        bad = self.tail_bad
        for straddle in self.straddles:
            if straddle.head[head]:
                bad = bad | straddle.tail
        places = np.flatnonzero(~bad)
        unique, first = np.unique(words[places], return_index=True)
        return unique, places[first]


def _apart(arrays: Arrays) -> bool:
    """Whether on every question each option breaks, for every other option, a red line that this one keeps.

    Then of two packages, which differ on some question, each breaks what the other does not: every set is minimal.
    """
    for question, size in enumerate(arrays.sizes):
        rows = [refused for _, asked, refused in arrays.refusals if asked == question]
        broken = np.array(rows, dtype=bool).reshape(-1, size)
        for one in range(size):
            others = [other for other in range(size) if other != one]
            if any(not (broken[:, one] & ~broken[:, other]).any() for other in others):
                return False
    return True


def _run(bits: _Bits, heads: Iterable[int]) -> dict[int, tuple[int, int]]:
    seen: dict[int, tuple[int, int]] = {}
    for head in heads:
        if bits.head_bad[head]:
            continue
        words, places = bits.block(head)
        if bits.apart:
            seen |= {word: (head, place) for word, place in zip(words.tolist(), places.tolist(), strict=True)}
            continue
        minimal = set(_minimal(words).tolist())
        for word, place in zip(words.tolist(), places.tolist(), strict=True):
            if word in minimal:
                seen.setdefault(word, (head, place))
    return seen


def _minimal(words: Words) -> Words:
    """Those that hold no other one, fewest demands first, then by number."""
    count = np.bitwise_count(words)
    order = np.lexsort((words, count))
    left, count = words[order], count[order]
    kept = []
    while len(left):
        # sets of one size do not hold each other
        level = left[: np.searchsorted(count, count[0], side="right")]
        kept.append(level)
        left, count = left[len(level) :], count[len(level) :]
        for start in range(0, len(level), _AT_ONCE):
            if not len(left):
                break
            some = level[start : start + _AT_ONCE, None]
            free = ((left & some) != some).all(axis=0)
            left, count = left[free], count[free]
    return np.concatenate(kept) if kept else left


_AT_ONCE = 16  # sets compared with all larger ones in one step: their words stay in the cache
