"""Propositions with everybody's stand on them, ranked by columns of numbers: only those that are shown are made."""

from __future__ import annotations

from typing import NamedTuple

import msgspec
import numpy as np

from accord.model.columns import Flags, Numbers, numbers
from accord.model.history import PositionHistory, StanceEntry
from accord.model.record import Record
from accord.record import histories
from accord.web.asking import Asked
from accord.web.desk import Scene

_STANCES = {"for": 0, "against": 1, "open": 2}
_FIRST = 1  # the ordinal of the first day of the calendar: what has no day counts as old


class Stand(msgspec.Struct, frozen=True, kw_only=True):
    """A party's stand on a proposition: its entries in time that pass the filter, the last of them the latest."""

    party: str
    entries: tuple[StanceEntry, ...]

    @property
    def latest(self) -> StanceEntry:
        """Where the party stood last."""
        return self.entries[-1]

    @property
    def shifted(self) -> bool:
        """Whether the stance or its strength changed."""
        return any(entry.shifts for entry in self.entries)


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """A proposition with everybody's stand on it. `stands` are by party."""

    key: str
    issue: str
    proposition: str
    stands: dict[str, Stand]

    @property
    def contested(self) -> bool:
        """Whether one is for and another against."""
        return {"for", "against"} <= {stand.latest.stance for stand in self.stands.values()}


class _Told(NamedTuple):
    """All entries of all histories, a row an entry: its history, the place of its position, where it stood, its day."""

    history: Numbers
    place: Numbers
    stance: Numbers
    red: Flags
    day: Numbers


class Histories:
    """The histories of a record and their entries as columns."""

    def __init__(self, record: Record) -> None:
        self.every: tuple[PositionHistory, ...] = histories(record)
        place = {position.id: at for at, position in enumerate(record.positions)}
        entries = [(number, entry) for number, history in enumerate(self.every) for entry in history.entries]
        self.told = _Told(
            history=numbers(number for number, _ in entries),
            place=numbers(place[entry.position] for _, entry in entries),
            stance=numbers(_STANCES[entry.stance] for _, entry in entries),
            red=np.array([entry.strength == "red-line" for _, entry in entries], dtype=np.bool_),
            day=numbers(_day(entry) for _, entry in entries),
        )
        self._start = np.searchsorted(self.told.history, np.arange(len(self.every)))
        self.keys = tuple(sorted({history.key for history in self.every}))
        code = {key: at for at, key in enumerate(self.keys)}
        self.matter = numbers(code[history.key] for history in self.every)
        days = {entry.day.end or entry.day.start for _, entry in entries if entry.day and entry.day.known}
        self.days = tuple(day.isoformat() for day in sorted(day for day in days if day))

    def ranked(self, passing: Flags) -> Numbers:
        """The matters (by place in `keys`) on which one of these positions is, the most contested first.

        Then by red lines, by how many parties stand somewhere, and by how late they were spoken of.
        """
        last = self._rows(passing)
        last = last[np.flatnonzero(np.diff(self.told.history[last], append=-1))]
        matter, many = self.matter[self.told.history[last]], len(self.keys)
        stance = self.told.stance[last]
        sides = [np.bincount(matter[stance == side], minlength=many) > 0 for side in (0, 1)]
        red, parties = np.bincount(matter[self.told.red[last]], minlength=many), np.bincount(matter, minlength=many)
        latest = np.zeros(many, dtype=np.int64)
        np.maximum.at(latest, matter, self.told.day[last])
        order = np.lexsort((np.arange(many), -latest, -parties, -red, ~(sides[0] & sides[1])))
        ranked: Numbers = order[parties[order] > 0]
        return ranked

    def matters(self, shown: Numbers, passing: Flags) -> tuple[Matter, ...]:
        """These matters with everybody's stand."""
        found: dict[int, list[tuple[PositionHistory, Stand]]] = {int(matter): [] for matter in shown}
        for number in np.flatnonzero(np.isin(self.matter, shown)).tolist():
            history, start = self.every[number], int(self._start[number])
            rows = self.told.place[start : start + len(history.entries)]
            entries = tuple(history.entries[at] for at in np.flatnonzero(passing[rows]).tolist())
            if entries:
                found[int(self.matter[number])].append((history, Stand(party=history.party, entries=entries)))
        return tuple(
            Matter(
                key=self.keys[matter],
                issue=some[0][0].issue,
                proposition=some[0][0].proposition,
                stands={stand.party: stand for _, stand in some},
            )
            for matter, some in found.items()
            if some
        )

    def _rows(self, passing: Flags) -> Numbers:
        return np.flatnonzero(passing[self.told.place])


class Matters:
    """The propositions on which a position passes a filter, the most contested first."""

    def __init__(self, known: Histories, passing: Flags) -> None:
        self._known, self._passing = known, passing
        self._ranked = known.ranked(passing)

    def __len__(self) -> int:
        return len(self._ranked)

    def some(self, first: int, most: int) -> tuple[Matter, ...]:
        """At most so many of them, after the first ones."""
        return self._known.matters(self._ranked[first : first + most], self._passing)

    def one(self, key: str) -> Matter | None:
        """The one of this id."""
        if key not in self._known.keys:
            return None
        at = np.array([self._known.keys.index(key)])
        return next(iter(self._known.matters(at, self._passing)), None)


def histories_of(scene: Scene) -> Histories:
    """The histories of the record."""
    return scene.once("histories", lambda: Histories(scene.record))


def matters(scene: Scene, asked: Asked) -> Matters:
    """Every proposition on which a position passes the filter."""
    return scene.once(
        ("matters", asked.where),
        lambda: Matters(histories_of(scene), scene.selection(asked.where).passing("positions")),
    )


def _day(entry: StanceEntry) -> int:
    day = (entry.day.end or entry.day.start) if entry.day else None
    return day.toordinal() if day else _FIRST
