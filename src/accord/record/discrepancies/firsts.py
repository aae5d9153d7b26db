"""Claims to be the first since something, against another such claim or against what happened in between."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import combinations

import msgspec

from accord.model.evidence import Evidence
from accord.model.findings import Claim, Discrepancy, Event
from accord.model.report import Report
from accord.model.vocabulary.matching import matching
from accord.record.discrepancies.finder import Look, Pairs, make
from accord.record.identity.scene import Days
from accord.record.identity.wording import Wording, wording
from accord.record.layers import Merged

SAME_TIME = 0.5  # likeness of two wordings from which they name one time
SAME_KIND = 0.3  # least likeness of what two claims call the first
WORDS = 0.5  # how sure a contradiction is that only words tell
DAYS = 0.8  # how sure one is that days tell


class FirstTraits(msgspec.Struct, frozen=True, array_like=True):
    """A claim to be the first since something, or (without `since`) an event that may refute one."""

    place: str
    sides: frozenset[str]
    days: Days
    reports: frozenset[str]
    what: Wording
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
        """Only what has occurred, between two parties or more."""
        event = row.item
        sides = frozenset(look.side(a) for a in event.actors + event.recipients)
        if event.status != "occurred" or len(sides) < 2:
            return None
        days, reports = Days.of(event.date), frozenset(e.report for e in event.evidence)
        found = _claim(event, look)
        if found is not None:
            evidence, what, since = found
            told = _when(since, evidence, look)
            return FirstTraits(row.place, sides, days, reports, wording(what), since, wording(since), told)
        if days.length is None or event.type not in matching().events.once_a_day:
            return None
        return FirstTraits(row.place, sides, days, reports, wording(event.evidence[0].quote))

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

    def discrepancy(self, rows: Sequence[tuple[Event, FirstTraits]]) -> Discrepancy | None:
        """What each claims, and what happened in between."""
        claims = []
        for item, traits in rows:
            value = f"first since {traits.since}" if traits.since else f"took place {item.date}"
            claims.append(Claim(value=value, items=(item.id,), evidence=item.evidence))
        sure = DAYS if all(t.since_days.start is not None for _, t in rows if t.since) else WORDS
        about = next(item for item, traits in rows if traits.since)
        return make(self.kind, about.evidence[0].quote, claims, sure)


def _two_claims(a: FirstTraits, b: FirstTraits) -> float:
    """Two claims on one event that name different times: the later time has an earlier one, which the other denies."""
    if not a.days.meets(b.days) or a.what.likeness(b.what) < SAME_KIND:
        return 0.0
    if a.since_days.start is not None and b.since_days.start is not None:
        return 0.0 if a.since_days.meets(b.since_days) else DAYS
    return WORDS if a.since_words.likeness(b.since_words) < SAME_TIME else 0.0


def _refuted(claim: FirstTraits, event: FirstTraits) -> float:
    """An event of that kind after the time named and before the one claimed to be first."""
    since, now, then = claim.since_days.end, claim.days.start, event.days
    if since is None or now is None or then.start is None or then.end is None:
        return 0.0
    kind = claim.what.words - {w for w in claim.what.words if w[0] == "@"}
    return DAYS if since < then.start and then.end < now and kind and kind <= event.what.words else 0.0


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(matching().firsts.pattern, re.IGNORECASE)


def _claim(event: Event, look: Look) -> tuple[Evidence, str, str] | None:
    """The first words of the event's sentences that claim it to be the first since something."""
    for evidence in event.evidence:
        start, end = _sentence(look.report(evidence.report), evidence)
        text = look.report(evidence.report).text[start:end]
        for found in _pattern().finditer(text):
            if start + found.start() < evidence.end and evidence.start < start + found.end():
                return evidence, found["what"].strip(), found["since"].strip()
    return None


def _sentence(report: Report, evidence: Evidence) -> tuple[int, int]:
    """From the sentence mark before the evidence to the one after it."""
    text = report.text
    start = max(text.rfind(mark, 0, evidence.start) for mark in (". ", "! ", "? ", "\n", "” ")) + 1
    ends = [
        at for mark in (". ", "! ", "? ", "\n") if (at := text.find(mark, max(evidence.start, evidence.end - 1))) >= 0
    ]
    return start, min(ends, default=len(text))


def _when(since: str, evidence: Evidence, look: Look) -> Days:
    """The time named, where its words place it on the calendar."""
    published = look.published(evidence.report)
    if look.resolve is None or published is None:
        return Days()
    return Days.of(look.resolve(since, dt.date.fromordinal(published[1])))
