"""What goes wrong around Accord: disks that are full or closed, kills, two at once, clocks and places that differ."""

from __future__ import annotations

import datetime as dt
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

import accord
from accord.cli.app import FAILED, run
from accord.errors import AccordError, ExportError, RecordError
from accord.model.query import make_filter
from accord.record import Store, merge
from accord.record.care import examine
from accord.workbench import Workspace, correcting
from simple_reader import SimpleReader

HERE = Path(__file__).resolve().parent
WHOLE = HERE / "record" / "fixtures" / "record-0.1.0.accord"
CASES = 14


@pytest.fixture
def dispatches(tmp_path: Path) -> Path:
    """A folder of small reports that the simple reader reads."""
    folder = tmp_path / "dispatches"
    folder.mkdir()
    for n in range(CASES):
        text = f"Norland: the fighting must stop within {n + 2} days.\n\nSudland: we will never give up post {n}.\n"
        (folder / f"{n:02}.md").write_text(f"---\npublished: 2021-05-{n + 1:02}\n---\n{text * 6}")
    return folder


@pytest.fixture
def ws(dispatches: Path, tmp_path: Path) -> Iterator[Workspace]:
    with accord.open(tmp_path / "talks.accord") as ws:
        assert ws.read(dispatches, reader=SimpleReader()).added == CASES
        ws.record()
        yield ws


def encoded(ws: Workspace) -> bytes:
    return msgspec.msgpack.encode(ws.record())


# -- a disk that is full or closed -------------------------------------------------------------------------------


@contextmanager
def full(size: int) -> Iterator[None]:
    """No file of this process grows beyond so many bytes: what is written after them fails, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_fills_up_while_reports_come_in(dispatches: Path, tmp_path: Path) -> None:
    path = tmp_path / "talks.accord"
    with accord.open(path) as ws, full(300_000), pytest.raises(RecordError, match="check that the disk has space"):
        ws.read(dispatches, reader=SimpleReader())
    assert examine(path).sound
    with accord.open(path) as ws:
        landed = len(ws._open().reports())
        assert 0 < landed < CASES
        assert len(ws._open().readings()) == landed
        done = ws.read(dispatches, reader=SimpleReader())  # with room again, it goes on where it was
        assert (done.added, done.known) == (CASES - landed, landed)


def test_nothing_is_half_written_on_a_full_disk(ws: Workspace, tmp_path: Path) -> None:
    copy, brief = tmp_path / "copy.accord", tmp_path / "brief.html"
    ws.backup(copy)
    brief.write_text("the last brief")
    good, before = copy.read_bytes(), encoded(ws)
    event = ws.record().positions[0].id
    with full(50_000):
        with pytest.raises(RecordError, match="check the space"):
            ws.backup(copy)
        with pytest.raises(ExportError, match="cannot be written"):
            ws.export("json", brief)
        with pytest.raises(RecordError, match="disk"):
            ws.reject(event, author="Ada")
        with pytest.raises(RecordError, match="disk"):
            ws.mend(tmp_path / "new.accord")
    assert copy.read_bytes() == good
    assert brief.read_text() == "the last brief"
    assert ws.edits() == ()
    assert encoded(ws) == before
    ws.close()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["brief.html", "copy.accord", "dispatches", "talks.accord"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_device_stays_a_device(ws: Workspace) -> None:
    ws.export("json", "/dev/null")
    assert not Path("/dev/null").is_file()
    with pytest.raises(ExportError, match="No space left"):
        ws.export("json", "/dev/full")


@contextmanager
def closed(folder: Path) -> Iterator[None]:
    """Nobody may write to the folder and the files in it; the administrator, who may always, is somebody else."""
    user, files = os.geteuid(), [folder, *folder.iterdir()]
    if user == 0:
        folder.parent.chmod(0o755)
    for file in files:
        file.chmod(0o555 if file.is_dir() else 0o444)
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)
        for file in files:
            file.chmod(0o755 if file.is_dir() else 0o644)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="this system has no users to change to")
def test_a_folder_and_file_that_may_not_be_written() -> None:
    with tempfile.TemporaryDirectory() as outer:  # what pytest makes is closed to other users on its whole way
        folder = Path(outer) / "closed"
        folder.mkdir()
        path = folder / "grain.accord"
        path.write_bytes(WHOLE.read_bytes())
        with accord.open(path) as ws:  # whoever takes over may not read Python's own modules: they are loaded here
            ws.backup(folder / "first.accord")
        assert examine(path).sound
        _may_not_be_written(folder, path)


def _may_not_be_written(folder: Path, path: Path) -> None:
    with closed(folder):
        with pytest.raises(RecordError, match="cannot be written; check the permissions"), Store.open(path) as store:
            store.record()
        with pytest.raises(RecordError, match="cannot be written"):
            Store.open(folder / "new.accord", create=True)
        with pytest.raises(RecordError, match="cannot be written"), accord.open(path) as ws:
            ws.backup(folder / "copy.accord")
        assert examine(path).sound
    with accord.open(path) as ws:
        assert len(ws.record().reports) == 3


# -- a process that is killed ------------------------------------------------------------------------------------


def killed(work: Callable[[], object], after: float) -> None:
    """Do the work in a process of its own, and kill that after so many seconds."""
    process = os.fork()
    if process == 0:
        try:
            work()
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


MOMENTS = (0.002, 0.01, 0.03, 0.08, 0.2)


def test_killed_while_reading(dispatches: Path, tmp_path: Path, ws: Workspace) -> None:
    path, good = tmp_path / "killed.accord", encoded(ws)

    def read() -> None:
        with accord.open(path) as other:
            other.read(dispatches, reader=SimpleReader())
            other.record()

    for moment in MOMENTS:
        killed(read, moment)
        if path.exists() and path.stat().st_size:
            with Store.open(path, create=True) as store:
                assert {reading.report for reading in store.readings()} == {report.id for report in store.reports()}
            assert examine(path).sound
    with accord.open(path) as other:
        other.read(dispatches, reader=SimpleReader())
        assert encoded(other) == good


def test_killed_while_editing_and_rebuilding(ws: Workspace) -> None:
    path, items = Path(str(ws.place)), [one.id for one in ws.record().statements]

    def edit() -> None:
        with accord.open(path) as other:
            for item in items:
                other.accept(item, author="Ada")

    def rebuild() -> None:
        with accord.open(path) as other:
            while True:
                other.rebuild()

    ws.close()
    for moment in (*MOMENTS, 0.4):
        killed(edit, moment)
        killed(rebuild, moment)
        assert examine(path).sound
    logged = [edit.items[0] for edit in ws.edits()]
    assert logged
    made = merge(ws._open().reports(), ws._open().readings(), ws.edits())
    assert msgspec.structs.replace(ws.record(), skipped=()) == made


def test_killed_while_writing_for_others(ws: Workspace, tmp_path: Path) -> None:
    out, copy, new = tmp_path / "out.json", tmp_path / "copy.accord", tmp_path / "new.accord"
    ws.export("json", out)
    good = out.read_bytes()
    ws.close()

    def write() -> None:
        with accord.open(tmp_path / "talks.accord") as other:
            while True:
                other.export("json", out)
                other.backup(copy)
                new.unlink(missing_ok=True)
                other.mend(new)

    for moment in (*MOMENTS, 0.4):
        killed(write, moment)
        assert out.read_bytes() == good
        for one in (tmp_path / "talks.accord", copy, new):
            assert not one.exists() or examine(one).sound
    assert copy.exists()


def test_killed_while_watching(dispatches: Path, tmp_path: Path, ws: Workspace) -> None:
    path, good = tmp_path / "watched.accord", encoded(ws)

    def look() -> None:
        with accord.open(path) as other, other.watch([str(dispatches)], triage=False, reader=SimpleReader()) as watch:
            watch.look()

    for moment in MOMENTS:
        killed(look, moment)
    look()  # the lock went with the process that held it
    with accord.open(path) as other:
        assert encoded(other) == good


def test_two_write_while_a_third_looks(dispatches: Path, tmp_path: Path, ws: Workspace) -> None:
    path, good, files = tmp_path / "shared.accord", encoded(ws), sorted(dispatches.iterdir())
    Store.open(path, create=True).close()
    children = []
    for half in (files[::2], files[1::2]):
        process = os.fork()
        if process == 0:
            status = 1
            try:
                with accord.open(path) as other:
                    for file in half:
                        other.read(file, reader=SimpleReader())
                        other.refresh()
                status = 0
            finally:
                os._exit(status)
        children.append(process)
    with accord.open(path) as other:
        seen = [len(other.refresh().reports) for _ in range(5)]
        assert [os.waitpid(process, 0)[1] for process in children] == [0, 0]
        assert encoded(other) == good or other.refresh() == ws.record()
    assert seen == sorted(seen)


# -- clocks, places and tongues ----------------------------------------------------------------------------------


def test_a_clock_that_goes_back_or_stands_still(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Edits keep the order in which they were made: the last name given stands, whatever the clock said."""
    noon = dt.datetime(2025, 3, 30, 12, tzinfo=dt.UTC)
    times = iter(
        [noon, noon, noon - dt.timedelta(days=400), noon - dt.timedelta(days=400), noon + dt.timedelta(days=1)]
    )

    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
            return next(times)

    monkeypatch.setattr(correcting, "dt", SimpleNamespace(datetime=Clock, UTC=dt.UTC, timedelta=dt.timedelta))
    names = ["First", "Second", "Third", "Fourth", "Fifth"]
    actor = ws.record().actors[0].id
    for name in names:
        ws.rename(actor, name, author="Ada")
        assert name in {one.name for one in ws.record().actors}
    assert [edit.fields["name"] for edit in sorted(ws.edits(), key=lambda edit: (edit.at, edit.id))] == names
    assert len({edit.at for edit in ws.edits()}) == len(names)


PLACES = (
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "Pacific/Marquesas", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONHASHSEED": "2"},
)


def test_the_same_bytes_in_every_time_zone_and_language(tmp_path: Path) -> None:
    sys.path.insert(0, str(HERE / "reports"))
    from made_files import eml, rss

    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "Şişli görüşmesi.md").write_text(
        "---\ntitle: IĞDIR İÇİN\npublished: 6 May 2014\n---\nNorland: INSISTS on İzmir, I said.\n", "utf-8"
    )
    (folder / "mail.eml").write_bytes(
        eml("Sudland: we will never lay down arms.", date="Tue, 6 May 2014 23:30:00 -0930")
    )
    (folder / "feed.xml").write_text(rss([("I", "Norland: talks go on.", "Tue, 06 May 2014 23:59:00 +1400")]), "utf-8")
    for n in range(len(PLACES)):
        (tmp_path / str(n)).mkdir()
    asked = [
        subprocess.run(
            [sys.executable, str(HERE / "elsewhere_driver.py"), str(folder), str(tmp_path / str(n) / "talks.accord")],
            env={"PATH": os.environ["PATH"], **place},
            capture_output=True,
            check=False,
        )
        for n, place in enumerate(PLACES)
    ]
    assert [one.returncode for one in asked] == [0, 0], asked[-1].stderr.decode()
    first, second = [one.stdout for one in asked]
    assert first.count(b"\n") == 5
    assert first == second


# -- what people type --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["edit", "{record}", "reject", "1:1", "--author", "Ada", "--reason", "\udcff"],
        ["evidence", "{record}", f"1:{'9' * 5000}"],
        ["reports", "{record}", "--report", "9" * 5000],
        ["search", "{record}", "\udcff"],
        ["doctor", "{record}\udcff"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_what_is_no_text_is_refused_in_a_line(
    arguments: list[str], ws: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    status = run([one.replace("{record}", str(ws.place)) for one in arguments])
    said = capsys.readouterr().err
    assert status in (0, 1, FAILED)
    assert "a fault in Accord" not in said
    assert len(said) < 12_000
    with pytest.raises(AccordError):
        make_filter(since="9" * 5000)
