"""Who has how great a part in a record: what each says, takes part in and wants, counted from arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from accord.model.actor import Actor
from accord.model.record import Record
from accord.web.asking import Asked
from accord.web.desk import Scene

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Places = npt.NDArray[np.int64]

LAYERS = ("statements", "events", "positions")
"""The layers that somebody has a part in."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """How much an actor says, takes part in, and wants."""

    actor: Actor
    statements: int
    events: int
    positions: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.statements + self.events + self.positions


class Parts:
    """For each of LAYERS pairs of an item's place and the place of an actor who speaks, takes part or holds it."""

    def __init__(self, record: Record) -> None:
        import numpy as np

        number = {actor.id: place for place, actor in enumerate(record.actors)}

        def pairs(who: list[set[str]]) -> Places:
            found = [(i, number[one]) for i, some in enumerate(who) for one in sorted(some) if one in number]
            return np.array(found, dtype=np.int64).reshape(-1, 2)

        self.number = number
        self.pairs: dict[str, Places] = {
            "statements": pairs([{s.speaker} if s.speaker else set() for s in record.statements]),
            "events": pairs([{*e.actors, *e.recipients} for e in record.events]),
            "positions": pairs([{p.party, *([p.speaker] if p.speaker else [])} for p in record.positions]),
        }

    def places(self, layer: str, actors: set[str]) -> Places:
        """The places of the items of a layer that one of the actors has a part in, ascending."""
        import numpy as np

        pairs = self.pairs[layer]
        wanted = np.array(sorted(self.number[one] for one in actors if one in self.number), dtype=np.int64)
        found: Places = np.unique(pairs[np.isin(pairs[:, 1], wanted), 0])
        return found


def parts_of(scene: Scene) -> Parts:
    """Who has a part in what, in the whole record."""
    return scene.once("parts", lambda: Parts(scene.record))


def parts(scene: Scene, asked: Asked) -> tuple[Part, ...]:
    """Who has a part in what passes the filter, the greatest first; without a filter, every actor."""
    return scene.once(("parts", asked.where), lambda: _parts(scene, asked))


def _parts(scene: Scene, asked: Asked) -> tuple[Part, ...]:
    import numpy as np

    known, seen = parts_of(scene), scene.selection(asked.where)
    actors = scene.record.actors
    counts = []
    for layer in LAYERS:
        passing = np.zeros(len(scene.record.layer(layer)), dtype=np.bool_)
        passing[seen.places(layer)] = True
        pairs = known.pairs[layer]
        counts.append(np.bincount(pairs[passing[pairs[:, 0]], 1], minlength=len(actors)).tolist())
    found = [
        Part(actor=actor, statements=said, events=did, positions=held)
        for actor, said, did, held in zip(actors, *counts, strict=True)
        if seen.whole or said or did or held
    ]
    return tuple(sorted(found, key=lambda part: (-part.total, part.actor.name, part.actor.id)))
