"""One run of reading: from files to readings that land in the record."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from accord.model.edit import Unapplied
from accord.model.report import Report, Skipped

if TYPE_CHECKING:
    from accord.model.reading import Reader
    from accord.record.store import Store


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What a run of reading did: how many reports were added, how many the record knew, what was left out and why.

    `skipped` never became a report (or is a note on one that did); `failed` are reports that the reader gave up on.
    `unapplied` is what edits could not do on the readings as they now are, or did on another item.
    """

    added: int = 0
    known: int = 0
    skipped: tuple[Skipped, ...] = ()
    failed: tuple[Skipped, ...] = ()
    unapplied: tuple[Unapplied, ...] = ()


class Step(msgspec.Struct, frozen=True):
    """How far reading is: the summary so far, files opened of all files, and the source of the last report."""

    added: int
    known: int
    left_out: int
    files: int
    of: int
    source: str


class Run:
    """One run of reading: what came in and is on its way, and what became of it."""

    def __init__(
        self, path: Path, opened: Callable[[], Store], reader: Reader, progress: Callable[[Step], None] | None
    ) -> None:
        self._path = path
        self._open = opened
        self._reader = reader
        self._progress = progress
        self._waiting: deque[Report] = deque()
        self._seen: set[str] = set()
        self._sources: set[str] = set()
        self._files = 0
        self._added = self._known = 0
        self._skipped: list[Skipped] = []
        self._failed: list[Skipped] = []

    def read(self, paths: list[Path | str], published: dt.date | None) -> Summary:
        """Read everything under the paths, each report landing as soon as its reading is there."""
        if self._progress:
            from accord.reports.walk import walk

            self._files = sum(1 for _ in walk(paths))
        for reading in self._reader.read(self._fresh(paths, published)):
            report = self._waiting.popleft()
            self._open().add(report, reading)
            if reading.failed is None:
                self._added += 1
            else:
                self._failed.append(Skipped(source=report.source, reason=reading.failed))
            self._tell(report.source)
        self._note_skipped()
        return Summary(
            added=self._added,
            known=self._known,
            skipped=tuple(self._skipped),
            failed=tuple(self._failed),
            unapplied=self._unapplied(),
        )

    def _unapplied(self) -> tuple[Unapplied, ...]:
        """What edits could not do, where this run may have moved their ground: merging anew takes its time."""
        if not self._added or not self._open().edits():
            return ()
        return self._open().record().unapplied

    def _note_skipped(self) -> None:
        """Keep what was left out and forget what had been and is not any more; make no record for that alone."""
        if self._path.exists():
            store = self._open()
            now = {one.source for one in self._skipped}
            for source in sorted({one.source for one in store.skipped()} & (self._sources - now)):
                store.forget_skipped(source)
            store.skip(self._skipped)

    def _fresh(self, paths: list[Path | str], published: dt.date | None) -> Iterator[Report]:
        """The reports that this reader has not read into this record, in the order in which they come."""
        from accord.reports.load import load

        for item in load(paths, published=published, today=dt.date.today()):
            self._sources.add(item.source)
            if isinstance(item, Skipped):
                self._skipped.append(item)
            elif item.id in self._seen or self._holds(item):
                self._known += 1
            else:
                self._seen.add(item.id)
                self._waiting.append(item)
                yield item
                continue
            self._tell(item.source)

    def _holds(self, report: Report) -> bool:
        return self._path.exists() and self._open().has(report.id, self._reader.fingerprint)

    def _tell(self, source: str) -> None:
        if self._progress:
            left_out, files = len(self._skipped) + len(self._failed), len(self._sources)
            self._progress(Step(self._added, self._known, left_out, files, self._files, source))
