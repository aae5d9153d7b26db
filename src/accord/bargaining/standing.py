"""Where each party stands on each proposition: its statements in time, the latest of them, and what is unclear."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from accord.bargaining.rules import RANK, Rules
from accord.model.actor import Actor
from accord.model.columns import Flags, Numbers, numbers
from accord.model.findings import Issue, Position, Stance, Strength
from accord.model.table import LeftOut

Key = tuple[str, ...]

_NEVER = 0
"""The day of a position without a date; other days are ordinals of the calendar."""
_STANCES: tuple[Stance, ...] = ("for", "against", "open")


@dataclass(frozen=True)
class Standing:
    """One party on one proposition: its `latest` position, and the `ids` of all, the latest first.

    `clash` tells of contrary words on the last day. `firm` is how much its statements on the proposition count
    together: strength, reports, recency. `red` are the positions that draw the red line of the latest stance.
    """

    party: str
    latest: Position
    ids: tuple[str, ...]
    clash: bool
    firm: float
    red: tuple[str, ...]

    @property
    def stance(self) -> Stance:
        """The latest stance."""
        return self.latest.shared_stance

    @property
    def strength(self) -> Strength:
        """The latest strength."""
        return self.latest.strength


@dataclass(frozen=True)
class Proposition:
    """A proposition with everybody who takes a position on it, in the order of their ids."""

    key: Key
    text: str
    issue: Issue
    standings: tuple[Standing, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The findings of all parties."""
        return tuple(chain.from_iterable(standing.ids for standing in self.standings))


def last_day(position: Position) -> dt.date | None:
    """The last day that the position's date allows, or None when it has no date."""
    return (position.date.end or position.date.start) if position.date else None


class _Columns(NamedTuple):
    """One number a position: its proposition, the party that it binds (or -1), its words, days, stance, weight.

    `stance` is to the proposition as parties share it, `own` to its own words.
    """

    key: Numbers
    party: Numbers
    words: Numbers
    first: Numbers
    last: Numbers
    stance: Numbers
    own: Numbers
    strength: Numbers
    reports: Numbers


class Spoken:
    """Positions as columns of numbers, worked out once: a table of some of them, at any day, is then soon set up.

    A proposition is a position's `key` where merging gave one, else its issue, focus and words. A person's position
    is that of the party it speaks for. Observers, media and unnamed speakers bind nobody.
    """

    def __init__(self, positions: Sequence[Position], actors: Mapping[str, Actor]) -> None:
        self.positions = positions
        bound = [_bound(position.party, actors) for position in positions]
        self._reasons = [reason for _, reason in bound]
        keys, words = [_key(p) for p in positions], [p.shared.strip().rstrip(".") for p in positions]
        self._keys = sorted(set(keys))
        self._parties = sorted({party for party, _ in bound})
        self._words = sorted(set(words), key=lambda text: (len(text), text))
        self._columns = _Columns(
            key=_codes(keys, self._keys),
            party=np.where([bool(r) for r in self._reasons], -1, _codes([p for p, _ in bound], self._parties)),
            words=_codes(words, self._words),
            first=numbers(_ordinal(p.date.start if p.date else None) for p in positions),
            last=numbers(_ordinal(last_day(p)) for p in positions),
            stance=numbers(_STANCES.index(p.shared_stance) for p in positions),
            own=numbers(_STANCES.index(p.stance) for p in positions),
            strength=numbers(RANK[p.strength] for p in positions),
            reports=numbers(len({e.report for e in p.evidence}) for p in positions),
        )
        self._ids = np.array([p.id for p in positions], dtype=object)
        self._by_id = np.array(sorted(range(len(positions)), key=lambda i: positions[i].id), dtype=np.int64)
        rank = np.empty(len(positions), dtype=np.int64)
        rank[self._by_id] = np.arange(len(positions))
        at, sure = self._columns, np.array([p.confidence for p in positions], dtype=np.float64)
        # by proposition and party, the latest first; of one day the firmest, then the surest
        self._order = np.lexsort((rank, -sure, at.strength, -at.last, at.last == _NEVER, at.party, at.key))

    def last_day(self, some: Flags) -> dt.date | None:
        """The last day that one of these positions names."""
        latest = int(self._columns.last[some].max(initial=_NEVER))
        return None if latest == _NEVER else dt.date.fromordinal(latest)

    def propositions(self, some: Flags, at: dt.date | None, rules: Rules) -> tuple[list[Proposition], list[LeftOut]]:
        """These positions (a flag each) up to `at` grouped by proposition, and what was left out of account."""
        left = [self._left_out(i) for i in self._by_id[(some & (self._columns.party < 0))[self._by_id]].tolist()]
        kept = some & (self._columns.party >= 0)
        if at is not None:
            kept &= self._columns.first <= at.toordinal()
        order = self._order[kept[self._order]]
        texts, standings = self._texts(order), self._standings(order, at, rules)
        found = [
            Proposition(
                key=self._keys[key],
                text=texts[key],
                issue=some_standings[0].latest.issue,
                standings=tuple(some_standings),
            )
            for key, some_standings in standings.items()
        ]
        return found, left

    def _left_out(self, place: int) -> LeftOut:
        position = self.positions[place]
        what = f"{position.shared} ({position.shared_stance})"
        return LeftOut(what=what, why=self._reasons[place] or "", findings=(position.id,))

    def _texts(self, order: Numbers) -> dict[int, str]:
        """The words in which each proposition is put most often, of these the shortest."""
        many = max(1, len(self._words))
        pairs, often = np.unique(self._columns.key[order] * many + self._columns.words[order], return_counts=True)
        key, words = pairs // many, pairs % many
        best = np.lexsort((words, -often, key))
        first = best[_starts(key[best])]
        return {int(key[i]): self._words[int(words[i])] for i in first}

    def _standings(self, order: Numbers, at: dt.date | None, rules: Rules) -> dict[int, list[Standing]]:
        """For each proposition the standings of the parties, in the order of their ids."""
        columns = _Columns(*(column[order] for column in self._columns))
        group = columns.key * max(1, len(self._parties)) + columns.party
        starts = _starts(group)
        number = np.cumsum(np.isin(np.arange(len(order)), starts)) - 1
        firm = np.bincount(number, weights=_weights(columns, at, rules), minlength=len(starts))
        latest = columns.last == columns.last[starts][number] if len(order) else np.zeros(0, dtype=np.bool_)
        said = np.zeros((len(starts), len(_STANCES)), dtype=np.bool_)
        said[number[latest], columns.stance[latest]] = True
        clash = said.sum(axis=1) > 1
        found: dict[int, list[Standing]] = {}
        places, ids = order.tolist(), self._ids[order]
        red = (columns.strength == RANK["red-line"]) & (columns.own == columns.own[starts][number])
        for i, (start, end) in enumerate(pairwise([*starts.tolist(), len(places)])):
            standing = Standing(
                party=self._parties[int(columns.party[start])],
                latest=self.positions[places[start]],
                ids=tuple(ids[start:end].tolist()),
                clash=bool(clash[i]),
                firm=float(firm[i]),
                red=tuple(ids[start:end][red[start:end]].tolist()),
            )
            found.setdefault(int(columns.key[start]), []).append(standing)
        return found


def _weights(columns: _Columns, at: dt.date | None, rules: Rules) -> NDArray[np.float64]:
    """How much each position counts."""
    firm = np.array([rules.firm(strength) for strength in RANK], dtype=np.float64)
    days, which = np.unique(columns.last, return_inverse=True)
    recent = np.array([_recency(int(day), at, rules) for day in days], dtype=np.float64)
    counts: NDArray[np.float64] = firm[columns.strength] * columns.reports * recent[which]
    return counts


def _recency(day: int, at: dt.date | None, rules: Rules) -> float:
    if day == _NEVER or at is None:
        return rules.undated
    return float(0.5 ** (max(0, at.toordinal() - day) / rules.half_life))


def _bound(party: str, actors: Mapping[str, Actor]) -> tuple[str, str | None]:
    actor = actors.get(party)
    if actor is None:
        return party, None
    if actor.kind == "person" and actor.party is not None and actor.party in actors:
        actor = actors[actor.party]
    if actor.observer:
        return actor.id, f"{actor.name} observes and binds no party"
    if actor.kind in ("media", "unnamed"):
        return actor.id, f"{actor.name} is not a party that could agree to anything"
    return actor.id, None


def _key(position: Position) -> Key:
    if position.key:
        return (position.issue, position.key)
    focus = "" if position.common else position.focus or ""
    return (position.issue, focus, " ".join(position.shared.casefold().split()).rstrip("."))


def _starts(codes: Numbers) -> Numbers:
    """Where each run of one code begins."""
    return np.flatnonzero(np.diff(codes, prepend=-1))


def _codes(values: Sequence[Any], known: Sequence[Any]) -> Numbers:
    place = {value: code for code, value in enumerate(known)}
    return numbers(place[value] for value in values)


def _ordinal(day: dt.date | None) -> int:
    return day.toordinal() if day else _NEVER
