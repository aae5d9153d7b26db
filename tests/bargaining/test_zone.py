from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from random_tables import packages, tables, view, yes_no

from accord.bargaining import checks
from accord.bargaining.arrays import compile_table
from accord.bargaining.demands import demands
from accord.bargaining.grid import make_grid
from accord.bargaining.limits import Limits
from accord.bargaining.sweep import sweep
from accord.bargaining.zone import zone
from accord.model.table import Number, RedLine, Table, TableParty


@given(tables())
@settings(max_examples=150, deadline=None)
def test_zone_is_what_brute_force_by_definition_finds(table: Table) -> None:
    wanted = demands(table)
    inside = [x for x in packages(table) if checks.in_zone(table, x, wanted)]
    found = zone(table)
    assert found.size == len(inside)
    assert found.empty is (not inside)
    assert checks.check_zone(table, found, wanted) is None
    for party, best in zip(table.parties, found.best, strict=False):
        assert best.party == party.id
        top = max(checks.utility(table, party.id, x) for x in inside)
        assert abs(checks.utility(table, party.id, best.agreement.options) - top) < 1e-8
    for question, shares in zip(table.questions, found.shares, strict=False):
        place = table.questions.index(question)
        counts = [sum(x[place] == o.id for x in inside) for o in question.options]
        assert np.allclose(shares, np.array(counts) / len(inside))


@given(tables(most_questions=5))
@settings(max_examples=60, deadline=None)
def test_zone_does_not_depend_on_blocks_or_threads(table: Table) -> None:
    arrays = compile_table(table)
    allowed = [np.arange(size) for size in arrays.sizes]
    answers = []
    for tail, threads in ((1, 1), (4, 2), (10_000, 1), (4, 3)):
        grid = make_grid(arrays, allowed, tail)
        found = sweep(grid, threads=threads)
        best = [grid.package(*at) for at in found.best_at] if found.size else []
        answers.append((found.size, best, grid.package(*found.first) if found.first else None))
    assert all(a == answers[0] for a in answers)


def test_a_party_without_consent_stops_nothing() -> None:
    table = Table(
        parties=(TableParty(id="north", name="North"), TableParty(id="patron", name="Patron", consent=False)),
        questions=(yes_no("ports"),),
        views=(view("north", "ports", 1, 0.2, 1), view("patron", "ports", 1, 1, 0)),
        red_lines=(
            RedLine(party="north", question="ports", options=("no",)),
            RedLine(party="patron", question="ports", options=("yes",)),
        ),
    )
    assert zone(table).size == 1
    assert zone(table).best[0].agreement.options == ("yes",)


def test_reservation_is_reached_when_met_exactly() -> None:
    third = Table(
        parties=(TableParty(id="a", name="A", reservation=Number(1 / 3)),),
        questions=(yes_no("x"), yes_no("y"), yes_no("z")),
        views=tuple(view("a", q, 1, 0, 1) for q in "xyz"),
    )
    assert zone(third).size == 7


@pytest.mark.parametrize("threads", [1, 2])
def test_zone_of_a_table_of_many_blocks(threads: int) -> None:
    keys = [f"q{i}" for i in range(17)]
    table = Table(
        parties=(TableParty(id="a", name="A", reservation=Number(0.5)), TableParty(id="b", name="B")),
        questions=tuple(yes_no(k) for k in keys),
        views=(*(view("a", k, 1, 0, 1) for k in keys), view("b", "q0", 1, 1, 0)),
    )
    found = zone(table, Limits(threads=threads))
    assert found.size == 2**16  # by symmetry half of all packages give A at least 9 of 17 questions
    assert found.best[1].agreement.utilities[1] == 1.0
