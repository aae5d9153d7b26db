from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as nps
from msgspec.structs import replace
from random_tables import packages, tables, view, yes_no

from accord.bargaining import checks
from accord.bargaining.demands import demands
from accord.bargaining.limits import Limits
from accord.bargaining.nondominated import OutOfTime, nondominated
from accord.bargaining.objectives import METHODS
from accord.bargaining.solutions import solutions
from accord.errors import TableError
from accord.model.table import Number, Option, Question, RedLine, Table, TableParty


@given(tables())
@settings(max_examples=150, deadline=None)
def test_every_point_solution_is_the_largest_by_its_definition(table: Table) -> None:
    wanted = demands(table)
    every = packages(table)
    inside = [x for x in every if checks.in_zone(table, x, wanted)]
    found = solutions(table)
    assert [p.method for p in found.points] == list(METHODS)
    for point in found.points:
        assert checks.check_solution(table, point, wanted, every) is None
        if point.agreement is None:
            assert point.why
            value = max((checks.objective(table, "Nash", x, ()) for x in inside), default=0.0)
            assert not inside or (point.method == "Nash" and value < 1e-6)
            continue
        values = sorted((checks.objective(table, point.method, x, point.ideal) for x in inside), reverse=True)
        assert point.value is not None
        if point.runner_up is not None:
            lower = [v for v in values if v < point.value - 1e-7]
            assert point.runner_up < point.value
            assert not lower or point.runner_up >= lower[0] - 1e-7


@given(tables(most_questions=5))
@settings(max_examples=150, deadline=None)
def test_pareto_set_is_what_brute_force_by_definition_finds(table: Table) -> None:
    wanted = demands(table)
    inside = [x for x in packages(table) if checks.in_zone(table, x, wanted)]
    best = [x for x in inside if not any(checks.dominates(table, y, x) for y in inside)]
    found = solutions(table, ()).pareto
    if not inside:
        assert found is None
        return
    assert found is not None
    assert found.size == len(best)
    assert {a.options for a in found.agreements} <= set(best)
    assert checks.check_pareto(table, found, wanted) is None


@given(nps.arrays(np.int32, st.tuples(st.integers(1, 60), st.integers(1, 4)), elements=st.integers(0, 6)))
@settings(max_examples=200, deadline=None)
def test_nondominated_is_what_pairs_say(values: np.ndarray) -> None:
    vectors = np.unique(values, axis=0)
    plain = [not any((w >= v).all() and (w > v).any() for w in vectors) for v in vectors]
    assert nondominated(vectors).tolist() == plain


def test_nondominated_over_several_chunks() -> None:
    vectors = np.random.default_rng(5).integers(0, 2**30, (7000, 4), dtype=np.int32)
    kept = nondominated(vectors)
    front = vectors[kept]
    for v in vectors[::50]:
        beaten = ((front >= v).all(axis=1) & (front > v).any(axis=1)).any()
        assert beaten == (not (front == v).all(axis=1).any())
    with pytest.raises(OutOfTime):
        nondominated(vectors, time.monotonic() - 1)


def pie() -> Table:
    """Eleven ways to share one thing between a party that can wait and one that cannot."""
    share = Question(
        id="pie", text="who gets how much", options=tuple(Option(id=str(i), text=str(i)) for i in range(11))
    )
    return Table(
        parties=(
            TableParty(id="a", name="A", reservation=Number(0.4)),
            TableParty(id="b", name="B"),
        ),
        questions=(share,),
        views=(
            view("a", "pie", 1, *[i / 10 for i in range(11)]),
            view("b", "pie", 1, *[1 - i / 10 for i in range(11)]),
        ),
    )


def test_split_the_difference_over_the_threat_point() -> None:
    found = solutions(pie())
    for method in ("Nash", "Kalai-Smorodinsky", "egalitarian"):
        agreement = found.point(method).agreement
        assert agreement is not None
        assert agreement.options == ("7",)
    assert found.point("utilitarian").ties == 7
    assert found.pareto is not None
    assert found.pareto.size == 7


def test_a_heavier_party_gets_more_of_the_weighted_nash_solution() -> None:
    table = pie()
    heavy = replace(table, parties=(replace(table.parties[0], weight=Number(2.0)), table.parties[1]))
    agreement = solutions(heavy, ["Nash"]).point("Nash").agreement
    assert agreement is not None
    assert agreement.options == ("8",)  # 0.4^(2/3) 0.2^(1/3) is the largest


def test_empty_zone_gives_reasons_and_wrong_names_an_error() -> None:
    table = Table(
        parties=(TableParty(id="a", name="A"), TableParty(id="b", name="B")),
        questions=(yes_no("x"),),
        views=(view("a", "x", 1, 0, 1), view("b", "x", 1, 1, 0)),
        red_lines=(
            RedLine(party="a", question="x", options=("no",)),
            RedLine(party="b", question="x", options=("yes",)),
        ),
    )
    assert all(p.agreement is None and p.why for p in solutions(table).points)
    with pytest.raises(TableError, match="method must be one of Nash"):
        solutions(table, ["Shapley"])


def test_a_pareto_set_that_takes_too_long_says_so() -> None:
    keys = [f"q{i}" for i in range(10)]
    rng = np.random.default_rng(3)
    table = Table(
        parties=tuple(TableParty(id=p, name=p) for p in "abcd"),
        questions=tuple(yes_no(k) for k in keys),
        views=tuple(
            view(p, k, float(rng.random()), float(rng.random()), float(rng.random())) for p in "abcd" for k in keys
        ),
    )
    cut = solutions(table, (), limits=Limits(seconds=0.0)).pareto
    assert cut is not None
    assert not cut.exact
    assert "limit seconds" in (cut.cut or "")
    few = solutions(table, (), limits=Limits(agreements=2)).pareto
    assert few is not None
    assert len(few.agreements) == 2 < few.vectors
