"""Builds reports and readings by hand, so that merging is tested on its own, without a reader."""

from __future__ import annotations

import datetime as dt
from typing import Any

from accord.model.actor import Actor, ActorKind, actor_id
from accord.model.evidence import Evidence, Span
from accord.model.findings import (
    Event,
    Figure,
    Lever,
    Position,
    Proposal,
    ProposalStep,
    Statement,
)
from accord.model.ids import content_id
from accord.model.reading import Reading
from accord.model.report import Report
from accord.model.when import When

READER = "by-hand/1"


def day(text: str, words: str | None = None) -> When:
    """One day from ISO 8601."""
    return When.day(dt.date.fromisoformat(text), words)


def resolve(words: str, reference: dt.date) -> When | None:
    """Weekdays, today, yesterday and years: a small stand-in for the reading stage's resolver."""
    names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    last = words.lower().split()[-1]
    if last in names:
        back = (reference.weekday() - names.index(last)) % 7
        return When.day(reference - dt.timedelta(days=back), words)
    if last in ("today", "yesterday"):
        return When.day(reference - dt.timedelta(days=int(last == "yesterday")), words)
    if words.lower() == "last year":
        return When.year(reference.year - 1, words)
    if words.lower() == "this year":
        return When.year(reference.year, words)
    if last.isdigit() and len(last) == 4 and words.lower().startswith("since"):
        return When(dt.date(int(last), 1, 1), None, words)
    if last.isdigit() and len(last) == 4:
        return When.year(int(last), words)
    return None


class Notes:
    """One report and the reading of it that is being written down."""

    def __init__(self, text: str, published: str | None = None, *, source: str = "", reader: str = READER) -> None:
        self.report = Report.make(
            text,
            source or f"{content_id('x', text)}.txt",
            published=dt.date.fromisoformat(published) if published else None,
        )
        self._reader = reader
        self._actors: dict[str, Actor] = {}
        self._items: dict[str, list[Any]] = {
            name: [] for name in ("statements", "events", "positions", "proposals", "levers", "figures")
        }

    def actor(self, name: str, kind: ActorKind, *aliases: str, party: str | None = None, **more: Any) -> str:
        """Note an actor; answer its id."""
        i = actor_id(kind, name)
        self._actors[i] = Actor(
            id=i, name=name, kind=kind, aliases=aliases, party=party, names=((self.report.id, name),), **more
        )
        return i

    def person(self, name: str, *aliases: str, party: str | None = None) -> str:
        return self.actor(name, "person", *aliases, party=party)

    def state(self, name: str, code: str | None = None, *aliases: str) -> str:
        return self.actor(name, "state", *aliases, code=code)

    def body(self, name: str, *aliases: str, party: str | None = None) -> str:
        return self.actor(name, "organisation", *aliases, party=party)

    def at(self, quote: str) -> Evidence:
        """The evidence that holds this piece of the text."""
        start = self.report.text.index(quote)
        return Evidence.cut(self.report, start, start + len(quote))

    def _note(self, layer: str, prefix: str, form: Any, quote: str, confidence: float = 0.8, **fields: Any) -> str:
        evidence = self.at(quote)
        i = content_id(prefix, self.report.id, evidence.start, evidence.end, len(self._items[layer]))
        self._items[layer].append(form(id=i, evidence=(evidence,), confidence=confidence, **fields))
        return i

    def said(self, quote: str, content: str, speaker: str | None, mode: str = "direct", **more: Any) -> str:
        at = self.at(content)
        fields = {"role": "party", "mode": mode, "content": content, "speaker": speaker, **more}
        return self._note(
            "statements", "st", Statement, quote, content_span=Span(at.report, at.start, at.end), **fields
        )

    def event(
        self, quote: str, type: str, actors: tuple[str, ...], recipients: tuple[str, ...] = (), **more: Any
    ) -> str:
        more.setdefault("status", "occurred")
        return self._note("events", "ev", Event, quote, type=type, actors=actors, recipients=recipients, **more)

    def position(self, quote: str, party: str, issue: str, proposition: str, stance: str, **more: Any) -> str:
        more.setdefault("strength", "demand")
        return self._note(
            "positions", "po", Position, quote, party=party, issue=issue, proposition=proposition, stance=stance, **more
        )

    def proposal(self, quote: str, name: str, kind: str, *steps: tuple[Any, ...], **more: Any) -> str:
        """Each step is (status, by, date, quote)."""
        history = tuple(
            ProposalStep(status=status, by=by, date=date, evidence=(self.at(words),))
            for status, by, date, words in steps
        )
        return self._note("proposals", "pr", Proposal, quote, name=name, kind=kind, history=history, **more)

    def lever(self, quote: str, holder: str, target: str | None, instrument: str, status: str, **more: Any) -> str:
        more.setdefault("direction", "pressure")
        return self._note(
            "levers", "le", Lever, quote, holder=holder, target=target, instrument=instrument, status=status, **more
        )

    def figure(self, quote: str, measure: str, value: float, **more: Any) -> str:
        return self._note("figures", "fi", Figure, quote, measure=measure, value=value, **more)

    @property
    def reading(self) -> Reading:
        """The reading as it stands."""
        layers = {name: tuple(items) for name, items in self._items.items()}
        return Reading(report=self.report.id, reader=self._reader, actors=tuple(self._actors.values()), **layers)
