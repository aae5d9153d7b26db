"""Whose words: from a cue to the noun phrase of its speaker."""

from __future__ import annotations

from spacy.tokens import Token

from accord.model.vocabulary.cues import Cues
from accord.reading.attribution.candidate import Range, Source
from accord.reading.attribution.trees import (
    SUBJECTS,
    child,
    children,
    is_lost_main,
    is_passive,
    is_relative,
    is_verb,
    reach,
    subject_of,
    true_head,
)

_LONGEST_CLIMB = 8
_PREDICATES = frozenset(("acomp", "attr", "oprd", "dobj"))
_OWNING = frozenset(("by", "from"))
_EMPTY = frozenset(("it", "there", "this", "that", "what"))


def source_of_verb(verb: Token, cues: Cues, steps: int = 0) -> Source | None:
    """The speaker of a verb: its subject or agent, or that of the verb it hangs on; None where nobody is named."""
    subject = subject_of(verb)
    if is_passive(verb):
        return _agent(verb)
    if subject is not None:
        return _from_subject(subject, verb, cues)
    doing = child(verb, "csubj")
    if doing is not None and child(doing, "nsubj") is not None:  # "the minister speaking on Monday said"
        return source_of_verb(doing, cues, steps + 1)
    return _inherited(verb, cues, steps + 1) if steps <= _LONGEST_CLIMB else None


def _inherited(verb: Token, cues: Cues, steps: int) -> Source | None:
    """The speaker of a verb without a subject: whoever does what it hangs on."""
    reporting, head = reports(verb, cues), verb.head
    outer = true_head(verb, reporting)
    if outer is not None and (verb.dep_ == "conj" or reporting):
        return source_of_verb(outer, cues, steps)
    match verb.dep_:
        case "conj" if head.i != verb.i and (is_verb(head) or head.dep_ in ("acl", "advcl")):
            # "was freed and said": joined in another voice, they share the subject, not the agent
            other_voice = is_passive(head) and not is_passive(verb)
            return _of_passive(head, cues) if other_voice else source_of_verb(head, cues, steps)
        case "xcomp" | "advcl" if is_verb(head):
            return source_of_verb(head, cues, steps) or _of_passive(head, cues)
        case "ccomp" | "dep" | "parataxis" if is_verb(head):
            return source_of_verb(head, cues, steps)
        case "xcomp" | "advcl" | "ccomp" if head.dep_ in _PREDICATES and is_verb(head.head):
            return source_of_verb(head.head, cues, steps)
        case "pcomp" if head.dep_ == "prep":
            over = head.head
            return source_of_verb(over, cues, steps) if is_verb(over) else owner_of_noun(over, cues, steps)
        case "acl":
            return _of_described(head, verb, cues, steps)
        case _:
            return None


def reports(verb: Token, cues: Cues, *, clauses: bool = False) -> bool:
    """Whether the verb can report speech; with `clauses`, whether it can report a whole clause."""
    lemma = verb.lemma_.lower()
    return any(
        c.group in ("speech", "judgement")
        and (not clauses or "clause" in c.frames)
        and (len(c.words) == 1 or any(c.words[1] in (r.lower_, r.lemma_) for r in verb.rights))
        for c in cues.verbs.get(cues.misread.get(lemma, lemma), ())
    )


def _from_subject(subject: Token, verb: Token, cues: Cues) -> Source | None:
    """The source that a grammatical subject stands for."""
    if is_relative(subject) and verb.dep_ == "relcl":
        antecedent = verb.head
        return Source((antecedent.left_edge.i, subject.i + 1), antecedent, "relative")
    points_forward = subject.lower_ == "it" and verb.lemma_ in cues.impersonal
    if subject.dep_ == "expl" or points_forward:
        return None
    return Source(noun_phrase(subject, verb), subject, "subject")


def _agent(verb: Token) -> Source | None:
    """The agent of a passive."""
    by = child(verb, "agent")
    noun = child(by, "pobj") if by is not None else None
    return Source(reach(noun), noun, "agent") if noun is not None else None


def _of_passive(verb: Token, cues: Cues) -> Source | None:
    """The subject of a passive verb, which speaks in what hangs on it ("he was heard saying ...")."""
    subject = child(verb, "nsubjpass")
    return _from_subject(subject, verb, cues) if subject is not None and subject.lower_ not in _EMPTY else None


def _of_described(noun: Token, verb: Token, cues: Cues, steps: int) -> Source | None:
    """The speaker of a participle or infinitive that describes a noun ("a statement calling ...")."""
    if is_lost_main(verb):
        while noun.dep_ == "appos":
            noun = noun.head
        return Source(_before(noun, verb), noun, "described")
    if noun.lemma_.lower() in cues.documents:
        return owner_of_noun(noun, cues, steps + 1) or Source(_before(noun, verb), noun, "document")
    if verb.tag_ in ("VBG", "VBD", "VBZ", "VBP") or noun.pos_ in ("PRON", "PROPN"):
        return Source(_before(noun, verb), noun, "described")
    return owner_of_noun(noun, cues, steps + 1)


def _before(noun: Token, verb: Token) -> Range:
    """The noun phrase up to the verb that describes it."""
    start, end = reach(noun)
    return start, max(noun.i + 1, min(end, verb.left_edge.i))


def noun_phrase(noun: Token, verb: Token) -> Range:
    """The noun phrase of a subject, cut off where a misparse makes it run over its verb."""
    start, end = reach(noun)
    if noun.i < verb.i < end:
        end = max(noun.i + 1, min(verb.i, *(c.left_edge.i for c in verb.lefts if c.i > noun.i), end))
    elif start <= verb.i < noun.i:
        start = verb.i + 1
    return start, end


def owner_of_noun(noun: Token, cues: Cues, steps: int = 0) -> Source | None:
    """Whose a claim, fear or letter is: its possessor, "by" or "from" somebody, or the subject of its verb."""
    owner = child(noun, "poss")
    if owner is not None:
        return Source(reach(owner), owner, "possessor")
    for prep in children(noun, "prep"):
        who = child(prep, "pobj")
        if prep.lower_ in _OWNING and who is not None:
            return Source(reach(who), who, prep.lower_)
    if steps > _LONGEST_CLIMB:
        return None
    head = noun.head
    if noun.dep_ == "conj" and head.i != noun.i:
        return owner_of_noun(head, cues, steps + 1)
    if noun.dep_ == "pobj" and head.head.i != head.i and is_verb(head.head) and head.lower_ in ("in", "with", "amid"):
        return None
    if (
        noun.dep_ in ("dobj", "attr", "oprd")
        and is_verb(head)
        and cues.misread.get(head.lemma_, head.lemma_) in cues.carriers
    ):
        return source_of_verb(head, cues, steps + 1)
    return None


def is_carried(noun: Token, cues: Cues) -> bool:
    """Whether a noun is the object of a verb that only carries it ("made the claim")."""
    return noun.dep_ == "dobj" and cues.misread.get(noun.head.lemma_, noun.head.lemma_) in cues.carriers


def has_subject(verb: Token) -> bool:
    """Whether the verb has a subject of its own."""
    return any(c.dep_ in SUBJECTS for c in verb.children)
