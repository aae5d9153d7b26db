"""What deals, plans, truces and exchanges are called, and the words that tell what became of them."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from accord.errors import VocabularyError
from accord.model.findings import Issue, ProposalKind, ProposalStatus
from accord.model.vocabulary.classes import expand
from accord.model.vocabulary.door import load

Telling = Literal[ProposalStatus, "announced", "assented", "yielded", "collapsed"]
"""What a cue tells of a proposal: a status, or one that depends on who tells it and on what went before.

`announced` by one party is a proposal, by both an agreement; `assented` by one is an acceptance, by both an
agreement; `yielded` and `collapsed` depend on the kind of proposal.
"""
Told = Literal["noun", "any"]
Whose = Literal["subj", "parties", "none"]
Part = Literal["VERB", "NOUN", "ADJ"]


class _Noun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    n: str
    eg: str
    kind: ProposalKind | None = None
    then: ProposalKind | None = None
    of: list[str] = []
    implied: bool = False
    takes_up: bool = False
    single: bool = False


class _Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"not_": "not"}):
    v: list[str]
    obj: list[str]
    kind: ProposalKind
    eg: str
    not_: list[str] = []
    told: Told = "any"
    called: str = ""
    mutual: bool = False


class _Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    eg: str
    v: str | None = None
    n: str | None = None
    a: str | None = None
    deal: list[str] | None = None
    by: Whose = "subj"
    kinds: list[ProposalKind] = []
    gives: ProposalStatus | None = None
    it: bool = False
    indefinite: bool = False
    carried: bool = False
    passive: bool = False
    mutual: bool = False
    soon: bool = False
    denied: ProposalStatus | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    classes: dict[str, list[str]]
    nouns: list[_Noun]
    topics: dict[ProposalKind, list[str]]
    setting: list[str]
    forms: list[str]
    partial: list[str]
    opposed: list[tuple[list[str], list[str]]]
    vague: list[str]
    carriers: list[str]
    carrying_verbs: list[str]
    forums: list[str]
    forum_verbs: list[str]
    closings: list[str]
    refusals: list[str]
    decided: list[str]
    willing: list[str]
    aims: list[str]
    put_forward: list[str]
    made: list[str]
    charging: list[str]
    of_issue: dict[Issue, ProposalKind]
    steps_to: list[str]
    handing: list[str]
    until: list[str]
    acts: list[_Act]
    contents: list[str]
    under: list[str]
    cues: dict[Telling, list[_Cue]]


class DealNoun(msgspec.Struct, frozen=True):
    """A noun that may name a proposal. `before` are the words that must stand before it ("road" map).

    `kind` is its own; `then` the one it has where nothing around it tells. `beside`: words of which one must
    stand beside it, unless it takes up a proposal told before. `implied`: somebody's is proposed by somebody.
    `takes_up`: it never names a proposal by itself.
    `single`: in the plural it names none ("plans").
    """

    lemma: str
    before: tuple[str, ...]
    kind: ProposalKind | None
    then: ProposalKind | None
    beside: frozenset[str]
    implied: bool
    takes_up: bool
    single: bool
    example: str


class DealAct(msgspec.Struct, frozen=True):
    """A verb with its object that is the content of a proposal: "exchange prisoners".

    `noun_only`: it tells what a plan or deal is about, but is no proposal by itself. `mutual`: only if several
    parties do it. `called` stands before the object in the proposal's name ("exchange of").
    """

    objects: frozenset[str]
    without: frozenset[str]
    kind: ProposalKind
    noun_only: bool
    called: str
    mutual: bool
    example: str


class StepCue(msgspec.Struct, frozen=True):
    """A word that tells what became of a proposal. `slots` say where the proposal stands to the word.

    Slots: `obj`, `subj`, `clause` (a verb that tells a deal), `self` (the word with its object is the deal),
    `modifier`, `noun` (the word describes the deal), or a preposition. `by`: whose step it is.
    `denied`: what it tells when it did not happen, where that is not plain from its status.
    `soon`: it counts when it is to happen, too ("will take effect").
    """

    part: Part
    lemma: str
    after: tuple[str, ...]
    telling: Telling
    slots: tuple[str, ...]
    by: Whose
    kinds: frozenset[ProposalKind]
    gives: ProposalStatus
    it: bool
    indefinite: bool
    carried: bool
    passive: bool
    mutual: bool
    soon: bool
    denied: ProposalStatus | None
    example: str


class ProposalWords(msgspec.Struct, frozen=True):
    """The whole vocabulary of proposals, by lemma."""

    nouns: dict[str, tuple[DealNoun, ...]]
    topics: dict[str, ProposalKind]
    topic_order: tuple[ProposalKind, ...]
    setting: frozenset[str]
    forms: frozenset[str]
    partial: frozenset[str]
    opposed: tuple[tuple[frozenset[str], frozenset[str]], ...]
    vague: frozenset[str]
    carriers: frozenset[str]
    carrying_verbs: frozenset[str]
    forums: frozenset[str]
    forum_verbs: frozenset[str]
    closings: frozenset[str]
    refusals: frozenset[str]
    decided: frozenset[str]
    willing: frozenset[str]
    aims: frozenset[str]
    put_forward: frozenset[str]
    made: frozenset[str]
    charging: frozenset[str]
    of_issue: dict[Issue, ProposalKind]
    steps_to: frozenset[str]
    handing: frozenset[str]
    until: frozenset[str]
    acts: dict[str, tuple[DealAct, ...]]
    contents: frozenset[str]
    under: frozenset[str]
    cues: dict[tuple[Part, str], tuple[StepCue, ...]]


@cache
def proposal_words() -> ProposalWords:
    """The vocabulary of proposals. Raises VocabularyError where the file breaks its form."""
    raw = load("proposals.yaml", _File)
    return ProposalWords(
        nouns=_nouns(raw),
        topics=_topics(raw.topics),
        topic_order=tuple(raw.topics),
        setting=frozenset(raw.setting),
        forms=frozenset(raw.forms),
        partial=frozenset(raw.partial),
        opposed=tuple((frozenset(one), frozenset(other)) for one, other in raw.opposed),
        vague=frozenset(raw.vague),
        carriers=frozenset(raw.carriers),
        carrying_verbs=frozenset(raw.carrying_verbs),
        forums=frozenset(raw.forums),
        forum_verbs=frozenset(raw.forum_verbs),
        closings=frozenset(raw.closings),
        refusals=frozenset(raw.refusals),
        decided=frozenset(raw.decided),
        willing=frozenset(raw.willing),
        aims=frozenset(raw.aims),
        put_forward=frozenset(raw.put_forward),
        made=frozenset(raw.made),
        charging=frozenset(raw.charging),
        of_issue=raw.of_issue,
        steps_to=frozenset(raw.steps_to),
        handing=frozenset(raw.handing),
        until=frozenset(raw.until),
        acts=_acts(raw),
        contents=frozenset(raw.contents),
        under=frozenset(raw.under),
        cues=_cues(raw.cues),
    )


def _nouns(raw: _File) -> dict[str, tuple[DealNoun, ...]]:
    nouns: dict[str, list[DealNoun]] = {}
    for entry in raw.nouns:
        *before, lemma = entry.n.split()
        noun = DealNoun(
            lemma=lemma,
            before=tuple(before),
            kind=entry.kind,
            then=entry.then,
            beside=expand(entry.of, raw.classes, "proposals.yaml", entry.n),
            implied=entry.implied,
            takes_up=entry.takes_up,
            single=entry.single,
            example=entry.eg,
        )
        nouns.setdefault(lemma, []).append(noun)
    return {lemma: tuple(sorted(found, key=lambda n: -len(n.before))) for lemma, found in nouns.items()}


def _acts(raw: _File) -> dict[str, tuple[DealAct, ...]]:
    acts: dict[str, list[DealAct]] = {}
    for entry in raw.acts:
        act = DealAct(
            objects=expand(entry.obj, raw.classes, "proposals.yaml", entry.eg),
            without=frozenset(entry.not_),
            kind=entry.kind,
            noun_only=entry.told == "noun",
            called=entry.called,
            mutual=entry.mutual,
            example=entry.eg,
        )
        for verb in entry.v:
            acts.setdefault(verb, []).append(act)
    return {verb: tuple(found) for verb, found in acts.items()}


def _topics(raw: dict[ProposalKind, list[str]]) -> dict[str, ProposalKind]:
    found: dict[str, ProposalKind] = {}
    for kind, words in raw.items():
        for word in words:
            if found.setdefault(word, kind) != kind:
                raise VocabularyError(
                    f"vocabulary data/proposals.yaml: topics: a word must have one kind; "
                    f"{word!r} has {found[word]} and {kind}: keep one"
                )
    return found


def _cues(raw: dict[Telling, list[_Cue]]) -> dict[tuple[Part, str], tuple[StepCue, ...]]:
    found: dict[tuple[Part, str], list[StepCue]] = {}
    for telling, entries in raw.items():
        for entry in entries:
            cue = _cue(telling, entry)
            found.setdefault((cue.part, cue.lemma), []).append(cue)
    return {key: tuple(sorted(cues, key=lambda c: -len(c.after))) for key, cues in found.items()}


def _cue(telling: Telling, entry: _Cue) -> StepCue:
    forms: list[tuple[Part, str]] = []
    for part, words in (("VERB", entry.v), ("NOUN", entry.n), ("ADJ", entry.a)):
        if words:
            forms.append((part, words))  # type: ignore[arg-type]
    gives = entry.gives or telling
    if len(forms) != 1 or gives in ("announced", "assented", "yielded", "collapsed"):
        raise VocabularyError(
            f"vocabulary data/proposals.yaml: cues: {telling}: an entry must have exactly one of v, n and a, "
            f"and `gives` where {telling!r} is no status; got {len(forms)} in the entry of {entry.eg!r}"
        )
    part, words = forms[0]
    lemma, *after = words.split()
    return StepCue(
        part=part,
        lemma=lemma,
        after=tuple(after),
        telling=telling,
        slots=tuple(entry.deal) if entry.deal is not None else ("obj",),
        by=entry.by,
        kinds=frozenset(entry.kinds),
        gives=gives,  # type: ignore[arg-type]
        it=entry.it,
        indefinite=entry.indefinite,
        carried=entry.carried,
        passive=entry.passive,
        mutual=entry.mutual,
        soon=entry.soon,
        denied=entry.denied,
        example=entry.eg,
    )
