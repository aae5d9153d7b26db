"""What cannot be read is skipped with its place and its reason, and the rest goes on."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import TODAY, Put

from accord.model.report import Report, Skipped
from accord.reports.incoming import MOST_BYTES, MOST_CHARACTERS, Incoming, Refused
from accord.reports.load import load

TEXT = "The mediators left Juba on Thursday, an aide said.\n"
Found = Callable[..., list[Report | Skipped]]


@pytest.mark.parametrize("content", ["", " \n\t\n", "\ufeff", "\u200b\u00a0\n"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a"])
def test_empty_files(name: str, content: str, put: Put, skipped: Callable[..., Skipped]) -> None:
    assert "must hold text" in skipped(put(name, content)).reason


def test_text_without_a_letter(put: Put, skipped: Callable[..., Skipped]) -> None:
    assert "not one letter" in skipped(put("a.txt", "12 - 34 * * *\n")).reason


def test_missing_paths(tmp_path: Path, skipped: Callable[..., Skipped]) -> None:
    found = skipped(tmp_path / "nowhere.md")
    assert found.source == (tmp_path / "nowhere.md").as_posix()
    assert "there is none" in found.reason


def test_addresses_are_not_fetched(skipped: Callable[..., Skipped]) -> None:
    assert "Save the page" in skipped("https://example.org/2015/08/26/juba").reason


def test_a_path_that_cannot_be(skipped: Callable[..., Skipped]) -> None:
    assert skipped("a\0b.txt").reason
    assert skipped("x" * 5000).reason


def test_folders_without_reports(tmp_path: Path, put: Put, skipped: Callable[..., Skipped]) -> None:
    put("empty/.hidden", TEXT)
    (tmp_path / "empty" / "below").mkdir()
    found = skipped(tmp_path / "empty")
    assert found.source == (tmp_path / "empty").as_posix()
    assert "holds none" in found.reason


def test_links_that_lead_nowhere_or_in_circles(tmp_path: Path, put: Put, read: Found) -> None:
    put("in/a.txt", TEXT)
    (tmp_path / "in" / "broken.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "in" / "circle").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "self").symlink_to("self")
    kept, broken, circle, itself = read(tmp_path / "in")
    assert isinstance(kept, Report)
    assert isinstance(broken, Skipped)
    assert isinstance(circle, Skipped)
    assert isinstance(itself, Skipped)
    assert "leads nowhere" in broken.reason
    assert "back into itself" in circle.reason
    assert itself.source.endswith("in/self")


def test_links_to_files_and_folders_are_followed(tmp_path: Path, put: Put, read: Found) -> None:
    put("far/a.txt", TEXT)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.txt").symlink_to(tmp_path / "far" / "a.txt")
    (tmp_path / "in" / "c").symlink_to(tmp_path / "far")
    assert [x.source.rpartition("/in/")[2] for x in read(tmp_path / "in")] == ["b.txt", "c/a.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_regular_file(tmp_path: Path, put: Put, read: Found) -> None:
    os.mkfifo(tmp_path / "a.txt")
    put("b.txt", TEXT)
    pipe, kept = read(tmp_path)
    assert isinstance(pipe, Skipped)
    assert isinstance(kept, Report)
    assert "regular file" in pipe.reason


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the administrator may read everything")
def test_files_and_folders_that_deny_access(tmp_path: Path, put: Put, read: Found) -> None:
    closed, folder = put("a.txt", TEXT), put("b/x.txt", TEXT).parent
    put("c.txt", TEXT)
    closed.chmod(0)
    folder.chmod(0)
    try:
        file, inside, kept = read(tmp_path)
    finally:
        folder.chmod(0o700)
    assert isinstance(file, Skipped)
    assert isinstance(inside, Skipped)
    assert isinstance(kept, Report)
    assert "denies it" in file.reason
    assert "denies it" in inside.reason


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl", "a.csv", "a", "a.bin"])
def test_the_system_refuses_a_file(name: str, put: Put, read: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = put(name, TEXT)
    monkeypatch.setattr("accord.reports.walk.open", deny, raising=False)
    (found,) = read(path)
    assert isinstance(found, Skipped)
    assert "denies it" in found.reason


def test_the_system_fails_while_a_file_is_read() -> None:
    class Failing:
        def __enter__(self) -> Failing:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def read(self, _: int) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(Refused, match="Input/output error"):
        Incoming("a.txt", "a.txt", Failing).all()  # type: ignore[arg-type]


def test_a_folder_cannot_be_listed(tmp_path: Path, put: Put, read: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    put("in/a.txt", TEXT)
    listdir = os.listdir

    def deny(folder: Path) -> list[str]:
        if Path(folder).name == "in":
            raise PermissionError(13, "Permission denied")
        return listdir(folder)

    monkeypatch.setattr("os.listdir", deny)
    (found,) = read(tmp_path)
    assert isinstance(found, Skipped)
    assert found.source.endswith("/in")


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a"])
def test_a_hundred_megabytes_of_one_line(name: str, tmp_path: Path, read: Found, put: Put) -> None:
    path = tmp_path / name
    with path.open("wb") as out:
        out.seek(100_000_000)
        out.write(b"x")
    put("b.txt", TEXT)
    found, kept = read(tmp_path)
    assert isinstance(found, Skipped)
    assert isinstance(kept, Report)
    assert f"{MOST_BYTES:,} bytes" in found.reason


def test_a_text_longer_than_any_report(put: Put, skipped: Callable[..., Skipped]) -> None:
    found = skipped(put("a.txt", "word " * 200_001))
    assert f"{MOST_CHARACTERS:,} characters; this one has 1,000,005" in found.reason


@pytest.mark.parametrize("name", ["a.py", "a.json", "a.xyz", "a.odt"])
def test_endings_that_no_format_has(name: str, put: Put, skipped: Callable[..., Skipped]) -> None:
    found = skipped(put(name, TEXT))
    assert ".jsonl" in found.reason
    assert name[1:] in found.reason


def test_a_record_is_no_report(put: Put, skipped: Callable[..., Skipped]) -> None:
    assert "a record made by Accord" in skipped(put("x.accord", b"SQLite format 3\x00")).reason


def test_every_reason_stands_alone(put: Put, tmp_path: Path) -> None:
    """A sentence that says what must hold and what came, and one that says what to do."""
    put("a.txt", "")
    put("b.md", "---\ntitle: A: B\n---\n" + TEXT)
    put("c.html", "<html><body></body></html>")
    put("d.jsonl", '{"a": 1}\n{\n[]\n{"text": ""}\n')
    put("e.csv", "a,b\n1,2\n")
    put("f.pdf", b"%PDF-1.4")
    put("g.py", "x = 1")
    put("h.txt", "1 2 3")
    found = list(load([tmp_path, tmp_path / "none", "https://x.org"], today=TODAY))
    assert len(found) == 13
    for x in found:
        assert isinstance(x, Skipped)
        assert "must" in x.reason
        assert ". " in x.reason
        assert "Traceback" not in x.reason
        assert len(x.reason) < 400
