"""Draws over everything that a table leaves open: ranges of numbers, and red lines and conditions less than certain.

A factor is one number with a range, or one red line or condition whose certainty is below 1. Draws map points of the
unit cube to factor values, one dimension a factor: a number by the inverse of the triangular distribution from its
least over its value to its most, a demand by whether the point lies below its certainty. Points come in runs of fixed
length, each from its own stream of the seed, so that no answer depends on how many threads share the work.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accord.bargaining.check import check
from accord.model.table import Number, Table

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
RUN = 512
"""Draws a run. A change changes every sampled answer: bump it only with a changelog line."""


@dataclass(frozen=True)
class Factor:
    """One thing that is open: its place in the table, a plain name, and the group that it is reported under."""

    kind: str
    place: tuple[int, ...]
    name: str
    group: str
    number: Number


@dataclass(frozen=True)
class Batch:
    """Many tables that differ in their numbers alone. The first axis counts draws; then parties, questions, options.

    `salience` is as given (not divided by its sum); `red_lines` and `conditions` say which of the table's hold.
    """

    weight: Floats
    reservation: Floats
    salience: Floats
    values: tuple[Floats, ...]
    red_lines: Flags
    conditions: Flags

    def __len__(self) -> int:
        return len(self.weight)


def factors(table: Table) -> tuple[Factor, ...]:
    """Everything open in the table, in table order: weights, reservations, saliences, values, red lines, conditions."""
    return tuple(_factors(check(table)))


def _factors(table: Table) -> Iterator[Factor]:
    party = {p.id: i for i, p in enumerate(table.parties)}
    question = {q.id: i for i, q in enumerate(table.questions)}
    for i, p in enumerate(table.parties):
        for kind, number in (("weight", p.weight), ("reservation", p.reservation)):
            if number.least < number.most:
                yield Factor(kind, (i,), f"{kind} of {p.name}", f"{kind} of {p.name}", number)
    for view in table.views:
        i, q = party[view.party], question[view.question]
        name = table.parties[i].name
        if view.salience.least < view.salience.most:
            yield Factor(
                "salience", (i, q), f"{name}: salience of {view.question}", f"saliences of {name}", view.salience
            )
        for o, value in enumerate(view.values):
            if value.least < value.most:
                option = table.questions[q].options[o].id
                yield Factor(
                    "value", (i, q, o), f"{name}: value of {view.question} = {option}", f"values of {name}", value
                )
    for k, line in enumerate(table.red_lines):
        if line.certainty.value < 1:
            name = f"red line of {table.party(line.party).name} on {line.question}"
            yield Factor("red-line", (k,), name, name, line.certainty)
    for k, condition in enumerate(table.conditions):
        if condition.certainty.value < 1:
            name = f"condition of {table.party(condition.party).name} on {condition.question}"
            yield Factor("condition", (k,), name, name, condition.certainty)


def runs(seed: int, count: int, dimensions: int) -> list[Floats]:
    """`count` points of the unit cube in runs of at most RUN, the same for every number of threads."""
    streams = np.random.SeedSequence(seed).spawn(-(-count // RUN))
    sizes = [min(RUN, count - start) for start in range(0, count, RUN)]
    return [np.random.default_rng(s).random((n, dimensions)) for s, n in zip(streams, sizes, strict=True)]


def batch(table: Table, open_factors: tuple[Factor, ...], points: Floats) -> Batch:
    """The tables at these points of the unit cube, one row a draw, one column a factor."""
    made = _constant(table, len(points))
    columns: dict[str, list[int]] = {}
    for column, factor in enumerate(open_factors):
        columns.setdefault(factor.kind, []).append(column)
    for kind, chosen in columns.items():
        numbers = [open_factors[c].number for c in chosen]
        places = np.array([open_factors[c].place for c in chosen], dtype=np.intp).T
        if kind in ("red-line", "condition"):
            target = made.red_lines if kind == "red-line" else made.conditions
            target[:, places[0]] = points[:, chosen] < np.array([n.value for n in numbers])
            continue
        drawn = triangular(numbers, points[:, chosen])
        if kind == "weight":
            made.weight[:, places[0]] = drawn
        elif kind == "reservation":
            made.reservation[:, places[0]] = drawn
        elif kind == "salience":
            made.salience[:, places[0], places[1]] = drawn
        else:
            for question in np.unique(places[1]):
                here = places[1] == question
                made.values[question][:, places[0, here], places[2, here]] = drawn[:, here]
    return made


def triangular(numbers: Sequence[Number], points: Floats) -> Floats:
    """Quantiles of triangular distributions (least, mode at the value, most): one column a number."""
    low, mode, high = np.array([(n.least, n.value, n.most) for n in numbers]).T
    width = np.where(high > low, high - low, 1.0)
    rising = low + np.sqrt(points * width * (mode - low))
    falling = high - np.sqrt((1 - points) * width * (high - mode))
    return np.asarray(np.where(points * width < mode - low, rising, falling))


def _constant(table: Table, count: int) -> Batch:
    parties, questions = len(table.parties), len(table.questions)
    party = {p.id: i for i, p in enumerate(table.parties)}
    question = {q.id: i for i, q in enumerate(table.questions)}
    salience = np.zeros((parties, questions))
    values = [np.zeros((parties, len(q.options))) for q in table.questions]
    for view in table.views:
        i, q = party[view.party], question[view.question]
        salience[i, q] = view.salience.value
        values[q][i] = [v.value for v in view.values]

    def many(array: Floats) -> Floats:
        return np.repeat(array[None], count, axis=0)

    return Batch(
        weight=many(np.array([p.weight.value for p in table.parties])),
        reservation=many(np.array([p.reservation.value for p in table.parties])),
        salience=many(salience),
        values=tuple(many(v) for v in values),
        red_lines=np.tile(np.array([line.certainty.value > 0 for line in table.red_lines], dtype=bool), (count, 1)),
        conditions=np.tile(np.array([c.certainty.value > 0 for c in table.conditions], dtype=bool), (count, 1)),
    )
