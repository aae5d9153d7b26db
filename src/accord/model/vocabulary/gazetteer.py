"""Places, leaders and given names, each from a generated file under `data/`: weak evidence about a name."""

from __future__ import annotations

import datetime as dt
from functools import cache

import msgspec

from accord.model.vocabulary.door import load

LEADERS_UNTIL = dt.date(2026, 6, 30)
"""After this day a leader of the list, made in late 2025, may well have left office, so the list no longer counts."""


class Leader(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who led a state, since when and until when (None: still when the list was made). `state` is its code."""

    surname: str
    state: str
    since: dt.date
    until: dt.date | None = None


@cache
def places() -> dict[str, tuple[str, ...]]:
    """Provinces and large cities, each with the codes of the states that have one of that name."""
    return load("places.json", dict[str, tuple[str, ...]])


@cache
def given_names() -> frozenset[str]:
    """Words that can be a given name, in plain letters; they say nothing of sex."""
    return frozenset(load("given_names.json", tuple[str, ...]))


@cache
def _leaders() -> dict[str, tuple[Leader, ...]]:
    found: dict[str, tuple[Leader, ...]] = {}
    for leader in load("leaders.json", tuple[Leader, ...]):
        found[leader.surname] = (*found.get(leader.surname, ()), leader)
    return found


def leader(surname: str, on: dt.date | None) -> Leader | None:
    """The one head of state or government of that surname who was in office on that day, if there is just one.

    Without a day every leader of the list fits, so ask only for somebody whom the report calls by an office.
    """
    fitting = {
        one.state: one
        for one in _leaders().get(surname, ())
        if on is None or one.since <= on <= (one.until or LEADERS_UNTIL)
    }
    return next(iter(fitting.values())) if len(fitting) == 1 else None
