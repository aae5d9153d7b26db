"""Who takes part: persons, states, organisations, armed groups, blocs."""

from __future__ import annotations

from typing import Literal

import msgspec

from accord.model.ids import content_id

ActorKind = Literal["person", "state", "organisation", "armed-group", "bloc", "media", "group", "unnamed"]


class Role(msgspec.Struct, frozen=True, order=True):
    """What a person was called in one report: title, organisation, the party spoken for, and that report's date."""

    title: str | None = None
    organisation: str | None = None
    party: str | None = None
    as_of: str | None = None


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """An actor, as one report or a whole record knows it.

    `name` is the canonical name, `aliases` every other form seen, `party` the id of the actor that this
    one speaks for (a person's state or organisation; None for one who binds nobody or only itself).
    `names` gives, for each report id, the name as that report has it in full: spellings differ.
    """

    id: str
    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    party: str | None = None
    code: str | None = None
    observer: bool = False
    names: tuple[tuple[str, str], ...] = ()

    def name_in(self, report: str | None) -> str:
        """The full name as the report writes it, or the canonical name."""
        return next((name for key, name in self.names if key == report), self.name)


def actor_id(kind: ActorKind, name: str) -> str:
    """The id of an actor: from its canonical name, and for what is not a person from its kind as well."""
    return content_id("ac", kind, name)
