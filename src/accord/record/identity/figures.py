"""Figures across reports: one number of one measure by one claimant at one time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from accord.model.findings import Figure
from accord.record.clusters import join_alike
from accord.record.identity.names import fold
from accord.record.identity.places import elsewhere, plain_place
from accord.record.identity.scene import Days, Scene
from accord.record.identity.wording import Wording
from accord.record.linking import Bonds, Edge

SAME = 0.5  # least likeness of two wordings of one measure, given that the numbers are the same
LOOK_BACK = 7  # days before its report that an undated figure is taken to be as of


class FigureTraits(msgspec.Struct, frozen=True, array_like=True):
    """What identity of figures goes by. `value` has the number and the bounds."""

    place: str
    report: str
    measure: Wording
    value: tuple[float, float | None, float | None]
    unit: str
    claimant: str
    days: Days
    site: str


def figure_traits(figure: Figure, scene: Scene) -> FigureTraits:
    """The traits of one figure of a reading."""
    date = scene.when(figure.date)
    days = Days.of(date)
    if not (date and date.known) and scene.days.end is not None and scene.days.start is not None:
        days = Days(scene.days.start - LOOK_BACK, scene.days.end)
    return FigureTraits(
        place=scene.place(figure.evidence[0]),
        report=figure.evidence[0].report,
        measure=scene.words(figure.measure),
        value=(figure.value, figure.low, figure.high),
        unit=fold(figure.unit or ""),
        claimant=scene.cast.side(figure.claimed_by) if figure.claimed_by else "",
        days=days,
        site=plain_place(figure.place),
    )


class FigureRule:
    """How figures are told apart."""

    name = "figures"
    form = FigureTraits

    def keys(self, node: FigureTraits) -> tuple[Iterable[str], Iterable[str]]:
        """By number and unit."""
        found = (f"{node.value[0]!r}:{node.unit}",)
        return found, found

    def likeness(self, a: FigureTraits, b: FigureTraits) -> float:
        """The likeness of the measures where all else agrees."""
        if a.report == b.report or a.days.length is None or b.days.length is None or contradict(a, b):
            return 0.0
        found = a.measure.likeness(b.measure)
        return found if found >= SAME else 0.0

    def clusters(self, nodes: Mapping[str, FigureTraits], edges: Sequence[Edge], bonds: Bonds) -> list[list[str]]:
        """Along likeness, as far as nothing clashes."""
        return join_alike(nodes, edges, bonds, lambda node: node, contradict).all()


def contradict(a: FigureTraits, b: FigureTraits) -> bool:
    """Whether two figures cannot be one: other numbers, units, claimants, places or days, clashing measures."""
    if a.value != b.value or a.unit != b.unit or not a.days.meets(b.days):
        return True
    if a.claimant and b.claimant and a.claimant != b.claimant:
        return True
    return elsewhere(a.site, b.site) or a.measure.clashes(b.measure)
