"""The position matrix: parties by propositions, each cell the latest position and what it was before."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import numpy as np

from accord.model.columns import Flags, Numbers
from accord.publishing.brief.content import Cell, Matrix, Row, stood
from accord.publishing.brief.ground import Ground
from accord.publishing.brief.known import AGAINST, FOR, RED

_FIRST = dt.date.min.toordinal()
_FEW = 4  # columns that are kept even for parties with a single cell


def histories(ground: Ground) -> Numbers:
    """The places of the positions that pass the filter, by party and matter, then in time.

    The undated stand at the publication of their report, and before all others where that is not known either.
    """
    order = ground.known.stands.order
    found: Numbers = order[ground.seen.passing("positions")[order]]
    return found


class _Groups(NamedTuple):
    """The histories of parties on matters, a row a history: where it starts and ends in `places`, and its last day."""

    places: Numbers
    start: Numbers
    end: Numbers
    day: Numbers

    @classmethod
    def of(cls, ground: Ground) -> _Groups:
        known, places = ground.known, histories(ground)
        start = np.flatnonzero(np.diff(known.stands.group[places], prepend=-1))
        end = np.append(start[1:], len(places))[: len(start)]
        return cls(places, start, end, np.maximum(known.day_of("positions")[places[end - 1]], _FIRST))

    @property
    def last(self) -> Numbers:
        """The place of the latest position of each."""
        return self.places[self.end - 1]


class _Matters(NamedTuple):
    """Matters, the most contested first: each with the row of the history that was spoken of last."""

    matter: Numbers
    latest: Numbers


def matrix(ground: Ground, most_parties: int, most_rows: int) -> Matrix:
    """The matrix with the parties that hold most positions and the matters that are most contested.

    A row comes first when parties stand for and against it, then by its red lines, by how many parties hold
    a position on it, by how late it was spoken of. The rows kept are grouped by issue.
    """
    stands, positions = ground.known.stands, ground.record.positions
    groups = _Groups.of(ground)
    matters = _ranked(ground, groups)
    kept = _Matters(*(column[:most_rows] for column in matters))
    parties = _parties(ground, groups, kept)[:most_parties]
    latest = [positions[int(groups.last[row])] for row in kept.latest]
    issues = list(dict.fromkeys(position.issue for position in latest))
    by_issue = sorted(range(len(latest)), key=lambda place: issues.index(latest[place].issue))
    row_of = {
        (int(stands.party[groups.last[row]]), int(stands.matter[groups.last[row]])): row
        for row in np.flatnonzero(np.isin(stands.matter[groups.last], kept.matter)).tolist()
    }
    return Matrix(
        parties=tuple(ground.name(ground.known.keys[party]) for party in parties),
        rows=tuple(
            Row(
                issue=latest[place].issue,
                proposition=latest[place].shared,
                cells=tuple(_cell(ground, groups, row_of.get((party, int(kept.matter[place])))) for party in parties),
            )
            for place in by_issue
        ),
        more=len(matters.matter) - len(kept.matter),
    )


def _ranked(ground: Ground, groups: _Groups) -> _Matters:
    """The matters that are spoken of, the most contested first."""
    stands, last = ground.known.stands, groups.last
    matter, stance, many = stands.matter[last], stands.stance[last], len(stands.matters)
    # of several histories that end on one day the one that the record tells first speaks for the matter
    first = np.minimum.reduceat(groups.places, groups.start) if len(last) else last
    order = np.lexsort((first, -groups.day, matter))
    latest = order[np.flatnonzero(np.diff(matter[order], prepend=-1))]
    spoken = matter[latest]

    def count(some: Flags) -> Numbers:
        found: Numbers = np.bincount(matter[some], minlength=many)[spoken]
        return found

    contested = (count(stance == FOR) > 0) & (count(stance == AGAINST) > 0)
    red, parties = count(stands.strength[last] == RED), count(np.ones(len(last), dtype=np.bool_))
    rank = np.lexsort((spoken, -groups.day[latest], -parties, -red, ~contested))
    return _Matters(spoken[rank], latest[rank])


def _parties(ground: Ground, groups: _Groups, kept: _Matters) -> list[int]:
    known, last = ground.known, groups.last
    party, many = known.stands.party[last], len(known.keys)
    inside = np.isin(known.stands.matter[last], kept.matter)
    shown, every = np.bincount(party[inside], minlength=many), np.bincount(party, minlength=many)
    found = np.flatnonzero(shown)
    found = found[np.lexsort((known.by_name[found], -every[found], -shown[found]))]
    often = found[shown[found] >= 2]
    kept_parties: list[int] = (often if len(often) >= _FEW else found[:_FEW]).tolist()
    return kept_parties


def _cell(ground: Ground, groups: _Groups, row: int | None) -> Cell | None:
    if row is None:
        return None
    known, positions = ground.known, ground.record.positions
    places = groups.places[groups.start[row] : groups.end[row]]
    said = known.stands.stance[places] * 3 + known.stands.strength[places]
    differing = np.flatnonzero(said != said[-1])
    latest = positions[int(places[-1])]
    other = positions[int(places[differing[-1]])] if len(differing) else None
    days = known.day_of("positions")
    earlier = other is not None and bool(days[places[differing[-1]]] < days[places[-1]])
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
