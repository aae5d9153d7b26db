"""Links what is one across reports: blocks, pairwise likeness, clusters; one thing at a time or all at once.

Whether two nodes are linked depends on these two alone, and how a connected group of linked nodes falls
into clusters depends on that group alone. So adding nodes one by one, in any order, ends where adding
them all at once ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from accord.record.shelves import Backing, Shelf

Traits = TypeVar("Traits", bound="HasPlace")
Told = TypeVar("Told", bound="HasPlace", contravariant=True)
Edge = tuple[float, str, str]
"""Likeness and the two nodes, the lower id first."""

BOUND = 2.0
"""The likeness of two nodes that an analyst holds to be one: above all others."""


class HasPlace(Protocol):
    """What every node's traits have: `place` orders nodes by publication date, report and place in the text."""

    @property
    def place(self) -> str:
        """The sort key."""
        ...


class Bonds(msgspec.Struct, frozen=True):
    """What analysts hold about nodes of one layer: pairs that are one or not one, nodes that are like no other."""

    same: Mapping[str, frozenset[str]] = {}
    apart: Mapping[str, frozenset[str]] = {}
    alone: frozenset[str] = frozenset()

    def of(self, node: str) -> tuple[frozenset[str], frozenset[str]]:
        """The nodes that are one with this one, and those that are not."""
        return self.same.get(node, frozenset()), self.apart.get(node, frozenset())


class Rule(Protocol[Told]):
    """How nodes of one kind are told apart and brought together."""

    name: str
    form: type[Any]

    def keys(self, node: Told) -> tuple[Iterable[str], Iterable[str]]:
        """The block keys that a node stands under, and those that it looks under for its likes.

        Of two nodes that `likeness` would link, at least one must look under a key that the other stands under.
        """
        ...

    def likeness(self, a: Told, b: Told) -> float:
        """How sure it is that both are one, from above 0 to 1; 0 where they are not to be linked. Symmetric."""
        ...

    def clusters(self, nodes: Mapping[str, Told], edges: Sequence[Edge], bonds: Bonds) -> list[list[str]]:
        """A connected group of linked nodes as clusters; each node in exactly one."""
        ...


class Node(msgspec.Struct, Generic[Traits], array_like=True, frozen=True):
    """A node as kept: its traits, its links with their likeness, and its cluster."""

    traits: Traits
    links: dict[str, float]
    cluster: str


class Changes(msgspec.Struct, frozen=True):
    """Clusters that are no more, and clusters that are new or have other members than before."""

    gone: tuple[str, ...]
    made: dict[str, tuple[str, ...]]


class Linker(Generic[Traits]):
    """The nodes of one kind and how they cluster. A cluster's id is that of its first member by place."""

    def __init__(self, rule: Rule[Traits], backing: Backing | None = None) -> None:
        self.rule = rule
        self.nodes: Shelf[Node[Traits]] = Shelf(f"{rule.name}/nodes", Node[rule.form], backing)  # type: ignore[name-defined]
        self.blocks: Shelf[tuple[str, ...]] = Shelf(f"{rule.name}/blocks", tuple[str, ...], backing)
        self.members: Shelf[tuple[str, ...]] = Shelf(f"{rule.name}/clusters", tuple[str, ...], backing)

    def flush(self) -> None:
        """Hand what changed to the backing."""
        for shelf in (self.nodes, self.blocks, self.members):
            shelf.flush()

    def cluster_of(self, node: str) -> str | None:
        """The id of a node's cluster, or None where there is no such node."""
        found = self.nodes.get(node)
        return None if found is None else found.cluster

    def update(self, removed: Iterable[str], put: Mapping[str, Traits], bonds: Bonds) -> Changes:
        """Take nodes out and put nodes in (a node that was there is replaced), and cluster anew what that touches."""
        out, new = sorted(set(removed) | set(put)), dict(sorted(put.items()))
        self.nodes.load(out)
        before = {i: node for i in out if (node := self.nodes.get(i)) is not None}
        touched = self._take_out(before)
        old_clusters = {node.cluster for node in before.values()}
        self._put_in(new, bonds)
        touched.update(new)
        return self._recluster({i for i in touched if self.nodes.get(i) is not None}, old_clusters, bonds)

    def _take_out(self, before: Mapping[str, Node[Traits]]) -> set[str]:
        """Remove nodes from blocks and links; answer the nodes that were linked to them."""
        lost: dict[str, set[str]] = {}
        for i, node in before.items():
            for key in self.rule.keys(node.traits)[0]:
                lost.setdefault(key, set()).add(i)
        self.blocks.load(lost)
        for key, gone in lost.items():
            left = tuple(i for i in self.blocks.get(key) or () if i not in gone)
            if left:
                self.blocks.put(key, left)
            else:
                self.blocks.drop(key)
        neighbours = {n for node in before.values() for n in node.links} - before.keys()
        self.nodes.load(neighbours)
        for n in neighbours:
            node = self.nodes[n]
            links = {i: s for i, s in node.links.items() if i not in before}
            self.nodes.put(n, msgspec.structs.replace(node, links=links))
        for i in before:
            self.nodes.drop(i)
        return neighbours

    def _put_in(self, new: Mapping[str, Traits], bonds: Bonds) -> None:
        """Add nodes with their links, to each other and to what is there."""
        keys = {i: tuple(map(tuple, map(dict.fromkeys, self.rule.keys(traits)))) for i, traits in new.items()}
        self.blocks.load(key for stands, looks in keys.values() for key in (*stands, *looks))
        added: dict[str, list[str]] = {}
        for i, (stands, _) in keys.items():
            for key in stands:
                added.setdefault(key, []).append(i)
        for key, some in added.items():
            self.blocks.put(key, tuple(sorted({*(self.blocks.get(key) or ()), *some})))
        candidates = {
            i: {c for key in looks for c in self.blocks.get(key) or ()} - {i} for i, (_, looks) in keys.items()
        }
        for i in new:
            candidates[i] |= bonds.of(i)[0]
        self.nodes.load(c for some in candidates.values() for c in some)
        links: dict[str, dict[str, float]] = {i: {} for i in new}
        for i, traits in new.items():
            held = bonds.of(i)[0]
            for c in candidates[i]:
                if not (c in new and c < i and i in candidates[c]):  # else seen from the other side
                    self._link(i, traits, c, new.get(c), held, links)
        for i, found in links.items():
            old = self.nodes.get(i)
            if i in new:
                self.nodes.put(i, Node(new[i], found, ""))
            elif old is not None:
                self.nodes.put(i, msgspec.structs.replace(old, links={**old.links, **found}))

    def _link(
        self,
        i: str,
        traits: Traits,
        c: str,
        other: Traits | None,
        held: frozenset[str],
        links: dict[str, dict[str, float]],
    ) -> None:
        if c in links[i]:
            return
        if other is None:
            node = self.nodes.get(c)
            if node is None:
                return
            other = node.traits
        strength = BOUND if c in held else self.rule.likeness(traits, other)
        if strength > 0:
            links[i][c] = strength
            links.setdefault(c, {})[i] = strength

    def _recluster(self, seeds: set[str], old: set[str], bonds: Bonds) -> Changes:
        """Cluster the groups that hold the seeds."""
        old = set(old)
        made: dict[str, tuple[str, ...]] = {}
        seen: set[str] = set()
        for seed in sorted(seeds):
            if seed in seen:
                continue
            group = self._group(seed)
            seen |= group
            old |= {self.nodes[i].cluster for i in group}
            made.update(self._split(group, bonds))
        gone, changed = [], {}
        self.members.load((*old, *made))
        for cluster in sorted(old - made.keys()):
            if self.members.get(cluster) is not None:
                gone.append(cluster)
                self.members.drop(cluster)
        for cluster, members in sorted(made.items()):
            if self.members.get(cluster) != members:
                changed[cluster] = members
                self.members.put(cluster, members)
        return Changes(tuple(gone), changed)

    def _group(self, seed: str) -> set[str]:
        group, rim = {seed}, [seed]
        while rim:
            self.nodes.load(rim)
            rim = list({n for i in rim for n in self.nodes[i].links} - group)
            group.update(rim)
        return group

    def _split(self, group: set[str], bonds: Bonds) -> dict[str, tuple[str, ...]]:
        nodes = {i: self.nodes[i] for i in sorted(group)}
        traits = {i: node.traits for i, node in nodes.items()}
        if len(group) == 1:
            parts = [list(group)]
        else:
            edges = [(s, i, n) for i, node in nodes.items() for n, s in node.links.items() if i < n]
            edges.sort(key=lambda edge: (-edge[0], edge[1], edge[2]))
            parts = self.rule.clusters(traits, edges, bonds)
        found = {}
        for part in parts:
            members = tuple(sorted(part, key=lambda i: (traits[i].place, i)))
            found[members[0]] = members
            for i in members:
                if nodes[i].cluster != members[0]:
                    self.nodes.put(i, msgspec.structs.replace(nodes[i], cluster=members[0]))
        return found
