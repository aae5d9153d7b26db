"""Whose side an actor is on: a person counts for the party it speaks for when acts are compared."""

from __future__ import annotations

from collections.abc import Iterable

from accord.reading.mentions import Mentions


class Sides:
    """Compares actors by the party that they are or speak for."""

    def __init__(self, mentions: Mentions) -> None:
        self._mentions = mentions
        self._known: dict[str, str] = {}

    def of(self, actor: str) -> str:
        """The party of an actor, or the actor itself."""
        if actor not in self._known:
            self._known[actor] = self._mentions.party_of(actor) or actor
        return self._known[actor]

    def all(self, actors: Iterable[str]) -> frozenset[str]:
        """The parties of several actors."""
        return frozenset(self.of(a) for a in actors)

    def same(self, one: str, other: str) -> bool:
        """Whether both are the same actor or on one side."""
        return one == other or self.of(one) == self.of(other)
