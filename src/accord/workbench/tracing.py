"""What is read off a record over time: what changed, how stances moved, who met whom, what was held to be one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal, Unpack, get_args

import msgspec

from accord.errors import FilterError
from accord.model.findings import LAYERS
from accord.model.query import Selection, make_filter
from accord.model.record import Filter, Record
from accord.workbench.filters import Filters
from accord.workbench.items import Items

if TYPE_CHECKING:
    import pandas as pd

    from accord.model.evidence import Evidence
    from accord.publishing.trace_forms import JudgementForm
    from accord.record.store import Store

Of = Literal["positions", "levers"]
Verdict = Literal["same", "different", "unsure"]


class Rebuilt(msgspec.Struct, frozen=True, kw_only=True):
    """What a rebuild did: what the record was made from, what is in it now, and whether that is what was there."""

    reports: int
    readings: int
    edits: int
    items: dict[str, int]
    unapplied: int
    same: bool


class Tracing:
    """What became of things. Each method gives a data frame; `trace` gives the rows."""

    _record: Record | None

    def record(self) -> Record:
        """The merged record as a value."""
        raise NotImplementedError

    def _open(self, *, create: bool = False) -> Store:
        raise NotImplementedError

    def _frame(self, word: str, some: Sequence[Any]) -> pd.DataFrame:
        raise NotImplementedError

    def changes(self, **filters: Unpack[Filters]) -> pd.DataFrame:
        """What reports that appeared on `since` or later brought: what moved, what contradicts, what is new."""
        return self._frame("changes", self.trace("changes", **filters))

    def history(self, of: Of = "positions", *, shifted: bool = False, **filters: Unpack[Filters]) -> pd.DataFrame:
        """Where each party stood on each proposition, entry by entry in time, shifts marked; or of levers, the states.

        With `shifted`, only the histories in which something ever shifted.
        """
        word = "history" if of == "positions" else "lever-history"
        return self._frame(word, self.trace("history", {"of": of, "shifted": shifted}, **filters))

    def meetings(self, **filters: Unpack[Filters]) -> pd.DataFrame:
        """The meetings, calls and talks of each two parties, in time."""
        return self._frame("meetings", self.trace("meetings", **filters))

    def judgements(
        self, item: str | None = None, *, verdict: Verdict | None = None, **filters: Unpack[Filters]
    ) -> pd.DataFrame:
        """Which findings are held to be one or not, by a rule or a person, when and why; withdrawn ones as well.

        Of one item, named as in an edit, or of all that pass the filters.
        """
        return self._frame("judgements", self.trace("judgements", {"item": item, "verdict": verdict}, **filters))

    def trace(
        self, word: str, options: dict[str, Any] | None = None, **filters: Unpack[Filters]
    ) -> tuple[msgspec.Struct, ...]:
        """The rows of one of TRACED as values of `accord.publishing.trace_forms`.

        Raises FilterError when `changes` are asked for without a day, or an option cannot be.
        """
        return TRACED[word](self, make_filter(**filters), options or {})

    def rebuild(self) -> Rebuilt:
        """Make the merged record anew from reports, readings and edits; say whether it is what it was."""
        before = self.record()
        store = self._open()
        self._record = now = store.rebuild()
        return Rebuilt(
            reports=len(now.reports),
            readings=len(store.readings()),
            edits=len(store.edits()),
            items={name: len(getattr(now, name)) for name in ("actors", *LAYERS, "discrepancies")},
            unapplied=len(now.unapplied),
            same=_bytes(now) == _bytes(before),
        )

    def _changes(self, where: Filter, _: dict[str, Any]) -> tuple[msgspec.Struct, ...]:
        from accord.publishing.traces import change_forms
        from accord.record import changes

        if where.since is None:
            raise FilterError(
                "changes: say since when, such as --since 2025-03-01: what reports brought from that day on"
            )
        found = changes(self.record(), where.since)
        # the day is that of the reports: what they tell may have happened long before
        return change_forms(self.record(), found, msgspec.structs.replace(where, since=None))

    def _history(self, where: Filter, options: dict[str, Any]) -> tuple[msgspec.Struct, ...]:
        from accord.publishing.traces import history_forms, lever_forms
        from accord.record import histories, lever_histories

        of = _one_of("of", options.get("of") or "positions", get_args(Of))
        if of == "levers":
            return lever_forms(self.record(), lever_histories(self.record()), where)
        return history_forms(self.record(), histories(self.record()), where, shifted=bool(options.get("shifted")))

    def _meetings(self, where: Filter, _: dict[str, Any]) -> tuple[msgspec.Struct, ...]:
        from accord.publishing.traces import meeting_forms
        from accord.record import meetings

        return meeting_forms(self.record(), meetings(self.record()), where)

    def _judgements(self, where: Filter, options: dict[str, Any]) -> tuple[msgspec.Struct, ...]:
        from accord.publishing.traces import judgement_forms

        verdict, named = options.get("verdict"), options.get("item")
        if verdict is not None:
            _one_of("verdict", verdict, get_args(Verdict))
        if named is not None:
            layer, key = Items(self.record()).find(named)
            asked = [("positions" if layer == "propositions" else layer, key)]
        else:
            seen = Selection(self.record(), where)
            asked = [(layer, item.id) for layer in LAYERS for item in seen.layer(layer)]
            asked += [("actors", actor.id) for actor in seen.actors]
        said = self._said()
        layers = {key: layer for layer, key in asked if layer != "discrepancies"}
        found: dict[tuple[Any, ...], JudgementForm] = {}
        for key, some in self._open().all_judgements(layers).items():
            for row in judgement_forms(layers[key], key, some, said):
                if verdict in (None, row.verdict):
                    found.setdefault((min(row.one, row.other), max(row.one, row.other), row.by, row.at), row)
        return tuple(found.values())

    def _said(self) -> dict[str, tuple[str, Evidence | None]]:
        """What each finding and actor of the readings says, by its id."""
        from accord.publishing.traces import words_of

        said: dict[str, tuple[str, Evidence | None]] = {}
        for reading in self._open().readings():
            said.update((actor.id, words_of(actor)) for actor in reading.actors)
            said.update((one.id, words_of(one)) for layer in LAYERS for one in reading.layer(layer))
        for layer in LAYERS:
            for item in self.record().layer(layer):
                said.setdefault(item.id, words_of(item))  # what people added
        return said


TRACED: dict[str, Callable[[Tracing, Filter, dict[str, Any]], tuple[msgspec.Struct, ...]]] = {
    "changes": Tracing._changes,
    "history": Tracing._history,
    "meetings": Tracing._meetings,
    "judgements": Tracing._judgements,
}
"""What can be traced, by its word."""


def _one_of(name: str, given: str, known: tuple[str, ...]) -> str:
    if given not in known:
        raise FilterError(f"{name}: must be one of {', '.join(known)}; got {given!r}")
    return given


def _bytes(record: Record) -> bytes:
    return msgspec.json.encode(record, order="deterministic")
