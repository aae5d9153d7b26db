"""What briefs look up in a record whatever they are narrowed to: its names and references, and columns of numbers.

A column has one number an item, in the record's order, so that what passes a filter is counted and ordered by arrays,
and only the lines that are shown are made from items. Made once for a record (see `known_of`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from accord.model.columns import Flags, Numbers, Shares, numbers
from accord.model.derived import derived
from accord.model.evidence import Evidence
from accord.model.findings import LAYERS, Event, Finding, Lever, Position, Proposal, Statement
from accord.model.query import report_days
from accord.model.record import Record
from accord.model.when import When
from accord.publishing.brief.content import Source
from accord.publishing.brief.days import spoken
from accord.publishing.names import Names
from accord.publishing.references import References

_STANCES, _STRENGTHS = ("for", "against", "open"), ("red-line", "demand", "preference")
FOR, AGAINST, RED = _STANCES.index("for"), _STANCES.index("against"), _STRENGTHS.index("red-line")
_BODIES = ("state", "organisation", "armed-group", "bloc")
NO_DAY = 0
"""The day of what has none; other days are ordinals of the calendar."""


class Stands(NamedTuple):
    """Positions: who holds them (`party`, by code), on what (`matter`, in the order of its words), which stance.

    `group` is one for a party and matter; `order` has the places by group and day, what has no day first.
    """

    party: Numbers
    matter: Numbers
    group: Numbers
    stance: Numbers
    strength: Numbers
    order: Numbers
    matters: tuple[str, ...]


class Steps(NamedTuple):
    """The steps of all proposals, a row a step: of which proposal, which of its steps, when, how sure, on what words.

    `rank` orders them by the proposal's id; `sentence` is one for a sentence of a report.
    """

    proposal: Numbers
    step: Numbers
    day: Numbers
    confidence: Shares
    rank: Numbers
    sentence: Numbers


class Voices(NamedTuple):
    """Statements of those who are named and no observers: the place of each, and which voice it is.

    A voice is a speaker with whom that one speaks for: `speaker` and `party` have its codes.
    """

    place: Numbers
    voice: Numbers
    speaker: Numbers
    party: Numbers


class Known:
    """Everything at hand that sections look up. It does not hold the record itself."""

    def __init__(self, record: Record) -> None:
        self._layers = {name: record.layer(name) for name in LAYERS}
        self._discrepancies, self._members, self._datings = record.discrepancies, record.members, record.datings
        self._copies = record.copies
        self._kept: dict[tuple[str, str], Numbers] = {}
        self._sure: dict[str, Shares] = {}
        self.references = References(record)
        self.names = Names(record)
        self.days = report_days(record)
        self.last = max((day.end for day in self.days.values() if day.end), default=None)
        self.actors = {actor.id: actor for actor in record.actors}

    @cached_property
    def items(self) -> dict[str, Finding]:
        """Items by id, those that findings were merged into by the findings' ids as well."""
        items = {item.id: item for layer in self._layers.values() for item in layer}
        return items | {old: items[new] for new, olds in self._members.items() if new in items for old in olds}

    def party(self, key: str) -> str:
        """The id of whom an actor speaks for, or its own."""
        actor = self.actors.get(key)
        return actor.party if actor and actor.party else key

    def day(self, date: When | None, evidence: tuple[Evidence, ...]) -> dt.date | None:
        """The last day on which something may have happened: its own, or that of its first report's publication."""
        if date is not None and date.known:
            return date.end or date.start
        reported = self.days.get(evidence[0].report)
        return reported.end if reported else None

    # -- actors by number ------------------------------------------------------------------------------------

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The ids of all who hold positions, act or speak, by code."""
        found = set(self.actors)
        found.update(position.party for position in self._positions)
        found.update(one for event in self._events for one in (*event.actors, *event.recipients))
        for said in self._statements:
            if said.speaker:
                found |= {said.speaker, self.party(said.speaker)}
        return tuple(sorted(found))

    @cached_property
    def codes(self) -> dict[str, int]:
        """The code of each of them."""
        return {key: code for code, key in enumerate(self.keys)}

    @cached_property
    def by_name(self) -> Numbers:
        """The rank of each by name."""
        return _ranks([(self.names.name(key), key) for key in self.keys])

    @cached_property
    def bodies(self) -> Flags:
        """Which of them are bodies that could be a party, observers left out."""
        found = [self.actors.get(key) for key in self.keys]
        return np.array([a is not None and a.kind in _BODIES and not a.observer for a in found], dtype=np.bool_)

    # -- columns ---------------------------------------------------------------------------------------------

    def day_of(self, layer: str) -> Numbers:
        """When each item of a layer was, or when its report came out."""
        return self._column("day", layer, lambda item: _ordinal(self.day(item.date, item.evidence)))

    def own_day(self, layer: str) -> Numbers:
        """When each item of a layer was, where it says so itself."""

        def own(item: Any) -> int:
            return _ordinal(self.day(item.date, item.evidence)) if item.date and item.date.known else NO_DAY

        return self._column("own", layer, own)

    def sentence(self, layer: str) -> Numbers:
        """The sentence that each item of a layer rests on first, one number a sentence."""
        return self._column("sentence", layer, lambda item: self._sentence(item.evidence[0]))

    def confidence(self, layer: str) -> Shares:
        """How sure each item of a layer is."""
        if layer not in self._sure:
            self._sure[layer] = np.array([item.confidence for item in self._items(layer)], dtype=np.float64)
        return self._sure[layer]

    def rank(self, layer: str) -> Numbers:
        """The rank of each item of a layer by its id."""
        return self._once(("rank", layer), lambda: _ranks([item.id for item in self._items(layer)]))

    def _items(self, layer: str) -> Sequence[Any]:
        return self._discrepancies if layer == "discrepancies" else self._layers[layer]

    def _column(self, kind: str, layer: str, of: Callable[[Any], int]) -> Numbers:
        items = self._items(layer)
        return self._once((kind, layer), lambda: np.fromiter(map(of, items), dtype=np.int64, count=len(items)))

    def _once(self, key: tuple[str, str], make: Callable[[], Numbers]) -> Numbers:
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    @cached_property
    def _before(self) -> dict[str, int]:
        """How many sentences the reports before each have, in the record's order."""
        found, sentences = {}, 0
        for report in self.references.reports:
            found[report.id] = sentences
            sentences += max(1, self.references.sentences(report))
        return found

    def _sentence(self, evidence: Evidence) -> int:
        return self._before[evidence.report] + self.references.sentence(evidence) - 1

    @cached_property
    def stands(self) -> Stands:
        """The positions."""
        positions = self._positions
        about = [matter(position) for position in positions]
        matters = tuple(sorted(set(about)))
        place = {words: code for code, words in enumerate(matters)}
        party = numbers(self.codes[position.party] for position in positions)
        on = numbers(place[words] for words in about)
        group = party * max(1, len(matters)) + on
        return Stands(
            party=party,
            matter=on,
            group=group,
            stance=numbers(_STANCES.index(position.shared_stance) for position in positions),
            strength=numbers(_STRENGTHS.index(position.strength) for position in positions),
            order=np.lexsort((self.day_of("positions"), group)),
            matters=matters,
        )

    @cached_property
    def steps(self) -> Steps:
        """The steps of the proposals."""
        proposals: tuple[Proposal, ...] = self._layers["proposals"]  # type: ignore[assignment]
        rank = self.rank("proposals")
        rows = [
            (place, i, day, rank[place], self._sentence(proposal.history[i].evidence[0]))
            for place, proposal in enumerate(proposals)
            for i, day in enumerate(self._life(proposal))
        ]
        sure = [max(step.confidence, proposal.confidence) for proposal in proposals for step in proposal.history]
        place, step, day, ranks, sentence = np.array(rows, dtype=np.int64).reshape(-1, 5).T
        return Steps(place, step, day, np.array(sure, dtype=np.float64), ranks, sentence)

    def _life(self, proposal: Proposal) -> list[int]:
        """The day of each step: one without a day of its own was taken no later than the dated one after it."""
        days: list[int] = []
        after = dt.date.max.toordinal()
        for step in reversed(proposal.history):
            day = _ordinal(self.day(step.date, step.evidence))
            if step.date is not None and step.date.start is not None:
                after = min(after, day)
            days.append(min(day, after))
        return days[::-1]

    @cached_property
    def happened(self) -> Flags:
        """Which events have occurred or were refused."""
        return np.array([event.status in ("occurred", "refused") for event in self._events], dtype=np.bool_)

    @cached_property
    def planned_for(self) -> Numbers:
        """The last day for which each event is planned; no day for all others."""

        def day(event: Event) -> int:
            date = event.date
            return _ordinal(date.end or date.start) if event.status == "planned" and date else NO_DAY

        return numbers(day(event) for event in self._events)

    @cached_property
    def acts(self) -> tuple[Numbers, Numbers]:
        """Pairs of an event's place and the code of one who takes part in it, each once."""
        pairs = [
            (place, self.codes[one])
            for place, event in enumerate(self._events)
            for one in sorted({*event.actors, *event.recipients})
        ]
        event, actor = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        return event, actor

    @cached_property
    def voices(self) -> Voices:
        """The statements of those who are named and no observers."""
        rows = [
            (place, self.codes[said.speaker], self.codes[self.party(said.speaker)])
            for place, said in enumerate(self._statements)
            if said.speaker and said.role != "observer"
        ]
        voices = sorted({(speaker, party) for _, speaker, party in rows})
        number = {voice: at for at, voice in enumerate(voices)}
        speaker, party = np.array(voices, dtype=np.int64).reshape(-1, 2).T
        return Voices(
            place=numbers(place for place, _, _ in rows),
            voice=numbers(number[speaker, party] for _, speaker, party in rows),
            speaker=speaker,
            party=party,
        )

    @property
    def _positions(self) -> tuple[Position, ...]:
        return self._layers["positions"]  # type: ignore[return-value]

    @property
    def _statements(self) -> tuple[Statement, ...]:
        return self._layers["statements"]  # type: ignore[return-value]

    @property
    def _events(self) -> tuple[Event, ...]:
        return self._layers["events"]  # type: ignore[return-value]

    # -- orders ----------------------------------------------------------------------------------------------

    @cached_property
    def proposal_order(self) -> Numbers:
        """The rank of each proposal: those that moved last first, then the surer."""
        last = _ordinal(self.last)
        steps, moved = self.steps, np.full(len(self._items("proposals")), dt.date.min.toordinal(), dtype=np.int64)
        kept = (steps.day != NO_DAY) & ((last == NO_DAY) | (steps.day <= last))
        np.maximum.at(moved, steps.proposal[kept], steps.day[kept])
        return _order((self.rank("proposals"), -self.confidence("proposals"), -moved))

    @cached_property
    def figure_order(self) -> Numbers:
        """The rank of each figure: those that several reports give, then the latest, then the surer."""
        told = numbers(len({e.report for e in figure.evidence}) for figure in self._items("figures"))
        days = self._moved("figures")
        return _order((self.rank("figures"), -self.confidence("figures"), -days, -told))

    @cached_property
    def discrepancy_order(self) -> Numbers:
        """The rank of each discrepancy: the surer first."""
        return _order((self.rank("discrepancies"), -self.confidence("discrepancies")))

    @cached_property
    def levers(self) -> tuple[Numbers, Numbers, tuple[tuple[str, str, str, str], ...]]:
        """The lever that each item is a state of, by code; its day; and what the codes stand for."""
        levers: tuple[Lever, ...] = self._layers["levers"]  # type: ignore[assignment]
        keys = [
            (self.party(v.holder), self.party(v.target) if v.target else "", v.instrument, v.direction) for v in levers
        ]
        every = tuple(sorted(set(keys)))
        place = {key: code for code, key in enumerate(every)}
        return numbers(place[key] for key in keys), self._moved("levers"), every

    def _moved(self, layer: str) -> Numbers:
        """Days; of what is dated after the last publication, a deadline or a hope, it is not told how new it is."""
        days, last = self.day_of(layer), _ordinal(self.last)
        late = (days == NO_DAY) if last == NO_DAY else (days == NO_DAY) | (days > last)
        return np.where(late, dt.date.min.toordinal(), days)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every report as a brief names it."""
        why = {dating.report: self._reasons(dating.why) for dating in self._datings}
        return tuple(
            Source(
                number=number,
                id=report.id,
                title=report.title,
                outlet=report.outlet,
                when=None
                if (day := self.days.get(report.id)) is None
                else str(report.published)
                if report.published
                else f"undated, {spoken(day)} by other reports",
                source=report.source,
                url=report.url,
                copies=len(self._copies.get(report.id, ())),
                why=why.get(report.id) if report.published is None else None,
            )
            for number, report in enumerate(self.references.reports, start=1)
        )

    def _reasons(self, why: tuple[str, ...]) -> str:
        """Why a report without a date has one, other reports by their numbers."""
        return _REPORT.sub(self._numbered, "; ".join(why))

    def _numbered(self, named: re.Match[str]) -> str:
        return f"report {self.references.number(named[1])}" if self.references.knows(named[1]) else named[0]


_REPORT = re.compile(r"report ([\w-]+)")


def matter(position: Position) -> str:
    """What a position is about, across wordings and parties."""
    return position.key or position.shared


def known_of(record: Record) -> Known:
    """What briefs look up in this record, made once for as long as the record lives."""
    return derived(record, Known, lambda: Known(record))


def _ordinal(day: dt.date | None) -> int:
    return day.toordinal() if day else NO_DAY


def _ranks(keys: Sequence[Any]) -> Numbers:
    """The place of each key among all, sorted."""
    ranks = np.empty(len(keys), dtype=np.int64)
    ranks[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    return ranks


def _order(keys: tuple[npt.NDArray[Any], ...]) -> Numbers:
    """The place of each item by these keys, the last of them first."""
    ranks = np.empty(len(keys[0]), dtype=np.int64)
    ranks[np.lexsort(keys)] = np.arange(len(keys[0]))
    return ranks
