"""Corrections by people: an append-only log that merging replays over the readings."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from accord.model.ids import content_id

Action = Literal["accept", "reject", "change", "add", "merge", "split", "rename", "undo"]


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """One correction: what was done to which items of which layer, by whom, when and why.

    `items` are ids of the items acted on (any id that an item was merged from finds it); `fields` holds new
    values for `change`, `add` and `rename`. `at` is an ISO 8601 time in UTC given by the caller.
    """

    id: str
    action: Action
    layer: str
    items: tuple[str, ...]
    fields: dict[str, Any] = {}
    author: str
    at: str
    reason: str = ""

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
    ) -> Edit:
        """An edit with its id worked out."""
        values = fields or {}
        return cls(
            id=content_id("ed", action, layer, items, values, author, at, reason),
            action=action,
            layer=layer,
            items=items,
            fields=values,
            author=author,
            at=at,
            reason=reason,
        )
