"""Sentences of a report by number, so that a short reference can point at one.

This is a plain splitter by punctuation: it needs no parse, so a reference resolves wherever the record is.
"""

from __future__ import annotations

import re

from accord.model.vocabulary.abbreviations import abbreviations

_END = re.compile(r"""[.!?…]+["'”’»)\]]*(?=\s+["'“‘«(\[]*[^\W_a-z])|\n\s*(?=\S)""")
_LAST_WORD = re.compile(r"(\S+)$")


def sentence_starts(text: str) -> tuple[int, ...]:
    """The offset of the first character of every sentence, ascending; empty for a text of white space.

    A sentence ends at `.`, `!`, `?` or `…` (and what closes after it) before white space and anything but a
    small letter, or at the end of a line. A full stop after an initial, an abbreviation with inner stops
    ("U.S.") or one of the vocabulary's abbreviations ends none.
    """
    starts: list[int] = []
    at = _first(text, 0)
    for match in _END.finditer(text):
        if match.start() < at or (match.group().startswith(".") and _abbreviates(text, match.start())):
            continue
        starts.append(at)
        at = _first(text, match.end())
    if at < len(text):
        starts.append(at)
    return tuple(starts)


def _first(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _abbreviates(text: str, stop: int) -> bool:
    match = _LAST_WORD.search(text, max(0, stop - 40), stop)
    word = match.group(1).lstrip("\"'“‘«([") if match else ""
    return (len(word) == 1 and word.isupper()) or "." in word.strip(".") or word.casefold() in abbreviations()
