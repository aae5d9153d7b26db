"""Tables of values by key that merging works on: in memory, and kept in a record file where there is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Generic, Protocol, TypeVar

import msgspec

Value = TypeVar("Value")


class Backing(Protocol):
    """Where shelves are kept between runs."""

    def fetch(self, shelf: str, keys: Iterable[str]) -> dict[str, bytes]:
        """The stored values of these keys, as far as there are any."""
        ...

    def fetch_all(self, shelf: str) -> Iterator[tuple[str, bytes]]:
        """Every stored key and value of a shelf."""
        ...

    def keep(self, shelf: str, rows: list[tuple[str, bytes]], dropped: list[str]) -> None:
        """Store these values and forget these keys."""
        ...


class Shelf(Generic[Value]):
    """A table of values of one type by key. Changes stay in memory until `flush`.

    Values must not be changed in place: `put` a new one, so that the change is kept.
    """

    def __init__(self, name: str, form: Any, backing: Backing | None = None) -> None:
        self.name = name
        self._held: dict[str, Value | None] = {}  # None: known not to be there
        self._changed: set[str] = set()
        self._backing = backing
        self._decoder = msgspec.msgpack.Decoder(form)

    def load(self, keys: Iterable[str]) -> None:
        """Bring the values of these keys into memory in one go."""
        if self._backing is None:
            return
        missing = [key for key in dict.fromkeys(keys) if key not in self._held]
        if missing:
            found = self._backing.fetch(self.name, missing)
            for key in missing:
                raw = found.get(key)
                self._held[key] = None if raw is None else self._decoder.decode(raw)

    def get(self, key: str) -> Value | None:
        """The value of a key, or None."""
        if key not in self._held:
            if self._backing is None:
                return None
            self.load((key,))
        return self._held[key]

    def __getitem__(self, key: str) -> Value:
        found = self.get(key)
        if found is None:
            raise KeyError(f"{self.name}: {key}")
        return found

    def put(self, key: str, value: Value) -> None:
        """Set the value of a key."""
        self._held[key] = value
        self._changed.add(key)

    def drop(self, key: str) -> None:
        """Forget a key."""
        self._held[key] = None
        self._changed.add(key)

    def items(self) -> Iterator[tuple[str, Value]]:
        """Every key and value, in no order that means anything."""
        if self._backing is not None:
            for key, raw in self._backing.fetch_all(self.name):
                if key not in self._held:
                    self._held[key] = self._decoder.decode(raw)
        for key, value in self._held.items():
            if value is not None:
                yield key, value

    def flush(self) -> None:
        """Hand what changed to the backing."""
        if self._backing is not None and self._changed:
            rows, dropped = [], []
            for key in sorted(self._changed):
                value = self._held[key]
                if value is None:
                    dropped.append(key)
                else:
                    rows.append((key, msgspec.msgpack.encode(value)))
            self._backing.keep(self.name, rows, dropped)
        self._changed.clear()
