"""What each report has in the layers: findings of its own, and twins of findings of the report that it copies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

import msgspec

from accord.errors import RecordError
from accord.model.edit import Edit
from accord.model.findings import LAYERS, Finding
from accord.model.reading import Reading
from accord.model.report import Report
from accord.record import corrections
from accord.record.identity.copies import CopyRule, CopyTraits, copy_traits
from accord.record.identity.scene import Scene, twin_key
from accord.record.identity.uniting import recast
from accord.record.layers import Layer, Put
from accord.record.linking import Bonds, Linker
from accord.record.shelves import Backing, Shelf


class Sources(Protocol):
    """Where what is merged comes from: the reading of each report that counts."""

    def report(self, report_id: str) -> Report:
        """The report with this id."""
        ...

    def reading(self, report_id: str) -> Reading:
        """The reading of this report that counts."""
        ...


class Held(msgspec.Struct, frozen=True, array_like=True):
    """What a report has in the layers: its own findings, and those that echo a finding of the report it copies."""

    nodes: dict[str, tuple[str, ...]] = {}
    echoes: tuple[tuple[str, str, str], ...] = ()  # layer, twin, id


class Moves(msgspec.Struct):
    """What goes into each layer, what comes out, and what is touched otherwise."""

    put: dict[str, dict[str, Put[Any, Any]]]
    out: dict[str, set[str]]
    stale: dict[str, set[str]]

    @classmethod
    def none(cls) -> Moves:
        """Nothing yet, for every layer."""
        return cls({name: {} for name in LAYERS}, {name: set() for name in LAYERS}, {name: set() for name in LAYERS})


class Holdings:
    """Keeps which report copies which, and which findings each has in the layers."""

    def __init__(self, sources: Sources, layers: Mapping[str, Layer[Any, Any]], backing: Backing | None = None) -> None:
        self._sources = sources
        self._layers = layers
        self.copies: Linker[CopyTraits] = Linker(CopyRule(), backing)
        self._days: Shelf[str] = Shelf("reports/days", str, backing)
        self._voices: Shelf[str] = Shelf("reports/voices", str, backing)
        self._held: Shelf[Held] = Shelf("reports/held", Held, backing)
        self._twin: Shelf[str] = Shelf("reports/twins", str, backing)

    def flush(self) -> None:
        """Hand what changed to the backing."""
        for part in (self.copies, self._days, self._voices, self._held, self._twin):
            part.flush()

    def day_of(self, report_id: str) -> str:
        """A report's day of publication as ISO 8601, or an empty text."""
        return self._days.get(report_id) or ""

    def has(self, report_id: str) -> bool:
        """Whether a reading of this report counts."""
        return self._days.get(report_id) is not None

    def note_reports(self, changed: Iterable[str], removed: Iterable[str]) -> set[str]:
        """Note reports and link copies; answer the reports that now speak for others, or for which another speaks."""
        put = {}
        for i in sorted(changed):
            report = self._sources.report(i)
            self._days.put(i, report.published.isoformat() if report.published else "")
            if self.copies.nodes.get(i) is None:
                put[i] = copy_traits(report)
        dirty = set()
        for cluster, members in self.copies.update(removed, put, Bonds()).made.items():
            for i in members:
                if self._voices.get(i) != cluster:
                    self._voices.put(i, cluster)
                    dirty.add(i)
        for i in removed:
            self._days.drop(i)
            self._voices.drop(i)
        return dirty

    def copies_of(self, report_id: str) -> tuple[str, ...]:
        """The reports of which one is a copy of the other, this one among them."""
        return self.copies.members.get(self._voices.get(report_id) or report_id) or (report_id,)

    def all_copies(self) -> dict[str, tuple[str, ...]]:
        """For each report that stands for others, these."""
        return {i: some[1:] for i, some in sorted(self.copies.members.items()) if len(some) > 1}

    def twin_of(self, layer: str, i: str) -> str | None:
        """The finding that this one echoes, being its twin in a copy of the report."""
        return self._twin.get(f"{layer}/{i}")

    def move(
        self,
        scenes: Mapping[str, Scene],
        removed: Iterable[str],
        traits: Callable[[str, Finding, Scene], Any],
    ) -> Moves:
        """What changes in the layers when these reports are taken in anew and others are removed."""
        moves = Moves.none()
        removed = sorted(removed)
        self._held.load((*scenes, *removed))
        for i in (*scenes, *removed):
            self._let_go(i, moves)
        for i, scene in scenes.items():
            self._take_in(i, moves, scene, traits)
        for i in removed:
            self._held.drop(i)
        return moves

    def _let_go(self, report_id: str, moves: Moves) -> None:
        held = self._held.get(report_id)
        if held is None:
            return
        for name, ids in held.nodes.items():
            moves.out[name].update(ids)
        for name, twin, i in held.echoes:
            self._twin.drop(f"{name}/{i}")
            layer = self._layers[name]
            left = tuple(echo for echo in layer.echoes.get(twin) or () if echo[0] != i)
            if left:
                layer.echoes.put(twin, left)
            else:
                layer.echoes.drop(twin)
            moves.stale[name].add(twin)

    def _take_in(
        self,
        report_id: str,
        moves: Moves,
        scene: Scene,
        traits: Callable[[str, Finding, Scene], Any],
    ) -> None:
        reading = self._sources.reading(report_id)
        twins = self._twins(report_id)
        nodes: dict[str, tuple[str, ...]] = {}
        echoes: list[tuple[str, str, str]] = []
        for name, layer in self._layers.items():
            own = []
            for finding in reading.layer(name):
                here = recast(finding, scene.cast.one, scene.when)
                twin = twins.get(twin_key(finding))
                if twin is not None:
                    layer.echoes.put(twin, _with_echo(layer.echoes.get(twin) or (), finding.id, here))
                    self._twin.put(f"{name}/{finding.id}", twin)
                    echoes.append((name, twin, finding.id))
                    moves.stale[name].add(twin)
                    continue
                _refuse_foreign(moves.put[name].get(finding.id), layer, finding, report_id)
                moves.put[name][finding.id] = Put(here, traits(name, finding, scene))
                own.append(finding.id)
            nodes[name] = tuple(own)
        self._held.put(report_id, Held(nodes, tuple(echoes)))

    def _twins(self, report_id: str) -> dict[tuple[str, ...], str]:
        """The findings of the report that this one is a copy of, by what their twins share with them."""
        voice = self._voices.get(report_id)
        if voice is None or voice == report_id:
            return {}
        original = self._sources.reading(voice)
        return {twin_key(f): f.id for name in reversed(LAYERS) for f in reversed(original.layer(name))}


def _with_echo(echoes: tuple[tuple[str, Any], ...], i: str, finding: Finding) -> tuple[tuple[str, Any], ...]:
    kept = [echo for echo in echoes if echo[0] != i]
    return tuple(sorted([*kept, (i, finding)], key=lambda echo: (echo[1].evidence[0].report, echo[0])))


def _refuse_foreign(new: Put[Any, Any] | None, layer: Layer[Any, Any], finding: Finding, report: str) -> None:
    old = new.finding if new is not None else layer.findings.get(finding.id)
    if old is not None and old.evidence[0].report != report:
        raise RecordError(
            f"finding {finding.id} of report {report}: an id must be of one finding of one report; "
            f"report {old.evidence[0].report} has it too; make ids from the report and the place in it"
        )


class FindingIds:
    """Finds what an edit is about among the findings of a layer as they are about to be."""

    def __init__(self, holdings: Holdings, sources: Sources, layer: Layer[Any, Any], moves: Moves) -> None:
        self._holdings, self._sources, self._layer = holdings, sources, layer
        self._put, self._out = moves.put[layer.name], moves.out[layer.name]

    def find(self, layer: str, item: str) -> str | None:
        """The finding itself, or the one that it echoes."""
        if item in self._put:
            return item
        if item not in self._out and self._layer.linker.nodes.get(item) is not None:
            return item
        return self._holdings.twin_of(self._layer.name, item)

    def standing_at(self, layer: str, edit: Edit, item: str) -> list[str]:
        """The findings of the present readings on the words that an item stood on when it was edited."""
        reports = {e.report for g in edit.ground if g.item == item for e in g.evidence}
        found = []
        for report in sorted(reports):
            if self._holdings.has(report):
                candidates = self._sources.reading(report).layer(self._layer.name)
                found += [f.id for f in candidates if corrections.stands_where(f, edit, item)]
        return sorted({node for i in found if (node := self.find(layer, i))})


class PropositionIds(FindingIds):
    """Finds the wording that a position states."""

    def __init__(
        self,
        holdings: Holdings,
        sources: Sources,
        layer: Layer[Any, Any],
        moves: Moves,
        stated_by: Callable[[str], str | None],
    ) -> None:
        super().__init__(holdings, sources, layer, moves)
        self._stated_by = stated_by

    def find(self, layer: str, item: str) -> str | None:
        """The wording that this position, or the one that it echoes, states."""
        found = super().find(layer, item)
        return None if found is None else self._stated_by(found)
