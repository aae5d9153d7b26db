"""Files for other tools, read back: GENIUS by our own reader, Gambit by a small reader of its documented formats."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from random_tables import packages, tables
from test_solutions import pie
from test_whatif import strait

from accord.bargaining import checks
from accord.bargaining.changes import Change, apply
from accord.bargaining.demands import demands
from accord.bargaining.files.gambit import Reduction, reduce_to_two, to_efg, to_nfg
from accord.bargaining.files.genius import from_genius, to_genius
from accord.bargaining.zone import zone
from accord.errors import ExportError, TableError
from accord.model.table import Table


def best_of(table: Table, party: str) -> float:
    return max(checks.utility(table, party, x) for x in packages(table))


@given(tables())
@settings(max_examples=80, deadline=None)
def test_genius_files_read_back_with_the_same_utilities(table: Table) -> None:
    files = to_genius(table, acceptable_only=False)
    beyond = [best_of(table, p.id) for p in table.parties if p.reservation.value > best_of(table, p.id) + 1e-9]
    assume(all(best > 0 for best in beyond))  # utilities that are all zero have no scale to read back on
    if beyond:
        with pytest.raises(TableError, match="must be within reach"):
            from_genius(files.domain, dict(files.preferences))
        return
    back = from_genius(files.domain, dict(files.preferences))
    assert [(q.id, [o.id for o in q.options]) for q in back.questions] == [
        (q.id, [o.id for o in q.options]) for q in table.questions
    ]
    every = packages(table)
    for party in table.parties:
        best = best_of(table, party.id)
        if best == 0:
            continue
        for package in every[:10]:
            there, here = checks.utility(back, party.id, package), checks.utility(table, party.id, package)
            assert there * best == pytest.approx(here, abs=1e-7)
        assert back.party(party.id).reservation.value * best == pytest.approx(party.reservation.value, abs=1e-7)


def test_genius_files_leave_out_what_red_lines_refuse_and_say_what_is_lost() -> None:
    with pytest.raises(ExportError, match="red lines refuse all of passage"):
        to_genius(strait())
    table = apply(strait(), Change(kind="relax", party="West", question="passage"))
    files = to_genius(table)
    assert 'value="no"' not in files.domain.split("tolls")[0]
    assert "1 levers" in files.lost
    assert "who need not consent" in files.lost
    assert 'number_of_issues="2"' in files.domain


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<a", "not XML"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a/>', "must not declare entities"),
        ("<utility_space/>", "must have the issue 'pie'"),
        ('<u><issue name="pie" index="1"><item value="0" evaluation="x"/></issue></u>', "must be a number; got 'x'"),
        ('<u><issue name="pie" index="1"><item value="0" evaluation="1"/></issue></u>', "must evaluate 1, 2"),
    ],
)
def test_genius_files_that_are_not_right_say_where(text: str, message: str) -> None:
    with pytest.raises(TableError) as error:
        from_genius(to_genius(pie()).domain, {"A": text})
    assert message in str(error.value)


def tokens(text: str) -> list[str]:
    return re.findall(r'"(?:\\.|[^"\\])*"|[{}]|[^\s{},]+', text)


def read_nfg(text: str) -> tuple[list[str], list[list[str]], list[tuple[float, float]]]:
    """Players, strategies by player, and payoffs in file order, by the documented grammar of .nfg payoff form."""
    words = tokens(text)
    assert words[:3] == ["NFG", "1", "R"]
    place = 5
    players = [w.strip('"') for w in words[place : place + 2]]
    place += 4
    strategies: list[list[str]] = []
    for _ in players:
        place += 0 if words[place] != "{" else 1
        mine = []
        while words[place] != "}":
            mine.append(words[place].strip('"'))
            place += 1
        strategies.append(mine)
        place += 1
    assert words[place] == "}"
    numbers = [float(w) for w in words[place + 2 :]]
    return players, strategies, list(zip(numbers[::2], numbers[1::2], strict=True))


def test_demand_game_reads_back() -> None:
    table = pie()
    reduction = reduce_to_two(table, "A", "B", most=5)
    assert len(reduction.packages) == 5
    assert reduction.left_out == 2
    players, strategies, payoffs = read_nfg(to_nfg(reduction, "a pie"))
    assert players == ["A", "B"]
    assert strategies == [[" | ".join(p) for p in reduction.packages]] * 2
    assert len(payoffs) == 25
    for column in range(5):
        for row in range(5):
            got = payoffs[column * 5 + row]
            assert got == pytest.approx(reduction.utilities[row] if row == column else (0.4, 0.0))


def value_of(lines: list[str], place: int) -> tuple[tuple[float, float], int]:
    """Backward induction over the nodes of an .efg in file order: (payoffs, next line)."""
    words = tokens(lines[place])
    if words[0] == "t":
        return (float(words[5]), float(words[6])), place + 1
    player, actions = int(words[2]) - 1, words[words.index("{") + 1 : words.index("}")]
    best: tuple[float, float] | None = None
    place += 1
    for _ in actions:
        pair, place = value_of(lines, place)
        if best is None or pair[player] > best[player]:
            best = pair
    assert best is not None
    return best, place


@pytest.mark.parametrize("rounds", [1, 2, 3])
def test_game_of_offers_reads_back_and_solves_to_what_it_must(rounds: int) -> None:
    reduction = Reduction(
        parties=("A", 'B "the late"'),
        packages=tuple((str(i),) for i in range(11)),
        utilities=tuple((1 - i / 10, i / 10) for i in range(11)),
        reservations=(0.0, 0.0),
    )
    text = to_efg(reduction, rounds=rounds, patience=0.5)
    lines = text.splitlines()
    assert lines[0].startswith("EFG 2 R")
    nodes = [line for line in lines if line[:2] in ("p ", "t ")]
    pair, end = value_of(nodes, 0)
    assert end == len(nodes)
    # who proposes last takes all of what is left; each earlier proposer offers the other just that
    keep = 1.0
    for _ in range(rounds - 1):
        keep = 1 - round(0.5 * keep + 1e-9, 1)
    assert pair[0] == pytest.approx(keep, abs=0.1 + 1e-9)
    outcomes = [tokens(n)[2] for n in nodes if n.startswith("t")]
    assert len(outcomes) == len(set(outcomes))


@given(tables())
@settings(max_examples=40, deadline=None)
def test_the_reduction_holds_zone_packages_that_are_optimal_for_the_two(table: Table) -> None:
    if len(table.parties) < 2:
        return
    a, b = table.parties[:2]
    if zone(table).empty:
        with pytest.raises(ExportError):
            reduce_to_two(table, a.id, b.id)
        return
    found = reduce_to_two(table, a.id, b.id, most=100)
    wanted = demands(table)
    inside = [x for x in packages(table) if checks.in_zone(table, x, wanted)]
    pairs = [(checks.utility(table, a.id, x), checks.utility(table, b.id, x)) for x in inside]
    for package, pair in zip(found.packages, found.utilities, strict=True):
        assert checks.in_zone(table, package, wanted)
        assert not any(p[0] > pair[0] + 1e-8 and p[1] > pair[1] - 1e-8 for p in pairs)
        assert not any(p[1] > pair[1] + 1e-8 and p[0] > pair[0] - 1e-8 for p in pairs)
    assert [u[0] for u in found.utilities] == sorted((u[0] for u in found.utilities), reverse=True)


def test_what_cannot_be_reduced_says_why() -> None:
    with pytest.raises(TableError, match="party must be one of A, B; got 'C'"):
        reduce_to_two(pie(), "A", "C")
    with pytest.raises(TableError, match="must name two parties"):
        reduce_to_two(pie(), "A", "A")
    with pytest.raises(ExportError, match="rounds must be at least 1"):
        to_efg(reduce_to_two(pie(), "A", "B"), rounds=0)
    with pytest.raises(ExportError, match="keep fewer"):
        to_efg(reduce_to_two(pie(), "A", "B"), rounds=9)
