"""The record file: what it keeps, what it refuses, what it says."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import msgspec
import pytest
from build_readings import READER, Notes, day

from accord.errors import EvidenceError, RecordError
from accord.model.reading import Reading
from accord.model.report import Skipped
from accord.record import Store, merge
from accord.record import schema as tables


def arusha() -> Notes:
    notes = Notes(
        "Tanzania's president met the rebels' envoy in Arusha on 3 May 2013. “We are ready,” he said.", "2013-05-04"
    )
    tanzania, rebels = notes.state("Tanzania", "TZA"), notes.body("M23")
    notes.event(
        "Tanzania's president met the rebels' envoy in Arusha on 3 May 2013",
        "CONSULT",
        (tanzania, rebels),
        date=day("2013-05-03", "on 3 May 2013"),
        place="Arusha",
    )
    notes.said("“We are ready,” he said", "We are ready", tanzania)
    return notes


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "talks.accord"


def test_what_goes_in_comes_out(home: str) -> None:
    notes = arusha()
    with Store.open(home, create=True) as store:
        assert store.add(notes.report, notes.reading)
        assert store.has(notes.report.id, READER)
        assert not store.has(notes.report.id, "another/1")
    with Store.open(home) as store:
        assert store.reports() == (notes.report,)
        assert store.readings() == store.readings(READER) == (notes.reading,)
        assert store.readers() == (READER,)
        assert store.record() == merge([notes.report], [notes.reading])


def test_adding_twice_changes_nothing(home: str) -> None:
    notes = arusha()
    with Store.open(home, create=True) as store:
        store.add(notes.report, notes.reading)
        before, digest = msgspec.msgpack.encode(store.record()), store.digest()
        assert not store.add(notes.report, notes.reading)
        elsewhere = msgspec.structs.replace(notes.report, source="the/same/report/from/another/path.txt")
        assert not store.add(elsewhere, notes.reading)
        assert (msgspec.msgpack.encode(store.record()), store.digest()) == (before, digest)
        assert len(store.reports()) == 1


def test_a_record_that_is_up_to_date_is_not_made_again(home: str) -> None:
    notes = arusha()
    with Store.open(home, create=True) as store:
        store.add(notes.report, notes.reading)
        first = store.record()
        assert store.record() is first
        store.skip([Skipped(source="other.txt", reason="it is empty")])
        assert store.record() is not first


def test_the_reading_that_came_last_counts_unless_another_is_preferred(home: str) -> None:
    notes = arusha()
    poor = Reading(report=notes.report.id, reader="poor/1")
    with Store.open(home, create=True) as store:
        store.add(notes.report, notes.reading)
        store.add(notes.report, poor)
        assert store.record().events == ()
        assert len(store.record(READER).events) == 1
        assert store.prefer(READER) == 1
        assert len(store.record().events) == 1
        assert store.readings() == (notes.reading,)


def test_a_quote_that_is_not_the_reports_is_refused_and_nothing_lands(home: str) -> None:
    notes = arusha()
    event = notes.reading.events[0]
    false = msgspec.structs.replace(event.evidence[0], quote=event.evidence[0].quote.upper())
    reading = msgspec.structs.replace(notes.reading, events=(msgspec.structs.replace(event, evidence=(false,)),))
    with Store.open(home, create=True) as store:
        with pytest.raises(EvidenceError, match="the text must be"):
            store.add(notes.report, reading)
        assert store.reports() == ()


def test_a_statement_whose_content_is_not_at_its_span_is_refused(path: Path) -> None:
    notes = arusha()
    said = msgspec.structs.replace(notes.reading.statements[0], content="We are not ready")
    reading = msgspec.structs.replace(notes.reading, statements=(said,))
    with Store.open(path, create=True) as store, pytest.raises(EvidenceError, match="content of statement"):
        store.add(notes.report, reading)


def test_a_reading_of_another_report_is_refused(path: Path) -> None:
    notes, other = arusha(), Notes("Another report altogether.", "2013-05-04")
    with Store.open(path, create=True) as store, pytest.raises(RecordError, match="must be of report"):
        store.add(other.report, notes.reading)


def test_what_a_reader_notes_twice_is_kept_once(path: Path) -> None:
    notes = arusha()
    event = notes.reading.events[0]
    twice = msgspec.structs.replace(notes.reading, events=(event, event))
    with Store.open(path, create=True) as store:
        store.add(notes.report, twice)
        assert len(store.readings()[0].events) == 1
    unlike = msgspec.structs.replace(event, confidence=0.1)
    with Store.open(path) as store, pytest.raises(RecordError, match="of two that differ"):
        store.add(notes.report, msgspec.structs.replace(notes.reading, reader="x/1", events=(event, unlike)))


def test_what_was_skipped_is_kept_once_and_can_be_forgotten(home: str) -> None:
    skipped = [Skipped(source="b.csv", line=3, reason="no column text"), Skipped(source="a.txt", reason="it is empty")]
    with Store.open(home, create=True) as store:
        store.skip(skipped)
        store.skip(skipped)
        assert store.record().skipped == (skipped[1], skipped[0])
        store.forget_skipped("a.txt")
        assert store.skipped() == (skipped[0],)


def test_a_reading_that_failed_shows_among_what_was_skipped(home: str) -> None:
    notes = arusha()
    failed = Reading(report=notes.report.id, reader=READER, failed="the parser gave up")
    with Store.open(home, create=True) as store:
        store.add(notes.report, failed)
        assert store.record().skipped == (Skipped(source=notes.report.source, reason="the parser gave up"),)
        assert store.record() == merge([notes.report], [failed])


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda p: None, "no such record; make one with"),
        (lambda p: p.mkdir(), "this is a folder"),
        (lambda p: p.write_text("minutes of the meeting"), "it is another kind of file"),
        (lambda p: p.write_bytes(b"SQLite format 3\x00" + b"\x00" * 40), "must be an Accord record"),
        (lambda p: p.write_bytes(b""), "holds no record yet"),
        (lambda p: sqlite3.connect(p).executescript("CREATE TABLE t (x); PRAGMA user_version = 3"), "another program"),
    ],
)
def test_what_is_no_record_is_refused_with_what_to_do(path: Path, make: object, said: str) -> None:
    make(path)  # type: ignore[operator]
    with pytest.raises(RecordError, match=said):
        Store.open(path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="make the folder first"):
        Store.open(tmp_path / "nowhere" / "talks.accord", create=True)


def test_a_record_of_a_newer_accord_is_refused(path: Path) -> None:
    Store.open(path, create=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {tables.VERSION + 1}")
    with pytest.raises(RecordError, match="update Accord"):
        Store.open(path)


def test_the_file_says_what_it_is(path: Path) -> None:
    Store.open(path, create=True).close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (tables.APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (tables.VERSION,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_migration_that_fails_leaves_the_file_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = arusha()
    with Store.open(path, create=True) as store:
        store.add(notes.report, notes.reading)

    def broken(connection: object) -> None:
        connection.exec_driver_sql("CREATE TABLE half (x)")  # type: ignore[attr-defined]
        raise RuntimeError("the power went")

    monkeypatch.setattr(tables, "MIGRATIONS", (*tables.MIGRATIONS, broken))
    monkeypatch.setattr(tables, "VERSION", tables.VERSION + 1)
    with pytest.raises(RuntimeError):
        Store.open(path)
    monkeypatch.undo()
    with Store.open(path) as store:
        assert store.reports() == (notes.report,)
    with sqlite3.connect(path) as connection:
        assert not connection.execute("SELECT * FROM sqlite_master WHERE name = 'half'").fetchall()


def test_two_processes_see_each_others_reports(home: str) -> None:
    first, second = arusha(), Notes("M23 withdrew from Goma, Uganda's army said.", "2012-12-02")
    m23 = second.body("M23")
    second.event("M23 withdrew from Goma", "RETREAT", (m23,), place="Goma")
    with Store.open(home, create=True) as one, Store.open(home) as other:
        one.add(first.report, first.reading)
        assert len(one.record().events) == len(other.record().events) == 1
        other.add(second.report, second.reading)
        assert other.record() == one.record() == merge([first.report, second.report], [first.reading, second.reading])


def test_threads_share_a_store(home: str) -> None:
    reports = [Notes(f"Talks on water in Entebbe ended on day {n} without a result.", "2010-05-14") for n in range(24)]
    problems: list[BaseException] = []

    def add(some: list[Notes]) -> None:
        try:
            for notes in some:
                store.add(notes.report, notes.reading)
                store.record()
        except BaseException as problem:
            problems.append(problem)

    with Store.open(home, create=True) as store:
        threads = [threading.Thread(target=add, args=(reports[i::4],)) for i in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not problems
        assert len(store.record().reports) == 24
