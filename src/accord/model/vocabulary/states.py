"""States, and the territories and communities that reports name like states, from `data/states.json` (generated)."""

from __future__ import annotations

from functools import cache

import msgspec

from accord.model.vocabulary.door import load


class State(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One state: its common English name, ISO 3166 alpha-3 code (or a made one), spellings, capitals and demonyms.

    `demonyms` are adjectives and nouns for one person, `people` plurals. `place`: named far more often as a place
    than as an actor. `community`: a people that acts without a state. `part_of`: the code of the state around it.
    """

    name: str
    code: str
    iso2: str | None
    official: str
    aliases: tuple[str, ...]
    capitals: tuple[str, ...]
    demonyms: tuple[str, ...]
    people: tuple[str, ...]
    dependent: bool = False
    former: bool = False
    community: bool = False
    place: bool = False
    part_of: str | None = None


@cache
def states() -> tuple[State, ...]:
    """All states by name; where two share a word, the independent one comes first."""
    rows = load("states.json", tuple[State, ...])
    return tuple(sorted(rows, key=lambda s: (s.dependent, s.former, s.name)))


@cache
def by_name() -> dict[str, State]:
    """States by their common name."""
    return {state.name: state for state in states()}


@cache
def by_code() -> dict[str, State]:
    """States by their code."""
    return {state.code: state for state in states()}


def _index(field: str) -> dict[str, State]:
    found: dict[str, State] = {}
    for state in states():
        for word in getattr(state, field):
            found.setdefault(word, state)
    return found


@cache
def names() -> dict[str, State]:
    """States by every name and spelling, the official one included, without a leading article."""
    found: dict[str, State] = {}
    for state in states():
        for word in (state.name, state.official, *state.aliases):
            found.setdefault(word.removeprefix("the ").removeprefix("The "), state)
    return found


@cache
def capitals() -> dict[str, State]:
    """States by capital. A capital with the name of its state ("Djibouti") is the state's name and not here."""
    return {word: state for word, state in _index("capitals").items() if word not in names()}


@cache
def demonyms() -> dict[str, State]:
    """States by adjective or noun for one person ("Kenyan", "Briton")."""
    return _index("demonyms")


@cache
def peoples() -> dict[str, State]:
    """States by the plural of their people ("Kenyans")."""
    return _index("people")
