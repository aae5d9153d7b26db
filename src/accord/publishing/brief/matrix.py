"""The position matrix: parties by propositions, each cell the latest position and what it was before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from accord.model.findings import Position
from accord.publishing.brief.content import Cell, Matrix, Row, stood
from accord.publishing.brief.ground import Ground

_FIRST = dt.date.min
_FEW = 4  # columns that are kept even for parties with a single cell


def matter(position: Position) -> str:
    """What a position is about, across wordings and parties."""
    return position.key or position.shared


def histories(ground: Ground) -> dict[tuple[str, str], tuple[Position, ...]]:
    """For each (party, matter) its positions in time, the undated at the publication of their report."""
    found: dict[tuple[str, str], list[Position]] = {}
    for position in ground.seen.items(ground.record.positions):
        found.setdefault((position.party, matter(position)), []).append(position)
    return {key: tuple(sorted(some, key=lambda p: _day(ground, p))) for key, some in found.items()}


def matrix(ground: Ground, most_parties: int, most_rows: int) -> Matrix:
    """The matrix with the parties that hold most positions and the matters that are most contested.

    A row comes first when parties stand for and against it, then by its red lines, by how many parties hold
    a position on it, by how late it was spoken of. The rows kept are grouped by issue.
    """
    known = histories(ground)
    cells: dict[str, dict[str, Cell]] = {}
    latest: dict[str, Position] = {}
    for (party, about), positions in known.items():
        cells.setdefault(about, {})[party] = _cell(ground, positions)
        rival = latest.get(about)
        if rival is None or _day(ground, rival) < _day(ground, positions[-1]):
            latest[about] = positions[-1]

    def rank(about: str) -> tuple[bool, int, int, int, str]:
        some = cells[about].values()
        contested = {"for", "against"} <= {cell.stance for cell in some}
        red = sum(cell.strength == "red-line" for cell in some)
        return not contested, -red, -len(some), -_day(ground, latest[about]).toordinal(), about

    kept = sorted(cells, key=rank)[:most_rows]
    parties = _parties(ground, known.keys(), kept)[:most_parties]
    issue_rank = {issue: i for i, issue in reversed(list(enumerate(latest[about].issue for about in kept)))}
    kept.sort(key=lambda about: (issue_rank[latest[about].issue], rank(about)))
    return Matrix(
        parties=tuple(ground.name(party) for party in parties),
        rows=tuple(
            Row(
                issue=latest[about].issue,
                proposition=latest[about].shared,
                cells=tuple(cells[about].get(party) for party in parties),
            )
            for about in kept
        ),
        more=len(cells) - len(kept),
    )


def _parties(ground: Ground, keys: Iterable[tuple[str, str]], kept: list[str]) -> list[str]:
    counts: dict[str, tuple[int, int]] = {}
    for party, about in keys:
        shown, every = counts.get(party, (0, 0))
        counts[party] = (shown - (about in kept), every - 1)
    found = sorted((p for p, (shown, _) in counts.items() if shown), key=lambda p: (*counts[p], ground.name(p), p))
    often = [p for p in found if counts[p][0] <= -2]
    return often if len(often) >= _FEW else found[:_FEW]


def _day(ground: Ground, position: Position) -> dt.date:
    return ground.day(position.date, position.evidence) or _FIRST


def _cell(ground: Ground, positions: tuple[Position, ...]) -> Cell:
    latest = positions[-1]
    others = [p for p in positions if (p.shared_stance, p.strength) != (latest.shared_stance, latest.strength)]
    other = others[-1] if others else None
    earlier = other is not None and _day(ground, other) < _day(ground, latest)
    words = stood(other.shared_stance, other.strength) if other else None
    quoted = latest.evidence + (other.evidence[:1] if other else ())
    return Cell(
        stance=latest.shared_stance,
        strength=latest.strength,
        when=ground.shown_day(latest.date, latest.evidence),
        speaker=ground.name(latest.speaker) if latest.speaker else None,
        condition=latest.condition,
        was=words if earlier else None,
        beside=None if earlier or other is None or other.shared_stance == latest.shared_stance else words,
        quotes=ground.quotes(quoted),
        items=(latest.id, other.id) if other else (latest.id,),
    )
