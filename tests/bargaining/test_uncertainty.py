from __future__ import annotations

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from random_tables import packages, tables, view, yes_no
from test_forecast import open_table

from accord.bargaining import checks
from accord.bargaining.demands import demands
from accord.bargaining.draws import Batch, batch, factors, runs, triangular
from accord.bargaining.many import Frame, zones
from accord.bargaining.sensitivity import sobol
from accord.bargaining.solutions import solutions
from accord.bargaining.uncertainty import Sampling, uncertainty
from accord.bargaining.zone import zone
from accord.errors import TableError
from accord.model.table import Number, RedLine, Table, TableParty


def one_of(table: Table, drawn: Batch, row: int) -> Table:
    """The table of one draw, written out."""
    party = {p.id: i for i, p in enumerate(table.parties)}
    question = {q.id: i for i, q in enumerate(table.questions)}
    return replace(
        table,
        parties=tuple(
            replace(p, weight=Number(float(drawn.weight[row, i])), reservation=Number(float(drawn.reservation[row, i])))
            for i, p in enumerate(table.parties)
        ),
        views=tuple(
            replace(
                v,
                salience=Number(float(drawn.salience[row, party[v.party], question[v.question]])),
                values=tuple(Number(float(x)) for x in drawn.values[question[v.question]][row, party[v.party]]),
            )
            for v in table.views
        ),
        red_lines=tuple(
            replace(r, certainty=Number(float(drawn.red_lines[row, k]))) for k, r in enumerate(table.red_lines)
        ),
        conditions=tuple(
            replace(c, certainty=Number(float(drawn.conditions[row, k]))) for k, c in enumerate(table.conditions)
        ),
    )


def loosened(table: Table) -> Table:
    return replace(
        table,
        parties=tuple(replace(p, reservation=Number(p.reservation.value, 0.0, 1.0)) for p in table.parties),
        views=tuple(replace(v, salience=Number(v.salience.value, 0.0, v.salience.value + 2)) for v in table.views),
        red_lines=tuple(replace(r, certainty=Number(0.6)) for r in table.red_lines),
        conditions=tuple(replace(c, certainty=Number(0.5)) for c in table.conditions),
    )


@given(tables(), st.integers(0, 5))
@settings(max_examples=80, deadline=None)
def test_each_draw_has_the_zone_and_the_solution_of_its_own_table(table: Table, seed: int) -> None:
    table = loosened(table)
    open_factors = factors(table)
    drawn = batch(table, open_factors, runs(seed, 6, len(open_factors))[0])
    frame = Frame.of(table)
    found = zones(frame, drawn, choose=True)
    for row in range(6):
        single = one_of(table, drawn, row)
        assert found.size[row] == zone(single).size
        point = solutions(single, ["Nash"], pareto=False).points[0]
        if point.agreement is None or found.chosen[row] < 0:
            assert point.agreement is None or (point.value or 0) < 1e-6
            continue
        options = frame.grid.package(*divmod(int(found.chosen[row]), frame.grid.tails))
        ids = tuple(q.options[o].id for q, o in zip(table.questions, options, strict=True))
        assert checks.objective(single, "Nash", ids, ()) == pytest.approx(point.value, abs=1e-7)
        assert checks.in_zone(single, ids, demands(single))


@given(tables(most_questions=5))
@settings(max_examples=40, deadline=None)
def test_a_table_with_nothing_open_gives_its_own_zone_every_time(table: Table) -> None:
    found = uncertainty(table, Sampling(draws=5))
    inside = zone(table)
    assert found.factors == 0
    assert found.possible == float(not inside.empty)
    assert inside.size is not None
    assert all(share == pytest.approx(inside.size / len(packages(table))) for _, share in found.zone_share)


def disputed(certainty: float) -> Table:
    return Table(
        parties=(TableParty(id="a", name="A"), TableParty(id="b", name="B")),
        questions=(yes_no("x"),),
        views=(view("a", "x", 1, 0, 1), view("b", "x", 1, 1, 0)),
        red_lines=(
            RedLine(party="a", question="x", options=("no",)),
            RedLine(party="b", question="x", options=("yes",), certainty=Number(certainty)),
        ),
    )


def test_a_zone_that_hangs_on_one_red_line_is_possible_as_often_as_it_does_not_hold() -> None:
    found = uncertainty(disputed(0.3), Sampling(draws=20_000))
    assert abs(found.possible - 0.7) < 4 * found.error
    (only,) = found.sensitivity
    assert only.name == "red line of B on x"
    assert abs(only.total - 1) < 0.15
    assert (only.at_least, only.at_most) == (0.5, 0.0)


def test_same_seed_same_bytes_whatever_the_threads() -> None:
    for chosen in (disputed(0.3), open_table()):
        results = [
            msgspec.json.encode(uncertainty(chosen, Sampling(draws=1100, seed=4, sensitivity_draws=600, threads=n)))
            for n in (1, 2, 3)
        ]
        assert results[0] == results[1] == results[2]


def test_sobol_indices_of_the_ishigami_function() -> None:
    """Closed form, Ishigami and Homma (1990), a = 7, b = 0.1: first 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437."""

    def ishigami(points: np.ndarray) -> np.ndarray:
        x, y, z = (2 * points.T - 1) * np.pi
        return np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)

    found = sobol(ishigami, [[0], [1], [2]], 3, 60_000, seed=3)
    assert [i.first for i in found] == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert [i.total for i in found] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)
    (pair,) = sobol(ishigami, [[0, 2]], 3, 60_000, seed=3)
    assert pair.first == pytest.approx(0.5576, abs=0.02)


def test_triangular_draws_have_the_mean_and_the_bounds_of_the_distribution() -> None:
    points = (np.arange(100_000) + 0.5) / 100_000
    for low, mode, high in ((0, 0.2, 1), (0, 0, 1), (-1, 2, 2), (0.3, 0.4, 0.5), (0.4, 0.4, 0.4)):
        drawn = triangular([Number(mode, low, high)], points[:, None])[:, 0]
        assert low <= drawn.min() <= drawn.max() <= high
        assert drawn.mean() == pytest.approx((low + mode + high) / 3, abs=1e-4)
        assert (np.diff(drawn) >= 0).all()


def test_too_many_packages_to_draw_is_an_error() -> None:
    keys = [f"q{i}" for i in range(19)]
    table = Table(
        parties=(TableParty(id="a", name="A"),),
        questions=tuple(yes_no(k) for k in keys),
        views=tuple(view("a", k, 1, 0, 1) for k in keys),
    )
    with pytest.raises(TableError, match="it has 524288"):
        uncertainty(table)
