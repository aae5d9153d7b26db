"""A report in pieces that a model can read at once, each with what it needs to know of the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from accord.model.report import Report

_BEFORE = 800
"""Characters of the text before a chunk that are shown with it, so that "he" and "the deal" have somebody to mean."""
_LEAST = 400
_BREAKS = (re.compile(r"\n\s*\n"), re.compile(r"(?<=[.!?…][\"”’»)\s])\s*(?=\S)"), re.compile(r"\n"), re.compile(r"\s"))
"""Where a text may be cut, best first: between paragraphs, sentences, lines, words."""


class Chunk(msgspec.Struct, frozen=True, kw_only=True):
    """Characters `start` to `end` of a report's text. `about` is its title, outlet and day, `before` what precedes."""

    report: str
    start: int
    end: int
    text: str
    about: str = ""
    before: str = ""


def chunks(report: Report, size: int) -> tuple[Chunk, ...]:
    """The report in chunks of at most `size` characters, which together hold all of its text but white space."""
    return tuple(_made(report, start, end) for start, end in _cut(report.text, 0, len(report.text), size))


def halves(report: Report, chunk: Chunk) -> tuple[Chunk, ...]:
    """The chunk in two, cut at the best place; empty where it is too short for that."""
    if len(chunk.text) < 2 * _LEAST:
        return ()
    spans = list(_cut(report.text, chunk.start, chunk.end, len(chunk.text) * 5 // 8))
    return tuple(_made(report, start, end) for start, end in spans)


def _made(report: Report, start: int, end: int) -> Chunk:
    told = (report.title, report.outlet, report.published.isoformat() if report.published else None)
    first = max(0, start - _BEFORE)
    before = report.text[first:start].strip()
    if first and " " in before:
        before = before.partition(" ")[2]  # from the first whole word on
    about = " | ".join(" ".join(part.split()) for part in told if part)
    return Chunk(report=report.id, start=start, end=end, text=report.text[start:end], about=about, before=before)


def _cut(text: str, start: int, stop: int, size: int) -> Iterator[tuple[int, int]]:
    while start < stop:
        end = stop if stop - start <= size else _break(text, start, start + size)
        if text[start:end].strip():
            yield start, end
        start = end


def _break(text: str, start: int, limit: int) -> int:
    """The last good place to cut in the second half of what fits; the limit itself where there is none."""
    half = start + (limit - start) // 2
    for pattern in _BREAKS:
        ends = [hit.end() for hit in pattern.finditer(text, half, limit)]
        if ends and ends[-1] > start:
            return ends[-1]
    return limit
