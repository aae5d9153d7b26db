"""Where a record's items stand: by actor, report, day and issue, so that a filter need not walk through all of them."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from accord.model.derived import derived
from accord.model.evidence import Evidence
from accord.model.findings import LAYERS, Discrepancy, Finding, Proposal
from accord.model.record import Record
from accord.model.when import When

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Places = npt.NDArray[np.int64]
    Mask = npt.NDArray[np.bool_]

_NEVER_BEFORE, _NEVER_AFTER = 0, 4_000_000  # ordinals of days beyond the calendar: what an open interval reaches to

ACTOR_FIELDS = ("speaker", "party", "holder", "target", "claimed_by")
"""Every field of every layer that names an actor by id."""
ACTOR_LISTS = ("actors", "recipients", "by", "addressees")
"""Every field that names several; `chain`, which names who passed something on, is apart."""


def dates_of(item: Finding) -> tuple[When, ...]:
    """The dates on the calendar that an item has of its own: for a proposal, those of its history."""
    if isinstance(item, Proposal):
        return tuple(step.date for step in item.history if step.date is not None and step.date.known)
    date: When | None = getattr(item, "date", None)
    return (date,) if date is not None and date.known else ()


def actors_of(item: Finding) -> frozenset[str]:
    """The ids of all actors that an item names, in whatever part."""
    found = {value for name in ACTOR_FIELDS if (value := getattr(item, name, None))}
    for name in ACTOR_LISTS:
        found.update(getattr(item, name, ()))
    if isinstance(item, Proposal):
        found.update(one for step in item.history for one in step.by)
    return frozenset(found)


def report_days(record: Record) -> dict[str, When]:
    """When each report was published, by its id: its own day, or the days worked out for an undated one."""
    days = {dating.report: When(dating.start, dating.end) for dating in record.datings}
    return days | {report.id: When.day(report.published) for report in record.reports if report.published}


class Row(NamedTuple):
    """What an index knows of one item."""

    confidence: float
    actors: Iterable[str]
    evidence: tuple[Evidence, ...]
    dates: tuple[When, ...]


class Index:
    """The layers of one record, indexed as they are first asked for. Get one with `index_of`."""

    def __init__(self, record: Record) -> None:
        self._record = weakref.ref(record)
        self.days = report_days(record)
        self.places = {report.id: place for place, report in enumerate(record.reports)}
        self._layers: dict[str, LayerIndex] = {}
        self._words: dict[str, Words] = {}
        self._about: dict[tuple[str, str], Mask] = {}

    @property
    def record(self) -> Record:
        """The record that this is the index of."""
        record = self._record()
        if record is None:
            raise RuntimeError("an index was asked after its record had gone")
        return record

    def layer(self, name: str) -> LayerIndex:
        """The index of one layer, or of the discrepancies."""
        if name not in self._layers:
            rows = (
                (self._discrepancy(found) for found in self.record.discrepancies)
                if name == "discrepancies"
                else (_row(item) for item in self.record.layer(name))
            )
            self._layers[name] = LayerIndex(rows, self)
        return self._layers[name]

    @cached_property
    def by_id(self) -> dict[str, Finding]:
        """Every item of the six layers by its id."""
        return {item.id: item for name in LAYERS for item in self.record.layer(name)}

    def about(self, name: str, issue: str) -> Mask:
        """Which items of a layer are on an issue: positions by their own, the rest by resting on the same words."""
        if (name, issue) not in self._about:
            import numpy as np

            if name == "positions":
                positions = self.record.positions
                on = np.fromiter((p.issue == issue for p in positions), dtype=np.bool_, count=len(positions))
            else:
                on = self.layer(name).sharing(self._words_of(issue))
            self._about[name, issue] = on
        return self._about[name, issue]

    def _words_of(self, issue: str) -> Words:
        if issue not in self._words:
            words = self.layer("positions").words
            self._words[issue] = words.only(self.about("positions", issue)[words.item])
        return self._words[issue]

    def _discrepancy(self, found: Discrepancy) -> Row:
        """A discrepancy is of whom its claims are, and of the actors and dates of the items that these are about."""
        about = [self.by_id[key] for claim in found.claims for key in claim.items if key in self.by_id]
        return Row(
            confidence=found.confidence,
            actors={claim.by for claim in found.claims if claim.by}.union(*(actors_of(item) for item in about)),
            evidence=tuple(one for claim in found.claims for one in claim.evidence),
            dates=tuple(day for item in about for day in dates_of(item)),
        )


def _row(item: Finding) -> Row:
    return Row(item.confidence, actors_of(item), item.evidence, dates_of(item))


class Words:
    """Spans of all reports on one line, a row a span: the place of its item, and where it starts and ends."""

    def __init__(self, item: Places, start: Places, end: Places) -> None:
        self.item, self.start, self.end = item, start, end

    def only(self, some: Mask) -> Words:
        """Some of the rows, by where they start."""
        import numpy as np

        order = np.flatnonzero(some)
        order = order[np.argsort(self.start[order], kind="stable")]
        return Words(self.item[order], self.start[order], self.end[order])

    def meeting(self, others: Words) -> Mask:
        """Which rows share a character with one of the others, which come by where they start."""
        import numpy as np

        if not len(others.start):
            return np.zeros(len(self.item), dtype=np.bool_)
        before = np.searchsorted(others.start, self.end, side="left")
        furthest = np.maximum.accumulate(others.end)
        return (before > 0) & (furthest[before - 1] > self.start)


class LayerIndex:
    """One layer: each item's confidence and days, and the places (from 0) of the items of an actor or report.

    Pairs of an item's place and what it names are kept as two arrays, so that a filter is a few steps over arrays.
    """

    def __init__(self, rows: Iterable[Row], index: Index) -> None:
        import numpy as np

        self.codes: dict[str, int] = {}
        confidence: list[float] = []
        actors: list[tuple[int, int]] = []
        words: list[tuple[int, int, int, int]] = []
        dates: list[tuple[int, int, int]] = []
        for place, row in enumerate(rows):
            confidence.append(row.confidence)
            actors += ((place, self.codes.setdefault(actor, len(self.codes))) for actor in sorted(row.actors))
            words += ((place, index.places[e.report], e.start, e.end) for e in row.evidence if e.report in index.places)
            dates += ((place, *_ordinals(day)) for day in row.dates or _report_days(row, index.days))
        self.confidence = np.array(confidence, dtype=np.float64)
        # one row an actor, a date, an evidence: an item may have several
        self._actors: Places = np.array(actors, dtype=np.int64).reshape(-1, 2)
        self._dates: Places = np.array(dates, dtype=np.int64).reshape(-1, 3)
        self._words: Places = np.array(words, dtype=np.int64).reshape(-1, 4)
        self._by_actor = np.argsort(self._actors[:, 1], kind="stable")
        self._places = index.places

    def __len__(self) -> int:
        return len(self.confidence)

    @property
    def actors(self) -> tuple[Places, Places]:
        """Places of items and, beside them, the codes (see `codes`) of the actors that they name."""
        return self._actors[:, 0], self._actors[:, 1]

    @cached_property
    def words(self) -> Words:
        """The evidence of the layer, all reports one after the other."""
        place, report, start, end = self._words.T
        return Words(place, report * _LONGEST + start, report * _LONGEST + end)

    @cached_property
    def per_report(self) -> Places:
        """How many items rest on each report, in the record's order."""
        import numpy as np

        pairs = np.unique(self._words[:, 1] * max(1, len(self)) + self._words[:, 0])
        return np.bincount(pairs // max(1, len(self)), minlength=len(self._places))

    def of_actors(self, actors: Iterable[str]) -> Mask:
        """Which items name one of these actors."""
        import numpy as np

        codes = self._actors[self._by_actor, 1]
        mask = np.zeros(len(self), dtype=np.bool_)
        for code in (self.codes[actor] for actor in actors if actor in self.codes):
            first, last = np.searchsorted(codes, (code, code + 1))
            mask[self._actors[self._by_actor[first:last], 0]] = True
        return mask

    def of_reports(self, reports: Iterable[str]) -> Mask:
        """Which items rest on one of these reports."""
        import numpy as np

        wanted = np.zeros(len(self._places), dtype=np.bool_)
        wanted[[self._places[report] for report in reports if report in self._places]] = True
        return self._mask(self._words[wanted[self._words[:, 1]], 0])

    def within(self, window: When) -> Mask:
        """Which items may be of these days; an item without a day of its own is of its reports' days."""
        first, last = _ordinals(window)
        met = (self._dates[:, 1] <= last) & (self._dates[:, 2] >= first)
        return self._mask(self._dates[met, 0])

    def sharing(self, words: Words) -> Mask:
        """Which items rest on words that share a character with these."""
        return self._mask(self.words.item[self.words.meeting(words)])

    def reports_in(self, some: Mask) -> Mask:
        """Which reports of the record some of the items rest on."""
        import numpy as np

        found = np.zeros(len(self._places), dtype=np.bool_)
        found[self._words[some[self._words[:, 0]], 1]] = True
        return found

    def actors_in(self, some: Mask) -> set[str]:
        """Whom some of the items name."""
        import numpy as np

        found = np.zeros(len(self.codes), dtype=np.bool_)
        found[self._actors[some[self._actors[:, 0]], 1]] = True
        return {actor for actor, code in self.codes.items() if found[code]}

    def _mask(self, places: Places) -> Mask:
        import numpy as np

        mask = np.zeros(len(self), dtype=np.bool_)
        mask[places] = True
        return mask


_LONGEST = 1 << 32  # characters: no report is longer


def _report_days(row: Row, days: dict[str, When]) -> Iterator[When]:
    """The days of the reports that an item rests on."""
    return (days[report] for report in sorted({one.report for one in row.evidence}) if report in days)


def _ordinals(day: When) -> tuple[int, int]:
    start = day.start.toordinal() if day.start else _NEVER_BEFORE
    return start, day.end.toordinal() if day.end else _NEVER_AFTER


def index_of(record: Record) -> Index:
    """The index of this record, made once for as long as the record lives."""
    return derived(record, Index, lambda: Index(record))
