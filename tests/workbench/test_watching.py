"""`accord watch`: what appears in folders and feeds is read once, told, and handed on; nothing that fails stops it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import pytest

import accord
from accord.cli.app import run
from accord.errors import RecordError
from accord.reports import fetch
from accord.reports.incoming import Refused
from accord.workbench import Workspace, watching
from simple_reader import MONDAY, TUESDAY, SimpleReader

PROGRAM = [sys.executable, "-c", "from accord.cli import main; main()"]
ITEM = (
    "<item><title>{0}</title><link>https://news.example/{0}</link><pubDate>Mon, 05 May 2014 08:00:00 GMT</pubDate>"
    "<description>{1}</description></item>"
)
TALKS = "Kenya: We will never accept the ceasefire before troops withdraw, mediators were told at the peace talks."
GAME = "Coach: The team played well and the crowd was wonderful."


def feed(*items: tuple[str, str]) -> bytes:
    said = "".join(ITEM.format(*item) for item in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{said}</channel></rss>'.encode()


class Server(BaseHTTPRequestHandler):
    """Sends `body` with a tag, or nothing where the asker has that tag; or fails as told."""

    body: ClassVar[bytes] = b""
    status: ClassVar[int] = 200
    short: ClassVar[int] = 0
    asked: ClassVar[list[str | None]] = []

    def do_GET(self) -> None:
        tag = f'"{len(self.body)}"'
        self.asked.append(self.headers.get("If-None-Match"))
        if self.path == "/elsewhere":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
            return
        if self.status == 200 and self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(self.status)
        self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(self.body) + self.short))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    Server.body, Server.status, Server.short, Server.asked = feed(("a", TALKS)), 200, 0, []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/feed"
    server.shutdown()
    server.server_close()


@pytest.fixture
def ws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setattr(watching, "_SETTLE", 0.0)
    (tmp_path / "in").mkdir()
    return accord.open(tmp_path / "talks.accord")


def eyes(ws: Workspace, *sources: object, triage: bool | None = None) -> watching.Watch:
    return ws.watch([str(source) for source in sources], reader=SimpleReader(), triage=triage)


def test_what_appears_in_a_folder_is_read_once_and_its_changes_told(ws: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "a.md").write_text(MONDAY)
    with eyes(ws, folder) as watch:
        first = watch.look()
        assert len(first.added) == 1
        assert {row.change for row in first.changes} == {"new"}
        assert watch.look() == watching.Look()
        (folder / "b.md").write_text(TUESDAY)
        second = watch.look()
    assert [report.source for report in second.added] == [(folder / "b.md").as_posix()]
    assert second.changes
    fresh = second.added[0].id
    assert all(fresh in {e.report for e in row.evidence} for row in second.changes if row.change == "new")


def test_a_watcher_that_starts_again_reads_nothing_twice(ws: Workspace, tmp_path: Path) -> None:
    (tmp_path / "in" / "a.md").write_text(MONDAY)
    with eyes(ws, tmp_path / "in") as watch:
        assert len(watch.look().added) == 1
    with eyes(ws, tmp_path / "in") as watch:
        assert not watch.look().added
        (tmp_path / "in" / "b.md").write_text(TUESDAY)
        assert len(watch.look().added) == 1


def test_a_file_that_is_still_being_written_waits(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "in" / "a.md"
    path.write_text(MONDAY[:40])
    monkeypatch.setattr(watching.time, "sleep", lambda _: path.write_text(MONDAY))
    with eyes(ws, tmp_path / "in") as watch:
        assert not watch.look().added
        monkeypatch.setattr(watching.time, "sleep", lambda _: None)
        assert [report.text for report in watch.look().added] == [ws.record().reports[0].text]
    assert len(ws.record().reports) == 1


def test_one_watcher_a_record(ws: Workspace, tmp_path: Path) -> None:
    with (
        eyes(ws, tmp_path / "in"),
        pytest.raises(RecordError, match="only one accord watch"),
        eyes(ws, tmp_path / "in"),
    ):
        pass
    with eyes(ws, tmp_path / "in"):  # the lock is free again
        pass


def test_new_items_of_a_feed(ws: Workspace, address: str) -> None:
    with eyes(ws, address) as watch:
        (report,) = watch.look().added
        assert (report.title, report.outlet, report.url) == ("a", "Wire", "https://news.example/a")
        assert watch.look() == watching.Look()
        Server.body = feed(("b", TALKS.replace("Kenya", "Chad")), ("a", TALKS))
        assert [one.title for one in watch.look().added] == ["b"]
    assert Server.asked[0] is None
    assert Server.asked[1] is not None


def test_items_that_are_not_about_a_process_are_passed_over(ws: Workspace, address: str) -> None:
    Server.body = feed(("a", TALKS), ("game", GAME))
    with eyes(ws, address) as watch:
        look = watch.look()
    assert ([one.title for one in look.added], look.passed_over) == (["a"], 1)
    with eyes(ws, address, triage=False) as watch:
        assert [one.title for one in watch.look().added] == ["game"]


@pytest.mark.parametrize(
    ("status", "short", "body", "says"),
    [
        (500, 0, b"", "answers 500"),
        (404, 0, b"", "answers 404"),
        (200, 7, b"<rss", "7 bytes of it are missing"),
        (200, 0, b"<html>no feed</html>", "must be a feed"),
        (200, 0, b"", "must be a feed"),
    ],
)
def test_a_feed_that_fails_stops_nothing(
    status: int, short: int, body: bytes, says: str, ws: Workspace, address: str, tmp_path: Path
) -> None:
    good = Server.body
    Server.status, Server.short, Server.body = status, short, body
    (tmp_path / "in" / "a.md").write_text(MONDAY)
    with eyes(ws, address, tmp_path / "in") as watch:
        look = watch.look()
        assert len(look.added) == 1
        (problem,) = look.skipped
        assert problem.source == address
        assert says in problem.reason
        Server.status, Server.short, Server.body = 200, 0, good
        assert [one.title for one in watch.look().added] == ["a"]


def test_a_source_that_keeps_failing_is_asked_less_often_and_told_once(ws: Workspace, address: str) -> None:
    Server.status = 503
    with eyes(ws, address) as watch:
        looks = [watch.look() for _ in range(40)]
    assert 5 <= len(Server.asked) <= 8
    assert sum(len(look.skipped) for look in looks) == 1


def test_what_cannot_be_merged_now_is_told_later(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when another program holds the record: what was read is in it, and the hook must hear of it."""
    (tmp_path / "in" / "a.md").write_text(MONDAY)

    def held() -> None:
        raise RecordError("the record is held by another program")

    with eyes(ws, tmp_path / "in") as watch:
        with monkeypatch.context() as broken:
            broken.setattr(ws, "refresh", held)
            look = watch.look()
        assert not look.added
        assert [one.reason for one in look.skipped] == ["the record is held by another program"]
        look = watch.look()
        assert len(look.added) == 1
        assert look.changes
        assert watch.look() == watching.Look()


def test_no_server(ws: Workspace) -> None:
    with eyes(ws, "http://127.0.0.1:9/feed") as watch:
        (problem,) = watch.look().skipped
    assert "server must answer" in problem.reason


def test_a_feed_leads_to_no_file(address: str) -> None:
    with pytest.raises(Refused):
        fetch.fetch(address.replace("/feed", "/elsewhere"))
    with pytest.raises(Refused):
        fetch.fetch("file:///etc/passwd")


def test_a_feed_that_is_too_large_or_too_slow(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "MOST_BYTES", 10)
    with pytest.raises(Refused, match="larger than 10 bytes"):
        fetch.fetch(address)
    monkeypatch.undo()
    ticks = iter((0.0, 1e6))
    # the clock of this module alone: threads that other tests left behind look at the process's
    monkeypatch.setattr(fetch, "time", SimpleNamespace(monotonic=lambda: next(ticks)))
    with pytest.raises(Refused, match="within"):
        fetch.fetch(address)


def test_looks_come_at_their_times(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(watching.time, "sleep", slept.append)
    told: list[watching.Look] = []
    watching.watch(watching.Look, told.append, every=7, most=3)
    assert (len(told), slept) == (3, [7, 7])


# the command


def test_the_command_prints_changes_and_runs_the_hook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("accord.workbench._reader", lambda _: SimpleReader())
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_text(MONDAY)
    hook = f"{sys.executable} -c \"import sys, os; open('got.json', 'w').write(sys.stdin.read())\""
    assert run(["watch", "talks.accord", "in", "--looks", "1", "--hook", hook]) == 0
    assert "New: " in capsys.readouterr().out
    got = json.loads((tmp_path / "got.json").read_text())
    assert len(got["added"]) == 1
    assert got["changes"]
    (tmp_path / "in" / "b.md").write_text(TUESDAY)
    assert run(["watch", "talks.accord", "in", "--looks", "1", "--format", "json", "--hook", "nosuchprogram"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["added"][0]["source"] == "in/b.md"
    assert "nosuchprogram cannot be run" in err
    (tmp_path / "in" / "c.md").write_text(MONDAY.replace("ceasefire", "armistice"))
    failing = f'{sys.executable} -c "raise SystemExit(3)"'
    assert run(["watch", "talks.accord", "in", "--looks", "1", "--hook", failing]) == 0
    assert run(["watch", "talks.accord", "in", "--looks", "1", "--hook", "'open"]) == 2
    assert run(["watch", "talks.accord"]) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="signals are otherwise there")
def test_a_watcher_ends_on_a_signal_and_is_alone(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.bin").write_bytes(b"\0")
    command = [*PROGRAM, "watch", "talks.accord", "in", "--every", "1"]
    first = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    try:
        assert first.stderr is not None
        assert "a.bin" in first.stderr.readline()  # it has the lock, and looked
        second = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
        assert second.returncode == 2
        assert "only one accord watch" in second.stderr
        first.send_signal(signal.SIGTERM)
        assert first.wait(timeout=30) == 0
        assert "Stopped." in first.stderr.read()
    finally:
        first.kill()
        first.wait()
