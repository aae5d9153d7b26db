"""The vocabularies of proposals and levers: their form, and what they refuse."""

from __future__ import annotations

from typing import get_args

import pytest

from accord.errors import VocabularyError
from accord.model.findings import Instrument, ProposalKind, ProposalStatus
from accord.model.vocabulary import levers, proposals
from accord.model.vocabulary.classes import expand
from accord.model.vocabulary.levers import lever_words
from accord.model.vocabulary.proposals import proposal_words


def test_every_status_has_verbs():
    told = [cue.gives for (part, _), cues in proposal_words().cues.items() if part == "VERB" for cue in cues]
    assert all(told.count(status) >= 4 for status in get_args(ProposalStatus))


def test_every_kind_has_nouns_or_topics():
    words = proposal_words()
    kinds = {n.kind for nouns in words.nouns.values() for n in nouns} | set(words.topics.values())
    assert set(get_args(ProposalKind)) - {"partial-truce"} <= kinds


def test_phrases_are_tried_before_their_first_word_alone():
    cues = proposal_words().cues["VERB", "sign"]
    assert [len(cue.after) for cue in cues] == sorted((len(cue.after) for cue in cues), reverse=True)


def test_every_instrument_has_words():
    words = lever_words()
    found = {n.instrument for nouns in words.nouns.values() for n in nouns}
    found |= {a.instrument for acts in words.acts.values() for a in acts}
    assert found == set(get_args(Instrument))


def test_no_two_examples_are_the_same():
    words = lever_words()
    examples = [n.example for nouns in words.nouns.values() for n in nouns]
    examples += [a.example for acts in words.acts.values() for a in acts]
    assert len(examples) == len(set(examples))


def test_an_unknown_class_is_refused():
    with pytest.raises(VocabularyError, match=r"\+NAME must be a class, one of \['captives'\]; got '\+captivs'"):
        expand(["+captivs"], {"captives": ["hostage"]}, "proposals.yaml", "swap")
    with pytest.raises(VocabularyError, match=r"data/levers.yaml: sale: \+NAME must be a class"):
        expand(["+arm"], {"arms": ["weapon"]}, "levers.yaml", "sale")
    assert expand(["raid", "+arms"], {"arms": ["rifle", "shell"]}, "levers.yaml", "sale") == {"raid", "rifle", "shell"}


def test_a_topic_with_two_kinds_is_refused():
    with pytest.raises(VocabularyError, match="a word must have one kind; 'truce' has ceasefire and peace-plan"):
        proposals._topics({"ceasefire": ["truce"], "peace-plan": ["truce"]})


def test_a_word_with_two_effects_on_a_harm_is_refused():
    apply, remove = levers._Words(verbs=["ease"], nouns=[]), levers._Words(verbs=["ease"], nouns=[])
    with pytest.raises(VocabularyError, match="one effect on a harm; 'ease' has apply and remove"):
        levers._effects({"apply": apply, "remove": remove})


def test_a_cue_without_a_word_is_refused():
    with pytest.raises(VocabularyError, match="exactly one of v, n and a"):
        proposals._cue("agreed", proposals._Cue(eg="Chad and Libya made peace."))


def test_a_cue_whose_status_depends_must_say_what_it_gives():
    with pytest.raises(VocabularyError, match="`gives` where 'announced' is no status"):
        proposals._cue("announced", proposals._Cue(eg="Togo announced a truce.", v="announce"))
