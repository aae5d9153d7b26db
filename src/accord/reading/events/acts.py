"""An act as found at one place of a report, before mentions of the same act are put together."""

from __future__ import annotations

from dataclasses import dataclass

from accord.model.findings import EventStatus, EventType
from accord.model.when import When


@dataclass(frozen=True)
class Act:
    """One mention of an event. `at` is the token that tells it, `start` to `end` (excluded) the tokens of its evidence.

    `topic` holds the lemmas of what the act is about: two demands by one party are one event only if they meet.
    `heads`: the lemmas of its objects, and its own for a noun;
    `definite`: told as known ("the talks"); `mutual`: all participants are actors; `condition`: on a condition;
    `hypothetical`: in the condition itself;
    `inferred`: participants come from elsewhere in the report; `weak`: the word often means something else;
    `apart`: told as another than the one before; `headline`: told in a headline, which the text tells again;
    `doer`: a noun says who does it, named or not;
    `anaphor`: a noun that only takes up an act told before;
    `told`: a verb tells that it took or takes place; `mediated`: only those who brought the parties together are named.
    """

    at: int
    type: EventType
    mode: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    status: EventStatus
    date: When | None
    place: str | None
    chain: tuple[str, ...]
    start: int
    end: int
    topic: frozenset[str]
    why: tuple[str, ...]
    definite: bool = False
    noun: bool = False
    heads: frozenset[str] = frozenset()
    lemma: str = ""
    mutual: bool = False
    condition: bool = False
    told: bool = False
    apart: bool = False
    headline: bool = False
    inferred: bool = False
    weak: bool = False
    doer: bool = False
    hypothetical: bool = False
    mediated: bool = False
    anaphor: bool = False
