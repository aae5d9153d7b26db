"""Why there is no zone, and what would open one.

Every package x that respects exclusions and implications breaks some set V(x) of demands. Giving up the demands of S
opens the zone exactly when V(x) is within S for some x. So the minimal concessions (minimal correction subsets) are
the minimal elements of {V(x)}, and the minimal blockers (minimal unsatisfiable subsets) are the minimal sets that
meet every one of them: Reiter (1987), "A theory of diagnosis from first principles", Artificial Intelligence 32, 57-95;
Liffiton and Sakallah (2008), "Algorithms for computing minimal unsatisfiable subsets of constraints", J. Automated
Reasoning 40, 1-33.
"""

from __future__ import annotations

from accord.bargaining.arrays import Arrays, compile_table
from accord.bargaining.demands import Prices
from accord.bargaining.hitting import hitting_sets
from accord.bargaining.inputs import inputs
from accord.bargaining.limits import Limits
from accord.bargaining.solved import solved_violations, some_blockers
from accord.bargaining.violations import MOST_DEMANDS, Violations, enumerate_violations
from accord.model.outcome import Blockers, Concession, Concessions, Demand
from accord.model.table import Table

SOURCE = "Reiter (1987), Artificial Intelligence 32; Liffiton and Sakallah (2008), J. Automated Reasoning 40"


def blockers(table: Table, limits: Limits | None = None, prices: Prices | None = None) -> Blockers:
    """All minimal sets of demands that together empty the zone, the smallest first.

    Raises TableError when the table breaks a rule.
    """
    limits = limits or Limits()
    arrays, found = _violations(table, limits, prices)
    base = inputs(table, "minimal blockers", SOURCE, found.how)
    if found.impossible or found.open:
        return Blockers(open=found.open, impossible=found.impossible, **base)
    if found.cut is None:
        sets, complete = hitting_sets([corrected for corrected, _ in found.minimal], limits.sets)
    else:
        sets, complete = some_blockers(arrays, found, limits), True
    cut = found.cut
    if not complete:
        cut = f"{cut}; " * bool(cut) + f"listed {len(sets)} blockers (limit sets={limits.sets}); there are more"
    named = [tuple(arrays.demands[i] for i in sorted(s)) for s in sets]
    return Blockers(open=False, sets=tuple(named), exact=cut is None, cut=cut, **base)


def concessions(table: Table, limits: Limits | None = None, prices: Prices | None = None) -> Concessions:
    """All minimal sets of demands whose giving up opens the zone, cheapest first, each with a package that it opens.

    Raises TableError when the table breaks a rule.
    """
    limits = limits or Limits()
    arrays, found = _violations(table, limits, prices)
    base = inputs(table, "minimal concessions", SOURCE, found.how)
    if found.impossible or found.open:
        return Concessions(open=found.open, impossible=found.impossible, **base)
    sets = [_concession(arrays, corrected, package) for corrected, package in found.minimal]
    sets.sort(key=lambda c: (round(c.cost, 9), len(c.demands), [arrays.demands.index(d) for d in c.demands]))
    cut = found.cut
    if len(sets) > limits.sets:
        cut = f"{cut}; " * bool(cut) + f"listed the {limits.sets} cheapest of {len(sets)} (limit sets={limits.sets})"
    return Concessions(open=False, sets=tuple(sets[: limits.sets]), exact=cut is None, cut=cut, **base)


def _violations(table: Table, limits: Limits, prices: Prices | None) -> tuple[Arrays, Violations]:
    arrays = compile_table(table, prices)
    if table.packages > limits.enumerate_up_to or len(arrays.demands) > MOST_DEMANDS:
        return arrays, solved_violations(arrays, limits)
    return arrays, enumerate_violations(arrays, limits)


def _concession(arrays: Arrays, corrected: frozenset[int], package: tuple[int, ...]) -> Concession:
    given_up: tuple[Demand, ...] = tuple(arrays.demands[i] for i in sorted(corrected))
    return Concession(
        demands=given_up,
        cost=sum(d.cost for d in given_up),
        movers=tuple(dict.fromkeys(d.party for d in given_up)),
        opens=arrays.agreement(package),
    )
