"""Tells whether a capital or a seat acts for its state or is a place, and whether a state is named as a place."""

from __future__ import annotations

from spacy.tokens import Token

from accord.model.vocabulary.groups import groups
from accord.reading.actors.lexicon import Hit
from accord.reading.actors.scene import Scene

_MOVING = frozenset({"to", "from", "toward", "towards", "for", "on", "over"})
_OBJECT = frozenset({"dobj", "obj", "dative", "oprd"})


def governor(token: Token) -> tuple[str, Token]:
    """The relation of a noun to what governs it, that of the first conjunct for a later one."""
    for _ in range(6):
        if token.dep_ == "conj" and token.head.i != token.i:
            token = token.head
        else:
            break
    return token.dep_, token.head


def acts(scene: Scene, hit: Hit) -> bool:
    """Whether a capital or seat stands for its state here."""
    words = groups()
    root = scene.doc[hit.start : hit.end].root
    after = scene.doc[hit.end] if hit.end < len(scene.doc) else None
    if after is not None and after.text == "," and hit.kind == "capital":
        following = scene.hit_at.get(hit.end + 1)
        if following is not None and following.kind == "state" and following.value == hit.value:
            return False  # "Nairobi, Kenya"
    if after is not None and hit.kind == "capital" and _dateline(scene, hit):
        return False
    relation, head = governor(root)
    if relation in ("nsubj", "nsubjpass", "csubj", "agent"):
        return _agentive(head, relation)
    if relation == "poss":
        return hit.kind == "seat" or (head.lower_ not in words.city_nouns and head.pos_ != "PROPN")
    if relation in ("compound", "nmod", "amod", "npadvmod"):
        if hit.kind == "capital":
            return head.lower_ in words.acting
        return head.lower_ not in words.city_nouns and head.text not in words.place_words
    if relation in _OBJECT:
        if hit.kind == "seat":
            return head.lemma_ in words.acting_verbs or head.lemma_ == "visit"
        return head.lemma_ in words.acting_verbs and head.lemma_ not in words.city_verbs
    if relation == "pobj":
        return _after_preposition(hit, head)
    return hit.kind == "seat" and relation not in ("appos", "npadvmod")


def _dateline(scene: Scene, hit: Hit) -> bool:
    """Whether a capital opens a report or paragraph and is set off by a dash ("NAIROBI, Feb 28 (Reuters) -")."""
    doc = scene.doc
    before = doc[hit.start - 1] if hit.start else None
    if before is not None and not (before.is_space or before.text in ("(", "/")):
        return False
    ahead = [t.text for t in doc[hit.end : hit.end + 12]]
    dash = next((i for i, text in enumerate(ahead) if text in ("—", "–", "-", "--", ":")), None)
    return dash is not None and (dash == 0 or doc[hit.start].text.isupper() or "(" in ahead[:dash])


def _agentive(verb: Token, relation: str) -> bool:
    words = groups()
    if relation == "nsubjpass":
        return verb.lemma_ in words.acting_verbs and verb.lemma_ not in words.city_verbs
    if verb.lemma_ == "be":
        return not any(c.dep_ == "attr" and c.lower_ in words.city_nouns | words.towns for c in verb.children)
    return verb.lemma_.lower() not in words.city_subject_verbs


def _after_preposition(hit: Hit, preposition: Token) -> bool:
    words = groups()
    lower = preposition.lower_
    if lower in groups().place_prepositions:
        return False
    governor = preposition.head
    if lower in _MOVING:
        if governor.lemma_.lower() in words.motion or governor.pos_ in ("AUX",):
            return False
        return lower != "from" or governor.pos_ != "VERB" or hit.kind == "seat" or governor.lemma_ in words.acting_verbs
    if lower == "of":
        town = governor.lower_ in words.city_nouns or governor.text in words.place_words
        fate = governor.lemma_ in words.city_fates or (hit.kind != "seat" and governor.lower_ in words.towns)
        return governor.pos_ == "NOUN" and not town and not fate
    return True


def locative(scene: Scene, hit: Hit) -> bool:
    """Whether a state is named as the place where something is ("talks in Turkey", "Istanbul, Turkey")."""
    root = scene.doc[hit.start : hit.end].root
    relation, head = governor(root)
    if relation == "pobj":
        return head.lower_ in groups().place_prepositions and head.head.lemma_ not in groups().not_places_in
    if relation == "appos" and hit.start > 0 and scene.doc[hit.start - 1].text == ",":
        return head.pos_ == "PROPN" and head.i not in scene.referent
    return False
