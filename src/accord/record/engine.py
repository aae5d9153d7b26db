"""Keeps a record up to date: what comes in and what that touches is merged anew, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from accord.model.edit import Edit, Unapplied
from accord.model.findings import LAYERS, Finding, Position
from accord.model.reading import Reading
from accord.model.record import Record
from accord.model.report import Report, Skipped
from accord.record import corrections
from accord.record.cast import ActorStage
from accord.record.dating import DatingStage
from accord.record.discrepancies.firsts import with_items
from accord.record.discrepancies.stage import DiscrepancyStage, Lookup
from accord.record.editing import EditStage, FixedIds
from accord.record.holdings import FindingIds, Holdings, Moves, PropositionIds, Sources
from accord.record.identity import events, figures, levers, positions, proposals, statements
from accord.record.identity.scene import UNDATED, Resolve, Scene
from accord.record.identity.uniting import recast
from accord.record.identity.wording import name_index
from accord.record.layers import Layer, Put
from accord.record.linking import Changes
from accord.record.propositions import PropositionStage
from accord.record.resting import resting_on
from accord.record.shelves import Backing, Shelf

_RULES: dict[str, tuple[Any, Any]] = {
    "statements": (statements.StatementRule(), statements.statement_traits),
    "events": (events.EventRule(), events.event_traits),
    "positions": (positions.PositionRule(), None),
    "proposals": (proposals.ProposalRule(), proposals.proposal_traits),
    "levers": (levers.LeverRule(), levers.lever_traits),
    "figures": (figures.FigureRule(), figures.figure_traits),
}


class Engine:
    """The merged record as tables, brought up to date by `update`, read by `record`."""

    def __init__(self, sources: Sources, resolve: Resolve | None = None, backing: Backing | None = None) -> None:
        self._sources = sources
        self._resolve = resolve
        self.layers: dict[str, Layer[Any, Any]] = {
            name: Layer(name, rule, LAYERS[name], backing) for name, (rule, _) in _RULES.items()
        }
        self.cast = ActorStage(backing)
        self.dating = DatingStage(backing)
        self.propositions = PropositionStage(backing)
        self.holdings = Holdings(sources, self.layers, backing)
        self.editing = EditStage(backing)
        look = Lookup(self.layers, sources, self.cast, self.dating, resolve)
        self.discrepancies = DiscrepancyStage(self.layers, look, backing)
        self._added: Shelf[tuple[str, ...]] = Shelf("edits/added", tuple[str, ...], backing)

    def flush(self) -> None:
        """Hand everything that changed to the backing."""
        stages: tuple[Any, ...] = (self.cast, self.dating, self.propositions, self.holdings, self.editing)
        for part in (*stages, *self.layers.values(), self.discrepancies, self._added):
            part.flush()

    def update(self, changed: Iterable[str], removed: Iterable[str], edits: Sequence[Edit]) -> None:
        """Take in reports that are new or have a new reading, leave out others, and replay the edits that stand."""
        removed = set(removed)
        changed = set(changed) - removed
        self.editing.take(edits)
        dirty = changed | self.holdings.note_reports(changed, removed)
        dirty |= self._recast(changed, removed)
        dirty |= self.dating.update(self, dirty, removed, self._resolve)
        dirty |= {copy for i in dirty - removed for copy in self.holdings.copies_of(i)}
        scenes = {i: self.scene(i, self._sources.reading(i)) for i in sorted(dirty - removed)}
        moves = self.holdings.move(scenes, removed, self._traits)
        self._take_added(moves)
        self._key_positions(moves)
        self.discrepancies.update(self._relink(moves), scenes, removed)

    def reading(self, report_id: str) -> Reading:
        """The reading of a report that counts."""
        return self._sources.reading(report_id)

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

    def _recast(self, changed: set[str], removed: set[str]) -> set[str]:
        """Bring the cast up to date; answer the reports in which somebody became another."""
        put = [(self._sources.report(i), self._sources.reading(i)) for i in sorted(changed)]
        touched = self.cast.replace(changed | removed, put)
        layer_plan, differs = self.editing.plan("actors", FixedIds(self.cast.has))
        touched |= {i for i in differs if self.cast.has(i)}
        moved = self.cast.relink(touched, layer_plan.bonds, self.editing.amender(layer_plan))
        return self.cast.reports_of(moved)

    def _traits(self, name: str, finding: Finding, scene: Scene) -> Any:
        if isinstance(finding, Position):
            return self.propositions.traits(finding, scene)
        return _RULES[name][1](finding, scene)

    def _take_added(self, moves: Moves) -> None:
        """Put in what analysts added, and take out what they withdrew."""
        for name in LAYERS:
            now: list[str] = []
            lost: list[Unapplied] = []
            for edit in self.editing.standing:
                if edit.action != "add" or edit.layer != name:
                    continue
                finding = corrections.added(edit)
                strange = sorted({e.report for e in finding.evidence if not self.holdings.has(e.report)})
                if strange:
                    reason = f"its evidence is in report {strange[0]}, which the record does not have; add that report"
                    lost.append(Unapplied(edit=edit.id, reason=reason))
                    continue
                home = finding.evidence[0].report
                scene = self.scene(home, self._sources.reading(home))
                here = recast(finding, self.cast.one, scene.when)
                moves.put[name][finding.id] = Put(here, self._traits(name, finding, scene))
                now.append(finding.id)
            before = self._added.get(name) or ()
            moves.out[name] |= set(before) - set(now)
            if set(before) != set(now):
                self._added.put(name, tuple(sorted(now)))
            self.editing.note_lost(f"add/{name}", lost)

    def _key_positions(self, moves: Moves) -> None:
        """Tell each position which proposition it is on, and put in anew those for which that changed."""
        layer, put = self.layers["positions"], moves.put["positions"]
        lost = moves.out["positions"] - put.keys()
        self.propositions.replace(lost, put)
        ids = PropositionIds(self.holdings, self._sources, layer, moves, self.propositions.stated_by)
        layer_plan, differs = self.editing.plan("propositions", ids)
        rekeyed = self.propositions.relink(differs, layer_plan, self.editing.by_id)
        moves.stale["positions"] |= rekeyed
        for i in sorted(rekeyed - put.keys() - lost):
            found, node = layer.findings.get(i), layer.linker.nodes.get(i)
            if found is not None and node is not None:
                put[i] = Put(found, node.traits)
        for i, one in put.items():
            put[i] = self.propositions.keyed(i, one)

    def _relink(self, moves: Moves) -> dict[str, Changes]:
        """Merge in every layer what the moves touch; answer what that changed."""
        changes: dict[str, Changes] = {}
        for name, layer in self.layers.items():
            ids = FindingIds(self.holdings, self._sources, layer, moves)
            layer_plan, differs = self.editing.plan(name, ids)
            mend = self.editing.amender(layer_plan)
            changes[name] = layer.update(
                moves.out[name],
                moves.put[name],
                layer_plan.bonds,
                moves.stale[name] | differs,
                self.propositions.naming(mend) if name == "positions" else mend,
                self.holdings.day_of,
            )
        return changes

    def record(self, reports: Iterable[Report], skipped: Iterable[Skipped], edits: Sequence[Edit]) -> Record:
        """The record as it stands, everything in its order."""
        self.editing.take(edits)
        members: dict[str, tuple[str, ...]] = {}
        layers: dict[str, tuple[Finding, ...]] = {}
        for name, layer in self.layers.items():
            rows = sorted((row for _, row in layer.merged.items()), key=lambda row: (row.place, row.item.id))
            layers[name] = tuple(row.item for row in rows)
            members.update((row.item.id, row.members) for row in rows if len(row.members) > 1)
        cast = sorted((row for _, row in self.cast.merged.items()), key=lambda r: (r.actor.name.casefold(), r.actor.id))
        members.update((row.actor.id, row.members) for row in cast if len(row.members) > 1)
        found, lost = self.editing.amend_all("discrepancies", {one.id: one for one in self.discrepancies.found()})
        record = Record(
            reports=tuple(sorted(reports, key=lambda r: (r.published.isoformat() if r.published else UNDATED, r.id))),
            actors=tuple(row.actor for row in cast),
            members=dict(sorted(members.items())),
            copies=self.holdings.all_copies(),
            skipped=tuple(sorted(set(skipped), key=lambda s: (s.source, s.line or 0, s.reason))),
            datings=self.dating.found(),
            unapplied=self.editing.unapplied(lost),
            **layers,  # type: ignore[arg-type]
        )
        return msgspec.structs.replace(record, discrepancies=tuple(with_items(found, resting_on(record))))
