"""Proposals across reports: one deal, plan or truce under several names, with one history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from accord.model.findings import Proposal
from accord.model.vocabulary.matching import matching
from accord.record.clusters import join_alike
from accord.record.identity.scene import Days, Scene
from accord.record.identity.wording import Wording, telling
from accord.record.linking import Bonds, Edge

SAME = 0.5  # least likeness of what two names of one proposal have of their own: "Easter", "30-day", "energy sites"
SAME_NUMBER = 0.4  # the same where they share a number
GAP = 60  # days that may lie between what two reports tell of one proposal
GAP_BARE = 7  # the same where a name is bare ("the truce"), so that parties and days alone tell
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

    @property
    def own(self) -> frozenset[str]:
        """What the name says beyond the kind of thing that it names."""
        return frozenset(w for w in self.name.words - matching().bare if w[0] != "@")


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
        """By kind and the name's own words; bare names by kind and party."""
        words = [f"{node.kind}:{word}" for word in telling(node.own, SHARED)]
        sides = [f"{node.kind}:{side}" for side in sorted(node.sides)]
        return [*words, *sides], words if node.own else sides

    def likeness(self, a: ProposalTraits, b: ProposalTraits) -> float:
        """The likeness of what the names have of their own; for bare names that of the parties."""
        if contradict(a, b):
            return 0.0
        if a.own and b.own:
            shared = len(a.own & b.own)
            found = 0.5 * shared / len(a.own | b.own) + 0.5 * shared / min(len(a.own), len(b.own))
            numbers = a.name.numbers & b.name.numbers
            return found if found >= (SAME_NUMBER if numbers else SAME) else 0.0
        return 0.5 if a.sides and a.sides == b.sides and a.days.ends and b.days.ends else 0.0

    def clusters(self, nodes: Mapping[str, ProposalTraits], edges: Sequence[Edge], bonds: Bonds) -> list[list[str]]:
        """Along likeness, as far as nothing clashes."""
        return join_alike(nodes, edges, bonds, lambda node: node, contradict).all()


def contradict(a: ProposalTraits, b: ProposalTraits) -> bool:
    """Whether two proposals cannot be one: other kinds, other parties, clashing names, periods far apart."""
    if a.kind != b.kind or (a.sides and b.sides and a.sides.isdisjoint(b.sides)):
        return True
    if not _widen(a.days, max(GAP, GAP_BARE)).meets(b.days):
        return True  # before their words are asked: most pairs that are looked at lie years apart
    mine, theirs = a.own, b.own
    if (mine and theirs and mine.isdisjoint(theirs)) or a.name.clashes(b.name):
        return True
    return not _widen(a.days, GAP if mine and theirs else GAP_BARE).meets(b.days)


def _widen(days: Days, by: int) -> Days:
    return Days(None if days.start is None else days.start - by, None if days.end is None else days.end + by)
