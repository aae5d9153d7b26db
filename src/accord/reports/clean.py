"""Normalised text with a map back to the characters that came in.

Line ends become "\\n", every kind of space becomes " ", and what has no width or is a control character
goes: soft hyphens, zero-width marks, byte order marks, marks of writing direction. What remains is in
Unicode normal form C. Quotation marks, dashes and blank lines stay as they are.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterable, Iterator

from accord.model.report import OffsetMap

_SPACES = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_LINE_ENDS = "\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_HALVES = "\ud800-\udfff"  # halves of surrogate pairs: no file can be written with one in it
_GONE = (
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"  # control characters
    "\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufeff\ufffe\uffff"  # soft hyphen, no width, byte order marks
    "\u200e\u200f\u202a-\u202e\u2066-\u206f"  # writing direction: can make a name look like another
)

_DROPPED = re.compile(f"\r(?=\n)|[{_GONE}]+")
_TOUCHED = re.compile(f"[{_SPACES}{_LINE_ENDS}{_HALVES}{_GONE}]")
# No character below U+0300 ever joins the one before it, so a normal form can be worked out from each to the next.
_CLUSTER = re.compile("[\x00-\u02ff]?[^\x00-\u02ff]+")


def _codes(characters: str) -> Iterator[int]:
    """The code points of a regular expression's character class."""
    for part in re.findall(r"(?s).-.|.", characters):
        yield from range(ord(part[0]), ord(part[-1]) + 1)


_REPLACED = (
    dict.fromkeys(_codes(_SPACES), " ")
    | dict.fromkeys(_codes(_LINE_ENDS), "\n")
    | dict.fromkeys(_codes(_HALVES), "\ufffd")
)


def clean(original: str, without: Iterable[tuple[int, int]] = ()) -> tuple[str, OffsetMap]:
    """The normalised text of `original` less the spans `without`, and the map from it to `original`.

    A character that no rule touches is mapped to its equal. The result is a fixed point: cleaning it
    again changes nothing.
    """
    spans = sorted(without)
    if _TOUCHED.search(original):
        spans = sorted([*spans, *(match.span() for match in _DROPPED.finditer(original))])
        original = original.translate(_REPLACED)
    text, offsets = _drop(original, spans) if spans else (original, OffsetMap())
    if unicodedata.is_normalized("NFC", text):
        return text, offsets
    text, composed = _compose(text)
    return text, _chain(composed, offsets)


def one_line(text: str) -> str:
    """A title or a name: cleaned, on one line, without white space at its ends."""
    return " ".join(clean(text)[0].split())


def _drop(original: str, spans: list[tuple[int, int]]) -> tuple[str, OffsetMap]:
    """The text without the spans, which are in order and may overlap."""
    pieces: list[str] = []
    here: list[int] = []
    there: list[int] = []
    length = position = 0
    for start, end in [*spans, (len(original), len(original))]:
        if start > position:
            pieces.append(original[position:start])
            here.append(length)
            there.append(position)
            length += start - position
        position = max(position, end)
    return "".join(pieces), OffsetMap(tuple(here), tuple(there)) if here else OffsetMap()


def _compose(text: str) -> tuple[str, OffsetMap]:
    """The text in normal form C, cluster by cluster, with the map to the characters before."""
    pieces: list[str] = []
    here, there = [0], [0]
    length = position = 0

    def mark(at: int, origin: int) -> None:
        """Start a run, unless the last one leads to `origin` anyway; a later word on the same place wins."""
        if here[-1] == at:
            there[-1] = origin
        elif there[-1] + at - here[-1] != origin:
            here.append(at)
            there.append(origin)

    for match in _CLUSTER.finditer(text):
        old = match.group()
        new = unicodedata.normalize("NFC", old)
        if new == old:
            continue
        start, end = match.span()
        pieces += (text[position:start], new)
        length += start - position
        for at, origin in _align(old, new):
            mark(length + at, start + origin)
        length += len(new)
        position = end
        mark(length, end)
    pieces.append(text[position:])
    return "".join(pieces), OffsetMap(tuple(here), tuple(there))


def _align(old: str, new: str) -> list[tuple[int, int]]:
    """Run starts that lead from `new` to `old`: equal ends to each other, what is between to what is between."""
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    tail = next((i for i in range(shorter - head) if old[-1 - i] != new[-1 - i]), shorter - head)
    last = max(head, len(old) - tail - 1)
    between = [(at, min(at, last)) for at in range(head, len(new) - tail)]
    return [(0, 0), *between, (len(new) - tail, len(old) - tail)] if tail else [(0, 0), *between]


def _chain(second: OffsetMap, first: OffsetMap) -> OffsetMap:
    """The map that goes through `second` and then through `first`."""
    here: list[int] = []
    there: list[int] = []
    for index, (start, origin) in enumerate(zip(second.here, second.there, strict=True)):
        length = second.here[index + 1] - start if index + 1 < len(second.here) else None
        here.append(start)
        there.append(first.original(origin))
        for run in range(bisect.bisect_right(first.here, origin), len(first.here)):
            step = first.here[run] - origin
            if length is not None and step >= length:
                break
            here.append(start + step)
            there.append(first.there[run])
    return OffsetMap(tuple(here), tuple(there))
