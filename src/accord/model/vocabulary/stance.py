"""Words that tell where a party stands, and how firmly."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from accord.errors import VocabularyError
from accord.model.findings import Stance, Strength
from accord.model.vocabulary.door import load

Group = Literal["verbs", "phrasal", "nouns", "adjectives", "predicates", "verdicts"]


class StanceCue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One cue: the stance that its holder has to the matter, in positive form, and where the matter stands.

    `negated` is what "did not accept" means; None: a negated cue tells no position. `holder` is "speaker"
    for nouns that no possessor holds ("mentioned the possibility of"). `of` names the classes of objects of which the
    matter's noun must be. `weak`: an act (signing, leaving talks) that tells a stance only where nothing else
    does. `mutual`: who is named after "with" shares it. `owned`: a noun that counts only with its owner beside it
    ("their push for"). `whole`: a verdict whose words belong to the matter ("an integral part of the state").
    """

    word: str
    stance: Stance
    strength: Strength
    example: str
    takes: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    negated: tuple[Stance, Strength] | None = None
    holder: Literal["subject", "speaker"] = "subject"
    of: tuple[str, ...] = ()
    weak: bool = False
    mutual: bool = False
    owned: bool = False
    whole: bool = False

    @property
    def lets_go(self) -> bool:
        """Whether it tells an act of letting go of what one has, so that who will not do it stands for that."""
        return self.stance == "against" and self.negated is not None and self.negated[0] == "for"


class ModalCue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a modal verb in a party's own words says of its clause; `own`: only of the party's own acts."""

    stance: Stance
    strength: Strength
    negated: tuple[Stance, Strength] | None = None
    own: bool = False


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verbs: list[StanceCue]
    phrasal: list[StanceCue]
    nouns: list[StanceCue]
    adjectives: list[StanceCue]
    predicates: list[StanceCue]
    verdicts: list[StanceCue]
    objects: dict[str, list[str]]
    standing: list[str]
    appraising: list[str]
    ways: list[str]
    alternatives: list[str]
    asking: list[str]
    closed: list[str]
    modals: dict[str, ModalCue]
    necessity: list[str]
    wants: list[str]
    pressing: list[str]
    dropping: list[str]
    attitudes: list[str]
    doubting: list[str]
    plans: list[str]
    silence: list[str]
    timing: list[str]
    speaking: list[str]
    denying: list[str]
    taken_up: list[str]
    thoughts: list[str]
    stative: list[str]
    refusable: list[str]
    siding: list[str]
    trying: list[str]
    endings: list[str]
    needless: list[str]
    asserting: list[str]
    threats: list[str]
    force: list[str]
    looking: list[str]
    listing: list[str]
    setting: list[str]
    terms: list[str]
    signs: list[str]
    hardeners: list[str]


class StanceCues(msgspec.Struct, frozen=True):
    """All stance cues by lemma, per group, and the words that modify them."""

    verbs: dict[str, StanceCue]
    phrasal: dict[str, StanceCue]
    nouns: dict[str, StanceCue]
    adjectives: dict[str, StanceCue]
    predicates: dict[str, StanceCue]
    verdicts: dict[str, StanceCue]
    objects: dict[str, frozenset[str]]
    standing: frozenset[str]
    appraising: frozenset[str]
    ways: frozenset[str]
    alternatives: frozenset[str]
    asking: frozenset[str]
    closed: tuple[tuple[str, ...], ...]
    modals: dict[str, ModalCue]
    necessity: frozenset[str]
    wants: frozenset[str]
    pressing: frozenset[str]
    dropping: frozenset[str]
    attitudes: frozenset[str]
    doubting: frozenset[str]
    plans: frozenset[str]
    silence: frozenset[str]
    timing: frozenset[str]
    speaking: frozenset[str]
    denying: frozenset[str]
    taken_up: frozenset[str]
    thoughts: frozenset[str]
    stative: frozenset[str]
    refusable: frozenset[str]
    siding: frozenset[str]
    trying: frozenset[str]
    endings: frozenset[str]
    needless: frozenset[str]
    asserting: frozenset[str]
    threats: frozenset[str]
    force: frozenset[str]
    looking: frozenset[str]
    listing: frozenset[str]
    setting: frozenset[str]
    terms: frozenset[str]
    signs: frozenset[str]
    hardeners: frozenset[str]


@cache
def stance_cues() -> StanceCues:
    """The stance cues. Raises VocabularyError when the file breaks its form or names a word twice in a group."""
    raw = load("stance.yaml", _File)
    return StanceCues(
        verbs=_by_word("verbs", raw.verbs),
        phrasal=_by_word("phrasal", raw.phrasal),
        nouns=_by_word("nouns", raw.nouns),
        adjectives=_by_word("adjectives", raw.adjectives),
        predicates=_by_word("predicates", raw.predicates),
        verdicts=_by_word("verdicts", raw.verdicts),
        objects=_classes(raw),
        standing=frozenset(raw.standing),
        appraising=frozenset(raw.appraising),
        ways=frozenset(raw.ways),
        alternatives=frozenset(raw.alternatives),
        asking=frozenset(raw.asking),
        closed=tuple(tuple(phrase.split()) for phrase in raw.closed),
        modals=raw.modals,
        necessity=frozenset(raw.necessity),
        wants=frozenset(raw.wants),
        pressing=frozenset(raw.pressing),
        dropping=frozenset(raw.dropping),
        attitudes=frozenset(raw.attitudes),
        doubting=frozenset(raw.doubting),
        plans=frozenset(raw.plans),
        silence=frozenset(raw.silence),
        timing=frozenset(raw.timing),
        speaking=frozenset(raw.speaking),
        denying=frozenset(raw.denying),
        taken_up=frozenset(raw.taken_up),
        thoughts=frozenset(raw.thoughts),
        stative=frozenset(raw.stative),
        refusable=frozenset(raw.refusable),
        siding=frozenset(raw.siding),
        trying=frozenset(raw.trying),
        endings=frozenset(raw.endings),
        needless=frozenset(raw.needless),
        asserting=frozenset(raw.asserting),
        threats=frozenset(raw.threats),
        force=frozenset(raw.force),
        looking=frozenset(raw.looking),
        listing=frozenset(raw.listing),
        setting=frozenset(raw.setting),
        terms=frozenset(raw.terms),
        signs=frozenset(raw.signs),
        hardeners=frozenset(raw.hardeners),
    )


def _by_word(group: Group, cues: list[StanceCue]) -> dict[str, StanceCue]:
    found: dict[str, StanceCue] = {}
    for cue in cues:
        if cue.word in found:
            raise VocabularyError(
                f"vocabulary data/stance.yaml: {group}: {cue.word!r} must stand once; it stands twice"
            )
        found[cue.word] = cue
    return found


def _classes(raw: _File) -> dict[str, frozenset[str]]:
    for group in ("verbs", "phrasal", "nouns", "adjectives", "predicates", "verdicts"):
        for cue in getattr(raw, group):
            for name in cue.of:
                if name not in raw.objects:
                    raise VocabularyError(
                        f"vocabulary data/stance.yaml: {cue.word!r}: `of` must name classes of `objects`"
                        f" ({', '.join(raw.objects)}); got {name!r}"
                    )
    return {name: frozenset(words) for name, words in raw.objects.items()}
