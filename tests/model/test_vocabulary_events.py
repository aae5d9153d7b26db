"""The vocabulary of acts, judgements and time: its form, its classes, and that its entries fire in their examples."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from accord.errors import VocabularyError
from accord.model.findings import EventType
from accord.model.report import Report
from accord.model.vocabulary import events as vocabulary
from accord.model.vocabulary.appraisal import _merged, appraisal
from accord.model.vocabulary.events import Trigger, event_words
from accord.model.vocabulary.time import Holiday, _holidays, time_words
from accord.reading.actors import find_mentions
from accord.reading.attributions import Attributions
from accord.reading.context import Context
from accord.reading.dates import Dates
from accord.reading.document import Document
from accord.reading.events.roles import Parties
from accord.reading.events.triggers import firing
from accord.reading.pipeline import model


@pytest.fixture(scope="module")
def fired() -> list[tuple[Trigger, list[tuple[str, str]]]]:
    """Each entry with the lemma and type of the entries that fire in its example."""
    triggers = event_words().triggers
    found = []
    for trigger, doc in zip(triggers, model().pipe(t.example for t in triggers), strict=True):
        document = Document(Report.make(doc.text, "example"), doc)
        parties = Parties(Context(document, find_mentions(document), Dates(()), Attributions(())))
        hits = [hit[0] for word in doc if (hit := firing(word, parties)) is not None]
        found.append((trigger, [(hit.lemma, hit.type) for hit in hits]))
    return found


def test_every_entry_fires_in_its_example_with_its_type(fired: list[tuple[Trigger, list[tuple[str, str]]]]) -> None:
    silent = [(t.lemma, t.type, t.example) for t, hits in fired if (t.lemma, t.type) not in hits]
    assert silent == []


def test_every_type_has_verbs_and_nouns_or_many_verbs() -> None:
    counts = Counter((t.type, t.pos) for t in event_words().triggers)
    for kind in get_args(EventType):
        assert counts[kind, "VERB"] >= 15, kind
    assert len(event_words().triggers) > 1000


def test_entries_that_ask_for_more_are_tried_first() -> None:
    entries = event_words().by_lemma["VERB", "suspend"]
    assert [t.conditions for t in entries] == sorted((t.conditions for t in entries), reverse=True)


def test_an_unknown_class_is_refused() -> None:
    with pytest.raises(VocabularyError, match=r"\+NAME must be a class"):
        vocabulary._words(["+unheard-of"], {"deal": ["pact"]}, "AGREE sign")


def test_an_entry_is_a_verb_a_noun_or_an_adjective() -> None:
    with pytest.raises(VocabularyError, match="exactly one of v, n and a"):
        vocabulary._trigger(vocabulary._Entry(eg="x", v="meet", n="meeting"), "CONSULT", {})


def test_a_word_praises_or_blames() -> None:
    with pytest.raises(VocabularyError, match="praise or blame"):
        _merged(["brave"], ["brave"], "adjectives")
    assert appraisal().adjectives["brave"] == "praise"


def test_a_holiday_is_known_in_one_way() -> None:
    with pytest.raises(VocabularyError, match="a holiday must have one of"):
        _holidays([Holiday(words=["feast"], easter="western", month=1, day=1)])


def test_units_of_time_are_known_in_the_plural() -> None:
    units = time_words().units
    assert units["centuries"] is units["century"]
    assert units["days"].days == 1
