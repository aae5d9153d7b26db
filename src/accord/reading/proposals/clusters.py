"""Which mentions of a report are of one proposal: by kind, by what tells it from others, by what takes it up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from accord.model.findings import ProposalKind
from accord.model.vocabulary.proposals import proposal_words
from accord.reading.proposals.deals import Deal
from accord.reading.proposals.steps import Step

_FAMILY: dict[ProposalKind, str] = {"partial-truce": "ceasefire", "framework": "peace-plan"}
_MUTUAL = frozenset({"agreed", "signed", "in-force", "stalled"})
_FARTHEST_IT = 70  # tokens back to the proposal that "it" takes up
_SAME_NOUN = 200  # tokens that the same noun makes up for
_OPEN_NOUN = 40  # tokens that a noun for all kinds ("deal") makes up for
_FAINT = frozenset({"withdrawal", "guarantee"})


@dataclass
class Cluster:
    """One proposal of a report: its mentions and steps in the order of the text."""

    deals: list[Deal] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    @property
    def kind(self) -> ProposalKind | None:
        """The kind that its mentions tell, the first that tells one."""
        return next((d.kind for d in self.deals if d.kind), None)

    @property
    def family(self) -> str | None:
        """Its kind, where kinds that one proposal may have count as one."""
        return _family(self.kind)

    def all(self, what: str) -> frozenset[str]:
        """The words, numbers or names of all mentions."""
        return frozenset(w for d in self.deals for w in getattr(d, what))

    @property
    def owners(self) -> frozenset[str]:
        """Whose proposal it is, by possessives and by who proposed it."""
        proposers = (p for s in self.steps if s.status == "proposed" for p in s.by)
        return frozenset((*(o for d in self.deals for o in d.owners), *proposers))

    @property
    def sides(self) -> frozenset[str]:
        """The parties between whom it is, where at least two are told."""
        found = {p for d in self.deals for p in d.parties}
        mutual = {*_MUTUAL, "proposed"} if self.kind == "exchange" else _MUTUAL
        found |= {p for s in self.steps if s.status in mutual and len(s.by) > 1 for p in s.by}
        return frozenset(found)


def cluster(deals: Iterable[Deal], steps: Iterable[Step]) -> list[Cluster]:
    """The proposals of a report, in the order in which they are first mentioned."""
    by_deal: dict[int, list[Step]] = {}
    loose: list[Step] = []
    told: dict[int, Deal] = {}
    for step in steps:
        if step.deal is None:
            loose.append(step)
        else:
            by_deal.setdefault(step.deal.at, []).append(step)
            told[step.deal.at] = step.deal
    everything = {d.at: d for d in deals} | told
    clusters: list[Cluster] = []
    for at in sorted(everything):
        noun = everything[at].noun
        if noun is not None and noun.takes_up and at not in by_deal:
            continue
        _place(everything[at], by_deal.get(at, []), clusters)
    for step in loose:
        home = _latest(step, clusters)
        if home is not None:
            home.steps.append(step)
    for one in clusters:
        one.steps.sort(key=lambda s: s.at.i)
    return clusters


def _place(deal: Deal, steps: list[Step], clusters: list[Cluster]) -> None:
    home = _home(deal, steps, clusters)
    if home is None:
        if deal.taken_up:
            return  # "the end", "an exchange": no proposal unless one was told before
        home = Cluster()
        clusters.append(home)
    home.deals.append(deal)
    home.steps.extend(steps)


def _home(deal: Deal, steps: list[Step], clusters: list[Cluster]) -> Cluster | None:
    """The proposal that a mention takes up: the latest that nothing speaks against, the same noun first."""
    open_ = [c for c in clusters if not _clash(deal, steps, c)]
    if not open_:
        return None
    open_.sort(key=lambda c: _nearness(deal, c))
    if deal.kind is None or deal.taken_up:
        same = [c for c in open_ if any(_noun(d) == _noun(deal) for d in c.deals)]
        if deal.denied and not deal.taken_up:
            return next((c for c in reversed(open_) if c.family in (None, "peace-plan")), None)
        if deal.noun is not None and deal.noun.takes_up:
            return open_[-1] if open_[-1].deals[-1].at > deal.at - _FARTHEST_IT else None
        if deal.names and not deal.taken_up:
            return next((c for c in reversed(open_) if deal.names & c.all("names")), None)
        if deal.taken_up or not deal.definite:
            return same[-1] if same else None
        return next((c for c in reversed(open_) if c.steps or c.kind not in _FAINT), None)
    bare = deal.definite and not _own(deal) and deal.noun is not None and deal.noun.kind is not None
    told = [c for c in open_ if c.kind or (bare and c.deals[-1].at > deal.at - _FARTHEST_IT)]
    shared = [c for c in told if _own(deal) & frozenset().union(*(_own(d) for d in c.deals))]
    if deal.definite or not _own(deal):
        return next(reversed(shared or [c for c in told if c.kind] or told), None)
    shared = shared or [c for c in told if all(_in_headline(d) for d in c.deals)]
    return next(reversed(shared), None)


def _own(deal: Deal) -> frozenset[str]:
    """All that tells the proposal from others of its kind."""
    return deal.words | deal.numbers | deal.names | deal.places


def _nearness(deal: Deal, other: Cluster) -> int:
    """How late the proposal was mentioned before; one mentioned by the same noun counts as later."""
    if any(c.lower_ in ("this", "these") for c in deal.head.children):
        return max(d.at for d in other.deals)
    return max(d.at + _SAME_NOUN * (_noun(d) == _noun(deal)) + _OPEN_NOUN * _is_open(d) for d in other.deals)


def _is_open(deal: Deal) -> bool:
    """Whether the noun can be of any kind: "deal", "plan"."""
    return deal.noun is not None and deal.noun.kind is None


def _noun(deal: Deal) -> str:
    return deal.noun.lemma if deal.noun is not None else deal.head.lemma_.lower()


def _clash(deal: Deal, steps: list[Step], other: Cluster) -> bool:
    """Whether a mention cannot be of that proposal."""
    if deal.kind and other.family and _family(deal.kind) != other.family:
        return True
    if deal.definite and deal.head.tag_ == "NN" and other.deals and all(d.head.tag_ == "NNS" for d in other.deals):
        return True
    if not deal.definite and deal.head.tag_ == "NNS" and other.deals and all(d.head.tag_ == "NN" for d in other.deals):
        return True  # "new proposals" are none of the plan told before
    numbers, places = other.all("numbers"), other.all("places")
    if deal.numbers and numbers and not deal.numbers & numbers:
        return True
    if deal.places and places and not deal.places & places:
        return True
    theirs = frozenset(w for d in other.deals for w in _identity(d))
    if theirs and (mine := _identity(deal)) and not mine & theirs:
        return True
    proposers = {p for s in steps if s.status == "proposed" for p in s.by}
    before = {p for s in other.steps for p in s.by}
    if not deal.definite and proposers and before and not proposers & before:
        return True  # who had no part in the one before asks for one of its own
    if _opposed(deal.words, other.all("words")):
        return True
    if (
        deal.noun is not None
        and deal.noun.implied
        and deal.owners
        and other.owners
        and not set(deal.owners) & other.owners
    ):
        return True
    sides = {
        *deal.parties,
        *(p for s in steps for by in (s.by or (() if deal.definite else s.nearby),) if len(by) > 1 for p in by),
    }
    if deal.definite:
        return bool(sides and other.sides and not sides & other.sides)
    return bool(sides and other.sides and not sides <= other.sides and not other.sides <= sides)


def _in_headline(deal: Deal) -> bool:
    """Whether the mention stands in a first line without a full stop, which the text then tells again."""
    first = next(deal.head.doc.sents)
    last = next((t for t in reversed(first) if not t.is_space), None)
    return deal.at < first.end and last is not None and not last.is_punct


def _identity(deal: Deal) -> frozenset[str]:
    """By what a proposal is known: its number, its proper name, what it is limited to."""
    limits = deal.words & proposal_words().partial if not deal.definite else frozenset()
    return limits | deal.names | deal.numbers


def _opposed(one: frozenset[str], other: frozenset[str]) -> bool:
    return any((one & a and other & b) or (one & b and other & a) for a, b in proposal_words().opposed)


def _family(kind: ProposalKind | None) -> str | None:
    return _FAMILY.get(kind, kind) if kind else None


def _latest(step: Step, clusters: list[Cluster]) -> Cluster | None:
    """The proposal mentioned last before "it"."""
    before: Mapping[int, Cluster] = {
        d.at: c for c in clusters for d in c.deals if step.at.i - _FARTHEST_IT < d.at < step.at.i
    }
    before = {at: c for at, c in before.items() if any(s.at.i < step.at.i for s in c.steps)} or before
    return before[max(before)] if before else None
