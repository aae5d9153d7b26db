"""Events as event coders publish them: the columns that their tools expect, and nothing that no report tells."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

import accord
from accord.cli.app import run
from accord.errors import ExportError
from accord.model.actor import Actor, Role
from accord.model.evidence import Evidence
from accord.model.findings import Event, EventStatus, EventType
from accord.model.record import Record
from accord.model.report import Report
from accord.model.when import When
from accord.publishing.exports import coded, make

TEXT = "=The rebels' envoy, Ana Ruiz, met minister Luis Paz of Peru in Lima in May. Paz will sign the accord."
REPORT = Report.make(
    TEXT, "a.txt", title="They met", outlet="Wire", published=dt.date(2001, 5, 20), url="https://w.example/1"
)
PERU = Actor(id="ac-pe", name="Peru", kind="state", code="PER", names=((REPORT.id, "Peru"),))
PAZ = Actor(
    id="ac-paz",
    name="Luis Alberto Paz",
    kind="person",
    party="ac-pe",
    names=((REPORT.id, "Luis Paz"),),
    roles=(
        Role(title="senator", as_of="1999-01-01"),
        Role(title="minister", as_of="2001-05-20"),
        Role(title="president", as_of="2003-01-01"),
    ),
)
FRONT = Actor(id="ac-fr", name="Red Front", kind="armed-group", names=((REPORT.id, "the rebels"),))


def event(words: str, **more: Any) -> Event:
    start = TEXT.index(words)
    evidence = (Evidence.cut(REPORT, start, start + len(words)),)
    fields = {"type": "CONSULT", "status": "occurred", "confidence": 0.8, "actors": ("ac-fr", "ac-paz")}
    return Event(id=f"ev-{start}-{len(words)}", evidence=evidence, **{**fields, **more})


RECORD = Record(
    reports=(REPORT,),
    actors=(PERU, PAZ, FRONT),
    events=(
        event(TEXT[:74], date=When.month(2001, 5, "in May"), place="Lima"),
        event("Paz will sign the accord.", type="AGREE", status="planned", actors=("ac-paz",), recipients=("ac-fr",)),
        event("sign the accord", type="AGREE", status="refused", actors=(), date=When.day(dt.date(2001, 6, 1))),
    ),
)


def rows(form: str, record: Record = RECORD) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(make(record, form, ending=".csv").decode(), newline="")))


def test_rows_have_the_columns_of_the_data_set_and_only_what_is_known() -> None:
    """The first forty are POLECAT's, in its order."""
    first, planned, refused = rows("polecat")
    assert tuple(first) == coded.POLECAT
    assert coded.POLECAT[:3] == ("Event ID", "Event Date", "Event Type")
    assert coded.POLECAT[39] == "Version"
    assert first["Event Date"] == ""  # it was some day in May
    assert (first["Event Date From"], first["Event Date To"]) == ("2001-05-01", "2001-05-31")
    assert (first["Quad Code"], first["Contexts"]) == ("VERBAL COOPERATION", "")
    assert (first["Actor Name"], first["Actor Name Raw"]) == ("Red Front; Luis Alberto Paz", "the rebels; Luis Paz")
    assert (first["Actor Country"], first["Actor Title"]) == ("PER", "minister")
    assert (first["Raw Placename"], first["Placename"], first["Latitude"]) == ("Lima", "", "")
    assert (first["Story People"], first["Story Organizations"]) == ("Luis Paz", "the rebels")
    assert (first["Headline"], first["Story ID"], first["Publication Date"]) == ("They met", REPORT.id, "2001-05-20")
    assert first["Quote"].startswith("'=The rebels")  # not a formula for a spreadsheet
    assert (planned["Contexts"], planned["Recipient Name"], planned["Event Date From"]) == ("future", "Red Front", "")
    assert (refused["Contexts"], refused["Event Date"], refused["Actor Name"]) == ("negation", "2001-06-01", "")
    unknown = ("Event Intensity", "Actor COW", "Primary Actor Sector", "Wikipedia Actor ID", "GeoNames ID", "Version")
    assert not any(row[column] for row in (first, planned, refused) for column in unknown)


def test_records_have_the_fields_of_the_manual() -> None:
    first, planned, refused = (json.loads(line) for line in make(RECORD, "plover").decode().splitlines())
    assert (first["date"], first["enddate"], first["event"], first["quad_code"]) == (
        "2001-05-01",
        "2001-05-31",
        ["CONSULT"],
        1,
    )
    assert first["source"][1] == {
        "code": "PER",
        "actor_text": "Luis Paz",
        "identifier_id": "ac-paz",
        "identifier_text": "Luis Alberto Paz",
        "office": "minister",
    }
    assert TEXT[first["text_info"]["start"] : first["text_info"]["end"]] == first["event_text"][0]
    assert first["event_loc"] == {"name": "Lima"}
    assert first["cite_info"]["url"] == "https://w.example/1"
    assert "recipient" not in first
    assert (planned["context"], "date" in planned, planned["recipient"][0]["actor_text"]) == (
        ["future"],
        False,
        "the rebels",
    )
    assert (refused["context"], "source" in refused, "enddate" in refused) == (["negation"], False, False)
    table = rows("plover")
    assert tuple(table[0]) == coded.PLOVER
    assert (table[0]["source"], table[0]["source_code"], table[0]["event_loc"]) == (
        "the rebels; Luis Paz",
        "PER",
        "Lima",
    )


@pytest.mark.parametrize("form", sorted(coded.KINDS))
def test_parquet_has_the_same_rows_with_types(form: str) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(io.BytesIO(make(RECORD, form, ending=".parquet")))
    empty = parquet.read_table(io.BytesIO(make(Record(), form, ending=".parquet")))
    assert table.schema == empty.schema
    days = [field.name for field in table.schema if field.type == arrow.date32()]
    assert days == [
        name for name in table.column_names if name in ("Publication Date", "date", "enddate") or "Event Date" in name
    ]
    for one, other in zip(table.to_pylist(), rows(form), strict=True):
        assert {k: "" if v is None else str(v) for k, v in one.items()} == {
            k: v.removeprefix("'") for k, v in other.items()
        }


def test_every_type_and_status_has_a_code() -> None:
    for kind in get_args(EventType):
        for status in get_args(EventStatus):
            changed = msgspec.structs.replace(RECORD.events[0], type=kind, status=status)
            (row,) = rows("polecat", msgspec.structs.replace(RECORD, events=(changed,)))
            assert row["Quad Code"]
            assert bool(row["Contexts"]) == (status != "occurred")


def test_the_ending_of_the_file_tells_its_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ExportError, match=r"\.parquet"):
        make(RECORD, "polecat", ending=".xlsx")
    with accord.open(tmp_path / "t.accord") as ws:
        ws._record = RECORD
        ws.export("plover", tmp_path / "events.csv")
        assert (tmp_path / "events.csv").read_bytes() == coded.plover_csv(RECORD, None)
        assert ws.export("plover") == coded.plover_lines(RECORD, None).decode()
    assert run(["export", str(tmp_path / "none.accord"), "--format", "polecat"]) == 2
    assert "no such record" in capsys.readouterr().err
