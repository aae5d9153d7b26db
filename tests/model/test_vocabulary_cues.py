"""The vocabulary of attribution: what it holds, and how it refuses what cannot be."""

from __future__ import annotations

import pytest

from accord.errors import VocabularyError
from accord.model.vocabulary.cues import Cue, _table, cues


def test_it_holds_several_hundred_cues_of_each_kind():
    words = [cue.word for cue in cues()]
    assert words.count("verb") >= 350
    assert words.count("noun") >= 100
    assert words.count("adjective") >= 40
    kinds = {cue.kind for cue in cues()}
    assert kinds == {"said", "asked", "thought", "expected", "intended", "wanted", "denied", "promised", "warned"}


def test_every_example_is_a_sentence_of_its_own():
    examples = [cue.example for cue in cues()]
    assert len(examples) == len(set(examples))
    assert all(e[0].isupper() or e[0] == "“" for e in examples)


def test_a_cue_is_found_by_its_head_the_longest_first():
    found = [cue.cue for cue in cues().verbs["call"]]
    assert found.index("call into question") < found.index("call for") < found.index("call")


def test_spelling_with_s_finds_the_same_cue():
    assert cues().verbs["emphasise"] == cues().verbs["emphasize"]
    assert cues().verbs["analyse"] == cues().verbs["analyze"]


def test_rates_are_shares():
    vocabulary = cues()
    for cue in vocabulary:
        for frame in cue.frames:
            assert 0 < vocabulary.rate(cue, frame) < 1, cue.cue


def test_a_cue_with_one_frame_twice_is_refused():
    twice = Cue(cue="say", frames=("clause",), example="She said so.")
    with pytest.raises(VocabularyError, match=r"cues\.yaml: verb 'say' has frame 'clause' twice"):
        _table("verb", {"speech": [twice, twice]})


@pytest.mark.parametrize(
    "wrong",
    [
        Cue(cue="say", frames=("sideways",), example="She said so."),
        Cue(cue="say", frames=(), example="She said so."),
        Cue(cue="say", frames=("clause",), weight=0.0, example="She said so."),
    ],
)
def test_a_cue_that_cannot_be_is_refused(wrong):
    with pytest.raises(VocabularyError, match=r"verb 'say' must have frames"):
        _table("verb", {"speech": [wrong]})
