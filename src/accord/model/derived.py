"""What follows from a value that never changes, worked out once for as long as the value lives."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Value = TypeVar("Value")


class _Held:
    """What is known of one owner."""

    def __init__(self, owner: object) -> None:
        self.owner = weakref.ref(owner)
        self.values: dict[Hashable, Any] = {}


_HELD: dict[int, _Held] = {}
_entering = threading.Lock()


def derived(owner: object, key: Hashable, make: Callable[[], Value]) -> Value:
    """What `make` gives, made once for this owner (the very object, not its equals) and key.

    The owner must be frozen and allow weak references; what is made must not refer to the owner itself, or neither
    would ever go. Two threads that ask at once may both make it, and both get what was made first: no lock is held
    meanwhile, since making may itself set threads to work that ask for other things of the owner.
    """
    held = _HELD.get(id(owner))
    if held is None or held.owner() is not owner:
        held = _held(owner)
    if key not in held.values:
        held.values.setdefault(key, make())
    found: Value = held.values[key]
    return found


def _held(owner: object) -> _Held:
    with _entering:
        number = id(owner)
        known = _HELD.get(number)
        if known is not None and known.owner() is owner:
            return known
        made = _HELD[number] = _Held(owner)
    weakref.finalize(owner, _let_go, number, made).atexit = False
    return made


def _let_go(number: int, gone: _Held) -> None:
    # the number may have gone to a new object by now
    if _HELD.get(number) is gone:
        del _HELD[number]
