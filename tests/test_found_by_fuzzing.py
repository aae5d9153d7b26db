"""What fuzzing found, each in its smallest form; and a sample of the fuzzing itself (bench/fuzz.py runs the rest)."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

import accord
from accord.bargaining.form.read import table_from_yaml
from accord.errors import AccordError, EditError, NotFound, RecordError, TableError
from accord.model.edit import Edit
from accord.model.report import Report, Skipped
from accord.reading.llm.answers import read_answer
from accord.record import Store
from accord.record.corrections import check
from accord.reports.incoming import Incoming
from accord.reports.load import load
from accord.workbench.editlog import read_log

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "bench"))
import fuzz  # noqa: E402

WHOLE = HERE / "record" / "fixtures" / "record-0.1.0.accord"
AT = "2025-03-01T09:30:00Z"
HALF = "\ud83d"  # half of a character, which UTF-8 cannot write
TEXT = "The two councils agreed on a truce of ninety days in Sel."


def read(name: str, raw: bytes) -> list[Report | Skipped]:
    """What a file of this name comes to; all of it can be written down."""
    found = list(load([Incoming(name, name, lambda: io.BufferedReader(io.BytesIO(raw)))]))
    assert msgspec.json.encode(found)
    return found


def reason(name: str, raw: bytes) -> str:
    (one,) = read(name, raw)
    assert isinstance(one, Skipped)
    return one.reason


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "grain.accord"
    shutil.copyfile(WHOLE, path)
    return path


# -- reports -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("named", [f"{HALF}.txt", f"s3://{HALF}", "x\udcff.md", f"{HALF}*.md"])
def test_paths_that_are_no_text(named: str) -> None:
    for remote in (False, True):
        (one,) = load([named], remote=remote)
        assert isinstance(one, Skipped)
        one.source.encode()


@pytest.mark.parametrize(
    "row",
    [{"text": 1, HALF: 2}, {"text": TEXT, "url": HALF}, {"text": TEXT, "date": HALF}, {HALF: TEXT}, {"text": HALF}],
)
def test_rows_with_half_characters(row: dict[str, Any]) -> None:
    assert read("a.jsonl", json.dumps(row).encode())
    assert read("a.json", json.dumps([row]).encode())


def test_a_member_of_a_zip_archive_without_a_name() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("x", TEXT)
        archive.writestr("b.txt", TEXT)
    raw = out.getvalue().replace(b"\x01\x00\x00\x00\x00\x00\x00\x00", b"\x00" * 8)
    central = raw.index(b"PK\x01\x02")
    raw = raw[: central + 28] + b"\x00\x00" + raw[central + 30 : central + 46] + raw[central + 47 :]
    end = raw.index(b"PK\x05\x06")
    size = int.from_bytes(raw[end + 12 : end + 16], "little") - 1
    raw = raw[: end + 12] + size.to_bytes(4, "little") + raw[end + 16 :]
    nameless, other = read("a.zip", raw)
    assert isinstance(nameless, Skipped)
    assert "must have a name" in nameless.reason
    assert isinstance(other, Report)


@pytest.mark.parametrize("sign", ["{", ";a=", "( ", "=", "> "])
def test_pages_with_long_runs_of_signs(sign: str) -> None:
    """Looking for a sentence in them took time with the square of their length, and more."""
    page = f"<html><body><article><p>{TEXT} {sign * 60_000}</p><p>{TEXT}</p></article></body></html>"
    assert read("a.html", page.encode())


@pytest.mark.parametrize("name", ["From", "Subject", "Date", "Content-Type", "Content-Disposition"])
def test_mails_with_endless_headers(name: str) -> None:
    """A sender of sixty thousand brackets filled the memory of the machine."""
    for sign in ("<", "(", '"', "a;b=", "=?utf-8?q?a?= "):
        assert "must not be longer than" in reason("a.eml", f"{name}: {sign * 9_000}\n\n{TEXT}".encode())


def test_mails_of_endless_parts() -> None:
    head, part = "Content-Type: multipart/mixed; boundary=x\n\n", "--x\n"
    assert "parts" in reason("a.eml", ("From: a@b.example\n" + head + (part + head) * 20_000).encode())
    assert "parts" in reason("a.eml", ("From: a@b.example\n" + head + (part + "\n") * 200_000).encode())


def test_a_pdf_of_one_endless_paragraph() -> None:
    from reports.made_files import pdf

    (one,) = read("a.pdf", pdf([["no end"] * 2_000]))
    assert isinstance(one, Report)
    assert one.text == " ".join(["no end"] * 2_000)


# -- what people write -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["[" * 300_000, "- " * 100_000, "{a: " * 60_000, "? " * 100_000])
def test_tables_that_are_deeper_than_the_stack(text: str) -> None:
    """They ended the process, without a word."""
    with pytest.raises(TableError, match="lie at most 100 deep"):
        table_from_yaml(text)


def test_a_table_with_half_a_character() -> None:
    with pytest.raises(TableError, match="not YAML"):
        table_from_yaml(f"table: {HALF}")


def edit(**changed: Any) -> Edit:
    return Edit.make(**{"action": "reject", "layer": "events", "items": ("ev-1",), "author": "Ada", "at": AT} | changed)


def test_edits_with_half_a_character() -> None:
    with pytest.raises(EditError, match="half of a character"):
        edit(reason=HALF)


@pytest.mark.parametrize("at", ["", "yesterday", "2025-13-01", "9" * 5000])
def test_edits_at_no_time(at: str) -> None:
    """Taken in from a log, one such edit stopped every later edit."""
    with pytest.raises(EditError, match="at must be a time"):
        check(edit(at=at))


def test_logs_of_edits_that_are_too_deep(tmp_path: Path) -> None:
    path = tmp_path / "edits.json"
    log = json.dumps({"edits": [{**msgspec.to_builtins(edit()), "fields": {"x": "@"}}]})
    path.write_text(log.replace('"@"', "[" * 5_000 + "]" * 5_000))
    with pytest.raises(EditError, match="must be a log"):
        read_log(path)


def test_references_of_thousands_of_digits(path: Path) -> None:
    with accord.open(path) as ws:
        for ask in (ws.evidence, ws.explain, lambda named: ws.positions(report=named)):
            with pytest.raises(NotFound):
                ask(f"1:{'9' * 5000}")
        with pytest.raises(NotFound):
            ws.positions(report="9" * 5000)


def test_scenarios_with_half_a_character(path: Path) -> None:
    with accord.open(path) as ws:
        for said in ((HALF, "Coast: Uplands"), ("a", HALF)):
            with pytest.raises(TableError, match="half of a character"):
                ws.keep_scenario(said[0], [("lift", said[1])])


def test_answers_of_a_model_with_half_a_character() -> None:
    said = {"measure": HALF, "value": 1, "quote": "one"}
    read = read_answer(json.dumps({"figures": [said, {**said, "measure": "lorries"}]}))
    assert [one.measure for one in read.items["figures"]] == ["lorries"]
    assert read.refused == [("figures", "not of the asked form")]


# -- records -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "damage",
    [
        "PRAGMA foreign_keys = OFF; DELETE FROM report WHERE number = 2",
        "UPDATE report SET body = CAST('x' AS TEXT) WHERE number = 1",
        "UPDATE reading SET body = 7",
        "UPDATE meta SET value = CAST(x'ff' AS TEXT) WHERE key = 'scenarios'; DELETE FROM shelf; DELETE FROM merged",
    ],
)
def test_damaged_rows_are_told(damage: str, path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(damage)
    connection.close()
    with Store.open(path) as store, pytest.raises(RecordError, match="accord doctor"):
        _ = store.rebuild(), store.scenarios()


def test_a_damaged_note_of_how_often_it_was_merged(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = 'rc-e28fcdf2a4bb' WHERE key = 'generation'")
    with Store.open(path) as store:
        assert len(store.rebuild().reports) == 3


# -- a sample ----------------------------------------------------------------------------------------------------

SLOW = ("offline-reading",)  # loads the parser


@pytest.mark.parametrize("name", [name for name in fuzz.targets() if name not in SLOW])
def test_a_sample_of_the_fuzzing(name: str, patient: Callable[[str], Any]) -> None:
    target = patient(name)
    for number in range(4):
        fuzz.run_case(target, 20251122, number)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """A target by its name, whose cases may take as long as a busy machine makes them take."""
    import signal

    monkeypatch.setattr(signal, "setitimer", lambda *_: (0.0, 0.0))
    return lambda name: fuzz.targets()[name]


def test_every_kind_of_input_is_fuzzed() -> None:
    """A format that comes in without a target would be a hole."""
    from accord.reports.registry import FORMATS
    from fuzzing.reports import corpus

    names = [name for name, _ in corpus().values() if name]
    suffixes = {name[name.rfind(".") :] for name in names}
    missing = [form for form in FORMATS if suffixes.isdisjoint(form.suffixes)]
    assert not [form.name for form in missing if not (form.names and any(map(form.names.fullmatch, names)))]
    assert issubclass(fuzz.Hang, BaseException)
    assert not issubclass(fuzz.Hang, AccordError)
