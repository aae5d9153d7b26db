"""What positions are about: one key for all wordings of a proposition, whoever takes a stance on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from accord.model.edit import Edit
from accord.model.findings import Position
from accord.record.corrections import LayerPlan
from accord.record.identity.positions import PositionTraits, position_traits
from accord.record.identity.propositions import (
    PropositionRule,
    PropositionTraits,
    proposition_id,
    proposition_traits,
)
from accord.record.identity.scene import Scene
from accord.record.layers import Amend, Put
from accord.record.linking import Linker
from accord.record.shelves import Backing, Shelf

replace = msgspec.structs.replace


class Draft(msgspec.Struct, frozen=True):
    """The traits of a position that does not yet have its proposition's key, and those of the proposition."""

    position: PositionTraits
    proposition: PropositionTraits


class PropositionStage:
    """Keeps the wordings of propositions linked, and the positions that state each."""

    def __init__(self, backing: Backing | None = None) -> None:
        self.linker: Linker[PropositionTraits] = Linker(PropositionRule(), backing)
        self._stated: Shelf[dict[str, str]] = Shelf("propositions/stated", dict[str, str], backing)
        self._of: Shelf[str] = Shelf("propositions/of", str, backing)
        self._key: Shelf[str] = Shelf("propositions/key", str, backing)
        self._fresh: dict[str, PropositionTraits] = {}
        self._touched: set[str] = set()
        self._names: dict[str, str] = {}

    def flush(self) -> None:
        """Hand what changed to the backing."""
        self.linker.flush()
        for shelf in (self._stated, self._of, self._key):
            shelf.flush()

    def traits(self, position: Position, scene: Scene) -> Draft:
        """What is known of a position before its proposition has a key."""
        return Draft(position_traits(position, "", scene), proposition_traits(position, scene))

    def stated_by(self, position: str) -> str | None:
        """The wording that a position states."""
        return self._of.get(position)

    def replace(self, lost: Iterable[str], put: Mapping[str, Put[Any, Any]]) -> None:
        """Note which positions are gone and what others state."""
        self._fresh, self._touched = {}, set()
        lost = list(lost)
        self._of.load((*lost, *put))
        moves: list[tuple[str, str | None, str]] = [(i, None, "") for i in lost]
        for i, one in put.items():
            if isinstance(one.traits, Draft):
                node = proposition_id(one.traits.proposition)
                self._fresh.setdefault(node, one.traits.proposition)
                moves.append((i, node, one.traits.position.place))
        stated: dict[str, dict[str, str]] = {}
        self._stated.load([node for _, node, _ in moves if node] + [n for i, _, _ in moves if (n := self._of.get(i))])
        for i, now, place in moves:
            old = self._of.get(i)
            if old is not None:
                stated.setdefault(old, dict(self._stated.get(old) or {})).pop(i, None)
            if now is not None:
                stated.setdefault(now, dict(self._stated.get(now) or {}))[i] = place
                self._of.put(i, now)
            elif old is not None:
                self._of.drop(i)
        for node, positions in stated.items():
            if positions:
                self._stated.put(node, positions)
            else:
                self._stated.drop(node)
        self._touched = set(stated)

    def relink(self, differs: set[str], layer_plan: LayerPlan, edits: Mapping[str, Edit]) -> set[str]:
        """Link wordings anew where something changed; answer the positions whose key or name that may change."""
        touched = self._touched | differs
        self.linker.nodes.load(touched)
        removed, put = [], {}
        for node in sorted(touched):
            stated = self._stated.get(node)
            known = self.linker.nodes.get(node)
            base = self._fresh.get(node) or (known.traits if known else None)
            if not stated:
                removed.append(node)
            elif base is not None:
                traits = replace(base, place=min(stated.values()))
                if known is None or known.traits != traits or node in differs:
                    put[node] = traits
        changes = self.linker.update(removed, put, layer_plan.bonds)
        self._name(layer_plan, edits)
        clusters = set(changes.made) | {c for node in differs if (c := self.linker.cluster_of(node))}
        rekeyed: set[str] = set()
        for cluster in sorted(clusters):
            for node in self.linker.members.get(cluster) or ():
                if self._key.get(node) != cluster or cluster in self._names or differs:
                    self._key.put(node, cluster)
                    rekeyed.update(self._stated.get(node) or {})
        for node in removed:
            self._key.drop(node)
        return rekeyed

    def _name(self, layer_plan: LayerPlan, edits: Mapping[str, Edit]) -> None:
        named: dict[str, Edit] = {}
        for node, ids in layer_plan.on.items():
            cluster = self.linker.cluster_of(node)
            for i in ids:
                if cluster and (
                    (edits[i].at, i) >= (named[cluster].at, named[cluster].id) if cluster in named else True
                ):
                    named[cluster] = edits[i]
        self._names = {cluster: str(edit.fields["name"]) for cluster, edit in named.items()}

    def keyed(self, i: str, one: Put[Any, Any]) -> Put[Any, Any]:
        """The position with the key of its proposition."""
        node = self._of[i]
        key = self.linker.cluster_of(node) or node
        traits = one.traits.position if isinstance(one.traits, Draft) else one.traits
        return Put(replace(one.finding, key=key), replace(traits, key=key))

    def naming(self, amend: Amend) -> Amend:
        """`amend`, after giving the position the name that an analyst gave its proposition."""

        def named(position: Position, members: tuple[str, ...]) -> Any:
            name = self._names.get(position.key or "")
            return amend(replace(position, proposition=name) if name else position, members)

        return named
