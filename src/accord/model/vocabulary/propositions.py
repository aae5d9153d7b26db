"""Propositions that recur at every table: one form for all wordings."""

from __future__ import annotations

from functools import cache
from typing import Annotated

import msgspec

from accord.model.findings import Issue
from accord.model.vocabulary.door import load

Phrase = tuple[str, ...]


class _Example(msgspec.Struct, frozen=True, rename={"wanted": "is"}):
    matter: str
    wanted: str


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    issue: Issue
    says: str
    when: Annotated[list[str], msgspec.Meta(min_length=1)]
    examples: list[_Example]
    turned: list[str] = []
    undone: list[str] = []


class Common(msgspec.Struct, frozen=True):
    """One common proposition: the form that it `says`, the terms it needs and those that say its contrary.

    Beside a term of `undone` those of `turned` do not: "to free those being held".
    """

    issue: Issue
    says: str
    when: tuple[Phrase, ...]
    turned: tuple[Phrase, ...]
    undone: tuple[Phrase, ...]
    examples: tuple[tuple[str, str], ...]


@cache
def common_propositions() -> dict[Issue, tuple[Common, ...]]:
    """The common propositions of each issue, in the order in which they are tried."""
    out: dict[Issue, list[Common]] = {}
    for entry in load("propositions.yaml", list[_Entry]):
        out.setdefault(entry.issue, []).append(
            Common(
                issue=entry.issue,
                says=entry.says,
                when=tuple(_phrase(p) for p in entry.when),
                turned=tuple(_phrase(p) for p in entry.turned),
                undone=tuple(_phrase(p) for p in entry.undone),
                examples=tuple((e.matter, e.wanted) for e in entry.examples),
            )
        )
    return {issue: tuple(found) for issue, found in out.items()}


def _phrase(words: str) -> Phrase:
    return tuple(words.lower().split())
