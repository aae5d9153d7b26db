"""The classical solutions on the zone: weighted Nash, Kalai-Smorodinsky, egalitarian, utilitarian, and the Pareto set.

All are taken over the consenting parties, with their reservation values as the threat point. Definitions and
derivations are in docs/bargaining.md; `checks.check_solution` recomputes each from its definition.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from accord.bargaining.arrays import UNIT, Arrays, compile_table
from accord.bargaining.grid import Grid, make_grid
from accord.bargaining.inputs import inputs
from accord.bargaining.limits import Limits
from accord.bargaining.objectives import METHODS, Objective
from accord.bargaining.pareto import pareto_of
from accord.bargaining.search import best
from accord.bargaining.solved_points import solved_points
from accord.bargaining.sweep import Found, sweep
from accord.bargaining.zone import acceptable
from accord.errors import TableError
from accord.model.outcome import Agreement, Solution, Solutions
from accord.model.table import Table


def solutions(
    table: Table, methods: Sequence[str] = tuple(METHODS), *, pareto: bool = True, limits: Limits | None = None
) -> Solutions:
    """The named point solutions and, if asked for, the Pareto set, on the table's zone.

    Raises TableError when the table breaks a rule or a method has another name than those of METHODS.
    """
    limits = limits or Limits()
    unknown = [m for m in methods if m not in METHODS]
    if unknown:
        raise TableError(f"solutions: a method must be one of {', '.join(METHODS)}; got {unknown[0]!r}")
    return solutions_of(compile_table(table), methods, limits, pareto=pareto)


def solutions_of(arrays: Arrays, methods: Sequence[str], limits: Limits, *, pareto: bool) -> Solutions:
    """The solutions of a table as arrays; the methods are known."""
    table, allowed = arrays.table, acceptable(arrays)
    left = math.prod(len(a) for a in allowed)
    if left > limits.enumerate_up_to:
        points = tuple(solved_points(arrays, list(methods), limits))
        base = inputs(table, "bargaining solutions", "docs/bargaining.md", "solved")
        cut = "the Pareto set is worked out for tables that can be enumerated only" if pareto else None
        return Solutions(zone_size=None, points=points, exact=all(p.exact for p in points), cut=cut, **base)
    if not left:
        return _nothing(arrays, methods)
    grid = make_grid(arrays, allowed)
    found = sweep(grid, keep=True, threads=limits.threads)
    if not found.size:
        return _nothing(arrays, methods)
    objectives = [METHODS[m](arrays, found.best) for m in methods]
    with ThreadPoolExecutor(max(1, limits.threads)) as pool:
        points = tuple(pool.map(lambda objective: _point(grid, found, objective), objectives))
    front = pareto_of(arrays, allowed, limits) if pareto else None
    base = inputs(table, "bargaining solutions", "docs/bargaining.md", "enumerated")
    return Solutions(zone_size=found.size, points=points, pareto=front, **base)


def _nothing(arrays: Arrays, methods: Sequence[str]) -> Solutions:
    why = "the zone is empty: no package is left that every consenting party could accept"
    points = tuple(
        Solution(agreement=None, why=why, **inputs(arrays.table, m, "docs/bargaining.md", "enumerated"))
        for m in methods
    )
    return Solutions(zone_size=0, points=points, **inputs(arrays.table, "bargaining solutions", "", "enumerated"))


def _point(grid: Grid, found: Found, objective: Objective) -> Solution:
    arrays = grid.arrays
    top = best(grid, found, objective)
    base = inputs(arrays.table, objective.method, objective.source, "enumerated")
    ideal = tuple(float(u) / UNIT for u in found.best)
    if top is None:
        why = "no package of the zone gives every consenting party more than its reservation value"
        return Solution(agreement=None, why=why, ideal=ideal, **base)
    return Solution(
        agreement=(agreement := arrays.agreement(grid.package(*top.at))),
        value=_shown(top.value, objective.method),
        runner_up=None if top.runner_up is None else _shown(top.runner_up, objective.method),
        ties=top.ties,
        gains=gains(arrays, agreement),
        ideal=ideal,
        **base,
    )


def gains(arrays: Arrays, agreement: Agreement) -> tuple[float, ...]:
    """Utilities less reservation values, in party order."""
    return tuple(u - float(b) / UNIT for u, b in zip(agreement.utilities, arrays.reservation, strict=True))


def _shown(value: float, method: str) -> float:
    """The Nash solution is shown as its weighted product, worked out as a sum of logarithms."""
    return float(np.exp(value)) if method == "Nash" else value
