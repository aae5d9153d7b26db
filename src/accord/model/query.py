"""A record seen through a filter: which items of a layer a question is about."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, TypeVar, get_args

import msgspec

from accord.errors import FilterError, NotFound, WhenError
from accord.model.actor import Actor
from accord.model.findings import LAYERS, Discrepancy, Finding, Issue
from accord.model.index import (
    ACTOR_FIELDS,
    ACTOR_LISTS,
    actors_of,
    dates_of,
    index_of,
    report_days,
)
from accord.model.record import Filter, Record
from accord.model.report import Report
from accord.model.when import When

if TYPE_CHECKING:
    from accord.model.index import Mask, Places

__all__ = [
    "ACTOR_FIELDS",
    "ACTOR_LISTS",
    "ISSUES",
    "SURE_ENOUGH",
    "Selection",
    "actors_of",
    "dates_of",
    "find_actors",
    "find_parties",
    "find_reports",
    "make_filter",
    "report_days",
    "sure_enough",
]

Item = TypeVar("Item", bound=Finding)

ISSUES: tuple[str, ...] = get_args(Issue)
"""The issues of the vocabulary, in the order in which they are shown."""

_NAMES = {form: name for name, form in LAYERS.items()}


def make_filter(
    *,
    party: str | None = None,
    issue: str | None = None,
    since: dt.date | str | None = None,
    until: dt.date | str | None = None,
    report: str | None = None,
    confidence: float = 0.0,
) -> Filter:
    """A filter from what a person typed. Days are dates or ISO 8601 text: a day, a month or a year.

    Raises FilterError when a day cannot be read, `since` is after `until`, the issue is not one of the
    vocabulary, or `confidence` is not from 0 to 1.
    """
    if issue is not None and issue not in ISSUES:
        near = difflib.get_close_matches(issue.casefold().replace(" ", "-"), ISSUES, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else f"choose one of {', '.join(ISSUES)}"
        raise FilterError(f"issue: must be one of the vocabulary; got {issue!r}; {hint}")
    if not 0.0 <= confidence <= 1.0:
        raise FilterError(f"confidence: must be from 0 to 1; got {confidence}")
    first, last = _day(since, "since", last=False), _day(until, "until", last=True)
    if first and last and first > last:
        raise FilterError(f"since must not be after until; got {first} and {last}")
    return Filter(party=party, issue=issue, since=first, until=last, report=report, confidence=confidence)


def _day(given: dt.date | str | None, name: str, *, last: bool) -> dt.date | None:
    """The day given, or the first (or last) day of the month or year given."""
    if given is None or isinstance(given, dt.date):
        return given
    try:
        whole = When.parse(given)
    except WhenError:
        raise FilterError(
            f"{name}: must be a day, a month or a year such as 2025-02-28, 2025-02 or 2025; got {given!r}"
        ) from None
    return whole.end if last else whole.start


SURE_ENOUGH = 0.4
"""The least confidence of what briefs and tables take in where no other is asked for: below it most are misread."""


def sure_enough(where: Filter) -> Filter:
    """The filter with the least confidence of briefs and tables, where it asks for none; 0.01 asks for everything."""
    return where if where.confidence else msgspec.structs.replace(where, confidence=SURE_ENOUGH)


class Selection:
    """The items of a record that pass a filter, layer by layer, in the record's order.

    - `party` keeps what the actor of that name, or anyone who speaks for it, says, does, wants, offers,
      holds or claims; a part of a name will do where no whole name matches.
    - `issue` keeps the positions on that issue, and of the other layers what rests on the same words.
    - `since` and `until` keep what may have happened between these days; an item without a day of its own
      counts on the day when a report of it was published (or was found to have been, where the report does not
      say), and where that is missing too it is left out.
    - `report` keeps what rests on that report: its id, its number in the record, its source (whole or the
      file's name) or its title.
    - `confidence` keeps items of at least that confidence.

    Raises NotFound when the record has no such party or report.
    """

    def __init__(self, record: Record, where: Filter | None = None) -> None:
        self.record = record
        self.where = where or Filter()
        self.whole = self.where == Filter()
        self._parties = find_parties(record, self.where.party) if self.where.party is not None else None
        self._reports = find_reports(record, self.where.report) if self.where.report is not None else None
        self._index = index_of(record)
        self._masks: dict[str, Mask] = {}
        self._places: dict[str, Places] = {}

    def layer(self, name: str) -> tuple[Finding, ...]:
        """The items of one of the six layers."""
        return self.items(self.record.layer(name))

    def items(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        """Those of `items` that pass; `items` is a layer of the record."""
        if self.whole or not items:
            return items
        return tuple(items[place] for place in self.places(_NAMES[type(items[0])]).tolist())

    def places(self, name: str) -> Places:
        """The places in one of the six layers, or of the discrepancies, counted from 0, of what passes."""
        if name not in self._places:
            import numpy as np

            self._places[name] = np.flatnonzero(self.passing(name))
        return self._places[name]

    def passing(self, name: str) -> Mask:
        """Which items of one of the six layers, or which discrepancies, pass."""
        if name not in self._masks:
            self._masks[name] = self._passing(name)
        return self._masks[name]

    def _passing(self, name: str) -> Mask:
        where, layer = self.where, self._index.layer(name)
        passing = layer.confidence >= where.confidence
        if self._parties is not None:
            passing &= layer.of_actors(self._parties)
        if self._reports is not None:
            passing &= layer.of_reports(self._reports)
        if where.issue is not None:
            passing &= self._index.about(name, where.issue)
        if where.since is not None or where.until is not None:
            passing &= layer.within(When(where.since, where.until))
        return passing

    @cached_property
    def discrepancies(self) -> tuple[Discrepancy, ...]:
        """The discrepancies of which a claim passes; they are always shown with all their sides."""
        if self.whole:
            return self.record.discrepancies
        return tuple(self.record.discrepancies[place] for place in self.places("discrepancies").tolist())

    @cached_property
    def actors(self) -> tuple[Actor, ...]:
        """The actors asked for, and otherwise those who take part in what passes."""
        if self.whole:
            return self.record.actors
        wanted: set[str] | frozenset[str]
        if self._parties is not None:
            wanted = self._parties
        else:
            wanted = set().union(*(self._index.layer(name).actors_in(self.passing(name)) for name in LAYERS))
        return tuple(actor for actor in self.record.actors if actor.id in wanted)

    @cached_property
    def reports(self) -> tuple[Report, ...]:
        """The reports asked for, and otherwise those on which something that passes rests."""
        if self.whole:
            return self.record.reports
        return tuple(self.record.reports[place] for place in self.report_places.tolist())

    @cached_property
    def report_places(self) -> Places:
        """The places of these reports in the record, counted from 0."""
        import numpy as np

        if self.whole:
            return np.arange(len(self.record.reports))
        used = np.zeros(len(self.record.reports), dtype=np.bool_)
        for name in (*LAYERS, "discrepancies"):
            used |= self._index.layer(name).reports_in(self.passing(name))
        if self._reports is not None:
            used[[self._index.places[report] for report in sorted(self._reports)]] = True
        return np.flatnonzero(used)


def find_parties(record: Record, name: str) -> frozenset[str]:
    """The ids of the actors of this name (see `find_actors`), and of all who speak for one of them."""
    found = find_actors(record, name)
    return frozenset(found | {actor.id for actor in record.actors if actor.party in found})


def find_actors(record: Record, name: str) -> frozenset[str]:
    """The ids of the actors of this name.

    An id, a name or an alias, in any case and without accents; where none is the same, a name that holds
    all the words given. Raises NotFound with the nearest names.
    """
    wanted = _plain(name)
    known = {
        actor.id: {_plain(form) for form in (actor.name, *actor.aliases, *(n for _, n in actor.names))}
        for actor in record.actors
    }
    found = {actor.id for actor in record.actors if actor.id == name or wanted in known[actor.id]}
    if not found and wanted:
        words = set(wanted.split())
        found = {key for key, forms in known.items() if any(words <= set(form.split()) for form in forms)}
    if not found:
        raise NotFound(f"no actor of this record is called {name!r}{_near(name, (a.name for a in record.actors))}")
    return frozenset(found)


def find_reports(record: Record, name: str) -> frozenset[str]:
    """The ids of the reports with this id, number in the record, source, file name or title.

    Raises NotFound with the nearest titles.
    """
    number = int(name) if name.isdecimal() and len(name) < 10 else 0
    if 1 <= number <= len(record.reports):
        return frozenset({record.reports[number - 1].id})
    wanted = _plain(name)
    exact = [r.id for r in record.reports if name in (r.id, r.source) or (r.title and _plain(r.title) == wanted)]
    found = exact or [r.id for r in record.reports if name in _file_names(r.source)]
    if not found:
        near = _near(name, (part for r in record.reports for part in (r.title, *_file_names(r.source)) if part))
        raise NotFound(f"no report of this record has the id, number, source or title {name!r}{near}")
    return frozenset(found)


def _file_names(source: str) -> tuple[str, str]:
    last = re.split(r"[/\\]", source)[-1]
    return last, last.rsplit(".", 1)[0]


def _near(name: str, names: Iterable[str]) -> str:
    plain = {_plain(known): known for known in names}
    near = difflib.get_close_matches(_plain(name), list(plain), n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(plain[key] for key in near)}?" if near else ""


@lru_cache(maxsize=65_536)
def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name)
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).casefold().split())
