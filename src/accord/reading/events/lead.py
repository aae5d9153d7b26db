"""The first paragraph of a report tells what is new: what it tells as done without a date, its own date dates."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Span, Token

from accord.model.when import When
from accord.reading.context import Context
from accord.reading.events.acts import Act
from accord.reading.supposed import conditional_clause

_SENTENCES = 2  # further sentences of a long first paragraph tell the background
_LEAST = 8  # tokens; shorter lines are headlines, bylines and datelines


def dated_by_lead(acts: list[Act], context: Context) -> list[Act]:
    """The acts, those of the lead that are done and undated given the day of publication, where it is known."""
    day = context.document.report.published
    lead = _lead(context) if day else ()
    if day is None or not lead:
        return acts
    when = When.day(day)
    return [replace(a, date=when, why=(*a.why, "undated in the lead")) if _new(a, lead, context) else a for a in acts]


def _lead(context: Context) -> tuple[Span, ...]:
    """The first sentences of the first line that is a paragraph."""
    found: list[Span] = []
    for sentence in context.document.doc.sents:
        words = [t for t in sentence if not t.is_space]
        if not words:
            continue
        full = len(words) >= _LEAST and words[-1].text in (".", "”", '"', "'", "’")
        if not full and not found:
            continue
        found.append(sentence)
        if len(found) == _SENTENCES or "\n" in sentence[-1].text or not full:
            break
    return tuple(found)


def _new(act: Act, lead: tuple[Span, ...], context: Context) -> bool:
    if act.date is not None or act.status != "occurred":
        return False
    word = context.document.doc[act.at]
    return any(s.start <= act.at < s.end for s in lead) and _told_plainly(word, context)


def _told_plainly(word: Token, context: Context) -> bool:
    """Whether the act is told in the main clause, or as a circumstance of it, not as background nor on another day."""
    here = word
    for _ in range(12):
        if here.pos_ in ("VERB", "AUX") and _dated_back(here, context):
            return False  # "arrived on Monday for talks"
        if here.dep_ == "ROOT":
            return here.tag_ in ("VBD", "VBN", "VBZ", "VBP", "VBG")
        if here.dep_ in ("relcl", "poss") or here.lower_ in ("since", "until", "before", "despite", "over"):
            return False
        if here.dep_ == "advcl" and conditional_clause(here):
            return False
        here = here.head
    return False


def _dated_back(verb: Token, context: Context) -> bool:
    """Whether a verb tells its own day, not one to come: "invited them to talks next month"."""
    when, published = context.dates.of(verb), context.document.report.published
    return when is not None and not (published and when.start and when.start > published)
