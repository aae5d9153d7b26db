"""Acts that the words of a report tell, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Token

from accord.model.findings import EventStatus, EventType
from accord.model.vocabulary.events import Trigger, event_words
from accord.model.when import When
from accord.reading.context import Context
from accord.reading.events.acts import Act
from accord.reading.events.arguments import VERBS, Arguments, arguments, happening, lender_of
from accord.reading.events.counting import deep
from accord.reading.events.frames import absorbed, awaited, denied, ended, hosting, unglossed
from accord.reading.events.places import place
from accord.reading.events.roles import Parties, roles
from accord.reading.events.spans import clause
from accord.reading.events.triggers import firing, objects_of
from accord.reading.modality import Standing, negated, standing
from accord.reading.supposed import conditional_clause, under_condition

_TELLING = frozenset({"NOUN", "PROPN", "VERB"})
_WILLED = frozenset({"AGREE", "CONSULT", "CONCEDE", "COOPERATE", "RETREAT", "AID"})
_SPOKEN = frozenset({"REQUEST", "THREATEN", "ACCUSE"})
_KNOWN = frozenset({"the", "these", "those", "this", "that", "both", "such"})
_ENDING = frozenset({"end", "conclude", "finish", "close", "break"})


def told(context: Context, parties: Parties) -> Iterator[Act]:
    """Every act that a verb, a noun or an adjective of the report tells, with its participants as far as said.

    Acts without any participant are given too, where `infer` may find some.
    """
    found: list[tuple[Token, Trigger, Arguments]] = []
    for word in unglossed(context.document.doc):
        hit = firing(word, parties)
        if hit is not None:
            found.append((word, *hit))
    firers = {word.i: trigger for word, trigger, _ in found}
    free = [f for f in found if not absorbed(f[0], f[2], firers, parties) and not hosting(f[0], f[1], firers)]
    called_off = {i: word for word, trigger, around in free for i in _called_off(word, trigger, around)}
    kept = {word.i for word, _, _ in free} - {verb.i for verb in called_off.values()} | called_off.keys()
    free = [f for f in found if f[0].i in kept]
    consumed = {i for _, trigger, around in free for i in _within(trigger, around)}
    free = [f for f in free if f[0].i not in consumed]
    denials = {denial for word, _, _ in free if (denial := denied(word, firers)) is not None}
    for word, trigger, around in free:
        act = _act(word, trigger, around, context, parties) if word.i not in denials else None
        if act is None:
            continue
        yield _cancelled(act, called_off[word.i], context) if word.i in called_off else act
        if act.type == "CONSULT" and _fruitless(word):
            yield replace(act, type="AGREE", mode=None, status="refused", why=(*act.why, "talks that failed"))
        yield from _going_on(act, word, context)
    for word, trigger, around in found:  # "agreed to a truce" tells no truce, but may take one up
        act = (
            _act(word, trigger, around, context, parties) if trigger.type == "RETREAT" and word.pos_ == "NOUN" else None
        )
        if act is not None and absorbed(word, around, firers, parties):
            yield replace(act, anaphor=True, weak=True, status="planned")


def _within(trigger: Trigger, around: Arguments) -> Iterator[int]:
    """The nouns whose happening a verb tells itself: "mounted an attack", "the truce holds"."""
    if trigger.pos == "NOUN" or trigger.weak:
        return
    if trigger.object is not None or trigger.mode == "third-party":
        yield from (head.i for head in objects_of(trigger, around))
    if trigger.mode == "ceasefire":
        yield from (head.i for head in around.subjects if head.lemma_.lower() in event_words().classes["truce"])


def _called_off(word: Token, trigger: Trigger, around: Arguments) -> Iterator[int]:
    """The talks that a passive verb tells are off, where nobody is said to have done it: "talks were called off"."""
    if trigger.type == "REJECT" and around.passive and not around.subjects and word.pos_ in VERBS:
        yield from (o.i for o in map(deep, around.objects) if o.lemma_.lower() in event_words().classes["talks"])


def _cancelled(act: Act, verb: Token, context: Context) -> Act:
    """Talks that a verb tells did not take place or were not gone on with."""
    real = standing(verb).status
    when = context.dates.of(verb) or act.date
    return replace(act, status="refused" if real == "occurred" else real, date=when, told=True)


def _going_on(act: Act, noun: Token, context: Context) -> Iterator[Act]:
    """What else becomes of a happening: "talks will start in Oslo and then continue in Havana"."""
    verb = happening(noun)
    for later in verb.children if verb is not None else ():
        if later.dep_ != "conj" or later.lemma_.lower() not in event_words().occurrences:
            continue
        where = place(arguments(later), context)
        if where is None or any(c.dep_ in ("nsubj", "nsubjpass") for c in later.children):
            continue
        start, end = clause(later)
        yield replace(act, at=later.i, place=where, date=context.dates.of(later), start=start, end=end, apart=True)


def _fruitless(noun: Token) -> bool:
    """Whether talks are told to have brought nothing: "the talks failed", "ended without a deal", "failed talks"."""
    words = event_words()
    if any(c.dep_ == "amod" and c.lemma_.lower() in ("fail", "failed", "fruitless", "abortive") for c in noun.children):
        return True
    verb = noun.head if noun.dep_ in ("nsubj", "nsubjpass") else None
    if verb is None or standing(verb).status != "occurred" or verb.lemma_.lower() in words.halting:
        return False
    if verb.lemma_.lower() in words.failures and not (verb.lemma_ == "break" and not _has_particle(verb, "down", "up")):
        return True
    if verb.lemma_.lower() not in _ENDING:
        return False
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in ("without", "in"):
            return child.lower_ == "without" or any(
                c.lemma_ in words.failures or c.lower_ == "failure" for c in child.children
            )
    return False


def _has_particle(verb: Token, *particles: str) -> bool:
    return any(c.lower_ in particles for c in verb.children)


def _act(word: Token, trigger: Trigger, around: Arguments, context: Context, parties: Parties) -> Act | None:
    stopped = _stopped(word, trigger)
    real = standing(stopped or _telling(word))
    given = trigger.type == "ASSAULT" and trigger.pos == "NOUN" and ended(word)
    if (real.purpose and real.status != "planned" and not given) or real.wish or _never_agreed(real) or awaited(word):
        return None
    if trigger.mode == "resign" and word.pos_ in VERBS and word.dep_ in ("relcl", "advcl"):
        return None  # "who stepped down in 2007", "before he left office": background
    if trigger.type == "CONSULT" and word.pos_ in VERBS and parties.media(around.after(*trigger.prepositions)):
        return None  # "speaking to the BBC"
    actors, recipients = roles(trigger, around, parties)
    if trigger.weak and not (actors and (recipients or trigger.frame == "mutual")):
        return None
    start, end = clause(word)
    kind, mode = ("RETREAT", "ceasefire") if stopped is not None else _kind(trigger, real, bool(actors))
    date = _date(word, context)
    if _done(word) and _ahead("occurred", word, date, context) == "planned":
        date = None  # "invited them to talks next month": the day of what is asked for
    if date is None and mode == "ceasefire":
        date = _since_when((*around.subjects, *around.objects), context)
    return Act(
        at=word.i,
        type=kind,
        mode=mode,
        actors=actors,
        recipients=recipients,
        status=_ahead(_status(kind, trigger, real, around), word, date, context),
        date=date,
        place=place(around, context),
        chain=context.attributions.speakers_around(word),
        start=start,
        end=end,
        topic=_topic(word),
        weak=trigger.weak,
        why=(f"{trigger.pos.lower()} {' '.join((*trigger.prefix, trigger.lemma, *trigger.particles))}", *real.cues),
        definite=_definite(word) or any(_definite(o) for o in (*around.objects, *_deals(around))),
        noun=trigger.pos == "NOUN",
        lemma=word.lemma_.lower(),
        heads=frozenset(o.lemma_.lower() for o in around.objects)
        | ({word.lemma_.lower()} if word.pos_ not in VERBS else set()),
        mutual=trigger.frame == "mutual",
        condition=_conditioned(word),
        told=_told(word, around),
        headline=_headline(word),
        doer=any(s.pos_ in ("NOUN", "PROPN") for s in around.subjects),
        hypothetical=word.pos_ in VERBS and bool(conditional_clause(word)),
        mediated=_mediated(trigger, around, parties),
        anaphor=_anaphor(word, trigger, around),
    )


def _telling(word: Token) -> Token:
    """The word whose standing an act has: its own, or that of a clause on it, as in "a truce that began in April"."""
    began = happening(word) if word.pos_ not in VERBS else None
    return began if began is not None and began.dep_ == "relcl" else word


def _stopped(word: Token, trigger: Trigger) -> Token | None:
    """The verb that ends an act of violence: "stopped shelling the town" is a ceasefire observed."""
    if trigger.type != "ASSAULT" or word.tag_ != "VBG" or word.dep_ not in ("xcomp", "dobj"):
        return None
    return word.head if word.head.lemma_.lower() in event_words().ceasing else None


def _done(word: Token) -> bool:
    """Whether a verb tells by its form what is done: "invited", "have agreed"."""
    if word.tag_ == "VBD":
        return True
    have = any(c.dep_ == "aux" and c.lemma_ == "have" for c in word.children)
    return word.tag_ == "VBN" and have and not any(c.tag_ == "MD" for c in word.children)


def _never_agreed(real: Standing) -> bool:
    """Whether an act is the content of an agreement that is denied: "denied that they had agreed to meet"."""
    return real.status == "refused" and len(real.cues) > 1 and real.cues[0].endswith(": planned")


def _anaphor(word: Token, trigger: Trigger, around: Arguments) -> bool:
    """Whether a noun only takes up an act told before: "the agreement provides for", "this demand"."""
    if trigger.pos != "NOUN":
        return False
    pointed = any(c.dep_ == "det" and c.lower_ in _KNOWN for c in word.children)
    if trigger.type == "AGREE":
        granted = word.dep_ == "dobj" and word.head.lemma_.lower() in event_words().granting
        made_known = around.lender is not None and around.lender.lemma_.lower() in event_words().announcing
        return granted or ((pointed or bool(around.possessors)) and (around.lender is None or made_known))
    return pointed and trigger.type in _SPOKEN


def _ahead(status: EventStatus, word: Token, when: When | None, context: Context) -> EventStatus:
    """What is told in the present of a day to come is planned: "the envoys meet next week"."""
    published = context.document.report.published
    if status != "occurred" or published is None or when is None or when.start is None or when.start <= published:
        return status
    return "planned"


def _deals(around: Arguments) -> Iterator[Token]:
    classes = event_words().classes
    yield from (s for s in around.subjects if s.lemma_.lower() in classes["deal"] | classes["truce"])


def _definite(word: Token) -> bool:
    return any((c.dep_ == "det" and c.lower_ in _KNOWN) or c.dep_ == "poss" for c in word.children)


def _told(word: Token, around: Arguments) -> bool:
    """Whether a verb tells the happening: "talks resumed", "held talks", "a deal was reached"."""
    if word.pos_ in VERBS:
        return around.passive
    return around.lender is not None or happening(word) is not None


def _headline(word: Token) -> bool:
    """Whether the word stands in a line at the head of the report that is no sentence."""
    sentence = word.sent
    if "\n" not in sentence[-1].text:
        return False
    words = [t for t in sentence if not t.is_space]
    if words[-1].text in (".", "!", "?", "”", '"'):
        return False
    return sum(1 for t in word.doc[: sentence.start] if t.is_space and "\n" in t.text and t.i > 0) < 2


def _mediated(trigger: Trigger, around: Arguments, parties: Parties) -> bool:
    """Whether only those are named who brought the parties together: "talks mediated by the bishop"."""
    if trigger.type != "CONSULT":
        return False
    if around.lender is not None and around.lender.lemma_.lower() in event_words().mediating:
        return not parties.of((*around.possessors, *around.after("between", "among", "with")))
    if trigger.mode == "third-party":
        return not parties.of((*around.objects, *around.after("between", "among", "with")))
    named = parties.of((*around.subjects, *around.possessors, *around.after("between", "among", "with", "of")))
    return trigger.pos == "NOUN" and not named and bool(parties.of(around.after("by")))


def _kind(trigger: Trigger, real: Standing, named: bool) -> tuple[EventType, str | None]:
    """The type: a truce that was not reached is an agreement that failed; who will not meet or sign refuses to."""
    if trigger.mode == "ceasefire" and trigger.pos == "NOUN" and real.status == "refused":
        return "AGREE", None
    if real.unwilling and named and trigger.pos == "VERB" and trigger.type in _WILLED:
        return "REJECT", None
    return trigger.type, trigger.mode


def _status(kind: EventType, trigger: Trigger, real: Standing, around: Arguments) -> EventStatus:
    if trigger.status and real.status == "occurred":
        return trigger.status
    if kind == "REJECT" and trigger.type != "REJECT":
        return "occurred"
    if trigger.pos == "NOUN" and (kind in _SPOKEN or kind == "REJECT") and _owned(around):
        return "refused" if negated(around.word) else "occurred"  # "without an answer to its demands": it made them
    if kind == "ASSAULT" and trigger.pos == "NOUN" and ended(around.word):
        return "occurred"
    if kind == "CONSULT" and trigger.pos == "NOUN" and _halted(around.word):
        return "refused"
    if kind != "CONSULT" and real.cues and all(cue.startswith("announce:") for cue in real.cues):
        return "occurred"  # "announced a suspension of aid"; but announced talks are still to come
    if kind == "CONSULT" and trigger.pos == "NOUN" and real.cues and real.cues[0].startswith(("failed", "stalled")):
        return "occurred"  # failed talks took place
    return real.status


def _owned(around: Arguments) -> bool:
    """Whether a noun says whose act it is: "its demands", "the demand by the rebels"."""
    return bool(around.possessors or around.after("by"))


def _halted(noun: Token) -> bool:
    """Whether talks are told to be at a standstill: "the talks have been stalled for months"."""
    verb = noun.head if noun.dep_ in ("nsubj", "nsubjpass") else None
    return verb is not None and verb.lemma_.lower() in event_words().halting and standing(verb).status == "occurred"


def _conditioned(word: Token) -> bool:
    """Whether another clause puts a condition on the act."""
    here = word
    for _ in range(6):
        if here.pos_ in VERBS and under_condition(here):
            return not conditional_clause(here)
        if here.dep_ in ("ROOT", "relcl", "advcl"):
            return False
        here = here.head
    return False


def _heads(word: Token, around: Arguments) -> frozenset[str]:
    own = () if word.pos_ in VERBS else (word,)
    return frozenset(w.lemma_.lower() for w in (*around.objects, *own))


def _topic(word: Token) -> frozenset[str]:
    return frozenset(t.lemma_.lower() for t in word.subtree if t.pos_ in _TELLING and t.i != word.i)


def _date(word: Token, context: Context) -> When | None:
    when = context.dates.of(word)
    if when is not None:
        return when
    if word.pos_ in VERBS:
        noun = word.head if word.dep_ == "acl" and word.tag_ == "VBN" else None
        told = happening(noun) if noun is not None else None
        return context.dates.of(told) if told is not None else None  # "talks hosted by Oman began on Monday"
    verb = lender_of(word) or happening(word)
    when = context.dates.of(verb) if verb is not None else None
    if when is None:
        after = word.right_edge.i + 1  # "traces back to the invasion in early 2022": hung on the verb
        found = context.dates.at(word.doc[after]) if after < word.sent.end else None
        when = found.when if found is not None and found.start == after else None
    return when


def _since_when(truces: Iterable[Token], context: Context) -> When | None:
    """From when a truce is: "the truce that began on Monday is holding", "declared a truce starting on Friday"."""
    for truce in truces:
        when = _date(truce, context)
        for child in truce.children:
            if when is None and child.dep_ == "acl" and child.lemma_.lower() in event_words().beginning:
                when = context.dates.of(child)
        if when is not None:
            return when
    return None
