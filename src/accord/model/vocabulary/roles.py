"""Nouns for what a person is, from `data/roles.yaml`."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from accord.model.vocabulary.door import load

RoleClass = Literal["office", "body", "mediator", "clergy", "observer", "title"]
Gender = Literal["she", "he"]


class Roles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file as it stands; see the remarks at its head."""

    classes: dict[RoleClass, tuple[str, ...]]
    former: frozenset[str]
    leaders: frozenset[str]
    state_of_title: dict[str, tuple[str, ...]]
    ranks: frozenset[str]
    particles: frozenset[str]
    deputies: frozenset[str]
    seconds: frozenset[str]
    armed: frozenset[str]
    in_names: frozenset[str]
    wide: frozenset[str]
    leading_verbs: frozenset[str]
    counterparts: frozenset[str]
    lacking: dict[str, frozenset[str]]
    gender: dict[Gender, frozenset[str]]


@cache
def roles() -> Roles:
    """The whole vocabulary of roles."""
    return load("roles.yaml", Roles)


@cache
def class_of() -> dict[str, RoleClass]:
    """The class of a noun or set phrase, in lower case; the first class that lists it counts."""
    found: dict[str, RoleClass] = {}
    for kind, phrases in roles().classes.items():
        for phrase in phrases:
            found.setdefault(phrase, kind)
    return found


@cache
def state_of_title() -> dict[str, str]:
    """The state (or body) to which a capitalised set phrase belongs, by the phrase in lower case."""
    return {phrase.lower(): state for state, phrases in roles().state_of_title.items() for phrase in phrases}


@cache
def gender_of() -> dict[str, Gender]:
    """The pronoun that a noun or form of address calls for, by the word in lower case."""
    return {word: gender for gender, words in roles().gender.items() for word in words}
