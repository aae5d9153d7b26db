"""Marks on lanes: which rows they take so that none covers another, and how many are in each stretch of days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from accord.web.drawing.days import NEVER_AFTER, NEVER_BEFORE, OWN, Window

REACH = 12.0
"""Half the size of a mark with the space around it, in pixels: 24 is what a finger hits."""

WIDTH = 720.0
"""The narrowest that a picture is drawn, in pixels: what does not meet there meets nowhere."""


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A mark for an item: at `x` percent, with a bar of `wide` percent from `start` where it is of several days.

    `moment` is the ordinal at which it stands. `told` says that it stands on the day of its report because it has no
    day of its own; `before` and `after` that its days are open at that end, or go on beyond the picture.
    """

    item: str
    look: str
    words: str
    href: str
    x: float
    moment: float
    start: float | None = None
    wide: float = 0.0
    told: bool = False
    before: bool = False
    after: bool = False
    row: int = 0


class More(msgspec.Struct, frozen=True, kw_only=True):
    """Marks for which there is no room, by their number, and the days on which they stand."""

    x: float
    count: int
    days: Window


def place_mark(window: Window, days: tuple[int, int, int], *, item: str, look: str, words: str, href: str) -> Mark:
    """The mark for something of these days (first, last, and how it comes by them)."""
    first, last, how = days
    if how != OWN:  # on the last day on which it can have been told
        first = last
    opens, goes = first <= NEVER_BEFORE, last >= NEVER_AFTER
    begin, end = max(first, window.first), min(last, window.last)
    if begin > end:  # all of it lies beyond
        begin = end = window.first if last < window.first else window.last
    # the end that is known where the other is open, else the middle of what is to be seen
    if opens and last <= window.last:
        moment = end + 0.5
    elif goes and first >= window.first:
        moment = begin + 0.5
    else:
        moment = (begin + end + 1) / 2
    start, wide = window.wide(begin, end)
    return Mark(
        item=item,
        look=look,
        words=words,
        href=href,
        x=window.at(moment),
        moment=moment,
        start=None if first == last else start,
        wide=wide,
        told=how != OWN,
        before=first < window.first,
        after=last > window.last,
    )


def packed(marks: Iterable[Mark], rows: int, width: float = WIDTH) -> tuple[tuple[Mark, ...], tuple[More, ...], int]:
    """The marks in rows such that none covers another at `width` pixels, what has no room, and the rows taken."""
    reaches = sorted(
        ((mark.start is None, *_reach(mark, width), mark.item, mark) for mark in marks), key=lambda one: one[:4]
    )
    taken: list[list[tuple[float, float]]] = []
    kept, left = [], []
    for _, low, high, _, mark in reaches:  # what lasts first: it needs a row that is free for long
        row = next((i for i, busy in enumerate(taken) if all(high <= a or b <= low for a, b in busy)), len(taken))
        if row == rows:
            left.append(mark)
            continue
        if row == len(taken):
            taken.append([])
        taken[row].append((low, high))
        kept.append(msgspec.structs.replace(mark, row=row))
    kept.sort(key=lambda mark: (mark.x, mark.row))  # who goes through them goes through time
    return tuple(kept), _gathered(left, width), len(taken)


def _reach(mark: Mark, width: float) -> tuple[float, float]:
    at = mark.x * width / 100
    low, high = at - REACH, at + REACH
    if mark.start is not None:
        low, high = min(low, mark.start * width / 100), max(high, (mark.start + mark.wide) * width / 100)
    return low, high


def _gathered(marks: Sequence[Mark], width: float) -> tuple[More, ...]:
    """Marks without room, those near each other together."""
    groups: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda one: (one.x, one.item)):
        if groups and (mark.x - groups[-1][0].x) * width / 100 < 3 * REACH:
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return tuple(
        More(
            x=group[0].x,
            count=len(group),
            days=Window(min(int(m.moment) for m in group), max(int(m.moment) for m in group)),
        )
        for group in groups
    )
