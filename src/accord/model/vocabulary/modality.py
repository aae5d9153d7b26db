"""The words that tell whether something happened: negation, modality, plans, refusals, conditions."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from accord.errors import VocabularyError
from accord.model.findings import EventStatus
from accord.model.vocabulary.door import load

Auxiliary = Literal["planned", "future-past", "conditional", "proposed"]
Kind = Literal["adjective", "noun", "verb", "passive"]
"""How a governor must stand in the sentence; passive: as a participle of what was done, or an adjective."""


class _Conditions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    marks: list[str]
    times: list[str]
    phrases: list[str]
    inverted: list[str]


class _Purposes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    marks: list[str]
    phrases: list[str]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    negations: list[str]
    auxiliaries: dict[str, Auxiliary]
    occurrences: list[str]
    governors: dict[EventStatus, list[str]]
    only: dict[Kind, list[str]]
    aiming: list[str]
    modifiers: dict[EventStatus, list[str]]
    conditions: _Conditions
    purposes: _Purposes
    wishes: list[str]
    debates: list[str]
    willing: list[str]


class ModalityCues(msgspec.Struct, frozen=True):
    """Cues by lemma. A governor gives its status to what depends on it, a modifier to what it modifies.

    `phrasal` are governors of two words, by the first ("look forward"); `aiming` verbs govern what follows "at", too.
    `only` says of a governor that means something else otherwise how it must stand: "open to talks" is no
    "opened the talks", "a date set for talks" no "set a tariff".
    `condition_times` open a condition in the present tense only ("once they have signed").
    `occurrences` are verbs that say of a happening that it takes place, or how it goes; `wishes` governors that tell
    what somebody would like or is ready to do, which is a stand and no event; `willing` auxiliaries whose negation is
    a refusal.
    """

    negations: frozenset[str]
    auxiliaries: dict[str, Auxiliary]
    occurrences: frozenset[str]
    governors: dict[str, EventStatus]
    phrasal: dict[str, tuple[tuple[str, EventStatus], ...]]
    only: dict[str, Kind]
    aiming: frozenset[str]
    modifiers: dict[str, EventStatus]
    condition_marks: frozenset[str]
    condition_times: frozenset[str]
    condition_phrases: tuple[tuple[str, ...], ...]
    inverted: frozenset[str]
    purpose_phrases: tuple[tuple[str, ...], ...]
    wishes: frozenset[str]
    debates: frozenset[str]
    willing: frozenset[str]


def _by_lemma(lists: dict[EventStatus, list[str]], where: str) -> dict[str, EventStatus]:
    found: dict[str, EventStatus] = {}
    for status, lemmas in lists.items():
        for lemma in lemmas:
            if found.setdefault(lemma, status) != status:
                raise VocabularyError(
                    f"vocabulary data/modality.yaml: {where}: a lemma must have one status; "
                    f"{lemma!r} has {found[lemma]} and {status}: keep one"
                )
    return found


def _phrasal(governors: dict[str, EventStatus]) -> dict[str, tuple[tuple[str, EventStatus], ...]]:
    """The governors of two words, by the first: its particles, each with the status."""
    found: dict[str, tuple[tuple[str, EventStatus], ...]] = {}
    for words, status in governors.items():
        lemma, _, particle = words.partition(" ")
        if particle:
            found[lemma] = (*found.get(lemma, ()), (particle, status))
    return found


@cache
def modality_cues() -> ModalityCues:
    """The cues. Raises VocabularyError when the file breaks its form or gives one lemma two statuses."""
    raw = load("modality.yaml", _File)
    governors = _by_lemma(raw.governors, "governors")
    return ModalityCues(
        negations=frozenset(raw.negations),
        auxiliaries=raw.auxiliaries,
        occurrences=frozenset(raw.occurrences),
        governors={lemma: status for lemma, status in governors.items() if " " not in lemma},
        phrasal=_phrasal(governors),
        aiming=frozenset(raw.aiming),
        only={lemma: kind for kind, lemmas in raw.only.items() for lemma in lemmas},
        modifiers=_by_lemma(raw.modifiers, "modifiers"),
        condition_marks=frozenset(raw.conditions.marks),
        condition_times=frozenset(raw.conditions.times),
        condition_phrases=tuple(tuple(p.split()) for p in raw.conditions.phrases),
        inverted=frozenset(raw.conditions.inverted),
        purpose_phrases=tuple(tuple(p.split()) for p in raw.purposes.phrases),
        wishes=frozenset(raw.wishes),
        debates=frozenset(raw.debates),
        willing=frozenset(raw.willing),
    )
