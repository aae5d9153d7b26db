"""Bodies without their name: "the government", "the opposition", "parliament", "the group", "the alliance"."""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Token

from accord.model.vocabulary import states
from accord.model.vocabulary.groups import groups
from accord.model.vocabulary.roles import roles
from accord.reading.actors.discourse import Discourse, Past
from accord.reading.actors.groups import named_after
from accord.reading.actors.owners import owners
from accord.reading.actors.registry import Draft
from accord.reading.actors.scene import (
    DEFINITE,
    Scene,
    armed_groups,
    determiner_of,
    goes_between,
    noun_group,
    subjects_above,
)
from accord.reading.mentions import Mention

_FAR = 12
"""How many sentences back a body may lie that the report has called by the noun in question."""
_NEAR = 8


def collective(scene: Scene, discourse: Discourse, token: Token) -> Mention | None:
    """The mention that a noun for a body makes, if it points to one."""
    vocabulary, lower = groups(), token.lower_
    hit = named_after(scene, token)
    if hit is not None:
        left = noun_group(token).start
        return scene.mention(left, hit.end, [scene.actor_of(hit)], "name", "named after its kind", head=token.i)
    if token.dep_ in ("compound", "amod", "nmod") and lower not in ("opposition", "government"):
        return None
    left = noun_group(token).start
    for what, words in sorted(vocabulary.domestic.items()):
        if lower in words or _ends_phrase(token, what):
            return _domestic(scene, discourse, token, what)
    determiner = determiner_of(token)
    away = any(c.lower_ in vocabulary.elsewhere or c.tag_ == "CD" for c in token.lefts)
    owned = determiner is not None and determiner.dep_ == "poss" and not _of_state(scene, determiner)
    if not owned and not away:
        if _fighters(token, determiner is not None and determiner.lower_ in DEFINITE):
            return _irregulars(scene, discourse, token, left)
        if token.i not in scene.titles and lower in vocabulary.acting and any(_is_government(c) for c in token.lefts):
            return _mention_state(scene, discourse, token, left)
    if determiner is None or (determiner.lower_ not in DEFINITE and determiner.dep_ != "poss"):
        return None
    if determiner.tag_ == "PRP$" or (determiner.dep_ == "poss" and determiner.i in scene.by_head):
        return _possessed(scene, token, left)
    if lower in vocabulary.government or noun_group(token)[-2:].text.lower() in vocabulary.government:
        return _government(scene, discourse, token, left)
    if lower in vocabulary.acting and any(_is_government(c) for c in token.lefts):
        return _mention_state(scene, discourse, token, left)
    return None if away else _body(scene, discourse, token, left)


def _of_state(scene: Scene, owner: Token) -> bool:
    """Whether a possessor is a state or region: "Darfur's largest rebel group"."""
    mention = scene.by_head.get(owner.i)
    return mention is not None and all(scene.registry[a].kind == "state" for a in mention.actors)


def _fighters(token: Token, definite: bool) -> bool:
    """Whether a noun means fighters who are not a state's: "rebels", "the separatists", "guerrilla forces"."""
    armed = roles().armed
    if token.lower_ in groups().irregulars and token.tag_ in ("NNS", "NNPS"):
        return token.lower_ in groups().rebels or (definite and token.lemma_.lower() in armed)
    mine = groups().acting | groups().body_descriptions["armed-group"]
    before = token.i > token.sent.start and token.nbor(-1).lower_ in armed  # "the army and rebel forces", misread
    return token.lower_ in mine and (before or any(c.lower_ in armed and c.dep_ == "compound" for c in token.lefts))


def _irregulars(scene: Scene, discourse: Discourse, token: Token, left: int) -> Mention | None:
    """The armed group that "the rebels" are: called so before, the only one of the report, else one of its own,
    named after the state that the report speaks of ("Burundian rebels")."""
    if any(c.dep_ == "nmod" and any(x.dep_ == "cc" for x in c.children) for c in token.lefts):
        left = token.i - 1
    found = _body(scene, discourse, token, left)
    armed = armed_groups(scene)
    if found is not None or len(armed) > 1:
        return found
    if not armed and scene.home is not None and token.i not in scene.headlines:
        entry = states.by_name()[scene.home]
        if token.dep_ == "dobj" and scene.registry.state(scene.home).id in subjects_above(scene, token):
            return None  # "Libya armed the rebels": some other state's
        beside = [
            t.lower_ for t in token.doc[max(token.sent.start, token.i - 2) : token.i] if t.lower_ in roles().armed
        ]
        noun = beside[-1] if beside else token.lemma_.lower()
        name = f"{entry.demonyms[0] if entry.demonyms else entry.name} {noun}s"
        armed = [scene.registry.add("armed-group", name).id]
    if not armed:
        return None
    scene.called.setdefault(armed[0], set()).add(token.lower_)
    return scene.mention(left, token.i + 1, armed, "description", "irregulars", head=token.i)


def _ends_phrase(token: Token, what: str) -> bool:
    """Whether a noun ends a phrase of several words ("supreme court")."""
    if not what.endswith(token.lower_):
        return False
    size = len(what.split(" "))
    start = token.i - size + 1
    return size > 1 and start >= 0 and token.doc[start : token.i + 1].text.lower() == what


def _possessed(scene: Scene, token: Token, left: int) -> Mention | None:
    """ "His government", "the group's negotiators": the state or body of whoever is meant before it."""
    owner = next((scene.by_head[c.i] for c in token.lefts if c.dep_ == "poss" and c.i in scene.by_head), None)
    if owner is None or token.lower_ not in groups().acting or token.lemma_.lower() in roles().counterparts:
        return None
    parties = [p for a in owner.actors if (p := scene.registry.party_of(a)) is not None]
    return scene.mention(left, token.i + 1, parties, "description", "possessed", head=token.i) if parties else None


def _government(scene: Scene, discourse: Discourse, token: Token, left: int) -> Mention | None:
    """ "The government", "the interim authorities": the state in view."""
    plain = groups().government_adjectives
    if not all(c.dep_ in ("det", "punct") or c.lower_ in plain for c in token.lefts):
        return None
    return _mention_state(scene, discourse, token, left)


def _is_government(word: Token) -> bool:
    """Whether a noun is a government's ("the government delegation")."""
    return word.dep_ == "compound" and word.lower_ in groups().government


def _mention_state(scene: Scene, discourse: Discourse, token: Token, left: int) -> Mention | None:
    state = _state_in_view(scene, discourse, token)
    if state is None:
        return None
    return scene.mention(left, token.i + 1, [state], "description", "government", head=token.i)


def _state_in_view(scene: Scene, discourse: Discourse, token: Token) -> str | None:
    """The state whose government is meant: the report's own, unless one other state alone is in view."""
    _, beside = owners(scene, token)
    for actor in beside:
        party = scene.registry.party_of(actor)
        if party is not None:
            return party
    doers = subjects_above(scene, token) if token.dep_ in ("dobj", "pobj") else set()
    near: Counter[str] = Counter()
    for past in discourse.before(token.i, 1):
        for actor in past.mention.actors:
            party = scene.registry.party_of(actor)
            if party is not None and scene.registry[party].kind == "state" and party not in doers:
                near[party] += 1
    home = scene.registry.state(scene.home).id if scene.home is not None else None
    if home is not None and home not in doers and (home in near or len(near) != 1):
        return home
    return next(iter(near)) if len(near) == 1 else None


def _domestic(scene: Scene, discourse: Discourse, token: Token, what: str) -> Mention | None:
    """ "The opposition", "parliament": of the state beside it or else of the report's."""
    start, beside = owners(scene, token)
    states = [p for a in beside if (p := scene.registry.party_of(a)) is not None and scene.registry[p].kind == "state"]
    if not states:
        if what == "opposition" and not _is_a_party(token):
            return None
        told = scene.registry.only_domestic(what)
        if told is not None:  # "the opposition" is the one that the report has told of, whoever is in view
            return scene.mention(noun_group(token).start, token.i + 1, [told], "description", what, head=token.i)
        doers = [p for p in sorted(subjects_above(scene, token)) if scene.registry[p].kind == "state"]
        state = doers[0] if len(doers) == 1 else _state_in_view(scene, discourse, token)
        if state is None or scene.registry[state].kind != "state":
            return None
        states = [state]
    draft = scene.registry.domestic(scene.registry[states[-1]].name, what)
    left = min(noun_group(token).start, start)
    return scene.mention(left, token.i + 1, [draft.id], "description", what, head=token.i)


def _is_a_party(token: Token) -> bool:
    """Whether "opposition" without a name beside it is a party rather than "opposition to the plan"."""
    if any(c.dep_ == "prep" and c.lower_ == "to" for c in token.rights):
        return False
    determiner = determiner_of(token)
    return (determiner is not None and determiner.lower_ == "the") or token.dep_ in ("nsubj", "conj", "compound")


def _body(scene: Scene, discourse: Discourse, token: Token, left: int) -> Mention | None:
    """ "The group", "the alliance", "the country": the most present actor that the noun can mean."""
    lower = token.lower_
    if _elsewhere(scene, token):
        return None
    kinds = {kind for kind, words in groups().body_descriptions.items() if lower in words and kind != "alliance"}
    called = {actor for actor, words in scene.called.items() if lower in words}

    def was_called(past: Past) -> bool:
        return len(past.mention.actors) == 1 and past.mention.actors[0] in called

    def can_be(past: Past) -> bool:
        drafts = discourse.drafts(past)
        if len(drafts) != 1 or goes_between(scene.doc, past.mention.head + 1):
            return False
        among = drafts[0].kind in kinds or (drafts[0].kind == "organisation" and "bloc" in kinds)
        return among and _can_be(scene, drafts[0], lower)

    if lower in groups().irregulars and not called and not kinds:
        kinds = {"armed-group"} if _only_armed(scene, discourse) else set()
    best: Past | None = None
    if called and "state" not in kinds:
        best, _ = discourse.best(token, was_called, _FAR)
    if best is None and kinds:
        best, _ = discourse.best(token, can_be, _NEAR)
    if best is not None:
        return scene.mention(left, token.i + 1, best.mention.actors, "description", f"the {lower}", head=token.i)
    if kinds == {"state"} and scene.home is not None:
        home = scene.registry.state(scene.home).id
        return scene.mention(left, token.i + 1, [home], "description", "home", head=token.i)
    return None


def _elsewhere(scene: Scene, token: Token) -> bool:
    """Whether a plural is said to be a state's own: "the political leaders in Macedonia" are nobody else's."""
    if token.tag_ not in ("NNS", "NNPS"):
        return False
    for preposition in (c for c in token.rights if c.dep_ == "prep" and c.lower_ in ("in", "of")):
        if any(c.i in scene.hit_at and scene.hit_at[c.i].kind == "state" for c in preposition.children):
            return True
    return False


def _only_armed(scene: Scene, discourse: Discourse) -> bool:
    """Whether the report has so far named one armed group alone."""
    return len({a for a in discourse.counts if scene.registry[a].kind == "armed-group"}) == 1


def _can_be(scene: Scene, draft: Draft, noun: str) -> bool:
    """Whether a noun with a narrower meaning suits: an alliance or union is one by name."""
    if draft.kind not in ("organisation", "bloc") or noun not in groups().body_descriptions["alliance"]:
        return True
    names = f"{draft.name} {' '.join(scene.registry.forms_of(draft))}".lower()
    if noun in names:
        return True
    return noun not in ("alliance", "union") and draft.kind == "organisation" and scene.registry.is_usual(draft)
