"""One thing to feed, and how a fault of it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random


class Bug(AssertionError):
    """What came out cannot be, though nothing was raised."""


@dataclass(frozen=True)
class Target:
    """Makes one case from a generator and feeds it; whatever it raises is a bug. `limit` is in seconds a case."""

    name: str
    case: Callable[[Random], None]
    limit: float = 5.0
