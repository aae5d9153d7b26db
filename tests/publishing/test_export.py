from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from golden import agrees

from accord.errors import ExportError, NotFound
from accord.model.findings import LAYERS
from accord.model.record import Dating, Filter, Record
from accord.publishing import export, rows, tables
from accord.publishing.files import write_file
from accord.publishing.forms import FORMS
from accord.publishing.tables import layer_table
from aceh import AUGUST, FEBRUARY, GAM, INDONESIA, JANUARY, KALLA, RECORD, UNDATED, cite


@pytest.fixture(scope="module")
def exported() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(export.to_json(RECORD))
    return found


def test_the_export_is_what_it_was() -> None:
    assert agrees("aceh.export.json", export.to_json(RECORD))


def test_equal_records_give_equal_bytes() -> None:
    again = msgspec.json.decode(msgspec.json.encode(RECORD), type=Record)
    assert again == RECORD
    assert again is not RECORD
    assert export.to_json(again) == export.to_json(RECORD)
    assert all(export.layer_to_csv(again, layer) == export.layer_to_csv(RECORD, layer) for layer in FORMS)


def test_the_shipped_schema_is_made_from_the_forms() -> None:
    """Write it anew: python -c "from accord.publishing import export; print(export.schema(), end='')" > the file."""
    assert export.shipped_schema() == export.schema()


def test_the_export_validates_against_the_shipped_schema(exported: dict[str, Any]) -> None:
    schema = json.loads(export.shipped_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert not list(validator.iter_errors(exported))
    broken = json.loads(json.dumps(exported))
    broken["positions"][0]["stance"] = "perhaps"
    broken["events"][0]["evidence"] = []
    del broken["statements"][0]["content_span"]
    assert len(list(validator.iter_errors(broken))) == 3


def test_every_evidence_is_the_slice_that_it_claims_to_be(exported: dict[str, Any]) -> None:
    texts = {report.id: report.text for report in RECORD.reports}
    count = 0
    for layer in LAYERS:
        for item in exported[layer]:
            for one in [*item["evidence"], *(e for step in item.get("history", ()) for e in step["evidence"])]:
                assert texts[one["report"]][one["start"] : one["end"]] == one["quote"]
                count += 1
            if layer == "statements":
                span = item["content_span"]
                assert texts[span["report"]][span["start"] : span["end"]] == item["content"]
    assert count > 25


def test_an_actor_is_named_as_the_items_first_report_writes_it(exported: dict[str, Any]) -> None:
    by_report = {
        item["evidence"][0]["report"]: item["party"] for item in exported["positions"] if item["party_id"] == GAM.id
    }
    assert by_report == {JANUARY.id: "Free Aceh Movement", FEBRUARY.id: "GAM"}
    memorandum = exported["proposals"][0]
    assert (memorandum["by"], memorandum["by_ids"]) == (["Indonesia", "GAM"], [INDONESIA.id, GAM.id])
    assert [step["by"] for step in memorandum["history"]][1] == ["Hamid Awaludin", "Malik Mahmud"]


def test_a_step_names_its_actors_by_its_own_report() -> None:
    step = RECORD.proposals[0].history[0]
    late = msgspec.structs.replace(step, by=(KALLA.id,))
    proposal = msgspec.structs.replace(RECORD.proposals[0], history=(late,), evidence=cite(AUGUST, "840 weapons"))
    row = rows.rows(msgspec.structs.replace(RECORD, proposals=(proposal,)), "proposals")[0]
    assert row["history"][0]["by"] == ["Mr. Kalla"]


def test_a_date_is_its_bounds_and_its_words_or_nothing(exported: dict[str, Any]) -> None:
    dates = [event["date"] for event in exported["events"]]
    assert dates[0] == {"start": "2005-01-28", "end": "2005-01-28", "text": "on Friday"}
    assert dates[5] == {"start": None, "end": "2005-12-31", "text": "by the end of the year"}
    assert exported["levers"][0]["date"] is None


def test_a_dating_is_exported_with_its_report() -> None:
    day = FEBRUARY.published
    assert day is not None
    dating = Dating(
        report=UNDATED.id, start=day, end=day, evidence=cite(UNDATED, "Lhokseumawe"), why=("so",), confidence=0.5
    )
    row = rows.rows(msgspec.structs.replace(RECORD, datings=(dating,)), "reports")[4]
    assert row["published"] is None
    assert (row["dating"]["start"], row["dating"]["why"]) == ("2005-02-22", ["so"])
    assert rows.flat(row, "reports")["dating.end"] == "2005-02-22"


def test_the_table_of_reports_says_what_dates_one_that_has_no_date() -> None:
    day = FEBRUARY.published
    assert day is not None
    why = (f"what it dates 'on Tuesday', report {FEBRUARY.id} dates Tuesday {day}",)
    evidence = (*cite(UNDATED, "Lhokseumawe"), *cite(FEBRUARY, "amnesty"))
    dating = Dating(report=UNDATED.id, start=day, end=day, evidence=evidence, why=why, confidence=0.5)
    table = layer_table(msgspec.structs.replace(RECORD, datings=(dating,)), "reports", width=120)
    words = " ".join(table.split())
    assert "2005-02-22?" in words
    assert "dated so:" in words
    assert "report 2" in words


@pytest.mark.parametrize("layer", FORMS)
def test_flat_rows_have_the_columns_that_are_promised(layer: str) -> None:
    flat = [rows.flat(row, layer) for row in rows.rows(RECORD, layer)]
    assert flat
    assert all(list(row) == rows.columns(layer) for row in flat)
    text = export.layer_to_csv(RECORD, layer)
    read = list(csv.DictReader(io.StringIO(text, newline="")))
    assert list(read[0]) == rows.columns(layer)
    assert len(read) == len(flat)
    assert agrees(f"aceh.{layer}.csv", text)


def test_a_flat_row_has_the_day_and_the_first_evidence() -> None:
    row = rows.flat(rows.rows(RECORD, "events")[0], "events")
    assert (row["date"], row["date.text"]) == ("2005-01-28", "on Friday")
    assert row["quote"].startswith("Negotiators of Indonesia")
    assert row["report"] == JANUARY.id
    assert rows.flat(rows.rows(RECORD, "levers")[0], "levers")["date"] is None


def test_a_filter_narrows_every_layer(exported: dict[str, Any]) -> None:
    narrowed = json.loads(export.to_json(RECORD, Filter(party="GAM", confidence=0.75)))
    assert {p["party_id"] for p in narrowed["positions"]} == {GAM.id}
    assert all(item["confidence"] >= 0.75 for layer in LAYERS for item in narrowed[layer])
    assert len(narrowed["events"]) < len(exported["events"])
    assert UNDATED.id not in {report["id"] for report in narrowed["reports"]}


def test_an_unknown_layer_is_refused_with_those_there_are() -> None:
    with pytest.raises(NotFound, match=r"no layer 'opinions'.*statements, events"):
        rows.rows(RECORD, "opinions")


def test_a_spreadsheet_takes_no_words_for_a_formula() -> None:
    report = msgspec.structs.replace(JANUARY, title='=HYPERLINK("http://x","y")', outlet="-Times", source="@x")
    text = export.layer_to_csv(Record(reports=(report,)), "reports")
    row = next(csv.DictReader(io.StringIO(text, newline="")))
    assert (row["title"], row["outlet"], row["source"]) == ("'" + '=HYPERLINK("http://x","y")', "'-Times", "'@x")


def test_csv_keeps_numbers_as_numbers() -> None:
    figure = msgspec.structs.replace(RECORD.figures[0], value=-3.5, low=None)
    row = next(
        csv.DictReader(io.StringIO(export.layer_to_csv(Record(reports=RECORD.reports, figures=(figure,)), "figures")))
    )
    assert (row["value"], row["low"]) == ("-3.5", "")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "brief.html"
    path.write_text("old")
    with pytest.raises(ExportError, match="cannot be written"):
        write_file(tmp_path / "none" / "brief.html", "new")
    (tmp_path / "taken").mkdir()
    with pytest.raises(ExportError, match="cannot be written"):
        write_file(tmp_path / "taken", "new")
    write_file(path, "line\n“end”")
    assert path.read_bytes() == "line\n“end”".encode()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["brief.html", "taken"]


def test_a_table_shows_a_proposition_in_words_also_where_it_has_an_id() -> None:
    keyed = tuple(msgspec.structs.replace(p, key="pr-000000000001") for p in RECORD.positions)
    shown = tables.layer_table(msgspec.structs.replace(RECORD, positions=keyed), "positions")
    assert shown == tables.layer_table(RECORD, "positions")
    assert "pr-0000" not in shown
