"""The cheapest way to an open zone, one concession at a time."""

from __future__ import annotations

from accord.bargaining.conflicts import blockers, concessions
from accord.bargaining.demands import Prices
from accord.bargaining.inputs import inputs
from accord.bargaining.limits import Limits
from accord.model.outcome import Concession, Demand, Path, Step
from accord.model.table import Table

SOURCE = "cheapest minimal correction subset; order: cheapest first, parties in turn"


def path(table: Table, limits: Limits | None = None, prices: Prices | None = None) -> Path:
    """The concessions of the cheapest minimal set, in an order in which nobody moves twice while another has yet to.

    Among those whose turn it is, the cheaper concession goes first. After each step the number of blockers left
    says how far the way still is; it never rises, and is 0 after the last. Raises TableError for a bad table.
    """
    found = concessions(table, limits, prices)
    base = inputs(table, "path of concessions", SOURCE, found.how)
    if not found.sets:
        return Path(open=found.open, exact=found.exact, cut=found.cut, **base)
    cheapest = found.sets[0]
    blocking = [frozenset(b) for b in blockers(table, limits, prices).sets]
    steps: list[Step] = []
    given: set[Demand] = set()
    spent = 0.0
    for demand in _in_turn(cheapest):
        given.add(demand)
        spent += demand.cost
        left = sum(1 for b in blocking if not b & given)
        steps.append(Step(demand=demand, spent=spent, blockers_left=left, lower_to=_lowered(table, demand, cheapest)))
    return Path(
        open=False,
        steps=tuple(steps),
        cost=cheapest.cost,
        opens=cheapest.opens,
        exact=found.exact,
        cut=found.cut,
        **base,
    )


def _in_turn(concession: Concession) -> list[Demand]:
    left = sorted(concession.demands, key=lambda d: (d.cost, d.party, d.question or "", d.options))
    order: list[Demand] = []
    moves: dict[str, int] = dict.fromkeys(concession.movers, 0)
    while left:
        fewest = min(moves[d.party] for d in left)
        chosen = next(d for d in left if moves[d.party] == fewest)
        left.remove(chosen)
        moves[chosen.party] += 1
        order.append(chosen)
    return order


def _lowered(table: Table, demand: Demand, concession: Concession) -> float | None:
    """What a party that gives up its reservation value would get in the package that the path opens."""
    if demand.kind != "reservation":
        return None
    place = [p.id for p in table.parties].index(demand.party)
    return concession.opens.utilities[place]
