"""Mentions of what is known by name: states, capitals and seats that act, peoples, bodies."""

from __future__ import annotations

from spacy.tokens import Token

from accord.model.vocabulary import organisations
from accord.model.vocabulary.groups import groups
from accord.reading.actors.acronyms import introduced
from accord.reading.actors.groups import people_of
from accord.reading.actors.judging import Judgement
from accord.reading.actors.lexicon import Hit
from accord.reading.actors.owners import only_backs
from accord.reading.actors.places import acts, governor, locative
from accord.reading.actors.scene import Scene


def find_known(scene: Scene) -> None:
    """Add the mentions of the vocabulary's names."""
    for hit in scene.hits:
        actor = _actor(scene, hit) if hit.kind != "none" else None
        if actor is not None:
            _add(scene, hit, actor)


def _add(scene: Scene, hit: Hit, actor: str) -> None:
    root = scene.doc[hit.start : hit.end].root
    start = hit.start
    if start > 0 and any(c.i == start - 1 and c.lower_ == "the" for c in root.children):
        start -= 1
    adjective = hit.kind == "demonym" or (hit.kind == "people" and root.pos_ == "ADJ")
    why = {"capital": "metonym", "seat": "metonym"}.get(hit.kind, "adjective" if adjective else "name")
    made = scene.mention(
        start,
        hit.end,
        [actor],
        "people" if hit.kind in ("people", "demonym") else "name",
        why,
        head=root.i,
        locative=hit.kind == "state" and locative(scene, hit),
    )
    if adjective:
        return
    scene.alias(actor, hit.start, hit.end)
    for child in root.children:
        if child.dep_ == "appos" and child.tag_ in ("NN", "NNS") and child.i > hit.end:
            scene.called.setdefault(actor, set()).add(child.lower_)
            scene.by_head.setdefault(child.i, made)


def _actor(scene: Scene, hit: Hit) -> str | None:
    """Who a known name means here; None where it is a place or a word for nobody in particular."""
    root = scene.doc[hit.start : hit.end].root
    if hit.kind in ("capital", "seat"):
        return scene.actor_of(hit) if acts(scene, hit) else None
    if hit.kind == "body" and locative(scene, hit) and scene.registry.body(hit.value).party is not None:
        return None  # "at Stormont": the building
    beside_noun = root.dep_ in ("compound", "amod", "nmod") and root.head.i > root.i and root.tag_ != "NNS"
    if hit.kind == "people" and root.pos_ != "ADJ" and not beside_noun and hit.value not in organisations.by_form():
        return _people(scene, hit, root)
    if hit.kind in ("demonym", "people") and (only_backs(scene, hit) or _is_language(root)):
        return None
    single = root.pos_ != "ADJ" and root.tag_ in ("NN", "NNP") and root.dep_ in ("nsubj", "dobj", "attr")
    if hit.kind == "demonym" and single:
        return None  # one person of that nationality
    return scene.actor_of(hit)


def _is_language(root: Token) -> bool:
    """Whether an adjective names a language ("he said in English")."""
    return root.dep_ == "pobj" and root.head.lower_ in ("in", "into") and root.left_edge.i == root.i


def _people(scene: Scene, hit: Hit, root: Token) -> str:
    """A people in the plural: the state where it acts as one, else the people as a group."""
    before = scene.doc[hit.start - 1] if hit.start > 0 else None
    vocabulary = groups()
    if before is not None and (before.lower_ in vocabulary.quantifiers or before.tag_ in ("CD", "JJ", "VBN")):
        return people_of(scene, hit.value, None)
    if before is not None and before.lower_ == "the":
        return scene.actor_of(hit)
    if _meets(root):
        return scene.actor_of(hit)
    relation, verb = governor(root)
    if relation in ("nsubj", "agent") and verb.lemma_ in vocabulary.state_verbs:
        return scene.actor_of(hit)
    return people_of(scene, hit.value, None)


def _meets(root: Token) -> bool:
    """Whether a people is one side of talks, a deal or a fight: "talks with Serbs"."""
    while root.dep_ == "conj":
        root = root.head
    between = root.dep_ == "pobj" and root.head.lower_ in ("with", "between", "among")
    return between and root.head.head.lemma_.lower() in groups().encounters


def find_bodies(scene: Scene, judged: dict[str, Judgement]) -> None:
    """Add bodies that the vocabulary does not know, each under its short form where the report introduces one."""
    short = introduced(scene.doc, judged, scene.hits)
    shortened = {full: acronym for acronym, full in short.items() if isinstance(full, str)}
    for text, judgement in judged.items():
        full = short.get(text)
        if judgement.kind != "body" and full is None:
            continue
        if isinstance(full, Hit):
            draft = scene.registry.body(full.value)
        else:
            draft = scene.registry.add("organisation", shortened.get(text, text))
            draft.observer = draft.observer or not groups().research_bodies.isdisjoint(text.split(" "))
        for span in judgement.spans:
            root = scene.doc[span.start : span.end].root
            scene.mention(span.start, span.end, [draft.id], "name", "body", head=root.i)
            found = Hit(span.start, span.end, "found", draft.id)
            scene.hit_at.update((i, found) for i in range(span.start, span.end))
            scene.alias(draft.id, span.start, span.end)
