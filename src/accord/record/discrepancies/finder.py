"""What every kind of discrepancy is found by: pairs of items of which both cannot be true."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from accord.model.evidence import Evidence
from accord.model.findings import Claim, Discrepancy, Finding
from accord.model.ids import content_id
from accord.model.report import Report
from accord.record.clusters import connected
from accord.record.identity.scene import Resolve
from accord.record.identity.wording import Wording
from accord.record.layers import Merged
from accord.record.linking import Bonds, Edge, HasPlace, Rule

Traits = TypeVar("Traits", bound=HasPlace)


class Look(Protocol):
    """What a finder may look up beside the item itself."""

    resolve: Resolve | None

    def report(self, report_id: str) -> Report:
        """A report by its id."""
        ...

    def findings(self, layer: str, ids: Iterable[str]) -> list[Finding]:
        """The findings that an item was merged from, as far as they are in the layer itself."""
        ...

    def side(self, actor: str) -> str:
        """The party that an actor speaks for."""
        ...

    def kind(self, actor: str) -> str:
        """The kind of the party that an actor speaks for."""
        ...

    def persons(self, actors: Iterable[str]) -> frozenset[str]:
        """Those of these actors that are persons."""
        ...

    def content(self, events: Iterable[str]) -> Wording:
        """What the first of these findings says of the act: actors, and words that its type implies, left out."""
        ...

    def words(self, evidence: Evidence) -> Wording:
        """The content of a piece of a report."""
        ...

    def published(self, report_id: str) -> tuple[int, int] | None:
        """The first and last day, as ordinals, on which a report was or can have been published."""
        ...


class Finder(Rule[Traits], Protocol[Traits]):
    """One kind of discrepancy: which items can be in one, which two exclude each other, how it reads."""

    kind: str
    layer: str

    def traits(self, row: Merged[Any], look: Look) -> Traits | None:
        """What this kind goes by; None where the item cannot be in such a discrepancy."""
        ...

    def within(self, traits: Traits) -> bool:
        """Whether the item alone is a discrepancy between the reports that it was merged from."""
        ...

    def discrepancy(self, rows: Sequence[tuple[Any, Traits]]) -> Discrepancy | None:
        """The discrepancy between these items."""
        ...


class Pairs:
    """Shared by finders: connected pairs make one discrepancy; no item is one by itself."""

    def within(self, traits: Any) -> bool:
        """False: it takes two items."""
        return False

    def clusters(self, nodes: Mapping[str, Any], edges: Sequence[Edge], bonds: Bonds) -> list[list[str]]:
        """The whole group."""
        return connected(nodes, edges, bonds)


def make(kind: str, about: str, claims: Iterable[Claim], confidence: float) -> Discrepancy | None:
    """A discrepancy with its id worked out from what is claimed; None where fewer than two claims differ."""
    sides = _together(claims)
    if len(sides) < 2:
        return None
    first = sides[0]
    return Discrepancy(
        id=content_id("di", kind, first.items, first.evidence[0].report, first.evidence[0].start),
        kind=kind,
        about=about,
        claims=sides,
        confidence=confidence,
    )


def _together(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Claims of one value by one claimant as one, in the order in which they come."""
    found: dict[tuple[str, str | None], Claim] = {}
    for claim in claims:
        key = (claim.value, claim.by)
        old = found.get(key)
        if old is None:
            found[key] = claim
        else:
            items = tuple(dict.fromkeys((*old.items, *claim.items)))
            evidence: tuple[Evidence, ...] = tuple(dict.fromkeys((*old.evidence, *claim.evidence)))
            found[key] = Claim(value=claim.value, by=claim.by, items=items, evidence=evidence)
    return tuple(found.values())
