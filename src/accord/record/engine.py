"""Keeps a record up to date: what comes in and what that touches is merged anew, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import msgspec

from accord.errors import RecordError
from accord.model.edit import Edit, Unapplied
from accord.model.findings import LAYERS, Finding, Position
from accord.model.reading import Reading
from accord.model.record import Record
from accord.model.report import Report, Skipped
from accord.record import corrections
from accord.record.cast import ActorStage
from accord.record.corrections import LayerPlan
from accord.record.dating import DatingStage
from accord.record.discrepancies.stage import DiscrepancyStage, Lookup
from accord.record.identity import events, figures, levers, positions, proposals, statements
from accord.record.identity.copies import CopyRule, CopyTraits, copy_traits
from accord.record.identity.scene import UNDATED, Resolve, Scene, twin_key
from accord.record.identity.uniting import recast
from accord.record.identity.wording import name_index
from accord.record.layers import Layer, Put
from accord.record.linking import Bonds, Changes, Linker
from accord.record.propositions import PropositionStage
from accord.record.shelves import Backing, Shelf

VERSION = "1"
"""Changes whenever the same readings and edits would make another record, so that kept state is made anew."""

_RULES: dict[str, tuple[Any, Any]] = {
    "statements": (statements.StatementRule(), statements.statement_traits),
    "events": (events.EventRule(), events.event_traits),
    "positions": (positions.PositionRule(), None),
    "proposals": (proposals.ProposalRule(), proposals.proposal_traits),
    "levers": (levers.LeverRule(), levers.lever_traits),
    "figures": (figures.FigureRule(), figures.figure_traits),
}


class Sources(Protocol):
    """Where the engine gets what it merges: the present reading of each report."""

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


class Engine:
    """The merged record as tables, brought up to date by `update`, read by `record`."""

    def __init__(self, sources: Sources, resolve: Resolve | None = None, backing: Backing | None = None) -> None:
        self._sources = sources
        self._resolve = resolve
        self.copies: Linker[CopyTraits] = Linker(CopyRule(), backing)
        self.cast = ActorStage(backing)
        self.dating = DatingStage(backing)
        self.propositions = PropositionStage(backing)
        self.layers: dict[str, Layer[Any, Any]] = {
            name: Layer(name, rule, LAYERS[name], backing) for name, (rule, _) in _RULES.items()
        }
        look = Lookup(self.layers, sources, self.cast, self.dating, resolve)
        self.discrepancies = DiscrepancyStage(self.layers, look, backing)
        self._days: Shelf[str] = Shelf("reports/days", str, backing)
        self._voices: Shelf[str] = Shelf("reports/voices", str, backing)
        self._held: Shelf[Held] = Shelf("reports/held", Held, backing)
        self._twin: Shelf[str] = Shelf("reports/twins", str, backing)
        self._plans: Shelf[LayerPlan] = Shelf("edits/plans", LayerPlan, backing)
        self._lost: Shelf[tuple[Unapplied, ...]] = Shelf("edits/lost", tuple[Unapplied, ...], backing)
        self._refused: Shelf[Unapplied] = Shelf("edits/refused", Unapplied, backing)
        self._added: Shelf[tuple[str, ...]] = Shelf("edits/added", tuple[str, ...], backing)
        self._edits: dict[str, Edit] = {}

    def flush(self) -> None:
        """Hand everything that changed to the backing."""
        parts: tuple[Any, ...] = (self.copies, self.cast, self.dating, self.propositions, self.discrepancies)
        edits = (self._plans, self._lost, self._refused, self._added)
        for part in (*parts, *self.layers.values(), self._days, self._voices, self._held, self._twin, *edits):
            part.flush()

    # --- updating

    def update(self, changed: Iterable[str], removed: Iterable[str], edits: Sequence[Edit]) -> None:
        """Take in reports that are new or have a new reading, leave out others, and replay the edits that stand."""
        removed, changed = set(removed), set(changed) - set(removed)
        standing = corrections.active(edits)
        self._edits = {edit.id: edit for edit in edits}
        readings = {i: self._sources.reading(i) for i in sorted(changed)}
        self._note_days(changed, removed)
        dirty = changed | self._find_copies(changed, removed)
        moved = self._recast(readings, changed | removed, standing)
        dirty |= moved
        dirty |= self.dating.update(self, dirty, removed, self._resolve)
        dirty |= {m for i in dirty - removed for m in self._copies_of(i)}
        self._relayer(sorted(dirty - removed), removed, standing)

    def _note_days(self, changed: set[str], removed: set[str]) -> None:
        for i in sorted(changed):
            day = self._sources.report(i).published
            self._days.put(i, day.isoformat() if day else "")
        for i in removed:
            self._days.drop(i)

    def day_of(self, report_id: str) -> str:
        """A report's day of publication as ISO 8601, or an empty text."""
        return self._days.get(report_id) or ""

    def _find_copies(self, changed: set[str], removed: set[str]) -> set[str]:
        """Link copies; answer the reports whose canonical report became another."""
        put = {i: copy_traits(self._sources.report(i)) for i in changed if self.copies.nodes.get(i) is None}
        found = self.copies.update(removed, put, Bonds())
        dirty = set()
        for cluster, members in found.made.items():
            for i in members:
                if self._voices.get(i) != cluster:
                    self._voices.put(i, cluster)
                    dirty.add(i)
        for i in removed:
            self._voices.drop(i)
        return dirty

    def _copies_of(self, report_id: str) -> tuple[str, ...]:
        return self.copies.members.get(self._voices.get(report_id) or report_id) or ()

    def _recast(self, readings: Mapping[str, Reading], out: set[str], standing: Sequence[Edit]) -> set[str]:
        """Bring the cast up to date; answer the reports in which somebody became another."""
        put = [(self._sources.report(i), reading) for i, reading in readings.items()]
        touched = self.cast.replace(out, put)
        layer_plan, before = self._plan("actors", standing, _ActorIds(self))
        touched |= {i for i in layer_plan.differs(before) if self.cast.has(i)}
        moved = self.cast.relink(touched, layer_plan.bonds, self._amender("actors", layer_plan))
        return self.cast.reports_of(moved)

    # --- layers

    def _relayer(self, dirty: list[str], removed: set[str], standing: Sequence[Edit]) -> None:
        """Put the findings of these reports into their layers and merge what that touches."""
        self._held.load((*dirty, *removed))
        put: dict[str, dict[str, Put[Any, Any]]] = {name: {} for name in LAYERS}
        out: dict[str, set[str]] = {name: set() for name in LAYERS}
        stale: dict[str, set[str]] = {name: set() for name in LAYERS}
        for i in (*dirty, *sorted(removed)):
            self._let_go(i, out, stale)
        for i in dirty:
            self._take_in(i, put, stale)
        for i in removed:
            self._held.drop(i)
        self._take_added(standing, put, out)
        self._key_positions(put, out, stale, standing)
        changes: dict[str, Changes] = {}
        for name, layer in self.layers.items():
            layer_plan, before = self._plan(name, standing, _LayerIds(self, layer, put[name], out[name]))
            stale[name] |= layer_plan.differs(before)
            mend = self._amender(name, layer_plan)
            changes[name] = layer.update(out[name], put[name], layer_plan.bonds, stale[name], mend, self.day_of)
        self.discrepancies.update(changes)

    def _let_go(self, report_id: str, out: dict[str, set[str]], stale: dict[str, set[str]]) -> None:
        held = self._held.get(report_id)
        if held is None:
            return
        for name, ids in held.nodes.items():
            out[name].update(ids)
        for name, twin, i in held.echoes:
            self._twin.drop(f"{name}/{i}")
            layer = self.layers[name]
            left = tuple(echo for echo in layer.echoes.get(twin) or () if echo[0] != i)
            if left:
                layer.echoes.put(twin, left)
            else:
                layer.echoes.drop(twin)
            stale[name].add(twin)

    def scene(self, report_id: str, reading: Reading, *, dated: bool = True) -> Scene:
        """The setting of a report's findings; without what other reports tell of its date if not `dated`."""
        return Scene(
            report=report_id,
            published=self._sources.report(report_id).published,
            estimate=self.dating.estimate(report_id) if dated else None,
            cast=self.cast,
            names=name_index(self.cast.names_of(reading)),
            resolve=self._resolve,
        )

    def reading(self, report_id: str) -> Reading:
        """The reading of a report that counts."""
        return self._sources.reading(report_id)

    def _take_in(self, report_id: str, put: dict[str, dict[str, Put[Any, Any]]], stale: dict[str, set[str]]) -> None:
        reading = self._sources.reading(report_id)
        scene = self.scene(report_id, reading)
        twins = self._twins(report_id)
        nodes: dict[str, tuple[str, ...]] = {}
        echoes: list[tuple[str, str, str]] = []
        for name, layer in self.layers.items():
            own = []
            for finding in reading.layer(name):
                here = recast(finding, self.cast.one, scene.when)
                twin = twins.get(twin_key(finding))
                if twin is not None:
                    layer.echoes.put(twin, _with_echo(layer.echoes.get(twin) or (), finding.id, here))
                    self._twin.put(f"{name}/{finding.id}", twin)
                    echoes.append((name, twin, finding.id))
                    stale[name].add(twin)
                    continue
                self._refuse_foreign(put[name].get(finding.id), layer, finding, report_id)
                put[name][finding.id] = Put(here, self._traits(name, finding, scene))
                own.append(finding.id)
            nodes[name] = tuple(own)
        self._held.put(report_id, Held(nodes, tuple(echoes)))

    def _traits(self, name: str, finding: Finding, scene: Scene) -> Any:
        if isinstance(finding, Position):
            return self.propositions.traits(finding, scene)
        return _RULES[name][1](finding, scene)

    def _twins(self, report_id: str) -> dict[tuple[str, ...], str]:
        """The findings of the report that this one is a copy of, by what their twins share with them."""
        voice = self._voices.get(report_id)
        if voice is None or voice == report_id:
            return {}
        original = self._sources.reading(voice)
        return {twin_key(f): f.id for name in reversed(LAYERS) for f in reversed(original.layer(name))}

    def _refuse_foreign(self, new: Put[Any, Any] | None, layer: Layer[Any, Any], finding: Finding, report: str) -> None:
        old = new.finding if new is not None else layer.findings.get(finding.id)
        if old is not None and old.evidence[0].report != report:
            raise RecordError(
                f"finding {finding.id} of report {report}: an id must be of one finding of one report; "
                f"report {old.evidence[0].report} has it too; make ids from the report and the place in it"
            )

    def has_report(self, report_id: str) -> bool:
        """Whether a reading of this report counts."""
        return self._days.get(report_id) is not None

    def twin_of(self, layer: str, i: str) -> str | None:
        """The finding that this one echoes, being its twin in a copy of the report."""
        return self._twin.get(f"{layer}/{i}")

    def _key_positions(
        self,
        put: dict[str, dict[str, Put[Any, Any]]],
        out: dict[str, set[str]],
        stale: dict[str, set[str]],
        standing: Sequence[Edit],
    ) -> None:
        """Tell each position which proposition it is on, and put in anew those for which that changed."""
        layer = self.layers["positions"]
        lost = out["positions"] - put["positions"].keys()
        ids = _PropositionIds(self, layer, put["positions"], out["positions"])
        self.propositions.replace(lost, put["positions"])
        layer_plan, before = self._plan("propositions", standing, ids)
        differs = layer_plan.differs(before)
        rekeyed = self.propositions.relink(differs, layer_plan, self._edits)
        stale["positions"] |= rekeyed
        for i in sorted(rekeyed - put["positions"].keys() - lost):
            found, node = layer.findings.get(i), layer.linker.nodes.get(i)
            if found is not None and node is not None:
                put["positions"][i] = Put(found, node.traits)
        for i, one in put["positions"].items():
            put["positions"][i] = self.propositions.keyed(i, one)

    def _take_added(
        self, standing: Sequence[Edit], put: dict[str, dict[str, Put[Any, Any]]], out: dict[str, set[str]]
    ) -> None:
        """Put in what analysts added, and take out what they withdrew."""
        for name in LAYERS:
            now: list[str] = []
            lost: list[Unapplied] = []
            for edit in standing:
                if edit.action != "add" or edit.layer != name:
                    continue
                finding = corrections.added(edit)
                strange = sorted({e.report for e in finding.evidence if self._days.get(e.report) is None})
                if strange:
                    reason = f"its evidence is in report {strange[0]}, which the record does not have; add that report"
                    lost.append(Unapplied(edit=edit.id, reason=reason))
                    continue
                home = finding.evidence[0].report
                scene = self.scene(home, self._sources.reading(home))
                put[name][finding.id] = Put(
                    recast(finding, self.cast.one, scene.when), self._traits(name, finding, scene)
                )
                now.append(finding.id)
            gone = set(self._added.get(name) or ()) - set(now)
            out[name] |= gone
            if set(self._added.get(name) or ()) != set(now):
                self._added.put(name, tuple(sorted(now)))
            self._note_lost(f"add/{name}", lost)

    # --- edits

    def _plan(self, layer: str, standing: Sequence[Edit], ids: corrections.Ids) -> tuple[LayerPlan, LayerPlan]:
        """What edits do in a layer now, and what they did before."""
        now, lost = corrections.plan(standing, layer, ids)
        before = self._plans.get(layer) or LayerPlan()
        if now != before:
            self._plans.put(layer, now)
        self._note_lost(layer, lost)
        return now, before

    def _note_lost(self, key: str, lost: list[Unapplied]) -> None:
        found = tuple(sorted(lost))
        if found != (self._lost.get(key) or ()):
            self._lost.put(key, found)

    def _amender(self, layer: str, layer_plan: LayerPlan) -> Any:
        def refused(what: Unapplied) -> None:
            self._refused.put(f"{what.edit}|{what.item}", what)

        def amend(item: Any, members: tuple[str, ...]) -> Any:
            if layer == "positions":
                item = self.propositions.named(item)
            if not layer_plan.on:
                return item
            for member in members:
                for edit in layer_plan.on.get(member, ()):
                    if self._refused.get(f"{edit}|{item.id}") is not None:
                        self._refused.drop(f"{edit}|{item.id}")
            return corrections.amend(item, members, layer_plan.on, self._edits, refused)

        return amend

    # --- reading

    def record(self, reports: Iterable[Report], skipped: Iterable[Skipped], edits: Sequence[Edit]) -> Record:
        """The record as it stands, everything in its order."""
        self._edits = {edit.id: edit for edit in edits}
        members: dict[str, tuple[str, ...]] = {}
        layers: dict[str, tuple[Finding, ...]] = {}
        for name, layer in self.layers.items():
            rows = sorted((row for _, row in layer.merged.items()), key=lambda row: (row.place, row.item.id))
            layers[name] = tuple(row.item for row in rows)
            members.update((row.item.id, row.members) for row in rows if len(row.members) > 1)
        actors = sorted(
            (row for _, row in self.cast.merged.items()), key=lambda row: (row.actor.name.casefold(), row.actor.id)
        )
        members.update((row.actor.id, row.members) for row in actors if len(row.members) > 1)
        copies = sorted((i, some) for i, some in self.copies.members.items() if len(some) > 1)
        found, lost = self._amended_discrepancies(corrections.active(edits))
        every = {
            *lost,
            *(one for _, some in self._lost.items() for one in some),
            *(one for _, one in self._refused.items()),
        }
        return Record(
            reports=tuple(sorted(reports, key=lambda r: (r.published.isoformat() if r.published else UNDATED, r.id))),
            actors=tuple(row.actor for row in actors),
            discrepancies=found,
            members=dict(sorted(members.items())),
            copies={i: some[1:] for i, some in copies},
            skipped=tuple(sorted(set(skipped), key=lambda s: (s.source, s.line or 0, s.reason))),
            datings=self.dating.found(),
            unapplied=tuple(sorted(every, key=lambda u: (u.edit, u.item or "", u.reason))),
            **layers,  # type: ignore[arg-type]
        )

    def _amended_discrepancies(self, standing: Sequence[Edit]) -> tuple[tuple[Any, ...], list[Unapplied]]:
        found = {one.id: one for one in self.discrepancies.found()}
        layer_plan, lost = corrections.plan(standing, "discrepancies", _DiscrepancyIds(frozenset(found)))
        kept = [corrections.amend(one, (i,), layer_plan.on, self._edits, lost.append) for i, one in found.items()]
        return tuple(one for one in kept if one is not None), lost


def _with_echo(echoes: tuple[tuple[str, Any], ...], i: str, finding: Finding) -> tuple[tuple[str, Any], ...]:
    kept = [echo for echo in echoes if echo[0] != i]
    return tuple(sorted([*kept, (i, finding)], key=lambda echo: (echo[1].evidence[0].report, echo[0])))


class _ActorIds:
    def __init__(self, engine: Engine) -> None:
        self._cast = engine.cast

    def find(self, layer: str, item: str) -> str | None:
        return item if self._cast.has(item) else None

    def standing_at(self, layer: str, edit: Edit, item: str) -> list[str]:
        return []


class _DiscrepancyIds:
    def __init__(self, ids: frozenset[str]) -> None:
        self._ids = ids

    def find(self, layer: str, item: str) -> str | None:
        return item if item in self._ids else None

    def standing_at(self, layer: str, edit: Edit, item: str) -> list[str]:
        return []


class _LayerIds:
    """Finds what an edit is about among the findings of a layer as they are about to be."""

    def __init__(self, engine: Engine, layer: Layer[Any, Any], put: Mapping[str, Put[Any, Any]], out: set[str]) -> None:
        self._engine, self._layer, self._put, self._out = engine, layer, put, out

    def find(self, layer: str, item: str) -> str | None:
        if item in self._put:
            return item
        if item not in self._out and self._layer.linker.nodes.get(item) is not None:
            return item
        return self._engine.twin_of(self._layer.name, item)

    def standing_at(self, layer: str, edit: Edit, item: str) -> list[str]:
        reports = {e.report for g in edit.ground if g.item == item for e in g.evidence}
        found = []
        for report in sorted(reports):
            if self._engine.has_report(report):
                candidates: Iterator[Finding] = iter(self._engine.reading(report).layer(self._layer.name))
                found += [f.id for f in candidates if corrections.stands_where(f, edit, item)]
        return sorted({node for i in found if (node := self.find(layer, i))})


class _PropositionIds(_LayerIds):
    """Finds the wording that a position states."""

    def find(self, layer: str, item: str) -> str | None:
        found = super().find(layer, item)
        return None if found is None else self._engine.propositions.stated_by(found)
