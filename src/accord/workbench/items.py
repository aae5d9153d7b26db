"""What people name when they correct or ask: an item by its id or a part of it, by a reference, an actor by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from accord.errors import EditError, NotFound
from accord.model.edit import EDITED, Edit
from accord.model.findings import LAYERS
from accord.model.query import find_actors
from accord.model.record import Record

_REFERENCE = re.compile(r"\[?\d+:\d+\]?")
_MOST, _SHORT = 8, 60  # items that a message lists, and characters of each
_LEAST = 6  # characters of an id that are enough to look for, its prefix among them
LAST = "last"
"""The word for the last edit that stands."""


class Items:
    """The items of a record and the edits of its log, as people name them.

    An item is named by its id, the id of a finding that was merged into it, the first six or more characters of
    either, or a reference such as `2:14` where one item alone rests on that sentence; an actor also by its name, a
    proposition by its own id or that of a position on it, and an edit by its id or `last`.
    """

    def __init__(self, record: Record, log: Sequence[Edit] = (), standing: Sequence[Edit] = ()) -> None:
        self._record = record
        self._standing = standing
        self.layers: dict[str, str] = {edit.id: "edits" for edit in log}
        for layer in (*LAYERS, "actors", "discrepancies"):
            for item in getattr(record, layer):
                self.layers[item.id] = layer
                self.layers.update(dict.fromkeys(record.members.get(item.id, ()), layer))
        self._on: dict[str, str] = {}
        for position in record.positions:
            if position.key is not None:
                self._on.setdefault(position.key, position.id)

    def find(self, named: str, layer: str | None = None) -> tuple[str, str]:
        """The layer and the id of the item that is named, looked for in one layer or in all.

        Raises NotFound where there is none, or where several answer to it: then it names them.
        """
        named = named.strip()
        among = "positions" if layer == "propositions" else layer
        if named == LAST and layer in (None, "edits"):
            return self._last()
        found = self._answering(named, among)
        if len(found) > 1:
            more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
            several = "; ".join(map(self._said, found[:_MOST])) + more
            hint = "" if layer else " or say the layer"
            raise NotFound(f"{named}: must mean one item; name one by its id{hint}: {several}")
        if not found:
            where = f"among the {layer}" if layer else "in this record"
            if _REFERENCE.fullmatch(named):
                raise NotFound(f"{named}: nothing {where} rests on this sentence")
            if among == "edits":
                raise NotFound(f"there is no edit {named!r} in the log")
            for edit in self._standing:
                if edit.action == "reject" and named in edit.items:
                    raise NotFound(f"{named}: was rejected by {edit.author}; undo {edit.id} first")
            raise NotFound(
                f"nothing {where} is called {named!r}; an item is named by its id (see --format json, or accord "
                "evidence), by a reference such as 2:14, an actor by its name"
            )
        (key,) = found
        if key in self._on:
            return "propositions", self._on[key]
        return layer or self.layers[key], key

    def find_all(self, named: Iterable[str], layer: str | None = None) -> tuple[str, tuple[str, ...]]:
        """The layer and the ids of several items. Raises NotFound where they are not of one layer.

        Raises EditError where there is no such layer.
        """
        if layer is not None and layer not in EDITED:
            raise EditError(f"the layer must be one of {', '.join(EDITED)}; got {layer!r}")
        found = [self.find(one, layer) for one in named]
        layers = sorted({layer for layer, _ in found})
        if len(layers) > 1:
            raise NotFound(f"items: must be of one layer; {', '.join(i for _, i in found)} are {' and '.join(layers)}")
        return layers[0] if layers else layer or "", tuple(dict.fromkeys(i for _, i in found))

    def _said(self, key: str) -> str:
        """An item with its layer and a few words, for a person to choose it."""
        from accord.publishing.names import Names
        from accord.publishing.plain import short
        from accord.publishing.traces import say

        layer = "propositions" if key in self._on else self.layers[key]
        items = self._record.layer(layer) if layer in LAYERS else ()
        words = next((say(item, Names(self._record)) for item in items if item.id == key), "")
        words = words or next((actor.name for actor in self._record.actors if actor.id == key), "")
        return f"{key} ({layer}{': ' if words else ''}{short(words, _SHORT)})"

    def _last(self) -> tuple[str, str]:
        if not self._standing:
            raise NotFound("last: no edit of the log stands, so there is none to name")
        return "edits", self._standing[-1].id

    def _answering(self, named: str, layer: str | None) -> list[str]:
        """The ids that answer to what was typed; of a finding and the item that it is in, the item."""
        if _REFERENCE.fullmatch(named):
            return self._on_sentence(named, layer)
        known = [i for i in self.layers if layer is None or self.layers[i] == layer]
        if layer in (None, "positions"):
            known += self._on
        if named in known:
            return [named]
        found = sorted(i for i in known if len(named) >= _LEAST and i.startswith(named))
        if found or layer not in (None, "actors"):
            return found
        try:
            return sorted(find_actors(self._record, named))
        except NotFound:
            if layer == "actors":
                raise
            return []

    def _on_sentence(self, reference: str, layer: str | None) -> list[str]:
        from accord.publishing.evidence import evidence

        (sentence,) = evidence(self._record, reference)
        return [i for found, i in sentence.items if layer in (None, found)]
