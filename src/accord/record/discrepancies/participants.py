"""One event with different participants: others signed with him, or he was there and was not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from accord.model.findings import Claim, Discrepancy, Event
from accord.model.vocabulary.matching import matching
from accord.record.discrepancies.finder import Look, Pairs, make
from accord.record.identity.names import fold
from accord.record.identity.places import elsewhere
from accord.record.identity.wording import Wording, telling
from accord.record.layers import Merged

ALIKE = 0.85  # least likeness of what was done, actors left out
LEAST = 2  # content words without which that tells nothing
_ONCE = frozenset({"AGREE"})  # a mediator may meet two parties on one day on one matter; an accord is signed once
AWAY = 0.5  # least likeness of two tellings of an encounter at which somebody was and was not


class ParticipantTraits(msgspec.Struct, frozen=True, array_like=True):
    """What such discrepancies go by: what was done on one day, by whom, and who stayed away (`absent`)."""

    place: str
    type: str
    day: int
    sides: frozenset[str]
    who: frozenset[str]
    what: Wording
    site: str
    absent: bool
    reports: frozenset[str]


class ParticipantFinder(Pairs):
    """Finds an encounter or an agreement whose tellings each name somebody whom the other leaves out for another."""

    name = "discrepancies/participants"
    kind = "event-participants"
    layer = "events"
    form = ParticipantTraits

    def traits(self, row: Merged[Event], look: Look) -> ParticipantTraits | None:
        """Only acts in which all take part alike, on one known day; told as done, or as done without somebody."""
        event, date = row.item, row.item.date
        done = event.status == "occurred"
        if event.type not in matching().events.mutual or not (done or event.status == "refused"):
            return None
        if date is None or date.start is None or date.start != date.end or not event.actors:
            return None
        everyone = event.actors + event.recipients
        return ParticipantTraits(
            place=row.place,
            type=event.type,
            day=date.start.toordinal(),
            sides=frozenset(look.side(a) for a in everyone),
            who=frozenset(everyone),
            what=look.content(row.members),
            site=fold(event.place or ""),
            absent=not done,
            reports=frozenset(e.report for e in event.evidence),
        )

    def keys(self, node: ParticipantTraits) -> tuple[Iterable[str], Iterable[str]]:
        """By type, day and word: what was done; by type, day and party: who stayed away."""
        here = f"{node.type}:{node.day}"
        words = [f"{here}:w:{word}" for word in telling(node.what.words, ALIKE / 2)] if not node.absent else []
        there, away = ([f"{here}:{kind}:{side}" for side in sorted(node.sides)] for kind in ("in", "out"))
        return ([*words, *there], [*words, *away]) if not node.absent else (away, there)

    def likeness(self, a: ParticipantTraits, b: ParticipantTraits) -> float:
        """Above 0 where both tell one event and cannot both be right about who took part."""
        if a.type != b.type or a.day != b.day or a.reports & b.reports or elsewhere(a.site, b.site):
            return 0.0
        if a.what.opposes(b.what) or (a.what.numbers and b.what.numbers and a.what.numbers.isdisjoint(b.what.numbers)):
            return 0.0
        if a.absent != b.absent:
            return _absent(*((a, b) if a.absent else (b, a)))
        named = bool(a.what.proper & b.what.proper) or (bool(a.site) and a.site == b.site)
        if a.absent or a.type not in _ONCE or not named or min(len(a.what.words), len(b.what.words)) < LEAST:
            return 0.0
        shared, mine, theirs = a.who & b.who, a.who - b.who, b.who - a.who
        like = a.what.likeness(b.what)
        return like if shared and mine and theirs and len(a.who) == len(b.who) and like >= ALIKE else 0.0

    def discrepancy(self, rows: Sequence[tuple[Event, ParticipantTraits]]) -> Discrepancy | None:
        """Who took part, by each telling."""
        claims = []
        for item, _ in rows:
            value = item.evidence[0].quote
            claims.append(Claim(value=value, items=(item.id,), evidence=item.evidence))
        return make(self.kind, rows[0][0].evidence[0].quote, claims, 0.6)


def _absent(away: ParticipantTraits, there: ParticipantTraits) -> float:
    """Somebody is told to have stayed away from an encounter at one place at which another report has them."""
    alone = len(away.sides) == 1 and away.sides < there.sides and (away.who & there.who or away.who <= away.sides)
    same = bool(away.site) and away.site == there.site
    return 1.0 if alone and same and away.what.likeness(there.what) >= AWAY else 0.0
