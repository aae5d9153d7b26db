"""Propositions and standings by walking through the positions, as they are defined."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from accord.bargaining.rules import RANK, Rules
from accord.bargaining.standing import _bound, _key, last_day
from accord.model.actor import Actor
from accord.model.findings import Position

Key = tuple[str, ...]
Walked = dict[Key, tuple[str, dict[str, list[Position]]]]


def walked(
    positions: Sequence[Position], actors: Mapping[str, Actor], at: dt.date | None
) -> tuple[Walked, list[tuple[str, str]]]:
    """For each proposition its words and, by party, the positions, latest first; and what binds nobody, with why."""
    groups: dict[Key, dict[str, list[Position]]] = {}
    left: list[tuple[str, str]] = []
    for position in sorted(positions, key=lambda p: p.id):
        party, reason = _bound(position.party, actors)
        if reason:
            left.append((position.id, reason))
        elif not (at is not None and position.date is not None and position.date.start and position.date.start > at):
            groups.setdefault(_key(position), {}).setdefault(party, []).append(position)
    found = {}
    for key in sorted(groups):
        everyone = [p for group in groups[key].values() for p in group]
        found[key] = wording(everyone), {party: sorted(groups[key][party], key=order) for party in sorted(groups[key])}
    return found, left


def order(p: Position) -> tuple[bool, int, int, float, str]:
    """The latest first; of one day the firmest, then the surest."""
    day = last_day(p)
    return (day is None, -(day.toordinal() if day else 0), RANK[p.strength], -p.confidence, p.id)


def wording(positions: Iterable[Position]) -> str:
    """The words used most often, of these the shortest."""
    counts = Counter(p.shared.strip().rstrip(".") for p in positions)
    return min(counts, key=lambda text: (-counts[text], len(text), text))


def firmness(positions: Iterable[Position], at: dt.date | None, rules: Rules) -> float:
    """Strength times reports times recency, summed."""
    total = 0.0
    for p in positions:
        day = last_day(p)
        recent = rules.undated if day is None or at is None else 0.5 ** (max(0, (at - day).days) / rules.half_life)
        total += rules.firm(p.strength) * len({e.report for e in p.evidence}) * recent
    return total
