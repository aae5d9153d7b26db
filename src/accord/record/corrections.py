"""Edits: checked when they come in, replayed when readings are merged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, Protocol

import msgspec

from accord.errors import EditError
from accord.model.actor import Actor
from accord.model.edit import EDITED, Edit, Unapplied
from accord.model.findings import LAYERS, Finding
from accord.model.ids import content_id
from accord.record.linking import Bonds

_ALLOWED: dict[str, frozenset[str]] = {
    **dict.fromkeys(LAYERS, frozenset({"accept", "reject", "change", "add", "merge", "split"})),
    "proposals": frozenset({"accept", "reject", "change", "add", "merge", "split", "rename"}),
    "actors": frozenset({"change", "merge", "split", "rename"}),
    "propositions": frozenset({"merge", "split", "rename"}),
    "discrepancies": frozenset({"accept", "reject"}),
    "edits": frozenset({"undo"}),
}
_FIXED = frozenset({"id", "evidence"})  # what no edit changes: an item is its words
_FORMS: dict[str, Any] = {**LAYERS, "actors": Actor}
_LEAST = 0.5  # least share of the shorter of two spans for a new reading's item to stand where an old one stood


def check(edit: Edit) -> None:
    """Raise EditError where an edit cannot be meant, whatever the record holds."""
    where = f"edit {edit.action} on {edit.layer}"
    if edit.layer not in EDITED:
        raise EditError(f"{where}: the layer must be one of {', '.join(EDITED)}")
    if edit.action not in _ALLOWED[edit.layer]:
        raise EditError(f"{where}: {edit.layer} allow {', '.join(sorted(_ALLOWED[edit.layer]))}")
    if not edit.author.strip():
        raise EditError(f"{where}: an edit must say who made it; give an author")
    try:
        dt.datetime.fromisoformat(edit.at)
    except ValueError:
        raise EditError(
            f"{where}: at must be a time in ISO 8601, such as 2025-03-01T09:30:00Z; got {edit.at!r}"
        ) from None
    least = {"merge": 2, "add": 0}.get(edit.action, 1)
    if len(set(edit.items)) < least:
        raise EditError(f"{where}: must name at least {least} item{'s' * (least > 1)}; got {len(set(edit.items))}")
    if edit.action == "rename" and not str(edit.fields.get("name") or "").strip():
        raise EditError(f"{where}: must have the new name as fields['name']")
    if edit.action == "change":
        _check_fields(edit, where)
    if edit.action == "add":
        added(edit)


def _check_fields(edit: Edit, where: str) -> None:
    known = set(_FORMS[edit.layer].__struct_fields__) - _FIXED
    unknown = sorted(set(edit.fields) - known)
    if unknown or not edit.fields:
        got = f"got {', '.join(unknown)}" if unknown else "got none"
        raise EditError(f"{where}: must change fields among {', '.join(sorted(known))}; {got}")


def added(edit: Edit) -> Finding:
    """The item that an `add` edit enters. Its id comes from the edit's."""
    form = LAYERS[edit.layer]
    fields = {"confidence": 1.0, "why": (f"added by {edit.author}",), **edit.fields}
    fields["id"] = content_id("ad", edit.id)
    try:
        return msgspec.convert(fields, form)
    except (msgspec.ValidationError, ValueError, TypeError) as problem:
        raise EditError(f"edit add on {edit.layer}: the fields must make up a {form.__name__}; {problem}") from None


def changed(item: Any, fields: Mapping[str, Any]) -> Any:
    """The item with these fields given new values, checked as if it were read from JSON.

    Raises EditError where a value does not fit.
    """
    whole = {**msgspec.to_builtins(item), **fields}
    try:
        return msgspec.convert(whole, type(item))
    except (msgspec.ValidationError, ValueError) as problem:
        raise EditError(f"edit change on {item.id}: {problem}") from None


def active(edits: Iterable[Edit]) -> list[Edit]:
    """The edits that stand, in the order in which they were made; undone ones and the undoing left out."""
    withdrawn: set[str] = set()
    kept = []
    for edit in sorted(edits, key=lambda e: (e.at, e.id), reverse=True):
        if edit.id in withdrawn:
            continue
        if edit.action == "undo":
            withdrawn.update(edit.items)
        else:
            kept.append(edit)
    return kept[::-1]


class Ids(Protocol):
    """Finds what an edit is about."""

    def find(self, layer: str, item: str) -> str | None:
        """The id under which a finding takes part in merging: its own, or its twin's where it stands in a copy."""
        ...

    def standing_at(self, layer: str, edit: Edit, item: str) -> list[str]:
        """The findings of the present readings where an edited item that is no more once stood."""
        ...


class LayerPlan(msgspec.Struct, frozen=True, array_like=True):
    """What edits do in one layer: bonds between nodes, and the edits on each node in order."""

    same: dict[str, frozenset[str]] = {}
    apart: dict[str, frozenset[str]] = {}
    alone: frozenset[str] = frozenset()
    on: dict[str, tuple[str, ...]] = {}

    @property
    def bonds(self) -> Bonds:
        """As linking takes it."""
        return Bonds(self.same, self.apart, self.alone)

    def differs(self, other: LayerPlan) -> set[str]:
        """The nodes for which something is not as in the other plan."""
        found = set(self.alone ^ other.alone)
        for mine, theirs in ((self.same, other.same), (self.apart, other.apart), (self.on, other.on)):
            both: set[str] = set(mine) | set(theirs)
            found |= {i for i in both if mine.get(i) != theirs.get(i)}
        return found


def plan(edits: Sequence[Edit], layer: str, ids: Ids) -> tuple[LayerPlan, list[Unapplied]]:
    """What the edits that stand do in one layer. Of two bonds on one pair, the later counts."""
    pairs: dict[tuple[str, str], str] = {}
    on: dict[str, list[str]] = {}
    alone: set[str] = set()
    lost: list[Unapplied] = []
    for edit in edits:
        if edit.layer != layer:
            continue
        if edit.action == "add":
            alone.add(added(edit).id)
            continue
        nodes = [node for item in edit.items if (node := _ground(edit, item, ids, lost))]
        if edit.action in ("merge", "split"):
            pairs.update(dict.fromkeys(_pairs(nodes, nodes), "same"))
            alone.difference_update(nodes)
        if edit.action == "split":
            others = [n for item in edit.fields.get("from", ()) if (n := _ground(edit, item, ids, lost))]
            pairs.update({pair: "apart" for pair in _pairs(nodes, others) if not set(pair) <= set(nodes)})
            if "from" not in edit.fields:
                alone.update(nodes)
                pairs = {pair: kind for pair, kind in pairs.items() if len(set(pair) & set(nodes)) != 1}
        elif edit.action != "merge":
            for node in dict.fromkeys(nodes):
                on.setdefault(node, []).append(edit.id)
    bonds: dict[str, dict[str, set[str]]] = {"same": {}, "apart": {}}
    for (a, b), kind in pairs.items():
        bonds[kind].setdefault(a, set()).add(b)
        bonds[kind].setdefault(b, set()).add(a)
    same, apart = ({i: frozenset(some) for i, some in bonds[kind].items()} for kind in ("same", "apart"))
    return LayerPlan(same, apart, frozenset(alone), {i: tuple(some) for i, some in on.items()}), lost


def _pairs(some: Sequence[str], others: Sequence[str]) -> Iterable[tuple[str, str]]:
    if some is others:
        return ((min(p), max(p)) for p in combinations(sorted(set(some)), 2))
    return ((min(a, b), max(a, b)) for a in some for b in others if a != b)


def _ground(edit: Edit, item: str, ids: Ids, lost: list[Unapplied]) -> str | None:
    found = ids.find(edit.layer, item)
    if found is not None and found != item and edit.action == "split" and edit.layer != "propositions":
        reason = "it stands in a copy of another report in the same words, and cannot be taken out alone"
        lost.append(Unapplied(edit=edit.id, item=item, reason=reason))
        return None
    if found is not None:
        return found
    near = ids.standing_at(edit.layer, edit, item)
    if len(near) == 1:
        note = "a new reading has another item on the same words; the edit was applied to it"
        lost.append(Unapplied(edit=edit.id, item=item, reason=note, moved=near[0]))
        return near[0]
    if near:
        reason = f"a new reading has {len(near)} items on the same words; make the edit again on the right one"
    else:
        reason = "no reading has this item any more; make the edit again, or undo it"
    lost.append(Unapplied(edit=edit.id, item=item, reason=reason))
    return None


def stands_where(finding: Finding, edit: Edit, item: str) -> bool:
    """Whether a finding's evidence covers that of the item as it was when the edit was made."""
    ground = next((g for g in edit.ground if g.item == item), None)
    if ground is None:
        return False
    for old in ground.evidence:
        for new in finding.evidence:
            shared = min(old.end, new.end) - max(old.start, new.start)
            if old.report == new.report and shared >= _LEAST * min(old.end - old.start, new.end - new.start):
                return True
    return False


def _accepted(item: Any, author: str) -> Any:
    if not isinstance(item, Finding):
        return msgspec.structs.replace(item, confidence=1.0)
    why = tuple(dict.fromkeys((*item.why, f"accepted by {author}")))
    return msgspec.structs.replace(item, confidence=1.0, why=why)


def amend(
    item: Any,
    members: tuple[str, ...],
    on: Mapping[str, tuple[str, ...]],
    by_id: Mapping[str, Edit],
    refused: Callable[[Unapplied], None],
) -> Any:
    """The item after the edits on it, in the order in which they were made; None where it is rejected."""
    edits = {i: by_id[i] for member in members for i in on.get(member, ())}
    kept: Any = item
    for edit in sorted(edits.values(), key=lambda e: (e.at, e.id)):
        if edit.action == "reject":
            kept = None
            continue
        if kept is None:
            kept = item
        if edit.action == "accept":
            kept = _accepted(kept, edit.author)
            continue
        fields = {"name": edit.fields["name"]} if edit.action == "rename" else edit.fields
        try:
            kept = changed(kept, fields)
        except EditError as problem:
            refused(Unapplied(edit=edit.id, item=item.id, reason=str(problem)))
    return kept
