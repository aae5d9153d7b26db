"""Claims to be the first since something, against another such claim or against what happened in between.

These are read off the reports' own sentences, for a claim can stand beside any act.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations

import msgspec

from accord.model.evidence import Evidence
from accord.model.findings import Claim, Discrepancy, Event
from accord.model.ids import content_id
from accord.model.report import Report
from accord.model.vocabulary.matching import matching
from accord.record.discrepancies.finder import Look, Pairs, make
from accord.record.identity.scene import Days, Scene
from accord.record.identity.wording import Wording
from accord.record.layers import Merged

SAME_TIME = 0.5  # likeness of two wordings from which they name one time
SAME_KIND = 0.3  # least likeness of what two claims call the first
APART = 45  # days between reports beyond which two claims are on two events
WORDS = 0.5  # how sure a contradiction is that only words tell
DAYS = 0.8  # how sure one is that days tell


class FirstTraits(msgspec.Struct, frozen=True, array_like=True):
    """A claim to be the first since something, or (without `since`) an event that may refute one."""

    place: str
    sides: frozenset[str]
    days: Days  # of a claim, the days of its report; of an event, its own
    reports: frozenset[str]
    what: Wording
    claim: Evidence | None = None
    since: str = ""
    since_words: Wording = Wording()
    since_days: Days = Days()


class FirstFinder(Pairs):
    """Finds claims to be first that exclude each other, and events that refute such a claim."""

    name = "discrepancies/firsts"
    kind = "first-since"
    layer = "events"
    form = FirstTraits

    def traits(self, row: Merged[Event], look: Look) -> FirstTraits | None:
        """An event that may refute a claim: it has occurred on known days, between two parties or more."""
        event = row.item
        sides = frozenset(look.side(a) for a in event.actors + event.recipients)
        days = Days.of(event.date)
        if event.status != "occurred" or len(sides) < 2 or days.length is None:
            return None
        reports = frozenset(e.report for e in event.evidence)
        return FirstTraits(row.place, sides, days, reports, look.words(event.evidence[0]))

    def claims(self, report: Report, scene: Scene) -> dict[str, FirstTraits]:
        """The claims to be the first since something that a report makes, by id."""
        found = {}
        for start, end, what, since in _claims(report.text):
            evidence = Evidence.cut(report, start, end)
            before = scene.words(report.text[start : report.text.rindex(since, start, end)])
            inner = _sides(scene.words(what))
            sides = inner if len(inner) > 1 else _sides(before)
            if len(sides) > 1:
                i = content_id("fs", report.id, start, since)
                found[i] = FirstTraits(
                    place=scene.place(evidence),
                    sides=sides,
                    days=scene.days,
                    reports=frozenset((report.id,)),
                    what=_plain(scene.words(what)),
                    claim=evidence,
                    since=since,
                    since_words=scene.words(since),
                    since_days=_when(since, scene),
                )
        return found

    def keys(self, node: FirstTraits) -> tuple[Iterable[str], Iterable[str]]:
        """By pair of parties; events look for claims, claims for both."""
        pairs = [f"{a}:{b}" for a, b in combinations(sorted(node.sides), 2)]
        claims = [f"first:{pair}" for pair in pairs]
        if node.since:
            return claims, [*claims, *(f"event:{pair}" for pair in pairs)]
        return [f"event:{pair}" for pair in pairs], claims

    def likeness(self, a: FirstTraits, b: FirstTraits) -> float:
        """How sure it is that one refutes the other."""
        if a.sides != b.sides or a.reports & b.reports or not (a.since or b.since):
            return 0.0
        if a.since and b.since:
            return _two_claims(a, b)
        claim, event = (a, b) if a.since else (b, a)
        return _refuted(claim, event)

    def discrepancy(self, rows: Sequence[tuple[Event | None, FirstTraits]]) -> Discrepancy | None:
        """What each claims, and what happened in between."""
        claims = []
        for item, traits in rows:
            if traits.claim is not None:
                claims.append(Claim(value=f"first since {traits.since}", evidence=(traits.claim,)))
            elif item is not None:
                claims.append(Claim(value=f"took place {item.date}", items=(item.id,), evidence=item.evidence))
        known = [t.since_days.ends is not None or t.since_days.start is not None for _, t in rows if t.since]
        about = next(traits.claim for _, traits in rows if traits.claim is not None)
        return make(self.kind, about.quote, claims, DAYS if all(known) else WORDS)


def _two_claims(a: FirstTraits, b: FirstTraits) -> float:
    """Two claims on one event that name different times: the later time has an earlier one, which the other denies."""
    if not _about_one_time(a.days, b.days) or a.what.likeness(b.what) < SAME_KIND:
        return 0.0
    if a.since_days.start is not None and b.since_days.start is not None:
        return 0.0 if a.since_days.meets(b.since_days) else DAYS
    return WORDS if a.since_words.likeness(b.since_words) < SAME_TIME else 0.0


def _about_one_time(a: Days, b: Days) -> bool:
    if a.ends is None or b.ends is None:
        return True
    return a.meets(Days(b.ends[0] - APART, b.ends[1] + APART))


def _refuted(claim: FirstTraits, event: FirstTraits) -> float:
    """An event of that kind after the time named, and too long before the report to be the one it calls the first."""
    since, now, then = claim.since_days.end, claim.days.start, event.days.ends
    if since is None or now is None or then is None or not claim.what.words:
        return 0.0
    return DAYS if since < then[0] and then[1] < now - APART and claim.what.words <= event.what.words else 0.0


def _sides(words: Wording) -> frozenset[str]:
    return frozenset(word[1:] for word in words.words if word[0] == "@")


def _plain(words: Wording) -> Wording:
    return Wording(frozenset(word for word in words.words if word[0] != "@"), frozenset(), words.numbers)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(matching().firsts.pattern, re.IGNORECASE)


def _claims(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Each claim: start and end of its sentence up to the time that it names, what is the first, since what."""
    for found in _pattern().finditer(text):
        start = max(text.rfind(mark, 0, found.start()) + len(mark) for mark in (". ", "! ", "? ", "\n"))
        yield start if start > 1 else 0, found.end("since"), found["what"].strip(), found["since"].strip()


def _when(since: str, scene: Scene) -> Days:
    """The time named, where its words place it on the calendar."""
    ends = scene.days.ends
    if scene.resolve is None or ends is None:
        return Days()
    return Days.of(scene.resolve(since, dt.date.fromordinal(ends[1])))


Resting = Mapping[str, Sequence[tuple[Evidence, str]]]
"""For each report, evidence in it and the item that rests on it."""


def with_items(found: Iterable[Discrepancy], resting: Resting) -> list[Discrepancy]:
    """Discrepancies, claims that are read off sentences with the ids of the items that rest on the same words."""
    whole = []
    for one in found:
        claims = tuple(claim if claim.items else _with_items(claim, resting) for claim in one.claims)
        whole.append(msgspec.structs.replace(one, claims=claims))
    return whole


def _with_items(claim: Claim, resting: Resting) -> Claim:
    near = ((other, i) for e in claim.evidence for other, i in resting.get(e.report, ()) if e.overlaps(other))
    return msgspec.structs.replace(claim, items=tuple(dict.fromkeys(i for _, i in near)))
