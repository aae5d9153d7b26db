"""Bad tables get an error that says where and what to do, or an answer; never a hang."""

from __future__ import annotations

import math

import pytest
from msgspec.structs import replace
from random_tables import view, yes_no

from accord.bargaining.check import check
from accord.bargaining.conflicts import blockers
from accord.bargaining.solutions import solutions
from accord.bargaining.zone import zone
from accord.errors import TableError
from accord.model.table import (
    Condition,
    Exclusion,
    Implication,
    Number,
    Option,
    Question,
    RedLine,
    Table,
    TableParty,
)

GOOD = Table(
    parties=(TableParty(id="a", name="A"), TableParty(id="b", name="B")),
    questions=(yes_no("x"), yes_no("y"), yes_no("z")),
    views=(view("a", "x", 1, 0, 1), view("a", "y", 1, 1, 0), view("b", "x", 1, 1, 0)),
)


def implies(q1: str, o1: str, q2: str, o2: str) -> Implication:
    return Implication(question=q1, option=o1, then_question=q2, then_option=o2)


BAD = [
    (replace(GOOD, parties=()), "parties: a table must have at least one party"),
    (replace(GOOD, questions=()), "questions: a table must have at least one question"),
    (replace(GOOD, parties=(GOOD.parties[0], GOOD.parties[0])), "parties: an id must be used once; 'a' is used again"),
    (
        replace(GOOD, parties=tuple(replace(p, consent=False) for p in GOOD.parties)),
        "parties: at least one party must have consent",
    ),
    (
        replace(GOOD, questions=(Question(id="x", text="", options=()), *GOOD.questions[1:])),
        "questions.x.options: must have at least one option; it has none",
    ),
    (
        replace(
            GOOD,
            questions=(
                *GOOD.questions[:2],
                Question(id="z", text="", options=(Option(id="p", text="", point=5), Option(id="q", text="", point=1))),
            ),
        ),
        "questions.z.options: points must ascend in option order",
    ),
    (
        replace(GOOD, views=(*GOOD.views[:2], view("b", "x", 0, 1, 0))),
        "parties.B: its saliences must sum to more than 0",
    ),
    (replace(GOOD, views=GOOD.views[:2]), "parties.B: its saliences must sum to more than 0"),
    (
        replace(GOOD, views=(view("a", "x", math.nan, 0, 1), *GOOD.views[1:])),
        "questions.x.views.A.salience: must be a finite",
    ),
    (
        replace(GOOD, views=(view("a", "x", 1, 0, math.inf), *GOOD.views[1:])),
        "questions.x.views.A.values.yes: must be a finite",
    ),
    (
        replace(GOOD, views=(view("a", "x", 1, 0, 1, 0.5), *GOOD.views[1:])),
        "questions.x.views.A.values: must give 2 values",
    ),
    (
        replace(GOOD, views=(*GOOD.views, GOOD.views[0])),
        "questions.x.views.A: a party must have one view of a question",
    ),
    (replace(GOOD, views=(*GOOD.views, view("c", "x", 1, 0, 1))), "must be one of a, b; got 'c'"),
    (replace(GOOD, views=(*GOOD.views, view("a", "w", 1, 0, 1))), "must be one of x, y, z; got 'w'"),
    (
        replace(GOOD, red_lines=(RedLine(party="a", question="x", options=("maybe",)),)),
        "red_lines[0].options: must be an option of x (no, yes); got 'maybe'",
    ),
    (
        replace(GOOD, red_lines=(RedLine(party="a", question="x", options=("no",), certainty=Number(1.5)),)),
        "red_lines[0].certainty: must be from 0 to 1; got 1.5",
    ),
    (
        replace(
            GOOD,
            conditions=(Condition(party="a", question="x", options=("no",), need_question="x", need_options=("yes",)),),
        ),
        "conditions[0]: must ask for another question",
    ),
    (
        replace(GOOD, exclusions=(Exclusion(question="x", option="no", other_question="x", other_option="yes"),)),
        "exclusions[0]: must join two questions",
    ),
    (
        replace(
            GOOD,
            implications=(
                implies("x", "yes", "y", "yes"),
                implies("y", "yes", "z", "no"),
                implies("z", "no", "x", "yes"),
            ),
        ),
        "implications: must not lead back to where they started; got x=yes -> y=yes -> z=no -> x=yes",
    ),
]


@pytest.mark.parametrize(("table", "message"), BAD)
def test_bad_tables_say_where_and_what_to_do(table: Table, message: str) -> None:
    with pytest.raises(TableError) as error:
        check(table)
    assert message in str(error.value)
    for compute in (zone, blockers, solutions):
        with pytest.raises(TableError):
            compute(table)


def test_a_good_table_is_itself() -> None:
    assert check(GOOD) is GOOD


def test_implications_that_part_and_meet_again_are_no_cycle() -> None:
    diamond = (
        implies("x", "yes", "y", "yes"),
        implies("x", "yes", "z", "yes"),
        implies("y", "yes", "z", "yes"),
        implies("z", "no", "y", "no"),
    )
    assert zone(replace(GOOD, implications=diamond)).size == 4  # (y, z) is nn, ny or yy; x only with yy


def test_many_problems_are_cut_to_five() -> None:
    lines = tuple(RedLine(party="c", question="x", options=("no",)) for _ in range(9))
    with pytest.raises(TableError, match=r"and 4 more"):
        check(replace(GOOD, red_lines=lines))
