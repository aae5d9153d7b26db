"""Which function of the bargaining stage answers which word, and what stands beside the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from accord.bargaining import conflicts
from accord.bargaining.diff import diff
from accord.bargaining.forecast.forecast import Forecasting
from accord.bargaining.forecast.forecast import forecast as forecast_of
from accord.bargaining.limits import Limits
from accord.bargaining.path import path as path_of
from accord.bargaining.ripeness import ripeness as ripeness_of
from accord.bargaining.solutions import solutions as solutions_of
from accord.bargaining.uncertainty import Sampling
from accord.bargaining.uncertainty import uncertainty as uncertainty_of
from accord.bargaining.zone import zone as zone_of
from accord.errors import TableError
from accord.model.table import Table
from accord.publishing.outcomes import Computed
from accord.workbench.changes import apply_all, changes

Options = Mapping[str, Any]


def table(made: Table) -> Computed:
    """The table itself."""
    return Computed(word="table", answer=made, tables=(made,))


def zone(table: Table, _: Options, limits: Limits) -> Computed:
    """The zone; with what closes it where it is empty."""
    found = zone_of(table, limits)
    if not found.empty:
        return Computed(word="zone", answer=found, tables=(table,))
    return Computed(
        word="zone",
        answer=found,
        tables=(table,),
        blockers=conflicts.blockers(table, limits),
        concessions=conflicts.concessions(table, limits),
    )


def blockers(table: Table, _: Options, limits: Limits) -> Computed:
    """What closes the zone."""
    return Computed(word="blockers", answer=conflicts.blockers(table, limits), tables=(table,))


def concessions(table: Table, _: Options, limits: Limits) -> Computed:
    """What would open it."""
    return Computed(word="concessions", answer=conflicts.concessions(table, limits), tables=(table,))


def solutions(table: Table, _: Options, limits: Limits) -> Computed:
    """Which packages would be fair; with what would open a zone where there is none."""
    found = solutions_of(table, limits=limits)
    least = conflicts.concessions(table, limits) if found.zone_size == 0 else None
    return Computed(word="solutions", answer=found, tables=(table,), concessions=least)


def forecast(table: Table, options: Options, _: Limits) -> Computed:
    """Where each question is expected to settle."""
    draws, seed = _drawing(options, Forecasting())
    how = Forecasting(draws=draws, seed=seed)
    return Computed(word="forecast", answer=forecast_of(table, options.get("method", "mean"), how), tables=(table,))


def uncertainty(table: Table, options: Options, _: Limits) -> Computed:
    """How sure the zone is."""
    draws, seed = _drawing(options, Sampling())
    found = uncertainty_of(table, Sampling(draws=draws, seed=seed))
    return Computed(word="uncertainty", answer=found, tables=(table,))


def path(table: Table, _: Options, limits: Limits) -> Computed:
    """The cheapest way to a zone."""
    return Computed(word="path", answer=path_of(table, limits), tables=(table,))


def ripeness(tables: Sequence[Table], limits: Limits) -> Computed:
    """Margins, one a table."""
    return Computed(word="ripeness", answer=ripeness_of(tables, limits), tables=tuple(tables))


def whatif(table: Table, options: Options, against: Table | None, limits: Limits) -> Computed:
    """The table before and after what is asked, or beside another."""
    asked = changes(table, options)
    if not asked and against is None:
        raise TableError("whatif: name a change, such as --relax 'PARTY: QUESTION', --without PARTY or --against FILE")
    after, said = apply_all(table if against is None else against, asked)
    return Computed(
        word="whatif", answer=diff(table, after, limits), tables=(table, after), asked=said if against is None else ()
    )


COMPUTED: dict[str, Callable[[Table, Options, Limits], Computed]] = {
    "zone": zone,
    "blockers": blockers,
    "concessions": concessions,
    "solutions": solutions,
    "forecast": forecast,
    "uncertainty": uncertainty,
    "path": path,
}
"""The outcomes of one table, by their words."""


def _drawing(options: Options, usual: Forecasting | Sampling) -> tuple[int, int]:
    """Draws and seed. Raises TableError when they cannot be."""
    draws, seed = int(options.get("draws", usual.draws)), int(options.get("seed", usual.seed))
    if draws < 1 or seed < 0:
        raise TableError(f"draws must be at least 1 and the seed at least 0; got {draws} and {seed}")
    return draws, seed
