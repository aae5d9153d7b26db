"""What consenting parties insist on, as one list: red lines, conditions, reservation values."""

from __future__ import annotations

import msgspec

from accord.model.findings import Strength
from accord.model.outcome import Demand
from accord.model.table import Condition, RedLine, Table, TableParty

Shares = dict[tuple[str, str], float]


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


def shares(table: Table) -> Shares:
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
    consenting = {p.id for p in table.parties if p.consent}
    lines = [_line(r, price, share) for r in table.red_lines if r.party in consenting and r.certainty.value > 0]
    terms = [_term(c, price, share) for c in table.conditions if c.party in consenting and c.certainty.value > 0]
    floors = [_floor(p, price) for p in table.parties if p.consent and p.reservation.value > 0]
    return _joined([*lines, *terms, *floors])


def _line(line: RedLine, price: Prices, share: Shares) -> Demand:
    return Demand(
        kind="red-line",
        party=line.party,
        question=line.question,
        options=line.options,
        cost=price.of(line.strength) * share.get((line.party, line.question), 0.0),
        findings=line.findings,
    )


def _term(condition: Condition, price: Prices, share: Shares) -> Demand:
    return Demand(
        kind="condition",
        party=condition.party,
        question=condition.question,
        options=condition.options,
        need_question=condition.need_question,
        need_options=condition.need_options,
        cost=price.of(condition.strength) * share.get((condition.party, condition.question), 0.0),
        findings=condition.findings,
    )


def _floor(party: TableParty, price: Prices) -> Demand:
    return Demand(
        kind="reservation",
        party=party.id,
        threshold=party.reservation.value,
        cost=price.reservation,
        findings=party.reservation.findings,
    )


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
