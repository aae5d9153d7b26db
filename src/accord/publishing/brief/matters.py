"""Proposals and what became of them; discrepancies with all their sides."""

from __future__ import annotations

import datetime as dt

from accord.model.evidence import Evidence
from accord.model.findings import Discrepancy, Proposal
from accord.publishing.brief.content import Line, Part, Section, listed, name, plain
from accord.publishing.brief.ground import Ground

_LIVE = dt.date.min
_STEPS = 5  # of a long history the first and the last are told


def proposals(ground: Ground, most: int) -> Section:
    """Each proposal with its history in time, those that moved last first."""
    every, shown = ground.record.proposals, ground.first("proposals", ground.known.proposal_order, most)
    return Section(
        key="proposals",
        title="Proposals and their fate",
        lines=tuple(_proposal(ground, every[place]) for place in shown),
        more=len(ground.places("proposals")) - len(shown),
        nothing="No proposal is on record.",
    )


def discrepancies(ground: Ground, most: int) -> Section:
    """Where reports disagree, the most certain first, without a verdict."""
    every, shown = ground.record.discrepancies, ground.first("discrepancies", ground.known.discrepancy_order, most)
    return Section(
        key="discrepancies",
        title="Where reports disagree",
        lines=tuple(_discrepancy(ground, every[place]) for place in shown),
        more=len(ground.places("discrepancies")) - len(shown),
        nothing="No two claims of this record exclude each other.",
    )


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
