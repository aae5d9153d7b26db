"""Who the two sides of a report are: the parties that it most often sets beside or against each other."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from accord.model.vocabulary import organisations
from accord.model.vocabulary import states as states_of
from accord.model.vocabulary.events import event_words
from accord.model.vocabulary.groups import groups
from accord.reading.actors.scene import Scene, goes_between
from accord.reading.mentions import Mention

# What each way of naming two parties together is worth: as one group ("Russian and Ukrainian delegations"), joined by
# "and", as doer and done-to of one noun or verb, in one sentence. Set by hand; a pair must reach _ENOUGH.
_GROUP, _JOINED, _PERSONS, _AGAINST, _SENTENCE, _ENOUGH = 3.0, 2.0, 1.0, 1.0, 0.25, 0.5
_GO_BETWEEN = 0.3
"""What remains of a pair with a body that the vocabulary lists as intergovernmental: usually a go-between."""

_ARMED = 1.5
"""What a pair of an armed group with a state or another body counts for more: talks are mostly between such."""

Pairs = dict[tuple[str, str], float]


def main_sides(scene: Scene, *, states: bool = False) -> tuple[str, ...]:
    """The two parties of the report, the one named first standing first; empty where it sets no two together."""
    points: Pairs = defaultdict(float)
    order: dict[str, int] = {}
    by_sentence: dict[int, set[str]] = defaultdict(set)
    for mention in sorted(scene.mentions, key=lambda m: m.start):
        if brings_together(scene, mention):
            continue
        parties = _parties(scene, mention, states)
        for party in parties:
            order.setdefault(party, len(order))
            if not mention.locative:
                by_sentence[scene.document.sentence_of(mention.head)].add(party)
        _add(points, parties, _GROUP)
        _together(scene, mention, states, points)
    for present in by_sentence.values():
        if len(present) <= 3:
            _add(points, sorted(present), _SENTENCE)
    for key in points:
        for party in key:
            body = organisations.by_form().get(scene.registry[party].name)
            if body is not None and body.usual:
                points[key] *= _GO_BETWEEN
        if sum(scene.registry[party].kind == "armed-group" for party in key) == 1:
            points[key] *= _ARMED
    best = max(sorted(points), key=lambda k: points[k], default=None)
    if best is None or points[best] < _ENOUGH:
        return ()
    return tuple(sorted(best, key=lambda p: (order.get(p, len(order)), p)))


def brings_together(scene: Scene, mention: Mention) -> bool:
    """Whether a mention is of somebody who brings the sides together, or of a place: "the Malaysian capital"."""
    head = scene.doc[mention.head]
    while head.dep_ == "conj" and head.head.i != head.i:
        head = head.head  # "brokered by the United Nations and Turkey"
    if head.dep_ == "pobj" and head.head.lower_ == "to" and head.head.head.i in scene.titles:
        return True  # "the ambassador to Malaysia"
    if head.dep_ == "pobj" and head.head.dep_ == "agent" and head.head.head.lemma_ in event_words().mediating:
        return True  # "talks brokered by Qatar"
    return head.lower_ in groups().go_betweens or goes_between(scene.doc, mention.head + 1)


def _add(points: Pairs, parties: list[str], worth: float) -> None:
    for a, b in combinations(dict.fromkeys(parties), 2):
        points[(min(a, b), max(a, b))] += worth


def _parties(scene: Scene, mention: Mention, states: bool) -> list[str]:
    """The parties of a mention that can be a side: states, bodies and armed groups, observers and media left out."""
    found: list[str] = []
    for actor in mention.actors:
        draft = scene.registry[actor]
        party = scene.registry.party_of(actor)
        if party is None or draft.observer or draft.kind == "media":
            continue
        kind = scene.registry[party].kind
        if kind in ("bloc", "media", "unnamed", "person") or scene.registry[party].observer:
            continue
        if kind == "group" and scene.registry[party].code is None:
            continue
        entry = states_of.by_code().get(scene.registry[party].code or "")
        if entry is not None and entry.place:
            continue  # a region known by a name of its own
        if (not states or kind == "state") and party not in found:
            found.append(party)
    return found


def _together(scene: Scene, mention: Mention, states: bool, points: Pairs) -> None:
    """Points for what is joined to a mention by "and", and for what its verb or noun is done to."""
    head = scene.doc[mention.head]
    here = _parties(scene, mention, states)
    if not here:
        return
    person = scene.registry[mention.actors[0]].kind == "person"
    for word in head.conjuncts:
        other = scene.by_head.get(word.i)
        if other is not None and other.start > mention.start and not brings_together(scene, other):
            _add(points, here + _parties(scene, other, states), _PERSONS if person else _JOINED)
    if head.dep_ not in ("nsubj", "poss", "amod", "agent"):
        return
    for child in head.head.children:
        objects = [child] if child.dep_ == "dobj" else list(child.children) if child.dep_ in ("prep", "agent") else []
        for word in objects:
            other = scene.by_head.get(word.i)
            if other is not None and other is not mention and not other.locative and not brings_together(scene, other):
                _add(points, here + _parties(scene, other, states), _AGAINST)
