"""Where an act took place, in the report's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from accord.reading.context import Context
from accord.reading.events.arguments import Arguments

_WHERE = ("in", "at", "near", "outside", "inside", "across", "around", "throughout", "along", "off", "within")


def place(around: Arguments, context: Context) -> str | None:
    """The place named after the act with "in", "at", "near" and the like, or None."""
    for head in _heads(around):
        if head.pos_ == "PROPN" and not _dated(head, context):
            return _name(head)
    return None


def _heads(around: Arguments) -> Iterator[Token]:
    yield from around.after(*_WHERE)
    nouns: Iterable[Token] = (*around.objects, *(h for _, h in around.prepositions))
    for noun in nouns:
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in _WHERE:
                yield from (c for c in child.children if c.dep_ == "pobj")


def _dated(head: Token, context: Context) -> bool:
    mention = context.mentions.covering(head)
    if mention is not None and any(context.mentions.actor(a).kind == "person" for a in mention.actors):
        return True
    return context.dates.at(head) is not None


def _name(head: Token) -> str:
    start = head.i
    for child in head.lefts:
        if child.dep_ in ("compound", "amod", "nmod") and child.pos_ in ("PROPN", "ADJ", "NOUN"):
            start = min(start, child.left_edge.i)
    return head.doc[start : head.i + 1].text
