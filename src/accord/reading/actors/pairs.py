"""Two at once: "both leaders", "the two sides", "the parties", "the two men"."""

from __future__ import annotations

from spacy.tokens import Token

from accord.model.vocabulary.groups import groups
from accord.model.vocabulary.roles import class_of
from accord.reading.actors.discourse import Discourse, Past
from accord.reading.actors.roles import role_class
from accord.reading.actors.scene import Scene, noun_group, subjects_above
from accord.reading.actors.sides import brings_together, main_sides
from accord.reading.mentions import Mention

_DEFINITE = frozenset({"the", "these", "those", "both", "either", "neither", "each"})
_TWO = frozenset({"both", "two", "either", "neither", "each"})
_ONE_OF_TWO = ("either", "neither", "each")


def pair(scene: Scene, discourse: Discourse, token: Token) -> Mention | None:
    """The mention that a phrase for two makes: the two persons, states or parties that are meant."""
    lower = token.lower_
    vocabulary = groups().pairs
    alone = token.dep_ in ("nsubj", "nsubjpass", "pobj", "dobj")
    if alone and (
        (lower == "both" and token.tag_ in ("DT", "CC")) or (lower in ("two", "pair", "duo") and _the(token))
    ):
        last = _last_pair(scene, discourse, token)
        last = last or (main_sides(scene) if lower == "both" else _persons(scene, discourse, token))
        start = token.i if lower == "both" else token.i - 1
        return scene.mention(start, token.i + 1, last, "description", "both", head=token.i) if last else None
    if token.pos_ != "NOUN":
        return None
    two = any(c.lower_ in _TWO or c.lower_ in groups().facing for c in token.lefts)
    plain = token.tag_ == "NNS" and all(c.lower_ == "the" for c in token.lefts) and token.left_edge.lower_ == "the"
    counted = two and (token.tag_ == "NNS" or any(c.lower_ in _ONE_OF_TWO for c in token.lefts))
    if not counted and not (plain and (lower in groups().sides or _holders(scene, token) or _met(discourse, token))):
        return None
    pointing = token.left_edge.lower_ in _DEFINITE or any(c.tag_ == "PRP$" for c in token.lefts)
    if two and lower != "sides" and not pointing:
        return None
    actors: tuple[str, ...] = ()
    why = ""
    if lower in vocabulary["persons"] and token.tag_ == "NNS":
        actors, why = _persons(scene, discourse, token), "two persons"
    if not actors and lower in vocabulary["states"]:
        actors, why = _parties(scene, discourse, token, states=True), "two states"
    if not actors and lower in vocabulary["parties"] | vocabulary["persons"]:
        actors, why = _parties(scene, discourse, token, states=False), "two parties"
    if not actors:
        return None
    return scene.mention(noun_group(token).start, token.i + 1, actors, "description", why, head=token.i)


def _met(discourse: Discourse, token: Token) -> bool:
    """Whether "the presidents" are two who were named together shortly before."""
    if token.dep_ not in ("nsubj", "nsubjpass") or role_class(token) != "office":
        return False
    return any(len(joined(discourse.scene, past)) == 2 for past in discourse.before(token.i, 3))


def _the(token: Token) -> bool:
    return token.i > 0 and token.doc[token.i - 1].lower_ == "the"


def _last_pair(scene: Scene, discourse: Discourse, token: Token) -> tuple[str, ...]:
    for past in discourse.before(token.i, 1):
        actors = joined(scene, past)
        if len(actors) == 2:
            return actors
    return ()


def joined(scene: Scene, past: Past) -> tuple[str, ...]:
    """The actors of a mention with those joined to it."""
    head = scene.doc[past.mention.head]
    found = list(past.mention.actors)
    for word in head.conjuncts:
        mention = scene.by_head.get(word.i)
        if mention is not None and mention.start < past.mention.head + 40:
            found.extend(a for a in mention.actors if a not in found)
    return tuple(found)


def _persons(scene: Scene, discourse: Discourse, token: Token) -> tuple[str, ...]:
    """The last two persons who take part, of different parties where there are such."""
    for past in discourse.before(token.i, 1):
        two = [a for a in joined(scene, past) if scene.registry[a].kind == "person"]
        if len(two) == 2 and not any(scene.registry[a].observer or _third(scene, a) for a in two):
            return (two[0], two[1])
    holders = _holders(scene, token)
    if holders is not None:
        return holders
    found: list[str] = []
    sentences: dict[str, int] = {}
    for past in discourse.before(token.i, 7):
        for actor in reversed(past.mention.actors):
            draft = scene.registry[actor]
            if draft.kind == "person" and not draft.observer and actor not in found and not _third(scene, draft.id):
                found.append(actor)
                sentences[actor] = past.sentence
    if len(found) < 2:
        return ()
    first, second = found[0], found[1]
    if sentences[first] != sentences[second]:
        party = scene.registry.party_of(first)
        second = next((a for a in found[1:] if scene.registry.party_of(a) != party), second)
    return (second, first)


def _holders(scene: Scene, token: Token) -> tuple[str, ...] | None:
    """For "the two presidents", the two of the report who are; None where the noun names no office of theirs."""
    noun = token.lemma_.lower()
    if role_class(token) != "office":
        return None
    found = [
        draft.id
        for draft in scene.registry.drafts.values()
        if draft.kind == "person" and not draft.former and any((r.title or "").endswith(noun) for r in draft.roles)
    ]
    return (found[0], found[1]) if len(found) == 2 else None


def _third(scene: Scene, actor: str) -> bool:
    """Whether a person helps the parties rather than being one: a mediator by role."""
    return any(class_of().get(role.title or "") == "mediator" for role in scene.registry[actor].roles)


def _parties(scene: Scene, discourse: Discourse, token: Token, *, states: bool) -> tuple[str, ...]:
    """The two parties that are meant.

    Two alone earlier in the sentence; else the last two joined by "and" nearby; else the sides of the report; else
    two alone in the sentence before. Within a quotation what the reporter wrote around it does not count.
    """

    def right(party: str) -> bool:
        return not states or scene.registry[party].kind == "state"

    here = discourse.sentence(token.i)
    recent = [p for p in discourse.before(token.i, 3) if not brings_together(scene, p.mention)]
    if token.i not in scene.quoted:
        doers = subjects_above(scene, token) if token.dep_ in ("dobj", "pobj") else set[str]()
        parties = [p for p in discourse.parties(q for q in recent if q.sentence == here) if right(p) and p not in doers]
        if len(parties) == 2:
            return (parties[0], parties[1])
        for past in recent:
            pair_of = [p for a in joined(scene, past) if (p := discourse.party(a)) is not None and right(p)]
            same_kind = all(scene.registry[a].kind != "person" for a in past.mention.actors)
            if set(pair_of) & doers:
                continue  # "the two called on both parties"
            if len(dict.fromkeys(pair_of)) == 2 and same_kind and here - past.sentence <= 2:
                return tuple(dict.fromkeys(pair_of))
    sides = main_sides(scene, states=states)
    if sides:
        return sides
    parties = [p for p in discourse.parties(q for q in recent if here - q.sentence <= 1) if right(p)]
    return (parties[0], parties[1]) if len(parties) == 2 else ()
