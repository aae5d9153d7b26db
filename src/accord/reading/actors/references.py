"""Resolves descriptions and pronouns of a report from left to right."""

from __future__ import annotations

from collections import Counter

from accord.model.vocabulary.roles import roles
from accord.reading.actors.descriptions import describe, heads_of
from accord.reading.actors.discourse import Discourse
from accord.reading.actors.offices import is_irregular
from accord.reading.actors.pronouns import pronoun, sure_gender
from accord.reading.actors.scene import Scene, armed_groups
from accord.reading.mentions import Mention


def resolve(scene: Scene) -> None:
    """Add the mentions by description and pronoun. What nothing fits stays without a mention."""
    named = sorted(scene.mentions, key=lambda m: (m.start, -m.end))
    _genders(scene, named)
    discourse = Discourse(scene)
    _walk(scene, discourse, named)
    for token in scene.doc:
        heads_of(scene, token)
    _owned(scene)
    _leading(scene)
    _in_ranks(scene)


_RANKS = frozenset({"with", "of", "from", "in", "within", "at", "for"})


def _in_ranks(scene: Scene) -> None:
    """Whom those speak for who are still without a party: what follows ("a colonel in the rebels' army"), or the one
    armed group of the report for a rebel leader."""
    armed = armed_groups(scene)
    for mention in sorted(scene.mentions, key=lambda m: m.start):
        draft = scene.registry[mention.actors[0]] if len(mention.actors) == 1 else None
        if draft is None or not draft.singular or draft.observer:
            continue
        if is_irregular(draft) and len(armed) == 1 and (draft.party is None or _community(scene, draft.party)):
            draft.party = armed[0]
        if draft.party is not None or mention.head not in scene.titles:
            continue
        for preposition in scene.doc[mention.head].rights:
            if preposition.dep_ == "prep" and preposition.lower_ in _RANKS:
                for word in preposition.children:
                    whose = scene.by_head.get(word.i)
                    actors = whose.actors if whose is not None and not whose.locative else ()
                    parties = [p for a in actors if (p := scene.registry.party_of(a)) is not None]
                    scene.registry.speak_for(draft, next(iter(parties), None), 5)


def _community(scene: Scene, party: str) -> bool:
    return scene.registry[party].kind == "group"


def _leading(scene: Scene) -> None:
    """Whom somebody speaks for of whom a clause says so ("who leads the opposition", "who spoke for the rebels")."""
    for token in scene.doc:
        if token.dep_ != "relcl" or token.lemma_ not in roles().leading_verbs or token.head.i not in scene.by_head:
            continue
        person = scene.by_head[token.head.i]
        phrases = [c for c in token.children if c.dep_ == "dobj" and token.lemma_ != "speak"]
        phrases += [w for c in token.children if c.dep_ == "prep" and c.lower_ == "for" for w in c.children]
        for phrase in phrases:
            led = scene.by_head.get(phrase.i)
            if led is None or len(person.actors) != 1 or scene.registry[person.actors[0]].kind != "person":
                continue
            party = next((p for a in led.actors if (p := scene.registry.party_of(a)) is not None), None)
            draft = scene.registry[person.actors[0]]
            scene.registry.speak_for(draft, party, 4)
            draft.observer = draft.observer and draft.party is None


def _owned(scene: Scene) -> None:
    """Whom somebody speaks for who is called by another's pronoun or description ("its envoy", "the rebels' aide")."""
    for mention in sorted(scene.mentions, key=lambda m: m.start):
        if len(mention.actors) != 1 or scene.registry[mention.actors[0]].kind not in ("person", "unnamed"):
            continue
        draft = scene.registry[mention.actors[0]]
        for head in (mention.head, *mention.heads):
            if head not in scene.titles or draft.observer:
                continue
            for child in scene.doc[head].children:
                owner = scene.by_head.get(child.i) if child.dep_ == "poss" else None
                if owner is not None and draft.id not in owner.actors:
                    party = next((p for a in owner.actors if (p := scene.registry.party_of(a)) is not None), None)
                    scene.registry.speak_for(draft, party, 5)


def _genders(scene: Scene, named: list[Mention]) -> None:
    """Learn from pronouns whose antecedent is beyond doubt whether a person is "he" or "she"."""
    discourse, votes = Discourse(scene), Counter[tuple[str, str]]()
    queue = iter(named)
    ahead = next(queue, None)
    for token in scene.doc:
        while ahead is not None and ahead.start < token.i:
            discourse.add(ahead)
            ahead = next(queue, None)
        if token.lower_ in ("he", "she", "his", "her", "him"):
            found = sure_gender(scene, discourse, token)
            if found is not None:
                votes[found] += 1
    for (actor, gender), count in sorted(votes.items()):
        draft = scene.registry[actor]
        other = votes[(actor, "she" if gender == "he" else "he")]
        if draft.gender is None and count > other:
            draft.gender = "he" if gender == "he" else "she"


def _walk(scene: Scene, discourse: Discourse, named: list[Mention]) -> None:
    queue = iter(named)
    ahead = next(queue, None)
    for token in scene.doc:
        while ahead is not None and ahead.start <= token.i:
            discourse.add(ahead)
            ahead = next(queue, None)
        if token.is_space or token.is_punct or token.i in scene.by_head:
            continue
        made = None
        if token.lower_ in ("both", "former", "latter"):
            made = describe(scene, discourse, token)
        elif token.pos_ == "PRON" or token.tag_ in ("PRP", "PRP$", "WP", "WDT"):
            made = pronoun(scene, discourse, token)
        elif token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "DET"):
            made = describe(scene, discourse, token)
        if made is not None:
            discourse.add(made)
