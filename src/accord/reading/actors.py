"""Finds who is mentioned: names, titles, peoples and pronouns of one report."""

from __future__ import annotations

from accord.model.actor import Actor, ActorKind, actor_id
from accord.reading.document import Document
from accord.reading.mentions import Mention, MentionForm, Mentions

_KINDS: dict[str, ActorKind] = {"PERSON": "person", "ORG": "organisation", "GPE": "state", "NORP": "group"}


def find_mentions(document: Document) -> Mentions:
    """All mentions of actors in a report, each with the actors that it stands for."""
    actors: dict[str, Actor] = {}
    mentions: list[Mention] = []
    full: dict[str, str] = {}
    for span in document.doc.ents:
        kind = _KINDS.get(span.label_)
        if kind is None:
            continue
        name = " ".join(t.text for t in span if not t.is_space and t.text not in ("the", "The", "’s", "'s"))
        last = name.rsplit(" ", 1)[-1]
        name = full.setdefault(last, name) if kind == "person" else name
        if not name:
            continue
        actor = Actor(id=actor_id(kind, name), name=name, kind=kind)
        actors[actor.id] = actor
        form: MentionForm = "people" if span.label_ == "NORP" else "name"
        mentions.append(Mention(span.start, span.end, span.root.i, (actor.id,), form, f"ner {span.label_}"))
    return Mentions(actors.values(), mentions)
