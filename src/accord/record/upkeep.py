"""Keeps the merged record of a file up to date: what came in since is merged, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import rensa  # type: ignore[import-untyped]
import sqlalchemy as sa

from accord.model.ids import content_id, text_digest
from accord.model.reading import Reading
from accord.model.record import Record
from accord.model.report import Report, Skipped
from accord.model.vocabulary import gazetteer, states
from accord.model.vocabulary.matching import matching
from accord.record import tables
from accord.record.database import Database
from accord.record.engine import Engine
from accord.record.identity.scene import Resolve
from accord.record.kept import Kept
from accord.record.quiet import at_rest

_HELD = 4000  # reports, and readings, that stay decoded while many are merged
Value = TypeVar("Value")


@cache
def rules_digest() -> str:
    """A digest of the source of merging and of the types it works on: any changed rule makes another record."""
    found = []
    for package in ("accord.record", "accord.model"):
        folders = [files(package)]
        for folder in folders:
            entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
            folders += [entry for entry in entries if entry.is_dir()]
            found += [entry.read_text(encoding="utf-8") for entry in entries if entry.name.endswith(".py")]
    return text_digest("\0".join(found))


@cache
def vocabulary_digest() -> str:
    """A digest of the vocabulary that merging goes by: when it changes, everything is merged anew."""
    return content_id("vo", matching(), states.states(), gazetteer.places())


class Upkeep:
    """The engine over a record file. Not for several threads at once: the store sees to that."""

    def __init__(self, database: Database, resolve: Resolve | None, resolver: str) -> None:
        self._database = database
        self._resolve = resolve
        self.recipe = content_id(
            "rc",
            rules_digest(),
            vocabulary_digest(),
            resolver if resolve else "",
            str(rensa.RMinHash.ALGORITHM_VERSION),
        )
        self._kept = Kept()
        self._engine: Engine | None = None
        self._generation = ""
        self._record: tuple[str, Record] | None = None
        self._connection: sa.Connection | None = None
        self._counting: dict[str, int] = {}
        self._reports: dict[str, Report] = {}
        self._readings: dict[int, Reading] = {}

    def report(self, report_id: str) -> Report:
        """A report, for the engine."""
        found = self._reports.get(report_id)
        if found is None:
            found = _hold(self._reports, report_id, tables.get_report(self._connected(), report_id))
        return found

    def reading(self, report_id: str) -> Reading:
        """The reading of a report that counts, for the engine."""
        number = self._counting[report_id]
        found = self._readings.get(number)
        if found is None:
            found = _hold(self._readings, number, tables.get_reading(self._connected(), number))
        return found

    def record(self) -> Record:
        """The merged record, brought up to date."""
        digest = self.refresh()
        if self._record is None or self._record[0] != digest:
            with at_rest(), self.engine() as (engine, connection):
                reports = tables.all_reports(connection)
                sources = {report.id: report.source for report in reports}
                failed = [Skipped(source=sources[i], reason=why) for i, why in tables.failures(connection)]
                skipped = (*tables.all_skipped(connection), *failed)
                self._record = (digest, engine.record(reports, skipped, tables.all_edits(connection)))
        return self._record[1]

    def rebuild(self) -> None:
        """Forget what was merged, so that it is merged anew."""
        with self._database.write() as connection:
            tables.forget_merged(connection)
            self._next_generation(connection)
        self._record = None

    @contextmanager
    def engine(self, *, write: bool = False) -> Iterator[tuple[Engine, sa.Connection]]:
        """The engine, over one state of the file."""
        with self._database.write() if write else self._database.read() as connection:
            generation = tables.get_meta(connection, "generation") or ""
            if self._engine is None or generation != self._generation:
                self._kept = Kept()
                self._engine = Engine(self, self._resolve, self._kept)
                self._generation = generation
            self._connection = connection
            self._kept.use(connection)
            self._counting = tables.counting(connection)
            try:
                yield self._engine, connection
            except BaseException:
                self._engine = None  # what it holds in memory may not be what is kept
                raise
            finally:
                self._connection = None
                self._kept.use(None)

    def refresh(self) -> str:
        """Merge what came in since the last time; answer the digest of what the record is made from."""
        with self._database.read() as connection:
            digest = tables.digest(connection, self.recipe)
            if tables.get_meta(connection, "merged") == digest:
                return digest
            stale = tables.get_meta(connection, "recipe") != self.recipe
        if stale:
            with self._database.write() as connection:
                tables.forget_merged(connection)
                tables.set_meta(connection, "recipe", self.recipe)
                self._next_generation(connection)
        with at_rest(), self.engine(write=True) as (engine, connection):
            digest = tables.digest(connection, self.recipe)
            if tables.get_meta(connection, "merged") != digest:
                self._merge(engine, connection)
                tables.set_meta(connection, "merged", digest)
        return digest

    def _merge(self, engine: Engine, connection: sa.Connection) -> None:
        before = tables.merged_readings(connection)
        changed = {i for i, number in self._counting.items() if before.get(i) != number}
        removed = before.keys() - self._counting.keys()
        engine.update(changed, removed, tables.all_edits(connection))
        engine.flush()
        tables.note_merged(connection, removed, ((i, self._counting[i]) for i in sorted(changed)))
        self._generation = self._next_generation(connection)

    def _next_generation(self, connection: sa.Connection) -> str:
        """Note that the shelves changed, so that other processes read them anew."""
        last = tables.get_meta(connection, "generation") or ""
        number = str(int(last) + 1 if last.isdecimal() and len(last) < 19 else 1)
        tables.set_meta(connection, "generation", number)
        return number

    def _connected(self) -> sa.Connection:
        if self._connection is None:
            raise RuntimeError("a report was asked for outside a transaction")
        return self._connection


def _hold(held: dict[Any, Value], key: Any, value: Value) -> Value:
    """Keep a value, and let go of the oldest where there are too many."""
    if len(held) >= _HELD:
        del held[next(iter(held))]
    held[key] = value
    return value
