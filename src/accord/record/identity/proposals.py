"""Proposals across reports: one deal, plan or truce under several names, with one history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from accord.model.findings import Proposal
from accord.record.clusters import join_alike
from accord.record.identity.scene import Days, Scene
from accord.record.identity.wording import Wording, telling
from accord.record.linking import Bonds, Edge

SAME = 0.6  # least likeness of two names of one proposal
FAR = 0.8  # the same where the parties of one are not told
GAP = 60  # days that may lie between what two reports tell of one proposal
SHARED = 0.25

_LIKE = {"partial-truce": "ceasefire", "framework": "peace-plan"}


class ProposalTraits(msgspec.Struct, frozen=True, array_like=True):
    """What identity of proposals goes by: kind, name, parties, period."""

    place: str
    report: str
    kind: str
    name: Wording
    sides: frozenset[str]
    days: Days


def proposal_traits(proposal: Proposal, scene: Scene) -> ProposalTraits:
    """The traits of one proposal of a reading."""
    steps = [Days.of(scene.when(step.date)) for step in proposal.history]
    known = [day for days in steps for day in (days.start, days.end) if day is not None]
    days = Days(min(known), max(known)) if known else scene.days
    by = tuple(dict.fromkeys((*proposal.by, *(one for step in proposal.history for one in step.by))))
    return ProposalTraits(
        place=scene.place(proposal.evidence[0]),
        report=proposal.evidence[0].report,
        kind=_LIKE.get(proposal.kind, proposal.kind),
        name=scene.words(proposal.name),
        sides=scene.sides(by),
        days=days,
    )


class ProposalRule:
    """How proposals are told apart."""

    name = "proposals"
    form = ProposalTraits

    def keys(self, node: ProposalTraits) -> tuple[Iterable[str], Iterable[str]]:
        """By kind and the words of the name."""
        found = [f"{node.kind}:{word}" for word in telling(node.name.words, SHARED)]
        return found, found

    def likeness(self, a: ProposalTraits, b: ProposalTraits) -> float:
        """The likeness of the names where parties and periods allow."""
        if contradict(a, b):
            return 0.0
        found = a.name.likeness(b.name)
        return found if found >= (SAME if a.sides & b.sides else FAR) else 0.0

    def clusters(self, nodes: Mapping[str, ProposalTraits], edges: Sequence[Edge], bonds: Bonds) -> list[list[str]]:
        """Along likeness, as far as nothing clashes."""
        return join_alike(nodes, edges, bonds, lambda node: node, contradict).all()


def contradict(a: ProposalTraits, b: ProposalTraits) -> bool:
    """Whether two proposals cannot be one: other kinds, other parties, clashing names, periods far apart."""
    if a.kind != b.kind or a.name.clashes(b.name):
        return True
    if a.sides and b.sides and a.sides.isdisjoint(b.sides):
        return True
    return not _widen(a.days).meets(b.days)


def _widen(days: Days) -> Days:
    return Days(
        None if days.start is None else days.start - GAP,
        None if days.end is None else days.end + GAP,
    )
