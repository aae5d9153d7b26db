"""Events of one report: acts told and acts of speech, their gaps filled, mentions of one act put together."""

from __future__ import annotations

from accord.model.findings import Event
from accord.model.ids import content_id
from accord.reading.context import Context
from accord.reading.events.acts import Act
from accord.reading.events.infer import infer
from accord.reading.events.lead import dated_by_lead
from accord.reading.events.merge import Merging
from accord.reading.events.roles import Parties
from accord.reading.events.settings import staged
from accord.reading.events.sides import Sides
from accord.reading.events.speech import spoken, threats
from accord.reading.events.told import told
from accord.reading.events.trust import trust


def extract(context: Context) -> tuple[Event, ...]:
    """Every event that the report tells of, in the order of the text, one item for each."""
    parties, sides = Parties(context), Sides(context.mentions)
    acts = infer([*told(context, parties), *spoken(context, parties, sides)], context, parties, sides)
    acts.extend(threats(acts, context, sides))
    acts = dated_by_lead(staged(acts, context), context)
    return tuple(_event(context, group) for group in Merging(sides).groups(acts))


def _event(context: Context, group: list[Act]) -> Event:
    act, report, doc = Merging.together(group), context.document.report, context.document.doc
    evidence = tuple(
        dict.fromkeys(context.document.evidence_of(doc[a.start : a.end]) for a in group if a.end > a.start)
    )
    return Event(
        id=content_id("ev", report.id, act.type, act.actors, act.recipients, act.status, evidence[0].start, act.at),
        type=act.type,
        mode=act.mode,
        actors=act.actors,
        recipients=act.recipients,
        status=act.status,
        date=act.date,
        place=act.place,
        chain=act.chain,
        evidence=evidence,
        confidence=trust(act, len(evidence)),
        why=act.why,
    )
