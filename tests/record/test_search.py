"""Full text: what is found, what is marked, what a filter keeps, what is near in wording."""

from __future__ import annotations

import datetime as dt
import sqlite3
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from build_readings import Notes
from paraphrases import OTHERS, PAIRS

from accord.errors import FilterError, NotFound
from accord.model.evidence import Span
from accord.model.record import Filter, Passage
from accord.record import Store
from accord.record.nearness.pieces import pieces_of
from accord.record.nearness.vectors import nearness, vector
from accord.record.search import passages_of

FIRST = (
    "Guerrillas laid down rifles in Pondores on Monday.\n\n"
    "“The rifles will be melted down,” said Jean Arnault. The monument will stand in Bogotá.\n"
)
SECOND = "The monument of melted rifles opened in Bogotá. Victims walked over the floor that it is made of."


@pytest.fixture
def store(home: str) -> Any:
    one, two = Notes(FIRST, "2017-03-01", source="pondores.txt"), Notes(SECOND, "2018-12-11", source="monument.txt")
    farc = one.body("FARC")
    one.event("Guerrillas laid down rifles in Pondores on Monday", "RETREAT", (farc,))
    one.position("The rifles will be melted down", farc, "disarmament", "rifles are melted down", "for")
    with Store.open(home, create=True) as store:
        for notes in (one, two):
            store.add(notes.report, notes.reading)
        yield store


def sources(store: Store, found: list[Passage]) -> list[str]:
    names = {report.id: report.source for report in store.reports()}
    return [names[passage.report] for passage in found]


def test_passages_come_with_their_span_marks_and_items(store: Store) -> None:
    (found,) = store.search("Pondores rifle")
    text = store.record().reports[0].text
    assert text[found.span.start : found.span.end] == found.snippet
    assert [text[m.start : m.end] for m in found.marks] == ["rifles", "Pondores"]
    assert found.items == (store.record().events[0].id,)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("rifles", 3),
        ('"melted rifles"', 1),
        ("“melted rifles”", 1),
        ("monument -victims", 1),
        ("guerr*", 1),
        ("bogota", 2),
        ("rifles unicorn", 0),
        ("rifles _", 3),
        ("melted_rifles", 1),
        ("AND (OR", 0),
        ('rifles"', 3),
    ],
)
def test_words_phrases_beginnings_and_words_left_out(store: Store, query: str, count: int) -> None:
    assert len(store.search(query)) == count


@pytest.mark.parametrize("query", ["", "  ", "-rifles", "*", '""'])
def test_a_query_without_a_word_is_refused(store: Store, query: str) -> None:
    with pytest.raises(FilterError, match="at least one word"):
        store.search(query)


def test_filters_keep_what_passes(store: Store) -> None:
    def found(**where: Any) -> list[str]:
        return sources(store, store.search("rifles", Filter(**where)))

    assert found(since=dt.date(2018, 1, 1)) == ["monument.txt"]
    assert found(until=dt.date(2018, 1, 1)) == ["pondores.txt"] * 2
    assert found(report="monument.txt") == ["monument.txt"]
    assert found(party="FARC") == ["pondores.txt"] * 2
    assert found(issue="disarmament") == ["pondores.txt"]
    assert found(confidence=0.95) == []
    with pytest.raises(NotFound):
        found(party="Atlantis")


def test_no_more_than_asked_for(store: Store) -> None:
    assert len(store.search("rifles", limit=2)) == 2


def test_passages_near_in_meaning_are_of_other_reports(store: Store) -> None:
    first = store.record().reports[0]
    at = FIRST.index("“The rifles")
    found = store.similar(Span(first.id, at, len(FIRST) - 1))
    assert sources(store, found) == ["monument.txt"]
    assert {SECOND[m.start : m.end] for m in found[0].marks} >= {"rifles", "melted", "monument"}
    with pytest.raises(NotFound):
        store.similar(Span("re-nowhere", 0, 5))


def test_a_paraphrase_is_near_and_another_matter_is_not(home: str) -> None:
    one = Notes("The junta freed its captives before the holiday.", "2020-01-01")
    two = Notes("Prisoners were released by the military rulers.", "2020-01-02")
    three = Notes("The football match was called off because of rain.", "2020-01-03")
    with Store.open(home, create=True) as store:
        for notes in (one, two, three):
            store.add(notes.report, notes.reading)
        found = store.similar(Span(one.report.id, 0, len(one.report.text)))
        assert [passage.report for passage in found] == [two.report.id]
        assert store.similar(Span(one.report.id, 0, 3)) == []  # "The" points nowhere that others are near


@pytest.mark.parametrize("home", ["file"], indirect=True)
def test_a_record_of_before_there_were_vectors_gets_them(home: str, store: Store) -> None:
    first = store.record().reports[0]
    span = Span(first.id, FIRST.index("“The rifles"), len(FIRST) - 1)
    before = store.similar(span)
    store.close()
    with sqlite3.connect(home) as connection:
        connection.execute("DROP TABLE nearness")
        connection.execute("PRAGMA user_version = 1")
    with Store.open(home) as again:
        assert again.similar(span) == before
    assert before


def test_paraphrases_are_found_among_other_passages() -> None:
    texts = [text for pair in PAIRS for text in pair] + list(OTHERS)
    vectors = np.stack([vector(text) for text in texts])
    ranks = []
    for i in range(2 * len(PAIRS)):
        near = nearness(vectors[i], vectors)
        near[i] = -2.0
        ranks.append(int((near > near[i ^ 1]).sum()) + 1)
    assert sum(rank == 1 for rank in ranks) / len(ranks) >= 0.65, ranks
    assert sum(1 / rank for rank in ranks) / len(ranks) >= 0.75, ranks


def test_words_fall_into_pieces_as_in_the_vocabulary_they_come_from() -> None:
    numbers = {piece: n for n, piece in enumerate(["cease", "##fire", "kyiv", "##s", "un", ",", "x"])}
    assert list(pieces_of("Ceasefire, Kyïv", numbers)) == [0, 1, 5, 2]
    assert list(pieces_of("ceasewater unfire", numbers)) == [4, 1]
    assert not vector("").any()


def test_passages_cover_every_word_once() -> None:
    long = " ".join(f"Sentence number {i} is here." for i in range(80)) + "\n\n" + "x" * 2000 + " end\n  \nLast."
    report = Notes(long, "2020-01-01").report
    spans = list(passages_of(report))
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    covered = "".join(report.text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(report.text.split())
