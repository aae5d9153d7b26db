"""What the parts of the date grammar share: the words of a text, looked at by place."""

from __future__ import annotations

from spacy.tokens import Doc

from accord.model.vocabulary.time import TimeWords, time_words
from accord.reading.dates.counts import Counts
from accord.reading.dates.shapes import Shape

Read = tuple[int, Shape]
"""Where the reading stopped (token, excluded) and what was read."""


class Grammar:
    """A text and the vocabulary of time. Each rule reads at one token and answers None where it does not apply."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.low = [t.lower_ for t in doc]
        self.words: TimeWords = time_words()
        self.counts = Counts(doc, self.low)

    def word(self, i: int) -> str:
        """The lower-case word at `i`; empty past the ends."""
        return self.low[i] if 0 <= i < len(self.low) else ""

    def core(self, i: int) -> Read | None:
        """An expression without its preposition, at token `i`."""
        raise NotImplementedError
