"""The Python API over all stages, with a simple reader in the place of the real one."""

from __future__ import annotations

import datetime as dt
import inspect
import json
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

import accord
from accord.errors import ExportError, FilterError, NotFound, ReadingError, RecordError, ReportError
from accord.model.record import Record
from accord.publishing.outcomes import OUTCOMES
from accord.workbench import TRACED, VIEWS, Filters, Setting, Step, Workspace
from accord.workbench.changes import WORDS
from accord.workbench.computing import CHANGES, WhatIf
from aceh import RECORD
from simple_reader import MONDAY, TUESDAY, SimpleReader


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.md").write_text(MONDAY)
    (folder / "b.md").write_text(TUESDAY)
    return folder


@pytest.fixture
def ws(tmp_path: Path, folder: Path) -> Workspace:
    ws = accord.open(tmp_path / "talks.accord")
    ws.read(folder, reader=SimpleReader())
    return ws


def test_the_promised_names_are_there() -> None:
    assert set(accord.__all__) == {"AccordError", "Summary", "Workspace", "open"}
    assert all(hasattr(accord, name) for name in accord.__all__)


def test_importing_accord_imports_nothing_heavy() -> None:
    code = "import sys, accord, accord.cli.app; print(*[m for m in sys.modules if '.' not in m])"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(answer.stdout.split())
    assert not loaded & {"spacy", "pandas", "numpy", "trafilatura", "sqlalchemy", "pysat", "jinja2", "dateparser"}
    assert "accord" in loaded


def test_opening_makes_nothing(tmp_path: Path) -> None:
    ws = accord.open(tmp_path / "new.accord")
    with pytest.raises(RecordError, match=r"new\.accord: there is no such record"):
        ws.positions()
    assert not list(tmp_path.iterdir())


def test_reading_says_what_it_did(tmp_path: Path, folder: Path) -> None:
    (folder / "c.md").write_text("unreadable words that no reader can make sense of")
    (folder / "d.bin").write_bytes(bytes(range(256)) * 20)
    reader = SimpleReader()
    with accord.open(tmp_path / "talks.accord") as ws:
        done = ws.read([folder], reader=reader)
        assert (done.added, done.known) == (2, 0)
        assert [Path(one.source).name for one in done.skipped] == ["d.bin"]
        assert [(Path(one.source).name, one.reason) for one in done.failed] == [("c.md", "the reader gave up")]
        kept = {Path(one.source).name for one in ws.record().skipped}
    assert kept == {"c.md", "d.bin"}


def test_a_report_is_read_once(ws: Workspace, folder: Path) -> None:
    before = ws.export("json")
    shutil.copy(folder / "a.md", folder / "z.md")
    again = SimpleReader()
    done = ws.read(folder, reader=again)
    assert (done.added, done.known, again.read_ids) == (0, 3, [])
    assert ws.export("json") == before


def test_another_reader_reads_it_anew(ws: Workspace, folder: Path) -> None:
    other = SimpleReader()
    other.fingerprint = "simple-2"
    assert ws.read(folder, reader=other).added == 2


def test_the_same_report_twice_in_one_run_is_read_once(tmp_path: Path, folder: Path) -> None:
    shutil.copy(folder / "a.md", folder / "z.md")
    reader = SimpleReader()
    done = accord.open(tmp_path / "x.accord").read(folder, reader=reader)
    assert (done.added, done.known, len(reader.read_ids)) == (2, 1, 2)


def test_each_report_lands_before_the_next_is_read(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "x.accord"

    class Killed(SimpleReader):
        def read(self, reports):  # type: ignore[no-untyped-def]
            for place, reading in enumerate(super().read(reports)):
                if place == 1:
                    raise KeyboardInterrupt
                yield reading

    with pytest.raises(KeyboardInterrupt):
        accord.open(path).read(folder, reader=Killed())
    ws = accord.open(path)
    assert len(ws.record().reports) == 1
    second = SimpleReader()
    assert ws.read(folder, reader=second).added == 1
    whole = accord.open(tmp_path / "whole.accord")
    whole.read(folder, reader=SimpleReader())
    assert ws.export("json") == whole.export("json")


def test_nothing_read_makes_no_record(tmp_path: Path) -> None:
    done = accord.open(tmp_path / "x.accord").read(tmp_path / "nowhere", reader=SimpleReader())
    assert (done.added, len(done.skipped)) == (0, 1)
    assert not list(tmp_path.iterdir())


def test_what_can_be_read_now_is_skipped_no_more(ws: Workspace, folder: Path) -> None:
    late = folder / "c.md"
    late.write_bytes(bytes(range(256)) * 20)
    ws.read(folder, reader=SimpleReader())
    assert [Path(one.source).name for one in ws.record().skipped] == ["c.md"]
    late.write_text(TUESDAY.replace("prisoners", "hostages"))
    assert ws.read(folder, reader=SimpleReader()).added == 1
    assert not ws.record().skipped


def test_progress_is_told_after_every_report(tmp_path: Path, folder: Path) -> None:
    (folder / "c.bin").write_bytes(bytes(range(256)) * 20)
    steps: list[Step] = []
    accord.open(tmp_path / "x.accord").read(folder, reader=SimpleReader(), progress=steps.append)
    assert [Path(step.source).name for step in steps] == ["a.md", "b.md", "c.bin"]
    last = steps[-1]
    assert (last.added, last.left_out, last.files, last.of) == (2, 1, 3, 3)


def test_published_dates_what_states_no_day(tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text("Norland: the guns are silent since the morning of the great flood.")
    ws = accord.open(tmp_path / "x.accord")
    ws.read(tmp_path / "plain.txt", published="2001-02-03", reader=SimpleReader())
    assert ws.record().reports[0].published == dt.date(2001, 2, 3)
    with pytest.raises(ReportError, match="published: must be a day"):
        ws.read(tmp_path, published="last week", reader=SimpleReader())


def test_an_unknown_reader_is_refused_with_those_there_are(ws: Workspace, folder: Path) -> None:
    with pytest.raises(ReadingError, match="no reader 'oracle'; there are offline, llm, both, agreed"):
        ws.read(folder, reader="oracle")


def test_a_file_that_is_no_record_is_refused(tmp_path: Path, folder: Path) -> None:
    other = tmp_path / "notes.accord"
    other.write_text("these are my notes")
    with pytest.raises(RecordError):
        accord.open(other).record()
    with pytest.raises(RecordError):
        accord.open(other).read(folder, reader=SimpleReader())
    assert other.read_text() == "these are my notes"


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_a_data_frame(ws: Workspace, view: str) -> None:
    from accord.publishing import rows

    frame = getattr(ws, view)()
    assert list(frame.columns) == rows.columns(VIEWS[view])
    assert len(frame) == len(rows.rows(ws.record(), VIEWS[view]))


def test_a_frame_has_dates_that_can_be_compared(ws: Workspace) -> None:
    frame = ws.statements()
    assert len(frame) == 3
    assert len(frame[frame["date.start"] > "2021-05-05"]) == 1
    assert str(ws.reports()["published"].dtype).startswith("datetime64")


def test_filters_narrow_a_frame(ws: Workspace) -> None:
    assert set(ws.statements(party="Sudland").speaker) == {"Sudland"}
    assert len(ws.statements(since="2021-05-06")) == 1
    assert len(ws.statements(until=dt.date(2021, 5, 5))) == 2
    assert len(ws.positions(issue="territory")) == 0
    assert len(ws.positions(confidence=0.9)) == 0
    assert len(ws.statements(report="The answer")) == 1
    with pytest.raises(NotFound, match="did you mean Norland"):
        ws.statements(party="Nordland")
    with pytest.raises(FilterError, match="did you mean ceasefire"):
        ws.positions(issue="cease fire")


def test_every_view_takes_the_same_filters() -> None:
    for name in (*VIEWS, *OUTCOMES, *TRACED, "search", "answers", "brief", "export"):
        parameters = inspect.signature(getattr(Workspace, name)).parameters
        words = "filters" if "filters" in parameters else "setting"
        wanted = "WhatIf" if name == "whatif" else words.title()
        assert parameters[words].annotation == f"Unpack[{wanted}]", name
    assert set(Filters.__annotations__) < set(Setting.__annotations__) < set(WhatIf.__annotations__)


def test_every_change_to_a_table_is_a_word_of_the_what_if() -> None:
    assert {*WORDS, "against"} == set(CHANGES)


def test_search_finds_passages_with_their_references(ws: Workspace) -> None:
    frame = ws.search("prisoners")
    assert list(frame.ref) == ["2:1"]
    assert "prisoners" in frame.snippet[0]
    assert len(ws.search("prisoners", report="Two capitals speak")) == 0
    assert len(ws.search("fighting OR arms OR prisoners", limit=1)) <= 1


def test_a_reference_and_an_item_lead_to_the_sentence(ws: Workspace) -> None:
    (sentence,) = ws.evidence("1:2")
    assert sentence.sentence == "Sudland: we will never lay down arms."
    assert sentence.before == "Norland: the fighting must stop at once."
    assert sentence.outlet == "The Delta Post"
    assert {layer for layer, _ in sentence.items} == {"statements", "positions"}
    for _, key in sentence.items:
        assert "1:2" in [found.ref for found in ws.evidence(key)]
    with pytest.raises(NotFound, match="po-none"):
        ws.evidence("po-none")


def test_the_table_and_what_follows_from_it(ws: Workspace) -> None:
    table = ws.table()
    assert {party.name for party in table.parties} == {"Norland", "Sudland"}
    assert ws.zone().empty is True
    assert ws.blockers() == ws.answers().blockers
    assert {"red-line"} in [{demand.kind for demand in demands} for demands in ws.blockers().sets]
    assert {len(concession.movers) for concession in ws.concessions().sets} == {1}
    assert "No zone." in ws.brief()


def test_the_table_can_be_set_at_an_earlier_day(ws: Workspace) -> None:
    assert ws.table(at="2021-05-05").at == dt.date(2021, 5, 5)


def test_a_brief_narrowed_to_a_party_still_knows_the_table(ws: Workspace) -> None:
    text = ws.brief(party="Sudland")
    assert "Only: party Sudland" in text
    assert "No zone." in text


def test_the_brief_comes_in_every_form(ws: Workspace) -> None:
    assert ws.brief("html").startswith("<!doctype html>")
    assert ws.brief("md").startswith("# talks")
    assert json.loads(ws.brief("json"))["title"] == "talks"
    with pytest.raises(ExportError, match="text, md, html, json"):
        ws.brief("pdf")


def test_an_export_is_text_or_a_file(ws: Workspace, tmp_path: Path) -> None:
    text = ws.export("json")
    assert text is not None
    assert ws.export("json", tmp_path / "out.json") is None
    assert (tmp_path / "out.json").read_text() == text
    ws.export("csv", tmp_path / "tables")
    assert (tmp_path / "tables" / "statements.csv").exists()
    schema = ws.export("schema")
    assert schema is not None
    assert json.loads(schema)["title"] == "Accord record"
    with pytest.raises(ExportError, match="ftm, polecat, plover, schema; got 'xlsx'"):
        ws.export("xlsx")
    with pytest.raises(ExportError, match="name a folder"):
        ws.export("csv")


def test_an_empty_selection_makes_no_table(ws: Workspace) -> None:
    assert "No two parties differ on anything" in ws.brief(issue="territory")


def test_the_record_is_a_value_that_is_kept(ws: Workspace) -> None:
    record = ws.record()
    assert isinstance(record, Record)
    assert ws.record() is record
    ws.close()
    assert ws.record() == record


def test_briefs_and_tables_leave_out_what_is_likely_misread(ws: Workspace, folder: Path) -> None:
    ws.read(folder)
    sure = ws_of(ws, RECORD).table(confidence=0.01)
    on_it = {finding for view in sure.views for finding in view.findings}
    doubted = next(p for p in RECORD.positions if p.id in on_it)
    unsure = msgspec.structs.replace(doubted, confidence=0.2)
    positions = tuple(unsure if p.id == unsure.id else p for p in RECORD.positions)
    ws_of(ws, msgspec.structs.replace(RECORD, positions=positions))
    assert ws.brief_content().narrowed == "confidence at least 0.4"
    left = [one.what for one in ws.table().left_out if unsure.id in one.findings]
    assert left == ["1 position of less confidence than 0.4"]
    assert all(unsure.id not in view.findings for view in ws.table().views)
    assert any(unsure.id in view.findings for view in ws.table(confidence=0.01).views)


def ws_of(ws: Workspace, record: Record) -> Workspace:
    """The workspace as if it had read this record."""
    ws._record = record
    return ws
