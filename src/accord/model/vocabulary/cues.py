"""The cues of attribution: by which words a report tells who said, thought or wanted what.

Frames say where the content stands under a cue in the parse. Of verbs:

- `clause`: a finite clause, or a direct quotation ("said that ...", "“...,” said"); `quote`: a quotation only;
- `to`, `gerund`: an infinitive or -ing clause whose subject speaks ("vowed to leave", "denied taking part");
- `object`: the object, or the object of the cue's last preposition ("rejected the offer", "warned of hunger");
- `object to do`: object and infinitive together ("urged both sides to talk");
- `object complement`: object and its predicate ("called the raid a crime");
- `object of`, `object as`, `object for` and so on: object and that prepositional phrase ("accused X of Y").

Of nouns and adjectives: `clause`, `to`, or the preposition that leads to the content ("hopes for", "wary of").
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal

import msgspec

from accord.errors import VocabularyError
from accord.model.findings import StatementKind
from accord.model.vocabulary.door import load

CueGroup = Literal["speech", "judgement", "decision", "thought", "intention", "finding"]
"""What kind of act the cue reports: words said; praise, blame and support; choices made; what somebody holds,
fears or expects; what somebody wants or means to do; what evidence shows to whom it shows."""

Polarity = Literal["affirms", "denies", "neutral"]
CueStrength = Literal["weak", "plain", "strong"]
CueWord = Literal["verb", "noun", "adjective", "phrase"]

_RATED = frozenset(
    ("clause", "quote", "to", "gerund", "object", "object to do", "object with prep", "object complement")
)


class Cue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One cue, as the file has it. `words` are its lemmas, the head first."""

    cue: str
    frames: tuple[str, ...] = ()
    kind: StatementKind = "said"
    polarity: Polarity = "affirms"
    strength: CueStrength = "plain"
    weight: float = 1.0
    group: CueGroup = "speech"
    word: CueWord = "verb"
    example: str

    @property
    def words(self) -> tuple[str, ...]:
        """The lemmas of the cue, the head first."""
        return tuple(self.cue.split())


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rates: dict[CueGroup, dict[str, float]]
    misread: dict[str, str]
    carriers: list[str]
    documents: list[str]
    sources: list[str]
    enacting: list[str]
    courtesies: list[str]
    viewpoints: list[str]
    impersonal: list[str]
    evidential: list[str]
    scene: list[str]
    tellers: list[str]
    verbs: dict[CueGroup, list[Cue]]
    nouns: dict[CueGroup, list[Cue]]
    adjectives: dict[CueGroup, list[Cue]]
    phrases: list[Cue]


class Cues(msgspec.Struct, frozen=True):
    """The vocabulary of attribution, by the lemma of a cue's head; the longest cue comes first."""

    rates: dict[CueGroup, dict[str, float]]
    misread: dict[str, str]
    carriers: frozenset[str]
    documents: frozenset[str]
    sources: frozenset[str]
    enacting: frozenset[str]
    courtesies: frozenset[str]
    viewpoints: frozenset[str]
    impersonal: frozenset[str]
    evidential: frozenset[str]
    scene: frozenset[str]
    tellers: frozenset[str]
    verbs: dict[str, tuple[Cue, ...]]
    nouns: dict[str, tuple[Cue, ...]]
    adjectives: dict[str, tuple[Cue, ...]]
    phrases: dict[str, tuple[Cue, ...]]

    def __iter__(self) -> Iterator[Cue]:
        """Every cue once, verbs first."""
        for table in (self.verbs, self.nouns, self.adjectives, self.phrases):
            for lemma, found in table.items():
                yield from (cue for cue in found if cue.words[0] == lemma)

    def rate(self, cue: Cue, frame: str) -> float:
        """How often a use of this cue in this frame is an attribution, from 0 to 1."""
        rates = self.rates[cue.group]
        if cue.word == "phrase":
            rate = rates["clause"]
        elif cue.word != "verb":
            rate = rates.get(frame, rates["object"]) if frame in ("clause", "to") else rates["object"]
        else:
            rate = rates.get(frame, rates["object with prep"])
        return min(0.98, rate * cue.weight)


@cache
def cues() -> Cues:
    """The vocabulary of attribution. Raises VocabularyError when the file breaks its form."""
    raw = load("cues.yaml", _File)
    for group, rates in raw.rates.items():
        if rates.keys() != _RATED:
            raise VocabularyError(
                f"vocabulary data/cues.yaml: rates of {group} must be given for {sorted(_RATED)}; got {sorted(rates)}"
            )
    return Cues(
        rates=raw.rates,
        misread=raw.misread,
        carriers=frozenset(raw.carriers),
        documents=frozenset(raw.documents),
        sources=frozenset(raw.sources),
        enacting=frozenset(raw.enacting),
        courtesies=frozenset(raw.courtesies),
        viewpoints=frozenset(raw.viewpoints),
        impersonal=frozenset(raw.impersonal),
        evidential=frozenset(raw.evidential),
        scene=frozenset(raw.scene),
        tellers=frozenset(raw.tellers),
        verbs=_table("verb", raw.verbs),
        nouns=_table("noun", raw.nouns),
        adjectives=_table("adjective", raw.adjectives),
        phrases=_table("phrase", {"speech": raw.phrases}),
    )


def _table(word: CueWord, groups: dict[CueGroup, list[Cue]]) -> dict[str, tuple[Cue, ...]]:
    """The cues of one part of speech by head lemma, -ise spellings included. Raises VocabularyError for a double."""
    table: dict[str, list[Cue]] = {}
    seen: set[tuple[str, str]] = set()
    for group, entries in groups.items():
        for entry in entries:
            cue = msgspec.structs.replace(entry, group=group, word=word)
            _check(cue)
            for frame in cue.frames or ("",):
                if (cue.cue, frame) in seen:
                    raise VocabularyError(f"vocabulary data/cues.yaml: {word} {cue.cue!r} has frame {frame!r} twice")
                seen.add((cue.cue, frame))
            for head in _spellings(cue.words[0]):
                table.setdefault(head, []).append(cue)
    return {head: tuple(sorted(found, key=lambda c: -len(c.words))) for head, found in table.items()}


def _check(cue: Cue) -> None:
    """Raise VocabularyError for a frame that this part of speech does not have, or a weight that cannot be."""
    allowed = cue.word != "verb" or all(f in _RATED or f.startswith("object ") for f in cue.frames)
    if not allowed or (cue.word != "phrase" and not cue.frames) or not 0 < cue.weight <= 2:
        raise VocabularyError(
            f"vocabulary data/cues.yaml: {cue.word} {cue.cue!r} must have frames of its part of speech and a weight "
            f"above 0 and up to 2; got frames {list(cue.frames)} and weight {cue.weight}"
        )


def _spellings(head: str) -> tuple[str, ...]:
    """The lemma as given and, for -ize and -yze, its British spelling."""
    return (head, head[:-2] + "se") if head.endswith(("ize", "yze")) else (head,)
