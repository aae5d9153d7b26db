"""What consenting parties insist on, as one list: red lines, conditions, reservation values."""

from __future__ import annotations

import msgspec

from accord.model.findings import Strength
from accord.model.outcome import Demand
from accord.model.table import Table


class Prices(msgspec.Struct, frozen=True, kw_only=True):
    """What giving up a demand of each strength is taken to cost a party, per unit of salience.

    The order (red line above demand above preference) is what the words mean; the numbers are an assumption.
    A reservation value is priced like a red line on the whole table.
    """

    red_line: float = 3.0
    demand: float = 2.0
    preference: float = 1.0
    reservation: float = 3.0

    def of(self, strength: Strength) -> float:
        """The price of one strength."""
        return {"red-line": self.red_line, "demand": self.demand, "preference": self.preference}[strength]


def shares(table: Table) -> dict[tuple[str, str], float]:
    """Each party's salience of each question, divided by the sum over its questions."""
    totals: dict[str, float] = {}
    for view in table.views:
        totals[view.party] = totals.get(view.party, 0.0) + view.salience.value
    return {(v.party, v.question): v.salience.value / totals[v.party] for v in table.views if totals[v.party] > 0}


def demands(table: Table, prices: Prices | None = None) -> tuple[Demand, ...]:
    """Every demand of a consenting party: red lines and conditions in table order, then reservations above 0.

    A red line or condition of certainty 0 is not a demand.

    Two red lines of one party on one question with the same options are one demand, with the findings of both.
    """
    price = prices or Prices()
    share = shares(table)
    consenting = [p for p in table.parties if p.consent]
    ids = {p.id for p in consenting}
    found = [
        Demand(
            kind="red-line",
            party=line.party,
            question=line.question,
            options=line.options,
            cost=price.of(line.strength) * share.get((line.party, line.question), 0.0),
            findings=line.findings,
        )
        for line in table.red_lines
        if line.party in ids and line.certainty.value > 0
    ]
    found += [
        Demand(
            kind="condition",
            party=c.party,
            question=c.question,
            options=c.options,
            need_question=c.need_question,
            need_options=c.need_options,
            cost=price.of(c.strength) * share.get((c.party, c.question), 0.0),
            findings=c.findings,
        )
        for c in table.conditions
        if c.party in ids and c.certainty.value > 0
    ]
    found += [
        Demand(
            kind="reservation",
            party=p.id,
            threshold=p.reservation.value,
            cost=price.reservation,
            findings=p.reservation.findings,
        )
        for p in consenting
        if p.reservation.value > 0
    ]
    return _joined(found)


def _joined(found: list[Demand]) -> tuple[Demand, ...]:
    kept: dict[tuple[object, ...], Demand] = {}
    for demand in found:
        key = (demand.kind, demand.party, demand.question, demand.options, demand.need_question, demand.need_options)
        before = kept.get(key)
        if before is None:
            kept[key] = demand
        else:
            findings = tuple(dict.fromkeys((*before.findings, *demand.findings)))
            kept[key] = msgspec.structs.replace(before, findings=findings, cost=max(before.cost, demand.cost))
    return tuple(kept.values())
