"""Published bargaining problems, kept as files with their sources; every file is loaded here or in test_forecast."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from accord.bargaining import checks
from accord.bargaining.demands import demands
from accord.bargaining.form.read import table_from_yaml
from accord.bargaining.solutions import solutions

EXAMPLES = Path(__file__).parent.parent / "examples"


def test_every_example_is_used() -> None:
    assert sorted(p.name for p in EXAMPLES.glob("*.yaml")) == [
        "ec-emission-standards.yaml",
        "nash-1950-barter.yaml",
        "strait.yaml",  # our own, for the command line
    ]


def test_nash_barter_has_the_published_solution() -> None:
    name = "nash-1950-barter.yaml"
    table = table_from_yaml((EXAMPLES / name).read_text(), name)
    found = solutions(table)
    point = found.point("Nash")
    assert point.agreement is not None
    got = dict(zip([q.id for q in table.questions], point.agreement.options, strict=True))
    assert {good for good, owner in got.items() if owner == "Bill"} == {"box", "pen", "toy", "knife"}
    assert (point.gains[0] * 34, point.gains[1] * 16) == (pytest.approx(12, abs=1e-6), pytest.approx(5, abs=1e-6))
    assert point.ties == 1
    every = list(product(*[[o.id for o in q.options] for q in table.questions]))
    assert checks.check_solution(table, point, demands(table), every) is None
    assert found.pareto is not None
    assert point.agreement in found.pareto.agreements
