"""Which propositions come to the table: those on which at least two parties differ, the most contested first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

from accord.bargaining.rules import Rules
from accord.bargaining.standing import Proposition
from accord.model.actor import Actor
from accord.model.findings import Issue
from accord.model.table import LeftOut

_ISSUES = get_args(Issue)


def choose(
    found: Sequence[Proposition], actors: Mapping[str, Actor], rules: Rules
) -> tuple[list[Proposition], list[LeftOut]]:
    """The propositions of the table, by issue and then by how contested they are; the others with the reason.

    Left out are propositions that one party alone speaks of, those on which all who speak agree, those on which
    nobody takes a side, and, past `rules.max_questions`, the least contested.
    """
    kept: list[tuple[float, Proposition]] = []
    left: list[LeftOut] = []
    for proposition in found:
        reason = _reason(proposition, actors)
        if reason:
            left.append(LeftOut(what=proposition.text, why=reason, findings=proposition.ids))
        else:
            kept.append((_contest(proposition), proposition))
    kept.sort(key=lambda pair: (-pair[0], pair[1].key))
    for _, proposition in kept[rules.max_questions :]:
        why = f"the table holds the {rules.max_questions} most contested questions; this one is less so"
        left.append(LeftOut(what=proposition.text, why=why, findings=proposition.ids))
    kept = kept[: rules.max_questions]
    kept.sort(key=lambda pair: (_ISSUES.index(pair[1].issue), -pair[0], pair[1].key))
    return [proposition for _, proposition in kept], left


def _reason(proposition: Proposition, actors: Mapping[str, Actor]) -> str | None:
    stances = {s.stance for s in proposition.standings}
    names = [actors[s.party].name if s.party in actors else s.party for s in proposition.standings]
    if len(names) < 2:
        return f"only {names[0]} takes a position on it"
    if stances == {"open"}:
        return "nobody takes a side: all who speak of it are open"
    if len(stances) == 1:
        return f"all who speak of it are {next(iter(stances))} it: {', '.join(names)}"
    return None


def _contest(proposition: Proposition) -> float:
    """The firmness of the weaker side; where one side is only open, half of its firmness."""
    sides = {"for": 0.0, "against": 0.0, "open": 0.0}
    for standing in proposition.standings:
        sides[standing.stance] += standing.firm
    opposed = min(sides["for"], sides["against"])
    return opposed if opposed else min(max(sides["for"], sides["against"]), sides["open"]) / 2
