"""Every form of a record that was ever written opens, is brought up to date, and holds what it held."""

from __future__ import annotations

import importlib.util
import shutil
import sqlite3
from pathlib import Path
from types import ModuleType

import pytest

from accord.errors import RecordError
from accord.model.record import Record
from accord.record import Store, merge, schema
from accord.record.care import examine

FIXTURES = Path(__file__).with_name("fixtures")
FILES = sorted(FIXTURES.glob("*.accord"))


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_fixture", FIXTURES / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "talks.accord"


def form_of(path: Path) -> int:
    with sqlite3.connect(path) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def expected(script: ModuleType) -> Record:
    """What the script's dispatches and edits come to in this version."""
    notes = script.dispatches()
    reports, readings = [n.report for n in notes], [n.reading for n in notes]

    class Before:
        def record(self) -> Record:
            return merge(reports, readings)

    return merge(reports, readings, script.edits(Before()))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_records_of_every_version_open(file: Path, path: Path, script: ModuleType) -> None:
    shutil.copyfile(file, path)
    wanted = expected(script)
    with Store.open(path) as store:
        record = store.record()
        assert len(store.readings()) == 3
        assert store.readers() == ("older/1", "by-hand/1")
        assert [edit.action for edit in store.edits()] == ["reject", "accept", "rename", "undo"]
        assert [(one.source, one.line) for one in record.skipped] == [("grain/empty.txt", None)]
        assert [one.name for one in store.scenarios()] in ([], ["no ban"])
        assert [passage.snippet for passage in store.search("toll", limit=1)]
    for layer in ("reports", "actors", "statements", "events", "positions", "proposals", "levers", "figures"):
        assert getattr(record, layer) == getattr(wanted, layer), layer
    assert record.actors[1].name == "M. Tal"
    assert form_of(path) == schema.VERSION
    assert examine(path).sound


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_looking_changes_nothing(file: Path, path: Path) -> None:
    shutil.copyfile(file, path)
    before = path.read_bytes()
    assert examine(path).sound
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_there_is_a_fixture_of_every_form_that_was_in_use() -> None:
    """The third was written for minutes only. A new form takes a new fixture, made by tests/record/fixtures/make.py."""
    assert {form_of(file) for file in FILES} == set(range(1, schema.VERSION + 1)) - {3}


@pytest.mark.parametrize("stop", range(1, schema.VERSION))
def test_a_migration_broken_off_is_taken_up_again(stop: int, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copyfile(FIXTURES / "record-form-1.accord", path)

    def broken(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS[:stop], broken, *schema.MIGRATIONS[stop + 1 :]))
    with pytest.raises(KeyboardInterrupt):
        Store.open(path)
    assert form_of(path) == stop
    monkeypatch.undo()
    with Store.open(path) as store:
        assert len(store.reports()) == 3
    assert form_of(path) == schema.VERSION


def test_a_newer_record_is_left_alone(path: Path) -> None:
    shutil.copyfile(FILES[0], path)
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(RecordError, match=rf"newer Accord \(format {schema.VERSION + 1}; this one knows"):
        Store.open(path)
    assert path.read_bytes() == before
