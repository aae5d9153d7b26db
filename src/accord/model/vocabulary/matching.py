"""What merging needs to know of words: spellings of names, families of words, words that exclude each other."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from accord.errors import VocabularyError
from accord.model.actor import ActorKind
from accord.model.vocabulary.door import load


class NameWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How personal names vary: titles, particles, spellings of one sound, familiar given names."""

    titles: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    spelling: tuple[tuple[str, str], ...]
    either: dict[str, tuple[str, str]]
    alike: dict[str, str]
    familiar: tuple[tuple[str, ...], ...]


class BodyWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names of bodies that tell nothing about which body it is, and small words in such names."""

    generic: frozenset[str]
    small: frozenset[str]


class PlainWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that carry no content, that negate, that mean the same, that exclude each other.

    `toward` are prepositions before the one to or from whom something is done.
    """

    stop: frozenset[str]
    possessives: frozenset[str]
    toward: frozenset[str]
    negations: frozenset[str]
    families: tuple[tuple[str, ...], ...]
    opposites: tuple[tuple[str, str], ...]


class EventWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Event types in which all take part alike, and those that two parties rarely repeat on a day.

    `implied` are the word families and stems that say no more than the type does.
    """

    mutual: frozenset[str]
    once_a_day: frozenset[str]
    implied: dict[str, frozenset[str]]


class Firsts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The pattern of a claim to be the first since something; its groups are `what` and `since`."""

    pattern: str


class Onlys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The patterns of a claim to be the only one: of an encounter, and of an actor.

    Their groups are `what` and `scope`, and `who`, `kind` and `what`. `kinds` are the nouns that KIND stands for, each
    with the kinds of actors that it means.
    """

    encounter: str
    sole: str
    kinds: dict[str, frozenset[ActorKind]]


class Matching(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file `data/matching.yaml`.

    `venues` are words in names of buildings and sites, `bare` what names of proposals say of any of their kind.
    `rate` is the pattern of a number a day, a week and so on, `increment` of one that comes on top of another.
    """

    names: NameWords
    bodies: BodyWords
    words: PlainWords
    events: EventWords
    firsts: Firsts
    onlys: Onlys
    venues: frozenset[str]
    bare: frozenset[str]
    rate: str
    increment: str


@cache
def matching() -> Matching:
    """The vocabulary of merging. Raises VocabularyError when the file breaks its form."""
    found = load("matching.yaml", Matching)
    claims = (found.firsts.pattern, found.onlys.encounter, found.onlys.sole)
    for pattern in (*(what for what, _ in found.names.spelling), *claims, found.rate, found.increment):
        try:
            re.compile(pattern)
        except re.error as problem:
            raise VocabularyError(f"vocabulary data/matching.yaml: {pattern!r} is no pattern: {problem}") from None
    seen: dict[str, str] = {}
    for family in found.words.families:
        for word in family:
            if seen.setdefault(word, family[0]) != family[0]:
                raise VocabularyError(
                    f"vocabulary data/matching.yaml: {word!r} must be in one family; "
                    f"it is in those of {seen[word]!r} and {family[0]!r}"
                )
    return found
