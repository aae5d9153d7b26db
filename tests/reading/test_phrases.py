"""Phrases of a vocabulary in parsed words: by lemma or form, with gaps, in order."""

from __future__ import annotations

import pytest

from accord.reading.phrases import forms_of, stands_at, stands_in
from accord.reading.pipeline import model

SENTENCE = "The guerrillas halted all their night raids and released prisoners of war."


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        (("halt", "~", "raid"), True),
        (("halted", "~", "raids"), True),
        (("halt", "raid"), False),
        (("release", "prisoner", "of", "war"), True),
        (("prisoner", "release"), False),
        (("guerrilla", "~", "raid"), False),
        (("war", "~", "crime"), False),
    ],
)
def test_a_phrase_stands_where_its_words_do_in_order(phrase, found):
    assert stands_in(forms_of(model()(SENTENCE)), phrase) is found


def test_a_phrase_starts_where_it_is_said_to():
    words = forms_of(model()(SENTENCE))
    starts = [i for i in range(len(words)) if stands_at(words, i, ("halt", "~", "raid"))]
    assert [words[i][1] for i in starts] == ["halted"]
    assert not stands_in([], ("truce",))
