from __future__ import annotations

import sys

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from random_tables import broken_sets, minimal, packages, tables, view, yes_no

from accord.bargaining import checks
from accord.bargaining.conflicts import blockers, concessions
from accord.bargaining.demands import demands
from accord.bargaining.limits import Limits
from accord.bargaining.solutions import solutions
from accord.bargaining.zone import zone
from accord.errors import SolverError
from accord.model.table import Exclusion, Number, RedLine, Table, TableParty

pytest.importorskip("ortools", reason="the extra accord[solver] is not installed")
NONE = Limits(enumerate_up_to=0)


@given(tables())
@settings(max_examples=60, deadline=None)
def test_solver_and_enumeration_agree_on_the_zone(table: Table) -> None:
    by_hand, solved = zone(table), zone(table, NONE)
    assert (by_hand.how, solved.how) == ("enumerated", "solved") or by_hand.how == solved.how  # nothing left to solve
    assert solved.empty is by_hand.empty
    assert solved.size == by_hand.size
    assert solved.exact
    assert checks.check_zone(table, solved, demands(table)) is None
    for place, (a, b) in enumerate(zip(by_hand.best, solved.best, strict=True)):
        assert a.agreement.utilities[place] == pytest.approx(b.agreement.utilities[place], abs=1e-8)


@given(tables())
@settings(max_examples=60, deadline=None)
def test_solver_and_enumeration_agree_on_conflicts(table: Table) -> None:
    assert {frozenset(c.demands) for c in concessions(table).sets} == {
        frozenset(c.demands) for c in concessions(table, NONE).sets
    }
    assert blockers(table).sets == blockers(table, NONE).sets
    solved = concessions(table, NONE)
    assert checks.check_concessions(table, solved, demands(table)) is None
    broken = broken_sets(table, demands(table))
    if solved.sets:
        assert {frozenset(c.demands) for c in solved.sets} == minimal(broken)


@given(tables())
@settings(max_examples=60, deadline=None)
def test_solver_and_enumeration_agree_on_point_solutions(table: Table) -> None:
    every = packages(table)
    by_hand, solved = solutions(table, pareto=False), solutions(table, pareto=False, limits=NONE)
    for a, b in zip(by_hand.points, solved.points, strict=True):
        assert (a.agreement is None) is (b.agreement is None), (a, b)
        if a.agreement is not None:
            assert a.value == pytest.approx(b.value, abs=2e-5)
            assert checks.in_zone(table, b.agreement.options, demands(table)) if b.agreement else False
            assert b.exact
    assert len(every) == table.packages


def large(questions: int = 100, parties: int = 5, floor: float = 0.55, seed: int = 2) -> Table:
    """10^30 packages and more: yes/no questions with random values."""
    rng = np.random.default_rng(seed)
    keys = [f"q{i}" for i in range(questions)]
    names = [f"p{i}" for i in range(parties)]
    lines = [
        RedLine(party=p, question=k, options=("no" if rng.random() < 0.5 else "yes",))
        for i, p in enumerate(names)
        for k in keys[5 * i : 5 * i + 5]
    ]
    return Table(
        parties=tuple(TableParty(id=p, name=p, reservation=Number(floor)) for p in names),
        questions=tuple(yes_no(k) for k in keys),
        views=tuple(
            view(p, k, float(rng.integers(1, 6)), *rng.random(2).round(2).tolist()) for p in names for k in keys
        ),
        red_lines=tuple(lines),
        exclusions=(Exclusion(question="q90", option="yes", other_question="q91", other_option="yes"),),
    )


def test_a_table_of_ten_to_the_thirtieth_packages_gets_an_answer() -> None:
    table = large()
    assert table.packages > 10**30
    found = zone(table, Limits(seconds=20))
    assert found.how == "solved"
    assert found.empty is False
    assert found.size is None
    assert found.at_least >= 10
    assert checks.check_zone(table, found, demands(table)) is None
    points = solutions(table, limits=Limits(seconds=20))
    assert points.pareto is None
    assert points.cut is not None
    for point in points.points:
        assert point.agreement is not None
        assert checks.in_zone(table, point.agreement.options, demands(table))


def test_a_closed_zone_of_ten_to_the_thirtieth_packages_is_explained() -> None:
    table = large()
    sides = (
        RedLine(party="p0", question="q99", options=("no",)),
        RedLine(party="p1", question="q99", options=("yes",)),
    )
    closed = msgspec.structs.replace(table, red_lines=(*table.red_lines, *sides))
    assert zone(closed).empty
    found = concessions(closed, Limits(seconds=20))
    assert found.how == "solved"
    assert {(d.party, d.question) for c in found.sets for d in c.demands} == {("p0", "q99"), ("p1", "q99")}
    assert [len(b) for b in blockers(closed, Limits(seconds=20)).sets] == [2]


def test_a_solver_call_that_is_cut_says_so() -> None:
    hasty = Limits(seconds=0.0)
    found = zone(large(), hasty)
    assert found.empty is None
    assert not found.exact
    assert "limit seconds" in (found.cut or "")
    blocked = concessions(large(floor=0.9), hasty)
    assert not blocked.exact
    assert not blocked.open
    assert blocked.cut is not None
    assert blockers(large(floor=0.9), hasty).cut is not None
    for point in solutions(large(), limits=hasty).points:
        assert point.agreement is None
        assert not point.exact


def test_without_the_solver_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ortools.sat.python", None)
    with pytest.raises(SolverError, match=r"install accord\[solver\]"):
        zone(large())
