"""One event with two days, or in two places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec

from accord.model.evidence import Evidence
from accord.model.findings import Claim, Discrepancy, Event
from accord.model.vocabulary.matching import matching
from accord.record.discrepancies.finder import Look, Pairs, make
from accord.record.identity.names import fold
from accord.record.identity.places import countries
from accord.record.identity.wording import Wording, wording
from accord.record.layers import Merged

ALIKE = 0.85  # least likeness of wording of one act told of two days
NEAR = 3  # days between which tellings of one act may stray; further apart are two acts


class OccasionTraits(msgspec.Struct, frozen=True, array_like=True):
    """What such discrepancies go by: who, what, the one day, and each place with the report that names it."""

    place: str
    type: str
    actors: frozenset[str]
    persons: frozenset[str]
    what: Wording
    day: int
    sites: tuple[tuple[str, str], ...]
    reports: frozenset[str]


def _traits(row: Merged[Event], look: Look) -> OccasionTraits | None:
    event = row.item
    date = event.date
    if event.status != "occurred" or date is None or date.start is None or date.start != date.end:
        return None
    everyone = event.actors + event.recipients
    told = [(item.place, item.evidence[0]) for item in look.findings("events", row.members) if isinstance(item, Event)]
    sites = tuple(dict.fromkeys((place, e.report) for place, e in told if place))
    return OccasionTraits(
        place=row.place,
        type=event.type,
        actors=frozenset(look.side(a) for a in everyone),
        persons=look.persons(everyone),
        what=wording(event.evidence[0].quote),
        day=date.start.toordinal(),
        sites=sites,
        reports=frozenset(e.report for e in event.evidence),
    )


class DayFinder(Pairs):
    """Finds one event that is told of two days a few days apart, by reports that each know one of them."""

    name = "discrepancies/days"
    kind = "event-date"
    layer = "events"
    form = OccasionTraits

    def traits(self, row: Merged[Event], look: Look) -> OccasionTraits | None:
        """Only what has occurred on a known day."""
        return _traits(row, look)

    def keys(self, node: OccasionTraits) -> tuple[Iterable[str], Iterable[str]]:
        """By type, parties and day; looked for on the days near."""
        who = f"{node.type}:{','.join(sorted(node.actors))}"
        return (f"{who}:{node.day}",), (f"{who}:{d}" for d in range(node.day - NEAR, node.day + NEAR + 1))

    def likeness(self, a: OccasionTraits, b: OccasionTraits) -> float:
        """Above 0 where all but the day agrees."""
        if a.day == b.day or abs(a.day - b.day) > NEAR or a.reports & b.reports or len(a.actors) < 2:
            return 0.0
        if a.actors != b.actors or a.persons != b.persons or not _same_sites(a, b):
            return 0.0
        like = a.what.likeness(b.what)
        return like if like >= ALIKE and not a.what.opposes(b.what) else 0.0

    def discrepancy(self, rows: Sequence[tuple[Event, OccasionTraits]]) -> Discrepancy | None:
        """Each day with the reports that tell it."""
        claims = [
            Claim(value=dt.date.fromordinal(t.day).isoformat(), items=(item.id,), evidence=item.evidence)
            for item, t in rows
        ]
        return make(self.kind, _about(rows[0][0]), claims, 0.6)


def _same_sites(a: OccasionTraits, b: OccasionTraits) -> bool:
    mine, theirs = {fold(site) for site, _ in a.sites}, {fold(site) for site, _ in b.sites}
    return bool(mine & theirs) or not (mine and theirs)


class PlaceFinder(Pairs):
    """Finds one event that is told of towns in two countries."""

    name = "discrepancies/places"
    kind = "event-place"
    layer = "events"
    form = OccasionTraits

    def traits(self, row: Merged[Event], look: Look) -> OccasionTraits | None:
        """Only what has occurred on a known day at a place that a gazetteer knows."""
        found = _traits(row, look)
        if found is None or row.item.type not in matching().events.once_a_day:
            return None
        sites = tuple((site, report) for site, report in found.sites if countries(site))
        return msgspec.structs.replace(found, sites=_unmixed(sites, look)) if sites else None

    def keys(self, node: OccasionTraits) -> tuple[Iterable[str], Iterable[str]]:
        """By type, parties and day."""
        found = (f"{node.type}:{','.join(sorted(node.actors))}:{node.day}",)
        return found, found

    def likeness(self, a: OccasionTraits, b: OccasionTraits) -> float:
        """Above 0 where the same two persons or more do the same on one day in two countries."""
        if a.day != b.day or a.actors != b.actors or a.persons != b.persons or len(a.persons) < 2:
            return 0.0
        return 1.0 if a.reports.isdisjoint(b.reports) and _apart(a.sites + b.sites) else 0.0

    def within(self, traits: OccasionTraits) -> bool:
        """Whether reports of the one event name towns in two countries."""
        return _apart(traits.sites)

    def discrepancy(self, rows: Sequence[tuple[Event, OccasionTraits]]) -> Discrepancy | None:
        """Each place with the words that name it."""
        claims = []
        for item, traits in rows:
            by_report: dict[str, list[Evidence]] = {}
            for e in item.evidence:
                by_report.setdefault(e.report, []).append(e)
            for site, report in traits.sites:
                if report in by_report:
                    claims.append(Claim(value=site, items=(item.id,), evidence=tuple(by_report[report])))
        return make(self.kind, _about(rows[0][0]), claims, 0.6)


def _unmixed(sites: tuple[tuple[str, str], ...], look: Look) -> tuple[tuple[str, str], ...]:
    """The places without those whose report names another of them too, and so may mean something else by each."""
    names = {site for site, _ in sites}
    texts = {report: look.report(report).text for _, report in sites}
    return tuple((site, report) for site, report in sites if not any(o != site and o in texts[report] for o in names))


def _apart(sites: tuple[tuple[str, str], ...]) -> bool:
    known = [(countries(site), report) for site, report in sites]
    return any(
        mine and theirs and mine.isdisjoint(theirs) and one != other for mine, one in known for theirs, other in known
    )


def _about(event: Event) -> str:
    return event.evidence[0].quote
