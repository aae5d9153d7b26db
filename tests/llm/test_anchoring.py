"""What a model answers is kept only where the report has its words, names and numbers."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_answers import GOOD, REPORT, TEXT, good

from accord.model.findings import LAYERS
from accord.model.reading import Reading
from accord.model.report import Report
from accord.reading.llm import numerals
from accord.reading.llm.answers import read_answer
from accord.reading.llm.budget import Account
from accord.reading.llm.chunks import chunks
from accord.reading.llm.haystack import Haystack
from accord.reading.llm.reader import anchored
from accord.record.checking import checked


def read(answer: Any, report: Report = REPORT) -> tuple[Reading, Account]:
    account = Account()
    content = answer if isinstance(answer, str) else json.dumps(answer)
    parts = [(chunk, read_answer(content)) for chunk in chunks(report, 6000)]
    reading = anchored(report, parts, account, reader="llm-test", model="tiny")
    checked(report, reading)  # what the record demands of every reading
    return reading, account


def test_a_good_answer_is_kept_whole() -> None:
    reading, account = read(GOOD)
    assert {layer: len(reading.layer(layer)) for layer in LAYERS} == dict.fromkeys(LAYERS, 1)
    assert not account.unanchored
    assert account.kept == {"exact": 3, "normalised": 3}


def test_each_finding_says_how_it_was_anchored() -> None:
    reading, _ = read(GOOD)
    (statement,), (lever,) = reading.statements, reading.levers
    assert statement.evidence[0].anchor == "normalised"  # straight marks for curly ones
    assert statement.evidence[0].quote == "“We want the fighting to stop at once,” Odera said on Friday."
    assert lever.evidence[0].anchor == "exact"
    assert any("anchored" in why for why in statement.why)


def test_words_across_a_line_break_are_found() -> None:
    (proposal,) = read(GOOD)[0].proposals
    assert proposal.history[0].evidence[0].quote == "It rejected a 30-day truce that\nKenya had proposed."


def test_names_are_the_records() -> None:
    reading, _ = read(GOOD)
    names = {actor.id: actor for actor in reading.actors}
    assert names[reading.statements[0].speaker or ""].name == "Amina Odera"  # the surname leads to the full name
    assert names[reading.events[0].actors[0]].code == "KEN"
    assert names[reading.positions[0].party].name == "Kenya"  # a person binds the party spoken for
    assert names[reading.figures[0].claimed_by or ""].name == "northern council"


def test_quotation_is_seen_in_the_text() -> None:
    (statement,) = read(GOOD)[0].statements
    assert (statement.mode, statement.content) == ("direct", "We want the fighting to stop at once")


def test_dates_are_worked_out_here() -> None:
    (event,) = read(GOOD)[0].events
    assert event.date is not None
    assert event.date.start == event.date.end == dt.date(2019, 2, 20)


def test_without_a_day_of_publication_relative_words_stay_words() -> None:
    undated = Report.make(TEXT, "upland.txt")
    answer = good()
    absolute = read(answer, undated)[0].events[0].date
    answer["events"][0]["date_text"] = "on Friday"
    relative = read(answer, undated)[0].events[0].date
    assert absolute is not None
    assert absolute.start == dt.date(2019, 2, 20)
    assert relative is not None
    assert (relative.start, relative.text) == (None, "on Friday")


SPOILT = [
    ("statements", {"quote": "We want the fighting to go on"}, "its quote is not in the report"),
    ("statements", {"quote": "fighting"}, "its quote is too short to support anything"),
    ("statements", {"quote": TEXT * 3}, "its quote is too long"),
    ("statements", {"content": "driven from their homes"}, "the content is not in its quote"),
    ("statements", {"content": ""}, "the content is not in its quote"),
    ("statements", {"speaker": "Barack Obama"}, "an actor is not in the report"),
    ("statements", {"speaker": "he"}, "an actor is not in the report"),
    ("statements", {"role": "hero"}, "a value that is none of the list"),
    ("events", {"type": "CELEBRATE"}, "a value that is none of the list"),
    ("events", {"actors": ["Kenya", "Iceland"]}, "an actor is not in the report"),
    ("events", {"actors": "Kenya"}, "not of the asked form"),
    ("positions", {"issue": "weather"}, "a value that is none of the list"),
    ("positions", {"party": "Ruritania"}, "an actor is not in the report"),
    ("positions", {"proposition": "Visit http://evil.example now"}, "its proposition is not in the report's words"),
    ("positions", {"proposition": "Kenya recognises 500 councils"}, "its proposition is not in the report's words"),
    ("positions", {"proposition": "Iguanas juggle purple accordions"}, "its proposition is not in the report's words"),
    ("positions", {"quote": 7}, "not of the asked form"),
    ("proposals", {"history": []}, "no step of its history is in the report"),
    ("proposals", {"name": "Grand bargain of Geneva"}, "its name is not in the report's words"),
    ("levers", {"target": "Norway"}, "an actor is not in the report"),
    ("levers", {"direction": "sideways"}, "a value that is none of the list"),
    ("figures", {"value": 1300000}, "the number is not in its quote"),
    ("figures", {"value": "many"}, "not of the asked form"),
]


@pytest.mark.parametrize(("layer", "change", "reason"), SPOILT, ids=lambda value: str(value)[:40])
def test_a_spoilt_item_is_counted_and_left_out(layer: str, change: dict[str, Any], reason: str) -> None:
    answer = good()
    answer[layer][0].update(change)
    reading, account = read(answer)
    assert reading.layer(layer) == ()
    assert account.unanchored[layer, reason] == 1
    others = [len(reading.layer(other)) for other in LAYERS if other != layer]
    assert others == [1] * 5


def test_a_step_without_ground_goes_and_the_proposal_stays() -> None:
    answer = good()
    answer["proposals"][0]["history"].append({"status": "signed", "by": [], "quote": "Both signed it in Geneva."})
    reading, account = read(answer)
    assert [step.status for step in reading.proposals[0].history] == ["rejected"]
    assert account.unanchored["steps of proposals", "its quote is not in the report"] == 1


def test_lesser_fields_without_ground_are_dropped_and_counted() -> None:
    answer = good()
    answer["events"][0].update(place="Geneva", date_text="in the spring of 1999")
    answer["positions"][0]["condition"] = "only after the elections"
    answer["figures"][0]["low"] = 900000
    reading, account = read(answer)
    assert (reading.events[0].place, reading.events[0].date) == (None, None)
    assert reading.positions[0].condition is None
    assert reading.figures[0].low is None
    assert account.left_out == {"place": 1, "date": 1, "condition": 1, "bound": 1}


def test_a_party_that_the_report_does_not_name_binds_nobody() -> None:
    answer = good()
    answer["actors"][0]["party"] = "Iceland"
    reading, _ = read(answer)
    assert {actor.name for actor in reading.actors} == {"Amina Odera", "Kenya", "Somalia", "northern council"}
    assert all(actor.party is None for actor in reading.actors)


def test_a_given_name_from_outside_the_report_is_left_off() -> None:
    report = Report.make("The shelling must end, Guterres said in Juba.", "g.txt")
    said = {"speaker": "António Guterres", "role": "third-party", "content": "The shelling must end"}
    answer = {
        "actors": [{"name": "António Guterres", "kind": "person", "party": None}],
        "statements": [{**said, "quote": "The shelling must end, Guterres said"}],
    }
    reading, _ = read(answer, report)
    assert [actor.name for actor in reading.actors] == ["Guterres"]


@pytest.mark.parametrize(
    "content",
    [
        "```json\n{}\n```",
        "<think>hm {</think>```json\n{}```",
        "Here you are: {} — I hope that helps!",
    ],
)
def test_answers_in_wrapping_are_unwrapped(content: str) -> None:
    reading, _ = read(content.replace("{}", json.dumps(GOOD)))
    assert len(reading.statements) == 1


def test_what_came_before_an_answer_broke_off_is_kept() -> None:
    whole = json.dumps(GOOD)
    broken = whole[: whole.index('"positions"') + 60]
    assert not read_answer(broken).sound
    reading, _ = read(broken)
    assert (len(reading.statements), len(reading.events), len(reading.positions)) == (1, 1, 0)


@pytest.mark.parametrize(
    ("quote", "value"),
    [
        ("some 1.2 million people", 1_200_000),
        ("20,000 troops", 20_000),
        ("twenty-five villages", 25),
        ("three hundred and forty-two", 342),
        ("two thousand", 2000),
        ("half of the land", 50),
        ("about a dozen", 12),
        ("12%", 12),
        ("7.5 per cent", 7.5),
        ("1 250 tents", 1250),
    ],
)
def test_numbers_are_read_off_words_and_digits(quote: str, value: float) -> None:
    assert numerals.holds(quote, value)
    assert not numerals.holds(quote, value + 1)


def test_no_infinity_is_a_figure() -> None:
    assert not numerals.holds("infinity and 9 others", float("inf"))
    assert not numerals.holds("nan", float("nan"))


@given(st.text(alphabet=" \n\t\u00a0\"“”'‘’«abc", max_size=60), st.integers(0, 60), st.integers(1, 20))
def test_found_words_are_alike_to_what_was_looked_for(text: str, start: int, length: int) -> None:
    """Any piece of a text, its marks and spaces changed, is found, and what is found differs by these alone."""
    piece = text[start : start + length]
    plain = " ".join(piece.split()).replace("“", '"').replace("”", '"').replace("«", '"')
    plain = plain.replace("‘", "'").replace("’", "'")
    found = Haystack(Report.make(text, "t")).find(plain, 0, len(text))
    if not plain:
        assert found is None
        return
    assert found is not None
    there = " ".join(text[found.start : found.end].split()).translate(str.maketrans("“”«‘’", '"""\'\''))
    assert there.strip("\"' ") == plain.strip("\"' ")
