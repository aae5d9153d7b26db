"""One layer of the record: its findings, which of them are one, and the items that these make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, TypeVar

import msgspec

from accord.model.findings import Finding, Proposal
from accord.record.identity.scene import UNDATED
from accord.record.identity.uniting import unite
from accord.record.linking import Bonds, Changes, HasPlace, Linker, Rule
from accord.record.shelves import Backing, Shelf

Item = TypeVar("Item", bound=Finding)
Traits = TypeVar("Traits", bound=HasPlace)
Amend = Callable[[Any, tuple[str, ...]], Any]
"""Applies the edits on an item to it, given the ids that it was merged from; None where it is rejected."""


class Merged(msgspec.Struct, Generic[Item], frozen=True, array_like=True):
    """An item of the record with its sort key and the ids of the findings that it was merged from, its own first."""

    place: str
    members: tuple[str, ...]
    item: Item


class Put(msgspec.Struct, Generic[Item, Traits], frozen=True):
    """A finding as it goes in: with merged actors and what identity goes by."""

    finding: Item
    traits: Traits


class Layer(Generic[Item, Traits]):
    """The findings of one layer, linked, and the items that they make."""

    def __init__(self, name: str, rule: Rule[Traits], form: type[Item], backing: Backing | None = None) -> None:
        self.name = name
        self.linker: Linker[Traits] = Linker(rule, backing)
        self.findings: Shelf[Item] = Shelf(f"{name}/findings", form, backing)
        self.merged: Shelf[Merged[Item]] = Shelf(f"{name}/merged", Merged[form], backing)  # type: ignore[valid-type]
        self.echoes: Shelf[tuple[tuple[str, Item], ...]] = Shelf(
            f"{name}/echoes",
            tuple[tuple[str, form], ...],  # type: ignore[valid-type]
            backing,
        )

    def flush(self) -> None:
        """Hand what changed to the backing."""
        self.linker.flush()
        for shelf in (self.findings, self.merged, self.echoes):
            shelf.flush()

    def update(
        self,
        removed: Iterable[str],
        put: Mapping[str, Put[Item, Traits]],
        bonds: Bonds,
        stale: Iterable[str],
        amend: Amend,
        day_of: Callable[[str], str],
    ) -> Changes:
        """Take findings out and put findings in; answer the items that are no more, and those that this touches.

        `stale` are findings whose own bonds, edits or echoes changed. `made` of the answer has items that stay as
        they were too, where a finding of theirs was put in anew: who takes part may now speak for another. It leaves
        out what was rejected, `gone` has it.
        """
        removed = set(removed) - put.keys()
        self.findings.load(put)
        self.linker.nodes.load((*put, *stale))
        fresh: dict[str, Traits] = {}
        touched = {*stale, *put}
        for i, one in put.items():
            node = self.linker.nodes.get(i)
            if node is None or node.traits != one.traits:
                fresh[i] = one.traits
            if self.findings.get(i) != one.finding:
                self.findings.put(i, one.finding)
        for i in stale:
            node = self.linker.nodes.get(i)
            if node is not None and i not in fresh and i not in removed:
                fresh[i] = node.traits
        for i in removed:
            self.findings.drop(i)
        changes = self.linker.update(removed, fresh, bonds)
        clusters = set(changes.made) | {c for i in touched if (c := self.linker.cluster_of(i))}
        return self._unite(clusters, changes.gone, amend, day_of)

    def _unite(self, clusters: set[str], gone: Iterable[str], amend: Amend, day_of: Callable[[str], str]) -> Changes:
        lost = {i for i in gone if self.merged.get(i) is not None}
        for i in gone:
            self.merged.drop(i)
        self.linker.members.load(clusters)
        members = {c: self.linker.members[c] for c in sorted(clusters)}
        self.merged.load(members)
        every = [i for some in members.values() for i in some]
        self.findings.load(every)
        self.echoes.load(every)
        made = {}
        for cluster, some in members.items():
            echoes = [echo for i in some for echo in self.echoes.get(i) or ()]
            item = unite([self.findings[i] for i in some], [finding for _, finding in echoes], day_of)
            ids = (*some, *(i for i, _ in echoes))
            item = amend(item, ids)
            if item is None:
                if self.merged.get(cluster) is not None:
                    lost.add(cluster)
                    self.merged.drop(cluster)
                continue
            whole = Merged(item_place(item, day_of), ids, item)
            if self.merged.get(cluster) != whole:
                self.merged.put(cluster, whole)
            made[cluster] = ids
        return Changes(tuple(sorted(lost)), made)


def item_place(item: Finding, day_of: Callable[[str], str]) -> str:
    """The sort key of an item: its date, else its report's; then report and place in the text."""
    heads = item.history[0].evidence if isinstance(item, Proposal) else item.evidence
    head = min(heads, key=lambda e: (day_of(e.report) or UNDATED, e.report, e.start))
    published = day_of(head.report) or UNDATED
    date = item.history[0].date if isinstance(item, Proposal) else getattr(item, "date", None)
    day = (date.start or date.end) if date is not None else None
    return f"{day.isoformat() if day else published}|{published}|{head.report}|{head.start:09d}"
