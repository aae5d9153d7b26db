"""From pairs that are alike to clusters that hold together: no cluster joins two that contradict."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from accord.record.linking import BOUND, Bonds, Edge

Traits = TypeVar("Traits")
Mark = TypeVar("Mark", bound=Hashable)


class Groups(Generic[Mark]):
    """Disjoint sets that remember the marks of their members, so that two sets can be told to contradict."""

    def __init__(self, marks: Mapping[str, Mark], contradict: Callable[[Mark, Mark], bool], bonds: Bonds) -> None:
        self._parent = {i: i for i in marks}
        self._marks = {i: frozenset((mark,)) for i, mark in marks.items()}
        self._members = {i: [i] for i in marks}
        self._contradict = contradict
        self._bonds = bonds
        self._known: dict[tuple[Mark, Mark], bool] = {}

    def root(self, i: str) -> str:
        """The node that stands for the set of `i`."""
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def members(self, i: str) -> list[str]:
        """All of the set of `i`."""
        return self._members[self.root(i)]

    def can_join(self, a: str, b: str) -> bool:
        """Whether nothing in one set contradicts anything in the other, and no analyst holds them apart."""
        a, b = self.root(a), self.root(b)
        if self._lonely(a) or self._lonely(b) or self._apart(a, b):
            return False
        return not any(self._clash(x, y) for x in self._marks[a] for y in self._marks[b] if x != y)

    def held_apart(self, a: str, b: str) -> bool:
        """Whether an analyst holds the sets of `a` and `b` apart."""
        return self._apart(self.root(a), self.root(b))

    def join(self, a: str, b: str) -> None:
        """Make one set of two."""
        a, b = self.root(a), self.root(b)
        if a == b:
            return
        if len(self._members[a]) < len(self._members[b]):
            a, b = b, a
        self._parent[b] = a
        self._members[a] += self._members.pop(b)
        self._marks[a] |= self._marks.pop(b)

    def all(self) -> list[list[str]]:
        """Every set."""
        return list(self._members.values())

    def _lonely(self, root: str) -> bool:
        alone = self._bonds.alone
        return bool(alone) and not alone.isdisjoint(self._members[root])

    def _apart(self, a: str, b: str) -> bool:
        if not self._bonds.apart:
            return False
        few, many = sorted((self._members[a], self._members[b]), key=len)
        other = set(many)
        return any(not self._bonds.of(i)[1].isdisjoint(other) for i in few)

    def _clash(self, x: Mark, y: Mark) -> bool:
        found = self._known.get((x, y))
        if found is None:
            found = self._contradict(x, y)
            self._known[x, y] = self._known[y, x] = found
        return found


def join_alike(
    nodes: Mapping[str, Traits],
    edges: Iterable[Edge],
    bonds: Bonds,
    mark: Callable[[Traits], Mark],
    contradict: Callable[[Mark, Mark], bool],
) -> Groups[Mark]:
    """Sets of nodes joined along edges, the surest first, wherever that contradicts nothing.

    What analysts hold to be one is joined first and whatever it contradicts.
    """
    groups = Groups({i: mark(traits) for i, traits in nodes.items()}, contradict, bonds)
    for strength, a, b in edges:
        if groups.root(a) == groups.root(b):
            continue
        if (strength == BOUND and not groups.held_apart(a, b)) or groups.can_join(a, b):
            groups.join(a, b)
    return groups


def connected(nodes: Mapping[str, Traits], edges: Sequence[Edge], bonds: Bonds) -> list[list[str]]:
    """The whole group as one cluster, apart from what analysts hold apart."""
    return join_alike(nodes, edges, bonds, lambda _: 0, lambda _a, _b: False).all()
