"""From paths to reports: order, names, and the same result every time."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import TODAY, Put

from accord.model.report import Report, Skipped
from accord.reports.load import load

TEXT = "The mediators left Juba on Thursday, an aide said.\n"


def sources(found: list[Report | Skipped]) -> list[str]:
    return [Path(x.source).name for x in found]


def test_folders_are_read_in_the_order_of_names(
    put: Put, tmp_path: Path, read: Callable[..., list[Report | Skipped]]
) -> None:
    for name in ("b.txt", "a/z.md", "a/c.txt", "a.txt", "B.md", "c/d/e.txt"):
        put(name, TEXT + name)
    found = read(tmp_path)
    assert [x.source.removeprefix(tmp_path.as_posix() + "/") for x in found] == [
        "B.md",
        "a/c.txt",
        "a/z.md",
        "a.txt",
        "b.txt",
        "c/d/e.txt",
    ]


def test_hidden_files_and_records_are_passed_over(
    put: Put, tmp_path: Path, read: Callable[..., list[Report | Skipped]]
) -> None:
    for name in (".git/x.txt", ".DS_Store", "old.accord", "old.accord-wal", "old.accord-shm"):
        put(name, TEXT)
    put("a.txt", TEXT)
    assert sources(read(tmp_path)) == ["a.txt"]


def test_paths_are_kept_as_given(put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put("in/a.txt", TEXT)
    monkeypatch.chdir(tmp_path)
    assert [x.source for x in load(["in", "in/a.txt", Path("in") / ".." / "in"], today=TODAY)] == [
        "in/a.txt",
        "in/a.txt",
        "in/../in/a.txt",
    ]
    assert [x.source for x in load("in", today=TODAY)] == ["in/a.txt"]


def test_plain_text_stays_as_it_is(put: Put, report: Callable[..., Report]) -> None:
    text = "\n\n  “No,” he said.\n\n\n# not a heading\n**no** mark\n"
    found = report(put("a.txt", text))
    assert found.text == text
    assert (found.title, found.outlet, found.url, found.published) == (None, None, None, None)


def test_loading_twice_gives_the_same(put: Put, tmp_path: Path, read: Callable[..., list[Report | Skipped]]) -> None:
    put("a.md", "---\ntitle: A\ndate: 1 May 2015\n---\n" + TEXT)
    put("b.html", f"<html><head><title>B</title></head><body><article><p>{TEXT * 5}</p></article></body></html>")
    put("c.jsonl", '{"text": "They signed."}\n{"text"\n')
    put("d.csv", "text\nThey signed.\n")
    put("e.txt", TEXT.encode("utf-16"))
    put("f.pdf", b"%PDF-1.4")
    assert read(tmp_path) == read(tmp_path)
    assert len(read(tmp_path)) == 7


def test_the_same_report_from_another_path_has_the_same_id(put: Put, report: Callable[..., Report]) -> None:
    assert report(put("a.txt", TEXT)).id == report(put("x/b.txt", TEXT.replace("\n", "\r\n"))).id


@pytest.mark.parametrize(
    ("name", "content", "title"),
    [
        ("README", TEXT, None),
        ("Statement by Mr. Annan", TEXT, None),
        ("cable.03", TEXT, None),
        ("front", f"---\ntitle: Juba\n---\n{TEXT}", "Juba"),
        ("page", f"<!DOCTYPE html><html><head><title>Juba</title></head><body><p>{TEXT}</p></body></html>", "Juba"),
        ("UPPER.MD", f"---\ntitle: Juba\n---\n{TEXT}", "Juba"),
    ],
)
def test_a_file_without_ending_is_known_by_its_beginning(
    name: str, content: str, title: str | None, put: Put, report: Callable[..., Report]
) -> None:
    found = report(put(name, content))
    assert found.title == title
    assert found.text.strip() == TEXT.strip()


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe:
        buffer = io.BytesIO(f"---\ntitle: Juba\n---\n{TEXT}".encode())

    monkeypatch.setattr(sys, "stdin", Pipe())
    (found,) = load(["-"], today=TODAY)
    assert isinstance(found, Report)
    assert (found.source, found.title, found.text) == ("standard input", "Juba", TEXT)


@pytest.mark.skipif(sys.platform == "win32" or sys.platform == "darwin", reason="file names are bytes only on Linux")
def test_a_file_name_that_is_no_unicode(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "w") as out:
        out.write(TEXT)
    (found,) = load([tmp_path], today=TODAY)
    assert found.source.endswith("caf\ufffd.txt")
    found.source.encode("utf-8")


def test_the_map_leads_from_the_report_to_the_file(put: Put, report: Callable[..., Report]) -> None:
    raw = "\ufeff---\r\ntitle: A\r\n---\r\nThe cease\u00adfire,\u00a0said Jose\u0301, held.\r\n".encode()
    found = report(put("a.md", raw))
    assert found.text == "The ceasefire, said José, held.\n"
    came = raw.decode("utf-8-sig")
    for word in ("The", "said", "held"):
        at = found.offsets.original(found.text.index(word))
        assert came[at : at + len(word)] == word
