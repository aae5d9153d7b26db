"""What the sections of a brief are made from: the record as filtered, its names, its references, its days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from accord.model.actor import Actor
from accord.model.evidence import Evidence
from accord.model.findings import LAYERS, Finding
from accord.model.ids import content_id
from accord.model.query import Selection, report_days
from accord.model.record import Filter, Record
from accord.model.when import When
from accord.publishing.brief.content import Quote
from accord.publishing.names import Names
from accord.publishing.references import References


class Ground:
    """A filtered record with everything at hand that a section looks up."""

    def __init__(self, record: Record, where: Filter | None = None) -> None:
        self.record = record
        self.seen = Selection(record, where)
        self.references = References(record)
        self._names = Names(record)
        self.days = report_days(record)
        self.last = max((day.end for day in self.days.values() if day.end), default=None)
        self._actors = {actor.id: actor for actor in record.actors}
        self.items: dict[str, Finding] = {item.id: item for layer in LAYERS for item in record.layer(layer)}
        self.items |= {
            old: self.items[new] for new, olds in record.members.items() if new in self.items for old in olds
        }

    def actor(self, key: str) -> Actor | None:
        """The actor with this id."""
        return self._actors.get(key)

    def name(self, key: str) -> str:
        """The canonical name of an actor."""
        return self._names.name(key)

    def names(self, keys: Iterable[str]) -> tuple[str, ...]:
        """The canonical names of actors, each once."""
        return tuple(dict.fromkeys(self._names.name(key) for key in keys))

    def party(self, key: str) -> str:
        """The id of whom an actor speaks for, or its own."""
        actor = self.actor(key)
        return actor.party if actor and actor.party else key

    def quotes(self, evidence: Iterable[Evidence]) -> tuple[Quote, ...]:
        """The quotes of some evidence, each sentence once."""
        found: dict[str, Quote] = {}
        for one in evidence:
            ref = self.references.ref(one)
            if ref not in found:
                found[ref] = self._quote(one, ref)
        return tuple(found.values())

    def _quote(self, one: Evidence, ref: str) -> Quote:
        report, sentence = self.references.resolve(ref)
        number, _, place = ref.partition(":")
        return Quote(
            ref=ref,
            report=int(number),
            sentence=int(place),
            before=report.text[sentence.start : one.start],
            words=one.quote,
            after=report.text[one.end : sentence.end],
            id=content_id("q", one.report, one.start, one.end),
        )

    def quotes_of(self, findings: Iterable[str], most: int = 4) -> tuple[Quote, ...]:
        """The quotes of the items with these ids, their fullest evidence first."""
        known = [self.items[key] for key in findings if key in self.items]
        return self.quotes(e for item in known for e in item.evidence[:1])[:most]

    def day(self, date: When | None, evidence: tuple[Evidence, ...]) -> dt.date | None:
        """The last day on which something may have happened: its own, or that of its first report's publication."""
        if date is not None and date.known:
            return date.end or date.start
        reported = self.days.get(evidence[0].report)
        return reported.end if reported else None

    def shown_day(self, date: When | None, evidence: tuple[Evidence, ...]) -> str | None:
        """That day as a person reads it: as fine as it is known, or "by" the day of the report."""
        if date is not None and date.known:
            return spoken(date)
        reported = self.days.get(evidence[0].report)
        return f"by {reported.end}" if reported else None


def spoken(date: When) -> str:
    """A date in ISO 8601 as fine as it is known, an interval in words; nothing when it is not known."""
    if not date.known:
        return ""
    if date.start is None or date.end is None:
        return f"until {date.end}" if date.start is None else f"since {date.start}"
    return str(date).replace("/", " to ")
