"""Random tables for properties, and the plain brute force that answers are compared with."""

from __future__ import annotations

from itertools import product

from hypothesis import strategies as st

from accord.bargaining import checks
from accord.bargaining.check import problems
from accord.model.outcome import Demand
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
    View,
)


def packages(table: Table) -> list[tuple[str, ...]]:
    return list(product(*[[o.id for o in q.options] for q in table.questions]))


def broken_sets(table: Table, demands: tuple[Demand, ...]) -> list[frozenset[Demand]]:
    """What every possible package breaks, by definition."""
    return [
        frozenset(d for d in demands if checks.breaks(table, d, x))
        for x in packages(table)
        if checks.respects_structure(table, x)
    ]


def minimal(family: list[frozenset[Demand]]) -> set[frozenset[Demand]]:
    return {s for s in family if not any(other < s for other in family)}


def yes_no(key: str, text: str = "") -> Question:
    return Question(id=key, text=text or key, options=(Option(id="no", text="no"), Option(id="yes", text="yes")))


def view(party: str, question: str, salience: float, *values: float) -> View:
    return View(party=party, question=question, salience=Number(salience), values=tuple(Number(v) for v in values))


@st.composite
def tables(draw: st.DrawFn, most_questions: int = 4, most_parties: int = 3) -> Table:
    """Small tables with every kind of constraint; values in hundredths so that ties occur."""
    hundredths = st.integers(0, 100).map(lambda n: n / 100)
    questions = tuple(
        Question(
            id=f"q{i}",
            text=f"question {i}",
            options=tuple(Option(id=f"o{j}", text=f"option {j}") for j in range(draw(st.integers(1, 3)))),
        )
        for i in range(draw(st.integers(1, most_questions)))
    )
    parties = tuple(
        TableParty(
            id=f"p{i}",
            name=f"Party {i}",
            consent=draw(st.booleans()) or i == 0,
            weight=Number(draw(st.integers(1, 5))),
            reservation=Number(draw(st.sampled_from([0.0, 0.3, 0.5, 0.7, 0.9]))),
        )
        for i in range(draw(st.integers(1, most_parties)))
    )
    views = tuple(
        View(
            party=p.id,
            question=q.id,
            salience=Number(draw(st.integers(0, 5)) + (1 if q is questions[0] else 0)),
            values=tuple(Number(draw(hundredths)) for _ in q.options),
        )
        for p in parties
        for q in questions
    )

    def some(question: Question) -> tuple[str, ...]:
        ids = [o.id for o in question.options]
        return tuple(draw(st.lists(st.sampled_from(ids), min_size=1, max_size=len(ids), unique=True)))

    def one(question: Question) -> str:
        return draw(st.sampled_from([o.id for o in question.options]))

    lines = tuple(
        RedLine(party=draw(st.sampled_from(parties)).id, question=q.id, options=some(q))
        for q in draw(st.lists(st.sampled_from(questions), max_size=4))
    )
    conditions, exclusions, implications = [], [], []
    if len(questions) > 1:
        for _ in range(draw(st.integers(0, 2))):
            a, b = draw(st.permutations(questions))[:2]
            party = draw(st.sampled_from(parties)).id
            conditions.append(
                Condition(party=party, question=a.id, options=some(a), need_question=b.id, need_options=some(b))
            )
        for _ in range(draw(st.integers(0, 2))):
            a, b = draw(st.permutations(questions))[:2]
            exclusions.append(Exclusion(question=a.id, option=one(a), other_question=b.id, other_option=one(b)))
        for _ in range(draw(st.integers(0, 2))):
            i, j = sorted(draw(st.permutations(range(len(questions))))[:2])
            a, b = questions[i], questions[j]
            implications.append(Implication(question=a.id, option=one(a), then_question=b.id, then_option=one(b)))
    table = Table(
        title="random",
        parties=parties,
        questions=questions,
        views=views,
        red_lines=lines,
        conditions=tuple(conditions),
        exclusions=tuple(exclusions),
        implications=tuple(implications),
    )
    assert not list(problems(table))
    return table
