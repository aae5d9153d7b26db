"""Replays edits: finds what each is about among the present findings, and notes which lost their ground."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from accord.model.edit import Edit, Unapplied
from accord.record import corrections
from accord.record.corrections import LayerPlan
from accord.record.layers import Amend
from accord.record.shelves import Backing, Shelf


class EditStage:
    """What edits do in each layer now and did before, so that a change of edits touches only what it is about."""

    def __init__(self, backing: Backing | None = None) -> None:
        self._plans: Shelf[LayerPlan] = Shelf("edits/plans", LayerPlan, backing)
        self._lost: Shelf[tuple[Unapplied, ...]] = Shelf("edits/lost", tuple[Unapplied, ...], backing)
        self._refused: Shelf[Unapplied] = Shelf("edits/refused", Unapplied, backing)
        self.by_id: dict[str, Edit] = {}
        self.standing: list[Edit] = []

    def flush(self) -> None:
        """Hand what changed to the backing."""
        for shelf in (self._plans, self._lost, self._refused):
            shelf.flush()

    def take(self, edits: Sequence[Edit]) -> None:
        """The edit log as it now is."""
        self.by_id = {edit.id: edit for edit in edits}
        self.standing = corrections.active(edits)

    def plan(self, layer: str, ids: corrections.Ids) -> tuple[LayerPlan, set[str]]:
        """What edits do in a layer now, and the nodes for which that is not what it was."""
        now, lost = corrections.plan(self.standing, layer, ids)
        before = self._plans.get(layer) or LayerPlan()
        if now != before:
            self._plans.put(layer, now)
        self.note_lost(layer, lost)
        return now, now.differs(before)

    def note_lost(self, key: str, lost: Sequence[Unapplied]) -> None:
        """Keep what edits of one layer could not do."""
        found = tuple(sorted(lost, key=_unapplied_order))
        if found != (self._lost.get(key) or ()):
            self._lost.put(key, found)

    def amender(self, layer_plan: LayerPlan) -> Amend:
        """Applies the edits of a layer to one of its items."""

        def refused(what: Unapplied) -> None:
            self._refused.put(f"{what.edit}|{what.item}", what)

        def amend(item: Any, members: tuple[str, ...]) -> Any:
            if not layer_plan.on:
                return item
            for edit in {edit for member in members for edit in layer_plan.on.get(member, ())}:
                if self._refused.get(f"{edit}|{item.id}") is not None:
                    self._refused.drop(f"{edit}|{item.id}")
            return corrections.amend(item, members, layer_plan.on, self.by_id, refused)

        return amend

    def unapplied(self, more: Sequence[Unapplied] = ()) -> tuple[Unapplied, ...]:
        """Everything that edits could not do, in order. What a withdrawn edit could not do is no matter."""
        standing = {edit.id for edit in self.standing}
        lost = {one for _, some in self._lost.items() for one in some} | {one for _, one in self._refused.items()}
        return tuple(sorted((one for one in {*lost, *more} if one.edit in standing), key=_unapplied_order))

    def amend_all(self, layer: str, items: Mapping[str, Any]) -> tuple[list[Any], list[Unapplied]]:
        """Items that are made anew each time, after the edits on them; and what edits could not do."""
        layer_plan, lost = corrections.plan(self.standing, layer, FixedIds(items.__contains__))
        kept = [corrections.amend(one, (i,), layer_plan.on, self.by_id, lost.append) for i, one in items.items()]
        return [one for one in kept if one is not None], lost


def _unapplied_order(one: Unapplied) -> tuple[str, str, str]:
    return one.edit, one.item or "", one.reason


class FixedIds:
    """Finds what an edit is about where ids alone tell, as for actors and discrepancies."""

    def __init__(self, has: Callable[[str], bool]) -> None:
        self._has = has

    def find(self, layer: str, item: str) -> str | None:
        """The id itself where there is such an item."""
        return item if self._has(item) else None

    def standing_at(self, layer: str, edit: Edit, item: str) -> list[str]:
        """Nothing: such items stand on no words of their own."""
        return []
