"""What a request changes on the negotiating table: the words of a what-if, in the query and in the form of the page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlencode

import msgspec
from fastapi import Request

from accord.errors import TableError
from accord.model.table import Table
from accord.web.asking import Asked
from accord.workbench.changes import WORDS

_NUMBERS = {"r": "reservation", "w": "weight"}
"""Fields of the form that hold a party's number: `r.PARTY` and `w.PARTY`."""
_MOST = 200
_LONGEST = 300


class Play(msgspec.Struct, frozen=True, kw_only=True):
    """The table that a page plays with: the filters that set it up, the day it is of, and the changes to it."""

    asked: Asked
    at: str
    changes: tuple[tuple[str, str], ...]

    @property
    def setting(self) -> tuple[tuple[str, str], ...]:
        """What sets up the table, as typed."""
        return (*self.asked.typed, ("at", self.at)) if self.at else self.asked.typed

    @property
    def query(self) -> str:
        """The address of this table with these changes."""
        return urlencode((*self.setting, *self.changes))

    def has(self, word: str, named: str) -> bool:
        """Whether a change is made."""
        return (word, named) in self.changes

    def number(self, word: str, party: str, otherwise: float) -> float:
        """A party's number as changed, or as it was."""
        for known, named in self.changes:
            who, _, value = named.partition(" = ")
            if known == word and who == party:
                return float(value)
        return otherwise

    def also(self, more: Iterable[tuple[str, str]]) -> str:
        """The address with further changes; a number given again takes the place of the old one."""
        new = tuple(more)
        taken = {(word, named.partition(" = ")[0]) for word, named in new}
        kept = [(w, n) for w, n in self.changes if (w, n.partition(" = ")[0]) not in taken]
        return "&".join(map(_asked, (*self.setting, *kept, *new)))


@lru_cache(maxsize=4096)
def _asked(pair: tuple[str, str]) -> str:
    """One part of an address; a page has the same ones in many."""
    return urlencode((pair,))


def play_of(request: Request, asked: Asked) -> Play:
    """What the query asks for. Raises TableError when it asks for too much."""
    changes: list[tuple[str, str]] = []
    for key, value in request.query_params.multi_items():
        if key in WORDS and value.strip():
            changes.append((key, value.strip()[:_LONGEST]))
    if len(changes) > _MOST:
        raise TableError(f"table: at most {_MOST} changes at a time; got {len(changes)}")
    at = request.query_params.get("at", "").strip()[:10]
    return Play(asked=asked, at=at, changes=tuple(dict.fromkeys(changes)))


def with_numbers(request: Request, play: Play, table: Table) -> Play:
    """The same with the numbers of the form's fields, where they are not as the table has them."""
    changes = list(play.changes)
    for key, value in request.query_params.multi_items():
        kind, _, party = key.partition(".")
        word = _NUMBERS.get(kind)
        known = next((one for one in table.parties if one.id == party), None)
        if word is None or known is None or not value.strip():
            continue
        was = known.reservation.value if word == "reservation" else known.weight.value
        if _differs(value, was):
            changes.append((word, f"{party} = {value.strip()[:20]}"))
    return msgspec.structs.replace(play, changes=tuple(dict.fromkeys(changes)))


def _differs(typed: str, was: float) -> bool:
    try:
        return abs(float(typed) - was) > 0.0005
    except ValueError:
        return True  # what is no number is said so when the change is made
