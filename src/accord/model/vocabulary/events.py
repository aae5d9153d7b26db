"""The words that tell of an act, each with its PLOVER type, its frame and what must stand around it."""

from __future__ import annotations

from functools import cache, partial
from typing import Literal

import msgspec

from accord.errors import VocabularyError
from accord.model.findings import EventStatus, EventType
from accord.model.vocabulary.door import load

Frame = Literal["act", "mutual", "undergo"]
"""Who does what: the subject does it to the object; all take part; the subject suffers it."""
Side = Literal["actor", "recipient"]
Needs = Literal["party", "both", "object", "object-or-clause", "lone", "told", "company"]
Clause = Literal["any", "none", "to", "that", "or-prep", "friendly", "hostile", "subjunctive"]
KINDS = frozenset({"PERSON", "PARTY", "STATE"})
"""Kinds that stand in a list of words for whoever is of that kind: a person, any actor, a state or people."""


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    eg: str
    v: str | None = None
    n: str | None = None
    a: str | None = None
    mode: str | None = None
    type: EventType | None = None
    coded: EventType | None = None
    obj: list[str] | None = None
    not_: list[str] = msgspec.field(name="not", default_factory=list)
    subj: list[str] = []
    prep: list[str] = []
    prep_obj: list[str] = []
    prep_not: list[str] = []
    near: list[str] = []
    mod: list[str] = []
    mod_not: list[str] = []
    under_not: list[str] = []
    needs: Needs | None = None
    clause: Clause | None = None
    clause_not: list[str] = []
    frame: Frame = "act"
    of: Side | None = None
    poss: Side | None = None
    status: EventStatus | None = None
    plural: bool = False
    weak: bool = False
    denial: bool = False


class _Light(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    actor: list[str]
    wish: list[str]
    undergo: list[str]
    mediate: list[str]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    classes: dict[str, list[str]]
    misread: dict[str, str]
    light: _Light
    occurrences: list[str]
    failures: list[str]
    counting: list[str]
    halting: list[str]
    ending: list[str]
    beginning: list[str]
    ceasing: list[str]
    granting: list[str]
    announcing: list[str]
    regions: list[str]
    documents: list[str]
    triggers: dict[EventType, list[_Entry]]


class Words(msgspec.Struct, frozen=True):
    """Lemmas, and kinds of actors that count as well."""

    lemmas: frozenset[str]
    kinds: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.lemmas or self.kinds)


class Trigger(msgspec.Struct, frozen=True):
    """One entry of the vocabulary. `object` None: any object or none; empty: it must have none.

    `prefix` are the words right before the lemma ("phone call", "co-operate"), `particles` the words that hang on it.
    `under_not`: verbs that a noun must not be the object or the complement of ("poses a threat").
    `coded` is the type that PLOVER data sets give it, where that differs from the type in the guidelines.
    """

    lemma: str
    particles: tuple[str, ...]
    prefix: tuple[str, ...]
    pos: Literal["VERB", "NOUN", "ADJ"]
    type: EventType
    coded: EventType
    mode: str | None
    example: str
    object: Words | None
    object_not: Words
    subject: Words
    prepositions: frozenset[str]
    preposition_object: Words
    preposition_not: Words
    near: Words
    modifiers: frozenset[str]
    modifiers_not: frozenset[str]
    under_not: frozenset[str]
    needs: Needs | None
    clause: Clause | None
    clause_not: frozenset[str]
    frame: Frame
    of: Side | None
    possessor: Side
    status: EventStatus | None
    plural: bool
    weak: bool
    denial: bool

    @property
    def conditions(self) -> int:
        """How much must stand around it: what asks for more is tried first."""
        return (
            2 * len(self.particles)
            + 2 * len(self.prefix)
            + 4 * (self.object is not None)
            + 5 * bool(self.near)
            + 2 * bool(self.prepositions)
            + 2 * bool(self.preposition_object)
            + bool(self.subject)
            + bool(self.modifiers)
            + (4 if self.clause == "subjunctive" else self.clause is not None)
            + (self.needs is not None)
        )


class EventWords(msgspec.Struct, frozen=True):
    """All triggers, by part of speech and lemma, and the verbs that lend nouns of happening a subject."""

    triggers: tuple[Trigger, ...]
    by_lemma: dict[tuple[str, str], tuple[Trigger, ...]]
    misread: dict[str, str]
    light: dict[tuple[str, ...], Frame]
    wishing: frozenset[tuple[str, ...]]
    mediating: frozenset[str]
    regions: frozenset[str]
    documents: frozenset[str]
    occurrences: frozenset[str]
    failures: frozenset[str]
    counting: frozenset[str]
    halting: frozenset[str]
    ending: frozenset[str]
    beginning: frozenset[str]
    ceasing: frozenset[str]
    granting: frozenset[str]
    announcing: frozenset[str]
    classes: dict[str, frozenset[str]]


def _words(names: list[str], classes: dict[str, list[str]], where: str) -> Words:
    lemmas: set[str] = set()
    kinds: set[str] = set()
    for name in names:
        if not name.startswith("+"):
            lemmas.add(name)
        elif name[1:] in KINDS:
            kinds.add(name[1:])
        elif name[1:] in classes:
            lemmas.update(classes[name[1:]])
        else:
            raise VocabularyError(
                f"vocabulary data/events.yaml: {where}: +NAME must be a class or one of {sorted(KINDS)}; "
                f"got {name!r}: add the class or correct the name"
            )
    return Words(frozenset(lemmas), frozenset(kinds))


def _trigger(entry: _Entry, group: EventType, classes: dict[str, list[str]]) -> Trigger:
    forms = [(pos, words) for pos, words in (("VERB", entry.v), ("NOUN", entry.n), ("ADJ", entry.a)) if words]
    if len(forms) != 1:
        raise VocabularyError(
            f"vocabulary data/events.yaml: {group}: an entry must have exactly one of v, n and a; "
            f"got {len(forms)} in the entry of {entry.eg!r}"
        )
    pos, words = forms[0]
    first, *particles = words.split() if pos != "NOUN" else (words,)
    *prefix, lemma = first.replace("-", " - ").split()
    read = partial(_words, classes=classes, where=f"{group} {words}")
    return Trigger(
        lemma=lemma,
        particles=tuple(particles),
        prefix=tuple(prefix),
        pos=pos,  # type: ignore[arg-type]
        type=entry.type or group,
        coded=entry.coded or entry.type or group,
        mode=entry.mode,
        example=entry.eg,
        object=None if entry.obj is None else read(entry.obj),
        object_not=read(entry.not_),
        subject=read(entry.subj),
        prepositions=frozenset(entry.prep),
        preposition_object=read(entry.prep_obj),
        preposition_not=read(entry.prep_not),
        near=read(entry.near),
        modifiers=frozenset(entry.mod),
        modifiers_not=frozenset(entry.mod_not),
        under_not=frozenset(entry.under_not),
        needs=entry.needs,
        clause=entry.clause,
        clause_not=frozenset(entry.clause_not),
        frame=entry.frame,
        of=entry.of,
        possessor=entry.poss or "actor",
        status=entry.status,
        plural=entry.plural,
        weak=entry.weak,
        denial=entry.denial,
    )


@cache
def event_words() -> EventWords:
    """The vocabulary of acts. Raises VocabularyError where the file breaks its form."""
    raw = load("events.yaml", _File)
    triggers = tuple(
        _trigger(entry, group, raw.classes) for group, entries in raw.triggers.items() for entry in entries
    )
    by_lemma: dict[tuple[str, str], list[Trigger]] = {}
    for trigger in triggers:
        by_lemma.setdefault((trigger.pos, trigger.lemma), []).append(trigger)
    light: dict[tuple[str, ...], Frame] = {tuple(words.split()): "act" for words in raw.light.actor}
    for words in raw.light.undergo:
        light.setdefault(tuple(words.split()), "undergo")
    return EventWords(
        triggers=triggers,
        by_lemma={key: tuple(sorted(entries, key=lambda t: -t.conditions)) for key, entries in by_lemma.items()},
        misread=raw.misread,
        light=light,
        wishing=frozenset(tuple(words.split()) for words in raw.light.wish),
        mediating=frozenset(raw.light.mediate),
        regions=frozenset(raw.regions) | frozenset(raw.classes["land"]),
        documents=frozenset(raw.documents),
        occurrences=frozenset(raw.occurrences),
        failures=frozenset(raw.failures),
        counting=frozenset(raw.counting),
        halting=frozenset(raw.halting),
        ending=frozenset(raw.ending),
        beginning=frozenset(raw.beginning),
        ceasing=frozenset(raw.ceasing),
        granting=frozenset(raw.granting),
        announcing=frozenset(raw.announcing),
        classes={name: frozenset(words) for name, words in raw.classes.items()},
    )
