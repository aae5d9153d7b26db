"""States, bodies and peoples by name, metonym or demonym, and the groups that are named after them."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from accord.model.vocabulary import organisations, roles, states
from accord.model.vocabulary.groups import groups
from accord.reading.actors.lexicon import Hit
from accord.reading.actors.places import acts, governor, locative
from accord.reading.actors.registry import Draft
from accord.reading.actors.scene import STATE_KINDS, Scene, is_group_noun

_SINGULAR = frozenset({"NN", "NNP"})
_QUANTIFIERS = frozenset(
    {"all", "many", "most", "some", "ordinary", "fellow", "few", "several", "millions", "thousands"}
)


def find_groups(scene: Scene) -> None:
    """Mentions of groups named after a state, body, person or region: "U.S. and Russian officials", "Houthi rebels"."""
    for token in scene.doc:
        if token.pos_ not in ("NOUN", "PROPN") or token.i in scene.hit_at or token.i in scene.by_head:
            continue
        lower = token.lower_
        vocabulary = groups()
        if lower not in vocabulary.acting | vocabulary.civil | vocabulary.region_heads:
            continue
        if token.tag_ in _SINGULAR and token.i in scene.titles and lower not in ("opposition",):
            continue  # one person: a description
        _group(scene, token)


def _group(scene: Scene, token: Token) -> None:
    vocabulary, lower = groups(), token.lower_
    left, named = owners(scene, token)
    if not named or lower not in vocabulary.civil | vocabulary.acting:
        region = _region(scene, token)
        if region is not None and lower in vocabulary.region_heads | vocabulary.civil:
            name = scene.doc[region : token.i + 1].text
            draft = scene.registry.add("bloc" if lower not in vocabulary.civil else "group", name[0].upper() + name[1:])
            draft.observer = lower in vocabulary.observing
            scene.mention(region, token.i + 1, [draft.id], "people", "region", head=token.i)
        return
    if lower in vocabulary.civil:
        actors = [_civil(scene, actor, token) for actor in named]
        if any(a is None for a in actors):
            return
        scene.mention(left, token.i + 1, [a for a in actors if a], "people", "people", head=token.i)
    elif is_group_noun(token):
        if lower == "leaders" and len(named) == 1 and (both := _leaders_within(scene, named[0])):
            scene.mention(left, token.i + 1, both, "people", "leaders", head=token.i)
            return
        named = [_mission(scene, actor, token) for actor in named]
        bound = [scene.registry.party_of(actor) for actor in named]
        found = [
            b if b is not None and scene.registry[a].kind == "person" else a for a, b in zip(named, bound, strict=True)
        ]
        found = [a for a in found if scene.registry[a].kind != "person"]
        if found:
            scene.mention(left, token.i + 1, found, "people", f"group {lower}", head=token.i)
            if len(found) == 1:
                scene.called.setdefault(found[0], set()).add(lower)


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
        if draft.kind == "person" and draft.party is not None and not draft.observer and leads(draft):
            if draft.party in scene.registry.within(state):
                found.setdefault(draft.party, draft.id)
    return list(found.values()) if len(found) > 1 else []


def leads(draft: Draft) -> bool:
    """Whether a person is called a leader of a state or body anywhere in the report."""
    leaders = roles.roles().leaders
    titles = [(role.title or "") for role in draft.roles]
    return any(t in leaders or ((t.split(" ")[-1:] or [""])[0] in leaders and "vice" not in t) for t in titles)


def owners(scene: Scene, token: Token) -> tuple[int, list[str]]:
    """The states, bodies and persons that a noun is of, and where its phrase begins.

    Looks at the words before the noun ("U.S. and Russian", "Moscow's") and at "of" and "from" after it.
    """
    doc = scene.doc
    named: list[str] = []
    i = token.i - 1
    first = token.sent.start
    left = token.i
    while i >= first and token.i - i < 12:
        word = doc[i]
        hit = scene.hit_at.get(i)
        if hit is not None and hit.kind != "none":
            if not _only_backs(scene, hit):
                named.insert(0, scene.actor_of(hit))
            i = left = hit.start
        elif i in scene.referent:
            actor = scene.referent[i][0]
            while i - 1 >= first and scene.referent.get(i - 1) == (actor,):
                i -= 1
            named.insert(0, actor)
            left = i
        elif word.tag_ in ("CC", ",") and named:
            before = scene.hit_at.get(i - 1)
            if before is None or before.kind not in ("demonym", "state", "people", "body"):
                break
            if (
                before.kind == "state"
                and doc[i - 1].dep_ in ("nsubj", "pobj", "dobj", "conj")
                and doc[left].tag_ != "JJ"
            ):
                if doc[i - 1].head.i != token.i and doc[i - 1].text not in states.demonyms():
                    break
        elif (
            word.tag_ in ("JJ", "JJR", "JJS", "NN", "NNP", "POS", "HYPH", "VBN", "CD", "AFX", "NNPS")
            and not word.is_space
        ):
            left = i
        elif word.text in ("-", "–"):
            pass
        else:
            break
        i -= 1
    if i >= first and doc[i].tag_ in ("DT", "PRP$") and i == left - 1:
        left = i
    if not named:
        named = list(_after(scene, token))
    return left, list(dict.fromkeys(named))


def _only_backs(scene: Scene, hit: Hit) -> bool:
    """Whether a name only says who stands behind a group ("Iran-backed"); one that leads it is another matter."""
    doc = scene.doc
    if hit.end + 1 >= len(doc) or doc[hit.end].text != "-":
        return False
    return (
        doc[hit.end + 1].tag_ in ("VBN", "VBD", "JJ", "VB")
        and doc[hit.end + 1].lower_ != "led"
        and (hit.end + 1 not in scene.hit_at)
    )


def _after(scene: Scene, token: Token) -> Iterable[str]:
    """What follows with "of" or "from": "the government of Kenya", "officials from Qatar and Egypt"."""
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "from"):
            for word in child.children:
                for part in (word, *word.conjuncts):
                    hit = scene.hit_at.get(part.i)
                    if hit is not None and hit.kind in STATE_KINDS + ("body",):
                        yield scene.actor_of(hit)


def _civil(scene: Scene, actor: str, token: Token) -> str | None:
    """The people of a state as a group: "Kenyans", or as the report words it ("Syrian refugees")."""
    draft = scene.registry[actor]
    entry = states.by_name().get(draft.name)
    lower = token.lower_
    if entry is None:
        if draft.kind in ("person", "media"):
            return None
        made = scene.registry.add("group", f"{draft.name} {lower}")
        made.observer = lower in groups().observing
        return made.id
    if token.tag_ in _SINGULAR and lower not in (
        "people",
        "public",
        "population",
        "media",
        "press",
        "diaspora",
        "community",
    ):
        return None
    return people_of(
        scene, entry.name, None if lower in ("people", "citizen", "citizens", "public", "population") else lower
    )


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


def _region(scene: Scene, token: Token) -> int | None:
    """Where "European" in "European leaders" begins, if a region stands before the noun."""
    if token.tag_ in _SINGULAR:
        return None
    regions = groups().regions
    doc, i = scene.doc, token.i - 1
    while i >= token.sent.start and doc[i].tag_ in ("JJ", "NNP", "NN", "VBN") and token.i - i < 4:
        if doc[i].text in regions and i not in scene.hit_at:
            start = i - 1 if i > 0 and f"{doc[i - 1].text} {doc[i].text}" in regions else i
            return start if doc[i].text[0].isupper() else None
        i -= 1
    return None


def find_hits_as_mentions(scene: Scene) -> None:
    """Mentions for every known name that is not part of a person's title or of a group found before."""
    for hit in scene.hits:
        if hit.kind == "none":
            continue
        actor = _actor(scene, hit)
        if actor is None:
            continue
        place = hit.kind == "state" and locative(scene, hit)
        root = scene.doc[hit.start : hit.end].root
        start = hit.start
        if start > 0 and any(c.i == start - 1 and c.lower_ == "the" for c in root.children):
            start -= 1
        adjective = hit.kind == "demonym" or (hit.kind == "people" and root.pos_ == "ADJ")
        why = {"capital": "metonym", "seat": "metonym"}.get(hit.kind, "adjective" if adjective else "name")
        scene.mention(
            start,
            hit.end,
            [actor],
            "people" if hit.kind in ("people", "demonym") else "name",
            why,
            head=root.i,
            locative=place,
        )
        if why != "adjective":
            scene.alias(actor, hit.start, hit.end)
            for child in root.children:
                if child.dep_ == "appos" and child.tag_ in ("NN", "NNS") and child.i > hit.end:
                    scene.called.setdefault(actor, set()).add(child.lower_)
                    scene.by_head.setdefault(child.i, scene.mentions[-1])


def _actor(scene: Scene, hit: Hit) -> str | None:
    """Who a known name means here; None where it is a place or a word for nobody in particular."""
    root = scene.doc[hit.start : hit.end].root
    if hit.kind in ("capital", "seat"):
        return scene.actor_of(hit) if acts(scene, hit) else None
    if hit.kind == "body" and locative(scene, hit) and scene.registry.body(hit.value).party is not None:
        return None  # "at Stormont": the building
    if hit.kind == "people" and root.pos_ != "ADJ" and hit.value not in organisations.by_form():
        return _people(scene, hit, root)
    if (
        hit.kind == "demonym"
        and root.pos_ != "ADJ"
        and root.tag_ in _SINGULAR
        and root.dep_ in ("nsubj", "dobj", "attr")
    ):
        return None  # one person of that nationality
    return scene.actor_of(hit)


def _people(scene: Scene, hit: Hit, root: Token) -> str:
    """A people in the plural: the state where it acts as one, else the people as a group."""
    before = scene.doc[hit.start - 1] if hit.start > 0 else None
    vocabulary = groups()
    if before is not None and (before.lower_ in _QUANTIFIERS or before.tag_ == "CD" or before.tag_ in ("JJ", "VBN")):
        return people_of(scene, hit.value, None)
    if before is not None and before.lower_ == "the":
        return scene.actor_of(hit)
    relation, verb = governor(root)
    if relation in ("nsubj", "agent") and verb.lemma_ in vocabulary.state_verbs:
        return scene.actor_of(hit)
    return people_of(scene, hit.value, None)


def find_bodies(scene: Scene, judged_bodies: Iterable[tuple[str, list[tuple[int, int]]]]) -> None:
    """Bodies that the vocabulary does not know, by the form of their name."""
    for text, spans in judged_bodies:
        draft = scene.registry.add("organisation", text)
        last = text.rsplit(" ", 1)[-1]
        if last in ("Institute", "Institution", "University", "College", "School", "Observatory", "Project"):
            draft.observer = True
        for start, end in spans:
            root = scene.doc[start:end].root
            scene.mention(start, end, [draft.id], "name", "body", head=root.i)
            for i in range(start, end):
                scene.referent[i] = (draft.id,)
            scene.alias(draft.id, start, end)


def role_of_noun(token: Token) -> bool:
    """Whether a noun says what a person is."""
    return token.lower_ in roles.class_of()
