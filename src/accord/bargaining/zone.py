"""The zone of possible agreement: the packages that no consenting party must refuse."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from accord.bargaining.arrays import Arrays, compile_table
from accord.bargaining.grid import make_grid
from accord.bargaining.inputs import inputs
from accord.bargaining.limits import Limits
from accord.bargaining.solved import solved_zone
from accord.bargaining.sweep import option_shares, sweep
from accord.model.outcome import Best, Zone
from accord.model.table import Table

METHOD = "zone of possible agreement"
SOURCE = "Raiffa (1982), The Art and Science of Negotiation, ch. 4; definition in docs/bargaining.md"


def zone(table: Table, limits: Limits | None = None) -> Zone:
    """The zone of the table: its size, each party's best package in it, and how often it uses each option.

    A package x lies in the zone when it breaks no consenting party's red line or condition, respects exclusions
    and implications, and u_p(x) >= b_p for every consenting party p. Exact: all packages without a refused option
    are enumerated, or, past `limits.enumerate_up_to`, a solver proves the answer. Raises TableError when the table
    breaks a rule, SolverError when a solver is needed and not installed.
    """
    return zone_of(compile_table(table), limits or Limits())


def zone_of(arrays: Arrays, limits: Limits) -> Zone:
    """The zone of a table as arrays."""
    allowed = acceptable(arrays)
    left = math.prod(len(a) for a in allowed)
    if left > limits.enumerate_up_to:
        return solved_zone(arrays, limits, METHOD, SOURCE)
    return _enumerated(arrays, allowed, limits)


def acceptable(arrays: Arrays) -> list[NDArray[np.intp]]:
    """The options of each question that no consenting party's red line refuses."""
    open_options = [np.ones(size, dtype=bool) for size in arrays.sizes]
    for _, question, refused in arrays.refusals:
        open_options[question] &= ~refused
    return [np.flatnonzero(o) for o in open_options]


def _enumerated(arrays: Arrays, allowed: list[NDArray[np.intp]], limits: Limits) -> Zone:
    table = arrays.table
    base = inputs(table, METHOD, SOURCE, "enumerated")
    if any(len(a) == 0 for a in allowed):
        return Zone(empty=True, size=0, total=table.packages, **base)
    grid = make_grid(arrays, allowed)
    found = sweep(grid, threads=limits.threads)
    if found.size == 0:
        return Zone(empty=True, size=0, total=table.packages, **base)
    best = tuple(
        Best(party=p.id, agreement=arrays.agreement(grid.package(*found.best_at[i])))
        for i, p in enumerate(table.parties)
    )
    return Zone(
        empty=False,
        size=found.size,
        at_least=found.size,
        total=table.packages,
        best=best,
        example=arrays.agreement(grid.package(*found.first)) if found.first else None,
        shares=option_shares(grid, found),
        **base,
    )
