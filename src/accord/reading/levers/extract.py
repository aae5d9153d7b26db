"""Levers of one report: what is held by whom over whom, one item for each holder, target, instrument and state."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Token

from accord.model.findings import Lever
from accord.model.ids import content_id
from accord.model.vocabulary.modality import modality_cues
from accord.reading.context import Context
from accord.reading.events.spans import clause
from accord.reading.levers.ends import Ends
from accord.reading.levers.pulls import Pull, find_pulls
from accord.reading.levers.reality import Amount, amount
from accord.reading.proposals.hands import Hands

_MOST_ENDS = 3
_Key = tuple[str, str | None, str, str, str]


@dataclass(frozen=True)
class _Found:
    holder: str
    target: str | None
    pull: Pull
    amount: Amount

    @property
    def key(self) -> _Key:
        return self.holder, self.target, self.pull.instrument, self.amount.direction, self.amount.status

    @property
    def confidence(self) -> float:
        score = 0.75 * self.amount.share + 0.05 * (self.target is not None) - 0.12 * (self.target is None)
        return round(min(0.9, score), 2)


def extract(context: Context) -> tuple[Lever, ...]:
    """Every lever that the report tells of, in the order of the text."""
    ends = Ends(context, Hands(context))
    groups: dict[_Key, list[_Found]] = {}
    for pull in find_pulls(context):
        for one in _found(pull, ends):
            groups.setdefault(one.key, []).append(one)
    return tuple(_lever(context, group) for group in _once(_aimed(groups)))


def _once(groups: list[list[_Found]]) -> list[list[_Found]]:
    """Of what one sentence tells of one holder and instrument the surest: "would end their sentences and free them"."""
    best: dict[tuple[str, str, int], _Found] = {}
    for one in sorted((f for g in groups for f in g), key=lambda f: (-f.confidence, f.pull.at.i)):
        best.setdefault((one.holder, one.pull.instrument, one.pull.at.sent.start), one)
    kept: list[list[_Found]] = []
    for group in groups:
        own = [f for f in group if best[f.holder, f.pull.instrument, f.pull.at.sent.start].pull is f.pull]
        if own:
            kept.append(own)
    return kept


def _aimed(groups: dict[_Key, list[_Found]]) -> list[list[_Found]]:
    """The groups, one without a target joined to one of the same holder and instrument that has one."""
    found: dict[_Key, list[_Found]] = {}
    for key, group in groups.items():
        home = key
        if key[1] is None:
            aimed = [other for k, other in groups.items() if k[0] == key[0] and k[1] is not None]
            aimed.sort(key=lambda other: (other[0].pull.instrument != key[2], _gap(other[0], group[0])))
            home = (key[0], aimed[0][0].target if aimed else None, *key[2:])
        found.setdefault(home, []).extend(replace(one, target=home[1]) for one in group)
    return list(found.values())


def _found(pull: Pull, ends: Ends) -> list[_Found]:
    told = amount(pull)
    if told is None or not ends.is_aimed(pull) or (told.status in ("threatened", "offered") and ends.is_observed(pull)):
        return []
    holders = ends.holders(pull)
    if pull.instrument == "prisoners" and len(holders) > 1:
        return []  # an exchange: neither holds anything over the other any more
    found: list[_Found] = []
    for holder in holders[:_MOST_ENDS]:
        targets = tuple(t for t in ends.targets(pull, holder) if t not in holders)
        found.extend(_Found(holder, target, pull, told) for target in targets[:_MOST_ENDS] or (None,))
    return found


def _governing(cue: Token) -> Token:
    """The verb that an infinitive or gerund hangs on: "threatened to recall the envoy and to cut aid"."""
    here = cue
    while here.dep_ in ("xcomp", "conj", "pcomp") and here.head.pos_ in ("VERB", "AUX") and not _is_finite(here):
        here = here.head
    return here


def _is_finite(verb: Token) -> bool:
    helpers = ("MD", "VBD", "VBZ", "VBP")
    return verb.tag_ in helpers or any(c.tag_ in helpers and c.dep_ in ("aux", "auxpass") for c in verb.children)


def _gap(one: _Found, other: _Found) -> int:
    """Tokens between two finds."""
    return abs(one.pull.at.i - other.pull.at.i)


def _span(pull: Pull) -> tuple[int, int]:
    """Characters of the clause that tells it, "if" and all."""
    doc = pull.at.doc
    start, end = clause(_governing(pull.cue))
    start, end = min(start, pull.at.i), max(end, pull.at.i + 1, clause(pull.cue)[1])
    if start > pull.at.sent.start and doc[start - 1].lower_ in modality_cues().condition_marks:
        start -= 1
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def _lever(context: Context, group: list[_Found]) -> Lever:
    group = sorted(group, key=lambda f: (-f.confidence, f.pull.at.i))
    first, report = group[0], context.document.report
    evidence = []
    for one in group:
        here = context.document.evidence(*_span(one.pull))
        if here not in evidence:
            evidence.append(here)
    pull = first.pull
    return Lever(
        id=content_id("le", report.id, *first.key, evidence[0].start),
        holder=first.holder,
        target=first.target,
        instrument=pull.instrument,
        direction=first.amount.direction,
        status=first.amount.status,
        date=context.dates.of(pull.cue),
        evidence=tuple(evidence),
        confidence=first.confidence,
        why=(f"{pull.effect} {pull.at.text!r} by {pull.cue.text!r}", *first.amount.why),
    )
