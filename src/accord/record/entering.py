"""Completes an edit as it comes in: proves it against the record, and notes the words that its items stand on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from accord.errors import EditError
from accord.model.edit import Edit, Ground
from accord.model.evidence import Evidence
from accord.model.record import Record
from accord.record import corrections


def completed(edit: Edit, record: Record, log: Sequence[Edit]) -> Edit:
    """The edit with the ground of its items, and for a split with what they are split from.

    Raises EditError where an item is not in the record, a new value does not fit, or there is nothing to undo.
    """
    corrections.check(edit)
    if edit.layer == "edits":
        _check_undo(edit, log)
        return edit
    known = _Known(record)
    if edit.action == "add":
        _check_added(corrections.added(edit), record)
        return edit
    layer = "positions" if edit.layer == "propositions" else edit.layer
    items = {i: known.find(layer, i) for i in edit.items}
    missing = [i for i, found in items.items() if found is None]
    if missing:
        raise EditError(f"edit {edit.action} on {edit.layer}: the record has no item {', '.join(missing)} there")
    if edit.action in ("change", "rename") and edit.layer != "propositions":
        fields = {"name": edit.fields["name"]} if edit.action == "rename" else edit.fields
        for found in items.values():
            _check_actors(corrections.changed(found, fields), edit, known)
    if edit.action == "split":
        edit = _with_others(edit, record, items)
    if edit.action == "merge" and edit.layer != "propositions" and len({found.id for found in items.values()}) < 2:
        raise EditError(f"edit merge on {edit.layer}: the items are one already: {', '.join(edit.items)}")
    ground = tuple(Ground(i, _evidence(found)) for i, found in items.items())
    return msgspec.structs.replace(edit, ground=ground)


class _Known:
    """The items of a record by any id that they were merged from."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._whole = {member: i for i, some in record.members.items() for member in some}

    def find(self, layer: str, i: str) -> Any:
        """The item, or None."""
        whole = self._whole.get(i, i)
        items: Sequence[Any] = getattr(self._record, layer)
        return next((item for item in items if item.id == whole), None)


def _with_others(edit: Edit, record: Record, items: dict[str, Any]) -> Edit:
    """A split names what its items are split from: all else that is in the same merged item now."""
    if "from" in edit.fields or edit.layer == "propositions":
        return edit
    wholes = {found.id for found in items.values()}
    others = [m for i in sorted(wholes) for m in record.members.get(i, (i,)) if m not in edit.items]
    if not others:
        raise EditError(
            f"edit split on {edit.layer}: nothing else is in the merged item of {', '.join(edit.items)}; "
            "name those of its members that are to be taken out"
        )
    fields = {**edit.fields, "from": others}
    return Edit.make(
        edit.action, edit.layer, edit.items, author=edit.author, at=edit.at, fields=fields, reason=edit.reason
    )


def _evidence(item: Any) -> tuple[Evidence, ...]:
    found = getattr(item, "evidence", None)
    if found is None and hasattr(item, "claims"):
        found = tuple(e for claim in item.claims for e in claim.evidence)
    return found or ()


def _check_added(item: Any, record: Record) -> None:
    for evidence in item.evidence:
        report = record.report(evidence.report)
        if report is None:
            raise EditError(
                f"edit add: the evidence must be in a report of the record; {evidence.report} is not one; "
                "for a note of your own, add the note as a report first"
            )
        evidence.check(report)


def _check_actors(item: Any, edit: Edit, known: _Known) -> None:
    for name in ("speaker", "party", "holder", "target", "claimed_by", "actors", "recipients", "by", "addressees"):
        if name not in edit.fields:
            continue
        value = getattr(item, name)
        ids = value if isinstance(value, tuple) else (value,) if value else ()
        strange = [i for i in ids if known.find("actors", i) is None]
        if strange:
            raise EditError(
                f"edit {edit.action} on {edit.layer}: {name} must be ids of actors of the record; "
                f"{', '.join(strange)} is none"
            )


def _check_undo(edit: Edit, log: Sequence[Edit]) -> None:
    known = {old.id for old in log}
    standing = {old.id for old in corrections.active(log)} | {old.id for old in log if old.action == "undo"}
    for i in edit.items:
        if i not in known:
            raise EditError(f"edit undo: there is no edit {i} in the log")
        if i not in standing:
            raise EditError(f"edit undo: edit {i} is undone already")
