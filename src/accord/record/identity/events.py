"""Events across reports: the same act by the same people on days that agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from accord.model.findings import Event
from accord.model.vocabulary.matching import matching
from accord.record.clusters import join_alike
from accord.record.identity.places import elsewhere, plain_place
from accord.record.identity.scene import Days, Scene
from accord.record.identity.wording import Wording, telling
from accord.record.linking import BOUND, Bonds, Edge

# Thresholds below were set on the synthetic processes of bench/merging.py (seeds 1 to 3; figures are printed
# for others); run it again when one changes.
FINE = 7  # an event is dated finely when its days are at most a week
WHO = 0.5  # least agreement of parties
WHO_FAR = 0.66  # least agreement of parties where the date is coarse or missing
WORDS = 3  # content words below which a wording is too short for a share of it to tell
WHAT_ACT = 0.3  # least likeness of wording on one day, for acts that parties repeat within a day
WHAT_TWICE = 0.8  # the same within one report, whose reader held them to be two
WHAT_COARSE = 0.4  # least likeness of wording where one date is a month or longer
WHAT_UNDATED = 0.55  # least likeness of wording where a date is missing
SHARED = 0.4  # least Jaccard index of wording that blocks of undated events find
RECENT = 180  # days after which an undated mention has no more pull to a dated event
CLEAR = 0.01  # by how much an undated event must be more like one dated event than any other: no ties


class EventTraits(msgspec.Struct, frozen=True, array_like=True):
    """What identity of events goes by."""

    place: str
    report: str
    type: str
    status: str
    days: Days  # as told; for what has occurred, not after the report
    dated: bool
    actors: frozenset[str]
    recipients: frozenset[str]
    persons: frozenset[tuple[str, str]]
    site: str
    what: Wording

    @property
    def fine(self) -> bool:
        """Whether its date is at most a week wide."""
        return self.dated and self.days.length is not None and self.days.length <= FINE

    @property
    def once_a_day(self) -> bool:
        """Whether it happened on one known day and is of a kind that two parties rarely do twice on a day."""
        kind = self.type in matching().events.once_a_day and self.status == "occurred"
        return kind and self.dated and self.days.length == 1 and len(self.sides) > 1

    @property
    def sides(self) -> frozenset[str]:
        """All parties."""
        return self.actors | self.recipients


def event_traits(event: Event, scene: Scene) -> EventTraits:
    """The traits of one event of a reading."""
    head = event.evidence[0]
    date = scene.when(event.date)
    days = Days.of(date)
    dated = date is not None and date.known
    if event.status == "occurred" and days.end is None:
        days = Days(days.start, scene.days.end)
    if days.start is not None and days.end is not None and days.start > days.end:
        days = Days.of(date)
    mutual = event.type in matching().events.mutual
    everyone = event.actors + event.recipients
    words = scene.words(head.quote)
    implied = matching().events.implied.get(event.type, frozenset())
    return EventTraits(
        place=scene.place(head),
        report=event.evidence[0].report,
        type=event.type,
        status=event.status,
        days=days,
        dated=dated,
        actors=scene.sides(everyone if mutual else event.actors),
        recipients=frozenset() if mutual else scene.sides(event.recipients),
        persons=scene.persons(everyone),
        site=plain_place(event.place),
        what=Wording(
            frozenset(w for w in words.words - implied if w[0] != "@"), words.proper, words.numbers, words.negated
        ),
    )


class EventRule:
    """How events are told apart. It errs on the side of two: an unsure pair stays apart."""

    name = "events"
    form = EventTraits

    def keys(self, node: EventTraits) -> tuple[Iterable[str], Iterable[str]]:
        """By type and acting party, and day where dated finely, month or word otherwise."""
        sort = f"{node.type}:{node.status}"
        sides = sorted(node.actors or node.recipients) or ["-"]
        acts = [f"{sort}:{side}" for side in sides]
        words = [f"{act}:{word}" for act in acts for word in telling(node.what.words, SHARED)]
        ends = node.days.ends
        if not node.dated or ends is None:
            stands = [f"u:{word}" for word in words]
            return stands, [*stands, *(f"w:{word}" for word in words)]
        months = [f"{act}:{month}" for act in acts for month in _months(*ends)]
        worded = [f"w:{word}" for word in words]
        looks = [f"u:{word}" for word in words] + [f"c:{month}" for month in months]
        if not node.fine:
            stands = [f"c:{month}" for month in months]
            return [*stands, *worded], [*looks, *(f"f:{month}" for month in months)]
        days = [f"d:{sort}:{side}:{day}" for side in sides for day in range(ends[0], ends[1] + 1)]
        return [*days, *(f"f:{month}" for month in months), *worded], [*days, *looks]

    def likeness(self, a: EventTraits, b: EventTraits) -> float:
        """Type, status, who, when, what and where together; 0 wherever one of them speaks against it."""
        if contradict(a, b):
            return 0.0
        who = agreement(a, b)
        what = a.what.likeness(b.what, WORDS)
        if who < WHO or a.what.opposes(b.what):
            return 0.0
        shared = bool(a.persons & b.persons)
        same_site = bool(a.site) and a.site == b.site
        if a.report == b.report and not (what >= WHAT_TWICE and who == 1.0 and a.days == b.days):
            return 0.0
        if a.fine and b.fine:
            return _strength(who, 1.0, what, same_site) if _same_act(a, b, who, what, shared, same_site) else 0.0
        if who < WHO_FAR:
            return 0.0
        if a.dated and b.dated:
            return _strength(who, 0.6, what, same_site) if what >= WHAT_COARSE else 0.0
        return _strength(who, _recent(a, b), what, same_site) if what >= WHAT_UNDATED else 0.0

    def clusters(self, nodes: Mapping[str, EventTraits], edges: Sequence[Edge], bonds: Bonds) -> list[list[str]]:
        """Dated events first; an undated one joins where one event is clearly more like it than all others."""
        dated = {i: node for i, node in nodes.items() if node.dated}
        within = [e for e in edges if e[0] == BOUND or (e[1] in dated and e[2] in dated)]
        groups = join_alike(nodes, within, bonds, _mark, _marks_contradict)
        best: dict[str, dict[str, float]] = {}
        for strength, a, b in edges:
            for i, other in ((a, b), (b, a)):
                if i not in dated and other in dated:
                    found = best.setdefault(i, {})
                    root = groups.root(other)
                    found[root] = max(found.get(root, 0.0), strength)
        for i in sorted(best):
            ranked = sorted(best[i].items(), key=lambda kv: (-kv[1], kv[0]))
            if (len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= CLEAR) and groups.can_join(i, ranked[0][0]):
                groups.join(i, ranked[0][0])
        for _, a, b in edges:
            if a not in dated and b not in dated and groups.root(a) != groups.root(b) and groups.can_join(a, b):
                groups.join(a, b)
        return groups.all()


def _same_act(a: EventTraits, b: EventTraits, who: float, what: float, shared: bool, same_site: bool) -> bool:
    """Whether two finely dated events whose days meet are one act."""
    if a.once_a_day and b.once_a_day and (who >= WHO_FAR or shared):
        return True
    return same_site or what >= WHAT_ACT


def _strength(who: float, when: float, what: float, same_site: bool) -> float:
    return 0.35 * who + 0.3 * when + 0.3 * what + 0.05 * same_site


def agreement(a: EventTraits, b: EventTraits) -> float:
    """How far the parties agree, from 0 to 1, each part by itself where the act has a direction."""
    if a.type in matching().events.mutual:
        return overlap(a.actors, b.actors)
    acts = overlap(a.actors, b.actors)
    if not acts and (a.actors or b.actors):
        return 0.0
    if not a.recipients or not b.recipients:
        return 0.8 * acts
    return 0.5 * acts + 0.5 * overlap(a.recipients, b.recipients)


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """The mean of the shares that two sets have in common in all and in the smaller; 0.5 where both are empty."""
    if not a or not b:
        return 0.5 if not a and not b else 0.0
    shared = len(a & b)
    return 0.5 * shared / len(a | b) + 0.5 * shared / min(len(a), len(b))


def _recent(a: EventTraits, b: EventTraits) -> float:
    """How near a dated event is to the report that does not date its own: what is not dated is mostly news."""
    known, other = (a, b) if a.dated else (b, a)
    if not known.dated or known.days.start is None or other.days.end is None:
        return 0.2
    return max(0.0, 0.4 * (1.0 - (other.days.end - known.days.start) / RECENT))


def contradict(a: EventTraits, b: EventTraits) -> bool:
    """Whether two events cannot be one: other type or outcome, days that do not meet, other persons of one party."""
    if a.type != b.type or a.status != b.status or not a.days.meets(b.days):
        return True  # as below, and at once: most pairs that are looked at end here
    return _marks_contradict(_mark(a), _mark(b))


_Mark = tuple[str, str, Days, frozenset[tuple[str, str]], str]


def _mark(node: EventTraits) -> _Mark:
    return node.type, node.status, node.days, node.persons, node.site


def _marks_contradict(a: _Mark, b: _Mark) -> bool:
    if a[0] != b[0] or a[1] != b[1] or not a[2].meets(b[2]):
        return True
    if elsewhere(a[4], b[4]) and not (a[0] in matching().events.mutual and a[2] == b[2] and _two_shared(a[3], b[3])):
        return True
    if not a[3] or not b[3] or a[3] == b[3]:
        return False
    mine, theirs = _by_side(a[3]), _by_side(b[3])
    return any(mine[side].isdisjoint(theirs[side]) for side in mine.keys() & theirs.keys())


def _two_shared(a: frozenset[tuple[str, str]], b: frozenset[tuple[str, str]]) -> bool:
    """Whether the same two persons met on one day: then two places are a matter of the reports, not of two events."""
    return len(a & b) > 1


def _by_side(persons: frozenset[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for side, person in persons:
        found.setdefault(side, set()).add(person)
    return found


def _months(start: int, end: int) -> list[str]:
    """The months that an interval touches, as year and month; of a long one, the first five years."""
    first, last = dt.date.fromordinal(start), dt.date.fromordinal(end)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    months = (first.year * 12 + first.month - 1 + i for i in range(min(count, 60)))
    return [f"{month // 12}-{month % 12 + 1}" for month in months]
