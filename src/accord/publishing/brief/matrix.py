"""The position matrix: parties by propositions, each cell the latest position and what it was before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from accord.model.findings import Position
from accord.model.query import ISSUES
from accord.publishing.brief.content import Cell, Matrix, Row, stood
from accord.publishing.brief.ground import Ground

_FIRST = dt.date.min


def histories(ground: Ground) -> dict[tuple[str, str], tuple[Position, ...]]:
    """For each (party, proposition) its positions in time, the undated at the publication of their report."""
    found: dict[tuple[str, str], list[Position]] = {}
    for position in ground.seen.items(ground.record.positions):
        found.setdefault((position.party, position.proposition), []).append(position)
    return {key: tuple(sorted(some, key=lambda p: _day(ground, p))) for key, some in found.items()}


def matrix(ground: Ground, most_parties: int, most_rows: int) -> Matrix:
    """The matrix with the parties that hold most positions and the propositions that are most contested.

    A row comes first when parties stand for and against it, then by its red lines, by how many parties hold
    a position on it, by how late it was spoken of. The rows kept are grouped by issue.
    """
    known = histories(ground)
    propositions: dict[str, dict[str, Cell]] = {}
    issues: dict[str, Position] = {}
    last: dict[str, dt.date] = {}
    for (party, proposition), positions in known.items():
        propositions.setdefault(proposition, {})[party] = _cell(ground, positions)
        issues.setdefault(proposition, positions[-1])
        last[proposition] = max(last.get(proposition, _FIRST), _day(ground, positions[-1]))

    def rank(proposition: str) -> tuple[bool, int, int, int, str]:
        cells = propositions[proposition].values()
        stances = {cell.stance for cell in cells}
        red = sum(cell.strength == "red-line" for cell in cells)
        return not {"for", "against"} <= stances, -red, -len(cells), -last[proposition].toordinal(), proposition

    kept = sorted(propositions, key=rank)[:most_rows]
    parties = _parties(ground, known.keys(), kept)[:most_parties]
    issue_rank = {issue: i for i, issue in reversed(list(enumerate(issues[p].issue for p in kept)))}
    kept.sort(key=lambda p: (issue_rank[issues[p].issue], ISSUES.index(issues[p].issue), rank(p)))
    return Matrix(
        parties=tuple(ground.name(party) for party in parties),
        rows=tuple(
            Row(issue=issues[p].issue, proposition=p, cells=tuple(propositions[p].get(party) for party in parties))
            for p in kept
        ),
        more=len(propositions) - len(kept),
    )


def _parties(ground: Ground, keys: Iterable[tuple[str, str]], kept: list[str]) -> list[str]:
    counts: dict[str, tuple[int, int]] = {}
    for party, proposition in keys:
        shown, every = counts.get(party, (0, 0))
        counts[party] = (shown - (proposition in kept), every - 1)
    return sorted((p for p, (shown, _) in counts.items() if shown), key=lambda p: (*counts[p], ground.name(p), p))


def _day(ground: Ground, position: Position) -> dt.date:
    return ground.day(position.date, position.evidence) or _FIRST


def _cell(ground: Ground, positions: tuple[Position, ...]) -> Cell:
    latest = positions[-1]
    others = [p for p in positions if (p.stance, p.strength) != (latest.stance, latest.strength)]
    other = others[-1] if others else None
    earlier = other is not None and _day(ground, other) < _day(ground, latest)
    words = stood(other.stance, other.strength) if other else None
    quoted = latest.evidence + (other.evidence[:1] if other else ())
    return Cell(
        stance=latest.stance,
        strength=latest.strength,
        when=ground.shown_day(latest.date, latest.evidence),
        speaker=ground.name(latest.speaker) if latest.speaker else None,
        condition=latest.condition,
        was=words if earlier else None,
        beside=None if earlier or other is None or other.stance == latest.stance else words,
        quotes=ground.quotes(quoted),
        items=(latest.id, other.id) if other else (latest.id,),
    )
