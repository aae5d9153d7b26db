"""Text is made alike, and every character of it knows where it came from."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from accord.reports.clean import clean, one_line

TROUBLE = (
    "a e\u0301o\u0308\u0323\u0301 \r\n\r\t\x0b\x0c\x00\x1b\u00a0\u2009\u200b\u200d\u00ad\ufeff"
    "\u202e\u2028\ud800\u0958\U0001d160가\u1112\u1161\u11ab“’”…—"
)
texts = st.text(
    st.one_of(st.sampled_from(TROUBLE), st.characters(), st.characters(min_codepoint=0x300, max_codepoint=0x36F))
)
spans = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (min(pair), max(pair))), max_size=4)


@pytest.mark.parametrize(
    ("came", "is_now"),
    [
        ("Monrovia\r\nAccra\rLomé\n", "Monrovia\nAccra\nLomé\n"),
        ("three\u00a0hundred\u2009troops\u3000left\tat\u202fonce", "three hundred troops left at once"),
        ("cease\u00adfire \u200bheld\u2060\ufeff", "ceasefire held"),
        ("Jose\u0301 Mun\u0303oz", "José Muñoz"),
        ("bell\x07 and\x1b[0m null\x00", "bell and[0m null"),
        ("\u202ename\u202c \u200fשלום", "name שלום"),
        ("“Never,” he said – ‘not now’… ‹ok› «ok»", "“Never,” he said – ‘not now’… ‹ok› «ok»"),
        ("one\n\n\n  two  \n", "one\n\n\n  two  \n"),
        ("page\x0cbreak\x85next\u2028line", "page\nbreak\nnext\nline"),
        ("half \ud83d of a pair", "half \ufffd of a pair"),
    ],
)
def test_what_changes_and_what_stays(came: str, is_now: str) -> None:
    assert clean(came)[0] == is_now


def test_offsets_lead_back() -> None:
    came = "\ufeffThe Mon\u00adrovia talks,\r\nsaid Jose\u0301,\u00a0ended."
    text, offsets = clean(came)
    for word, original in [("talks", "talks"), ("said", "said"), ("Monrovia", "Mon\u00adrovia"), ("ended", "ended")]:
        start = text.index(word)
        first, last = offsets.original(start), offsets.original(start + len(word) - 1)
        assert came[first : last + 1] == original


@given(texts)
@example("e\u0301")
@example("\u0958")
@example("\u0301\r\n\u00adx\u0958\U0001d160y")
def test_cleaning_is_a_fixed_point(came: str) -> None:
    text, _ = clean(came)
    assert clean(text)[0] == text
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search("[\r\t\x00-\x08\u00a0\u00ad\u200b\ufeff\ud800-\udfff]", text)


@given(texts, spans)
def test_the_map_is_monotone_and_within_the_original(came: str, without: list[tuple[int, int]]) -> None:
    text, offsets = clean(came, without)
    places = [offsets.original(i) for i in range(len(text))]
    assert places == sorted(places)
    assert all(0 <= place < len(came) for place in places)
    assert list(offsets.here) == sorted(offsets.here)
    assert list(offsets.there) == sorted(offsets.there)


@given(texts, spans)
def test_an_untouched_character_is_mapped_to_its_equal(came: str, without: list[tuple[int, int]]) -> None:
    """Characters that no normal form can change (ASCII words, marks of punctuation) must lead to themselves."""
    text, offsets = clean(came, without)
    for i, character in enumerate(text):
        if character.isascii() and character.isprintable() and character not in " ":
            before = came[offsets.original(i)]
            assert before == character or unicodedata.normalize("NFC", before) == character


@given(texts, spans)
def test_cutting_spans_is_cutting_them_first(came: str, without: list[tuple[int, int]]) -> None:
    kept = "".join(c for i, c in enumerate(came) if not any(start <= i < end for start, end in without))
    text, _ = clean(came, without)
    # But "\r" and "\n" that only meet because what stood between them is cut are two line ends, not one.
    assert "\r" in came or text == clean(kept)[0]


@given(st.text(st.characters(max_codepoint=0x2FF), min_size=1))
def test_text_without_marks_keeps_its_letters(came: str) -> None:
    text, _ = clean(came)
    assert [c for c in text if c.isalpha()] == [c for c in came if c.isalpha()]


def test_a_title_is_one_line() -> None:
    assert one_line("  Talks\r\n\u00a0resume \u200b in  Accra ") == "Talks resume in Accra"
