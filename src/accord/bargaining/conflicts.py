"""Why there is no zone, and what would open one.

Every package x that respects exclusions and implications breaks some set V(x) of demands. Giving up the demands of S
opens the zone exactly when V(x) is within S for some x. So the minimal concessions (minimal correction subsets) are
the minimal elements of {V(x)}, and the minimal blockers (minimal unsatisfiable subsets) are the minimal sets that
meet every one of them: Reiter (1987), "A theory of diagnosis from first principles", Artificial Intelligence 32, 57-95;
Liffiton and Sakallah (2008), "Algorithms for computing minimal unsatisfiable subsets of constraints", J. Automated
Reasoning 40, 1-33.
"""

from __future__ import annotations

import numpy as np

from accord.bargaining.arrays import Arrays, compile_table
from accord.bargaining.demands import Prices
from accord.bargaining.hitting import hitting_sets
from accord.bargaining.inputs import inputs
from accord.bargaining.limits import Limits
from accord.bargaining.solved import solved_violations, some_blockers
from accord.bargaining.violations import MOST_DEMANDS, Violations, enumerate_violations
from accord.model.outcome import Blockers, Concession, Concessions
from accord.model.table import Table

SOURCE = "Reiter (1987), Artificial Intelligence 32; Liffiton and Sakallah (2008), J. Automated Reasoning 40"
_SAME = 1e-6  # costs that may come out the same when they are summed another way: far above any rounding


def blockers(table: Table, limits: Limits | None = None, prices: Prices | None = None) -> Blockers:
    """All minimal sets of demands that together empty the zone, the smallest first.

    Raises TableError when the table breaks a rule.
    """
    limits = limits or Limits()
    arrays = compile_table(table, prices)
    return blockers_of(arrays, violations_of(arrays, limits), limits)


def concessions(table: Table, limits: Limits | None = None, prices: Prices | None = None) -> Concessions:
    """All minimal sets of demands whose giving up opens the zone, cheapest first, each with a package that it opens.

    Raises TableError when the table breaks a rule.
    """
    limits = limits or Limits()
    arrays = compile_table(table, prices)
    return concessions_of(arrays, violations_of(arrays, limits), limits)


def violations_of(arrays: Arrays, limits: Limits) -> Violations:
    """What packages break, by going through all of them or, where they are too many, by the solver."""
    if arrays.table.packages > limits.enumerate_up_to or len(arrays.demands) > MOST_DEMANDS:
        return solved_violations(arrays, limits)
    return enumerate_violations(arrays, limits)


def blockers_of(arrays: Arrays, found: Violations, limits: Limits) -> Blockers:
    """The blockers of a table from what its packages break."""
    base = inputs(arrays.table, "minimal blockers", SOURCE, found.how)
    if found.impossible or found.open:
        return Blockers(open=found.open, impossible=found.impossible, **base)
    if found.cut is None:
        sets, complete = hitting_sets(found.broken, limits.sets)
    else:
        sets, complete = some_blockers(arrays, found, limits), True
    cut = found.cut
    if not complete:
        cut = f"{cut}; " * bool(cut) + f"listed {len(sets)} blockers (limit sets={limits.sets}); there are more"
    named = [tuple(arrays.demands[i] for i in sorted(s)) for s in sets]
    return Blockers(open=False, sets=tuple(named), exact=cut is None, cut=cut, **base)


def concessions_of(arrays: Arrays, found: Violations, limits: Limits) -> Concessions:
    """The concessions of a table from what its packages break. Only those that are listed are made."""
    base = inputs(arrays.table, "minimal concessions", SOURCE, found.how)
    if found.impossible or found.open:
        return Concessions(open=found.open, impossible=found.impossible, **base)
    sets = [(row, np.flatnonzero(found.broken[row]).tolist()) for row in _cheapest(arrays, found, limits.sets)]
    sets.sort(key=lambda one: (round(_cost(arrays, one[1]), 9), len(one[1]), one[1]))
    cut, many = found.cut, len(found.broken)
    if many > limits.sets:
        cut = f"{cut}; " * bool(cut) + f"listed the {limits.sets} cheapest of {many} (limit sets={limits.sets})"
    listed = tuple(
        Concession(
            demands=tuple(arrays.demands[i] for i in members),
            cost=_cost(arrays, members),
            movers=tuple(dict.fromkeys(arrays.demands[i].party for i in members)),
            opens=arrays.agreement(found.package(row)),
        )
        for row, members in sets[: limits.sets]
    )
    return Concessions(open=False, sets=listed, exact=cut is None, cut=cut, **base)


def _cheapest(arrays: Arrays, found: Violations, most: int) -> list[int]:
    """The rows that can be among the `most` cheapest, whatever the order of those that cost the same."""
    if len(found.broken) <= most:
        return list(range(len(found.broken)))
    costs = found.broken @ np.array([d.cost for d in arrays.demands], dtype=np.float64)
    dearest = np.partition(costs, most - 1)[most - 1]
    return [int(row) for row in np.flatnonzero(costs <= dearest + _SAME)]


def _cost(arrays: Arrays, members: list[int]) -> float:
    return sum(arrays.demands[i].cost for i in members)
