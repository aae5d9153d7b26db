"""When an undated report appeared: from events that it shares with dated reports, and its own words for their days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import Protocol

import msgspec

from accord.model.evidence import Evidence
from accord.model.findings import Event, Statement
from accord.model.reading import Reading
from accord.model.record import Dating
from accord.record.clusters import connected
from accord.record.identity.events import EventTraits, agreement, contradict, event_traits, overlap
from accord.record.identity.scene import Resolve, Scene
from accord.record.identity.wording import telling
from accord.record.linking import Bonds, Edge, Linker
from accord.record.shelves import Backing, Shelf

BEFORE, AFTER = 31, 92  # days around an event within which a report's words for its day are tried
WIDEST = 14  # days: words that fit more days of publication than these tell too little
WHO = 0.75  # least agreement of parties of an event that dates a report
WHAT = 0.4  # least likeness of wording where the persons do not tell
WHAT_OTHER = 0.25  # the same where two reports see different acts in one encounter of the same persons
OTHER = 0.2  # how much less sure that is
LIKE = 0.3  # least Jaccard index that blocks find
SURE = 0.6  # how far one shared event, fully alike, makes an estimate sure
NEAR_DAYS = 7  # days: the report's own words for longer times tell nothing of the day on which it appeared
LOOSE = 2  # days by which its words for days may lie further apart than they could at best
LEAD = 1.25  # by what factor the best days must be better supported than any days apart from them


class Setting(Protocol):
    """Where the readings and the settings of their findings come from."""

    def reading(self, report_id: str) -> Reading:
        """The reading of a report that counts."""
        ...

    def scene(self, report_id: str, reading: Reading, *, dated: bool = True) -> Scene:
        """The setting of its findings; without what other reports tell of its date if not `dated`."""
        ...


class AnchorTraits(msgspec.Struct, frozen=True, array_like=True):
    """An event that can date a report, or that a report can be dated by. `words` are the undated one's for its day."""

    event: EventTraits
    evidence: Evidence
    undated: bool
    words: str

    @property
    def place(self) -> str:
        """The sort key."""
        return self.event.place


class AnchorRule:
    """Which event of an undated report is which event of a dated one: stricter than elsewhere, since days follow."""

    name = "anchors"
    form = AnchorTraits

    def keys(self, node: AnchorTraits) -> tuple[Iterable[str], Iterable[str]]:
        """Undated events look among dated ones and the other way about."""
        event = node.event
        sides = sorted(event.sides)
        pairs = [f"{event.type}:{a}:{b}" for a, b in combinations(sides, 2)] or [f"{event.type}:{''.join(sides)}"]
        keys = [f"{pair}:{word}" for pair in pairs for word in telling(event.what.words, LIKE)]
        persons = sorted(person for _, person in event.persons)
        keys += [f"{a}:{b}" for a, b in combinations(persons, 2)]
        here, there = ("u", "d") if node.undated else ("d", "u")
        return [f"{here}:{key}" for key in keys], [f"{there}:{key}" for key in keys]

    def likeness(self, a: AnchorTraits, b: AnchorTraits) -> float:
        """How sure it is that both are one event, its day left aside."""
        if a.undated == b.undated or a.event.report == b.event.report:
            return 0.0
        x, y = a.event, b.event
        alike = x.type == y.type
        if contradict(msgspec.structs.replace(x, days=y.days, type=y.type), y) or x.what.opposes(y.what):
            return 0.0
        who, what = agreement(x, y) if alike else overlap(x.sides, y.sides), x.what.likeness(y.what)
        persons, site = len(x.persons & y.persons), bool(x.site) and x.site == y.site
        if who < WHO or (persons < 2 and what < WHAT) or not (alike or (persons > 1 and (site or what >= WHAT_OTHER))):
            return 0.0
        return min(1.0, 0.5 * who + 0.5 * what + 0.1 * min(persons, 3) + 0.1 * site - (0.0 if alike else OTHER))

    def clusters(self, nodes: Mapping[str, AnchorTraits], edges: Sequence[Edge], bonds: Bonds) -> list[list[str]]:
        """Not asked for: only the links count."""
        return connected(nodes, edges, bonds)


class DatingStage:
    """Keeps for each undated report the days on which it can have been published, as far as others tell."""

    def __init__(self, backing: Backing | None = None) -> None:
        self._anchors: Linker[AnchorTraits] = Linker(AnchorRule(), backing)
        self._of_report: Shelf[tuple[str, ...]] = Shelf("dating/of_report", tuple[str, ...], backing)
        self._datings: Shelf[Dating] = Shelf("dating/datings", Dating, backing)

    def flush(self) -> None:
        """Hand what changed to the backing."""
        for part in (self._anchors, self._of_report, self._datings):
            part.flush()

    def estimate(self, report: str) -> tuple[dt.date, dt.date] | None:
        """The first and the last day on which an undated report can have been published."""
        found = self._datings.get(report)
        return (found.start, found.end) if found else None

    def found(self) -> tuple[Dating, ...]:
        """All datings, by report."""
        return tuple(one for _, one in sorted(self._datings.items()))

    def update(self, engine: Setting, dirty: set[str], removed: set[str], resolve: Resolve | None) -> set[str]:
        """Bring datings up to date; answer the reports whose days changed."""
        if resolve is None:
            return set()
        out: set[str] = set()
        put: dict[str, AnchorTraits] = {}
        self._of_report.load((*dirty, *removed))
        for report in sorted(dirty | removed):
            out.update(self._of_report.get(report) or ())
            nodes = {} if report in removed else _anchors_of(engine, report)
            if nodes:
                self._of_report.put(report, tuple(sorted(nodes)))
            elif self._of_report.get(report) is not None:
                self._of_report.drop(report)
            put.update(nodes)
        touched = self._undated_near(out)
        self._anchors.update(out - put.keys(), put, Bonds())
        touched |= self._undated_near(put)
        changed = set()
        for report in sorted(touched | (removed & {i for i, _ in self._datings.items()})):
            own = {} if report in removed else _own_words(engine.reading(report))
            changed |= self._date(report, removed, resolve, own)
        return changed - removed

    def _undated_near(self, nodes: Iterable[str]) -> set[str]:
        """The undated reports that these nodes are of or linked to."""
        found = set()
        for i in nodes:
            node = self._anchors.nodes.get(i)
            if node is None:
                continue
            for near in (i, *node.links):
                other = self._anchors.nodes[near].traits
                if other.undated:
                    found.add(other.event.report)
        return found

    def _date(self, report: str, removed: set[str], resolve: Resolve, own: Mapping[str, Evidence]) -> set[str]:
        before = self._datings.get(report)
        now = None if report in removed else self._work_out(report, resolve, own)
        if now is None and before is not None:
            self._datings.drop(report)
        elif now is not None and now != before:
            self._datings.put(report, now)
        same = before and now and (before.start, before.end) == (now.start, now.end)
        return set() if same or before == now else {report}

    def _work_out(self, report: str, resolve: Resolve, own: Mapping[str, Evidence]) -> Dating | None:
        """The days that the most and surest shared events allow, where no other days come near."""

        @cache
        def told(words: str, day: int) -> tuple[int, int] | None:
            found = resolve(words, dt.date.fromordinal(day))
            if found is None or found.start is None or found.end is None:
                return None
            return found.start.toordinal(), found.end.toordinal()

        clues: list[tuple[float, frozenset[int], AnchorTraits, AnchorTraits]] = []
        for i in self._of_report.get(report) or ():
            node = self._anchors.nodes[i]
            if not node.traits.undated:
                continue
            for near, strength in sorted(node.links.items()):
                other = self._anchors.nodes[near].traits
                days = _fitting(node.traits.words, other.event, told)
                if 0 < len(days) <= WIDEST:
                    clues.append((strength, days, node.traits, other))
        found = _weigh(report, clues)
        return found and _narrowed(found, own, told)


Told = Callable[[str, int], tuple[int, int] | None]
"""The days that words for a day name when they are said on a certain day."""


def _own_words(reading: Reading) -> dict[str, Evidence]:
    """What an undated report says of the days of what was done and said, each with the first place that says it."""
    found: dict[str, Evidence] = {}
    items: list[Event | Statement] = [event for event in reading.events if event.status == "occurred"]
    items.extend(reading.statements)
    for item in sorted(items, key=lambda item: (item.evidence[0].start, item.id)):
        if item.date is not None and not item.date.known and item.date.text:
            found.setdefault(item.date.text.lower(), item.evidence[0])
    return found


def _narrowed(found: Dating, own: Mapping[str, Evidence], told: Told) -> Dating:
    """The dating without the days on which the report's own words for days would name days far apart.

    A report tells the news of a few days: of one that speaks of "Thursday" and "Friday" and appeared in the week after
    that Friday, the Thursday is the day before, and so it did not appear on a Thursday.
    """
    days = range(found.start.toordinal(), found.end.toordinal() + 1)
    spread = {day: _spread(own, day, told) for day in days}
    known = {day: apart for day, apart in spread.items() if apart is not None}
    if not known or len(known) < len(spread):
        return found
    best = min(known.values())
    kept = [day for day, apart in known.items() if apart <= best + LOOSE]
    if kept[0] == days[0] and kept[-1] == days[-1]:
        return found
    used = {words: at for words, at in own.items() if (span := told(words, kept[0])) and _near(span)}
    named = ", ".join(repr(words) for words in used)
    why = f"only so do the days that it calls {named} lie within {best + LOOSE + 1} days, as in news"
    return msgspec.structs.replace(
        found,
        start=dt.date.fromordinal(kept[0]),
        end=dt.date.fromordinal(kept[-1]),
        evidence=tuple(dict.fromkeys((*found.evidence, *used.values()))),
        why=(*found.why, why),
    )


def _near(span: tuple[int, int]) -> bool:
    return span[1] - span[0] < NEAR_DAYS


def _spread(own: Mapping[str, Evidence], day: int, told: Told) -> int | None:
    """How far apart the days lie that the words name as of a day, at least; None where fewer than two name any."""
    spans = [span for words in own if (span := told(words, day)) and _near(span)]
    if len(spans) < 2:
        return None
    return max(0, max(start for start, _ in spans) - min(end for _, end in spans))


def _fitting(words: str, event: EventTraits, told: Told) -> frozenset[int]:
    """The days of publication from which these words mean the day of this event."""
    if event.days.ends is None:
        return frozenset()
    start, end = event.days.ends
    days = range(start - BEFORE, end + AFTER + 1)
    return frozenset(day for day in days if (found := told(words, day)) and found[0] <= end and found[1] >= start)


def _weigh(report: str, clues: list[tuple[float, frozenset[int], AnchorTraits, AnchorTraits]]) -> Dating | None:
    support: dict[int, dict[str, float]] = {}  # day, undated event: how sure
    for strength, fitting, mine, _ in clues:
        for day in fitting:
            events = support.setdefault(day, {})
            events[mine.place] = max(events.get(mine.place, 0.0), strength)
    if not support:
        return None
    score = {day: 1.0 - _product(1.0 - SURE * s for s in events.values()) for day, events in support.items()}
    best = max(score.values())
    days = sorted(day for day, s in score.items() if s >= best - 1e-9)
    if days[-1] - days[0] >= WIDEST or any(
        s * LEAD > best for day, s in score.items() if not days[0] - WIDEST <= day <= days[-1] + WIDEST
    ):
        return None
    used = [clue for clue in clues if not clue[1].isdisjoint(days)]
    used.sort(key=lambda clue: (-clue[0], clue[2].place, clue[3].place))
    evidence = tuple(dict.fromkeys(e for _, _, mine, other in used for e in (mine.evidence, other.evidence)))
    why = tuple(dict.fromkeys(_reason(mine, other) for _, _, mine, other in used))
    start, end = (dt.date.fromordinal(day) for day in (days[0], days[-1]))
    return Dating(report=report, start=start, end=end, evidence=evidence, why=why, confidence=round(best, 3))


def _product(values: Iterable[float]) -> float:
    found = 1.0
    for value in values:
        found *= value
    return found


def _reason(mine: AnchorTraits, other: AnchorTraits) -> str:
    day = dt.date.fromordinal(other.event.days.start or 1)
    return f"what it dates {mine.words!r}, report {other.event.report} dates {day:%A} {day.isoformat()}"


def _anchors_of(engine: Setting, report: str) -> dict[str, AnchorTraits]:
    """The events of a report that can date, or by which it can be dated."""
    reading = engine.reading(report)
    if not reading.events:
        return {}
    scene = engine.scene(report, reading, dated=False)
    found = {}
    for event in reading.events:
        if event.status != "occurred":
            continue
        traits = event_traits(event, scene)
        words = event.date.text if event.date else None
        if scene.published is None and words and not traits.fine:
            found[event.id] = AnchorTraits(traits, event.evidence[0], True, words)
        elif traits.fine and traits.days.length == 1:
            found[event.id] = AnchorTraits(traits, event.evidence[0], False, "")
    return found
