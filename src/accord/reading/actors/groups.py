"""Groups named after a state, body, person or region: "Russian officials", "Houthi rebels", "European leaders"."""

from __future__ import annotations

from spacy.tokens import Token

from accord.model.vocabulary import states
from accord.model.vocabulary.groups import groups
from accord.reading.actors.apart import set_apart
from accord.reading.actors.holders import leads
from accord.reading.actors.lexicon import Hit
from accord.reading.actors.owners import only_backs, owners
from accord.reading.actors.scene import Scene, armed_groups

_SINGULAR = frozenset({"NN", "NNP"})


def find_groups(scene: Scene) -> None:
    """Add the mentions of groups."""
    vocabulary = groups()
    nouns = vocabulary.acting | vocabulary.civil | vocabulary.region_heads | vocabulary.apart_nouns
    for token in scene.doc:
        if token.pos_ not in ("NOUN", "PROPN") or not (token.lower_ in nouns or _rules(token)):
            continue
        if token.i in scene.hit_at or token.i in scene.by_head:
            continue
        if token.tag_ in _SINGULAR and token.i in scene.titles:
            continue  # one person: a description
        _group(scene, token)


def _group(scene: Scene, token: Token) -> None:
    vocabulary, lower = groups(), token.lower_
    left, named = owners(scene, token)
    hit = named_after(scene, token)
    if hit is not None:
        scene.mention(left, hit.end, [scene.actor_of(hit)], "name", "named after its kind", head=token.i)
        return
    if _rules(token):
        if named:
            _acting(scene, token, left, named)
        return
    if _apart(scene, token, left, named):
        return
    if lower in vocabulary.irregulars:
        _irregulars(scene, token, left, named)
    elif not named or lower not in vocabulary.civil | vocabulary.acting:
        _of_region(scene, token)
    elif lower in vocabulary.civil:
        found = [_civil(scene, actor, token) for actor in named]
        if all(found):
            scene.mention(left, token.i + 1, [a for a in found if a], "people", "people", head=token.i)
    else:
        _acting(scene, token, left, named)


def named_after(scene: Scene, token: Token) -> Hit | None:
    """The name of a body that follows the noun for its kind: "the Basque group ETA", "the movement Ansar Dine"."""
    kinds = groups().body_descriptions
    if token.lower_ not in kinds["armed-group"] | kinds["organisation"] or token.i + 2 >= len(token.doc):
        return None
    i = token.i + 1 + (token.nbor(1).lower_ == "the")
    hit = scene.hit_at.get(i)
    after = token.doc[hit.end] if hit is not None and hit.end < len(token.doc) else None
    if hit is None or hit.start != i or hit.kind not in ("body", "found"):
        return None
    return None if after is not None and after.tag_ in ("NN", "NNS", "POS") else hit


def _rules(token: Token) -> bool:
    """Whether a noun ends a phrase for a council that governs: "Chad's ruling military council"."""
    return token.i > 0 and f"{token.nbor(-1).lower_} {token.lower_}" in groups().ruling


def _apart(scene: Scene, token: Token, left: int, named: list[str]) -> bool:
    """Whether a group named after a state is not that state: "Darfur's largest rebel group"; adds the mention."""
    of_state = [a for a in named if scene.registry[a].kind == "state"]
    others = [a for a in named if scene.registry[a].kind not in ("state", "group")]
    if len(of_state) != 1 or others or token.lower_ not in groups().apart_nouns:
        return False
    body = token.lemma_.lower() in groups().body_descriptions["armed-group"]  # "armed group", not "armed forces"
    own = set_apart(scene, scene.doc[left : token.i], of_state[0], body=body)
    if own is None:
        return False
    scene.mention(left, token.i + 1, [own], "people", "apart", head=token.i)
    scene.called.setdefault(own, set()).add(token.lower_)
    return True


def _acting(scene: Scene, token: Token, left: int, named: list[str]) -> None:
    """Those who act for what they are named after: it is the state or body itself that is meant."""
    if token.lower_ == "leaders" and len(named) == 1 and (both := _leaders_within(scene, named[0])):
        scene.mention(left, token.i + 1, both, "people", "leaders", head=token.i)
        return
    found: list[str] = []
    for actor in named:
        party = (
            scene.registry.party_of(actor) if scene.registry[actor].kind == "person" else _mission(scene, actor, token)
        )
        if party is not None and scene.registry[party].kind != "person":
            found.append(party)
    if found:
        scene.mention(left, token.i + 1, found, "people", f"group {token.lower_}", head=token.i)
        if len(found) == 1:
            scene.called.setdefault(found[0], set()).add(token.lower_)


def _irregulars(scene: Scene, token: Token, left: int, named: list[str]) -> None:
    """Rebels and the like: an armed group beside the noun, or one of their own that the state's name tells apart."""
    armed = [a for a in named if scene.registry[a].kind not in ("state", "person", "media")]
    if armed:
        scene.mention(left, token.i + 1, armed, "people", "armed", head=token.i)
        for actor in armed:
            scene.called.setdefault(actor, set()).add(token.lower_)
        return
    of_state = [a for a in named if scene.registry[a].kind == "state"]
    word = scene.doc[token.i - 1] if token.i > token.sent.start else None
    if len(of_state) == 1 and (own := _named_within(scene, of_state[0])) is not None:
        scene.mention(left, token.i + 1, [own], "people", "irregulars", head=token.i)
        scene.called.setdefault(own, set()).add(token.lower_)
        return
    if len(of_state) == 1:
        entry = states.by_name()[scene.registry[of_state[0]].name]
        name = f"{entry.demonyms[0] if entry.demonyms else entry.name} {token.lower_}"
    elif named or word is None:
        return
    elif any(only_backs(scene, hit) for i in range(left, token.i) if (hit := scene.hit_at.get(i)) is not None):
        name = scene.doc[left + (scene.doc[left].tag_ in ("DT", "PRP$", "CD")) : token.i + 1].text
    elif word.is_title and word.tag_ in ("NNP", "JJ") and not word.is_sent_start and word.text not in groups().regions:
        name, left = f"{word.text} {token.lower_}", token.i - 1
    else:
        return
    made = scene.registry.add("armed-group", name)
    scene.mention(left, token.i + 1, [made.id], "people", "irregulars", head=token.i)
    scene.called.setdefault(made.id, set()).add(token.lower_)


def _named_within(scene: Scene, state: str) -> str | None:
    """The one armed group that a report on a state names, which "Ugandan rebels" are there."""
    if scene.registry[state].name != scene.home:
        return None
    armed = [key for key in armed_groups(scene) if not scene.registry.is_elsewhere(key, state)]
    return armed[0] if len(armed) == 1 else None


def _mission(scene: Scene, owner: str, token: Token) -> str:
    """For "the UN mission", the mission that the report has named before, if it is one of that body."""
    if token.tag_ in _SINGULAR and token.lower_ in groups().body_descriptions["organisation"]:
        for hit in scene.hits:
            if hit.kind == "body" and hit.end <= token.i and scene.registry.body(hit.value).party == owner:
                return scene.registry.body(hit.value).id
    return owner


def _leaders_within(scene: Scene, state: str) -> list[str]:
    """The named leaders of a state's own rival parties, where the report has such ("Kenya's leaders")."""
    if scene.registry[state].kind != "state":
        return []
    found: dict[str, str] = {}
    for draft in scene.registry.drafts.values():
        leader = draft.kind == "person" and not draft.observer and leads(draft)
        if leader and draft.party is not None and draft.party in scene.registry.within(state):
            found.setdefault(draft.party, draft.id)
    return list(found.values()) if len(found) > 1 else []


def _civil(scene: Scene, actor: str, token: Token) -> str | None:
    """The people of a state as a group: "Kenyans", or as the report words it ("Syrian refugees")."""
    draft, lower, vocabulary = scene.registry[actor], token.lower_, groups()
    entry = states.by_name().get(draft.name)
    if entry is None:
        if draft.kind in ("person", "media"):
            return None
        made = scene.registry.add("group", f"{draft.name} {lower}")
        made.observer = lower in vocabulary.observing
        return made.id
    if token.tag_ in _SINGULAR and lower not in vocabulary.masses:
        return None
    return people_of(scene, entry.name, None if lower in vocabulary.peoples else lower)


def people_of(scene: Scene, state: str, noun: str | None) -> str:
    """The group that a people is ("Kenyans"), or some of it ("Kenyan refugees")."""
    entry = states.by_name()[state]
    if entry.community and noun is None:
        return scene.registry.state(state).id
    adjective = entry.demonyms[0] if entry.demonyms else entry.name
    plural = entry.people[0] if entry.people else f"{adjective} people"
    draft = scene.registry.add("group", plural if noun is None else f"{adjective} {noun}")
    draft.observer = noun in groups().observing
    return draft.id


def _of_region(scene: Scene, token: Token) -> None:
    """A bloc by region ("European leaders"), or people of one ("Western elites")."""
    vocabulary, lower = groups(), token.lower_
    start = _region(scene, token)
    if start is None or lower not in vocabulary.region_heads | vocabulary.civil:
        return
    name = scene.doc[start : token.i + 1].text
    draft = scene.registry.add("group" if lower in vocabulary.civil else "bloc", name[0].upper() + name[1:])
    draft.observer = lower in vocabulary.observing
    scene.mention(start, token.i + 1, [draft.id], "people", "region", head=token.i)


def _region(scene: Scene, token: Token) -> int | None:
    """Where "European" in "European leaders" begins, if a region stands before the noun."""
    if token.tag_ in _SINGULAR:
        return None
    regions, doc, i = groups().regions, scene.doc, token.i - 1
    while i >= token.sent.start and doc[i].tag_ in ("JJ", "NNP", "NN", "VBN") and token.i - i < 4:
        if doc[i].text in regions and i not in scene.hit_at:
            start = i - 1 if i > 0 and f"{doc[i - 1].text} {doc[i].text}" in regions else i
            return start if doc[i].text[0].isupper() else None
        i -= 1
    return None
