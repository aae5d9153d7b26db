"""Which entry of the vocabulary fires at a word, given what stands around it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from spacy.tokens import Token

from accord.model.vocabulary.events import Trigger, Words, event_words
from accord.reading.events.arguments import VERBS, Arguments, arguments, dates_only, happening
from accord.reading.events.counting import deep
from accord.reading.modality import negated

_COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
_HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "THREATEN", "REJECT", "PROTEST"})
_POS = {"VERB": "VERB", "AUX": "VERB", "NOUN": "NOUN", "PROPN": "NOUN", "ADJ": "ADJ"}


class Kinds(Protocol):
    """Answers what kind of actor a word stands for: PERSON, STATE or PARTY; empty where none."""

    def kinds(self, word: Token) -> frozenset[str]:
        """The kinds of actor at this word."""
        ...


def entries(word: Token) -> tuple[Trigger, ...]:
    """The entries that might fire at a word, the most demanding first."""
    pos, words = _POS.get(word.pos_), event_words()
    if pos is None:
        return ()
    lemma = word.lemma_.lower()
    return words.by_lemma.get((pos, words.misread.get(lemma, lemma) if pos == "VERB" else lemma), ())


def firing(word: Token, kinds: Kinds) -> tuple[Trigger, Arguments] | None:
    """The first entry that fires at a word, with the word's arguments; None where none does."""
    found = entries(word)
    if not found or compounded(word):
        return None
    around = arguments(word)
    for trigger in found:
        if fires(trigger, around, kinds):
            return trigger, around
    return None


def compounded(word: Token) -> bool:
    """Whether the word is only part of a compound: "rebel-held", "Iranian-backed" tell no act of the sentence."""
    if word.pos_ == "VERB" and word.dep_ == "amod":
        return True  # "the allied militia", "the captured town"
    return word.i > 0 and word.dep_ in ("amod", "compound", "nmod") and word.nbor(-1).text in ("-", "–")


def fires(trigger: Trigger, around: Arguments, kinds: Kinds) -> bool:
    """Whether what the entry asks for stands around the word."""
    return (
        _particles(trigger, around)
        and _objects(trigger, around, kinds)
        and _subject(trigger, around, kinds)
        and _prepositions(trigger, around, kinds)
        and _near(trigger, around)
        and _modifiers(trigger, around)
        and not (trigger.under_not and around.word.head.lemma_.lower() in trigger.under_not)
        and _clause(trigger, around)
        and _needs(trigger, around, kinds)
    )


def objects_of(trigger: Trigger, around: Arguments) -> tuple[Token, ...]:
    """The object that an entry's conditions are about: for "call for" what follows "for", for a noun "of"."""
    if trigger.pos == "NOUN":
        return (*around.after("of"), *(m for m in around.modifiers if m.pos_ in ("NOUN", "PROPN")))
    if trigger.particles:
        after = tuple(head for name, head in around.prepositions if name == trigger.particles[-1])
        return after or around.objects
    return around.objects


def _particles(trigger: Trigger, around: Arguments) -> bool:
    word = around.word
    if trigger.plural and word.tag_ not in ("NNS", "NNPS"):
        return False
    start = word.i - len(trigger.prefix)
    if start < 0 or any(word.doc[start + k].lemma_.lower() != p for k, p in enumerate(trigger.prefix)):
        return False
    if not trigger.particles:
        return True
    present = {c.lower_ for c in word.children if c.dep_ in ("prt", "advmod", "mark")}
    present |= {c.lower_ for c in word.children if c.dep_ in ("prep", "agent", "dative") and not dates_only(c)}
    present |= {c.lemma_.lower() for c in word.children if c.dep_ in ("dobj", "advmod", "acomp")}
    present |= {name for name, _ in around.prepositions}
    if word.i + 1 < len(word.doc):
        present.add(word.nbor(1).lower_)  # a preposition that the parser hung elsewhere
    return all(p in present for p in trigger.particles)


def _matches(word: Token, words: Words, kinds: Kinds) -> bool:
    head = deep(word)
    if {head.lemma_.lower(), word.lemma_.lower()} & words.lemmas or ("truce" in words.lemmas and truce(head)):
        return True
    return bool(words.kinds) and bool(kinds.kinds(head) & words.kinds)


def truce(noun: Token) -> bool:
    """Whether a noun means a truce by what stands before it: "the ceasefire agreement"."""
    classes = event_words().classes
    before = (c for c in noun.children if c.dep_ in ("compound", "amod", "nmod") and c.i < noun.i)
    return noun.lemma_.lower() in classes["deal"] and any(c.lemma_.lower() in classes["truce"] for c in before)


def _objects(trigger: Trigger, around: Arguments, kinds: Kinds) -> bool:
    heads = objects_of(trigger, around)
    if trigger.object_not and any(_matches(h, trigger.object_not, kinds) for h in heads):
        return False
    if trigger.object is None:
        return True
    if not trigger.object:
        return not heads
    return any(_matches(h, trigger.object, kinds) for h in heads)


def _subject(trigger: Trigger, around: Arguments, kinds: Kinds) -> bool:
    if not trigger.subject:
        return True
    deals = "truce" in trigger.subject.lemmas  # else "the ceasefire agreement" is a truce and no deal
    return any(_matches(s, trigger.subject, kinds) and (deals or not truce(s)) for s in around.subjects)


def _prepositions(trigger: Trigger, around: Arguments, kinds: Kinds) -> bool:
    wanted = trigger.prepositions
    heads = around.after(*wanted) if wanted else tuple(head for _, head in around.prepositions)
    if wanted and not heads:
        return trigger.clause == "or-prep" and bool(around.clauses)
    if trigger.preposition_object and not any(_matches(h, trigger.preposition_object, kinds) for h in heads):
        return False
    return not (trigger.preposition_not and any(_matches(h, trigger.preposition_not, kinds) for h in heads))


def _near(trigger: Trigger, around: Arguments) -> bool:
    if not trigger.near:
        return True
    return any(t.lemma_.lower() in trigger.near.lemmas for t in _below(around.word) if t.i != around.word.i)


def _below(word: Token) -> Iterator[Token]:
    """The words within two steps under a word."""
    for child in word.children:
        yield child
        for inner in child.children:
            yield inner
            yield from inner.children


def _modifiers(trigger: Trigger, around: Arguments) -> bool:
    present = {m.lemma_.lower() for m in around.modifiers}
    if trigger.modifiers and not present & trigger.modifiers:
        return False
    return not present & trigger.modifiers_not


def _clause(trigger: Trigger, around: Arguments) -> bool:
    if trigger.clause_not and any(c.lemma_.lower() in trigger.clause_not for c in around.clauses):
        return False
    if trigger.clause is None or trigger.clause == "or-prep":
        return True
    if trigger.clause == "none":
        return not around.clauses
    if trigger.clause == "any":
        return bool(around.clauses)
    if trigger.clause == "subjunctive":
        return any(_subjunctive(c) for c in around.clauses)
    infinitives = [c for c in around.clauses if any(x.dep_ == "aux" and x.lower_ == "to" for x in c.children)]
    if trigger.clause == "to":
        return bool(infinitives)
    if trigger.clause == "that":
        return any(c.dep_ == "ccomp" for c in around.clauses)
    wanted = _HOSTILE if trigger.clause == "hostile" else _COOPERATIVE
    known = [entry.type in wanted for c in infinitives for entry in entries(c)[:1]]
    if trigger.clause == "hostile" or known:
        return any(known)
    return bool(infinitives) and not any(c.lower_ == "against" for v in infinitives for c in v.children)


def _subjunctive(verb: Token) -> bool:
    """Whether a clause says what is to be: "that it be put to a vote", "that they should leave"."""
    if verb.dep_ != "ccomp":
        return False
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if any(c.lower_ in ("should", "must") or (c.dep_ == "auxpass" and c.lower_ == "be") for c in helpers):
        return True
    return verb.tag_ == "VB" and not helpers


def _needs(trigger: Trigger, around: Arguments, kinds: Kinds) -> bool:
    if trigger.needs is None:
        return True
    if trigger.needs == "lone":
        return (
            len(around.objects) == 1 and not around.clauses and not any(c.dep_ == "oprd" for c in around.word.children)
        )
    if trigger.needs == "object":
        return bool(objects_of(trigger, around))
    if trigger.needs == "object-or-clause":
        return bool(around.objects or around.clauses)
    named = [w for w in _participants(around) if kinds.kinds(w)]
    if trigger.needs == "company":
        return len(named) > 1 or any(w.conjuncts or w.tag_ in ("NNS", "NNPS") for w in around.subjects)
    if around.word.pos_ in VERBS:
        return bool(named)
    if trigger.needs == "both":
        return len(named) >= 2
    told = around.lender is not None or happening(around.word) is not None
    return told if trigger.needs == "told" else bool(named) or told or negated(around.word)


def _participants(around: Arguments) -> Iterator[Token]:
    yield from around.subjects
    yield from around.objects
    yield from around.possessors
    yield from around.modifiers
    for _, head in around.prepositions:
        yield deep(head)
