"""Asserted and denied: one report has it happen, another says that it did not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from accord.model.findings import Claim, Discrepancy, Event
from accord.record.discrepancies.finder import Look, Pairs, make
from accord.record.identity.scene import Days
from accord.record.identity.wording import Wording, telling, wording
from accord.record.layers import Merged

ALIKE = 0.5  # least likeness of wording where both have a day
ALIKE_UNDATED = 0.7  # the same where a day is missing
SHARED = 0.25
FINE = 7
_VALUES = {"occurred": "happened", "refused": "did not happen"}


class DenialTraits(msgspec.Struct, frozen=True, array_like=True):
    """What a denial goes by."""

    place: str
    type: str
    status: str
    sides: frozenset[str]
    what: Wording
    days: Days
    reports: frozenset[str]


class DenialFinder(Pairs):
    """Finds an event that occurred by one report and was refused or did not happen by another."""

    name = "discrepancies/denials"
    kind = "asserted-denied"
    layer = "events"
    form = DenialTraits

    def traits(self, row: Merged[Event], look: Look) -> DenialTraits | None:
        """Only what occurred or was refused."""
        event = row.item
        if event.status not in _VALUES:
            return None
        found = wording(event.evidence[0].quote)
        return DenialTraits(
            place=row.place,
            type=event.type,
            status=event.status,
            sides=frozenset(look.side(a) for a in event.actors + event.recipients),
            what=Wording(found.words, found.proper, found.numbers),
            days=Days.of(event.date),
            reports=frozenset(e.report for e in event.evidence),
        )

    def keys(self, node: DenialTraits) -> tuple[Iterable[str], Iterable[str]]:
        """By type, parties and word; each looks for the other outcome."""
        who = f"{node.type}:{','.join(sorted(node.sides))}"
        other = "refused" if node.status == "occurred" else "occurred"
        words = telling(node.what.words, SHARED)
        return [f"{node.status}:{who}:{w}" for w in words], [f"{other}:{who}:{w}" for w in words]

    def likeness(self, a: DenialTraits, b: DenialTraits) -> float:
        """Above 0 where the same parties did and did not do the same, on days that agree."""
        if a.status == b.status or a.reports & b.reports or a.sides != b.sides or not a.sides:
            return 0.0
        if not a.days.meets(b.days) or a.what.opposes(b.what) or _other_numbers(a.what, b.what):
            return 0.0
        fine = all(d.length is not None and d.length <= FINE for d in (a.days, b.days))
        like = a.what.likeness(b.what)
        return like if like >= (ALIKE if fine else ALIKE_UNDATED) else 0.0

    def discrepancy(self, rows: Sequence[tuple[Event, DenialTraits]]) -> Discrepancy | None:
        """Both outcomes with the reports that tell them."""
        claims = [
            Claim(
                value=_VALUES[item.status],
                by=item.chain[0] if item.chain else None,
                items=(item.id,),
                evidence=item.evidence,
            )
            for item, _ in rows
        ]
        about = next((item for item, _ in rows if item.status == "occurred"), rows[0][0])
        return make(self.kind, about.evidence[0].quote, claims, 0.5)


def _other_numbers(a: Wording, b: Wording) -> bool:
    return bool(a.numbers and b.numbers and a.numbers.isdisjoint(b.numbers))
