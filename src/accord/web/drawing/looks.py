"""The ways from the days that a picture shows to others, as links."""

from __future__ import annotations

import msgspec

from accord.web.asking import Asked
from accord.web.drawing.days import Window


class Look(msgspec.Struct, frozen=True):
    """A way to look at other days: what a button says, the query that asks for them, and the key that does the same."""

    words: str
    query: str
    key: str


def looks(asked: Asked, window: Window, whole: Window) -> tuple[Look, ...]:
    """The ways to other days from those of the window; `whole` is every day that there is something to see on."""

    ways = (
        ("Earlier", window.earlier, "ArrowLeft"),
        ("Later", window.later, "ArrowRight"),
        ("Nearer", window.nearer, "+"),
        ("Farther", window.farther, "-"),
        ("All days", whole, "0"),
    )
    return tuple(
        Look(words, asked.replaced(since=days.since, until=days.until), key)
        for words, days, key in ways
        if days != window
    )
