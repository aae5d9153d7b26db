"""How news English names days and periods."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from accord.errors import VocabularyError
from accord.model.vocabulary.door import load

Part = Literal["early", "mid", "late", "start", "end", "before", "after"]
Relation = Literal["at", "within", "since", "until", "by", "before", "after", "from", "between", "for"]
Shift = Literal["back", "back-told", "on", "on-told"]


class Unit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long one unit lasts: in days or in months."""

    days: int = 0
    months: int = 0


class Holiday(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named day: fixed, counted from Easter, or as the public calendar of a country has it (package `holidays`)."""

    words: list[str]
    easter: Literal["western", "orthodox"] | None = None
    days: tuple[int, int] = (0, 0)
    month: int | None = None
    day: int | None = None
    country: str | None = None
    name: str | None = None
    until: str | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    months: dict[str, int]
    weekdays: dict[str, int]
    also_words: list[str]
    units: dict[str, Unit]
    numbers: dict[str, int]
    vague_numbers: dict[str, tuple[int, int]]
    ordinals: dict[str, int]
    days: dict[str, int]
    day_parts: list[str]
    seasons: dict[str, int]
    places: dict[str, int]
    anaphoric: list[str]
    parts: dict[str, Part]
    relations: dict[str, Relation]
    bounds: list[str]
    shifts: dict[str, Shift]
    vague: list[str]
    happenings: list[list[str]]
    holidays: list[Holiday]


class TimeWords(msgspec.Struct, frozen=True):
    """The vocabulary of time, ready for look-up by lower-case words."""

    months: dict[str, int]
    weekdays: dict[str, int]
    also_words: frozenset[str]
    units: dict[str, Unit]
    numbers: dict[str, int]
    vague_numbers: dict[str, tuple[int, int]]
    ordinals: dict[str, int]
    days: dict[str, int]
    day_parts: frozenset[str]
    seasons: dict[str, int]
    places: dict[str, int]
    anaphoric: frozenset[str]
    parts: dict[str, Part]
    relations: dict[str, Relation]
    bounds: frozenset[tuple[str, ...]]
    shifts: dict[tuple[str, ...], Shift]
    vague: dict[str, tuple[tuple[str, ...], ...]]
    happenings: dict[str, frozenset[str]]
    holidays: dict[str, tuple[tuple[tuple[str, ...], Holiday], ...]]


def _by_first(phrases: list[tuple[str, ...]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        found.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(sorted(same, key=lambda p: (-len(p), p))) for first, same in found.items()}


def _holidays(entries: list[Holiday]) -> dict[str, tuple[tuple[tuple[str, ...], Holiday], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], Holiday]]] = {}
    for entry in entries:
        known = (entry.easter, entry.month and entry.day, entry.country and entry.name)
        if sum(way is not None for way in known) != 1:
            raise VocabularyError(
                "vocabulary data/time.yaml: a holiday must have one of easter, month with day, country with name; "
                f"{entry.words[0]!r} has {sum(way is not None for way in known)}: keep one"
            )
        for words in entry.words:
            phrase = tuple(words.split())
            found.setdefault(phrase[0], []).append((phrase, entry))
    return {first: tuple(sorted(same, key=lambda p: (-len(p[0]), p[0]))) for first, same in found.items()}


@cache
def time_words() -> TimeWords:
    """The vocabulary of time. Raises VocabularyError when the file breaks its form."""
    raw = load("time.yaml", _File)
    return TimeWords(
        months=raw.months,
        weekdays=raw.weekdays,
        also_words=frozenset(raw.also_words),
        units={form: unit for word, unit in raw.units.items() for form in (word, _plural(word))},
        numbers=raw.numbers,
        vague_numbers=raw.vague_numbers,
        ordinals=raw.ordinals,
        days=raw.days,
        day_parts=frozenset(raw.day_parts),
        seasons=raw.seasons,
        places=raw.places,
        anaphoric=frozenset(raw.anaphoric),
        parts=raw.parts,
        relations=raw.relations,
        bounds=frozenset(tuple(words.split()) for words in raw.bounds),
        shifts={tuple(words.split()): shift for words, shift in raw.shifts.items()},
        vague=_by_first([tuple(words.split()) for words in raw.vague]),
        happenings={word: frozenset(group) for group in raw.happenings for word in group},
        holidays=_holidays(raw.holidays),
    )


def _plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2] not in "aeiou" else f"{word}s"
