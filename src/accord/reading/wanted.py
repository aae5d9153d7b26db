"""Wishes that stand beside their matter, and those that a condition tells: "no truce until the army leaves"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from accord.model.findings import Strength
from accord.model.vocabulary.cues import cues
from accord.model.vocabulary.stance import stance_cues
from accord.reading.attribution.candidate import Source
from accord.reading.attribution.sources import owner_of_noun
from accord.reading.attribution.trees import child, children, is_verb, reach
from accord.reading.conditions import condition_head
from accord.reading.matters import Form, Matter, find_matter
from accord.reading.stand import BE, Stand, after_comma, judged, whole


def find_wanted(token: Token) -> Iterator[Stand]:
    """ "The release of captives, a main demand of the rebels"; "one of Kosovo's requests, recognition"."""
    words = stance_cues()
    if token.lemma_.lower() not in words.wants:
        return
    source = owner_of_noun(token, cues()) or _of_whom(token)
    strength: Strength = "demand" if token.lemma_.lower() in words.pressing else "preference"
    rule = f"wanted {token.lemma_.lower()}"
    if token.dep_ == "attr" and token.head.lemma_ in BE:
        matter = judged(token.head, token)
        if matter is not None and matter.head.pos_ != "PRON":
            yield Stand(token, matter, "for", strength, source, rule, 0.6)
        return
    if (
        token.dep_ == "pobj"
        and token.head.lower_ == "as"
        and token.head.head.lemma_ in ("serve", "act", "remain", "set")
    ):
        matter = judged(token.head.head)
        if matter is not None and matter.head.pos_ != "PRON":
            yield Stand(token, matter, "for", strength, source, rule, 0.6)
        return
    if source is None:
        return
    other = child(token, "appos") or (child(token.head.head, "appos") if token.dep_ == "pobj" else None)
    other = other or (after_comma(token) if token.dep_ in ("pobj", "dobj") else None)
    if other is not None:
        yield Stand(token, whole(other), "for", strength, source, rule, 0.6)
    elif token.dep_ in ("appos", "npadvmod", "dobj") and token.head.i < token.i and _comma_before(token):
        yield Stand(token, _of_head(token), "for", strength, source, rule, 0.55)
    elif token.dep_ == "nsubj" and token.head.lemma_ in BE:
        matter = find_matter(token.head, ("to", "that", "obj"))
        if matter is not None:
            yield Stand(token, matter, "for", strength, source, rule, 0.6)


def find_demanded(stand: Stand) -> Iterator[Stand]:
    """What the condition of a stance asks for: "refused talks until the army left" asks the army to leave."""
    if stand.rule.startswith("condition"):
        return
    head, mark = condition_head(stand.cue, stand.matter.head)
    if head is None or stand.stance == "open":
        return
    asked = mark in stance_cues().asking if stand.stance == "for" else mark in ("until", "unless", "without", "before")
    if not asked:
        return
    start, end = reach(head)
    form: Form = "clause" if is_verb(head) else "phrase"
    own = next((c for c in head.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    start = next((t.i for t in head.doc[start:end] if t.lower_ != mark), start)
    matter = Matter(head, start, end, form, own)
    rule = f"condition {mark}"
    yield replace(stand, matter=matter, stance="for", strength="demand", rule=rule, confidence=0.5, said=None)


def _comma_before(token: Token) -> bool:
    start = token.left_edge.i
    return start > 0 and token.doc[start - 1].text == ","


def _of_head(token: Token) -> Matter:
    head = token.head
    start, end = head.left_edge.i, token.left_edge.i
    return Matter(
        head, start, max(end, head.i + 1), "clause" if is_verb(head) else "phrase", child(head, "nsubj", "nsubjpass")
    )


def _of_whom(noun: Token) -> Source | None:
    for prep in children(noun, "prep"):
        who = child(prep, "pobj")
        if prep.lower_ in ("of", "for") and who is not None:
            return Source((who.left_edge.i, who.right_edge.i + 1), who, "of")
    return None
