"""Quotation marks paired into quotations: in one pass, so that a text of nothing but marks costs linear time.

Marks pair within a paragraph (a line). A quotation left open at a paragraph's end goes on where the next
paragraph begins with an opening mark, as printers do; an opening mark that finds no partner costs one
quotation, never the rest of the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

_MARK = re.compile(r"''|``|[\"“”„‟«»‹›]")
_SINGLE = re.compile(r"['‘’‚]")
_LINE = re.compile(r"[^\n]+")
_OPENS = frozenset(("“", "„", "‟", "«", "‹", "``"))
_TURNS = frozenset(('"', "''"))
_FAMILY = {
    **dict.fromkeys("“”„‟", "curly"),
    **dict.fromkeys("«»", "guillemets"),
    **dict.fromkeys("‹›", "single guillemets"),
    **dict.fromkeys(("``", "''"), "typewriter"),
    '"': "straight",
}
_MIXED = frozenset(("curly", "straight"))
_BEFORE_OPENING = frozenset("([{—–-―‘“«'\"")
_AFTER_CLOSING = frozenset(")]}.,;:!?—–-―’”»'\"")
_LONGEST_OPEN = 1500
"""Characters that a quotation without a closing mark may run on, to the end of its paragraph. Longer ones are
rather a stray mark in a text without line breaks; five times the 95th percentile of newspaper quotations."""


class Quotation(msgspec.Struct, frozen=True, gc=False):
    """One quotation. All offsets are characters of the text, end excluded.

    `start` to `end` has the marks, `inner_start` to `inner_end` only the words between them. `depth` counts
    the quotations around it. `single` tells quotations in single marks. `goes_on` is true where the
    next paragraph continues it, `continued` where it continues the paragraph before.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    depth: int = 0
    single: bool = False
    goes_on: bool = False
    continued: bool = False


class _Pair(msgspec.Struct, frozen=True, gc=False):
    """Two double marks that belong together; `closed` is false where the paragraph's end had to do."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    continued: bool
    closed: bool


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """All quotations of a text that hold a word, in order of their start, outer before inner."""
    found: list[Quotation] = []
    open_before = False
    for line in _LINE.finditer(text):
        start, end = line.span()
        while start < end and text[start].isspace():
            start += 1
        if start == end:
            continue
        doubles = _pair_line(text, start, end, open_before)
        open_before = bool(doubles) and not all(pair.closed for pair in doubles) and _opens_after(text, end)
        if not doubles and _SINGLE.search(text, start, end) is None:
            continue
        found.extend(_with_singles(text, start, end, doubles, open_before))
    return tuple(sorted(found, key=lambda q: (q.start, -q.end)))


def _pair_line(text: str, start: int, end: int, continues: bool) -> list[_Pair]:
    """The pairs of double marks of one paragraph."""
    pairs: list[_Pair] = []
    stack: list[tuple[str, int, int]] = []  # family, start and end of opening marks that wait for a partner
    for mark in _MARK.finditer(text, start, end):
        sign = mark.group()
        left, right = mark.span()
        waiting = _waiting(stack, _FAMILY[sign])
        if sign in _TURNS:
            opens = _opens_by_place(text, left, right, waiting > 0)
        elif sign in _OPENS:  # „so“ closes with the mark that opens elsewhere
            opens = not (sign == "“" and waiting and text[stack[-waiting][1]] == "„")
        else:  # a closing mark where nothing is open, before a word: the writer's keyboard turned it round
            opens = not stack and _opens_by_place(text, left, right, True)
        if not opens and not waiting and stack and _FAMILY[sign] in _MIXED and stack[-1][0] in _MIXED:
            waiting = 1  # opened straight, closed curly, or the other way round
        if opens:
            if waiting:  # the one before never closed: a stray mark
                del stack[-waiting:]
            stack.append((_FAMILY[sign], left, right))
        elif waiting:
            _, opened, inner = stack[-waiting]
            del stack[-waiting:]
            if left > inner:
                pairs.append(_Pair(opened, right, inner, left, continues and opened == start, True))
    if stack and end - stack[0][1] <= _LONGEST_OPEN:
        _, opened, inner = stack[0]
        if end > inner:
            pairs.append(_Pair(opened, end, inner, end, continues and opened == start, False))
    return pairs


def _waiting(stack: list[tuple[str, int, int]], family: str) -> int:
    """How far from the top of the stack an opening mark of this family waits; 0 for none among the top two."""
    if stack and stack[-1][0] == family:
        return 1
    return 2 if len(stack) > 1 and stack[-2][0] == family else 0


def _opens_by_place(text: str, left: int, right: int, is_open: bool) -> bool:
    """Whether a straight mark opens, by what stands on both sides of it, else by turns."""
    before = text[left - 1] if left else " "
    after = text[right] if right < len(text) else " "
    left_free = before.isspace() or before in _BEFORE_OPENING
    right_free = after.isspace() or after in _AFTER_CLOSING
    return left_free if left_free != right_free else not is_open


def _opens_after(text: str, end: int) -> bool:
    """Whether the next paragraph begins with an opening double mark."""
    at = end
    while at < len(text) and text[at].isspace():
        at += 1
    return text.startswith(('"', "''", *_OPENS), at)


def _with_singles(text: str, start: int, end: int, doubles: list[_Pair], goes_on: bool) -> Iterator[Quotation]:
    """The quotations of one paragraph; single marks pair within the stretches that double marks cut it into."""
    doubles.sort(key=lambda p: (p.start, -p.end))
    singles = _SINGLE.search(text, start, end) is not None
    ends: list[int] = []
    stretches: list[tuple[int, int]] = [(start, 0)]  # where a stretch begins, and the depth there
    for pair in doubles:
        while ends and ends[-1] <= pair.start:
            over = ends.pop()
            if singles:
                stretches.append((over, len(ends)))
        depth = len(ends)
        yield Quotation(
            pair.start,
            pair.end,
            pair.inner_start,
            pair.inner_end,
            depth,
            False,
            goes_on and not pair.closed,
            pair.continued,
        )
        ends.append(pair.end)
        if singles:
            stretches.append((pair.inner_start, depth + 1))
    if not singles:
        return
    while ends:
        stretches.append((ends.pop(), len(ends)))
    bounds = [*(at for at, _ in stretches[1:]), end]
    closing = {pair.end: pair.inner_end for pair in doubles}
    opening = {pair.inner_start: pair.start for pair in doubles}
    for (left, depth), right in zip(stretches, bounds, strict=True):
        stop = min(closing.get(right, right), opening.get(right, right))
        for opened, closed in _pair_singles(text, left, stop):
            yield Quotation(opened, closed + 1, opened + 1, closed, depth, single=True)


def _pair_singles(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Pairs of single marks between `start` and `end`; apostrophes are told apart by their neighbours.

    A closing mark after "s" may be a plural's possessive ("the rebels’ demand"): it closes only where
    no better one follows before the next opening mark.
    """
    opened: int | None = None
    doubtful: int | None = None
    for mark in _SINGLE.finditer(text, start, end):
        at = mark.start()
        before = text[at - 1] if at > start else " "
        after = text[at + 1] if at + 1 < end else " "
        if mark.group() != "’" and (before.isspace() or before in '([—–-―“"«') and not after.isspace():
            if opened is not None and doubtful is not None:
                yield opened, doubtful
            opened, doubtful = at, None
        elif opened is not None and mark.group() in "'’" and not before.isspace() and not after.isalnum():
            if at == opened + 1:
                opened = None
            elif before == "s" and after.isspace():
                doubtful = at if doubtful is None else doubtful
            else:
                yield opened, at
                opened = doubtful = None
    if opened is not None and doubtful is not None:
        yield opened, doubtful
