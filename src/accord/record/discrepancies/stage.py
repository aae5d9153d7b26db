"""Keeps the discrepancies of a record up to date: each finder sees the items that changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from accord.model.evidence import Evidence
from accord.model.findings import Discrepancy, Finding
from accord.model.report import Report
from accord.record.cast import ActorStage
from accord.record.dating import DatingStage
from accord.record.discrepancies.denials import DenialFinder
from accord.record.discrepancies.finder import Finder
from accord.record.discrepancies.firsts import FirstFinder
from accord.record.discrepancies.numbers import NumberFinder
from accord.record.discrepancies.occasions import DayFinder, PlaceFinder
from accord.record.discrepancies.officials import OfficialFinder
from accord.record.discrepancies.onlys import OnlyFinder
from accord.record.discrepancies.participants import ParticipantFinder
from accord.record.discrepancies.quotations import QuotationFinder
from accord.record.identity.scene import Resolve, Scene
from accord.record.identity.wording import Wording, wording
from accord.record.layers import Layer, Merged
from accord.record.linking import Bonds, Changes, Linker
from accord.record.shelves import Backing, Shelf


class Reports(Protocol):
    """Where reports come from."""

    def report(self, report_id: str) -> Report:
        """The report with this id."""
        ...


class Lookup:
    """What finders may look up."""

    def __init__(
        self,
        layers: Mapping[str, Layer[Any, Any]],
        reports: Reports,
        cast: ActorStage,
        dating: DatingStage,
        resolve: Resolve | None,
    ) -> None:
        self._layers, self._reports, self._cast, self._dating = layers, reports, cast, dating
        self.resolve = resolve

    def report(self, report_id: str) -> Report:
        """A report by its id."""
        return self._reports.report(report_id)

    def findings(self, layer: str, ids: Iterable[str]) -> list[Finding]:
        """The findings that an item was merged from."""
        return [found for i in ids if (found := self._layers[layer].findings.get(i)) is not None]

    def side(self, actor: str) -> str:
        """The party that an actor speaks for."""
        return self._cast.side(actor)

    def kind(self, actor: str) -> str:
        """The kind of the party that an actor speaks for."""
        return self._cast.kind(actor)

    def persons(self, actors: Iterable[str]) -> frozenset[str]:
        """Those of these actors that are persons."""
        return frozenset(actor for actor in actors if self._cast.is_person(actor))

    def content(self, events: Iterable[str]) -> Wording:
        """What the first of these findings says of the act: actors, and words that its type implies, left out."""
        nodes = self._layers["events"].linker.nodes
        return next((node.traits.what for i in events if (node := nodes.get(i)) is not None), Wording())

    def words(self, evidence: Evidence) -> Wording:
        """The content of a piece of a report, actors left as they are written."""
        return wording(evidence.quote)

    def published(self, report_id: str) -> tuple[int, int] | None:
        """The first and last day on which a report was or can have been published."""
        day = self.report(report_id).published
        if day is not None:
            return day.toordinal(), day.toordinal()
        estimate = self._dating.estimate(report_id)
        return None if estimate is None else (estimate[0].toordinal(), estimate[1].toordinal())


class DiscrepancyStage:
    """One linker per kind over the items of its layer, and the discrepancies that come of it."""

    def __init__(self, layers: Mapping[str, Layer[Any, Any]], look: Lookup, backing: Backing | None = None) -> None:
        self._layers = layers
        self._look = look
        self._readers: tuple[FirstFinder | OnlyFinder, ...] = (FirstFinder(), OnlyFinder())
        finders: tuple[Finder[Any], ...] = (
            NumberFinder(),
            DayFinder(),
            PlaceFinder(),
            ParticipantFinder(),
            DenialFinder(),
            *self._readers,
            QuotationFinder(),
            OfficialFinder(),
        )
        self._linkers: list[tuple[Finder[Any], Linker[Any]]] = [(f, Linker(f, backing)) for f in finders]
        self._claims: Shelf[tuple[str, ...]] = Shelf("discrepancies/claims", tuple[str, ...], backing)
        self._found: Shelf[Discrepancy] = Shelf("discrepancies/found", Discrepancy, backing)

    def flush(self) -> None:
        """Hand what changed to the backing."""
        for _, linker in self._linkers:
            linker.flush()
        self._found.flush()
        self._claims.flush()

    def found(self) -> list[Discrepancy]:
        """All discrepancies, by kind, subject and id."""
        return sorted((one for _, one in self._found.items()), key=lambda d: (d.kind, d.about, d.id))

    def update(self, changes: Mapping[str, Changes], reports: Mapping[str, Scene], removed: Iterable[str]) -> None:
        """Look anew at the items that changed, and at the sentences of reports that came in or are gone."""
        read = {finder.kind: self._sentences(finder, reports, removed) for finder in self._readers}
        for finder, linker in self._linkers:
            layer = self._layers[finder.layer]
            what = changes[finder.layer]
            put, out = {}, set(what.gone)
            for i in what.made:
                traits = finder.traits(layer.merged[i], self._look)
                if traits is None:
                    out.add(i)
                else:
                    put[i] = traits
            if finder.kind in read:
                out |= read[finder.kind][0]
                put |= read[finder.kind][1]
            out = {i for i in out if linker.nodes.get(i) is not None} - put.keys()
            done = linker.update(out, put, Bonds())
            changed = set(done.made) | {c for i in put if (c := linker.cluster_of(i))}
            for cluster in done.gone:
                self._found.drop(f"{finder.kind}/{cluster}")
            for cluster in sorted(changed):
                self._tell(finder, linker, layer, cluster)

    def _sentences(
        self, finder: FirstFinder | OnlyFinder, reports: Mapping[str, Scene], removed: Iterable[str]
    ) -> tuple[set[str], dict[str, Any]]:
        """The claims of a kind that sentences of reports no longer make, and those that they make."""
        gone: set[str] = set()
        claims: dict[str, Any] = {}
        for report in sorted({*reports, *removed}):
            key = f"{finder.kind}/{report}"
            gone.update(self._claims.get(key) or ())
            scene = reports.get(report)
            made = finder.claims(self._look.report(report), scene) if scene is not None else {}
            claims.update(made)
            if made:
                self._claims.put(key, tuple(sorted(made)))
            elif self._claims.get(key) is not None:
                self._claims.drop(key)
        return gone - claims.keys(), claims

    def _tell(self, finder: Finder[Any], linker: Linker[Any], layer: Layer[Any, Any], cluster: str) -> None:
        members = linker.members[cluster]
        rows: list[tuple[Any, Any]] = []
        for i in members:
            row: Merged[Any] | None = layer.merged.get(i)
            rows.append((row.item if row else None, linker.nodes[i].traits))
        alone = len(rows) == 1 and not finder.within(rows[0][1])
        told = None if alone else finder.discrepancy(rows)
        key = f"{finder.kind}/{cluster}"
        if told is not None:
            self._found.put(key, told)
        elif self._found.get(key) is not None:
            self._found.drop(key)
