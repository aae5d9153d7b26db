"""One place that keeps a record: reports, readings, edits, and the merged record that can be made from these."""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterable
from pathlib import Path
from types import TracebackType

from accord.model.edit import Edit
from accord.model.evidence import Span
from accord.model.neighbour import Brought, Neighbour
from accord.model.place import Place
from accord.model.reading import Reading
from accord.model.record import Filter, Judgement, Passage, Record
from accord.model.report import Report, Skipped
from accord.model.scenario import Scenario
from accord.record import corrections, entering, judgements, neighbours, search, similar, tables
from accord.record.checking import checked
from accord.record.database import Database
from accord.record.homes import Lock, home_of
from accord.record.identity.scene import Resolve
from accord.record.merge import merge
from accord.record.upkeep import Upkeep


class Store:
    """A record. Open one with `Store.open`, best in a `with` block; threads may share it.

    Each report lands whole, with its reading, or not at all. `record` is brought up to date when it is asked for.
    """

    def __init__(self, database: Database, resolve: Resolve | None, resolver: str) -> None:
        self._database = database
        self._resolve = resolve
        self._upkeep = Upkeep(database, resolve, resolver)
        self._lock = threading.RLock()

    @classmethod
    def open(
        cls, path: str | Path | Place, *, create: bool = False, resolve: Resolve | None = None, resolver: str = "1"
    ) -> Store:
        """The record in this file or at this address (see Place); with `create`, a new one where there is none.

        `resolve` works out date expressions as of a day (see `merge`), and `resolver` names its version: when that
        changes, what was merged is merged anew. Raises RecordError, which says what to do, where there is no such
        file, it is no record, it was written by a newer Accord, or it cannot be opened.
        """
        return cls(Database(Place.of(path), create=create), resolve, resolver)

    @staticmethod
    def exists(path: str | Path | Place) -> bool:
        """Whether there is such a record. Raises RecordError where its server cannot be asked."""
        return home_of(Place.of(path)).exists()

    @staticmethod
    def watching(path: str | Path | Place) -> Lock:
        """The lock of the one process that may watch over this record."""
        return home_of(Place.of(path)).watching()

    def close(self) -> None:
        """Let go of the record."""
        with self._lock:
            self._database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def place(self) -> Place:
        """Where the record lies."""
        return self._database.place

    def stamp(self) -> Hashable:
        """Something that is another whenever somebody has written to the record, here or in another process.

        It is cheap to ask for and waits for nobody.
        """
        return self._database.stamp()

    # what comes in

    def add(self, report: Report, reading: Reading) -> bool:
        """Keep a report and its reading, which from now on is the one that counts; False where both were there.

        Raises EvidenceError where a quote is not the report's, RecordError where the reading is of another report.
        """
        reading = checked(report, reading)
        with self._lock, self._database.write() as connection:
            if tables.has_reading(connection, reading.report, reading.reader):
                return False
            tables.put_report(connection, report)
            tables.put_reading(connection, reading)
        return True

    def has(self, report_id: str, fingerprint: str) -> bool:
        """Whether the record holds this report's reading by the reader of this fingerprint."""
        with self._lock, self._database.read() as connection:
            return tables.has_reading(connection, report_id, fingerprint)

    def prefer(self, fingerprint: str) -> int:
        """Let this reader's readings count wherever there are any; answer of how many reports."""
        with self._lock, self._database.write() as connection:
            return tables.prefer(connection, fingerprint)

    def skip(self, skipped: Iterable[Skipped]) -> None:
        """Keep what was not read, and why; the same again changes nothing."""
        with self._lock, self._database.write() as connection:
            tables.put_skipped(connection, skipped)

    def forget_skipped(self, source: str) -> None:
        """Leave out what was noted as not read of this source, as when it can be read now."""
        with self._lock, self._database.write() as connection:
            tables.forget_skipped(connection, source)

    # what is there

    def reports(self) -> tuple[Report, ...]:
        """All reports, in the order in which they came in."""
        with self._lock, self._database.read() as connection:
            return tables.all_reports(connection)

    def readings(self, fingerprint: str | None = None) -> tuple[Reading, ...]:
        """The readings by one reader, or of each report the one that counts; in the order in which they came in."""
        with self._lock, self._database.read() as connection:
            return tables.readings(connection, fingerprint)

    def readers(self) -> tuple[str, ...]:
        """The fingerprints of all readers that the record has readings by, the one that read last at the end."""
        with self._lock, self._database.read() as connection:
            return tables.readers(connection)

    def skipped(self) -> tuple[Skipped, ...]:
        """What was not read, and why."""
        with self._lock, self._database.read() as connection:
            return tables.all_skipped(connection)

    def edits(self) -> tuple[Edit, ...]:
        """The whole log of edits, in the order in which it was written."""
        with self._lock, self._database.read() as connection:
            return tables.all_edits(connection)

    # corrections

    def add_edit(self, edit: Edit) -> Edit:
        """Append an edit to the log, completed by the words that its items stand on; answer it as kept.

        An edit that is in the log already is answered as it is there. Raises EditError where the edit cannot be
        applied to the record as it now is.
        """
        with self._lock:
            known = {old.id: old for old in self.edits()}
            if edit.id in known:
                return known[edit.id]
            whole = entering.completed(edit, self.record(), tuple(known.values()))
            if whole.id in known:
                return known[whole.id]
            with self._database.write() as connection:
                tables.put_edits(connection, (whole,))
            return whole

    def take_edits(self, edits: Iterable[Edit]) -> int:
        """Append the edits of another log, those that are here already left out; answer how many were new.

        What finds no ground in this record is kept all the same and told in `Record.unapplied`. Raises EditError
        where an edit cannot be meant; then none is kept.
        """
        new = {edit.id: edit for edit in edits}
        for edit in new.values():
            corrections.check(edit)
        with self._lock, self._database.write() as connection:
            known = {edit.id for edit in tables.all_edits(connection)}
            fresh = [edit for i, edit in new.items() if i not in known]
            tables.put_edits(connection, fresh)
        return len(fresh)

    # scenarios

    def scenarios(self) -> tuple[Scenario, ...]:
        """What-ifs that are kept under a name."""
        with self._lock, self._database.read() as connection:
            return tables.scenarios(connection)

    def keep_scenarios(self, some: tuple[Scenario, ...]) -> None:
        """Keep these, and no others."""
        with self._lock, self._database.write() as connection:
            tables.put_scenarios(connection, some)

    # beside the record

    def add_neighbours(self, some: Iterable[Neighbour]) -> Brought:
        """Keep rows of other people's tables beside the record; the same again changes nothing.

        What has the key of another row of its data set takes that row's place.
        """
        with self._lock, self._database.write() as connection:
            return neighbours.put(connection, some)

    def neighbours(self) -> tuple[Neighbour, ...]:
        """All of them, in time."""
        with self._lock, self._database.read() as connection:
            return neighbours.every(connection)

    def neighbours_digest(self) -> str:
        """A digest of them; empty where there are none."""
        with self._lock, self._database.read() as connection:
            return neighbours.digest(connection)

    def remove_neighbours(self, ids: Iterable[str]) -> int:
        """Forget those with these ids; answer how many there were."""
        with self._lock, self._database.write() as connection:
            return neighbours.remove(connection, ids)

    # the record

    def record(self, reader: str | None = None) -> Record:
        """The merged record, brought up to date where something came in; of one reader's readings alone if named.

        Raises RecordError where two reports have findings of one id.
        """
        if reader is None:
            with self._lock:
                return self._upkeep.record()
        readings = self.readings(reader)
        return merge(self.reports(), readings, self.edits(), skipped=self.skipped(), resolve=self._resolve)

    def refresh(self) -> None:
        """Bring the merged record in the file up to date, without showing it."""
        with self._lock:
            self._upkeep.refresh()

    def digest(self) -> str:
        """A digest of all that the record is made from: the same digest, the same record."""
        with self._lock, self._database.read() as connection:
            return tables.digest(connection, self._upkeep.recipe)

    def rebuild(self) -> Record:
        """Make the merged record anew from reports, readings and edits."""
        with self._lock:
            self._upkeep.rebuild()
            return self._upkeep.record()

    def search(self, query: str, where: Filter | None = None, limit: int = 20) -> list[Passage]:
        """The passages that answer the query best, at most `limit`: all words, "phrases", word*, -without.

        Raises FilterError where the query has no word, NotFound where the filter names nobody.
        """
        with self._lock:
            record = self._upkeep.record()
            with self._database.read() as connection:
                return search.search(connection, record, query, where, limit)

    def similar(self, span: Span, limit: int = 10) -> list[Passage]:
        """The passages of other reports nearest in meaning to this piece of a report, by packaged vectors of words.

        Raises NotFound where the record has no such report.
        """
        with self._lock:
            record = self._upkeep.record()
            with self._database.read() as connection:
                return similar.similar(connection, record, span, limit)

    def judgements(self, item: str) -> tuple[Judgement, ...]:
        """Which findings were held to be one with this item or not, by rule or by whom, when and why.

        Raises NotFound where the record has no such item.
        """
        return self.all_judgements((item,))[item]

    def all_judgements(self, items: Iterable[str]) -> dict[str, tuple[Judgement, ...]]:
        """The same for many items at once, by their ids."""
        with self._lock:
            record = self._upkeep.record()
            with self._upkeep.engine() as (engine, connection):
                log = tables.all_edits(connection)
                return {item: judgements.judgements_on(engine, record, log, item) for item in items}
