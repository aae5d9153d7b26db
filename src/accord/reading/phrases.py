"""Whether a phrase of the vocabulary stands in some words: by lemma or form, "~" for up to three words between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

Forms = tuple[str, str]
"""A word's lemma and form, in lower case."""

_GAP = "~"
_WIDEST = 3


def forms_of(tokens: Iterable[Token]) -> list[Forms]:
    """The words as phrases are matched on them, worked out once for many phrases."""
    return [(t.lemma_.lower(), t.lower_) for t in tokens]


def stands_in(words: Sequence[Forms], phrase: Sequence[str]) -> bool:
    """Whether the phrase stands anywhere in the words."""
    return any(stands_at(words, i, phrase) for i, forms in enumerate(words) if phrase[0] in forms)


def stands_at(words: Sequence[Forms], i: int, phrase: Sequence[str]) -> bool:
    """Whether the phrase starts at the word with index `i`; after a gap the first word that fits is taken."""
    at, gap = i, 0
    for word in phrase:
        if word == _GAP:
            gap = _WIDEST
            continue
        found = next((k for k in range(at, min(at + gap + 1, len(words))) if word in words[k]), None)
        if found is None:
            return False
        at, gap = found + 1, 0
    return True
