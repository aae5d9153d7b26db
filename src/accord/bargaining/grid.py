"""All packages of a table in blocks that stay in the processor's cache.

The questions are split into a head and a tail. A block is one choice for the head together with every choice for
the tail: since utilities are sums over questions, a party's utilities in a block are one number of the head plus a
vector of the tail that all blocks share. A threshold is then one comparison a package, without an addition.
Packages are counted with the last question fastest, so ties go to the package whose options come first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accord.bargaining.arrays import Arrays, Flags, Ints, Pair

TAIL = 32_768
"""Most packages a block: 128 kB for a party's utilities. Re-run bench/bargaining.py after a change."""


@dataclass(frozen=True)
class Straddle:
    """A pair whose one question lies in the head and the other in the tail: which heads and tails it forbids."""

    head: Flags
    tail: Flags
    demand: int | None


@dataclass(frozen=True)
class Grid:
    """The packages that use only `allowed` options: those of the head by number, those of the tail as vectors."""

    arrays: Arrays
    allowed: tuple[NDArray[np.intp], ...]
    split: int
    head_worth: Ints
    tail_worth: Ints
    head_pairs: tuple[tuple[Flags, int | None], ...]
    tail_pairs: tuple[tuple[Flags, int | None], ...]
    straddles: tuple[Straddle, ...]

    @property
    def heads(self) -> int:
        """The number of blocks."""
        return int(self.head_worth.shape[1])

    @property
    def tails(self) -> int:
        """The number of packages in a block."""
        return int(self.tail_worth.shape[1])

    def package(self, head: int, tail: int) -> tuple[int, ...]:
        """The option indices (of the table, not of `allowed`) of one package."""
        sizes = [len(a) for a in self.allowed]
        first = np.unravel_index(head, sizes[: self.split]) if self.split else ()
        last = np.unravel_index(tail, sizes[self.split :]) if self.split < len(sizes) else ()
        return tuple(int(self.allowed[q][int(i)]) for q, i in enumerate((*first, *last)))

    def forbidden(self, *, demands: bool) -> tuple[Flags, Flags, tuple[Straddle, ...]]:
        """Heads and tails that break a pair by themselves, and the pairs that need both.

        With `demands`, conditions count as well as exclusions and implications.
        """
        head = np.zeros(self.heads, dtype=bool)
        tail = np.zeros(self.tails, dtype=bool)
        for target, found in ((head, self.head_pairs), (tail, self.tail_pairs)):
            for flags, demand in found:
                if demands or demand is None:
                    target |= flags
        return head, tail, tuple(s for s in self.straddles if demands or s.demand is None)


def make_grid(arrays: Arrays, allowed: Sequence[NDArray[np.intp]], tail: int = TAIL) -> Grid:
    """The grid over the allowed options. As many of the last questions as fit in `tail` packages make the tail."""
    sizes = [len(a) for a in allowed]
    split, size = len(sizes), 1
    while split and size * sizes[split - 1] <= tail:
        split -= 1
        size *= sizes[split]
    parties = len(arrays.table.parties)
    worth = [w[:, a] for w, a in zip(arrays.worth, allowed, strict=True)]
    head_pairs: list[tuple[Flags, int | None]] = []
    tail_pairs: list[tuple[Flags, int | None]] = []
    straddles: list[Straddle] = []
    for pair in arrays.pairs:
        first, second = _spread_flags(pair, allowed, sizes, split)
        if (pair.first < split) == (pair.second < split):
            (head_pairs if pair.first < split else tail_pairs).append((first & second, pair.demand))
        else:
            head, last = (first, second) if pair.first < split else (second, first)
            straddles.append(Straddle(head, last, pair.demand))
    return Grid(
        arrays=arrays,
        allowed=tuple(allowed),
        split=split,
        head_worth=_sums(worth[:split], parties),
        tail_worth=_sums(worth[split:], parties),
        head_pairs=tuple(head_pairs),
        tail_pairs=tuple(tail_pairs),
        straddles=tuple(straddles),
    )


def _sums(parts: Sequence[Ints], parties: int) -> Ints:
    total = np.zeros((parties, 1), dtype=np.int32)
    for part in parts:
        total = (total[:, :, None] + part[:, None, :]).reshape(parties, -1)
    return np.ascontiguousarray(total)


def spread(values: NDArray[np.generic], question: int, sizes: Sequence[int]) -> NDArray[np.generic]:
    """One value an option of one question, repeated over every choice for the questions of `sizes`."""
    shape = [1] * len(sizes)
    shape[question] = sizes[question]
    return np.ascontiguousarray(np.broadcast_to(values.reshape(shape), sizes)).ravel()


def _spread_flags(
    pair: Pair, allowed: Sequence[NDArray[np.intp]], sizes: Sequence[int], split: int
) -> tuple[Flags, Flags]:
    found = []
    for question, flags in ((pair.first, pair.first_on), (pair.second, pair.second_on)):
        within = sizes[:split] if question < split else sizes[split:]
        place = question if question < split else question - split
        found.append(spread(flags[allowed[question]], place, within).astype(bool))
    return found[0], found[1]
