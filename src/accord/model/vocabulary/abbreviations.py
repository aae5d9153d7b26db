"""Abbreviations whose full stop does not end a sentence."""

from __future__ import annotations

from functools import cache

import msgspec

from accord.model.vocabulary.door import load


class Abbreviation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An abbreviation in lower case without its full stop, and a sentence that it must not split."""

    short: str
    example: str


@cache
def entries() -> tuple[Abbreviation, ...]:
    """All entries of the file."""
    return load("abbreviations.yaml", tuple[Abbreviation, ...])


@cache
def abbreviations() -> frozenset[str]:
    """The abbreviations, in lower case without their full stops."""
    return frozenset(entry.short for entry in entries())
