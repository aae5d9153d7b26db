"""The lives of proposals as lanes: each step a mark, undated ones where the order of the telling allows."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import msgspec

from accord.model.findings import Proposal, ProposalStep
from accord.web.desk import Scene
from accord.web.drawing.days import NEVER_AFTER, NEVER_BEFORE, OWN, Window, day_of
from accord.web.drawing.lanes import Mark, packed, place_mark
from accord.web.seeing import Seeing

_ROWS, _ROW, _WIDTH = 8, 24, 600.0
_BEGINS, _ENDS = "in-force", frozenset({"violated", "expired", "rejected", "stalled"})


class Force(msgspec.Struct, frozen=True):
    """A stretch in which a proposal is in force, as far as the record tells: until it is broken off or the end."""

    x: float
    wide: float


class Life(msgspec.Struct, frozen=True, kw_only=True):
    """The lane of a proposal. `start` and `end` are where its first and last steps stand, None where none can stand.

    `unplaced` counts the steps of which nothing tells when they were.
    """

    proposal: Proposal
    marks: tuple[Mark, ...]
    force: tuple[Force, ...]
    start: float | None
    end: float | None
    height: int
    unplaced: int


class _Placed(msgspec.Struct, frozen=True):
    """A step with the days on which it can have been, as ordinals."""

    step: ProposalStep
    first: int
    last: int
    own: bool


def life(scene: Scene, see: Seeing, proposal: Proposal, window: Window) -> Life:
    """The lane of a proposal in a window."""
    placed = tuple(_placed(scene, proposal))
    marks = [_mark(scene, see, proposal, one, window) for one in placed]
    in_rows, _, rows = packed(marks, max(_ROWS, len(marks)), _WIDTH)
    places = [mark.x for mark in marks]
    return Life(
        proposal=proposal,
        marks=in_rows,
        force=tuple(_in_force(placed, marks)),
        start=min(places, default=None),
        end=max(places, default=None),
        height=_ROW * max(1, rows) + 8,
        unplaced=len(proposal.history) - len(placed),
    )


def _placed(scene: Scene, proposal: Proposal) -> Iterator[_Placed]:
    """The steps that can be placed, in the record's order, which is that of the telling.

    A step without a date comes after the step told before it, before the one told next, and not after its report.
    Several such steps in a row share those days out between them.
    """
    days = scene.index.days
    known = [day_of(step.date, step.evidence[0].report, days) for step in proposal.history]
    dated = [how == OWN for _, _, how in known]
    for place, step in enumerate(proposal.history):
        first, last, _ = known[place]
        if dated[place]:
            yield _Placed(step, first, last, True)
            continue
        before = max((i for i in range(place) if dated[i]), default=-1)
        after = next((i for i in range(place, len(known)) if dated[i]), len(known))
        low = _begin(known[before]) if before >= 0 else NEVER_BEFORE
        high = min(last, _begin(known[after]) if after < len(known) else NEVER_AFTER)
        if low == NEVER_BEFORE and high == NEVER_AFTER:
            continue
        high = max(low, high)
        if low > NEVER_BEFORE and high < NEVER_AFTER:
            share, turn = (high - low + 1) / (after - before - 1), place - before - 1
            low, high = int(low + share * turn), int(low + share * (turn + 1) - 1e-9)
        yield _Placed(step, low, max(low, high), False)


def _begin(days: tuple[int, int, int]) -> int:
    return days[0] if days[0] > NEVER_BEFORE else days[1]


def _mark(scene: Scene, see: Seeing, proposal: Proposal, one: _Placed, window: Window) -> Mark:
    step = one.step
    by = f" by {', '.join(dict.fromkeys(scene.names.name(key) for key in step.by))}" if step.by else ""
    day = see.day(step.date, step.evidence)
    when = day if one.own else f"no day given{', ' + day if day else ''}"
    quoted = see.quotes(step.evidence, 1)
    made = place_mark(
        window,
        (one.first, one.last, OWN),
        item=f"{proposal.id}-{step.evidence[0].report}-{step.evidence[0].start}-{step.status}",
        look=step.status,
        words=f"{proposal.name}: {step.status}{by}, {when}",
        href=see.sentence(proposal.id, quoted[0]) if quoted else f"/items/{quote(proposal.id, safe='')}",
    )
    if one.own:
        return made
    # with nothing told before it, it can have been any day until its report: a mark says so as well as a long bar
    return msgspec.structs.replace(made, told=True, start=None if one.first <= NEVER_BEFORE else made.start)


def _in_force(placed: tuple[_Placed, ...], marks: list[Mark]) -> Iterator[Force]:
    """From each beginning of force to the step that ends it, the next step at all being no reason to end."""
    order = sorted(range(len(marks)), key=lambda i: (marks[i].x, i))
    since: float | None = None
    for i in order:
        status = placed[i].step.status
        if status == _BEGINS and since is None:
            since = marks[i].x
        elif status in _ENDS and since is not None:
            yield Force(since, round(marks[i].x - since, 3))
            since = None
