from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from msgspec.structs import replace
from random_tables import packages, tables, view, yes_no
from test_table_from import ACTORS, POSITIONS, position

from accord.bargaining import checks
from accord.bargaining.changes import Change, apply
from accord.bargaining.conflicts import concessions
from accord.bargaining.demands import demands
from accord.bargaining.diff import diff, whatif
from accord.bargaining.path import path
from accord.bargaining.ripeness import ripeness, tables_over
from accord.bargaining.zone import zone
from accord.errors import TableError
from accord.model.table import Condition, Number, Option, RedLine, Table, TableLever, TableParty


def strait() -> Table:
    """Two coasts and a patron: passage is blocked by two red lines, and the patron holds back money."""
    return Table(
        title="strait",
        parties=(
            TableParty(id="east", name="East", reservation=Number(0.3)),
            TableParty(id="west", name="West", reservation=Number(0.6)),
            TableParty(id="patron", name="Patron", consent=False),
        ),
        questions=(yes_no("passage"), yes_no("tolls")),
        views=(
            view("east", "passage", 3, 0, 1),
            view("east", "tolls", 1, 0, 1),
            view("west", "passage", 1, 1, 0),
            view("west", "tolls", 1, 1, 0.2),
            view("patron", "passage", 1, 0, 1),
        ),
        red_lines=(
            RedLine(party="east", question="passage", options=("no",)),
            RedLine(party="west", question="passage", options=("yes",)),
        ),
        levers=(
            TableLever(
                id="aid",
                holder="patron",
                target="west",
                instrument="trade",
                direction="inducement",
                status="offered",
                reservation_shift=Number(-0.2),
                salience_shift=Number(3.0),
                questions=("tolls",),
            ),
        ),
    )


def test_relaxing_a_red_line_shows_both_sides_and_who_gains() -> None:
    table = strait()
    found = whatif(table, Change(kind="relax", party="West", question="passage"))
    assert not found.opened  # West's reservation value still stands: passage alone is worth at most 0.5 to it
    both = whatif(
        table, Change(kind="relax", party="West", question="passage"), Change(kind="apply-lever", lever="aid")
    )
    assert both.opened
    assert both.table == table.digest
    assert both.after.solution.agreement is not None
    shifts = {s.party: s for s in both.shifts}
    assert shifts["east"].before == 0.3
    assert shifts["east"].after == pytest.approx(0.75)
    assert shifts["west"].after == pytest.approx(0.75)  # tolls now count 3 of 4 for West
    assert any("red_lines[west / passage / yes]: taken away" in c for c in both.changes)
    assert diff(table, table).changes == ()


def test_lifting_a_lever_undoes_applying_it() -> None:
    table = strait()
    pulled = apply(table, Change(kind="apply-lever", lever="aid"))
    assert pulled.party("west").reservation.value == pytest.approx(0.4)
    back = apply(pulled, Change(kind="lift-lever", lever="aid"))
    assert back.party("west").reservation.value == pytest.approx(0.6)
    assert back.view("west", "tolls") == table.view("west", "tolls")


def test_parties_come_and_go_and_options_are_added() -> None:
    table = strait()
    alone = apply(table, Change(kind="without-party", party="West"))
    assert zone(alone).empty is False
    assert alone.levers == ()
    free = apply(table, Change(kind="drop-consent", party="West"))
    assert zone(free).size == 2
    guest = TableParty(id="north", name="North", reservation=Number(0.9))
    more = apply(free, Change(kind="with-party", newcomer=guest, views=(view("north", "tolls", 1, 0, 1),)))
    assert zone(more).size == 1
    third = Change(
        kind="add-option",
        question="passage",
        option=Option(id="escorted", text="under escort"),
        before="yes",
        values=(("East", 0.7), ("West", 0.8)),
    )
    wider = apply(table, third)
    assert [o.id for o in wider.question("passage").options] == ["no", "escorted", "yes"]
    agreement = zone(wider).best[0].agreement
    assert agreement.options == ("escorted", "no")  # with tolls West would be at 0.5, below 0.6
    assert zone(apply(wider, Change(kind="set-reservation", party="west", value=0.5))).size == 2
    assert zone(apply(wider, Change(kind="harden", party="east", question="tolls", options=("no",)))).empty
    tied = replace(
        wider,
        conditions=(
            Condition(party="west", question="tolls", options=("no",), need_question="passage", need_options=("no",)),
        ),
    )
    assert zone(tied).empty
    assert zone(apply(tied, Change(kind="drop-condition", party="west", question="tolls"))).size == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            Change(kind="relax", party="South", question="passage"),
            "party must be one of East, West, Patron; got 'South'",
        ),
        (Change(kind="relax", party="East", question="fish"), "question must be one of passage, tolls; got 'fish'"),
        (Change(kind="relax", party="East", question="tolls"), "East has no red line on tolls; the table has East on"),
        (Change(kind="lift-lever", lever="aid"), "lever aid is not applied (it is offered): nothing would change"),
        (Change(kind="apply-lever", lever="gun"), "lever must be one of aid; got 'gun'"),
        (Change(kind="harden", party="East", question="tolls", options=("maybe",)), "must be an option of tolls"),
        (Change(kind="set-reservation", party="East", value=2.0), "must be from 0 to 1; got 2"),
        (Change(kind="set-reservation", party="East"), "must bring a `value`"),
        (Change(kind="with-party"), "must bring `newcomer`"),
        (Change(kind="add-option", question="tolls"), "must bring an `option`"),
        (Change(kind="drop-condition", party="East", question="tolls"), "East has no condition on tolls"),
    ],
)
def test_a_change_that_cannot_be_made_says_why(change: Change, message: str) -> None:
    with pytest.raises(TableError) as error:
        apply(strait(), change)
    assert message in str(error.value)


@given(tables())
@settings(max_examples=80, deadline=None)
def test_a_path_costs_no_more_than_any_concession_and_ends_open(table: Table) -> None:
    found = path(table)
    options = concessions(table)
    assert found.open is options.open
    if not options.sets:
        assert found.steps == ()
        return
    assert found.cost == min(c.cost for c in options.sets)
    assert found.steps[-1].spent == pytest.approx(found.cost)
    left = [s.blockers_left for s in found.steps]
    assert left == sorted(left, reverse=True)
    assert left[-1] == 0
    assert all(n > 0 for n in left[:-1])  # a minimal set: nothing is open before its last concession
    kept = [d for d in demands(table) if d not in [s.demand for s in found.steps]]
    assert found.opens is not None
    assert checks.in_zone(table, found.opens.options, kept)
    movers = [s.demand.party for s in found.steps]
    for n, mover in enumerate(movers):
        if mover in movers[:n]:
            assert all(movers[:n].count(other) >= movers[:n].count(mover) for other in set(movers[n:]))


@given(tables())
@settings(max_examples=80, deadline=None)
def test_the_margin_is_the_largest_smallest_gain_and_is_not_negative_exactly_when_a_zone_exists(table: Table) -> None:
    (point,) = ripeness([table]).points
    wanted = [d for d in demands(table) if d.kind != "reservation"]
    free = [x for x in packages(table) if checks.in_zone(table, x, wanted)]
    margins = [checks.objective(table, "egalitarian", x, ()) for x in free]
    if not margins:
        assert point.margin is None
    else:
        assert point.margin == pytest.approx(max(margins), abs=1e-7)
    assert point.ripe is (zone(table).empty is False)


def test_ripeness_follows_the_record() -> None:
    more = (
        *POSITIONS,
        position("po-9", "ac-r", "The RSF leaves Khartoum", "open", "preference", 25, issue="withdrawal"),
    )
    days = [dt.date(2023, 6, d) for d in (1, 3, 15, 28)]
    made = tables_over(more, ACTORS, days)
    assert [t.at.day for t in made if t.at] == [15, 28]
    points = ripeness(made).points
    assert [p.ripe for p in points] == [False, True]
    assert points[0].margin is None
    assert points[1].parties[0].attainable is not None
    with pytest.raises(TableError, match="at least one table"):
        ripeness([])
