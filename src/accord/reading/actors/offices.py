"""Whom office holders speak for where the report does not say it beside their names."""

from __future__ import annotations

from collections import Counter

from accord.model.vocabulary import gazetteer, states
from accord.model.vocabulary.groups import groups
from accord.model.vocabulary.roles import class_of, roles
from accord.reading.actors.judging import Name
from accord.reading.actors.persons import WEIGHT, Person
from accord.reading.actors.registry import Draft
from accord.reading.actors.scene import Scene


def give_parties(scene: Scene, people: list[Person]) -> None:
    """Give office holders without a stated party the state they lead.

    By the packaged list of leaders; else by the state that other bare titles of the report belong to, since a
    report leaves the state out where it writes for that state's readers; else by the state it speaks of most,
    unless somebody else holds the same office there. Former officials without a party become observers.
    """
    ruling = {p.draft.id for p in people if any(_rules(scene, name) for name in p.spans)}
    bare = Counter(p.draft.party for p in people if p.draft.party_weight == WEIGHT["title"])
    left: list[Draft] = []
    for draft in [p.draft for p in people if p.draft.party is None and not p.draft.observer]:
        if draft.former:
            draft.observer = not _mediates(draft)
        elif (state := _leads(scene, draft, ruling)) is not None:
            scene.registry.speak_for(draft, state, WEIGHT["leader"])
            bare[state] += 1
        elif _holds_office(draft) or draft.id in ruling:
            left.append(draft)
    best = max(sorted(k for k in bare if k is not None), key=lambda k: bare[k], default=None)
    default = best or (scene.registry.state(scene.home).id if scene.home is not None else None)
    for draft in left:
        if not _taken(people, draft, default):
            scene.registry.speak_for(draft, default, WEIGHT["home"])


def _leads(scene: Scene, draft: Draft, ruling: set[str]) -> str | None:
    """The state that the packaged list says this person leads, where the report does not speak against it.

    Somebody with a role must be called a leader; somebody without must have the state named in the report, or a
    government called by the name, or stand there by surname alone in a dated report.
    """
    published = scene.document.report.published
    words = draft.name.split(" ")
    leader = gazetteer.leader(words[-1], published) or gazetteer.leader(words[0], published)
    if leader is None:
        return None
    name = states.by_code()[leader.state].name
    if draft.roles:
        fits = any((role.title or "").split(" ")[-1] in roles().leaders for role in draft.roles)
    else:
        named = any(hit.value == name for hit in scene.hits)
        fits = named or draft.id in ruling or (published is not None and " " not in draft.name)
    return scene.registry.state(name).id if fits else None


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
    return any(r.title and class_of().get(r.title.split(" ")[-1]) == "office" for r in draft.roles)


def _mediates(draft: Draft) -> bool:
    return any(r.title and class_of().get(r.title) == "mediator" for r in draft.roles)
