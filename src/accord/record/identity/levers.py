"""Levers across reports: one holder, target, instrument and state, told within days of each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from accord.model.findings import Lever
from accord.record.clusters import join_alike
from accord.record.identity.scene import Days, Scene
from accord.record.linking import Bonds, Edge

LOOK_BACK = 3  # days before its report that an undated lever is taken to be news of


class LeverTraits(msgspec.Struct, frozen=True, array_like=True):
    """What identity of levers goes by."""

    place: str
    report: str
    holder: str
    target: str
    instrument: str
    direction: str
    status: str
    days: Days


def lever_traits(lever: Lever, scene: Scene) -> LeverTraits:
    """The traits of one lever of a reading."""
    date = scene.when(lever.date)
    days = Days.of(date)
    if not (date and date.known) and scene.days.end is not None and scene.days.start is not None:
        days = Days(scene.days.start - LOOK_BACK, scene.days.end)
    return LeverTraits(
        place=scene.place(lever.evidence[0]),
        report=lever.evidence[0].report,
        holder=scene.cast.side(lever.holder),
        target=scene.cast.side(lever.target) if lever.target else "",
        instrument=lever.instrument,
        direction=lever.direction,
        status=lever.status,
        days=days,
    )


class LeverRule:
    """How levers are told apart."""

    name = "levers"
    form = LeverTraits

    def keys(self, node: LeverTraits) -> tuple[Iterable[str], Iterable[str]]:
        """By all that must be the same, the days apart."""
        found = (f"{node.holder}:{node.target}:{node.instrument}:{node.direction}:{node.status}",)
        return found, found

    def likeness(self, a: LeverTraits, b: LeverTraits) -> float:
        """1 where nothing differs and both have days that meet."""
        if a.report == b.report or a.days.length is None or b.days.length is None or contradict(a, b):
            return 0.0
        return 1.0

    def clusters(self, nodes: Mapping[str, LeverTraits], edges: Sequence[Edge], bonds: Bonds) -> list[list[str]]:
        """All whose days meet."""
        return join_alike(nodes, edges, bonds, lambda node: node, contradict).all()


def contradict(a: LeverTraits, b: LeverTraits) -> bool:
    """Whether two levers cannot be one: any part differs, or their days do not meet."""
    mine = (a.holder, a.target, a.instrument, a.direction, a.status)
    return mine != (b.holder, b.target, b.instrument, b.direction, b.status) or not a.days.meets(b.days)
