"""The subjects of negotiation: the words that signal each, and the section of the PA-X codebook it falls under."""

from __future__ import annotations

from functools import cache
from typing import get_args

import msgspec

from accord.errors import VocabularyError
from accord.model.findings import Issue
from accord.model.vocabulary.door import load


class IssueEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One issue: `strong` terms name it by themselves, `weak` ones support it; "a ~ b" allows words between."""

    id: Issue
    label: str
    pax: str
    strong: list[str]
    weak: list[str]
    examples: list[str]


class Term(msgspec.Struct, frozen=True):
    """A term as its words, each matched on lemma or form; "~" where up to three words may stand between."""

    words: tuple[str, ...]
    issue: Issue
    weight: float


@cache
def issues() -> tuple[IssueEntry, ...]:
    """All issues in their order. Raises VocabularyError unless every issue of the model is there once."""
    entries = tuple(load("issues.yaml", list[IssueEntry]))
    wanted, found = list(get_args(Issue)), [entry.id for entry in entries]
    if wanted != found:
        raise VocabularyError(f"vocabulary data/issues.yaml: issues must be {wanted} in this order; got {found}")
    return entries


@cache
def terms() -> dict[str, tuple[Term, ...]]:
    """The terms by their first word. A strong term of n words weighs 1 + (n - 1) / 2, a weak one a third.

    A hyphened word stands as its parts, as the parse parts it.
    """
    index: dict[str, list[Term]] = {}
    for entry in issues():
        for strong, phrases in ((True, entry.strong), (False, entry.weak)):
            for phrase in phrases:
                said = phrase.lower().split()
                weight = 1 + (sum(w != "~" for w in said) - 1) / 2 if strong else 1 / 3
                words = tuple(part for word in said for part in word.split("-") if part)
                index.setdefault(words[0], []).append(Term(words, entry.id, weight))
    return {first: tuple(found) for first, found in index.items()}


def label(issue: Issue) -> str:
    """The issue as people read it: "prisoners-hostages" is "Prisoners and hostages"."""
    return next(entry.label for entry in issues() if entry.id == issue)
