"""The zone of many tables at once, which differ in their numbers but not in their questions.

A block holds some draws and all packages of the grid's tail for each. A party is at its reservation value or above
when its tail utility reaches what its head utility leaves to be reached: one comparison a package. Refused options
are given a utility below any floor, so that they need no test of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accord.bargaining.arrays import UNIT, compile_table
from accord.bargaining.draws import Batch
from accord.bargaining.grid import Grid, make_grid, spread
from accord.errors import TableError
from accord.model.table import Table

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Longs = NDArray[np.int64]
MOST = 1 << 18
"""Most packages of a table whose draws are enumerated one by one."""
_TAIL = 64
_CELLS = 1 << 18
_REFUSED = -1e6


@dataclass(frozen=True)
class Zones:
    """For each draw: the number of packages in the zone, and the package chosen there (-1 when none is).

    A package is its number in the order of the grid: the last question runs fastest.
    """

    size: Longs
    chosen: Longs
    total: int


@dataclass(frozen=True)
class Frame:
    """What all draws share: the grid of packages, who must consent, and which packages (heads by tails) break what."""

    table: Table
    grid: Grid
    consenting: NDArray[np.intp]
    forbidden: Flags
    conditions: tuple[tuple[int, Flags], ...]

    @classmethod
    def of(cls, table: Table) -> Frame:
        """Raises TableError when the table has more packages than can be enumerated for every draw."""
        if table.packages > MOST:
            raise TableError(
                f"uncertainty: a table must have at most {MOST} packages to be drawn many times; "
                f"it has {table.packages}: leave out the questions that matter least"
            )
        arrays = compile_table(table)
        grid = make_grid(arrays, [np.arange(n) for n in arrays.sizes], _TAIL)
        forbidden = np.zeros((grid.heads, grid.tails), dtype=bool)
        for e in table.exclusions:
            forbidden |= _has(table, grid, e.question, (e.option,)) & _has(
                table, grid, e.other_question, (e.other_option,)
            )
        for i in table.implications:
            forbidden |= _has(table, grid, i.question, (i.option,)) & ~_has(
                table, grid, i.then_question, (i.then_option,)
            )
        consenting = np.flatnonzero(arrays.consent)
        parties = {table.parties[p].id for p in consenting}
        conditions = tuple(
            (k, _has(table, grid, c.question, c.options) & ~_has(table, grid, c.need_question, c.need_options))
            for k, c in enumerate(table.conditions)
            if c.party in parties
        )
        return cls(table, grid, consenting, forbidden, conditions)


def _has(table: Table, grid: Grid, key: str, options: tuple[str, ...]) -> Flags:
    """Whether each package (heads by tails) has one of these options of the question."""
    question = next(i for i, q in enumerate(table.questions) if q.id == key)
    wanted = np.array([o.id in options for o in table.questions[question].options])
    sizes = [len(q.options) for q in table.questions]
    shape = (grid.heads, grid.tails)
    if question < grid.split:
        flags = spread(wanted, question, sizes[: grid.split]).astype(bool)
        return np.asarray(np.broadcast_to(flags[:, None], shape))
    flags = spread(wanted, question - grid.split, sizes[grid.split :]).astype(bool)
    return np.asarray(np.broadcast_to(flags[None, :], shape))


def zones(frame: Frame, drawn: Batch, *, choose: bool = False) -> Zones:
    """The zone of each draw; with `choose`, the package of the weighted Nash solution as well."""
    head, tail = _utilities(frame, drawn)
    cells = frame.grid.heads * frame.grid.tails
    step = max(1, _CELLS // cells)
    parts = [
        _block(frame, drawn, slice(start, start + step), head, tail, choose) for start in range(0, len(drawn), step)
    ]
    return Zones(
        size=np.concatenate([size for size, _ in parts]),
        chosen=np.concatenate([chosen for _, chosen in parts]),
        total=cells,
    )


def _utilities(frame: Frame, drawn: Batch) -> tuple[Floats, Floats]:
    """Utilities of heads and tails by draw and consenting party, refused options far below any floor."""
    total = drawn.salience.sum(axis=2, keepdims=True)
    share = drawn.salience / np.where(total > 0, total, 1.0)
    worth = [share[:, frame.consenting, q, None] * v[:, frame.consenting] for q, v in enumerate(drawn.values)]
    place = {q.id: i for i, q in enumerate(frame.table.questions)}
    row = {frame.table.parties[p].id: i for i, p in enumerate(frame.consenting)}
    for k, line in enumerate(frame.table.red_lines):
        if line.party in row:
            question = place[line.question]
            refused = [o.id in line.options for o in frame.table.questions[question].options]
            worth[question][:, row[line.party]] += _REFUSED * (drawn.red_lines[:, k, None] & np.array(refused))
    split = frame.grid.split
    return _sums(worth[:split], len(drawn), len(row)), _sums(worth[split:], len(drawn), len(row))


def _sums(parts: list[Floats], draws: int, parties: int) -> Floats:
    total = np.zeros((draws, parties, 1))
    for part in parts:
        total = (total[..., :, None] + part[..., None, :]).reshape(draws, parties, -1)
    return total


def _block(frame: Frame, drawn: Batch, rows: slice, head: Floats, tail: Floats, choose: bool) -> tuple[Longs, Longs]:
    floor = drawn.reservation[rows][:, frame.consenting] - len(frame.table.questions) / UNIT
    need = floor[:, :, None] - head[rows]
    inside = np.repeat(~frame.forbidden[None], len(need), axis=0)
    for condition, broken in frame.conditions:
        inside &= ~(drawn.conditions[rows, condition][:, None, None] & broken)
    for party in range(need.shape[1]):
        inside &= tail[rows][:, party, None, :] >= need[:, party, :, None]
    size = np.count_nonzero(inside, axis=(1, 2))
    if not choose:
        return size, np.full(len(size), -1)
    return size, _nash(frame, drawn, rows, inside, head, tail)


def _nash(frame: Frame, drawn: Batch, rows: slice, inside: Flags, head: Floats, tail: Floats) -> Longs:
    """The package with the largest weighted sum of logarithms of gains, or -1 where no package gains for all."""
    weight = drawn.weight[rows][:, frame.consenting]
    reservation = drawn.reservation[rows][:, frame.consenting]
    best = np.where(inside, 0.0, -np.inf)
    live = np.flatnonzero(inside.any(axis=(1, 2)))
    with np.errstate(divide="ignore"):
        for party in range(weight.shape[1]):
            gain = (head[rows][live, party] - reservation[live, party, None])[:, :, None] + tail[rows][live, party][
                :, None
            ]
            heavy = weight[live, party] > 0
            best[live[heavy]] += weight[live[heavy], party, None, None] * np.log(np.maximum(gain[heavy], 0.0))
    flat = best.reshape(len(best), -1)
    chosen = flat.argmax(axis=1)
    return np.where(np.isneginf(flat[np.arange(len(flat)), chosen]), -1, chosen)
