"""The PLOVER type of what one named party does to another in a sentence: events without the rest of the reading.

For data sets that mark source and target and ask for the type. PLOVER (Open Event Data Alliance, Event Coding
Manual, section Event Categories) has what is only promised as AGREE, what is refused as REJECT and harm that is
only announced as THREATEN; `relation` follows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from accord.model.findings import EventStatus, EventType
from accord.model.vocabulary.appraisal import appraisal
from accord.model.vocabulary.events import Trigger
from accord.reading.actors import find_mentions
from accord.reading.document import Document
from accord.reading.events.arguments import Arguments, arguments
from accord.reading.events.counting import deep
from accord.reading.events.triggers import compounded, entries, fires
from accord.reading.mentions import Mentions
from accord.reading.modality import Standing, standing

_COOPERATIVE = frozenset({"CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
_HARMFUL = frozenset({"SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "PROTEST"})
_DECISIONS = frozenset({"order", "decide", "authorise", "authorize", "approve", "determine", "announce"})
_KINDS = {"person": "PERSON", "state": "STATE", "group": "STATE"}


@dataclass(frozen=True)
class Spans:
    """Source and target as tokens (end excluded), and who else the text names."""

    source: tuple[int, int]
    target: tuple[int, int]
    mentions: Mentions

    def kinds(self, word: Token) -> frozenset[str]:
        """The kinds of actor at this word; whatever is marked is an actor."""
        mention = self.mentions.covering(word)
        found = {_KINDS.get(self.mentions.actor(a).kind, "PARTY") for a in mention.actors} if mention else set()
        marked = any(start <= word.i < end for start, end in (self.source, self.target))
        return frozenset({"PARTY", *found}) if found or marked else frozenset()


@dataclass(frozen=True)
class Relation:
    """What the source does to the target: the type as PLOVER has it, and the word and entry that tell it."""

    type: EventType
    told: EventType
    status: EventStatus
    word: str
    score: float


def relation(document: Document, source: tuple[int, int], target: tuple[int, int]) -> Relation | None:
    """The type of what the source does to the target, by character spans of a parsed text; None where nothing tells."""
    doc = document.doc
    spans = Spans(_tokens(doc, source), _tokens(doc, target), find_mentions(document))
    best: Relation | None = None
    for word, trigger, around in _firing(doc, spans):
        score = _score(word, trigger, around, spans)
        real = standing(word)
        status = trigger.status or ("occurred" if _decided(real) else real.status)
        found = Relation(_told_as(trigger.coded, status), trigger.type, status, word.text, score)
        if best is None or found.score > best.score:
            best = found
    asked = _asked(doc, spans)
    return asked if asked is not None and (best is None or asked.score > best.score) else best


def _decided(real: Standing) -> bool:
    """Whether only a decision or an order stands over the act: the act itself is coded."""
    return bool(real.cues) and all(cue.split(":")[0] in _DECISIONS for cue in real.cues)


def _asked(doc: Doc, spans: Spans) -> Relation | None:
    """ "X says Y must do it": a request by the source of the target."""
    words = appraisal()
    for verb in doc:
        if not any(c.dep_ == "aux" and c.lemma_ in words.modals for c in verb.children) or verb.dep_ != "ccomp":
            continue
        subjects = tuple(c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass"))
        saying = verb.head
        speakers = tuple(c for c in saying.children if c.dep_ == "nsubj")
        if _any(speakers, spans.source) and (_any(subjects, spans.target) or _under(verb, spans.target)):
            return Relation("REQUEST", "REQUEST", "occurred", verb.text, 4.0)
    return None


def _tokens(doc: Doc, span: tuple[int, int]) -> tuple[int, int]:
    found = doc.char_span(*span, alignment_mode="expand")
    return (found.start, found.end) if found is not None else (0, 0)


def _firing(doc: Doc, spans: Spans) -> Iterator[tuple[Token, Trigger, Arguments]]:
    for word in doc:
        found = entries(word)
        if not found or compounded(word) or (spans.source[0] <= word.i < spans.source[1] and word.pos_ != "NOUN"):
            continue
        around = arguments(word)
        for trigger in found:
            if fires(trigger, around, spans):
                yield word, trigger, around
                break


def _score(word: Token, trigger: Trigger, around: Arguments, spans: Spans) -> float:
    """How well the word links source and target: the source as its doer, the target as what it is done to."""
    doers = (
        *around.subjects,
        *around.possessors,
        *around.modifiers,
        *around.company,
        *around.after("by", "from", "between", "of"),
    )
    suffers = (*around.objects, *(head for _, head in around.prepositions), *around.possessors, *around.modifiers)
    score = 0.0
    score += 3.0 if _any(around.subjects, spans.source) else 2.0 if _any(doers, spans.source) else 0.0
    score += 2.0 if _any(around.objects, spans.target) else 1.6 if _any(suffers, spans.target) else 0.0
    score += 1.0 * _under(word, spans.target) + 0.5 * _under(word, spans.source)
    if _any(around.objects, spans.source) and not _any(around.subjects, spans.source):
        score -= 0.5
    if trigger.pos == "NOUN":
        score -= 0.4
    score -= 0.6 * trigger.weak
    depth = sum(1 for _ in word.ancestors)
    return score - 0.08 * depth


def _any(words: tuple[Token, ...], span: tuple[int, int]) -> bool:
    """Whether one of the phrases headed by these words is, holds or is held by the span."""
    return any(_touches(w, span) or _touches(deep(w), span) for w in words)


def _touches(word: Token, span: tuple[int, int]) -> bool:
    if span[0] <= word.i < span[1]:
        return True
    return any(
        span[0] <= t.i < span[1]
        for t in word.subtree
        if t.dep_ in ("conj", "poss", "compound", "amod", "appos", "pobj", "nmod")
    )


def _under(word: Token, span: tuple[int, int]) -> bool:
    return any(word in (t, *t.ancestors) for t in word.doc[span[0] : span[1]])


def _told_as(kind: EventType, status: EventStatus) -> EventType:
    """PLOVER's type: promises are AGREE, refusals REJECT, announced harm THREATEN."""
    if status == "refused" and kind in (*_COOPERATIVE, "AGREE"):
        return "REJECT"
    if status in ("planned", "conditional") and kind in _COOPERATIVE:
        return "AGREE"
    if status in ("planned", "conditional") and kind in _HARMFUL:
        return "THREATEN"
    return kind
