"""Whether the moment is ripe: what the parties could get together against what no agreement is worth, over time.

Zartman (2000), "Ripeness: the hurting stalemate and beyond": a moment is ripe when parties hurt (no agreement is worth
little) and see a way out (some agreement is worth more to all). The margin puts both into one number: the largest
smallest gain u_p(x) - b_p over packages x that cross no red line or condition.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

import numpy as np

from accord.bargaining.arrays import UNIT, compile_table
from accord.bargaining.grid import make_grid
from accord.bargaining.inputs import inputs
from accord.bargaining.limits import Limits
from accord.bargaining.objectives import egalitarian
from accord.bargaining.rules import Rules
from accord.bargaining.search import best
from accord.bargaining.standing import Spoken
from accord.bargaining.sweep import sweep
from accord.bargaining.table import table_of
from accord.bargaining.zone import acceptable
from accord.errors import TableError
from accord.model.actor import Actor
from accord.model.findings import Lever, Position
from accord.model.outcome import Ripeness, RipeParty, RipePoint
from accord.model.table import Table


def tables_over(
    positions: Sequence[Position],
    actors: Sequence[Actor],
    dates: Sequence[dt.date],
    *,
    assumptions: Rules | None = None,
    levers: Sequence[Lever] = (),
) -> tuple[Table, ...]:
    """The table at each date, by the rules of `table_from`. Dates at which no two parties differ are left out."""
    known = {actor.id: actor for actor in actors}
    spoken, every = Spoken(positions, known), np.ones(len(positions), dtype=np.bool_)
    made = [table_of(spoken, every, known, at=day, assumptions=assumptions, levers=levers) for day in dates]
    return tuple(t for t in made if t.questions and any(p.consent for p in t.parties))


def ripeness(tables: Sequence[Table], limits: Limits | None = None) -> Ripeness:
    """The margin of each table, in the order given. Raises TableError for a bad table, or when none is given."""
    if not tables:
        raise TableError("ripeness: needs at least one table; got none: choose dates at which two parties differ")
    limits = limits or Limits()
    base = inputs(tables[-1], "ripeness", "Zartman (2000); margin: docs/bargaining.md", "enumerated")
    base["findings"] = tuple(dict.fromkeys(f for t in tables for f in inputs(t, "", "")["findings"]))
    return Ripeness(points=tuple(_point(t, limits) for t in tables), **base)


def _point(table: Table, limits: Limits) -> RipePoint:
    arrays = compile_table(table)
    allowed = acceptable(arrays)
    count = math.prod(len(a) for a in allowed)
    if count > limits.enumerate_up_to:
        raise TableError(
            f"ripeness: {count} packages at {table.at}; at most {limits.enumerate_up_to} can be enumerated"
        )
    top = None
    if count:
        grid = make_grid(arrays, allowed)
        found = sweep(grid, keep=True, thresholds=False, threads=limits.threads)
        top = best(grid, found, egalitarian(arrays)) if found.size else None
    agreement = arrays.agreement(grid.package(*top.at)) if top else None
    parties = tuple(
        RipeParty(
            party=p.id,
            reservation=p.reservation.value,
            attainable=agreement.utilities[i] if agreement else None,
        )
        for i, p in enumerate(table.parties)
        if p.consent
    )
    margin = top.value if top else None
    ripe = margin is not None and margin >= -len(table.questions) / UNIT
    return RipePoint(
        at=table.at, table=table.digest, margin=margin, ripe=ripe, parties=parties, questions=len(table.questions)
    )
