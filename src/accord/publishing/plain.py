"""Foreign text made safe to show: reports may hold anything, and none of it may steer a screen or a page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# characters that turn the direction of what follows, beyond their own word
_TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def one_line(text: str) -> str:
    """The text on one line: white space folded, control characters as pictures, direction marks and the like left out.

    What is left cannot move a cursor, ring a bell, colour a terminal or turn the text around it.
    """
    # what is printable by Unicode's own word is safe as it stands, and most text is
    return " ".join((text if text.isprintable() else "".join(_safe(character) for character in text)).split())


@lru_cache(maxsize=8192)
def part(text: str) -> str:
    """The same of a run of words within a line, with the space at its ends where there is one."""
    line = one_line(text)
    if not line:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + line + (" " if text[-1].isspace() else "")


def runs(text: str, start: int, marks: Iterable[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """A text that stands at `start` of its report in runs of words, each with whether it is marked.

    `marks` are (start, end) in the report; what of one an earlier one has marked, or lies beyond the text, is left out.
    """
    found: list[tuple[str, bool]] = []
    at = start
    for low, high in sorted(marks):
        low = max(at, low)
        if low < high <= start + len(text):
            found += [(text[at - start : low - start], False), (text[low - start : high - start], True)]
            at = high
    found.append((text[at - start :], False))
    return tuple(run for run in found if run[0])


def short(text: str, most: int) -> str:
    """The text on one line, cut after a word with an ellipsis where it is longer than `most` characters."""
    line = one_line(text)
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    if line[most - 1] != " " and " " in cut[most // 2 :]:
        cut = cut.rsplit(" ", 1)[0]
    return cut.rstrip(" ,;:.–—") + "…"


def opening(text: str, most: int = 200) -> str:
    """The first words of what goes on after other words, with the space between where there is one."""
    return (" " if text[:1].isspace() else "") + short(text, most)


def ending(text: str, most: int = 200) -> str:
    """The last words of what stands before other words, with the space between where there is one."""
    line = one_line(text)
    if len(line) > most:
        cut = line[1 - most :]
        line = "…" + (cut.split(" ", 1)[1] if " " in cut[: most // 2] else cut)
    return line + (" " if text[-1:].isspace() else "")


def _safe(character: str) -> str:
    if character in _TURNING:
        return ""
    match unicodedata.category(character):
        case "Cc":
            code = ord(character)
            if character in "\t\n\r\v\f\x85":
                return " "
            return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"
        case "Zl" | "Zp":
            return " "
        case "Cs" | "Cn":
            return "\ufffd"
        case _:
            return character
