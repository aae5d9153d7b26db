"""Columns: what is worked out of many items at once, a row an item."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Shares = npt.NDArray[np.float64]


def numbers(values: Iterable[int]) -> Numbers:
    """These numbers as a column."""
    return np.array(list(values), dtype=np.int64)
