"""Exports in the forms of other programs: the same bytes each time, and what those programs would read."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from golden import agrees

import accord
from accord.errors import ExportError, ToolMissing
from accord.model.record import Filter, Record
from accord.publishing import EXPORT_FORMS, export, publish
from accord.publishing.brief import build
from accord.publishing.exports import EXPORTS, make, packed, pdf
from accord.publishing.forms import FORMS
from accord.publishing.rows import columns
from aceh import ANSWERS, GAM, INDONESIA, MALIK, RECORD, REPORTS


def test_the_forms_are_named_once() -> None:
    assert tuple(EXPORTS) == EXPORT_FORMS


@pytest.mark.parametrize("form", [name for name, one in EXPORTS.items() if one.text])
def test_a_text_is_what_it_was(form: str) -> None:
    made = make(RECORD, form)
    if form not in ("json", "schema"):  # the first has its golden file, the second ships
        assert agrees(f"aceh.{EXPORTS[form].ending}", made.decode())
    assert make(msgspec.json.decode(msgspec.json.encode(RECORD), type=Record), form) == made


@pytest.mark.parametrize("form", [name for name in EXPORTS if name != "schema"])
def test_a_filter_narrows_and_an_empty_record_is_fine(form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    assert len(make(RECORD, form, Filter(until=dt.date(2005, 2, 1)))) < len(make(RECORD, form))
    assert make(Record(), form) is not None


def test_an_unknown_form_is_refused_with_those_there_are() -> None:
    with pytest.raises(ExportError, match="graphml"):
        make(RECORD, "xlsx")


# a file a layer


def test_the_zip_of_csv_holds_what_the_layers_are() -> None:
    with zipfile.ZipFile(io.BytesIO(make(RECORD, "csv"))) as archive:
        assert archive.namelist() == [f"{layer}.csv" for layer in FORMS]
        for layer in FORMS:
            assert archive.read(f"{layer}.csv").decode() == export.layer_to_csv(RECORD, layer)
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_files_go_into_a_folder_or_a_zip(tmp_path: Path) -> None:
    packed.write_folder(packed.csv_files(RECORD), tmp_path / "new" / "folder")
    assert sorted(p.name for p in (tmp_path / "new" / "folder").iterdir()) == sorted(f"{layer}.csv" for layer in FORMS)
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError, match="must be a folder"):
        packed.write_folder(packed.csv_files(RECORD), tmp_path / "file")
    with pytest.raises(ExportError, match="name a folder"):
        accord.open(tmp_path / "none.accord").export("csv")


def test_parquet_has_the_columns_of_the_csv_with_types() -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    files = dict(packed.parquet_files(RECORD))
    empty = dict(packed.parquet_files(Record()))
    for layer in FORMS:
        table = parquet.read_table(io.BytesIO(files[f"{layer}.parquet"]))
        assert table.column_names == columns(layer)
        assert table.num_rows == len(getattr(RECORD, layer))
        assert parquet.read_table(io.BytesIO(empty[f"{layer}.parquet"])).schema == table.schema
    figures = parquet.read_table(io.BytesIO(files["figures.parquet"]))
    assert figures.schema.field("value").type == arrow.float64()
    assert figures.column("value").to_pylist() == [figure.value for figure in RECORD.figures]
    events = parquet.read_table(io.BytesIO(files["events.parquet"]))
    assert events.schema.field("date.start").type == arrow.date32()
    assert events.column("actors").to_pylist()[0] == ["Indonesia", "Free Aceh Movement"]
    assert json.loads(events.column("evidence").to_pylist()[0])[0]["quote"].startswith("Negotiators")


def test_parquet_without_its_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(ToolMissing, match=r"accord\[parquet\]"):
        make(RECORD, "parquet")


# a timeline


def test_the_timeline_has_a_slide_for_each_dated_event_and_step() -> None:
    made = json.loads(make(RECORD, "timeline"))
    dated = [event for event in RECORD.events if event.date and event.date.known]
    steps = [step for proposal in RECORD.proposals for step in proposal.history if step.date and step.date.known]
    assert len(made["events"]) == len(dated) + len(steps)
    assert "1 more" in made["title"]["text"]["text"]  # the amnesty was offered on no day that is told
    first = made["events"][0]
    assert first["start_date"] == {"year": 2005, "month": 1, "day": 28}
    assert "met near Helsinki" in first["text"]["text"]


# a network


def test_graphml_and_gexf_hold_the_same_network() -> None:
    nodes, edges = {}, {}
    for form in ("graphml", "gexf"):
        root = ElementTree.fromstring(make(RECORD, form))
        nodes[form] = {one.get("id") for one in root.iter() if one.tag.endswith("}node")}
        edges[form] = sorted((one.get("source"), one.get("target")) for one in root.iter() if one.tag.endswith("}edge"))
    assert nodes["graphml"] == nodes["gexf"]
    assert edges["graphml"] == edges["gexf"]
    assert {end for pair in edges["gexf"] for end in pair} <= nodes["gexf"]
    assert tuple(sorted((INDONESIA.id, GAM.id))) in edges["gexf"]
    assert (MALIK.id, GAM.id) in edges["gexf"]


def test_another_library_reads_the_network() -> None:
    networkx = pytest.importorskip("networkx")
    for form, read in (("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)):
        graph = read(
            io.BytesIO(
                make(RECORD, form)
                .replace(b'version="1.3"', b'version="1.2draft"')
                .replace(b"http://gexf.net/1.3", b"http://www.gexf.net/1.2draft")
            )
        )
        assert INDONESIA.id in graph
        together = [data for _, _, data in graph.edges(data=True) if data.get("kind") == "acts with"]
        assert max(int(data["weight"]) for data in together) == 3, form


# an investigation


def test_entities_refer_to_entities_that_are_there() -> None:
    entities = [json.loads(line) for line in make(RECORD, "ftm", Filter(party="GAM")).splitlines()]
    known = {one["id"] for one in entities}
    assert len(known) == len(entities)
    refers = ("involved", "entity", "subject", "object", "agent", "client", "proof")
    for one in entities:
        for name in refers:
            assert set(one["properties"].get(name, ())) <= known, one
    assert {one["schema"] for one in entities} >= {"Article", "PublicBody", "Organization", "Person", "Event", "Note"}


def test_the_library_itself_takes_the_entities() -> None:
    ftm = pytest.importorskip("followthemoney", reason="FollowTheMoney's library is not installed")
    for line in make(RECORD, "ftm").splitlines():
        data = json.loads(line)
        proxy = ftm.model.get_proxy(data, cleaned=False)
        kept = {name: set(values) for name, values in proxy.to_dict()["properties"].items()}
        assert set(kept) == set(data["properties"]), "a property or value was not taken"
        proxy.schema.validate(proxy.to_dict())


# paper


def test_a_brief_is_one_small_page_without_script() -> None:
    page = publish(build(RECORD, title="aceh", answers=ANSWERS), "html")
    assert len(page.encode()) < 2_000_000
    assert "<script" not in page.lower()
    assert "@media print" in page
    assert "@page" in page or "break-inside" in page
    for loaded in ("<link", "<img", "@import", "url(http"):
        assert loaded not in page


def test_pdf_without_a_browser_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "BROWSERS", ("no-such-browser",))
    with pytest.raises(ToolMissing, match="no-such-browser"):
        pdf.to_pdf("<p>words")


def test_a_browser_that_does_not_print_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "BROWSERS", ("false",))
    with pytest.raises(ExportError, match="did not print"):
        pdf.to_pdf("<p>words")


@pytest.mark.skipif(pdf.browser() is None, reason="no Chromium on the PATH")
def test_the_brief_is_printed() -> None:
    made = pdf.to_pdf(publish(build(RECORD, title="aceh", answers=ANSWERS), "html"))
    assert made.startswith(b"%PDF-")
    assert len(made) > 5_000


def test_every_report_is_an_article() -> None:
    articles = [json.loads(line) for line in make(RECORD, "ftm").splitlines() if b'"Article"' in line]
    assert {one["id"] for one in articles} == {report.id for report in REPORTS}
