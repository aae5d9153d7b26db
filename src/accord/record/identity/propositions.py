"""Propositions across wordings and parties: one yes/no matter under one issue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from accord.model.findings import Position
from accord.model.ids import content_id
from accord.record.clusters import join_alike
from accord.record.identity.names import words_of
from accord.record.identity.scene import Scene
from accord.record.identity.wording import Wording, telling
from accord.record.linking import Bonds, Edge

SAME = 0.6  # least likeness of two wordings of one proposition (bench/merging.py, as for events)
SAME_FOCUS = 0.5  # the same where both name one focus
SHARED = 0.25  # the least Jaccard index that such a likeness can have, and so what blocks must find


class PropositionTraits(msgspec.Struct, frozen=True, array_like=True):
    """What identity of propositions goes by: the common form where there is one, else issue, focus and content."""

    place: str
    issue: str
    focus: str
    what: Wording
    common: str = ""


def proposition_traits(position: Position, scene: Scene) -> PropositionTraits:
    """The traits of the proposition that a position of a reading is on."""
    return PropositionTraits(
        place=scene.place(position.evidence[0]),
        issue=position.issue,
        focus="" if position.common else " ".join(words_of(position.focus or "")),
        what=Wording() if position.common else scene.words(position.proposition),
        common=position.common or "",
    )


def proposition_id(traits: PropositionTraits) -> str:
    """The id of a wording: the same for all positions of which all traits but the place are the same."""
    return content_id("pr", traits.issue, traits.focus, traits.what, traits.common)


class PropositionRule:
    """How propositions are told apart."""

    name = "propositions"
    form = PropositionTraits

    def keys(self, node: PropositionTraits) -> tuple[Iterable[str], Iterable[str]]:
        """By issue and word, and by issue and focus."""
        found = [f"{node.issue}:{word}" for word in telling(node.what.words, SHARED)]
        if node.focus:
            found.append(f"{node.issue}::{node.focus}")
        return found, found

    def likeness(self, a: PropositionTraits, b: PropositionTraits) -> float:
        """The likeness of the wordings where it is high enough and nothing clashes."""
        if contradict(a, b) or a.common or b.common:
            return 0.0
        found = a.what.likeness(b.what)
        return found if found >= (SAME_FOCUS if a.focus and a.focus == b.focus else SAME) else 0.0

    def clusters(self, nodes: Mapping[str, PropositionTraits], edges: Sequence[Edge], bonds: Bonds) -> list[list[str]]:
        """Along likeness, as far as nothing clashes."""
        return join_alike(nodes, edges, bonds, lambda node: node, contradict).all()


def contradict(a: PropositionTraits, b: PropositionTraits) -> bool:
    """Whether two wordings cannot state one matter: other issues, subjects, names or numbers, opposite words."""
    if a.common != b.common:
        return True
    if a.issue != b.issue or (a.what.lead and b.what.lead and a.what.lead != b.what.lead):
        return True
    return a.what.clashes(b.what)
