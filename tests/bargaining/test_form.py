from __future__ import annotations

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from random_tables import tables, view, yes_no
from test_table_from import ACTORS, POSITIONS

from accord.bargaining.form.read import table_from_json, table_from_yaml
from accord.bargaining.form.write import table_to_json, table_to_yaml
from accord.bargaining.table import table_from
from accord.errors import TableError
from accord.model.table import Assumption, Number, Question, Table, TableParty

WORDS = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=12)


@given(tables(), WORDS, WORDS, st.floats(0, 1), st.lists(WORDS, max_size=3))
@settings(max_examples=150, deadline=None)
def test_yaml_and_json_round_trip(table: Table, name: str, text: str, low: float, findings: list[str]) -> None:
    weight = Number(1.0, low if low < 1 else None, None, tuple(findings), "odd label")
    first = msgspec.structs.replace(table.parties[0], name=name, weight=weight)
    question = msgspec.structs.replace(table.questions[0], text=text, unit=name, findings=tuple(findings))
    order = [q.id for q in table.questions]
    table = msgspec.structs.replace(
        table,
        title=text,
        parties=(first, *table.parties[1:]),
        questions=(question, *table.questions[1:]),
        views=tuple(sorted(table.views, key=lambda v: order.index(v.question))),
        assumptions=(Assumption(label="odd label", text=text, value=name),),
    )
    assert table_from_yaml(table_to_yaml(table)) == table
    assert table_from_json(table_to_json(table)) == table


def test_words_that_look_like_a_number_stay_words() -> None:
    taken = tuple(Assumption(label=f"label {i}", text="x", value=v) for i, v in enumerate(("0E0", "1_000", "inf", 2.5)))
    table = table_from(POSITIONS, ACTORS)
    table = msgspec.structs.replace(table, assumptions=(*table.assumptions, *taken))
    assert table_from_yaml(table_to_yaml(table)).assumptions == table.assumptions


def test_a_table_from_positions_round_trips_and_names_findings_beside_numbers() -> None:
    table = table_from(POSITIONS, ACTORS)
    text = table_to_yaml(table)
    assert table_from_yaml(text) == table
    (line,) = [ln for ln in text.splitlines() if "certainty" in ln and "0.9" in ln]
    assert "po-4" in line
    assert yaml.safe_load(text)["parties"]["Sudan"]["id"] == "ac-s"


GOOD = """\
table: A small one
parties:
  North: {reservation: 0.2}
  South:
    consent: no
questions:
  ports:
    options: [closed, shared, open]
    views:
      North: {salience: 1, values: {closed: 0, shared: 0.5, open: 1}}
      South: {salience: 2, values: {closed: 1, shared: 0.5, open: 0}}
red_lines:
  - {party: North, question: ports, options: closed}
"""


def test_short_form_is_enough() -> None:
    table = table_from_yaml(GOOD)
    assert [o.id for o in table.questions[0].options] == ["closed", "shared", "open"]
    assert not table.parties[1].consent
    assert table.red_lines[0].options == ("closed",)


BAD = [
    ("salience: 1,", "salience: lots,", "line 10, questions.ports.views.North.salience: must be a number; got 'lots'"),
    ("salience: 1,", "salience: .nan,", "line 10"),
    ("salience: 1,", "salience: -1,", "must be at least 0; got -1"),
    ("salience: 1,", "salience: 0,", "line 3, parties.North: its saliences must sum to more than 0"),
    ("salience: 1,", "saliense: 1,", "line 10, questions.ports.views.North.saliense: must be one of salience"),
    ("closed: 0, ", "", "must give a value for every option; none for closed"),
    ("closed: 0,", "shut: 0,", "must be an option of ports (closed, shared, open); got 'shut'"),
    ("closed: 0,", "closed: 7,", "must be from 0 to 1; got 7"),
    ("options: closed", "options: shut", "line 13, red_lines[0].options: must be an option of ports"),
    ("options: closed", "options: []", "must name at least one option"),
    ("options: [closed, shared, open]", "options: []", "line 8, questions.ports.options"),
    ("party: North, question", "party: West, question", "must be a party (North, South); got 'West'"),
    ("question: ports", "question: sorts", "line 13, red_lines[0].question: must be one of ports; got 'sorts'"),
    ("  South:\n", "  North:\n", "line 4, parties.North: a key must stand once"),
    ("consent: no", "consent: perhaps", "line 5, parties.South.consent: must be yes or no"),
    ("table: A", "at: [1\ntable: A", "not YAML"),
    ("table: A", "at: 2 May\ntable: A", "must be a date like 2031-05-02; got '2 May'"),
    ("reservation: 0.2", "reservation: {value: 0.2, range: [0.3, 0.5]}", "must lie within its range"),
    ("reservation: 0.2", "reservation: {value: 0.2, assumed: thin air}", "add it to `assumptions`"),
    ("red_lines:\n", "red_lines: 4\nlevers:\n", "line 12"),
]


@pytest.mark.parametrize(("good", "bad", "message"), BAD)
def test_errors_name_line_and_key(good: str, bad: str, message: str) -> None:
    assert good in GOOD
    with pytest.raises(TableError) as error:
        table_from_yaml(GOOD.replace(good, bad, 1), "talks.yaml")
    assert message in str(error.value)
    assert str(error.value).startswith("talks.yaml")


@pytest.mark.parametrize("text", ["", "- 1", "parties: {}", "parties: {A: }\nquestions: {}", "\x00", "a: &x [*x]"])
def test_what_is_not_a_table_is_refused(text: str) -> None:
    with pytest.raises(TableError):
        table_from_yaml(text)


def test_json_with_a_broken_rule_is_refused() -> None:
    table = Table(
        parties=(TableParty(id="a", name="A"),),
        questions=(yes_no("x"), Question(id="y", text="y", options=())),
        views=(view("a", "x", 1, 0, 1),),
    )
    with pytest.raises(TableError, match=r"questions\.y\.options: must have at least one option"):
        table_from_json(table_to_json(table))
    with pytest.raises(TableError):
        table_from_json(b"{")
