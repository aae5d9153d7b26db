"""Whom office holders speak for where the report does not say it beside their names."""

from __future__ import annotations

from collections import Counter

from accord.model.vocabulary import gazetteer, states
from accord.model.vocabulary.groups import groups
from accord.model.vocabulary.roles import class_of, roles
from accord.reading.actors.judging import Name
from accord.reading.actors.persons import WEIGHT, Person
from accord.reading.actors.registry import Draft
from accord.reading.actors.scene import STATE_KINDS, Scene, armed_groups, is_state


def give_parties(scene: Scene, people: list[Person]) -> None:
    """Give office holders without a stated party the state they lead.

    By the packaged list of leaders; else by the state that other bare titles of the report belong to, since a
    report leaves the state out where it writes for that state's readers; else by the one state in the sentence; else
    by the state the report speaks of most; never where that state has no such office or somebody else holds it.
    Former officials without a party become observers.
    """
    ruling = {p.draft.id for p in people if any(_rules(scene, name) for name in p.spans)}
    bare = Counter(p.draft.party for p in people if p.draft.party_weight == WEIGHT["title"])
    left: list[Person] = []
    for person in [p for p in people if p.draft.party is None and not p.draft.observer]:
        draft = person.draft
        if (first := _deputy_of(scene, person)) is not None:
            scene.registry.speak_for(draft, first, WEIGHT["beside"])
        elif draft.former:
            draft.observer = not _mediates(draft)
        elif is_irregular(draft):
            group = _armed_group(scene)
            if group is not None:
                scene.registry.speak_for(draft, group, WEIGHT["beside"])
        elif (state := _leads(scene, draft, ruling)) is not None:
            scene.registry.speak_for(draft, state, WEIGHT["leader"])
            bare[state] += bool(draft.roles)
        elif _holds_office(draft) or draft.id in ruling:
            left.append(person)
        elif _speaks_for_somebody(draft):
            party = _told_of(scene, person) or _last_subject(scene, person) or _beside(scene, person, back=True)
            scene.registry.speak_for(draft, party, WEIGHT["home"])
    best = max(sorted(k for k in bare if k is not None and bare[k]), key=lambda k: bare[k], default=None)
    home = scene.registry.state(scene.home).id if scene.home is not None else None
    for person in left:
        others = _facing(scene, person)
        known = (_told_of(scene, person), best, _beside(scene, person), home, *_most_named(scene, others))
        for state in known:
            if state in others:
                continue
            if _could(scene, person.draft, state) and not _taken(people, person.draft, state):
                scene.registry.speak_for(person.draft, state, WEIGHT["home"])
                break


def _told_of(scene: Scene, person: Person) -> str | None:
    """The state of which somebody says what it will do or is ready for: "the spokesman said that Beijing would ..."."""
    for name in person.spans:
        verb = scene.doc[name.end - 1].head
        while verb.dep_ == "compound" and verb.head.i != verb.i:
            verb = verb.head
        for clause in (c for c in verb.children if c.dep_ == "ccomp"):
            bound = any(c.tag_ == "MD" and c.norm_ in ("will", "would") for c in clause.children)
            subject = next((c for c in clause.children if c.dep_ == "nsubj"), None)
            hit = scene.hit_at.get(subject.i) if subject is not None and bound else None
            if hit is not None and hit.kind in STATE_KINDS and is_state(hit):
                return scene.registry.party_of(scene.actor_of(hit))
    return None


def _facing(scene: Scene, person: Person) -> set[str]:
    """The states of those who hold the same office on the other side: "he and his Azerbaijani counterpart"."""
    found: set[str] = set()
    for name in person.spans:
        sentence = scene.doc[name.start].sent
        for token in sentence:
            if token.lemma_.lower() in roles().counterparts and any(c.tag_ == "PRP$" for c in token.lefts):
                hits = [scene.hit_at[i] for i in range(token.left_edge.i, token.i) if i in scene.hit_at]
                found.update(scene.registry.state(h.value).id for h in hits if h.kind in STATE_KINDS and is_state(h))
    return found


def _most_named(scene: Scene, others: set[str]) -> list[str]:
    """The states by how often the report names them, for one of whom it is only known whom he faces."""
    if not others:
        return []
    counts = Counter(h.value for h in scene.hits if h.kind in ("state", "demonym", "seat") and is_state(h))
    return [scene.registry.state(name).id for name, _ in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))]


def _deputy_of(scene: Scene, person: Person) -> str | None:
    """The party of whom somebody is joined to as the second: "LRA leader Joseph Kony and deputy Vincent Otti"."""
    if not any((role.title or "").split(" ")[-1] in roles().seconds for role in person.draft.roles):
        return None
    for name in person.spans:
        for i in range(name.start - 1, max(scene.doc[name.start].sent.start, name.start - 5) - 1, -1):
            actors = scene.referent.get(i, ())
            if actors and actors[0] != person.draft.id:
                return scene.registry.party_of(actors[0])
    return None


def _last_subject(scene: Scene, person: Person) -> str | None:
    """The state or body that last did or said something before the name, in its sentence or the two before it."""
    for name in person.spans[:1]:
        start = scene.doc[name.start].sent.start
        for _ in range(2):
            start = scene.doc[start - 1].sent.start if start > 0 else 0
        for hit in reversed([h for h in scene.hits if start <= h.start < name.start]):
            if hit.kind != "body" and not (hit.kind in STATE_KINDS and is_state(hit)):
                continue
            word = scene.doc[hit.end - 1]
            while word.dep_ in ("poss", "amod", "compound", "nmod"):
                word = word.head
            if word.dep_ in ("nsubj", "nsubjpass") and word.tag_ != "NNPS":
                return scene.registry.party_of(scene.actor_of(hit))
    return None


def _beside(scene: Scene, person: Person, *, back: bool = False) -> str | None:
    """The one state that is named in the sentence of the person's name, or, with `back`, in the one before it."""
    for name in person.spans:
        sentence = scene.doc[name.start].sent
        if back:
            if sentence.start == 0:
                continue
            sentence = scene.doc[sentence.start - 1].sent
        near = {
            hit.value
            for hit in scene.hits
            if sentence.start <= hit.start < sentence.end and hit.kind in STATE_KINDS and is_state(hit)
        }
        if len(near) == 1:
            return scene.registry.state(near.pop()).id
    return None


def _could(scene: Scene, draft: Draft, state: str | None) -> bool:
    """Whether a state has such an office at all."""
    if state is None:
        return False
    lacking = roles().lacking.get(scene.registry[state].name, frozenset())
    return not any((role.title or "").split(" ")[-1] in lacking for role in draft.roles)


def _leads(scene: Scene, draft: Draft, ruling: set[str]) -> str | None:
    """The state that the packaged list says this person leads, where the report does not speak against it.

    Somebody with a role must be called a leader; somebody without must have the state named in the report, or a
    government called by the name, or stand there by surname alone in a dated report. A first name is a surname only
    where the state that puts it first is named ("Xi Jinping", but not every "Mohamed").
    """
    published = scene.document.report.published
    words = draft.name.split(" ")
    leader = gazetteer.leader(words[-1], published)
    first = gazetteer.leader(words[0], published) if leader is None else None
    if first is not None and _is_named(scene, states.by_code()[first.state].name):
        leader = first
    if leader is None:
        return None
    name = states.by_code()[leader.state].name
    if draft.roles:
        fits = any((role.title or "").split(" ")[-1] in roles().leaders for role in draft.roles)
    else:
        named = _is_named(scene, name)
        fits = named or draft.id in ruling or (published is not None and " " not in draft.name)
    return scene.registry.state(name).id if fits else None


def is_irregular(draft: Draft) -> bool:
    """Whether a person is called a rebel's spokesman, a guerrilla commander or the like: never the state's."""
    return any((role.title or "").split(" ")[0] in roles().armed for role in draft.roles)


def _armed_group(scene: Scene) -> str | None:
    """The armed group of the report, where there is just one."""
    armed = armed_groups(scene)
    return armed[0] if len(armed) == 1 else None


def _is_named(scene: Scene, state: str) -> bool:
    return any(hit.value == state for hit in scene.hits)


def _taken(people: list[Person], draft: Draft, state: str | None) -> bool:
    """Whether somebody else of the report already holds this one's office in that state: both cannot."""
    titles = {role.title for role in draft.roles} & roles().leaders
    others = [p.draft for p in people if p.draft.id != draft.id and p.draft.party == state and not p.draft.former]
    return any(titles & {role.title for role in other.roles} for other in others)


def _rules(scene: Scene, name: Name) -> bool:
    """Whether a government is called by this name ("the Arroyo administration")."""
    follow = scene.doc[name.end : name.end + 1]
    return len(follow) == 1 and follow[0].lower_ in groups().government


def _holds_office(draft: Draft) -> bool:
    titles = [role.title.split(" ") for role in draft.roles if role.title]
    return any(class_of().get(title[-1]) == "office" or "ministry" in title for title in titles)


def _speaks_for_somebody(draft: Draft) -> bool:
    """Whether a person is called a spokesman without a word of whose ("The Kremlin was silent. Spokesman ...")."""
    return any((role.title or "").split(" ")[-1].startswith("spokes") for role in draft.roles)


def _mediates(draft: Draft) -> bool:
    return any(r.title and class_of().get(r.title) == "mediator" for r in draft.roles)
