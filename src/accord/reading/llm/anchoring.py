"""From a model's items to findings: kept only where the report has their words, their names and their numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from accord.model.evidence import Evidence, Span
from accord.model.findings import (
    Event,
    Figure,
    Finding,
    Lever,
    Position,
    Proposal,
    ProposalStep,
    Statement,
    StatementMode,
)
from accord.model.ids import content_id
from accord.model.when import When
from accord.reading.dates.alone import resolve
from accord.reading.llm import numerals
from accord.reading.llm.answers import steps
from accord.reading.llm.budget import Account
from accord.reading.llm.cast import Cast
from accord.reading.llm.chunks import Chunk
from accord.reading.llm.forms import Counted, Happened, Held, Offered, Said, Stepped, Stood
from accord.reading.llm.haystack import Found, Haystack

CONFIDENCE = 0.5
"""Of every item of a model's. It is no measured rate: nobody can know how often an arbitrary model is right."""
_LONGEST_QUOTE, _LONGEST_WORDING = 1000, 200
_LEAST_WORDS = 2  # a single word is found anywhere and supports nothing
_QUOTES = "\"“”„«»‘’'"
_TWO_DAYS = dt.date(2001, 2, 6), dt.date(2018, 8, 23)  # far apart in year, month and week


class _Unanchored(Exception):
    """Why an item is not kept."""


class Anchoring:
    """Anchors the items of the answers about one report. `why` opens the reasons of each finding."""

    def __init__(self, haystack: Haystack, cast: Cast, account: Account, why: str) -> None:
        self._haystack, self._cast, self._account, self._why = haystack, cast, account, why
        self._report = haystack.report
        self._dates: dict[str, When] = {}

    def findings(self, layer: str, items: Iterable[Any], chunk: Chunk) -> Iterator[Finding]:
        """The findings among the items of one layer that were found in one chunk; the rest is counted."""
        makers: dict[str, Callable[[Any, Chunk], Finding]] = {
            "statements": self._statement,
            "events": self._event,
            "positions": self._position,
            "proposals": self._proposal,
            "levers": self._lever,
            "figures": self._figure,
        }
        make = makers[layer]
        for item in items:
            try:
                finding = make(item, chunk)
            except _Unanchored as reason:
                self._account.unanchored[layer, str(reason)] += 1
            else:
                self._account.kept[finding.evidence[0].anchor] += 1
                yield finding

    def _statement(self, item: Said, chunk: Chunk) -> Statement:
        quote = self._quote(item.quote, chunk)
        content = self._haystack.find(item.content, quote.start, quote.end)
        if content is None or not quote.start <= content.start < content.end <= quote.end:
            raise _Unanchored("the content is not in its quote")
        span = _bare(self._report.text, content)
        speaker = self._actor(item.speaker) if item.speaker else None
        return Statement(
            id=content_id("st", "llm", self._report.id, span, quote.start, quote.end, speaker),
            speaker=speaker,
            role=item.role,
            mode=_mode(self._report.text, *span),
            content=self._report.text[slice(*span)],
            content_span=Span(self._report.id, *span),
            **self._common(quote),
        )

    def _event(self, item: Happened, chunk: Chunk) -> Event:
        quote = self._quote(item.quote, chunk)
        actors, recipients = self._actors(item.actors), self._actors(item.recipients)
        place = self._words(item.place, chunk, "place")
        return Event(
            id=content_id("ev", "llm", self._report.id, quote.start, quote.end, item.type, item.status, actors),
            type=item.type,
            status=item.status,
            actors=actors,
            recipients=recipients,
            date=self._when(item.date_text, chunk),
            place=place,
            **self._common(quote),
        )

    def _position(self, item: Stood, chunk: Chunk) -> Position:
        quote = self._quote(item.quote, chunk)
        party = self._cast.binds(self._actor(item.party))
        proposition = self._wording(item.proposition, "proposition").rstrip(". ")
        key = (quote.start, quote.end, party, item.issue, proposition, item.stance)
        return Position(
            id=content_id("po", "llm", self._report.id, *key),
            party=party,
            speaker=self._actor(item.speaker) if item.speaker else None,
            issue=item.issue,
            proposition=proposition,
            stance=item.stance,
            strength=item.strength,
            condition=self._words(item.condition, chunk, "condition"),
            **self._common(quote),
        )

    def _proposal(self, item: Offered, chunk: Chunk) -> Proposal:
        name = self._wording(item.name, "name")
        by = self._actors(item.by)
        history = []
        for step in steps(item.history):
            try:
                history.append(self._step(step, chunk))
            except _Unanchored as reason:
                self._account.unanchored["steps of proposals", str(reason)] += 1
        if not history:
            raise _Unanchored("no step of its history is in the report")
        first = history[0].evidence[0]
        return Proposal(
            id=content_id("pr", "llm", self._report.id, name, item.kind, [(s.status, s.evidence) for s in history]),
            name=name,
            kind=item.kind,
            by=by,
            history=tuple(dict.fromkeys(history)),
            **self._common(first),
        )

    def _step(self, step: Stepped | str, chunk: Chunk) -> ProposalStep:
        if isinstance(step, str):
            raise _Unanchored(step)
        return ProposalStep(
            status=step.status,
            evidence=(self._quote(step.quote, chunk),),
            by=self._actors(step.by),
            date=self._when(step.date_text, chunk),
            confidence=CONFIDENCE,
        )

    def _lever(self, item: Held, chunk: Chunk) -> Lever:
        quote = self._quote(item.quote, chunk)
        holder = self._actor(item.holder)
        target = self._actor(item.target) if item.target else None
        key = (quote.start, quote.end, holder, target, item.instrument, item.direction, item.status)
        return Lever(
            id=content_id("le", "llm", self._report.id, *key),
            holder=holder,
            target=target,
            instrument=item.instrument,
            direction=item.direction,
            status=item.status,
            **self._common(quote),
        )

    def _figure(self, item: Counted, chunk: Chunk) -> Figure:
        quote = self._quote(item.quote, chunk, least=1)
        if not numerals.holds(quote.quote, item.value):
            raise _Unanchored("the number is not in its quote")
        bounds = [self._bound(quote, bound) for bound in (item.low, item.high)]
        return Figure(
            id=content_id("fi", "llm", self._report.id, quote.start, quote.end, item.value, item.measure),
            measure=self._wording(item.measure, "measure"),
            value=item.value,
            low=bounds[0],
            high=bounds[1],
            unit=self._words(item.unit, chunk, "unit"),
            claimed_by=self._actor(item.claimed_by) if item.claimed_by else None,
            **self._common(quote),
        )

    # -- what is found, or not -------------------------------------------------------------------------------

    def _quote(self, words: str, chunk: Chunk, least: int = _LEAST_WORDS) -> Evidence:
        if len(words) > _LONGEST_QUOTE:
            raise _Unanchored("its quote is too long")
        found = self._haystack.find(words, chunk.start, chunk.end)
        if found is None:
            raise _Unanchored("its quote is not in the report")
        if len(self._report.text[found.start : found.end].split()) < least:
            raise _Unanchored("its quote is too short to support anything")
        return self._haystack.evidence(found)

    def _actor(self, name: str) -> str:
        found = self._cast.find(name)
        if found is None:
            raise _Unanchored("an actor is not in the report")
        return found

    def _actors(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._actor(name) for name in names))

    def _wording(self, words: str, field: str) -> str:
        """Words of the model's own, where the report supports them."""
        plain = " ".join(words.split())
        if not self._haystack.supports(plain, _LONGEST_WORDING):
            raise _Unanchored(f"its {field} is not in the report's words")
        return plain

    def _words(self, words: str | None, chunk: Chunk, field: str) -> str | None:
        """The report's own words for a lesser field; None, and counted, where it has no such words."""
        if not words or not words.strip():
            return None
        found = self._haystack.find(words, chunk.start, chunk.end) if len(words) <= _LONGEST_WORDING else None
        if found is None:
            self._account.left_out[field] += 1
            return None
        return " ".join(self._report.text[found.start : found.end].split())

    def _when(self, words: str | None, chunk: Chunk) -> When | None:
        """What the report's words for a date mean: worked out here, never taken from the model."""
        said = self._words(words, chunk, "date")
        if said is None:
            return None
        if said not in self._dates:
            self._dates[said] = self._placed(said)
        return self._dates[said]

    def _placed(self, said: str) -> When:
        if self._report.published is not None:
            return resolve(said, self._report.published) or When(text=said)
        # without a day of publication only a date that means the same on any day is one
        first, second = (resolve(said, day) for day in _TWO_DAYS)
        return first if first is not None and first == second else When(text=said)

    def _bound(self, quote: Evidence, bound: float | None) -> float | None:
        if bound is None:
            return None
        if not numerals.holds(quote.quote, bound):
            self._account.left_out["bound"] += 1
            return None
        return bound

    def _common(self, quote: Evidence) -> dict[str, Any]:
        how = "its words are the report's" if quote.anchor == "exact" else "quotation marks and spaces made alike"
        return {"evidence": (quote,), "confidence": CONFIDENCE, "why": (self._why, f"anchored: {how}")}


def _bare(text: str, found: Found) -> tuple[int, int]:
    """The span without quotation marks and white space at its ends, unless nothing would be left."""
    start, end = found.start, found.end
    while start < end and (text[start] in _QUOTES or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in _QUOTES or text[end - 1].isspace()):
        end -= 1
    return (start, end) if start < end else (found.start, found.end)


def _mode(text: str, start: int, end: int) -> StatementMode:
    """How the words are quoted, as the report prints them."""
    opened = text[start - 1 : start] in set(_QUOTES)
    closed = not set(_QUOTES).isdisjoint(text[end : end + 2])  # a comma or stop may stand before the mark
    inside = any(mark in text[start:end] for mark in '"“”„«»')
    if opened and closed and not inside:
        return "direct"
    return "mixed" if inside or opened or closed else "indirect"
