"""The words by which a speaker judges another actor, or asks it to act."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from accord.errors import VocabularyError
from accord.model.vocabulary.door import load

Judgement = Literal["praise", "blame"]


class _Side(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    adjectives: list[str]
    nouns: list[str]
    verbs: list[str]
    phrases: list[tuple[str, str]]


class _Feelings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    praise: list[str]
    blame: list[str]


class _Requests(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    modals: list[str]
    verbs: list[str]
    not_imperative: list[str]


class _Refusals(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ready: list[str]
    untimely: list[str]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    blame: _Side
    praise: _Side
    feelings: _Feelings
    requests: _Requests
    claims: list[str]
    refusals: _Refusals


class Appraisal(msgspec.Struct, frozen=True):
    """Judgements by lemma; `phrases` by verb and the lemma of its object; `feelings` are the speaker's own; who is not
    `ready`, or calls a thing `untimely`, turns it down."""

    adjectives: dict[str, Judgement]
    nouns: dict[str, Judgement]
    verbs: dict[str, Judgement]
    phrases: dict[tuple[str, str], Judgement]
    feelings: dict[str, Judgement]
    modals: frozenset[str]
    obligations: frozenset[str]
    not_imperative: frozenset[str]
    claims: frozenset[str]
    ready: frozenset[str]
    untimely: frozenset[str]


def _merged(blame: list[str], praise: list[str], where: str) -> dict[str, Judgement]:
    both = sorted(set(blame) & set(praise))
    if both:
        raise VocabularyError(
            f"vocabulary data/appraisal.yaml: {where}: a word must praise or blame; {both[0]!r} does both: keep one"
        )
    return {**dict.fromkeys(blame, "blame"), **dict.fromkeys(praise, "praise")}


@cache
def appraisal() -> Appraisal:
    """The vocabulary. Raises VocabularyError when the file breaks its form or a word is on both sides."""
    raw = load("appraisal.yaml", _File)
    phrases: dict[tuple[str, str], Judgement] = {}
    phrases.update(dict.fromkeys(raw.blame.phrases, "blame"))
    phrases.update(dict.fromkeys(raw.praise.phrases, "praise"))
    return Appraisal(
        adjectives=_merged(raw.blame.adjectives, raw.praise.adjectives, "adjectives"),
        nouns=_merged(raw.blame.nouns, raw.praise.nouns, "nouns"),
        verbs=_merged(raw.blame.verbs, raw.praise.verbs, "verbs"),
        phrases=phrases,
        feelings=_merged(raw.feelings.blame, raw.feelings.praise, "feelings"),
        modals=frozenset(raw.requests.modals),
        obligations=frozenset(raw.requests.verbs),
        not_imperative=frozenset(raw.requests.not_imperative),
        claims=frozenset(raw.claims),
        ready=frozenset(raw.refusals.ready),
        untimely=frozenset(raw.refusals.untimely),
    )
