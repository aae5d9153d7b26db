"""Every command says of a record on a PostgreSQL server what it says of the same record in a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import accord
from accord.cli.app import run
from accord.errors import RecordError
from accord.model.place import Place
from accord.web.app import create_app
from accord.web.desk import Desk
from simple_reader import MONDAY, TUESDAY, SimpleReader

Run = Callable[..., tuple[int, str, str]]

ASKED = (
    ("brief",),
    *((view, "--format", "json") for view in ("reports", "actors", "timeline", "statements", "positions", "proposals")),
    *((view,) for view in ("levers", "figures", "discrepancies", "changes", "history", "meetings", "judgements")),
    ("search", "talks OR withdraw*", "--limit", "5"),
    ("evidence", "1:1"),
    ("similar", "1:1"),
    ("readers",),
    ("export", "--format", "json"),
    ("export", "--format", "ftm"),
    ("table",),
    ("zone", "--format", "json"),
    ("rebuild",),
)


@pytest.fixture
def do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_text(MONDAY)
    (tmp_path / "in" / "b.md").write_text(TUESDAY)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("ACCORD_AUTHOR", "Ada")
    monkeypatch.setattr("accord.workbench._reader", lambda _: SimpleReader())

    def command(*arguments: str) -> tuple[int, str, str]:
        status = run(arguments)
        out = capsys.readouterr()
        return status, out.out, out.err

    return command


def test_every_command_says_the_same(do: Run, address: str, server: object) -> None:
    """Read, corrected and undone by the same commands, and looked at by all of them."""
    name = accord.workbench.Workspace(address).place.stem
    said: list[list[tuple[int, str]]] = []
    for place in (f"{name}.accord", address):
        answers = [do("read", "in", "-o", place), do("read", "in", "-o", place)]
        answers.append(do("edit", place, "reject", "1:1", "--layer", "events", "--reason", "denied"))
        answers += [do(command, place, *rest) for command, *rest in ASKED]
        answers.append(do("timeline", place, "--since", "last year"))
        said.append([(status, _plain(out + err, accord.open(place).place)) for status, out, err in answers])
    for arguments, one, other in zip(("read", "read", "edit", *ASKED, "timeline"), *said, strict=True):
        assert one == other, arguments
    assert [status for status, _ in said[0]].count(0) >= len(ASKED)


def _plain(said: str, place: Place) -> str:
    """What was printed, without breaks and what the record is called, and without what holds the moment of an edit."""
    words = re.sub(r"ed-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.+]+", "E", "".join(said.split()))
    for name in (place.word, str(place), place.name, place.stem):
        words = words.replace(name, "R")
    return words


def test_what_no_server_keeps_is_named_with_what_to_do(do: Run, address: str) -> None:
    status, _, err = do("brief", address)
    assert status == 2
    assert f"accord read PATHS -o '{address}'" in err
    secret = address.replace("postgres@", "postgres:tell-nobody@")
    for command in ("brief", "serve", "positions"):
        status, _, err = do(command, secret.replace("port=5432", "port=5433"))
        assert status == 2
        assert "cannot be reached" in err
        assert "tell-nobody" not in err
        assert "postgres:***@" in err
    status, _, err = do("brief", "postgresql://ada:tell-nobody@host")
    assert (status, "tell-nobody" in err, "must name a database" in err) == (2, False, True)


def test_a_workbench_shows_what_others_add_to_the_server(do: Run, address: str) -> None:
    do("read", "in/a.md", "-o", address)
    with accord.open(address) as ws:
        with TestClient(create_app(Desk(ws)), base_url="http://127.0.0.1") as client:
            before = client.get("/api/reports").json()
            do("read", "in/b.md", "-o", address)
            after = client.get("/api/reports").json()
        assert len(str(after)) > len(str(before))
        assert ws.refresh().reports[1].title in str(after)


def test_one_watches_and_the_next_is_told(do: Run, address: str) -> None:
    status, out, _ = do("watch", address, "in", "--looks", "1", "--no-triage")
    assert (status, out.count("New:")) == (0, 2)
    with accord.open(address) as ws, ws.watch(["in"]):
        status, _, err = do("watch", address, "in", "--looks", "1")
        assert (status, "only one accord watch" in err) == (2, True)


def test_a_watch_outlives_its_server(do: Run, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    do("read", "in/a.md", "-o", address)

    def gone() -> bool:
        raise RecordError("the server cannot be reached")

    with accord.open(address) as ws, ws.watch(["in"], reader=SimpleReader()) as eyes:
        with monkeypatch.context() as patch:
            patch.setattr(eyes._lock, "keep", gone)
            assert [one.reason for one in eyes.look().skipped] == ["the server cannot be reached"]
        assert [report.source for report in eyes.look().added] == ["in/b.md"]


def test_a_file_and_a_record_that_is_not_there_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no such record"):
        accord.open(tmp_path / "talks.accord").record()
