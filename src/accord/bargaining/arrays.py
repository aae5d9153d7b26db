"""A table as integer arrays, so that enumeration and solvers work on the very same numbers and agree exactly.

Utilities are counted in billionths. `worth[q][p, o]` is the rounded share of party p's utility that option o of
question q brings, so that a package's utility is an exact integer sum. A party reaches its reservation value
when its utility is at least the rounded value less one billionth a question, the most that rounding can take.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accord.bargaining.check import check
from accord.bargaining.demands import Prices, demands, shares
from accord.model.outcome import Agreement, Demand
from accord.model.table import Table

UNIT = 1_000_000_000
Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Pair:
    """Not both: an option of `first` that is set in `first_on`, and one of `second` set in `second_on`.

    `demand` is the index of the demand that says so, or None for an exclusion or implication, which bind all.
    """

    first: int
    first_on: Flags
    second: int
    second_on: Flags
    demand: int | None = None


@dataclass(frozen=True)
class Arrays:
    """What computing needs of a table. Parties, questions and options are counted from 0 in table order."""

    table: Table
    demands: tuple[Demand, ...]
    worth: tuple[Ints, ...]
    reservation: NDArray[np.int64]
    consent: Flags
    weight: NDArray[np.float64]
    refusals: tuple[tuple[int, int, Flags], ...]
    pairs: tuple[Pair, ...]

    @property
    def sizes(self) -> tuple[int, ...]:
        """The number of options of each question."""
        return tuple(w.shape[1] for w in self.worth)

    @property
    def floor(self) -> NDArray[np.int64]:
        """The least integer utility that reaches each party's reservation value."""
        return self.reservation - len(self.worth)

    def utilities(self, package: tuple[int, ...]) -> NDArray[np.int64]:
        """Every party's integer utility of a package of option indices."""
        total = np.zeros(len(self.table.parties), dtype=np.int64)
        for worth, option in zip(self.worth, package, strict=True):
            total += worth[:, option]
        return total

    def agreement(self, package: tuple[int, ...]) -> Agreement:
        """The package with its option ids and utilities from 0 to 1."""
        options = tuple(q.options[o].id for q, o in zip(self.table.questions, package, strict=True))
        return Agreement(options, tuple(float(u) / UNIT for u in self.utilities(package)))


def compile_table(table: Table, prices: Prices | None = None) -> Arrays:
    """The table as arrays. Raises TableError when it breaks a rule."""
    check(table)
    found = demands(table, prices)
    place = {q.id: i for i, q in enumerate(table.questions)}
    return Arrays(
        table=table,
        demands=found,
        worth=_worth(table),
        reservation=np.array([round(p.reservation.value * UNIT) for p in table.parties], dtype=np.int64),
        consent=np.array([p.consent for p in table.parties], dtype=bool),
        weight=np.array([p.weight.value for p in table.parties], dtype=np.float64),
        refusals=tuple(
            (i, place[d.question], _flags(table, d.question, d.options))
            for i, d in enumerate(found)
            if d.kind == "red-line" and d.question is not None
        ),
        pairs=(*_structure(table, place), *_conditions(table, found, place)),
    )


def _worth(table: Table) -> tuple[Ints, ...]:
    row = {p.id: i for i, p in enumerate(table.parties)}
    arrays = {q.id: np.zeros((len(table.parties), len(q.options)), dtype=np.int32) for q in table.questions}
    share = shares(table)
    for view in table.views:
        values = np.array([v.value for v in view.values])
        arrays[view.question][row[view.party]] = np.rint(share[view.party, view.question] * values * UNIT)
    return tuple(arrays[q.id] for q in table.questions)


def _flags(table: Table, question: str, options: tuple[str, ...]) -> Flags:
    return np.array([o.id in options for o in table.question(question).options], dtype=bool)


def _structure(table: Table, place: dict[str, int]) -> list[Pair]:
    pairs = [
        Pair(
            place[e.question],
            _flags(table, e.question, (e.option,)),
            place[e.other_question],
            _flags(table, e.other_question, (e.other_option,)),
        )
        for e in table.exclusions
    ]
    pairs += [
        Pair(
            place[i.question],
            _flags(table, i.question, (i.option,)),
            place[i.then_question],
            ~_flags(table, i.then_question, (i.then_option,)),
        )
        for i in table.implications
    ]
    return pairs


def _conditions(table: Table, found: tuple[Demand, ...], place: dict[str, int]) -> list[Pair]:
    return [
        Pair(
            place[d.question],
            _flags(table, d.question, d.options),
            place[d.need_question],
            ~_flags(table, d.need_question, d.need_options),
            demand=i,
        )
        for i, d in enumerate(found)
        if d.kind == "condition" and d.question is not None and d.need_question is not None
    ]
