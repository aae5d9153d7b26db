"""Events of one report: acts found word by word, put together, with their evidence."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from accord.model.findings import Event
from accord.model.ids import content_id
from accord.model.vocabulary.events import Trigger
from accord.model.when import When
from accord.reading.context import Context
from accord.reading.events.acts import Act
from accord.reading.events.arguments import VERBS, Arguments, happening, lender_of
from accord.reading.events.merge import merge, together
from accord.reading.events.places import place
from accord.reading.events.roles import Parties, roles
from accord.reading.events.spans import clause
from accord.reading.events.triggers import firing, objects_of
from accord.reading.modality import standing

_SPOKEN = frozenset({"REQUEST", "ACCUSE", "SUPPORT", "REJECT", "THREATEN", "CONCEDE", "AGREE"})
_TELLING = frozenset({"NOUN", "PROPN", "VERB"})


def extract(context: Context) -> tuple[Event, ...]:
    """Every event that the report tells of, in the order of the text, one item for each."""
    acts = list(_acts(context))
    return tuple(_event(context, group) for group in merge(acts))


def _acts(context: Context) -> Iterator[Act]:
    parties = Parties(context)
    consumed: set[int] = set()
    found: list[tuple[Token, Trigger, Arguments]] = []
    for word in context.document.doc:
        hit = firing(word, parties)
        if hit is None:
            continue
        trigger, around = hit
        if trigger.pos != "NOUN" and trigger.object is not None and not trigger.weak:
            consumed.update(head.i for head in objects_of(trigger, around))
        found.append((word, trigger, around))
    firers = {word.i: trigger for word, trigger, _ in found}
    for word, trigger, around in found:
        if word.i in consumed or _absorbed(word, firers):
            continue
        act = _act(word, trigger, around, context, parties)
        if act is not None:
            yield act


def _absorbed(word: Token, firers: dict[int, Trigger]) -> bool:
    """Whether the word is the content of another act: "called for talks", "refused to release", "agreed to meet"."""
    here = word
    for _ in range(6):
        if here.dep_ in ("ROOT", "relcl", "advcl", "nsubj", "nsubjpass", "parataxis"):
            return False
        if here.dep_ == "conj" and here.head.pos_ in VERBS and here.pos_ in VERBS:
            here = here.head
            continue
        here = here.head
        trigger = firers.get(here.i)
        if trigger is not None and trigger.pos != "NOUN" and trigger.type in ("REQUEST", "REJECT", "THREATEN"):
            return True
    return False


def _act(word: Token, trigger: Trigger, around: Arguments, context: Context, parties: Parties) -> Act | None:
    real = standing(word)
    if real.purpose:
        return None
    actors, recipients = roles(trigger, around, parties)
    if not actors and (trigger.type in _SPOKEN or not recipients):
        return None
    if trigger.weak and not (actors and recipients):
        return None
    start, end = clause(word)
    status = trigger.status if trigger.status and real.status == "occurred" else real.status
    return Act(
        at=word.i,
        type=trigger.type,
        mode=trigger.mode,
        actors=actors,
        recipients=recipients,
        status=status,
        date=_date(word, context),
        place=place(around, context),
        chain=context.attributions.speakers_around(word),
        start=start,
        end=end,
        topic=frozenset(
            t.lemma_.lower() for t in word.subtree if t.pos_ in ("NOUN", "PROPN", "VERB") and t.i != word.i
        ),
        confidence=_confidence(trigger, actors, recipients),
        why=(f"{trigger.pos.lower()} {' '.join((trigger.lemma, *trigger.particles))}", *real.cues),
        definite=any(c.dep_ == "det" and c.lower_ in ("the", "these", "those", "this", "both") for c in word.children),
        noun=trigger.pos == "NOUN",
        lemma=word.lemma_.lower(),
    )


def _topic(word: Token) -> frozenset[str]:
    return frozenset(t.lemma_.lower() for t in word.subtree if t.pos_ in _TELLING and t.i != word.i)


def _date(word: Token, context: Context) -> When | None:
    when = context.dates.of(word)
    if when is None and word.pos_ not in VERBS:
        verb = lender_of(word) or happening(word)
        when = context.dates.of(verb) if verb is not None else None
    return when


def _confidence(trigger: Trigger, actors: tuple[str, ...], recipients: tuple[str, ...]) -> float:
    score = 0.5 if trigger.pos == "VERB" else 0.42
    score += 0.12 * bool(actors) + 0.08 * bool(recipients) + 0.05 * (trigger.object is not None)
    return round(score - 0.15 * trigger.weak, 2)


def _event(context: Context, group: list[Act]) -> Event:
    act, report, doc = together(group), context.document.report, context.document.doc
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
        confidence=act.confidence,
        why=act.why,
    )
