"""Where each party stands on each proposition: its statements in time, the latest of them, and what is unclear."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from accord.bargaining.rules import RANK, Rules
from accord.model.actor import Actor
from accord.model.findings import Issue, Position, Stance, Strength
from accord.model.table import LeftOut

Key = tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """One party on one proposition. `positions` come latest first; `clash` tells of contrary words on the last day."""

    party: str
    positions: tuple[Position, ...]
    clash: bool = False

    @property
    def stance(self) -> Stance:
        """The latest stance."""
        return self.positions[0].shared_stance

    @property
    def strength(self) -> Strength:
        """The latest strength."""
        return self.positions[0].strength

    @property
    def ids(self) -> tuple[str, ...]:
        """The findings, the latest first."""
        return tuple(p.id for p in self.positions)


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
        return tuple(i for s in self.standings for i in s.ids)


def last_day(position: Position) -> dt.date | None:
    """The last day that the position's date allows, or None when it has no date."""
    return (position.date.end or position.date.start) if position.date else None


def propositions(
    positions: Sequence[Position], actors: Mapping[str, Actor], at: dt.date | None
) -> tuple[list[Proposition], list[LeftOut]]:
    """The positions up to `at` grouped by proposition, and what was left out of account.

    A proposition is a position's `key` where merging gave one, else its issue, focus and words. A person's position
    is that of the party it speaks for. Observers, media and unnamed speakers bind nobody.
    """
    groups: dict[Key, dict[str, list[Position]]] = {}
    left: list[LeftOut] = []
    for position in sorted(positions, key=lambda p: p.id):
        party, reason = _bound(position.party, actors)
        if reason:
            left.append(
                LeftOut(what=f"{position.shared} ({position.shared_stance})", why=reason, findings=(position.id,))
            )
        elif at is not None and position.date is not None and position.date.start and position.date.start > at:
            continue
        else:
            groups.setdefault(_key(position), {}).setdefault(party, []).append(position)
    found = []
    for key in sorted(groups):
        by_party = groups[key]
        everyone = [p for group in by_party.values() for p in group]
        found.append(
            Proposition(
                key=key,
                text=_wording(everyone),
                issue=everyone[0].issue,
                standings=tuple(_standing(party, by_party[party]) for party in sorted(by_party)),
            )
        )
    return found, left


def firmness(standing: Standing, at: dt.date | None, rules: Rules) -> float:
    """How much the party's statements on the proposition count together: strength, reports, recency."""
    return sum(
        rules.firm(p.strength) * len({e.report for e in p.evidence}) * _recency(p, at, rules)
        for p in standing.positions
    )


def _recency(position: Position, at: dt.date | None, rules: Rules) -> float:
    day = last_day(position)
    if day is None or at is None:
        return rules.undated
    return float(0.5 ** (max(0, (at - day).days) / rules.half_life))


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


def _wording(positions: Iterable[Position]) -> str:
    counts = Counter(p.shared.strip().rstrip(".") for p in positions)
    return min(counts, key=lambda text: (-counts[text], len(text), text))


def _standing(party: str, positions: list[Position]) -> Standing:
    def order(p: Position) -> tuple[bool, int, int, float, str]:
        day = last_day(p)
        return (day is None, -(day.toordinal() if day else 0), RANK[p.strength], -p.confidence, p.id)

    ordered = tuple(sorted(positions, key=order))
    latest = last_day(ordered[0])
    said = {p.shared_stance for p in ordered if last_day(p) == latest}
    return Standing(party=party, positions=ordered, clash=len(said) > 1)
