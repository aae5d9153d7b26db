"""Corrections by people: an append-only log that merging replays over the readings."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from accord.errors import EditError
from accord.model.evidence import Evidence
from accord.model.findings import LAYERS
from accord.model.ids import content_id

Action = Literal["accept", "reject", "change", "add", "merge", "split", "rename", "undo"]

EDITED: tuple[str, ...] = (*LAYERS, "actors", "propositions", "discrepancies", "edits")
"""What an edit can act on: the six layers, actors, propositions (by the ids of positions that state them),
discrepancies (to accept or reject), and, for `undo`, earlier edits."""


class Ground(msgspec.Struct, frozen=True):
    """What an edited item stood on when it was edited, so that the edit finds it again after a new reading."""

    item: str
    evidence: tuple[Evidence, ...] = ()


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """One correction: what was done to which items of which layer, by whom, when and why.

    `items` are ids of the items acted on (any id that an item was merged from finds it); `fields` holds new
    values for `change`, `add` and `rename`. `at` is an ISO 8601 time in UTC given by the caller.

    - `accept` holds an item to be right: its confidence becomes 1.
    - `reject` leaves an item out of the record.
    - `change` gives fields of an item new values; `rename` gives an actor, a proposal or a proposition its name.
    - `add` enters an item that no reader found, from `fields` with evidence of its own.
    - `merge` holds two or more items to be one; for `propositions`, holds what positions are about to be one.
    - `split` takes the items out of what they were merged into: away from the items in `fields["from"]`,
      or from everything where that is not given.
    - `undo` withdraws the edits with these ids; they stay in the log.
    """

    id: str
    action: Action
    layer: str
    items: tuple[str, ...]
    fields: dict[str, Any] = {}
    author: str
    at: str
    reason: str = ""
    ground: tuple[Ground, ...] = ()

    @classmethod
    def make(
        cls,
        action: Action,
        layer: str,
        items: tuple[str, ...],
        *,
        author: str,
        at: str,
        fields: dict[str, Any] | None = None,
        reason: str = "",
        ground: tuple[Ground, ...] = (),
    ) -> Edit:
        """An edit with its id worked out. Raises EditError where a word of it cannot be written as UTF-8."""
        values = fields or {}
        try:
            made = content_id("ed", action, layer, items, values, author, at, reason)
        except UnicodeEncodeError as problem:
            half = problem.object[problem.start : problem.end]
            raise EditError(
                f"edit {action}: every word must be text; got {half!a}, half of a character; type it anew, or set the "
                "terminal to UTF-8"
            ) from None
        return cls(
            id=made,
            action=action,
            layer=layer,
            items=items,
            fields=values,
            author=author,
            at=at,
            reason=reason,
            ground=ground,
        )


class Unapplied(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """An edit, or the part of it on one item, that merging could not replay as it was made, and why.

    `moved` says that a new reading put another item in the old one's place and the edit was applied to that.
    """

    edit: str
    item: str | None = None
    reason: str
    moved: str | None = None
