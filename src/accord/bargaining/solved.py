"""The zone and the conflicts of tables that are too large to enumerate, by the solver."""

from __future__ import annotations

from accord.bargaining.arrays import Arrays
from accord.bargaining.hitting import hitting_sets
from accord.bargaining.inputs import inputs
from accord.bargaining.limits import Limits
from accord.bargaining.solver import Clock, Package, Solver
from accord.bargaining.violations import Violations
from accord.model.outcome import Best, Zone

COST = 1_000_000
"""Costs are counted in millionths; every demand costs at least one, so that a cheapest set is a minimal one."""
_COUNTED = 1_000
"""Packages that are counted one by one, so that a small zone has its size."""


def late(limits: Limits, what: str) -> str:
    """The note on a result that the time limit cut."""
    return f"the time limit of {limits.seconds:g} s (limit seconds) came first: {what}"


def solved_zone(arrays: Arrays, limits: Limits, method: str, source: str) -> Zone:
    """Whether the zone is empty, each party's best package in it, and its size when that is small."""
    clock = Clock(limits.seconds)
    solver = Solver(arrays, clock)
    base = inputs(arrays.table, method, source, "solved")
    total = arrays.table.packages
    some = solver.best()
    if some.status == "none":
        return Zone(empty=True, size=0, total=total, **base)
    if some.status == "cut":
        cut = late(limits, "no package was found, and none was ruled out")
        return Zone(empty=None, size=None, total=total, exact=False, cut=cut, **base)
    tops = [solver.best(solver.utility(p)) for p in range(len(arrays.table.parties))]
    proved = all(t.status == "proved" for t in tops)
    best = tuple(
        Best(party=p.id, agreement=arrays.agreement(t.package or some.package))
        for p, t in zip(arrays.table.parties, tops, strict=True)
    )
    seen, complete = solver.count(_COUNTED)
    return Zone(
        empty=False,
        size=seen if complete else None,
        at_least=max(1, seen),
        total=total,
        best=best,
        example=arrays.agreement(some.package),
        exact=proved,
        cut=None if proved else late(limits, "the parties' best packages are the best found"),
        **base,
    )


def solved_violations(arrays: Arrays, limits: Limits) -> Violations:
    """The minimal sets of broken demands, the cheapest first, each proved cheapest among those not yet found."""
    solver = Solver(arrays, Clock(limits.seconds), soft=True)
    price = [round(d.cost * COST) + 1 for d in arrays.demands]
    cost = sum(p * g for p, g in zip(price, solver.give, strict=True))
    found: list[tuple[frozenset[int], Package]] = []
    while True:
        answer = solver.best(cost, smallest=True) if arrays.demands else solver.best()
        if answer.status == "none":
            return Violations.of(found, len(arrays.demands), "solved")
        if answer.status != "proved":
            cut = late(limits, f"{len(found)} concessions are proved, more may exist")
            return Violations.of(found, len(arrays.demands), "solved", cut)
        broken = _broken(arrays, answer.package)
        found.append((broken, answer.package))
        if not broken:
            return Violations.of(found, len(arrays.demands), "solved")
        if len(found) >= limits.sets:
            cut = f"stopped at {len(found)} concessions (limit sets); more may exist"
            return Violations.of(found, len(arrays.demands), "solved", cut)
        solver.model.add(sum(solver.give[d] for d in broken) <= len(broken) - 1)


def _broken(arrays: Arrays, package: Package) -> frozenset[int]:
    """The demands that a package breaks."""
    party = {p.id: i for i, p in enumerate(arrays.table.parties)}
    utilities = arrays.utilities(package)
    broken = {demand for demand, question, refused in arrays.refusals if refused[package[question]]}
    broken |= {
        p.demand
        for p in arrays.pairs
        if p.demand is not None and p.first_on[package[p.first]] and p.second_on[package[p.second]]
    }
    broken |= {
        i
        for i, d in enumerate(arrays.demands)
        if d.kind == "reservation" and utilities[party[d.party]] < arrays.floor[party[d.party]]
    }
    return frozenset(broken)


def some_blockers(arrays: Arrays, found: Violations, limits: Limits) -> list[frozenset[int]]:
    """Blockers when not all concessions are known: candidates that meet those known, each shrunk and proved minimal."""
    solver = Solver(arrays, Clock(limits.seconds), soft=True)
    candidates, _ = hitting_sets(found.broken, 20)
    proved: list[frozenset[int]] = []
    for candidate in [*candidates, frozenset(range(len(arrays.demands)))]:
        if any(p <= candidate for p in proved):
            continue
        left = set(candidate)
        if solver.opens(left).status != "none":
            continue
        for demand in sorted(candidate):
            status = solver.opens(left - {demand}).status
            if status == "cut":
                return proved
            if status == "none":
                left.discard(demand)
        proved.append(frozenset(left))
    return proved
