"""Claims to be the only one, against another: "the only meeting since 2021", "the only country that has signed it".

Like claims to be the first they are read off the reports' own sentences. An encounter is refuted by two on different
days within the time named; a sole actor by an act of another of its kind in the same words, done before the claim.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
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

WORDS = 4  # words of an act, the longest, by which a claim finds it
LEAST = 2  # content words that a claim to be the only actor must share with an act
ENCOUNTER, SOLE = 0.7, 0.6  # how sure a refutation is


class OnlyTraits(msgspec.Struct, frozen=True, array_like=True):
    """A claim to be the only one, or (without `claim`) an event that may refute one.

    `actors` are the parties that act, `sides` all. `kinds`: of the actors of an event; of a claim, those that it
    speaks of. `scope` are the days within which nothing else like it is to have been; a sole actor's is open.
    """

    place: str
    sides: frozenset[str]
    actors: frozenset[str]
    kinds: frozenset[str]
    days: Days
    reports: frozenset[str]
    what: Wording
    claim: Evidence | None = None
    sole: bool = False
    scope: Days = Days()


class OnlyFinder(Pairs):
    """Finds claims to be the only one that events of the record refute."""

    name = "discrepancies/onlys"
    kind = "only"
    layer = "events"
    form = OnlyTraits

    def traits(self, row: Merged[Event], look: Look) -> OnlyTraits | None:
        """An event that may refute a claim: somebody is known to have done it on known days."""
        event = row.item
        days = Days.of(event.date)
        if event.status != "occurred" or not event.actors or days.end is None:
            return None
        actors = frozenset(look.side(a) for a in event.actors)
        return OnlyTraits(
            place=row.place,
            sides=actors | {look.side(a) for a in event.recipients},
            actors=actors,
            kinds=frozenset(look.kind(a) for a in event.actors),
            days=days,
            reports=frozenset(e.report for e in event.evidence),
            what=look.words(event.evidence[0]),
        )

    def claims(self, report: Report, scene: Scene) -> dict[str, OnlyTraits]:
        """The claims to be the only one that a report makes, by id."""
        found = {}
        for start, traits in (*_encounters(report, scene), *_soles(report, scene)):
            found[content_id("on", report.id, start, traits.sole)] = traits
        return found

    def keys(self, node: OnlyTraits) -> tuple[Iterable[str], Iterable[str]]:
        """Encounters by pair of parties, sole actors by the words of what they did."""
        pairs = [f"{a}:{b}" for a, b in combinations(sorted(node.sides), 2)]
        words = sorted((w for w in node.what.words if w[0] != "@"), key=lambda w: (-len(w), w))
        events = [f"event:{pair}" for pair in pairs], [f"act:{word}" for word in words]
        claims = [f"only:{pair}" for pair in pairs], [f"sole:{word}" for word in words]
        if node.claim is not None:
            return (claims[1], events[1]) if node.sole else (claims[0], events[0])
        return [*events[0], *events[1][:WORDS]], [*claims[0], *claims[1]]

    def likeness(self, a: OnlyTraits, b: OnlyTraits) -> float:
        """Above 0 for a claim and an event that speaks against it."""
        if (a.claim is None) == (b.claim is None):
            return 0.0
        claim, event = (a, b) if a.claim is not None else (b, a)
        if not _plain(claim.what).words <= event.what.words or event.what.negated or claim.what.negated:
            return 0.0
        return _another_actor(claim, event) if claim.sole else _encounter_within(claim, event)

    def discrepancy(self, rows: Sequence[tuple[Event | None, OnlyTraits]]) -> Discrepancy | None:
        """What each claims, and what happened nevertheless."""
        claims: list[Claim] = []
        days: set[tuple[int, int] | None] = set()
        told: set[str] = set()
        for _, traits in rows:
            if traits.claim is not None:
                claims.append(Claim(value=traits.claim.quote, evidence=(traits.claim,)))
                told |= traits.reports
        sole = any(traits.sole for _, traits in rows if traits.claim is not None)
        others = False
        for item, traits in rows:
            if item is not None:
                days.add(traits.days.ends)
                others |= not traits.reports <= told
                claims.append(Claim(value=f"took place {item.date}", items=(item.id,), evidence=item.evidence))
        if not others or (not sole and len(days) < 2):
            return None
        about = next(traits.claim for _, traits in rows if traits.claim is not None)
        return make(self.kind, about.quote, claims, SOLE if sole else ENCOUNTER)


def _encounter_within(claim: OnlyTraits, event: OnlyTraits) -> float:
    """An encounter of the same parties on one day within the time named and before the claim."""
    now, start, end = claim.days.end, claim.scope.start, claim.scope.end
    if event.sides != claim.sides or event.days.length != 1 or now is None or start is None:
        return 0.0
    day = event.days.start or 0
    return ENCOUNTER if start <= day <= min(now, end if end is not None else now) else 0.0


def _another_actor(claim: OnlyTraits, event: OnlyTraits) -> float:
    """The same done by somebody else of that kind, before the claim."""
    before = claim.days.start is not None and event.days.end is not None and event.days.end < claim.days.start
    others = event.actors - claim.actors
    if not before or others != event.actors or not event.kinds <= claim.kinds or claim.reports & event.reports:
        return 0.0
    named = frozenset(word[1:] for word in claim.what.words if word[0] == "@") - claim.actors
    return SOLE if named <= event.sides and len(_plain(claim.what).words | named) >= LEAST else 0.0


def _encounters(report: Report, scene: Scene) -> Iterator[tuple[int, OnlyTraits]]:
    """ "The only meeting between A and B since 2021": two parties, a kind of encounter, a time."""
    for found in _patterns()[0].finditer(report.text):
        what, scope = scene.words(found["what"]), _when(found["scope"], scene)
        sides = frozenset(word[1:] for word in what.words if word[0] == "@")
        if len(sides) == 2 and _plain(what).words and scope.start is not None:
            at = Evidence.cut(report, found.start(), found.end())
            yield found.start(), _traits(at, scene, sides, sides, frozenset(), what, scope=scope)


def _soles(report: Report, scene: Scene) -> Iterator[tuple[int, OnlyTraits]]:
    """ "A is the only country that has signed it": one party, a kind of actor, what it did."""
    kinds = matching().onlys.kinds
    for found in _patterns()[1].finditer(report.text):
        who, what = scene.words(found["who"]), scene.words(found["what"])
        if who.lead and who.words == {f"@{who.lead}"}:
            side = frozenset((who.lead,))
            at = Evidence.cut(report, found.start("who"), found.end())
            yield found.start(), _traits(at, scene, side, side, kinds[found["kind"].lower()], what, sole=True)


def _traits(
    at: Evidence,
    scene: Scene,
    sides: frozenset[str],
    actors: frozenset[str],
    kinds: frozenset[str],
    what: Wording,
    *,
    sole: bool = False,
    scope: Days = Days(),  # noqa: B008  frozen
) -> OnlyTraits:
    return OnlyTraits(
        place=scene.place(at),
        sides=sides,
        actors=actors,
        kinds=kinds,
        days=scene.days,
        reports=frozenset((at.report,)),
        what=what,
        claim=at,
        sole=sole,
        scope=scope,
    )


def _plain(words: Wording) -> Wording:
    return Wording(frozenset(word for word in words.words if word[0] != "@"), frozenset(), words.numbers)


def _when(scope: str, scene: Scene) -> Days:
    ends = scene.days.ends
    if scene.resolve is None or ends is None:
        return Days()
    return Days.of(scene.resolve(scope, dt.date.fromordinal(ends[1])))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    onlys = matching().onlys
    kinds = "|".join(sorted(onlys.kinds, key=lambda kind: (-len(kind), kind)))
    return re.compile(onlys.encounter), re.compile(onlys.sole.replace("KIND", kinds))
