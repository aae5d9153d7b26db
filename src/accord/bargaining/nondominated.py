"""Which of many vectors no other one dominates, by bit sets.

For a chunk of at most 2,048 possible dominators and every dimension, row k of a table holds the k dominators that
are largest there as a set of bits. A vector's row in each dimension is the number of dominators that are at least
as large as it; the dominators that are so in all dimensions are the intersection of these rows. With N vectors of
which F are kept the work is about N * F / 64 word operations a dimension, in place of N * F comparisons.
"""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

CHUNK = 2_048
_GATHER = 4_096
"""Vectors tested at once: their rows (256 bytes each) stay in the cache."""


class OutOfTime(Exception):
    """The filter reached its deadline."""


def nondominated(vectors: NDArray[np.int32], deadline: float | None = None) -> NDArray[np.bool_]:
    """A flag a vector (rows): no other vector is at least as large everywhere and larger somewhere.

    Rows must differ from each other. `deadline` is a time of `time.monotonic`; raises OutOfTime when it passes.
    """
    order = np.argsort(-vectors.sum(axis=1, dtype=np.int64), kind="stable")  # a dominator has the larger sum
    left = order
    kept = np.zeros(len(vectors), dtype=bool)
    while len(left):
        chunk, left = left[:CHUNK], left[CHUNK:]
        front = chunk[~_dominated(vectors[chunk], vectors[chunk], own=True)]
        kept[front] = True
        if len(left):
            left = left[~_dominated(vectors[left], vectors[front], own=False)]
        if deadline is not None and time.monotonic() > deadline:
            raise OutOfTime
    return kept


def _dominated(vectors: NDArray[np.int32], by: NDArray[np.int32], *, own: bool) -> NDArray[np.bool_]:
    """A flag a vector: some row of `by` is at least as large everywhere. With `own`, row i does not count for i."""
    tables = [_prefixes(column) for column in by.T]
    answer = np.zeros(len(vectors), dtype=bool)
    for start in range(0, len(vectors), _GATHER):
        part = vectors[start : start + _GATHER]
        common: NDArray[np.uint64] | None = None
        for column, (ascending, prefixes) in zip(part.T, tables, strict=True):
            row = prefixes[len(ascending) - np.searchsorted(ascending, column, side="left")]
            common = row if common is None else np.bitwise_and(common, row, out=common)
        if common is None:
            continue
        if own:
            index = np.arange(start, start + len(part))
            common[np.arange(len(part)), index // 64] &= ~(np.uint64(1) << (index % 64).astype(np.uint64))
        answer[start : start + _GATHER] = common.any(axis=1)
    return answer


def _prefixes(column: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.uint64]]:
    """The values in ascending order, and for every k the set of the k largest."""
    count = len(column)
    descending = np.argsort(-column.astype(np.int64), kind="stable")
    table = np.zeros((count + 1, (count + 63) // 64), dtype=np.uint64)
    table[np.arange(1, count + 1), descending // 64] = np.uint64(1) << (descending % 64).astype(np.uint64)
    np.bitwise_or.accumulate(table, axis=0, out=table)
    return np.sort(column), table
