"""How quantities are written: number words, bounds, units and what makes a number matter."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from accord.model.vocabulary.door import load

Bound = Literal["low", "high", "about"]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    numbers: dict[str, int]
    scales: dict[str, int]
    vague: dict[str, int]
    groups: dict[str, int]
    fractions: dict[str, float]
    multiples: dict[str, float]
    bounds: dict[str, Bound]
    bound_verbs: dict[str, Bound]
    after: dict[str, Bound]
    units: dict[str, list[str]]
    currencies: dict[str, str]
    labels: list[str]
    participants: list[str]
    outcomes: list[str]
    outcome_nouns: list[str]
    person_outcomes: list[str]
    time_years: dict[str, int]
    levels: list[str]
    subjects: list[str]
    long: dict[str, str]
    lasting: list[str]
    bodies: list[str]
    hours: dict[str, int]
    setting: list[str]


class Quantities(msgspec.Struct, frozen=True):
    """The vocabulary of quantities, ready for look-up by lower-case word or lemma."""

    numbers: dict[str, int]
    scales: dict[str, int]
    vague: dict[str, int]
    groups: dict[str, int]
    fractions: dict[str, float]
    multiples: dict[str, float]
    bounds: dict[tuple[str, ...], Bound]
    bound_verbs: dict[str, Bound]
    after: dict[tuple[str, ...], Bound]
    unit_kind: dict[str, str]
    currencies: dict[str, str]
    labels: frozenset[str]
    participants: frozenset[str]
    outcomes: frozenset[str]
    outcome_nouns: frozenset[str]
    person_outcomes: frozenset[str]
    time_years: dict[str, int]
    levels: frozenset[str]
    subjects: frozenset[str]
    long: dict[str, str]
    lasting: frozenset[str]
    bodies: frozenset[str]
    hours: dict[str, int]
    setting: frozenset[str]


@cache
def quantities() -> Quantities:
    """The vocabulary of quantities. Raises VocabularyError when the file breaks its form."""
    raw = load("quantities.yaml", _File)
    return Quantities(
        numbers=raw.numbers,
        scales=raw.scales,
        vague=raw.vague,
        groups=raw.groups,
        fractions=raw.fractions,
        multiples=raw.multiples,
        bounds={tuple(words.split()): bound for words, bound in raw.bounds.items()},
        bound_verbs=raw.bound_verbs,
        after={tuple(words.split()): bound for words, bound in raw.after.items()},
        unit_kind={word: kind for kind, words in raw.units.items() for word in words},
        currencies=raw.currencies,
        labels=frozenset(raw.labels),
        participants=frozenset(raw.participants),
        outcomes=frozenset(raw.outcomes),
        outcome_nouns=frozenset(raw.outcome_nouns),
        person_outcomes=frozenset(raw.person_outcomes),
        time_years=raw.time_years,
        levels=frozenset(raw.levels),
        subjects=frozenset(raw.subjects),
        long=raw.long,
        lasting=frozenset(raw.lasting),
        bodies=frozenset(raw.bodies),
        hours=raw.hours,
        setting=frozenset(raw.setting),
    )
