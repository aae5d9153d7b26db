"""What the sections of a brief are made from: the record as filtered, its names, its references, its days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import numpy as np

from accord.model.actor import Actor
from accord.model.columns import Numbers
from accord.model.evidence import Evidence
from accord.model.findings import Finding
from accord.model.ids import content_id
from accord.model.query import Selection
from accord.model.record import Filter, Record
from accord.model.when import When
from accord.publishing.brief.content import Quote
from accord.publishing.brief.days import spoken
from accord.publishing.brief.known import known_of


class Ground:
    """A filtered record with everything at hand that a section looks up."""

    def __init__(self, record: Record, where: Filter | None = None) -> None:
        self.record = record
        self.seen = Selection(record, where)
        self.known = known_of(record)
        self.references = self.known.references
        self.days = self.known.days
        self.last = self.known.last

    @property
    def items(self) -> dict[str, Finding]:
        """Items by id, those that findings were merged into by the findings' ids as well."""
        return self.known.items

    def places(self, layer: str) -> Numbers:
        """The places in a layer, or of the discrepancies, of what passes the filter."""
        return self.seen.places(layer)

    def first(self, layer: str, order: Numbers, most: int) -> list[int]:
        """The places of what passes, the first `most` by an order that has a rank for each item of the layer."""
        places = self.places(layer)
        ranks = order[places]
        if len(places) > most:
            kept = np.argpartition(ranks, most)[:most]
            places, ranks = places[kept], ranks[kept]
        found: list[int] = places[np.argsort(ranks)].tolist()
        return found

    def actor(self, key: str) -> Actor | None:
        """The actor with this id."""
        return self.known.actors.get(key)

    def name(self, key: str) -> str:
        """The canonical name of an actor."""
        return self.known.names.name(key)

    def names(self, keys: Iterable[str]) -> tuple[str, ...]:
        """The canonical names of actors, each once."""
        return tuple(dict.fromkeys(self.known.names.name(key) for key in keys))

    def party(self, key: str) -> str:
        """The id of whom an actor speaks for, or its own."""
        return self.known.party(key)

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
        found: dict[str, Quote] = {}
        for key in findings:
            if len(found) >= most:
                break
            item = self.items.get(key)
            if item is not None:
                found |= {quote.ref: quote for quote in self.quotes(item.evidence[:1]) if quote.ref not in found}
        return tuple(found.values())

    def day(self, date: When | None, evidence: tuple[Evidence, ...]) -> dt.date | None:
        """The last day on which something may have happened: its own, or that of its first report's publication."""
        return self.known.day(date, evidence)

    def shown_day(self, date: When | None, evidence: tuple[Evidence, ...]) -> str | None:
        """That day as a person reads it: as fine as it is known, or "by" the day of the report."""
        if date is not None and date.known:
            return spoken(date)
        reported = self.days.get(evidence[0].report)
        return f"by {reported.end}" if reported else None
