"""Whose a noun is: the states, bodies and persons named beside it."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from accord.model.vocabulary import states
from accord.model.vocabulary.groups import groups
from accord.reading.actors.lexicon import Hit
from accord.reading.actors.scene import DASHES, STATE_KINDS, Scene, stands_apart

_BEFORE = frozenset({"JJ", "JJR", "JJS", "NN", "NNP", "POS", "HYPH", "VBN", "CD", "AFX", "NNPS"})
_REACH = 12


def owners(scene: Scene, token: Token) -> tuple[int, list[str]]:
    """The states, bodies and persons that a noun is of, and where its phrase begins.

    Looks at the words before the noun ("U.S. and Russian", "Moscow's") and at "of" and "from" after it.
    """
    doc, named = scene.doc, list[str]()
    first, left = token.sent.start, token.i
    i = token.i - 1
    while i >= first and token.i - i < _REACH:
        hit = scene.hit_at.get(i)
        if doc[i].text in DASHES and stands_apart(doc, i):
            break
        if hit is not None and hit.kind != "none":
            if not only_backs(scene, hit):
                named.insert(0, scene.actor_of(hit))
            i = left = hit.start
        elif i in scene.referent:
            actor = scene.referent[i][0]
            while i - 1 >= first and scene.referent.get(i - 1) == (actor,):
                i -= 1
            named.insert(0, actor)
            left = i
        elif doc[i].tag_ in ("CC", ",") and named:
            if not _goes_on(scene, token, i, left):
                break
        elif (doc[i].tag_ in _BEFORE or (doc[i].tag_ == "VBG" and doc[i].dep_ == "amod")) and not doc[i].is_space:
            left = i  # "Chad's ruling military council"
        elif doc[i].text not in DASHES:
            break
        i -= 1
    if i >= first and doc[i].tag_ in ("DT", "PRP$") and i == left - 1:
        left = i
    return left, list(dict.fromkeys(named or _after(scene, token)))


def _goes_on(scene: Scene, token: Token, i: int, left: int) -> bool:
    """Whether the name before an "and" belongs to the same noun ("U.S. and Russian officials") or to another clause."""
    before = scene.hit_at.get(i - 1)
    if before is None or before.kind not in ("demonym", "state", "people", "body"):
        return False
    word = scene.doc[i - 1]
    argument = word.dep_ in ("nsubj", "pobj", "dobj", "conj") and scene.doc[left].tag_ != "JJ"
    own = before.kind == "state" and argument and word.head.i != token.i
    return not own or word.text in states.demonyms()


def only_backs(scene: Scene, hit: Hit) -> bool:
    """Whether a name only says who backs a group or what it is like ("Iran-backed", "pro-Russian", "ethnic")."""
    doc = scene.doc
    if hit.start >= 1 and doc[hit.start - 1].lower_ == "ethnic":
        return True
    if hit.start >= 2 and doc[hit.start - 1].text == "-" and doc[hit.start - 2].lower_ in ("pro", "anti"):
        return True
    if hit.end + 1 >= len(doc) or doc[hit.end].text != "-" or hit.end + 1 in scene.hit_at:
        return False
    return doc[hit.end + 1].tag_ in ("VBN", "VBD", "JJ", "VB") and doc[hit.end + 1].lower_ != "led"


def _after(scene: Scene, token: Token) -> Iterable[str]:
    """What follows with "of" or "from": "the government of Kenya", "officials from Qatar and Egypt"."""
    beside = token.nbor(1) if token.i + 1 < token.sent.end else None
    tied = [beside] if beside is not None and beside.dep_ == "prep" and beside.head.i != token.i else []
    for child in (*token.rights, *(t for t in tied if t.head in token.conjuncts)):
        if child.dep_ == "prep" and (
            child.lower_ in ("of", "from") or (child.lower_ == "for" and token.i in scene.titles)
        ):
            for word in child.children:
                for part in (word, *word.conjuncts):
                    for hit in _named_at(scene, part):
                        if hit.kind in (*STATE_KINDS, "body", "found"):
                            yield scene.actor_of(hit)


def _named_at(scene: Scene, word: Token) -> list[Hit]:
    """The name that a word is part of, or that stands before it where it means a government or group itself."""
    hit = scene.hit_at.get(word.i)
    if hit is not None:
        return [hit]
    if word.lower_ not in groups().government and word.lower_ not in groups().body_descriptions["armed-group"]:
        return []
    beside = [scene.hit_at[c.i] for c in word.children if c.i in scene.hit_at and c.dep_ != "prep"]
    return beside[:1]
