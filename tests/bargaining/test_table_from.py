from __future__ import annotations

import datetime as dt
import random

from hypothesis import given, settings
from hypothesis import strategies as st
from random_tables import packages

from accord.bargaining import checks
from accord.bargaining.check import problems
from accord.bargaining.conflicts import blockers
from accord.bargaining.demands import demands
from accord.bargaining.form.read import table_from_yaml
from accord.bargaining.form.write import table_to_yaml
from accord.bargaining.rules import Rules
from accord.bargaining.table import table_from
from accord.bargaining.zone import zone
from accord.model.actor import Actor
from accord.model.evidence import Evidence
from accord.model.findings import Lever, Position
from accord.model.when import When

STATE = Actor(id="ac-s", name="Sudan", kind="state")
RSF = Actor(id="ac-r", name="RSF", kind="armed-group")
UN = Actor(id="ac-u", name="United Nations", kind="organisation")
SCHOLAR = Actor(id="ac-x", name="A Scholar", kind="person", observer=True)
GENERAL = Actor(id="ac-g", name="A General", kind="person", party="ac-s")
ACTORS = (STATE, RSF, UN, SCHOLAR, GENERAL)


def evidence(report: str = "re-1") -> Evidence:
    return Evidence(report=report, start=0, end=5, quote="words")


def position(
    key: str, party: str, proposition: str, stance: str, strength: str, day: int | None, **more: object
) -> Position:
    return Position(
        id=key,
        party=party,
        issue=more.pop("issue", "ceasefire"),  # type: ignore[arg-type]
        proposition=proposition,
        stance=stance,  # type: ignore[arg-type]
        strength=strength,  # type: ignore[arg-type]
        date=When.day(dt.date(2023, 6, day)) if day else None,
        evidence=more.pop("evidence", (evidence(),)),  # type: ignore[arg-type]
        confidence=more.pop("confidence", 0.8),  # type: ignore[arg-type]
        **more,  # type: ignore[arg-type]
    )


POSITIONS = (
    position("po-1", "ac-s", "A humanitarian truce is declared", "against", "demand", 2),
    position("po-2", "ac-g", "A humanitarian truce is declared.", "open", "preference", 20),
    position("po-3", "ac-r", "a humanitarian truce is  declared", "for", "demand", 10),
    position("po-4", "ac-s", "The RSF leaves Khartoum", "for", "red-line", 12, issue="withdrawal", confidence=0.9),
    position("po-5", "ac-r", "The RSF leaves Khartoum", "against", "red-line", 12, issue="withdrawal"),
    position("po-6", "ac-u", "Aid convoys cross the border", "for", "demand", 12, issue="humanitarian-access"),
    position("po-7", "ac-x", "The RSF leaves Khartoum", "for", "preference", 13, issue="withdrawal"),
)


def test_latest_position_of_the_party_behind_the_person_counts() -> None:
    table = table_from(POSITIONS, ACTORS)
    truce = table.question("a-humanitarian-truce-is-declared")
    view = table.view("ac-s", truce.id)
    assert view is not None
    assert view.stance == "open"
    assert view.findings == ("po-2", "po-1")
    assert [v.value for v in view.values] == [0.75, 0.75]
    before = table_from(POSITIONS, ACTORS, at=dt.date(2023, 6, 15)).view("ac-s", truce.id)
    assert before is not None
    assert before.stance == "against, demand"


def test_red_lines_refuse_the_other_option_and_block() -> None:
    table = table_from(POSITIONS, ACTORS)
    assert [(r.party, r.options, r.certainty.value, r.findings) for r in table.red_lines] == [
        ("ac-r", ("yes",), 0.8, ("po-5",)),
        ("ac-s", ("no",), 0.9, ("po-4",)),
    ]
    assert zone(table).empty
    (blocker,) = blockers(table).sets
    assert sorted(i for d in blocker for i in d.findings) == ["po-4", "po-5"]
    assert checks.check_zone(table, zone(table), demands(table)) is None


def test_what_is_not_on_the_table_is_listed_with_its_reason() -> None:
    left = {item.findings: item.why for item in table_from(POSITIONS, ACTORS).left_out}
    assert left[("po-6",)] == "only United Nations takes a position on it"
    assert left[("po-7",)] == "A Scholar observes and binds no party"


def test_every_number_of_a_view_names_its_findings_or_its_assumption() -> None:
    table = table_from(POSITIONS, ACTORS)
    labels = {a.label for a in table.assumptions}
    for view in table.views:
        for number in (view.salience, *view.values):
            assert number.findings
            assert number.assumed in labels
    for party in table.parties:
        assert party.weight.assumed in labels
        assert party.reservation.assumed in labels
        assert party.consent_assumed in labels


def test_salience_is_the_share_of_firm_recent_statements() -> None:
    rules = Rules(half_life=10.0)
    table = table_from(POSITIONS, ACTORS, assumptions=rules, at=dt.date(2023, 6, 20))
    firm = {
        q: v.salience.value
        for q in ("a-humanitarian-truce-is-declared", "the-rsf-leaves-khartoum")
        if (v := table.view("ac-r", q))
    }
    truce, leave = 2 * 0.5 ** (10 / 10), 3 * 0.5 ** (8 / 10)
    assert abs(firm["the-rsf-leaves-khartoum"] - leave / (truce + leave)) < 1e-4
    assert abs(sum(firm.values()) - 1) < 1e-3


def test_order_of_positions_does_not_matter() -> None:
    shuffled = list(POSITIONS)
    random.Random(4).shuffle(shuffled)
    assert table_from(shuffled, ACTORS[::-1]) == table_from(POSITIONS, ACTORS)


def test_contrary_words_on_one_day_become_a_labelled_assumption() -> None:
    more = (*POSITIONS, position("po-8", "ac-s", "A humanitarian truce is declared", "against", "demand", 20))
    table = table_from(more, ACTORS)
    assert [a.value for a in table.assumptions if a.label.startswith("latest-")] == ["against, demand"]


def test_condition_in_words_is_left_out_by_name() -> None:
    said = position("po-9", "ac-r", POSITIONS[0].proposition, "for", "demand", 25, condition="the army leaves as well")
    left = [i for i in table_from((*POSITIONS, said), ACTORS).left_out if i.findings == ("po-9",)]
    assert left[0].what.endswith("the army leaves as well")


def test_least_contested_questions_are_left_out_beyond_the_limit() -> None:
    table = table_from(POSITIONS, ACTORS, assumptions=Rules(max_questions=1))
    assert [q.id for q in table.questions] == ["the-rsf-leaves-khartoum"]
    assert any("most contested" in item.why for item in table.left_out)


def test_levers_on_a_party_of_the_table_come_with_their_assumption() -> None:
    lever = Lever(
        id="le-1",
        holder="ac-u",
        target="ac-r",
        instrument="sanctions",
        direction="pressure",
        status="threatened",
        evidence=(evidence(),),
        confidence=0.7,
    )
    table = table_from(POSITIONS, ACTORS, levers=(lever,))
    assert [(pull.id, pull.reservation_shift.assumed) for pull in table.levers] == [("le-1", "levers")]


def test_where_nobody_is_firm_all_must_consent() -> None:
    soft = (
        position("po-1", "ac-s", "The capital moves", "for", "preference", 2, issue="governance"),
        position("po-2", "ac-r", "The capital moves", "against", "preference", 2, issue="governance"),
    )
    assert all(p.consent for p in table_from(soft, ACTORS).parties)


@given(
    st.lists(
        st.builds(
            position,
            st.integers(0, 10**6).map(lambda n: f"po-{n}"),
            st.sampled_from([*(a.id for a in ACTORS), "ac-unknown"]),
            st.sampled_from(
                ["A truce holds", "a truce  holds.", "The RSF leaves", "Élections, 2024?", "?!", "A truce holds 2"]
            ),
            st.sampled_from(["for", "against", "open"]),
            st.sampled_from(["red-line", "demand", "preference"]),
            st.one_of(st.none(), st.integers(1, 30)),
            issue=st.sampled_from(["ceasefire", "elections"]),
            confidence=st.floats(0, 1),
            condition=st.sampled_from([None, "if asked"]),
        ),
        max_size=14,
        unique_by=lambda p: p.id,
    )
)
@settings(max_examples=150, deadline=None)
def test_whatever_positions_come_the_table_keeps_its_rules_and_round_trips(positions: list[Position]) -> None:
    table = table_from(positions, ACTORS, at=dt.date(2023, 7, 1))
    mentioned = {f for q in table.questions for f in q.findings} | {f for item in table.left_out for f in item.findings}
    assert mentioned == {p.id for p in positions}  # nothing is dropped without a word
    if table.questions:
        assert not list(problems(table))
        assert table_from_yaml(table_to_yaml(table)) == table
        assert zone(table).size == len([x for x in packages(table) if checks.in_zone(table, x, demands(table))])


def test_no_two_parties_differ_gives_a_table_without_questions() -> None:
    table = table_from(POSITIONS[5:6], ACTORS)
    assert table.questions == ()
    assert table.left_out
