"""Records of random items: every layer, with dates and without, merged and alone, so that orders have many ties."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any, get_args

from accord.model.actor import Actor
from accord.model.evidence import Evidence, Span
from accord.model.findings import (
    Claim,
    Direction,
    Discrepancy,
    Event,
    EventStatus,
    Figure,
    Instrument,
    Issue,
    Lever,
    LeverStatus,
    Position,
    Proposal,
    ProposalKind,
    ProposalStatus,
    ProposalStep,
    Stance,
    Statement,
    Strength,
)
from accord.model.record import Dating, Record
from accord.model.report import Report
from accord.model.when import When

FIRST = dt.date(2031, 3, 1)
_SENTENCES = 12
_WORDS = ("ports", "grain", "patrols", "maps", "wells", "courts", "roads", "archives")
_KINDS = ("state", "organisation", "armed-group", "person", "media", "unnamed")


def record(seed: int, size: int = 60) -> Record:
    """A record of some reports and `size` items in every layer."""
    return _Maker(Random(seed), size).record()


class _Maker:
    def __init__(self, random: Random, size: int) -> None:
        self.random, self.size = random, size
        self.reports = [self.report(number) for number in range(random.randint(2, 9))]
        self.actors = [self.actor(number) for number in range(random.randint(2, 8))]

    def report(self, number: int) -> Report:
        text = " ".join(f"Report {number} says {self.random.choice(_WORDS)} in line {i}." for i in range(_SENTENCES))
        published = FIRST + dt.timedelta(days=self.random.randrange(20)) if self.random.random() < 0.7 else None
        return Report.make(text, f"{number}.txt", title=f"Title {number}", published=published)

    def actor(self, number: int) -> Actor:
        party = f"ac-{self.random.randrange(number)}" if number and self.random.random() < 0.4 else None
        kind = self.random.choice(_KINDS)
        name = f"Name {self.random.randrange(6)}"  # some share one
        return Actor(id=f"ac-{number}", name=name, kind=kind, party=party, observer=self.random.random() < 0.1)  # type: ignore[arg-type]

    def who(self, least: int = 0) -> tuple[str, ...]:
        many = min(len(self.actors), self.random.randint(least, 3))
        return tuple(actor.id for actor in self.random.sample(self.actors, many))

    def one(self) -> str:
        return self.random.choice(self.actors).id

    def day(self) -> When | None:
        roll, day = self.random.random(), FIRST + dt.timedelta(days=self.random.randrange(28))
        if roll < 0.3:
            return None
        if roll < 0.4:
            return When(None, None, "one day")
        if roll < 0.5:
            return When(day, None) if roll < 0.45 else When(None, day)
        return When.day(day) if roll < 0.8 else When(day, day + dt.timedelta(days=self.random.randrange(9)))

    def words(self) -> tuple[Evidence, ...]:
        found = []
        for _ in range(self.random.choice((1, 1, 1, 2, 3))):
            report = self.random.choice(self.reports)
            start = self.random.randrange(len(report.text) - 30)
            found.append(Evidence.cut(report, start, start + self.random.randint(3, 25)))
        return tuple(found)

    def common(self, layer: str, number: int) -> dict[str, Any]:
        sure = self.random.choice((0.3, 0.5, 0.5, 0.8))
        return {"id": f"{layer}-{self.random.randrange(1000)}-{number}", "evidence": self.words(), "confidence": sure}

    def any_of(self, kind: Any) -> Any:
        return self.random.choice(get_args(kind))

    def record(self) -> Record:
        numbers = range(self.size)
        undated = [report for report in self.reports if report.published is None]
        positions = tuple(self.position(n) for n in numbers)
        events = tuple(self.event(n) for n in numbers)
        return Record(
            reports=tuple(self.reports),
            actors=tuple(self.actors),
            statements=tuple(self.statement(n) for n in numbers),
            events=events,
            positions=positions,
            proposals=tuple(self.proposal(n) for n in range(self.size // 3)),
            levers=tuple(self.lever(n) for n in numbers),
            figures=tuple(self.figure(n) for n in numbers),
            discrepancies=tuple(self.discrepancy(n, events, positions) for n in range(self.size // 2)),
            members={positions[0].id: (positions[0].id, "po-merged")},
            datings=tuple(self.dating(report) for report in undated[:1]),
        )

    def statement(self, n: int) -> Statement:
        fields = self.common("st", n)
        one = fields["evidence"][0]
        speaker = self.one() if self.random.random() < 0.9 else None
        role = self.random.choice(("party", "observer"))
        span = Span(one.report, one.start, one.end)
        return Statement(**fields, speaker=speaker, role=role, mode="indirect", content=one.quote, content_span=span)  # type: ignore[arg-type]

    def event(self, n: int) -> Event:
        status = self.any_of(EventStatus)
        kind = self.random.choice(("CONSULT", "AGREE", "ASSAULT"))
        sides = {"actors": self.who(), "recipients": self.who()}
        return Event(**self.common("ev", n), **sides, type=kind, status=status, date=self.day())  # type: ignore[arg-type]

    def position(self, n: int) -> Position:
        matter = self.random.randrange(7)
        return Position(
            **self.common("po", n),
            party=self.one(),
            issue=get_args(Issue)[matter % 4],
            proposition=f"{_WORDS[matter]} are shared{'.' if self.random.random() < 0.2 else ''}",
            key=f"pr-{matter}" if matter < 5 else None,
            stance=self.any_of(Stance),
            strength=self.any_of(Strength),
            condition="if they stay" if self.random.random() < 0.1 else None,
            date=self.day(),
        )

    def proposal(self, n: int) -> Proposal:
        history = tuple(
            ProposalStep(
                status=self.any_of(ProposalStatus),
                by=self.who(),
                date=self.day(),
                evidence=self.words(),
                confidence=self.random.choice((0.4, 0.9)),
            )
            for _ in range(self.random.randint(1, 7))
        )
        return Proposal(**self.common("pp", n), name=f"plan {n}", kind=self.any_of(ProposalKind), history=history)

    def lever(self, n: int) -> Lever:
        target = self.one() if self.random.random() < 0.8 else None
        what = {"instrument": get_args(Instrument)[self.random.randrange(2)], "direction": self.any_of(Direction)}
        status = self.any_of(LeverStatus)
        return Lever(**self.common("le", n), holder=self.one(), target=target, **what, status=status, date=self.day())

    def figure(self, n: int) -> Figure:
        by = self.one() if self.random.random() < 0.5 else None
        return Figure(**self.common("fi", n), measure="wells", value=float(n), claimed_by=by, date=self.day())

    def discrepancy(self, n: int, events: tuple[Event, ...], positions: tuple[Position, ...]) -> Discrepancy:
        def claim(value: str) -> Claim:
            items = (self.random.choice(events).id, self.random.choice(positions).id)
            some = items[: self.random.randrange(3)]
            by = self.one() if self.random.random() < 0.5 else None
            return Claim(value=value, by=by, items=some, evidence=self.words())

        sure = self.random.choice((0.3, 0.6))
        return Discrepancy(id=f"di-{n}", kind="date", about="wells", claims=(claim("1"), claim("2")), confidence=sure)

    def dating(self, report: Report) -> Dating:
        start = FIRST + dt.timedelta(days=3)
        why = (f"what it dates “Monday”, report {self.reports[0].id} dates the same",)
        return Dating(
            report=report.id,
            start=start,
            end=start + dt.timedelta(days=2),
            evidence=(Evidence.cut(report, 0, 8),),
            why=why,
            confidence=0.6,
        )


def filters(random: Random, known: Record) -> dict[str, Any]:
    """A filter that a person might ask for; some ask for nothing."""
    first = FIRST + dt.timedelta(days=random.randrange(15))
    return {
        "party": random.choice(known.actors).name if random.random() < 0.4 else None,
        "issue": random.choice(get_args(Issue)[:4]) if random.random() < 0.3 else None,
        "since": first if random.random() < 0.4 else None,
        "until": first + dt.timedelta(days=9) if random.random() < 0.3 else None,
        "report": str(random.randint(1, len(known.reports))) if random.random() < 0.2 else None,
        "confidence": random.choice((0.0, 0.0, 0.4, 0.6)),
    }
