"""What other people's tables tell beside the record: agreements and events that stand with its events in time.

A neighbour comes from a file that a user brought. No report tells of it, it counts nowhere, and nothing is merged with
it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

import msgspec

from accord.errors import NotFound
from accord.model.ids import content_id
from accord.model.query import find_actors
from accord.model.record import Filter, Record
from accord.model.when import When


class Neighbour(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a table. `file` and `row` say where it stands (the line it begins in), `cells` is what it holds there.

    `key` is the id that the data set gives it, `dataset` the name of that set, `table` where it is none that is known.
    `parties` are named as the file names them.
    """

    id: str
    dataset: str
    key: str | None = None
    file: str
    row: int
    date: When
    kind: str
    title: str
    detail: str | None = None
    parties: tuple[str, ...] = ()
    place: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    fatalities: int | None = None
    notes: str | None = None
    source: str | None = None
    cells: tuple[tuple[str, str], ...] = ()

    @property
    def order(self) -> tuple[dt.date, dt.date, str, str]:
        """By time, and then by what does not depend on the order in which files came."""
        first = self.date.start or self.date.end or dt.date.min
        return first, self.date.end or first, self.dataset, self.id


def neighbour_id(dataset: str, cells: Sequence[tuple[str, str]]) -> str:
    """The id of a neighbour: of what its row holds, wherever that stands."""
    return content_id("nb", dataset, cells)


class Brought(msgspec.Struct, frozen=True, kw_only=True):
    """What adding files did: rows that are new, that took the place of one of the same key, that were there."""

    added: int = 0
    changed: int = 0
    known: int = 0


def passing(record: Record, some: Iterable[Neighbour], where: Filter) -> tuple[Neighbour, ...]:
    """The neighbours that pass a filter, in time. A filter by issue or report lets none pass: they have neither.

    A party is whom the filter names, and whoever of the record goes by that name: a neighbour passes where a party of
    its has one of these names among its words.
    """
    if where.issue is not None or where.report is not None:
        return ()
    asked = When(where.since, where.until)
    names = _names(record, where.party) if where.party is not None else None
    kept = (
        one
        for one in some
        if one.date.meets(asked) and (names is None or any(names.search(party) for party in one.parties))
    )
    return tuple(sorted(kept, key=lambda one: one.order))


def _names(record: Record, party: str) -> re.Pattern[str]:
    known = {party}
    try:
        found = find_actors(record, party)
    except NotFound:
        found = frozenset()
    for actor in record.actors:
        if actor.id in found:
            # descriptions ("the rebels") would fit whoever is called so elsewhere
            known |= {form for form in (actor.name, *actor.aliases) if len(form) > 2 and form[0].isupper()}
    words = "|".join(re.escape(name) for name in sorted(known))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
