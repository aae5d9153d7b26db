"""Actors by the name that a reader of the evidence would find there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from accord.model.actor import Actor
from accord.model.evidence import Span
from accord.model.record import Record


class Names:
    """The names of a record's actors, as the report at hand writes them in full, or canonical."""

    def __init__(self, record: Record) -> None:
        self._actors = {actor.id: actor for actor in record.actors}
        self._in: dict[str, dict[str, str]] = {}

    def knows(self, key: str) -> bool:
        """Whether this is the id of an actor of the record."""
        return key in self._actors

    @overload
    def name(self, actor: str, evidence: Sequence[Span] = ()) -> str: ...
    @overload
    def name(self, actor: str | None, evidence: Sequence[Span] = ()) -> str | None: ...
    def name(self, actor: str | None, evidence: Sequence[Span] = ()) -> str | None:
        """The name of the actor with this id as the first report of the evidence writes it in full.

        The canonical name where that report does not write one or none is given; the id of an unknown actor.
        """
        known = self._actors.get(actor) if actor is not None else None
        if known is None:
            return actor
        return self._written(known).get(evidence[0].report, known.name) if evidence else known.name

    def _written(self, actor: Actor) -> dict[str, str]:
        """The actor's full name by report: looked up often, and somebody much spoken of is named in thousands."""
        if actor.id not in self._in:
            self._in[actor.id] = dict(reversed(actor.names))
        return self._in[actor.id]

    def names(self, actors: Sequence[str], evidence: Sequence[Span] = ()) -> tuple[str, ...]:
        """The names of several actors, in their order."""
        return tuple(self.name(actor, evidence) for actor in actors)
