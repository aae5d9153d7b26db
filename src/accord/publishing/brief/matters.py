"""Proposals and what became of them; discrepancies with all their sides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from accord.model.evidence import Evidence
from accord.model.findings import Discrepancy, Proposal
from accord.publishing.brief.content import Line, Part, Section, listed, name, plain
from accord.publishing.brief.ground import Ground

_LIVE = dt.date.min
_STEPS = 5  # of a long history the first and the last are told


def proposals(ground: Ground, most: int) -> Section:
    """Each proposal with its history in time, those that moved last first."""
    some = latest_first(ground, ground.seen.items(ground.record.proposals))
    return Section(
        key="proposals",
        title="Proposals and their fate",
        lines=tuple(_proposal(ground, proposal) for proposal in some[:most]),
        more=max(0, len(some) - most),
        nothing="No proposal is on record.",
    )


def discrepancies(ground: Ground, most: int) -> Section:
    """Where reports disagree, the most certain first, without a verdict."""
    some = sorted(ground.seen.discrepancies, key=lambda d: (-d.confidence, d.id))
    return Section(
        key="discrepancies",
        title="Where reports disagree",
        lines=tuple(_discrepancy(ground, found) for found in some[:most]),
        more=max(0, len(some) - most),
        nothing="No two claims of this record exclude each other.",
    )


def latest_first(ground: Ground, some: Iterable[Proposal]) -> list[Proposal]:
    """The proposals that moved last first."""
    return sorted(some, key=lambda p: (-_last(ground, p).toordinal(), -p.confidence, p.id))


def _last(ground: Ground, proposal: Proposal) -> dt.date:
    """The day of its latest step; what is dated after the last publication is announced, and has not moved yet."""
    days = (ground.day(step.date, step.evidence) or _LIVE for step in proposal.history)
    return max((day for day in days if ground.last is None or day <= ground.last), default=_LIVE)


def _proposal(ground: Ground, proposal: Proposal) -> Line:
    by = (plain(", "), *listed(ground.names(proposal.by))) if proposal.by else ()
    parts: list[Part] = [name(proposal.name), plain(f" ({proposal.kind.replace('-', ' ')})"), *by, plain(": ")]
    history = sorted(proposal.history, key=lambda step: ground.day(step.date, step.evidence) or _LIVE)
    shown_steps = history if len(history) <= _STEPS else [history[0], *history[1 - _STEPS :]]
    for place, step in enumerate(shown_steps):
        shown = ground.shown_day(step.date, step.evidence)
        gap = place == 1 and len(shown_steps) < len(history)
        parts += [plain(" → … → " if gap else " → ")] if place else []
        parts += [Part(step.status, "strong")] + ([plain(" "), Part(shown, "date")] if shown else [])
        parts += [plain(" "), *_refs(ground, step.evidence)]
    evidence = tuple(e for step in shown_steps for e in step.evidence[:1])
    return Line(parts=tuple(parts), quotes=ground.quotes(evidence), items=(proposal.id,))


def _discrepancy(ground: Ground, found: Discrepancy) -> Line:
    said = any(claim.value == found.about for claim in found.claims)
    parts: list[Part] = [] if said else [Part(found.about, "term"), plain(": ")]
    for place, claim in enumerate(found.claims):
        parts += [plain(" against ")] if place else []
        parts.append(Part(claim.value, "strong"))
        parts += [plain(" ("), name(ground.name(claim.by)), plain(")")] if claim.by else []
        parts += [plain(" "), *_refs(ground, claim.evidence)]
    evidence = tuple(e for claim in found.claims for e in claim.evidence[:1])
    return Line(parts=tuple(parts), quotes=ground.quotes(evidence), items=(found.id,))


def _refs(ground: Ground, evidence: tuple[Evidence, ...]) -> tuple[Part, ...]:
    return tuple(Part(quote.ref, "ref") for quote in ground.quotes(evidence[:1]))
