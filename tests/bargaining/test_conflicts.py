from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from random_tables import broken_sets, minimal, tables, view, yes_no

from accord.bargaining import checks
from accord.bargaining.conflicts import blockers, concessions
from accord.bargaining.demands import demands
from accord.model.outcome import Demand
from accord.model.table import Exclusion, Number, RedLine, Table, TableParty


def opens(broken: list[frozenset[Demand]], kept: frozenset[Demand]) -> bool:
    return any(not s & kept for s in broken)


@given(tables())
@settings(max_examples=150, deadline=None)
def test_concessions_are_the_minimal_correction_subsets(table: Table) -> None:
    wanted = demands(table)
    broken = broken_sets(table, wanted)
    found = concessions(table)
    assert found.impossible is (not broken)
    assert found.open is (frozenset() in broken)
    if broken and not found.open:
        assert {frozenset(c.demands) for c in found.sets} == minimal(broken)
    else:
        assert found.sets == ()
    assert checks.check_concessions(table, found, wanted) is None


@given(tables())
@settings(max_examples=150, deadline=None)
def test_blockers_are_the_minimal_unsatisfiable_subsets(table: Table) -> None:
    wanted = demands(table)
    broken = broken_sets(table, wanted)
    found = blockers(table)
    if not broken or frozenset() in broken:
        assert found.sets == ()
        return
    assert checks.check_duality(found, concessions(table)) is None
    sets = {frozenset(b) for b in found.sets}
    for blocker in sets:
        assert not opens(broken, blocker)
        assert all(opens(broken, blocker - {d}) for d in blocker)
    if len(wanted) <= 6:
        every = [frozenset(c) for n in range(len(wanted) + 1) for c in combinations(wanted, n)]
        closed = [s for s in every if not opens(broken, s)]
        assert sets == {s for s in closed if not any(other < s for other in closed)}


def test_two_red_lines_on_one_question_block_and_either_concession_opens() -> None:
    table = Table(
        parties=(TableParty(id="hills", name="Hills"), TableParty(id="coast", name="Coast")),
        questions=(yes_no("autonomy"), yes_no("port")),
        views=(
            view("hills", "autonomy", 3, 0, 1),
            view("hills", "port", 1, 0, 1),
            view("coast", "autonomy", 1, 1, 0),
            view("coast", "port", 1, 1, 0),
        ),
        red_lines=(
            RedLine(party="hills", question="autonomy", options=("no",), findings=("po-1",)),
            RedLine(party="coast", question="autonomy", options=("yes",), findings=("po-2",)),
        ),
    )
    found = blockers(table)
    assert [[(d.party, d.question, d.findings) for d in b] for b in found.sets] == [
        [("hills", "autonomy", ("po-1",)), ("coast", "autonomy", ("po-2",))]
    ]
    least = concessions(table)
    assert [(c.movers, c.cost) for c in least.sets] == [(("coast",), 1.5), (("hills",), 2.25)]
    assert least.sets[0].opens.options[0] == "yes"


def test_exclusions_alone_are_nobodys_fault() -> None:
    table = Table(
        parties=(TableParty(id="a", name="A", reservation=Number(0.5)),),
        questions=(yes_no("x"), yes_no("y")),
        views=(view("a", "x", 1, 0, 1),),
        exclusions=tuple(
            Exclusion(question="x", option=i, other_question="y", other_option=j)
            for i in ("no", "yes")
            for j in ("no", "yes")
        ),
    )
    assert blockers(table).impossible
    assert concessions(table).impossible
    assert blockers(table).sets == ()
