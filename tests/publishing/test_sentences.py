from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.errors import NotFound
from accord.model.evidence import Span
from accord.model.vocabulary.abbreviations import entries
from accord.publishing.references import References
from accord.publishing.sentences import sentence_starts
from aceh import FEBRUARY, RECORD, UNDATED


def split(text: str) -> list[str]:
    ends = (*sentence_starts(text), len(text))
    return [text[a:b].strip() for a, b in pairwise(ends)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("The truce holds. Nobody fired.", ["The truce holds.", "Nobody fired."]),
        ("“We go,” she said. “Now!” They left.", ["“We go,” she said.", "“Now!”", "They left."]),
        ("He asked: “Why?” and left.", ["He asked: “Why?” and left."]),
        ("The U.S. Congress met at 9 a.m. on Monday.", ["The U.S. Congress met at 9 a.m. on Monday."]),
        (
            "John F. Kerry spoke.\nA new paragraph without a stop\nAnother.",
            ["John F. Kerry spoke.", "A new paragraph without a stop", "Another."],
        ),
        ("About 3.5 million fled. 40,000 came back.", ["About 3.5 million fled.", "40,000 came back."]),
        (" \n\t ", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.short)
def test_an_abbreviation_does_not_end_a_sentence(entry: object) -> None:
    example = entry.example  # type: ignore[attr-defined]
    assert split(example) == [example]


@given(st.text(alphabet="aB .!?\n”“U"))
def test_every_character_but_white_space_lies_in_a_sentence(text: str) -> None:
    assert "".join("".join(split(text)).split()) == "".join(text.split())


def test_a_reference_leads_to_its_sentence_and_back() -> None:
    references = References(RECORD)
    for number, report in enumerate(RECORD.reports, start=1):
        for sentence, start in enumerate(sentence_starts(report.text), start=1):
            found, span = references.resolve(f"{number}:{sentence}")
            assert (found, span.start) == (report, start)
            assert references.ref(span) == f"{number}:{sentence}"


def test_a_reference_points_at_the_sentence_in_which_words_start() -> None:
    at = FEBRUARY.text.index("self-government")
    assert References(RECORD).ref(Span(FEBRUARY.id, at, at + 4)) == "2:2"


@pytest.mark.parametrize("ref", ["9:1", "0:1", "2:99", "2:0", "two", "2", "2:1:1", "-1:2"])
def test_a_reference_to_nothing_says_what_there_is(ref: str) -> None:
    with pytest.raises(NotFound, match=r"REPORT:SENTENCE|numbers 1 to"):
        References(RECORD).resolve(ref)


def test_a_report_that_the_record_does_not_hold_has_no_number() -> None:
    assert References(RECORD).number(UNDATED.id) == 5
    with pytest.raises(NotFound, match="re-none"):
        References(RECORD).number("re-none")
