"""`accord token`: made, listed, taken back; shown once."""

from __future__ import annotations

from pathlib import Path

import pytest

from accord.cli.app import run
from accord.record import Store
from accord.web.access.tokens import TokenFile, folder_of


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Store.open(Path("talks.accord"), create=True).close()
    return Path("talks.accord")


def test_a_token_is_shown_once(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["token", str(record), "add", "Ada", "--role", "correct", "--until", "2999-12-31", "--note", "x"]) == 0
    made = capsys.readouterr()
    text = made.out.strip()
    assert text not in made.err
    held = TokenFile(folder_of(record)).opens(text)
    assert held is not None
    assert (held.name, held.role, held.expires, held.note) == ("Ada", "correct", "2999-12-31", "x")
    assert run(["token", str(record), "list"]) == 0
    listed = capsys.readouterr().out
    assert held.id in listed
    assert "stands" in listed
    assert text not in listed
    assert held.digest not in listed
    assert run(["token", str(record), "revoke", "Ada"]) == 0
    assert TokenFile(folder_of(record)).opens(text) is None
    capsys.readouterr()
    assert run(["token", str(record), "list"]) == 0
    assert "revoked" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "Ada", "--role", "own"], "read, correct, administer"),
        (["add", "Ada"], "--role"),
        (["add", "Ada", "--role", "read", "--until", "soon"], "2027-03-31"),
        (["revoke", "Eve"], "no token 'Eve'"),
        ([], "add | list | revoke"),
    ],
)
def test_what_cannot_be_is_said(
    record: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert run(["token", str(record), *arguments]) == 2
    assert said in capsys.readouterr().err
    assert TokenFile(folder_of(record)).every() == ()


def test_a_folder_without_tokens_is_not_served_open(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", str(record), "--access", "nowhere"]) == 2
    assert "has no tokens" in capsys.readouterr().err
