"""One run of reading: from files to readings that land in the record."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from accord.errors import ReportError
from accord.model.edit import Unapplied
from accord.model.place import Place
from accord.model.reading import Reading
from accord.model.report import Report, Skipped
from accord.workbench.readers import unread

if TYPE_CHECKING:
    from accord.model.reading import Reader
    from accord.record.store import Store
    from accord.reports.gate import Gate
    from accord.reports.incoming import Incoming


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What a run of reading did: how many reports were added, how many the record knew, what was left out and why.

    `skipped` never became a report (or is a note on one that did); `failed` are reports that the reader gave up on, or
    that are not English: the record keeps them. `passed_over` reports are not about a process, as triage has it.
    `unapplied` is what edits could not do on the readings as they now are, or did on another item.
    """

    added: int = 0
    known: int = 0
    skipped: tuple[Skipped, ...] = ()
    failed: tuple[Skipped, ...] = ()
    unapplied: tuple[Unapplied, ...] = ()
    passed_over: int = 0


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """How reports come in. `published` dates those that state no date, `columns` names the columns of tables by field.

    `triage` passes over what is not about a process: where True of all, where None of bulk formats (feeds and archives
    of the web), where False of nothing. Addresses are opened only with `remote`.
    """

    published: dt.date | None = None
    columns: Mapping[str, str] = {}
    triage: bool | None = None
    remote: bool = False


class Step(msgspec.Struct, frozen=True):
    """How far reading is: the summary so far, files opened of all files, and the source of the last report.

    `report` is its id where it was added just now.
    """

    added: int
    known: int
    left_out: int
    files: int
    of: int
    source: str
    report: str | None = None


class Run:
    """One run of reading: what came in and is on its way, and what became of it."""

    def __init__(
        self, place: Place, opened: Callable[[], Store], reader: Reader, progress: Callable[[Step], None] | None
    ) -> None:
        self._place = place
        self._made = False  # whether there is a record; once there is, it is not asked for again
        self._open = opened
        self._reader = reader
        self._progress = progress
        self._waiting: deque[Report] = deque()
        self._seen: set[str] = set()  # on their way; what has landed the record knows
        self._noted: set[str] = set()
        self._mended: set[str] = set()
        self._file = ""
        self._files = self._of = 0
        self._added = self._known = 0
        self._skipped: list[Skipped] = []
        self._failed: list[Skipped] = []

    def read(self, paths: list[Path | str | Incoming], intake: Intake) -> Summary:
        """Read everything under the paths, each report landing as soon as its reading is there."""
        if self._progress:
            from accord.reports.walk import walk

            self._of = sum(1 for path in paths for _ in (walk([path]) if "://" not in str(path) else (path,)))
        if self._there():
            self._noted = {one.source for one in self._open().skipped()}
        gate = gate_of(intake.triage)
        readings = self._reader.read(self._fresh(paths, intake, gate))
        try:
            for reading in readings:
                report = self._waiting.popleft()
                self._seen.discard(report.id)
                self._land(report, reading)
        finally:  # a run that is broken off lets go at once of what its reader holds, such as workers
            getattr(readings, "close", lambda: None)()
        self._note_skipped()
        return Summary(
            added=self._added,
            known=self._known,
            skipped=tuple(self._skipped),
            failed=tuple(self._failed),
            unapplied=self._unapplied(),
            passed_over=gate.passed_over if gate else 0,
        )

    def _land(self, report: Report, reading: Reading) -> None:
        # a reader that joins the findings of two brings their own readings as well, so that these can be compared
        for beside in getattr(self._reader, "beside", ()):
            if beside.report == report.id:
                self._open().add(report, beside)
        self._open().add(report, reading)
        if reading.failed is None:
            self._added += 1
        else:
            self._failed.append(Skipped(source=report.source, reason=reading.failed))
        self._tell(report.source, report.id if reading.failed is None else None)

    def _unapplied(self) -> tuple[Unapplied, ...]:
        """What edits could not do, where this run may have moved their ground: merging anew takes its time."""
        if not self._added or not self._open().edits():
            return ()
        return self._open().record().unapplied

    def _note_skipped(self) -> None:
        """Keep what was left out and forget what had been and is not any more; make no record for that alone."""
        if self._there():
            store = self._open()
            for source in sorted(self._mended - {one.source for one in self._skipped}):
                store.forget_skipped(source)
            store.skip(self._skipped)

    def _fresh(self, paths: list[Path | str | Incoming], intake: Intake, gate: Gate | None) -> Iterator[Report]:
        """The reports that this reader has not read into this record, in the order in which they come."""
        from accord.reports.language import not_english
        from accord.reports.load import load

        for item in load(
            paths,
            published=intake.published,
            today=dt.date.today(),
            columns=intake.columns,
            gate=gate,
            remote=intake.remote,
        ):
            self._came(item.source)
            if isinstance(item, Skipped):
                self._skipped.append(item)
            elif item.id in self._seen or self._holds(item):
                self._known += 1
            elif language := not_english(item.text):
                self._land(item, Reading(report=item.id, reader=self._reader.fingerprint, failed=unread(language)))
                continue
            else:
                self._seen.add(item.id)
                self._waiting.append(item)
                yield item
                continue
            self._tell(item.source)

    def _there(self) -> bool:
        if not self._made:
            from accord.record.store import Store

            self._made = Store.exists(self._place)
        return self._made

    def _holds(self, report: Report) -> bool:
        return self._there() and self._open().has(report.id, self._reader.fingerprint)

    def _came(self, source: str) -> None:
        """Note where something came from: a file of many is one file."""
        file = source.rpartition("#")[0] or source
        if file != self._file:
            self._file, self._files = file, self._files + 1
        if source in self._noted:
            self._mended.add(source)

    def _tell(self, source: str, report: str | None = None) -> None:
        if self._progress:
            left_out, files = len(self._skipped) + len(self._failed), min(self._files, self._of)
            self._progress(Step(self._added, self._known, left_out, files, self._of, source, report))


def given_day(given: dt.date | str | None) -> dt.date | None:
    """The day that a caller gave, in whichever form. Raises ReportError where it is none."""
    if not isinstance(given, str):
        return given
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        raise ReportError(f"published: must be a day such as 2025-02-28; got {given!r}") from None


def gate_of(triage: bool | None) -> Gate | None:
    """What passes over reports that are not about a process, as `Intake.triage` has it; None where nothing does."""
    if triage is False:
        return None
    from accord.reading.triage import relevant, worth_opening
    from accord.reports.gate import Gate

    return Gate(relevant, worth_opening, everything=triage is True)
