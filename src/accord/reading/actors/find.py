"""The order in which a report is read for its actors."""

from __future__ import annotations

from accord.reading.actors.groups import find_groups
from accord.reading.actors.known import find_bodies, find_known
from accord.reading.actors.lexicon import find_hits
from accord.reading.actors.names import NameFinder
from accord.reading.actors.offices import give_parties
from accord.reading.actors.persons import find_persons
from accord.reading.actors.references import resolve
from accord.reading.actors.registry import Registry
from accord.reading.actors.scene import Scene
from accord.reading.actors.sides import main_sides
from accord.reading.document import Document
from accord.reading.mentions import Mentions


def find_mentions(document: Document) -> Mentions:
    """All mentions of actors in a report, each with the actors that it stands for.

    Names first (the vocabulary's, then what the report itself shows to be a person or a body), then the groups
    named after them, then descriptions and pronouns in the order of the text.
    """
    hits = find_hits(document.doc)
    finder = NameFinder(document.doc, hits)
    judged = finder.find()
    published = document.report.published
    scene = Scene(
        document, hits, Registry(published.isoformat() if published else None), finder.titles, finder.headlines
    )
    find_bodies(scene, judged)
    give_parties(scene, find_persons(scene, judged))
    find_groups(scene)
    find_known(scene)
    resolve(scene)
    home = scene.registry.state(scene.home).id if scene.home is not None else None
    used = {actor for mention in scene.mentions for actor in mention.actors}
    return Mentions(
        scene.registry.actors(used),
        scene.mentions,
        sides=main_sides(scene),
        home=home if home in used else None,
        genders={key: draft.gender for key, draft in scene.registry.drafts.items() if draft.gender is not None},
        lone=[key for key, draft in scene.registry.drafts.items() if draft.lone and draft.party is None],
    )
