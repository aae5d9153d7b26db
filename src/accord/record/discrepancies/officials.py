"""Officials of one party against each other: one for, another against, within days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from accord.model.findings import Claim, Discrepancy, Position
from accord.record.discrepancies.finder import Look, Pairs, make
from accord.record.identity.scene import Days
from accord.record.layers import Merged

NEAR = 7  # days between two stances that are not a change of mind


class OfficialTraits(msgspec.Struct, frozen=True, array_like=True):
    """What such a contradiction goes by."""

    place: str
    party: str
    key: str
    stance: str
    speaker: str
    days: Days


class OfficialFinder(Pairs):
    """Finds speakers of one party who take opposite stances on one proposition at about one time."""

    name = "discrepancies/officials"
    kind = "officials"
    layer = "positions"
    form = OfficialTraits

    def traits(self, row: Merged[Position], look: Look) -> OfficialTraits | None:
        """Only what a named speaker is for or against, without a condition."""
        item = row.item
        days = Days.of(item.date) if item.date and item.date.known else _published(item, look)
        if (
            item.speaker is None
            or item.shared_stance == "open"
            or item.condition
            or item.key is None
            or days.length is None
        ):
            return None
        return OfficialTraits(row.place, item.party, item.key, item.shared_stance, item.speaker, days)

    def keys(self, node: OfficialTraits) -> tuple[Iterable[str], Iterable[str]]:
        """By party and proposition; each looks for the other stance."""
        other = "against" if node.stance == "for" else "for"
        return (f"{node.party}:{node.key}:{node.stance}",), (f"{node.party}:{node.key}:{other}",)

    def likeness(self, a: OfficialTraits, b: OfficialTraits) -> float:
        """Above 0 for two speakers and opposite stances within days of each other."""
        if a.party != b.party or a.key != b.key or a.stance == b.stance or a.speaker == b.speaker:
            return 0.0
        ends = b.days.ends
        return 1.0 if ends and a.days.meets(Days(ends[0] - NEAR, ends[1] + NEAR)) else 0.0

    def discrepancy(self, rows: Sequence[tuple[Position, OfficialTraits]]) -> Discrepancy | None:
        """Each stance with who takes it."""
        claims = [
            Claim(value=item.shared_stance, by=item.speaker, items=(item.id,), evidence=item.evidence)
            for item, _ in rows
        ]
        return make(self.kind, rows[0][0].shared, claims, 0.6)


def _published(item: Position, look: Look) -> Days:
    found = look.published(item.evidence[0].report)
    return Days(*found) if found else Days()
