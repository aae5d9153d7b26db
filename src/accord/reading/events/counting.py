"""Words that only count or part what follows "of": "dozens of hostages", "eight hours of talks"."""

from __future__ import annotations

from spacy.tokens import Token

from accord.model.vocabulary.events import event_words
from accord.model.vocabulary.time import time_words


def deep(head: Token) -> Token:
    """Past a head that only counts: "dozens of hostages", "one of the leaders", "a number of troops"."""
    here = head
    for _ in range(3):
        of = next((c for c in here.children if c.dep_ == "prep" and c.lower_ == "of"), None)
        inner = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
        if inner is None or not (here.pos_ in ("NUM", "DET", "PRON") or here.lemma_.lower() in event_words().counting):
            return here
        here = inner
    return here


def _measures(word: Token) -> bool:
    lemma = word.lemma_.lower()
    return lemma in time_words().units or lemma in event_words().counting


def counted(noun: Token) -> Token:
    """The word that counts or parts a happening: "eight hours of talks"."""
    while noun.dep_ == "pobj" and noun.head.lower_ == "of" and _measures(noun.head.head):
        noun = noun.head.head
    return noun
