"""Copies made while others write; damage that is told, whatever it hits; what is saved of a damaged record."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections import Counter
from pathlib import Path
from random import Random

import msgspec
import pytest

import accord
from accord.cli.app import FAILED, run
from accord.errors import RecordError
from accord.model.place import Place
from accord.model.record import Record
from accord.record import Store, merge
from accord.record.care import back_up, examine, replace, rescue
from accord.record.care.rows import asked_rows, carved_rows, opened
from processes import make_world
from simple_reader import SimpleReader

WHOLE = Path(__file__).with_name("fixtures") / "record-0.1.0.accord"
FLIPS = 40  # bench/fuzz.py flips thousands: its target record-damage


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A whole record in one file, as this version keeps it."""
    path = tmp_path / "grain.accord"
    shutil.copyfile(WHOLE, path)
    with Store.open(path) as store:
        store.record()
    return path


def encoded(record: Record) -> bytes:
    return msgspec.msgpack.encode(record)


def record_of(path: Path) -> bytes:
    with Store.open(path) as store:
        return encoded(store.record())


def flip(path: Path, at: int, bit: int = 0) -> None:
    raw = bytearray(path.read_bytes())
    raw[at] ^= 1 << bit
    path.write_bytes(raw)


# -- copies ------------------------------------------------------------------------------------------------------


def test_a_copy_is_the_record(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.accord"
    made = back_up(path, copy)
    assert made.sound
    assert (made.reports, made.readings, made.edits, made.scenarios) == (3, 6, 4, 1)
    assert record_of(copy) == record_of(path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy.accord", "grain.accord"]


def test_copies_made_while_another_process_writes_are_whole_states(tmp_path: Path) -> None:
    """Reports land all the time; each copy holds the first so many of them, with their readings."""
    world, path, copy = make_world(60, 5), tmp_path / "talks.accord", tmp_path / "copy.accord"
    ids = [report.id for report in world.reports]
    done = threading.Event()

    def write() -> None:
        with Store.open(path) as store:
            for report, reading in zip(world.reports[1:], world.readings[1:], strict=True):
                store.add(report, reading)
        done.set()

    with Store.open(path, create=True) as store:
        store.add(world.reports[0], world.readings[0])
    thread = threading.Thread(target=write)
    thread.start()
    counts = []
    while not done.is_set():
        back_up(path, copy)
        with Store.open(copy) as store:
            there = [report.id for report in store.reports()]
            assert there == ids[: len(there)]
            assert [reading.report for reading in store.readings()] == there
        counts.append(len(there))
    thread.join()
    assert counts == sorted(counts)
    assert len(set(counts)) > 1, "no copy fell in the middle of the writing"


def test_a_restored_copy_goes_on(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.accord"
    before = record_of(path)
    back_up(path, copy)
    with accord.open(path) as ws:
        ws.reject(ws.record().events[0].id, author="Cy")
    assert record_of(path) != before
    back_up(copy, path)
    assert record_of(path) == before


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("grain.accord", "must be another file"),
        ("nowhere/copy.accord", "in a folder that is there"),
        (".", "must be the name of a file"),
        ("open.accord", "is open in another process"),
    ],
)
def test_where_a_copy_cannot_be(name: str, said: str, path: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "open.accord", create=True), pytest.raises(RecordError, match=said):
        back_up(path, tmp_path / name)


def test_a_damaged_record_is_not_copied_over_a_good_copy(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.accord"
    back_up(path, copy)
    good = copy.read_bytes()
    flip(path, path.read_bytes().index(b"grain road opens") + 3)
    with pytest.raises(RecordError, match=r"is damaged \(reading: .*`accord doctor"):
        back_up(path, copy)
    assert copy.read_bytes() == good
    assert len(list(tmp_path.iterdir())) == 2


# -- damage ------------------------------------------------------------------------------------------------------


def test_a_flipped_bit_is_told_or_changes_nothing(path: Path, tmp_path: Path) -> None:
    """Wherever a bit is flipped: the doctor tells, or the record is the same. What is saved is what was written."""
    raw, good, random, seen = path.read_bytes(), record_of(path), Random(20251122), Counter[str]()
    known = {report.id: report for report in asked_rows(opened(path)).reports.values()}
    places = [(random.randrange(100), random.randrange(8)) for _ in range(FLIPS // 5)]
    places += [(random.randrange(len(raw)), random.randrange(8)) for _ in range(FLIPS - len(places))]
    for number, (at, bit) in enumerate(places):
        broken, new = tmp_path / f"{number}.accord", tmp_path / f"{number}-new.accord"
        broken.write_bytes(raw)
        flip(broken, at, bit)
        found = examine(broken)
        if found.sound:
            assert record_of(broken) == good, (at, bit)
            seen["same"] += 1
            continue
        seen[(*found.troubles, *found.derived)[0].part] += 1
        saved = rescue(broken, new)
        assert examine(new).sound
        with Store.open(new) as store:
            assert all(known[report.id] == report for report in store.reports())
            if (saved.reports, saved.readings, saved.edits) == (3, 6, 4):
                assert encoded(store.record()) == good, (at, bit)
    assert seen["same"] > 3, seen
    assert seen["file"] > 3, seen
    assert len(seen) > 2, seen


def test_a_flip_in_a_text_is_told_though_sqlite_sees_nothing(path: Path) -> None:
    flip(path, path.read_bytes().index(b"lorries wait at the pass") + 2)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    found = examine(path)
    assert [one.part for one in found.troubles] in (["reading"], ["reading", "reading", "report"])
    with Store.open(path) as store, pytest.raises(RecordError, match=r"is damaged: .*`accord doctor"):
        store.rebuild()


def test_what_was_merged_is_proved_too(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE shelf SET value = CAST(replace(value, 'Tal', 'Tel') AS BLOB)")
    found = examine(path)
    assert not found.troubles
    assert {one.part for one in found.derived} == {"merged"}
    with Store.open(path) as store, pytest.raises(RecordError, match="what was merged"):
        store.record()
    with Store.open(path) as store:
        assert len(store.rebuild().reports) == 3
    assert examine(path).sound


def test_rows_are_found_without_any_tree(path: Path) -> None:
    carved, asked = carved_rows(path), asked_rows(opened(path))
    assert carved == asked
    raw = bytearray(path.read_bytes())
    raw[:100] = bytes(100)  # the header, without which SQLite opens nothing
    path.write_bytes(raw)
    assert carved_rows(path) == asked


def test_what_is_still_in_the_log_is_found(path: Path, tmp_path: Path) -> None:
    world, crashed = make_world(12, 7), tmp_path / "crashed.accord"
    with Store.open(path) as store:
        for report, reading in zip(world.reports, world.readings, strict=True):
            store.add(report, reading)
        for end in ("", "-wal"):  # as a machine that stopped would leave it
            shutil.copyfile(f"{path}{end}", f"{crashed}{end}")
    rows = carved_rows(crashed)
    assert len(rows.reports) == 15
    log = Path(f"{crashed}-wal")
    flip(log, log.stat().st_size // 2)
    found = examine(crashed)
    assert found.troubles[0].part == "log"
    assert 3 <= found.reports < 15
    saved = rescue(crashed, tmp_path / "new.accord")
    assert saved.reports == found.reports
    assert "what was written after it is lost" in saved.lost[0].what


def test_a_file_that_was_cut_short(path: Path, tmp_path: Path) -> None:
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) * 2 // 3])
    found = examine(path)
    assert "was it cut short?" in found.troubles[0].what
    saved = rescue(path, tmp_path / "new.accord")
    assert saved.reports > 0
    assert examine(tmp_path / "new.accord").sound


@pytest.mark.parametrize("content", [b"", b"minutes of a meeting " * 500, b"SQLite format 3\x00" + bytes(9000)])
def test_what_is_no_record_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.accord"
    path.write_bytes(content)
    with pytest.raises(RecordError, match="nothing in it is of one"):
        examine(path)


def test_reports_whose_readings_are_lost_are_read_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accord.workbench.caring.make_reader", lambda name: SimpleReader())
    with sqlite3.connect(path) as connection:
        lost = connection.execute("SELECT report FROM reading ORDER BY number LIMIT 1").fetchone()[0]
        connection.execute("UPDATE reading SET body = zeroblob(400) WHERE report = ?", (lost,))
    with accord.open(path) as ws:
        done = ws.mend()
        assert (done.reports, done.readings, done.edits, done.scenarios) == (3, 4, 4, 1)
        assert done.read_again == 1
        assert len(ws.reports()) == 3
        assert lost in {reading.report for reading in ws._open().readings(SimpleReader.fingerprint)}
        assert ws.doctor().sound
    assert Path(done.kept).name == "grain.damaged.accord"
    assert examine(Path(done.kept)).readings == 4


def test_the_damaged_file_is_kept_each_time(path: Path) -> None:
    names = [replace(path)[1].name for _ in range(3)]
    assert names == ["grain.damaged.accord", "grain.damaged-2.accord", "grain.damaged-3.accord"]
    with pytest.raises(RecordError, match="must be a new file"):
        rescue(path, path.with_name(names[0]))


def test_what_is_saved_is_merged_as_it_was(path: Path, tmp_path: Path) -> None:
    flip(path, 20)
    rescue(path, tmp_path / "new.accord")
    with Store.open(tmp_path / "new.accord") as store:
        made = merge(store.reports(), store.readings(), store.edits(), skipped=store.skipped())
        assert encoded(store.record()) == encoded(made)


def test_what_the_commands_say(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", str(path)]) == 0
    assert "whole. 3 reports, 6 readings, 4 edits and 1 scenario" in capsys.readouterr().out
    assert run(["backup", str(path), "-o", str(tmp_path / "copy.accord")]) == 0
    flip(path, path.read_bytes().index(b"lorries wait at the pass"))
    assert run(["doctor", str(path)]) == 1
    told = capsys.readouterr()
    assert "is not as it was written (it was read from grain/first.txt)" in told.err
    assert "damaged. As it was written: 2 reports" in told.out
    assert run(["backup", str(path), "-o", str(tmp_path / "copy.accord")]) == FAILED
    assert run(["doctor", str(path), "--rebuild"]) == 1
    assert f"The old file is {tmp_path / 'grain.damaged.accord'}" in capsys.readouterr().out
    assert run(["doctor", str(path)]) == 0
    assert run(["backup", str(path)]) == FAILED
    assert "name the copy with -o" in capsys.readouterr().err


def test_a_record_on_a_server_is_cared_for_there(tmp_path: Path) -> None:
    for care in (examine, lambda place: back_up(place, tmp_path / "x"), lambda place: rescue(place, tmp_path / "x")):
        with pytest.raises(RecordError, match="pg_dump"):
            care(Place.of("postgresql://ada:secret@host/talks"))
