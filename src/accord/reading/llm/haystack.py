"""The text of a report, in which words that a model gave are found again, or not."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from accord.model.evidence import Anchor, Evidence
from accord.model.report import Report

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»〝〞＂", '"'),
        **dict.fromkeys("‘’‚‛‹›`´ʼ＇", "'"),
        **dict.fromkeys(filter(str.isspace, map(chr, range(0x3001))), " "),
    }
)
"""One character for one, so that places stay; runs of spaces are made one afterwards."""
_RUN = re.compile(" {2,}")
_MARKS = "\"' "
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
_STEM = 5  # letters by which two forms of a word are held to be one: "withdraw", "withdrawal"
_SHORT = 4  # a shorter word may stand anywhere
_SUPPORT = 0.5  # of the longer words of a wording of the model's own, those that the report must have


class Found(NamedTuple):
    """Where words stand in a report, and how they were found."""

    start: int
    end: int
    anchor: Anchor


class Haystack:
    """A report made ready for finding: exactly, or with quotation marks and white space made alike."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.text = report.text
        self._known: dict[tuple[str, int, int], Found | None] = {}  # a model quotes one sentence for several items

    @cached_property
    def _alike(self) -> tuple[str, list[int], list[int]]:
        """The text with marks and spaces made alike, and runs of offsets that lead back."""
        return _alike(self.text)

    def find(self, words: str, start: int, end: int) -> Found | None:
        """The words within `start` to `end`, else the first time that the report has them; None where it has not.

        White space and quotation marks at the ends of the words are no part of what must be found.
        """
        key = (words.strip(), start, end)
        if key not in self._known:
            self._known[key] = self._search(*key)
        return self._known[key]

    def _search(self, plain: str, start: int, end: int) -> Found | None:
        if not plain:
            return None
        for low, high in ((start, end), (0, len(self.text))):
            at = self.text.find(plain, low, high)
            if at >= 0:
                return Found(at, at + len(plain), "exact")
        return self._find_alike(plain, start, end)

    def _find_alike(self, words: str, start: int, end: int) -> Found | None:
        text, here, there = self._alike
        plain = _alike(words)[0].strip()
        for needle in dict.fromkeys((plain, plain.strip(_MARKS))):
            if not needle:
                continue
            for low, high in ((self._to_alike(start), self._to_alike(end)), (0, len(text))):
                at = text.find(needle, low, high)
                if at >= 0:
                    first, last = _back(here, there, at), _back(here, there, at + len(needle) - 1) + 1
                    return Found(first, last, "normalised")
        return None

    def _to_alike(self, offset: int) -> int:
        _, here, there = self._alike
        run = bisect_right(there, offset) - 1
        nearest = here[run] + offset - there[run]
        return min(nearest, here[run + 1]) if run + 1 < len(here) else nearest

    def evidence(self, found: Found) -> Evidence:
        """The evidence that stands there."""
        return Evidence(
            report=self.report.id,
            start=found.start,
            end=found.end,
            quote=self.text[found.start : found.end],
            anchor=found.anchor,
        )

    @cached_property
    def _padded(self) -> str:
        """The text as words with one space between, for names; case kept."""
        return " " + " ".join(re.findall(r"\w+", _alike(self.text)[0])) + " "

    def names(self, name: str) -> bool:
        """Whether the report has this name, word by word and with its capitals."""
        words = re.findall(r"\w+", name)
        return bool(words) and f" {' '.join(words)} " in self._padded

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(word[:_STEM] for word in _WORD.findall(self.text.casefold()))

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset(_NUMBER.findall(self.text))

    def supports(self, wording: str, longest: int) -> bool:
        """Whether a wording of the model's own may stand for what the report says.

        It is one printable line of at most `longest` characters, its numbers are the report's, its names, and at
        least half of its longer words.
        """
        if not 0 < len(wording) <= longest or not wording.isprintable() or "://" in wording:
            return False
        if not self._numbers.issuperset(_NUMBER.findall(wording)):
            return False
        words = _WORD.findall(wording)
        if any(w[0].isupper() and len(w) >= _SHORT and w.casefold()[:_STEM] not in self._stems for w in words[1:]):
            return False
        longer = [w.casefold()[:_STEM] for w in words if len(w) >= _SHORT]
        return bool(longer) and sum(w in self._stems for w in longer) >= _SUPPORT * len(longer)


def _alike(text: str) -> tuple[str, list[int], list[int]]:
    plain = text.translate(_ALIKE)
    here, there = [0], [0]
    made: list[str] = []
    size = at = 0
    for hit in _RUN.finditer(plain):
        start, end = hit.span()
        made += (plain[at:start], " ")
        size += start - at + 1
        at = end
        here.append(size)
        there.append(end)
    made.append(plain[at:])
    return "".join(made), here, there


def _back(here: list[int], there: list[int], offset: int) -> int:
    run = bisect_right(here, offset) - 1
    return there[run] + offset - here[run]
