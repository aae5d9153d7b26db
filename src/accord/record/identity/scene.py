"""What identity needs to know of the report that a finding comes from: who is who, what day it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Protocol

import msgspec

from accord.model.evidence import Evidence
from accord.model.findings import Finding
from accord.model.when import When
from accord.record.identity.wording import NameIndex, Wording, wording

Resolve = Callable[[str, dt.date], When | None]
"""Works out a date expression ("on Friday") as of a day of publication; None where it cannot."""

UNDATED = "9999-12-31"


class Cast(Protocol):
    """Who is who in the record."""

    def one(self, actor: str) -> str:
        """The id of the merged actor that this actor of a reading belongs to."""
        ...

    def side(self, actor: str) -> str:
        """The id of the merged party that this actor speaks for, or of the merged actor itself."""
        ...

    def is_person(self, actor: str) -> bool:
        """Whether this actor is a person."""
        ...


class Days(msgspec.Struct, frozen=True, array_like=True):
    """An interval of days as ordinals, both included; None is open."""

    start: int | None = None
    end: int | None = None

    @classmethod
    def of(cls, when: When | None) -> Days:
        """The days of a date."""
        if when is None:
            return cls()
        return cls(when.start.toordinal() if when.start else None, when.end.toordinal() if when.end else None)

    @property
    def ends(self) -> tuple[int, int] | None:
        """The first and the last day, where both are known."""
        return None if self.start is None or self.end is None else (self.start, self.end)

    @property
    def length(self) -> int | None:
        """How many days, where both ends are known."""
        return None if self.start is None or self.end is None else self.end - self.start + 1

    def meets(self, other: Days) -> bool:
        """Whether both could be the same day."""
        return not (
            (self.end is not None and other.start is not None and self.end < other.start)
            or (self.start is not None and other.end is not None and other.end < self.start)
        )


class Scene(msgspec.Struct, frozen=True):
    """One report as the setting of its findings. `published` is its day, or the days between which it must lie."""

    report: str
    published: dt.date | None
    estimate: tuple[dt.date, dt.date] | None
    cast: Cast
    names: NameIndex
    resolve: Resolve | None = None

    def place(self, evidence: Evidence) -> str:
        """The sort key of what stands at this evidence: publication date, report, place in the text."""
        day = self.published.isoformat() if self.published else UNDATED
        return f"{day}|{self.report}|{evidence.start:09d}"

    @property
    def days(self) -> Days:
        """The days on which the report can have been published."""
        if self.published:
            return Days(self.published.toordinal(), self.published.toordinal())
        if self.estimate:
            return Days(self.estimate[0].toordinal(), self.estimate[1].toordinal())
        return Days()

    def when(self, date: When | None) -> When | None:
        """The date, worked out anew where the report had no date of its own and others told when it appeared."""
        if date is None or date.known or not date.text or self.estimate is None or self.resolve is None:
            return date
        first, last = (self.resolve(date.text, day) for day in self.estimate)
        if first is None or last is None or first.start is None or last.end is None or first.start > last.end:
            return date
        return When(first.start, last.end, date.text)

    def words(self, text: str) -> Wording:
        """The content of a piece of the report, with actors replaced by their parties."""
        return wording(text, self.names)

    def sides(self, actors: tuple[str, ...]) -> frozenset[str]:
        """The parties of these actors."""
        return frozenset(self.cast.side(actor) for actor in actors)

    def persons(self, actors: tuple[str, ...]) -> frozenset[tuple[str, str]]:
        """Party and person, for those of these actors that are persons."""
        return frozenset((self.cast.side(a), self.cast.one(a)) for a in actors if self.cast.is_person(a))


def twin_key(finding: Finding) -> tuple[str, ...]:
    """What a finding shares with its twin in a copy of the report: its kind and its words."""
    sort = (getattr(finding, name, "") for name in ("type", "kind", "issue", "instrument", "status", "stance"))
    head = min(finding.evidence, key=lambda e: (e.start, -e.end))
    return (type(finding).__name__, *(str(part) for part in sort), " ".join(head.quote.split()).casefold())
