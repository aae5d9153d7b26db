"""Rows of PA-X and ACLED beside the record: read with care, kept apart, shown with where they come from, taken away."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from fastapi.testclient import TestClient

import accord
from accord.cli.app import run
from accord.errors import NotFound, RecordError, ReportError
from accord.model.neighbour import Neighbour, passing
from accord.model.record import Filter
from accord.model.report import Skipped
from accord.model.vocabulary.neighbours import data_sets
from accord.model.when import When
from accord.publishing import neighbours as publishing
from accord.record import Store
from accord.reports.neighbours import load_neighbours
from accord.web.app import create_app
from accord.web.asking import Asked
from accord.web.desk import Desk, Scene
from accord.web.drawing.beside import beside
from accord.web.drawing.chronicle import MOST_MARKS, picture
from simple_reader import MONDAY, TUESDAY, SimpleReader

PAX = """AgtId,Ver,Reg,Agt,Dat,Con,PP,PPName,Stage,StageSub,Lgt
7,1,Europe,Accord of the River,2021-05-07,Norland/Sudland,3,River process,SubComp,Frame,12
8,1,Europe,Truce of the Bridge,2021-04-30,(Norland),3,River process,Cea,,2
9,1,Europe,,2021-05-01,Norland,3,River process,Cea,,2
10,1,Europe,Paper without a day,,Norland,3,River process,Pre,,2
"""
Do = Callable[..., tuple[int, str, str]]
HEADS = (
    *("event_id_cnty", "event_date", "year", "time_precision", "event_type", "sub_event_type", "actor1"),
    *("assoc_actor_1", "actor2", "country", "location", "latitude", "longitude", "source", "notes", "fatalities"),
)
CLASH = "2021,1,Battles,Armed clash"
ACLED = f"""{",".join(HEADS)}
NOR1,5 May 2021,{CLASH},Army of Norland (2019-),Guard; Band,Red Front,Norland,Port,9.5,-13.7,Wire,"They, too, fought.",4
NOR2,2021-05-15,2021,3,Protests,Peaceful protest,Protesters (Sudland),,,Norland,Mill,9.1,-13.1,Wire,A march.,0
NOR3,2021-05-06,{CLASH},Red Front,,,Norland,Mill,191,-13.1,Wire,Bad latitude.,0
NOR4,5/6/2021,{CLASH},Red Front,,,Norland,Mill,9,-13.1,Wire,Which month?,0
NOR5,2021-05-06,{CLASH},Red Front,,,Norland,Mill,9,-13.1,Wire,Dead?,many
NOR6,2021-05-06,2021,1,Battles
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "pax.csv").write_text(PAX, encoding="utf-8-sig")
    (tmp_path / "acled.csv").write_text(ACLED)
    return tmp_path / "pax.csv", tmp_path / "acled.csv"


def read(*paths: Path, **more: Any) -> tuple[list[Neighbour], list[Skipped]]:
    found = list(load_neighbours(paths, **more))
    return [x for x in found if isinstance(x, Neighbour)], [x for x in found if isinstance(x, Skipped)]


def test_agreements_are_read_with_their_row(files: tuple[Path, Path]) -> None:
    (first, second), skipped = read(files[0])
    assert (first.dataset, first.key, first.row, first.file) == ("PA-X", "7", 2, str(files[0]))
    assert (first.title, first.date) == ("Accord of the River", When.day(dt.date(2021, 5, 7)))
    assert first.kind == "comprehensive substantive agreement"
    assert (first.parties, first.detail) == (("Norland", "Sudland"), "River process")
    assert dict(first.cells)["Con"] == "Norland/Sudland"
    assert (second.kind, second.parties) == ("ceasefire agreement", ("Norland",))
    assert [(one.line, one.reason[:30]) for one in skipped] == [
        (4, "a row must say what it is about; "[:30]),
        (5, "a row must have a day; 'Dat' i"),
    ]


def test_events_are_read_with_actors_places_and_how_well_the_day_is_known(files: tuple[Path, Path]) -> None:
    (clash, march), skipped = read(files[1])
    assert clash.parties == ("Army of Norland (2019-)", "Guard", "Band", "Red Front")
    assert (clash.key, clash.title, clash.kind) == ("NOR1", "Armed clash", "Battles")
    assert clash.date == When.day(dt.date(2021, 5, 5))
    assert (clash.place, clash.latitude, clash.longitude, clash.fatalities) == ("Port", 9.5, -13.7, 4)
    assert (clash.notes, clash.source) == ("They, too, fought.", "Wire")
    assert march.date == When.month(2021, 5)  # a precision of 3: some day of that month
    reasons = {one.line: one.reason for one in skipped}
    assert "latitude must be a number from -90 to 90" in reasons[4]
    assert "5/6/2021" in reasons[5]
    assert "fatalities must be a whole number" in reasons[6]
    assert "as many cells as there are columns" in reasons[7]


@pytest.mark.parametrize("one", data_sets(), ids=lambda one: one.name)
def test_the_example_of_each_data_set_is_read(one: Any, tmp_path: Path) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(one.example))
    writer.writeheader()
    writer.writerow(one.example)
    (tmp_path / "example.csv").write_text(out.getvalue())
    (found,), skipped = read(tmp_path / "example.csv")
    assert not skipped
    assert found.dataset == one.name
    assert found.key
    assert len(found.parties) >= 2


def test_another_table_is_read_by_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("Day\tWhat\tSide A\tSide B\n2021-05-09\tTalks in Mill\tNorland\tSudland\n")
    found, skipped = read(path)
    assert not found
    assert "--columns date=NAME,title=NAME" in skipped[0].reason
    (one,), _ = read(path, columns={"date": "Day", "title": "what", "parties": "Side A+Side B"})
    assert (one.dataset, one.kind, one.title, one.parties) == (
        "table",
        "event",
        "Talks in Mill",
        ("Norland", "Sudland"),
    )
    with pytest.raises(ReportError, match="a field must be one of"):
        read(path, columns={"when": "Day"})
    _, skipped = read(path, columns={"date": "Day", "title": "Nothing"})
    assert "'Nothing' is none" in skipped[0].reason
    _, skipped = read(tmp_path / "nowhere.csv")
    assert "there is none" in skipped[0].reason


def test_parties_are_met_by_any_of_their_names(files: tuple[Path, Path], tmp_path: Path) -> None:
    some = [*read(files[0])[0], *read(files[1])[0]]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_text(MONDAY)
    with accord.open(tmp_path / "t.accord") as ws:
        ws.read(tmp_path / "in", reader=SimpleReader())
        record = ws.record()

    def titles(**where: Any) -> list[str]:
        return [one.title for one in passing(record, some, Filter(**where))]

    assert titles() == ["Truce of the Bridge", "Peaceful protest", "Armed clash", "Accord of the River"]
    assert titles(party="Norland") == ["Truce of the Bridge", "Armed clash", "Accord of the River"]
    assert titles(party="red front") == ["Armed clash"]
    assert titles(party="Nor") == []
    assert titles(since=dt.date(2021, 5, 6), until=dt.date(2021, 5, 7)) == ["Peaceful protest", "Accord of the River"]
    assert titles(issue="ceasefire") == titles(report="1") == []


def test_they_are_kept_once_replaced_by_key_and_taken_away(files: tuple[Path, Path], home: str) -> None:
    """And they change nothing of the record, nor does making it anew change them."""
    with pytest.raises(RecordError):
        accord.open(home).add_neighbours(files)
    Store.open(home, create=True).close()
    with accord.open(home) as ws:
        before = ws.revision()
        done = ws.add_neighbours(files)
        assert (done.added, done.changed, done.known, len(done.skipped)) == (4, 0, 0, 6)
        again = ws.add_neighbours(files[0])
        assert (again.added, again.changed, again.known) == (0, 0, 2)
        held = ws.neighbours_of()
        assert ws.revision() == before
        ws.rebuild()
        assert ws.neighbours_of() == held
        assert list(ws.neighbours(party="Sudland")["title"]) == ["Peaceful protest", "Accord of the River"]
        files[1].write_text(ACLED.replace("fought.", "fought again."))
        assert ws.add_neighbours(files[1]).changed == 1
        assert [one.notes for one in ws.neighbours_of() if one.key == "NOR1"] == ["They, too, fought again."]
        assert ws.neighbours_digest()
        with pytest.raises(NotFound, match=r"acled\.csv"):
            ws.remove_neighbours("PA-X", "nothing.csv")
        assert ws.remove_neighbours("PA-X") == 2
        assert ws.remove_neighbours(ws.neighbours_of()[0].id, "all") == 2
        assert (ws.neighbours_of(), ws.neighbours_digest()) == ((), "")


def test_a_row_that_is_not_as_it_was_written_is_told(files: tuple[Path, Path], tmp_path: Path) -> None:
    path = tmp_path / "t.accord"
    Store.open(path, create=True).close()
    with accord.open(path) as ws:
        ws.add_neighbours(files)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE neighbour SET digest = 'x' WHERE number = 1")
    with accord.open(path) as ws, pytest.raises(RecordError, match="damaged: neighbour"):
        ws.neighbours_of()


@pytest.fixture
def do(
    files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Do:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_text(MONDAY)
    (tmp_path / "in" / "b.md").write_text(TUESDAY)
    with accord.open(tmp_path / "t.accord") as ws:
        ws.read(tmp_path / "in", reader=SimpleReader())

    def command(*arguments: str) -> tuple[int, str, str]:
        status = run(arguments)
        out = capsys.readouterr()
        return status, out.out, out.err

    return command


def test_the_commands_add_list_show_and_take_away(do: Do) -> None:
    status, out, err = do("neighbours", "t.accord", "add", "pax.csv", "acled.csv")
    assert (status, out) == (1, "Neighbours: 4 added, 6 skipped.\n")
    assert "Skipped acled.csv, line 4: latitude must be" in err
    assert do("neighbours", "t.accord", "add", "acled.csv")[1] == "Neighbours: 0 added, 2 there already, 4 skipped.\n"
    assert do("neighbours", "t.accord", "add", "in/a.md")[0] == 2
    status, out, _ = do("neighbours", "t.accord", "list", "--party", "Red Front")
    assert publishing.HEADING in out
    assert "acled.csv, row 2" in out
    assert "Accord of the River" not in out
    some = json.loads(do("neighbours", "t.accord", "list", "--format", "json")[1])
    assert some[-1]["cells"]["Agt"] == "Accord of the River"
    table = list(csv.DictReader(io.StringIO(do("neighbours", "t.accord", "list", "--format", "csv")[1])))
    assert tuple(table[0]) == publishing.COLUMNS
    assert "No report tells of these" in do("timeline", "t.accord", "--neighbours")[1]
    assert "PA-X" not in do("timeline", "t.accord")[1]
    both = json.loads(do("timeline", "t.accord", "--neighbours", "--format", "json", "--since", "2021-05-06")[1])
    assert [one["title"] for one in both["neighbours"]] == ["Peaceful protest", "Accord of the River"]
    assert do("timeline", "t.accord", "--neighbours", "--format", "csv")[0] == 2
    assert "River" not in do("brief", "t.accord")[1] + do("export", "t.accord")[1]
    assert do("neighbours", "t.accord", "remove", "acled.csv")[1] == "2 neighbours taken away.\n"
    assert do("neighbours", "t.accord", "remove", "acled.csv")[0] == 2
    for arguments in (("neighbours", "t.accord", "add"), ("neighbours", "t.accord", "remove"), ("neighbours",)):
        assert do(*arguments)[0] == 2


def test_the_workbench_shows_them_on_a_lane_of_their_own(do: Do) -> None:
    with accord.open("t.accord") as ws, TestClient(create_app(Desk(ws)), base_url="http://127.0.0.1") as client:
        before = client.get("/timeline")
        assert "From files" not in before.text
        do("neighbours", "t.accord", "add", "pax.csv", "acled.csv")
        after = client.get(
            "/timeline?since=2021-05-01&until=2021-05-31", headers={"if-none-match": before.headers["etag"]}
        )
        assert after.status_code == 200
        assert "From files, beside the record" in after.text
        assert "No report tells of these" in after.text
        assert "row 2 of acled.csv" in after.text
        assert "1 earlier" in after.text
        some = client.get("/timeline?party=Sudland").text
        assert "Peaceful protest" in some
        assert "Armed clash" not in some


def test_very_many_are_counted(do: Do) -> None:
    with accord.open("t.accord") as ws:
        record = ws.record()
    one = Neighbour(
        id="nb-0",
        dataset="ACLED",
        file="a.csv",
        row=2,
        date=When.day(dt.date(2021, 5, 5)),
        kind="Battles",
        title="Armed clash",
    )
    many = tuple(
        msgspec.structs.replace(one, id=f"nb-{n}", date=When.day(dt.date(2021, 5, 1) + dt.timedelta(days=n % 28)))
        for n in range(MOST_MARKS + 30)
    )
    scene = Scene(record, "1", lambda: many)
    asked = Asked(typed=(), where=Filter(since=dt.date(2021, 5, 1), until=dt.date(2021, 5, 31)))
    found = beside(scene, asked, picture(scene, asked, "party").window)
    assert found is not None
    assert sum(bar.count for bar in found.lane.bars) == found.total == len(many)
    assert (len(found.listed), found.lane.marks) == (MOST_MARKS, ())
    assert beside(Scene(record, "1"), asked, picture(scene, asked, "party").window) is None
