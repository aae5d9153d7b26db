"""Positions across reports: one stance of one party, told on one day by several. All else is a history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from accord.model.findings import Position
from accord.record.clusters import join_alike
from accord.record.identity.scene import Days, Scene
from accord.record.identity.wording import Wording
from accord.record.linking import Bonds, Edge

SAME = 0.4  # least likeness of wording: a key can be wider than what two positions say


class PositionTraits(msgspec.Struct, frozen=True, array_like=True):
    """What identity of positions goes by. `published` is a day, or the report's id where the day is not known."""

    place: str
    report: str
    party: str
    key: str
    stance: str
    strength: str
    speaker: str
    published: str
    days: Days
    what: Wording


def position_traits(position: Position, key: str, scene: Scene) -> PositionTraits:
    """The traits of one position of a reading that is on the proposition `key`."""
    return PositionTraits(
        place=scene.place(position.evidence[0]),
        report=position.evidence[0].report,
        party=scene.cast.side(position.party),
        key=key,
        stance=position.shared_stance,
        strength=position.strength,
        speaker=scene.cast.one(position.speaker) if position.speaker else "",
        published=scene.published.isoformat() if scene.published else scene.report,
        days=Days.of(scene.when(position.date)),
        what=scene.words(position.proposition),
    )


class PositionRule:
    """How positions are told apart."""

    name = "positions"
    form = PositionTraits

    def keys(self, node: PositionTraits) -> tuple[Iterable[str], Iterable[str]]:
        """By all that must be the same."""
        found = (f"{node.party}:{node.key}:{node.stance}:{node.published}",)
        return found, found

    def likeness(self, a: PositionTraits, b: PositionTraits) -> float:
        """1 where two reports of one day tell one stance of one party on one proposition."""
        return 0.0 if a.report == b.report or contradict(a, b) else 1.0

    def clusters(self, nodes: Mapping[str, PositionTraits], edges: Sequence[Edge], bonds: Bonds) -> list[list[str]]:
        """All that nothing keeps apart."""
        return join_alike(nodes, edges, bonds, lambda node: node, contradict).all()


def contradict(a: PositionTraits, b: PositionTraits) -> bool:
    """Whether two positions are two entries of a history: any part differs, or two persons speak."""
    same = (a.party, a.key, a.stance, a.strength, a.published) == (b.party, b.key, b.stance, b.strength, b.published)
    if a.what.clashes(b.what) or a.what.likeness(b.what) < SAME:
        return True
    two = a.speaker and b.speaker and a.speaker != b.speaker
    return not same or bool(two) or not a.days.meets(b.days)
