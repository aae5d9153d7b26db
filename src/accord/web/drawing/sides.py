"""Which parties act in which events, as arrays, so that a large record is counted at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from accord.model.findings import EventStatus, EventType
from accord.model.record import Record
from accord.web.desk import Scene

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ordinals = npt.NDArray[np.int64]

TYPES: tuple[str, ...] = get_args(EventType)
"""The PLOVER types, in the order in which they are shown."""

STATUSES: tuple[str, ...] = get_args(EventStatus)
"""The statuses of events, in the order in which they are shown."""

NOBODY = ""
"""The lane of events in which nobody acts by name."""


class Acting:
    """The events of a record by who acts in them: pairs of an event's place and a party, by its place in `parties`.

    A person's acts are those of the party that it speaks for. Who acts in nothing by name is NOBODY.
    """

    def __init__(self, record: Record) -> None:
        import numpy as np

        party = {actor.id: actor.party or actor.id for actor in record.actors}
        known: dict[str, int] = {}
        pairs: list[tuple[int, int]] = []
        for place, event in enumerate(record.events):
            sides = dict.fromkeys(party.get(actor, actor) for actor in event.actors) or {NOBODY: None}
            pairs += [(place, known.setdefault(side, len(known))) for side in sides]
        found = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        self.parties = tuple(known)
        self.event: Ordinals = found[:, 0]
        self.party: Ordinals = found[:, 1]
        kinds = {name: place for place, name in enumerate(TYPES)}
        statuses = {name: place for place, name in enumerate(STATUSES)}
        count = len(record.events)
        self.type: Ordinals = np.fromiter((kinds[e.type] for e in record.events), dtype=np.int64, count=count)
        self.status: Ordinals = np.fromiter((statuses[e.status] for e in record.events), dtype=np.int64, count=count)


def acting(scene: Scene) -> Acting:
    """Who acts in the events of the record."""
    return scene.once("acting", lambda: Acting(scene.record))
