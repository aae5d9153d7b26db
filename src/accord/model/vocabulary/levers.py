"""What a party can hold over another, and the words that tell whether it is threatened, offered, applied or lifted."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from accord.errors import VocabularyError
from accord.model.findings import Instrument
from accord.model.vocabulary.classes import expand
from accord.model.vocabulary.door import load

Worth = Literal["harm", "good"]
"""Whether having the instrument used is bad or good for the target."""
Effect = Literal["apply", "ready", "remove", "withhold", "restore", "give"]
"""What is done: harm is applied, made ready or removed; a good is withheld, restored or given."""
WORTH: dict[Effect, Worth] = {
    "apply": "harm",
    "ready": "harm",
    "remove": "harm",
    "withhold": "good",
    "restore": "good",
    "give": "good",
}


class _Noun(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"not_": "not"}):
    n: str
    instrument: Instrument
    worth: Worth
    eg: str
    beside: list[str] = []
    not_: list[str] = []
    verbs: list[str] = []
    threat: bool = False
    deters: bool = False


class _Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    v: str
    instrument: Instrument
    eg: str
    obj: list[str] = []
    to: list[str] = []
    does: Effect = "apply"
    target: list[str] = []
    threat: bool = False
    deters: bool = False
    bargain: bool = False
    about: list[str] = []


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verbs: list[str]
    nouns: list[str]
    adjectives: list[str] = []


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    classes: dict[str, list[str]]
    instruments: list[_Noun]
    effects: dict[Effect, _Words]
    threats: _Words
    offers: _Words
    asking: list[str]
    announcing: list[str]
    carriers: list[str]
    deterrence: dict[Instrument, list[str]]
    suffering: list[str]
    hitting: list[str]
    toward: list[str]
    holding: list[str]
    captivity: list[str]
    chips: dict[str, list[str]]
    chip_verbs: list[str]
    stakes: dict[Instrument, list[str]]
    acts: list[_Act]


class LeverNoun(msgspec.Struct, frozen=True):
    """A noun that is an instrument. `beside`: words of which one must stand beside it, `without`: none may.

    `verbs`: the only verbs with which it is one. `threat`: only as a threat. `deters`: the noun itself is the threat.
    """

    lemma: str
    instrument: Instrument
    worth: Worth
    beside: frozenset[str]
    without: frozenset[str]
    verbs: frozenset[str]
    threat: bool
    deters: bool
    example: str


class LeverAct(msgspec.Struct, frozen=True):
    """A verb that tells a lever by itself. `objects`: what it must take; `to`: what must follow "to" or "into".

    `effect` is what it does to its instrument; `targets` are where its target stands: `obj` or a preposition.
    `bargain`: one only under a condition or in an exchange. `about`: what its subject must be ("talks could fail").
    """

    lemma: str
    after: tuple[str, ...]
    objects: frozenset[str]
    to: frozenset[str]
    instrument: Instrument
    effect: Effect
    targets: tuple[str, ...]
    threat: bool
    deters: bool
    bargain: bool
    about: frozenset[str]
    example: str


class LeverWords(msgspec.Struct, frozen=True):
    """The whole vocabulary of levers, by lemma. `effects` by worth, part of speech and lemma.

    `holding` are words that hold an act back ("until"), `persons` people who are captives where they are set free,
    `captivity` words that tell so; `chips` are nouns for leverage with the words that must stand before them,
    `chip_verbs` what is done with it, `stakes` the instrument by what serves as leverage.
    """

    nouns: dict[str, tuple[LeverNoun, ...]]
    acts: dict[str, tuple[LeverAct, ...]]
    effects: dict[tuple[Worth, str, str], Effect]
    threat_verbs: frozenset[str]
    threat_nouns: frozenset[str]
    offer_verbs: frozenset[str]
    offer_nouns: frozenset[str]
    asking: frozenset[str]
    announcing: frozenset[str]
    carriers: frozenset[str]
    deterrence: dict[str, Instrument]
    suffering: frozenset[str]
    hitting: frozenset[str]
    toward: tuple[str, ...]
    captives: frozenset[str]
    persons: frozenset[str]
    captivity: frozenset[str]
    holding: frozenset[str]
    chips: dict[str, frozenset[str]]
    chip_verbs: frozenset[str]
    stakes: dict[str, Instrument]


@cache
def lever_words() -> LeverWords:
    """The vocabulary of levers. Raises VocabularyError where the file breaks its form."""
    raw = load("levers.yaml", _File)
    nouns: dict[str, list[LeverNoun]] = {}
    for entry in raw.instruments:
        noun = LeverNoun(
            lemma=entry.n,
            instrument=entry.instrument,
            worth=entry.worth,
            beside=expand(entry.beside, raw.classes, "levers.yaml", entry.n),
            without=expand(entry.not_, raw.classes, "levers.yaml", entry.n),
            verbs=frozenset(entry.verbs),
            threat=entry.threat,
            deters=entry.deters,
            example=entry.eg,
        )
        nouns.setdefault(entry.n, []).append(noun)
    return LeverWords(
        nouns={lemma: tuple(found) for lemma, found in nouns.items()},
        acts=_acts(raw),
        effects=_effects(raw.effects),
        threat_verbs=frozenset(raw.threats.verbs),
        threat_nouns=frozenset(raw.threats.nouns),
        offer_verbs=frozenset(raw.offers.verbs),
        offer_nouns=frozenset(raw.offers.nouns),
        asking=frozenset(raw.asking),
        announcing=frozenset(raw.announcing),
        carriers=frozenset(raw.carriers),
        deterrence={word: instrument for instrument, words in raw.deterrence.items() for word in words},
        suffering=frozenset(raw.suffering),
        hitting=frozenset(raw.hitting),
        toward=tuple(raw.toward),
        captives=expand(["+captives"], raw.classes, "levers.yaml", "captives"),
        persons=expand(["+persons"], raw.classes, "levers.yaml", "persons"),
        captivity=frozenset(raw.captivity),
        holding=frozenset(raw.holding),
        chips={noun: frozenset(beside) for noun, beside in raw.chips.items()},
        chip_verbs=frozenset(raw.chip_verbs),
        stakes={word: instrument for instrument, words in raw.stakes.items() for word in words},
    )


def _acts(raw: _File) -> dict[str, tuple[LeverAct, ...]]:
    found: dict[str, list[LeverAct]] = {}
    for entry in raw.acts:
        lemma, *after = entry.v.split()
        act = LeverAct(
            lemma=lemma,
            after=tuple(word.strip('"') for word in after),
            objects=expand(entry.obj, raw.classes, "levers.yaml", entry.v),
            to=expand(entry.to, raw.classes, "levers.yaml", entry.v),
            instrument=entry.instrument,
            effect=entry.does,
            targets=tuple(entry.target),
            threat=entry.threat,
            deters=entry.deters,
            bargain=entry.bargain,
            about=expand(entry.about, raw.classes, "levers.yaml", entry.v),
            example=entry.eg,
        )
        found.setdefault(lemma, []).append(act)
    return {lemma: tuple(sorted(acts, key=lambda a: -len(a.after))) for lemma, acts in found.items()}


def _effects(raw: dict[Effect, _Words]) -> dict[tuple[Worth, str, str], Effect]:
    found: dict[tuple[Worth, str, str], Effect] = {}
    for effect, words in raw.items():
        for part, lemmas in (("VERB", words.verbs), ("NOUN", words.nouns), ("ADJ", words.adjectives)):
            for lemma in lemmas:
                key = (WORTH[effect], part, lemma)
                if found.setdefault(key, effect) != effect:
                    raise VocabularyError(
                        f"vocabulary data/levers.yaml: effects: a word must have one effect on a {key[0]}; "
                        f"{lemma!r} has {found[key]} and {effect}: keep one"
                    )
    return found
