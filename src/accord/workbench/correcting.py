"""Corrections: every write to the log of edits, one method each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NotRequired, Required, TypedDict, Unpack

from accord.errors import EditError
from accord.model.edit import Action, Edit, Unapplied
from accord.model.evidence import Evidence
from accord.model.findings import LAYERS
from accord.model.record import Record
from accord.workbench import fields as form
from accord.workbench import grounds
from accord.workbench.editlog import read_log, write_log
from accord.workbench.items import Items

if TYPE_CHECKING:
    import pandas as pd

    from accord.publishing.trace_forms import LogForm
    from accord.record.store import Store

Named = str | Sequence[str]
"""One item or several, as `accord.workbench.items` reads them."""


class By(TypedDict, total=False):
    """Who makes an edit, and why.

    `at` is the time, an ISO 8601 text or a datetime; without it the time is now, and always after the last edit's.
    """

    author: Required[str]
    reason: NotRequired[str]
    at: NotRequired[dt.datetime | str | None]


class ByOn(By, total=False):
    """The same, and the layer of the items where their names do not tell it."""

    layer: NotRequired[str | None]


class Correcting:
    """What people change. Nothing is lost: each edit is an entry in a log, and an undone one stays in it.

    Methods raise EditError where an edit cannot be meant or applied, NotFound where the record has no such item; then
    nothing is written. Each answers the edit as it was kept.
    """

    _record: Record | None

    def record(self) -> Record:
        """The merged record as a value."""
        raise NotImplementedError

    def _open(self, *, create: bool = False) -> Store:
        raise NotImplementedError

    def _frame(self, word: str, some: Sequence[Any]) -> pd.DataFrame:
        raise NotImplementedError

    def accept(self, items: Named, **by: Unpack[ByOn]) -> Edit:
        """Hold items to be right: their confidence becomes 1."""
        return self._edit("accept", items, {}, by)

    def reject(self, items: Named, **by: Unpack[ByOn]) -> Edit:
        """Leave items out of the record."""
        return self._edit("reject", items, {}, by)

    def change(self, items: Named, fields: Mapping[str, Any], **by: Unpack[ByOn]) -> Edit:
        """Give fields of items new values; `accord.workbench.fields.values` says how they are written."""
        return self._edit("change", items, fields, by)

    def rename(self, items: Named, name: str, **by: Unpack[ByOn]) -> Edit:
        """Give an actor, a proposal or a proposition its name."""
        return self._edit("rename", items, {"name": name}, by)

    def merge(self, items: Named, **by: Unpack[ByOn]) -> Edit:
        """Hold two or more items to be one."""
        return self._edit("merge", items, {}, by)

    def split(self, items: Named, *, away_from: Named = (), **by: Unpack[ByOn]) -> Edit:
        """Take findings out of the item that they were merged into: away from those given, or from all others."""
        return self._edit("split", items, {"from": away_from} if away_from else {}, by)

    def undo(self, edits: Named = "last", **by: Unpack[By]) -> Edit:
        """Withdraw edits, by their ids or `last`. They stay in the log, and undoing the undoing brings them back."""
        return self._edit("undo", edits, {}, ByOn(**by, layer="edits"))

    def add(
        self,
        layer: str,
        fields: Mapping[str, Any],
        *,
        evidence: str | Evidence | Sequence[str | Evidence] = (),
        note: str | None = None,
        **by: Unpack[By],
    ) -> Edit:
        """Enter an item that no reader found.

        It rests on `evidence`, words of reports (`REPORT:QUOTE` or a reference such as `2:14`), or on a `note` of the
        author's own, which becomes a report of the record under the author's name.
        """
        if layer not in LAYERS:
            raise EditError(f"add: the layer must be one of {', '.join(LAYERS)}; got {layer!r}")
        some = [evidence] if isinstance(evidence, str | Evidence) else list(evidence)
        if bool(some) == (note is not None):
            raise EditError("add: give the evidence (REPORT:QUOTE) or a note of your own, one of the two")
        author, at, record = _author("add", by), self._at(by), self.record()
        own = None if note is None else grounds.note(note, author, at)
        words = [own[2]] if own else [e if isinstance(e, Evidence) else grounds.cited(record, e) for e in some]
        said = {"content": words[0].quote, **fields} if layer == "statements" else fields
        made = {**form.values(layer, said, record, words), "evidence": form.plain(words)}
        edit = Edit.make("add", layer, (), author=author, at=at, fields=made, reason=by.get("reason", ""))
        if own:
            from accord.record.corrections import check

            check(edit)  # before the note lands, so that an edit that cannot be meant leaves nothing behind
            self._open().add(*own[:2])
        return self._keep(edit)

    # -- the log ---------------------------------------------------------------------------------------------

    def edits(self) -> tuple[Edit, ...]:
        """The whole log in the order in which it was written."""
        return self._open().edits()

    def standing(self) -> tuple[Edit, ...]:
        """The edits that stand, in the order in which they were made: what is undone left out."""
        from accord.record.corrections import active

        return tuple(active(self.edits()))

    def log(self) -> pd.DataFrame:
        """The log as a data frame: each edit, whether it stands, and what of it has lost its ground."""
        return self._frame("edits", self.logged())

    def logged(self) -> tuple[LogForm, ...]:
        """The same as values."""
        from accord.publishing.traces import log_forms

        return log_forms(self.record(), self.edits(), self.standing())

    def unapplied(self) -> tuple[Unapplied, ...]:
        """What edits could not do on the present readings, or did on another item than the one that was edited."""
        return self.record().unapplied

    def export_edits(self, path: Path | str | None = None) -> str | None:
        """The log and the notes that it rests on as JSON: written to `path`, else returned.

        Raises ExportError when the file cannot be written.
        """
        from accord.publishing.files import write_file

        store = self._open()
        notes = {reading.report for reading in store.readings(grounds.NOTE_READER)}
        text = write_log(store.edits(), tuple(report for report in store.reports() if report.id in notes))
        if path is None:
            return text
        write_file(Path(path), text)
        return None

    def import_edits(self, path: Path | str) -> int:
        """Take in the log of another record, edits that are here already left out; how many were new.

        Those that find no ground here are kept all the same and told by `unapplied`. Raises EditError where the file
        is no such log; then nothing is taken.
        """
        log = read_log(Path(path))
        store = self._open()
        new = store.take_edits(log.edits)
        for note in log.notes:
            store.add(note, grounds.reading_of(note))
        self._record = None
        return new

    # -- how an edit is made ---------------------------------------------------------------------------------

    def _edit(self, action: Action, named: Named, said: Mapping[str, Any], by: ByOn) -> Edit:
        author, record = _author(action, by), self.record()
        known = Items(record, self.edits(), self.standing())
        layer, items = known.find_all(_listed(named), by.get("layer"))
        if not items:
            raise EditError(f"{action}: name the item")
        made = dict(said)
        if "from" in made:
            made["from"] = list(known.find_all(_listed(made["from"]), layer)[1])
        elif action == "change" and layer in form.FORMS:
            made = form.values(layer, said, record, _words(record, layer, items[0]))
        return self._keep(
            Edit.make(action, layer, items, author=author, at=self._at(by), fields=made, reason=by.get("reason", ""))
        )

    def _keep(self, edit: Edit) -> Edit:
        self._record = None
        return self._open().add_edit(edit)

    def _at(self, by: By) -> str:
        """The time of an edit in UTC: as given, else now, and later than that of every edit before it."""
        given = by.get("at")
        if given is not None:
            return _utc(given)
        last = max((_time(edit.at) for edit in self.edits()), default=None)
        now = dt.datetime.now(dt.UTC)
        return _utc(now if last is None or now > last else last + dt.timedelta(microseconds=1))


def _listed(named: Named) -> list[str]:
    return [named] if isinstance(named, str) else list(named)


def _author(action: str, by: By) -> str:
    author = by["author"].strip()
    if not author:
        raise EditError(f"{action}: an edit must say who made it; give an author")
    return author


def _words(record: Record, layer: str, item: str) -> tuple[Evidence, ...]:
    """The evidence of the item that this one is or was merged into."""
    if layer not in LAYERS:
        return ()
    return next((f.evidence for f in record.layer(layer) if item in (f.id, *record.members.get(f.id, ()))), ())


def _time(at: str) -> dt.datetime:
    time = dt.datetime.fromisoformat(at)
    return time if time.tzinfo else time.replace(tzinfo=dt.UTC)


def _utc(given: dt.datetime | str) -> str:
    """A time in UTC to the microsecond, always as long, so that times sort as texts."""
    try:
        time = _time(given if isinstance(given, str) else given.isoformat())
    except ValueError:
        raise EditError(f"at: must be a time in ISO 8601, such as 2025-03-01T09:30:00Z; got {given!r}") from None
    return time.astimezone(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
