"""What makes an act a lever: a condition, an exchange or a word such as "leverage"; and who counts as a captive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from spacy.tokens import Token

from accord.model.findings import Instrument
from accord.model.vocabulary.levers import lever_words
from accord.model.vocabulary.time import time_words
from accord.reading.events.arguments import VERBS, of_verb
from accord.reading.supposed import condition_on, conditional_clause

Bond = Literal["swap", "until", "if"]
"""How an act is tied to the other side's conduct: in exchange for it, not before it, or if it comes."""

_MOST = 6
_NEAR = 60  # tokens back to the captives that "them" or "30 of them" takes up
_CLAUSE_ENDS = ("relcl", "advcl", "parataxis")
_THEM = frozenset({"they", "them"})
_CLAUSES = ("advcl", "ccomp", "prep", "dep", "pcomp")


def bond(verb: Token) -> Bond | None:
    """What ties the act of `verb` to the other side's conduct, on its clause or on one above it."""
    here = verb
    for _ in range(_MOST):
        for child in here.children:
            inner = child.children if child.dep_ == "dobj" else ()
            for word in (child, *inner):
                if word.i == verb.i or word.is_ancestor(verb):
                    continue  # "ended without being extended": it is itself what there is not
                found = _bond_at(word)
                if found is not None:
                    return found
        if here.pos_ in VERBS and condition_on(here) is not None:
            return "if"
        if here.head.i == here.i or here.dep_ in _CLAUSE_ENDS:
            return None
        here = here.head
    return None


def is_held_back(verb: Token) -> bool:
    """ "They must free him before the army will talk": the reversed order of "will not talk until"."""
    here = verb
    for _ in range(_MOST):
        opens = any(c.lower_ == "before" and c.dep_ in ("mark", "prep", "advmod") for c in here.lefts)
        if here.dep_ in ("advcl", "pcomp") and opens:
            return any(c.tag_ == "MD" and c.lower_ in ("will", "would", "can", "could") for c in here.children)
        if here.dep_ not in ("xcomp", "conj", "ccomp", "pcomp") or here.head.pos_ not in VERBS:
            return False
        here = here.head
    return False


def _bond_at(child: Token) -> Bond | None:
    """The bond that a clause or phrase opens: "until they disarm", "without a ceasefire", "in exchange for"."""
    if child.dep_ == "prep" and child.lower_ in ("in", "on"):
        inside = next((c for c in child.children if c.dep_ == "pobj"), None)
        if inside is not None and inside.lemma_.lower() in ("exchange", "return"):
            return "swap" if any(c.lower_ == "for" for c in inside.children) else None
        return "if" if inside is not None and inside.lemma_ == "condition" else None
    if child.lower_ in lever_words().holding and child.dep_ in ("prep", "mark", "advmod"):
        return "until" if any(c.dep_ in ("pobj", "pcomp") and not _is_date(c) for c in child.children) else None
    if child.dep_ not in _CLAUSES:
        return None
    marks = [c.lower_ for c in child.lefts if c.dep_ in ("mark", "advmod", "prep")]
    if any(mark in lever_words().holding for mark in marks):
        return "until"
    if child.pos_ not in VERBS:
        return None
    return "if" if child.dep_ == "advcl" and conditional_clause(child) else None


def _is_date(word: Token) -> bool:
    """Whether "until Friday" or "before the end of the year" only tells a time."""
    words = time_words()
    return any(
        t.lower_ in words.weekdays or t.lemma_.lower() in words.units or t.lower_ in words.months or t.like_num
        for t in (word, *word.subtree)
    )


def is_price(word: Token) -> bool:
    """Whether it is what the other side gives: "in return for the lifting of sanctions"."""
    return price_of(word) is not None


def price_of(word: Token) -> Token | None:
    """The word to which "in exchange for" ties this one; None where nothing does."""
    here = word
    for _ in range(_MOST):
        if here.dep_ == "prep" and here.lower_ == "for" and here.head.lower_ in ("return", "exchange"):
            over = here.head.head
            return over.head if over.lower_ == "in" else None
        if here.pos_ in VERBS or here.head.i == here.i:
            return None
        here = here.head
    return None


def is_captive(head: Token) -> bool:
    """Whether those released were held: prisoners, soldiers taken, "two of them" after a word for captives."""
    words = lever_words()
    inner = [head, *(p for c in head.children if c.lower_ == "of" for p in c.children)]
    if any(t.lemma_.lower() in words.captives for t in inner):
        return True
    if captives_before(head) is not None:
        return True
    if not any(t.lemma_.lower() in words.persons for t in inner):
        return False
    counted = any(c.dep_ in ("nummod", "quantmod") for t in inner for c in t.children)
    return counted or any(t.lemma_.lower() in words.captivity for t in head.sent)


def captives_before(head: Token) -> Token | None:
    """The word for captives that "them" or "20 of them" takes up."""
    inner = (head, *(p for c in head.children if c.lower_ == "of" for p in c.children))
    if not any(t.lower_ in _THEM for t in inner):
        return None
    before = head.doc[max(0, head.i - _NEAR) : head.i]
    return next((t for t in reversed(before) if t.lemma_.lower() in lever_words().captives), None)


def chip_uses(noun: Token) -> Iterator[Token]:
    """The verb by which somebody has or uses something as leverage: "sees the truce as leverage"."""
    words = lever_words()
    if noun.lemma_.lower() not in words.chips:
        return
    if words.chips[noun.lemma_.lower()] and not any(
        c.lower_ in words.chips[noun.lemma_.lower()] for c in noun.children
    ):
        return
    over = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "as" else noun.head
    if over.pos_ in VERBS and over.lemma_.lower() in words.chip_verbs:
        yield over


def chip_instrument(verb: Token, noun: Token) -> Instrument | None:
    """What serves as leverage, by the words of its object, of what the clause hangs on, or of the sentence."""
    words = lever_words().stakes
    near = [t for o in of_verb(verb).objects if o.i != noun.i for t in o.subtree]
    if verb.dep_ in ("relcl", "acl"):
        near += [t for t in verb.head.subtree if t.i < verb.left_edge.i]
    for group in (near, list(noun.subtree), list(noun.sent)):
        found = next((words[t.lemma_.lower()] for t in group if t.lemma_.lower() in words), None)
        if found is not None:
            return found
    return None
