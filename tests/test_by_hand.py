"""The page that computes a table by hand: its numbers follow from the definitions, and Accord gives the same."""

from __future__ import annotations

import itertools
import math
import re
from functools import cache
from pathlib import Path

import pytest

import accord
from accord.model.outcome import Demand

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "by-hand.md").read_text(encoding="utf-8")
VALLEY = ROOT / "examples" / "valley.yaml"

Package = tuple[str, str]
WATER, ROAD = ("third", "half", "fifths", "two"), ("closed", "toll", "open")
PARTIES = ("Highland", "Lowland")
RESERVATION = 0.35


def rows(head: str) -> list[list[str]]:
    """The cells of the table whose head has this."""
    lines = PAGE.partition(f"| {head} |")[2].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in itertools.takewhile(_is_row, lines)]


def _is_row(line: str) -> bool:
    return line.startswith("|")


@cache
def worth() -> dict[Package, tuple[float, float]]:
    """What each package is worth, worked out from the first table of the page."""
    numbers = {
        name: [float(c) for c in cells]
        for name, *cells in rows(
            "salience | a third | half | three fifths | two thirds | salience | closed | toll | open"
        )
        if name
    }
    found = {}
    for (i, water), (j, road) in itertools.product(enumerate(WATER), enumerate(ROAD)):
        one, two = (n[0] * n[1 + i] + n[5] * n[6 + j] for n in (numbers[name] for name in PARTIES))
        found[water, road] = (round(one, 9), round(two, 9))
    return found


def broken(package: Package) -> frozenset[str]:
    """The demands that a package breaks, from their wording on the page."""
    water, road = package
    highland, lowland = worth()[package]
    tests = {
        "H₁": water == "two",
        "H₂": water != "third" and road != "open",
        "L₁": water == "third",
        "L₂": road == "open",
        "b(H)": highland < RESERVATION,
        "b(L)": lowland < RESERVATION,
    }
    return frozenset(name for name, is_broken in tests.items() if is_broken)


def smallest(sets: set[frozenset[str]]) -> set[frozenset[str]]:
    return {one for one in sets if not any(other < one for other in sets)}


def named(demand: Demand) -> str:
    """A demand of Accord's answer by its name on the page."""
    if demand.kind == "reservation":
        return f"b({demand.party[0]})"
    if demand.kind == "condition":
        return "H₂"
    return {("Highland", "water"): "H₁", ("Lowland", "water"): "L₁", ("Lowland", "road"): "L₂"}[
        demand.party, demand.question or ""
    ]


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> accord.Workspace:
    return accord.open(tmp_path_factory.mktemp("valley") / "none.accord")


def test_the_page_lists_all_packages_with_their_worth_and_what_they_break() -> None:
    shown = {(w, r): (float(h), float(low), frozenset(breaks.split())) for w, r, h, low, breaks in rows("water | road")}
    assert shown == {x: (*(round(u, 2) for u in worth()[x]), broken(x)) for x in worth()}
    assert all(broken(x) for x in worth())


def test_concessions_are_the_smallest_sets_broken_and_blockers_hit_them_all(ws: accord.Workspace) -> None:
    least = smallest({broken(x) for x in worth()})
    demands = sorted(frozenset().union(*least))
    subsets = {frozenset(c) for n in range(1, len(demands) + 1) for c in itertools.combinations(demands, n)}
    hitting = smallest({s for s in subsets if all(s & one for one in least)})
    assert least == {frozenset({"L₁"}), frozenset({"H₂"}), frozenset({"L₂", "b(L)"})}
    assert hitting == {frozenset({"L₁", "H₂", "L₂"}), frozenset({"L₁", "H₂", "b(L)"})}
    assert {frozenset(map(named, c.demands)) for c in ws.concessions(table=VALLEY).sets} == least
    assert {frozenset(map(named, s)) for s in ws.blockers(table=VALLEY).sets} == hitting


def test_costs_are_weight_times_salience(ws: accord.Workspace) -> None:
    shown = {frozenset(re.findall(r"[HL][₁₂]|b\(L\)", words)): cost for words, cost in rows("give up | cost")}
    for words, (said, total) in {w: c.split(" = ") for w, c in shown.items()}.items():
        terms = [math.prod(float(n) for n in term.split(" · ")) for term in said.split(" + ")]
        assert sum(terms) == pytest.approx(float(total))
        found = next(c for c in ws.concessions(table=VALLEY).sets if frozenset(map(named, c.demands)) == words)
        assert found.cost == pytest.approx(float(total))


def test_the_four_solutions_are_the_largest_of_their_columns(ws: accord.Workspace, tmp_path: Path) -> None:
    zone = [x for x in worth() if broken(x) <= {"H₂"}]
    gains = {x: [u - RESERVATION for u in worth()[x]] for x in zone}
    ideal = [max(g[i] for g in gains.values()) for i in (0, 1)]
    measures = [
        {x: math.prod(g) for x, g in gains.items()},
        {x: min(one / most for one, most in zip(g, ideal, strict=True)) for x, g in gains.items()},
        {x: min(g) for x, g in gains.items()},
        {x: sum(worth()[x]) for x in zone},
    ]
    given_up = tmp_path / "given-up.yaml"
    given_up.write_text(VALLEY.read_text(encoding="utf-8").partition("conditions:")[0], encoding="utf-8")
    answer = ws.solutions(table=given_up)
    shown = rows("package | gains")
    for column, (measure, method) in enumerate(
        zip(measures, ("Nash", "Kalai-Smorodinsky", "egalitarian", "utilitarian"), strict=True), start=2
    ):
        for cells in shown:
            package = tuple(cells[0].split(", "))
            assert float(cells[column].strip("*")) == pytest.approx(measure[package], abs=0.0006)
            assert (measure[package] == max(measure.values())) == cells[column].startswith("**")
        agreement = answer.point(method).agreement
        assert agreement
        assert measure[agreement.options] == max(measure.values())
    assert [[float(n) for n in cells[1].split(", ")] for cells in shown] == [
        pytest.approx(gains[tuple(cells[0].split(", "))]) for cells in shown
    ]


def test_the_forecasts_and_the_probability_are_those_on_the_page(ws: accord.Workspace) -> None:
    for method, point in (("mean", 30), ("median", 0)):
        questions = ws.forecast(method, table=VALLEY, draws=1).questions
        assert [q.point for q in questions] == pytest.approx([point, point])
    by_hand = 1 - 0.75 * 0.6
    answer = ws.uncertainty(table=VALLEY, draws=2000)
    assert abs(answer.possible - by_hand) < 3 * math.sqrt(by_hand * (1 - by_hand) / 2000)
    assert f"= {by_hand:.2f}" in PAGE
