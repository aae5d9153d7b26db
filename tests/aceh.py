"""A small record made by hand: the Helsinki talks on Aceh in 2005, in dispatches written for these tests.

The outlets are invented. What the reports say is near what happened; their errors and gaps are on purpose.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from accord.model.actor import Actor, ActorKind, Role, actor_id
from accord.model.edit import Unapplied
from accord.model.evidence import Evidence, Span
from accord.model.findings import (
    Claim,
    Discrepancy,
    Event,
    Figure,
    Lever,
    Position,
    Proposal,
    ProposalStep,
    Statement,
)
from accord.model.ids import content_id
from accord.model.outcome import Agreement, Blockers, Concession, Concessions, Demand, Zone
from accord.model.record import Record
from accord.model.report import Report, Skipped
from accord.model.table import Assumption, LeftOut, Number, Option, Question, RedLine, Table, TableParty, View
from accord.model.when import When
from accord.publishing.brief import Answers

JANUARY = Report.make(
    "Negotiators of Indonesia and the Free Aceh Movement met near Helsinki on Friday, the first such talks since 2003. "
    "Former Finnish President Martti Ahtisaari chairs them.\n\n"
    "The rebels, known as GAM, want an independent Aceh. “Independence is not negotiable for us,” said Malik Mahmud, "
    "their prime minister in exile. Vice President Jusuf Kalla said Indonesia would never let Aceh go.\n\n"
    "The army says that GAM has 2,500 armed men.",
    "dispatches/2005-01-29-first-round.md",
    title="Old enemies meet in a Finnish manor",
    outlet="Banda Courier",
    published=dt.date(2005, 1, 29),
    published_from="front matter",
)
FEBRUARY = Report.make(
    "GAM has dropped its demand for independence, a spokesman, Bakhtiar Abdullah, said on Tuesday. "
    "“We are ready to discuss self-government,” he told reporters after the second round.\n\n"
    "Indonesia offered amnesty to all rebels who hand in their weapons. "
    "President Susilo Bambang Yudhoyono insists that GAM disarm before soldiers leave.\n\n"
    "GAM demands that the soldiers leave first. The movement says it has 3,000 fighters.",
    "dispatches/2005-02-22-second-round.md",
    title="Rebels speak of self-government",
    outlet="Strait Observer",
    published=dt.date(2005, 2, 22),
    published_from="front matter",
)
JULY = Report.make(
    "After a fifth round of talks, Indonesia and GAM agreed on Sunday on a memorandum of understanding. "
    "It will be signed in Helsinki on August 15.\n\n"
    "Indonesia accepted local parties in Aceh, which Mr. Kalla had called unthinkable. "
    "The European Union is ready to send monitors, its envoy Pieter Feith said.\n\n"
    "“They must see the soldiers go,” said the analyst Nadia Rahim of a Jakarta institute.",
    "dispatches/2005-07-18-fifth-round.md",
    title="A memorandum after five rounds",
    outlet="Banda Courier",
    published=dt.date(2005, 7, 18),
    published_from="front matter",
)
AUGUST = Report.make(
    "Hamid Awaludin and Malik Mahmud signed the memorandum in Helsinki on Monday. "
    "GAM is to hand over 840 weapons by the end of the year, and Indonesia is to withdraw its outside troops.\n\n"
    "The peace ends a war that killed 15,000 people.",
    "dispatches/2005-08-15-signed.md",
    title="Signed",
    outlet="Strait Observer",
    published=dt.date(2005, 8, 15),
    published_from="front matter",
)
UNDATED = Report.make(
    "A leaflet handed out in Lhokseumawe says that the war killed 30,000 people.",
    "dispatches/leaflet.txt",
)
REPORTS = (JANUARY, FEBRUARY, JULY, AUGUST, UNDATED)


def cite(report: Report, *quotes: str) -> tuple[Evidence, ...]:
    """Evidence for each quote, which must be in the report."""
    return tuple(Evidence.cut(report, at := report.text.index(quote), at + len(quote)) for quote in quotes)


def person(name: str, party: str | None = None, title: str | None = None, **more: Any) -> Actor:
    """A person with an id, the surname as alias and one role."""
    roles = (Role(title=title, party=party),) if title else ()
    return Actor(
        id=actor_id("person", name),
        name=name,
        kind="person",
        aliases=(name.split()[-1],),
        roles=roles,
        party=party,
        **more,
    )


def body(name: str, kind: ActorKind, *aliases: str, **more: Any) -> Actor:
    """An actor that is no person."""
    return Actor(id=actor_id(kind, name), name=name, kind=kind, aliases=aliases, **more)


INDONESIA = body("Indonesia", "state", "Jakarta", code="IDN")
GAM = body(
    "Free Aceh Movement",
    "armed-group",
    "GAM",
    "the rebels",
    names=((FEBRUARY.id, "GAM"), (JULY.id, "GAM"), (AUGUST.id, "GAM")),
)
UNION = body("European Union", "organisation", "EU")
ARMY = body("Indonesian army", "organisation", "the army", party=INDONESIA.id)
AHTISAARI = person("Martti Ahtisaari", title="mediator")
MALIK = person("Malik Mahmud", GAM.id, "prime minister in exile")
BAKHTIAR = person("Bakhtiar Abdullah", GAM.id, "spokesman")
KALLA = person("Jusuf Kalla", INDONESIA.id, "Vice President", names=((JULY.id, "Mr. Kalla"),))
YUDHOYONO = person("Susilo Bambang Yudhoyono", INDONESIA.id, "President")
HAMID = person("Hamid Awaludin", INDONESIA.id)
FEITH = person("Pieter Feith", UNION.id, "envoy")
RAHIM = person("Nadia Rahim", observer=True)
ACTORS = tuple(
    sorted(
        (INDONESIA, GAM, UNION, ARMY, AHTISAARI, MALIK, BAKHTIAR, KALLA, YUDHOYONO, HAMID, FEITH, RAHIM),
        key=lambda a: a.name,
    )
)


def day(text: str, words: str | None = None) -> When:
    """One day by its ISO 8601 form."""
    return When.day(dt.date.fromisoformat(text), words)


def _id(prefix: str, evidence: tuple[Evidence, ...], *parts: object) -> str:
    return content_id(prefix, evidence[0].report, evidence[0].start, *parts)


def statement(speaker: str | None, content: str, evidence: tuple[Evidence, ...], **more: Any) -> Statement:
    """A statement whose content lies in its first evidence."""
    report = next(r for r in REPORTS if r.id == evidence[0].report)
    at = report.text.index(content)
    more = {"role": "party", "mode": "indirect", "confidence": 0.8} | more
    return Statement(
        id=_id("st", evidence, content),
        speaker=speaker,
        content=content,
        content_span=Span(report.id, at, at + len(content)),
        content_parts=(Span(report.id, at, at + len(content)),),
        evidence=evidence,
        **more,
    )


def event(type_: Any, actors: tuple[str, ...], evidence: tuple[Evidence, ...], **more: Any) -> Event:
    """An event."""
    more = {"status": "occurred", "confidence": 0.7} | more
    return Event(id=_id("ev", evidence, type_), type=type_, actors=actors, evidence=evidence, **more)


def position(
    party: str, proposition: str, stance: Any, strength: Any, evidence: tuple[Evidence, ...], **more: Any
) -> Position:
    """A position."""
    more = {"confidence": 0.7} | more
    return Position(
        id=_id("po", evidence, party, proposition),
        party=party,
        proposition=proposition,
        stance=stance,
        strength=strength,
        evidence=evidence,
        **more,
    )


TALKS = cite(JANUARY, "Negotiators of Indonesia and the Free Aceh Movement met near Helsinki on Friday")
NEVER = cite(JANUARY, "“Independence is not negotiable for us,” said Malik Mahmud")
KEEP = cite(JANUARY, "Vice President Jusuf Kalla said Indonesia would never let Aceh go")
DROPPED = cite(FEBRUARY, "GAM has dropped its demand for independence, a spokesman, Bakhtiar Abdullah, said on Tuesday")
READY = cite(FEBRUARY, "“We are ready to discuss self-government,” he told reporters")
AMNESTY = cite(FEBRUARY, "Indonesia offered amnesty to all rebels who hand in their weapons")
DISARM = cite(FEBRUARY, "President Susilo Bambang Yudhoyono insists that GAM disarm before soldiers leave")
LEAVE = cite(FEBRUARY, "GAM demands that the soldiers leave first")
AGREED = cite(JULY, "Indonesia and GAM agreed on Sunday on a memorandum of understanding")
PLANNED = cite(JULY, "It will be signed in Helsinki on August 15")
PARTIES = cite(JULY, "Indonesia accepted local parties in Aceh, which Mr. Kalla had called unthinkable")
MONITORS = cite(JULY, "The European Union is ready to send monitors, its envoy Pieter Feith said")
ANALYST = cite(JULY, "“They must see the soldiers go,” said the analyst Nadia Rahim")
SIGNED = cite(AUGUST, "Hamid Awaludin and Malik Mahmud signed the memorandum in Helsinki on Monday")
TO_COME = cite(AUGUST, "GAM is to hand over 840 weapons by the end of the year")
ARMY_COUNT = cite(JANUARY, "The army says that GAM has 2,500 armed men")
GAM_COUNT = cite(FEBRUARY, "The movement says it has 3,000 fighters")
KILLED = cite(AUGUST, "The peace ends a war that killed 15,000 people")
LEAFLET = cite(UNDATED, "the war killed 30,000 people")

STATEMENTS = (
    statement(
        MALIK.id, "Independence is not negotiable for us", NEVER, mode="direct", confidence=0.95, date=day("2005-01-29")
    ),
    statement(KALLA.id, "Indonesia would never let Aceh go", KEEP),
    statement(
        BAKHTIAR.id, "GAM has dropped its demand for independence", DROPPED, date=day("2005-02-22", "on Tuesday")
    ),
    statement(BAKHTIAR.id, "We are ready to discuss self-government", READY, mode="direct", confidence=0.9),
    statement(FEITH.id, "The European Union is ready to send monitors", MONITORS, role="third-party"),
    statement(RAHIM.id, "They must see the soldiers go", ANALYST, role="observer", mode="direct"),
)
EVENTS = (
    event(
        "CONSULT", (INDONESIA.id, GAM.id), TALKS, date=day("2005-01-28", "on Friday"), place="Helsinki", confidence=0.9
    ),
    event("CONCEDE", (GAM.id,), DROPPED, date=day("2005-02-22", "on Tuesday")),
    event("AGREE", (INDONESIA.id, GAM.id), AGREED, date=day("2005-07-17", "on Sunday"), confidence=0.9),
    event(
        "AGREE",
        (INDONESIA.id, GAM.id),
        PLANNED,
        status="planned",
        date=day("2005-08-15", "on August 15"),
        place="Helsinki",
    ),
    event("AGREE", (HAMID.id, MALIK.id), SIGNED, date=day("2005-08-15", "on Monday"), place="Helsinki", confidence=0.9),
    event(
        "RETREAT",
        (GAM.id,),
        TO_COME,
        recipients=(INDONESIA.id,),
        status="planned",
        confidence=0.6,
        date=When(None, dt.date(2005, 12, 31), "by the end of the year"),
    ),
)
POSITIONS = (
    position(
        GAM.id,
        "Aceh becomes independent",
        "for",
        "red-line",
        NEVER,
        issue="status-recognition",
        speaker=MALIK.id,
        date=day("2005-01-29"),
        confidence=0.9,
    ),
    position(
        INDONESIA.id,
        "Aceh becomes independent",
        "against",
        "red-line",
        KEEP,
        issue="status-recognition",
        speaker=KALLA.id,
        date=day("2005-01-29"),
        confidence=0.9,
    ),
    position(
        GAM.id,
        "Aceh becomes independent",
        "open",
        "preference",
        DROPPED,
        issue="status-recognition",
        speaker=BAKHTIAR.id,
        date=day("2005-02-22", "on Tuesday"),
    ),
    position(
        GAM.id,
        "Aceh governs itself within Indonesia",
        "for",
        "preference",
        READY,
        issue="governance",
        speaker=BAKHTIAR.id,
        date=day("2005-02-22"),
    ),
    position(
        INDONESIA.id,
        "GAM disarms before the soldiers leave",
        "for",
        "red-line",
        DISARM,
        issue="disarmament",
        speaker=YUDHOYONO.id,
        condition="only after GAM hands in its weapons",
        date=day("2005-02-22"),
        confidence=0.8,
    ),
    position(
        GAM.id,
        "GAM disarms before the soldiers leave",
        "against",
        "red-line",
        LEAVE,
        issue="disarmament",
        date=day("2005-02-22"),
        confidence=0.8,
    ),
    position(
        INDONESIA.id,
        "Local parties stand in Aceh",
        "for",
        "preference",
        PARTIES,
        issue="elections",
        date=day("2005-07-17"),
        confidence=0.6,
    ),
    position(
        UNION.id,
        "The European Union monitors the truce",
        "for",
        "preference",
        MONITORS,
        issue="foreign-forces",
        speaker=FEITH.id,
        date=day("2005-07-18"),
        confidence=0.6,
    ),
)
PROPOSALS = (
    Proposal(
        id=_id("pr", AGREED, "memorandum"),
        name="memorandum of understanding",
        kind="framework",
        by=(INDONESIA.id, GAM.id),
        terms=("local parties", "hand-over of weapons"),
        evidence=AGREED + SIGNED,
        confidence=0.9,
        history=(
            ProposalStep(
                status="agreed", by=(INDONESIA.id, GAM.id), date=day("2005-07-17", "on Sunday"), evidence=AGREED
            ),
            ProposalStep(
                status="signed", by=(HAMID.id, MALIK.id), date=day("2005-08-15", "on Monday"), evidence=SIGNED
            ),
        ),
    ),
    Proposal(
        id=_id("pr", AMNESTY, "amnesty"),
        name="amnesty for weapons",
        kind="exchange",
        by=(INDONESIA.id,),
        evidence=AMNESTY,
        confidence=0.6,
        history=(ProposalStep(status="proposed", by=(INDONESIA.id,), evidence=AMNESTY),),
    ),
)
LEVERS = (
    Lever(
        id=_id("le", AMNESTY, "amnesty"),
        holder=INDONESIA.id,
        target=GAM.id,
        instrument="prisoners",
        direction="inducement",
        status="offered",
        evidence=AMNESTY,
        confidence=0.6,
    ),
)
FIGURES = (
    Figure(
        id=_id("fi", ARMY_COUNT),
        measure="armed men of GAM",
        value=2500,
        unit="people",
        claimed_by=ARMY.id,
        evidence=ARMY_COUNT,
        confidence=0.8,
    ),
    Figure(
        id=_id("fi", GAM_COUNT),
        measure="fighters of GAM",
        value=3000,
        unit="people",
        claimed_by=GAM.id,
        evidence=GAM_COUNT,
        confidence=0.8,
    ),
    Figure(
        id=_id("fi", TO_COME),
        measure="weapons to hand over",
        value=840,
        unit="weapons",
        evidence=TO_COME,
        confidence=0.7,
    ),
    Figure(
        id=_id("fi", KILLED),
        measure="people killed in the war",
        value=15000,
        unit="people",
        evidence=KILLED,
        confidence=0.8,
    ),
    Figure(
        id=_id("fi", LEAFLET),
        measure="people killed in the war",
        value=30000,
        unit="people",
        evidence=LEAFLET,
        confidence=0.7,
    ),
)
DISCREPANCIES = (
    Discrepancy(
        id=content_id("di", FIGURES[3].id, FIGURES[4].id),
        kind="figure",
        about="people killed in the war",
        confidence=0.7,
        claims=(
            Claim(value="15,000", items=(FIGURES[3].id,), evidence=KILLED),
            Claim(value="30,000", items=(FIGURES[4].id,), evidence=LEAFLET),
        ),
    ),
    Discrepancy(
        id=content_id("di", FIGURES[0].id, FIGURES[1].id),
        kind="figure",
        about="fighters of GAM",
        confidence=0.6,
        claims=(
            Claim(value="2,500", by=ARMY.id, items=(FIGURES[0].id,), evidence=ARMY_COUNT),
            Claim(value="3,000", by=GAM.id, items=(FIGURES[1].id,), evidence=GAM_COUNT),
        ),
    ),
)

RECORD = Record(
    reports=REPORTS,
    actors=ACTORS,
    statements=STATEMENTS,
    events=EVENTS,
    positions=POSITIONS,
    proposals=PROPOSALS,
    levers=LEVERS,
    figures=FIGURES,
    discrepancies=DISCREPANCIES,
    skipped=(Skipped(source="dispatches/photo.jpg", reason="not text: the file holds binary data"),),
    unapplied=(Unapplied(edit="ed-000000000001", item="ev-000000000001", reason="no reading has this item any more"),),
)

QUESTION = Question(
    id="gam-disarms-first",
    text="GAM disarms before the soldiers leave",
    issue="disarmament",
    options=(
        Option(id="no", text="not: GAM disarms before the soldiers leave"),
        Option(id="yes", text="GAM disarms before the soldiers leave"),
    ),
    findings=(POSITIONS[4].id, POSITIONS[5].id),
)
TABLE = Table(
    title="aceh",
    at=dt.date(2005, 8, 15),
    parties=(TableParty(id=GAM.id, name="Free Aceh Movement"), TableParty(id=INDONESIA.id, name="Indonesia")),
    questions=(QUESTION,),
    views=(
        View(
            party=GAM.id,
            question=QUESTION.id,
            salience=Number(1.0),
            values=(Number(1.0), Number(0.0)),
            stance="against",
        ),
        View(
            party=INDONESIA.id,
            question=QUESTION.id,
            salience=Number(1.0),
            values=(Number(0.0), Number(1.0)),
            stance="for",
        ),
    ),
    red_lines=(
        RedLine(party=GAM.id, question=QUESTION.id, options=("yes",), findings=(POSITIONS[5].id,)),
        RedLine(party=INDONESIA.id, question=QUESTION.id, options=("no",), findings=(POSITIONS[4].id,)),
    ),
    assumptions=(Assumption(label="weights", text="Every party weighs the same."),),
    left_out=(LeftOut(what="The European Union monitors the truce", why="no party is against it"),),
)
GAM_DEMAND = Demand(
    kind="red-line", party=GAM.id, question=QUESTION.id, options=("yes",), cost=1.2, findings=(POSITIONS[5].id,)
)
INDONESIAN_DEMAND = Demand(
    kind="red-line", party=INDONESIA.id, question=QUESTION.id, options=("no",), cost=1.5, findings=(POSITIONS[4].id,)
)
ANSWERS = Answers(
    table=TABLE,
    zone=Zone(method="zone", empty=True, size=0, total=2),
    blockers=Blockers(method="blockers", open=False, sets=((GAM_DEMAND, INDONESIAN_DEMAND),)),
    concessions=Concessions(
        method="concessions",
        open=False,
        sets=(
            Concession(demands=(GAM_DEMAND,), cost=1.2, movers=(GAM.id,), opens=Agreement(("yes",), (0.0, 1.0))),
            Concession(
                demands=(INDONESIAN_DEMAND,), cost=1.5, movers=(INDONESIA.id,), opens=Agreement(("no",), (1.0, 0.0))
            ),
        ),
    ),
)
