"""Where a record's items stand: by actor, report, day and issue, so that a filter need not walk through all of them."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from accord.model.derived import derived
from accord.model.evidence import Evidence
from accord.model.findings import LAYERS, Finding, Position, Proposal
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


class Index:
    """The layers of one record, indexed as they are first asked for. Get one with `index_of`."""

    def __init__(self, record: Record) -> None:
        self._record = weakref.ref(record)
        self.days = report_days(record)
        self._layers: dict[str, LayerIndex] = {}
        self._issues: dict[str, dict[str, list[Evidence]]] = {}
        self._about: dict[tuple[str, str], Mask] = {}

    @property
    def record(self) -> Record:
        """The record that this is the index of."""
        record = self._record()
        if record is None:
            raise RuntimeError("an index was asked after its record had gone")
        return record

    def layer(self, name: str) -> LayerIndex:
        """The index of one layer."""
        if name not in self._layers:
            self._layers[name] = LayerIndex(self.record.layer(name), self.days)
        return self._layers[name]

    @cached_property
    def by_id(self) -> dict[str, Finding]:
        """Every item of the six layers by its id."""
        return {item.id: item for name in LAYERS for item in self.record.layer(name)}

    def about(self, name: str, issue: str) -> Mask:
        """Which items of a layer are on an issue: positions by their own, the rest by resting on the same words."""
        if (name, issue) not in self._about:
            import numpy as np

            items = self.record.layer(name)
            on = (
                item.issue == issue if isinstance(item, Position) else self.rests_on(item.evidence, issue)
                for item in items
            )
            self._about[name, issue] = np.fromiter(on, dtype=np.bool_, count=len(items))
        return self._about[name, issue]

    def rests_on(self, evidence: Iterable[Evidence], issue: str) -> bool:
        """Whether some of the evidence shares words with a position on the issue."""
        if issue not in self._issues:
            words: dict[str, list[Evidence]] = {}
            for position in self.record.positions:
                if position.issue == issue:
                    for one in position.evidence:
                        words.setdefault(one.report, []).append(one)
            self._issues[issue] = words
        known = self._issues[issue]
        return any(e.overlaps(words) for e in evidence for words in known.get(e.report, ()))


class LayerIndex:
    """One layer: each item's confidence and days, and the places (from 0) of the items of an actor or report."""

    def __init__(self, items: tuple[Finding, ...], days: dict[str, When]) -> None:
        import numpy as np

        self.items = items
        self.confidence = np.fromiter((item.confidence for item in items), dtype=np.float64, count=len(items))
        self._actors: dict[str, list[int]] = {}
        self._reports: dict[str, list[int]] = {}
        rows: list[tuple[int, int, int]] = []
        for place, item in enumerate(items):
            for actor in actors_of(item):
                self._actors.setdefault(actor, []).append(place)
            reports = {e.report for e in item.evidence}
            for report in reports:
                self._reports.setdefault(report, []).append(place)
            own = dates_of(item) or tuple(days[report] for report in sorted(reports) if report in days)
            rows += ((place, *_ordinals(day)) for day in own)
        # one row a date: an item may have several
        self._rows: Places = np.array(rows, dtype=np.int64).reshape(-1, 3)

    def of_actors(self, actors: Iterable[str]) -> Mask:
        """Which items name one of these actors."""
        return self._mask(self._actors.get(actor, ()) for actor in actors)

    def of_reports(self, reports: Iterable[str]) -> Mask:
        """Which items rest on one of these reports."""
        return self._mask(self._reports.get(report, ()) for report in reports)

    def within(self, window: When) -> Mask:
        """Which items may be of these days; an item without a day of its own is of its reports' days."""
        first, last = _ordinals(window)
        rows = self._rows
        met = (rows[:, 1] <= last) & (rows[:, 2] >= first)
        return self._mask((rows[met, 0],))

    def _mask(self, places: Iterable[Sequence[int] | npt.NDArray[Any]]) -> Mask:
        import numpy as np

        mask = np.zeros(len(self.items), dtype=np.bool_)
        for some in places:
            mask[np.asarray(some, dtype=np.int64)] = True
        return mask


def _ordinals(day: When) -> tuple[int, int]:
    start = day.start.toordinal() if day.start else _NEVER_BEFORE
    return start, day.end.toordinal() if day.end else _NEVER_AFTER


def index_of(record: Record) -> Index:
    """The index of this record, made once for as long as the record lives."""
    return derived(record, Index, lambda: Index(record))
