"""Common nouns by which reports speak of groups, bodies and peoples, from `data/groups.yaml`."""

from __future__ import annotations

from functools import cache

import msgspec

from accord.model.vocabulary.door import load


class Groups(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file as it stands; see the remarks beside each entry."""

    acting: frozenset[str]
    civil: frozenset[str]
    observing: frozenset[str]
    domestic: dict[str, frozenset[str]]
    government: frozenset[str]
    sources: frozenset[str]
    ruling: frozenset[str]
    body_descriptions: dict[str, frozenset[str]]
    pairs: dict[str, frozenset[str]]
    regions: frozenset[str]
    region_heads: frozenset[str]
    acting_verbs: frozenset[str]
    saying_verbs: frozenset[str]
    judging_verbs: frozenset[str]
    place_prepositions: frozenset[str]
    body_words: frozenset[str]
    place_words: frozenset[str]
    place_openers: frozenset[str]
    thing_words: frozenset[str]
    not_actors: frozenset[str]
    motion: frozenset[str]
    city_verbs: frozenset[str]
    city_nouns: frozenset[str]
    city_subject_verbs: frozenset[str]
    state_verbs: frozenset[str]
    trades: tuple[frozenset[str], ...]
    apart: dict[str, str]
    apart_opposition: frozenset[str]
    apart_body: frozenset[str]
    apart_nouns: frozenset[str]
    own_account: frozenset[str]
    official: frozenset[str]
    irregulars: frozenset[str]
    rebels: frozenset[str]
    peoples: frozenset[str]
    masses: frozenset[str]
    quantifiers: frozenset[str]
    government_adjectives: frozenset[str]
    elsewhere: frozenset[str]
    facing: frozenset[str]
    towns: frozenset[str]
    city_fates: frozenset[str]
    not_places_in: frozenset[str]
    research_bodies: frozenset[str]
    fighting_bodies: frozenset[str]
    meeting_verbs: frozenset[str]
    sides: frozenset[str]
    go_betweens: frozenset[str]
    encounters: frozenset[str]


@cache
def groups() -> Groups:
    """The whole vocabulary of groups."""
    return load("groups.yaml", Groups)
