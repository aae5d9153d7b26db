"""Proposals of one report: mentions and steps found, put together, with names, terms and evidence."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from accord.model.evidence import Evidence
from accord.model.findings import Proposal, ProposalKind, ProposalStep
from accord.model.ids import content_id
from accord.model.vocabulary.proposals import proposal_words
from accord.model.when import When
from accord.reading.context import Context
from accord.reading.events.arguments import VERBS, happening, lender_of
from accord.reading.events.spans import clause
from accord.reading.proposals.clusters import Cluster, cluster
from accord.reading.proposals.deals import Deals
from accord.reading.proposals.hands import Hands
from accord.reading.proposals.naming import name, naming_deal, terms
from accord.reading.proposals.steps import SHARED, Step, Steps

_WARLIKE = frozenset({"ceasefire", "partial-truce", "exchange", "guarantee", "withdrawal"})
_MAKERS = ("proposed", "agreed", "signed", "accepted", "in-force")


def extract(context: Context) -> tuple[Proposal, ...]:
    """Every deal, plan, truce or exchange of which the report tells a step, in the order of the text."""
    hands = Hands(context)
    deals = Deals(context, hands)
    steps = Steps(context, deals, hands).find()
    clusters = [one for one in cluster(deals.free, steps) if one.steps]
    told = (
        hands.met
        or any(one.kind in _WARLIKE for one in clusters)
        or not proposal_words().setting.isdisjoint(t.lemma_.lower() for t in context.document.doc)
    )
    found = (_proposal(one, context) for one in clusters if one.kind or told)
    return tuple(proposal for proposal in found if proposal is not None)


def _proposal(one: Cluster, context: Context) -> Proposal | None:
    kind = one.kind or next((d.then for d in one.deals if d.then), None)
    if kind is None:
        return None
    groups = _merged(one, context)
    history = tuple(_step(group, context) for group in groups)
    called = name(one, context.document.doc)
    by = _makers([group[0] for group in groups], one)
    report = context.document.report
    shown = context.document.evidence(*_span(naming_deal(one).head, context))
    evidence = tuple(dict.fromkeys((*(step.evidence[0] for step in history), shown)))
    return Proposal(
        id=content_id("pr", report.id, called, kind, by, evidence[0].start),
        name=called,
        kind=_kind(kind, one),
        by=by,
        terms=terms(one, context),
        history=history,
        evidence=evidence,
        confidence=max(step.confidence for step in history),
        why=tuple(dict.fromkeys(note for group in groups for note in _why(group[0]))),
    )


def _kind(kind: ProposalKind, one: Cluster) -> ProposalKind:
    """A ceasefire that any mention limits is a partial truce."""
    return "partial-truce" if kind == "ceasefire" and any(d.kind == "partial-truce" for d in one.deals) else kind


def _why(step: Step) -> tuple[str, ...]:
    noun = step.deal.head.text if step.deal is not None else "it"
    return (f"{step.status}: {step.rule} with {noun!r}", *step.why)


def _merged(one: Cluster, context: Context) -> list[list[Step]]:
    """The steps of a proposal, each group one step, its fullest mention first; in the order of the text."""
    groups: list[list[Step]] = []
    for step in _filled(one):
        home = next((g for g in groups if _same(g, step) and not _apart(g, step, context)), None)
        if home is None:
            groups.append([step])
        else:
            home.append(step)
    return [sorted(g, key=lambda s: (-_fullness(s), s.at.i)) for g in groups]


def _same(group: list[Step], step: Step) -> bool:
    if group[0].status != step.status:
        return False
    mine, theirs = {p for s in group for p in s.by}, set(step.by)
    return not mine or not theirs or mine <= theirs or theirs <= mine


def _apart(group: list[Step], step: Step, context: Context) -> bool:
    """Whether the steps were taken on days that cannot be one: "agreed on Friday", "had agreed last January"."""
    mine = _date(step, context)
    days = [when for when in (_date(s, context) for s in group) if when is not None]
    return mine is not None and any(when.known and mine.known and not mine.meets(when) for when in days)


def _fullness(step: Step) -> float:
    named = 0 if step.deal is None else 1 + 0.2 * len(step.deal.words)
    return 2 * len(step.by) + named + step.confidence


def _filled(one: Cluster) -> list[Step]:
    """The steps with the parties of the proposal where a step that all take names none."""
    named = dict.fromkeys((*(p for d in one.deals for p in d.parties), *_of_shared(one)))
    sides = tuple(named) if len(named) > 1 else ()
    found: list[Step] = []
    for step in one.steps:
        by, status = step.by, step.status
        if step.assent and len(by) < 2 and _offered_to(by, one, step):
            status = "accepted"
        if not by and step.status in SHARED:
            by = sides or step.nearby
        found.append(replace(step, status=status, by=by))
    return found


def _offered_to(by: tuple[str, ...], one: Cluster, step: Step) -> bool:
    """Whether somebody else proposed it before, or the party itself refused it before: then it now accepts."""
    last = step.at.sent.end
    before = [s for s in one.steps if s.at.i < last]
    return any(
        (s.status == "proposed" and set(s.by) - set(by)) or (s.status == "rejected" and set(s.by) & set(by))
        for s in before
    )


def _of_shared(one: Cluster) -> tuple[str, ...]:
    """Who agreed, signed or kept it: its parties."""
    for status in ("agreed", "signed", "in-force", "stalled", "accepted"):
        by = [p for s in one.steps if s.status == status for p in s.by]
        if len(set(by)) > 1:
            return tuple(dict.fromkeys(by))
    return tuple(p for s in one.steps if s.status == "signed" for p in s.by)


def _step(group: list[Step], context: Context) -> ProposalStep:
    first = group[0]
    evidence: list[Evidence] = []
    for step in group:
        here = context.document.evidence(*_span(step.at, context, step))
        if here not in evidence:
            evidence.append(here)
    return ProposalStep(
        status=first.status,
        by=tuple(dict.fromkeys((*(p for step in group for p in step.signers), *first.by))),
        date=next((when for step in group if (when := _date(step, context)) is not None), None),
        evidence=tuple(evidence),
        confidence=round(min(0.95, max(s.confidence for s in group) + 0.04 * (len(group) - 1)), 2),
    )


def _date(step: Step, context: Context) -> When | None:
    when = context.dates.of(step.at)
    if when is None and step.at.pos_ not in VERBS:
        verb = lender_of(step.at) or happening(step.at)
        when = context.dates.of(verb) if verb is not None else None
    return when


def _span(at: Token, context: Context, step: Step | None = None) -> tuple[int, int]:
    """Characters of the clause that tells a step, with the mention in it."""
    doc = context.document.doc
    start, end = clause(at)
    if step is not None and step.deal is not None and step.deal.head.sent.start == step.at.sent.start:
        start, end = min(start, step.deal.head.left_edge.i), max(end, step.deal.at + 1)
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def _makers(history: list[Step], one: Cluster) -> tuple[str, ...]:
    """Who made the proposal or are its parties."""
    for status in _MAKERS:
        by = tuple(dict.fromkeys(p for step in history if step.status == status for p in step.by))
        if by:
            return by
    owners = tuple(dict.fromkeys(p for d in one.deals for p in (*d.owners, *d.parties)))
    return owners or tuple(dict.fromkeys(p for step in history for p in step.by))
