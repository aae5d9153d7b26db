"""Runs of characters without a space that are no words: they stay whole, so that no report holds its reader up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from spacy.language import Language

LONGEST = 300
"""Characters. spaCy takes signs off a run one by one and looks at all of it each time: a line of two thousand equals
signs takes it three seconds, ten times as many an hour. No word, and hardly an address, is longer than this."""


def with_runs_whole(nlp: Language) -> Language:
    """The same pipeline, whose tokenizer leaves longer runs as one token."""
    tokenizer: Any = nlp.tokenizer
    tokenizer.prefix_search = _unless_long(tokenizer.prefix_search, None)
    tokenizer.suffix_search = _unless_long(tokenizer.suffix_search, None)
    tokenizer.infix_finditer = _unless_long(tokenizer.infix_finditer, ())
    return nlp


def _unless_long(search: Callable[[str], Any], nothing: Iterable[Any] | None) -> Callable[[str], Any]:
    def bounded(run: str) -> Any:
        return search(run) if len(run) <= LONGEST else nothing

    return bounded
