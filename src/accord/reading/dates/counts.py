"""Counts of units of time: "ten years", "nearly five weeks", "a couple of days", "two and a half months"."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from accord.model.vocabulary.time import time_words
from accord.reading.dates.shapes import Count

_DIGITS = re.compile(r"^\d{1,3}$")


class Counts:
    """Reads counts of units of time in one text."""

    def __init__(self, doc: Doc, low: list[str]) -> None:
        self.doc, self.low, self.words = doc, low, time_words()

    def of(self, number: int, unit: str) -> Count:
        """An exact count."""
        return Count(number, number, self.words.units[unit], self._singular(unit))

    def one(self, unit: str) -> Count:
        """One unit."""
        return self.of(1, unit)

    def read(self, i: int) -> tuple[int, Count] | None:
        """The count at token `i` and where it ends, or None."""
        bound, at = self._bound(i)
        number = self._number(at)
        if number is None:
            return None
        at, least, most = number
        if self._word(at) in ("-", "more", "full", "consecutive", "whole", "straight", "long"):
            at += 1
        unit = self._word(at)
        if unit not in self.words.units:
            return None
        if self._word(at - 1) == "-" and self._word(at + 1) in ("-", "old"):
            return None  # "a 30-day-old truce"
        if self._word(at - 1) == "-" and not unit.endswith("s"):
            return None  # "a 30-day truce" is a term of the truce
        end = at + 1
        if self._word(end) == "and" and self._word(end + 1) == "a" and self._word(end + 2) == "half":
            end += 3
        return end, Count(least, most, self.words.units[unit], self._singular(unit), bound)

    def _word(self, i: int) -> str:
        return self.low[i] if 0 <= i < len(self.low) else ""

    def _bound(self, i: int) -> tuple[str, int]:
        for size in (2, 1):
            phrase = tuple(self.low[i : i + size])
            if phrase in self.words.bounds:
                return " ".join(phrase), i + size
        return "", i

    def _number(self, i: int) -> tuple[int, int, int] | None:
        """Where the number ends, and the least and most it can be."""
        word = self._word(i)
        if word == "a" and self._word(i + 1) in self.words.vague_numbers:
            i, word = i + 1, self._word(i + 1)
        if word in self.words.vague_numbers:
            least, most = self.words.vague_numbers[word]
            end = i + 1
            if self._word(end) == "of":
                end += 1
            return end, least, most
        if _DIGITS.match(word):
            return i + 1, int(word), int(word)
        first = self.words.numbers.get(word)
        if first is None:
            return None
        end = i + 1
        if first >= 20 and self._word(end) == "-" and self._word(end + 1) in self.words.numbers:
            return (
                end + 2,
                first + self.words.numbers[self._word(end + 1)],
                first + self.words.numbers[self._word(end + 1)],
            )
        if self._word(end) in ("or", "to") and self._word(end + 1) in self.words.numbers:
            return end + 2, first, self.words.numbers[self._word(end + 1)]
        return end, first, first

    def _singular(self, unit: str) -> str:
        if unit == "centuries":
            return "century"
        return unit[:-1] if unit.endswith("s") else unit
