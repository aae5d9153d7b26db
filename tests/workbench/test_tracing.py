"""Changes, histories, meetings, judgements and the rebuild, from Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

import accord
from accord.errors import FilterError, NotFound
from accord.model.record import Record
from accord.publishing import rows
from accord.publishing.trace_forms import TRACES
from accord.workbench import TRACED, Workspace
from build_talks import NOTES, HandReader, path_of
from simple_reader import MONDAY, TUESDAY, SimpleReader


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("talks")
    for notes in NOTES:
        path_of(folder, notes).write_text(notes.written)
    with accord.open(folder / "talks.accord") as ws:
        done = ws.read(folder, reader=HandReader())
        assert done.added == len(NOTES)
        yield ws


def test_every_trace_is_a_data_frame_of_its_rows(ws: Workspace) -> None:
    for word in TRACED:
        frame = getattr(ws, word)(since="2014-02-01")
        assert list(frame.columns) == rows.columns(word)
        assert len(frame) == len(ws.trace(word, since="2014-02-01"))
    assert list(ws.history("levers").columns) == rows.columns("lever-history")
    assert list(ws.log().columns) == rows.columns("edits")
    assert set(TRACES) == {*TRACED, "lever-history", "edits"}


def test_changes_since_a_day_are_what_moved_contradicts_and_is_new(ws: Workspace) -> None:
    found = ws.changes(since="2015-02-01")
    by = {change: set(some.layer) for change, some in found.groupby("change")}
    assert by["moved"] == {"positions", "levers"}
    assert by["contradicts"] == {"discrepancies"}
    assert by["new"] >= {"positions", "figures"}
    moved = found[(found.change == "moved") & (found.layer == "positions")]
    assert list(moved.text) == ["MILF on “the front decommissions its arms”: against (demand), now for (demand)"]
    pulled = found[(found.change == "moved") & (found.layer == "levers")]
    assert list(pulled.text) == ["Philippines → MILF, force (pressure): threatened, now lifted"]
    assert ws.changes(since=dt.date(2015, 3, 1)).empty


def test_changes_are_narrowed_like_everything_else(ws: Workspace) -> None:
    assert set(ws.changes(since="2015-02", issue="disarmament").layer) == {"positions"}
    assert set(ws.changes(since="2015-02", party="Malaysia").layer) == {"events"}
    with pytest.raises(FilterError, match="changes: say since when"):
        ws.changes()
    with pytest.raises(NotFound, match="no actor"):
        ws.changes(since="2015", party="Nobody")


def test_a_history_has_its_entries_in_time_with_shifts_marked(ws: Workspace) -> None:
    found = ws.history(issue="disarmament")
    assert list(found["date"]) == ["2014-01-10", "2015-02-01"]
    assert list(found.stance) == ["against", "for"]
    assert list(found.shifts) == [[], ["stance"]]
    assert set(ws.history(shifted=True).proposition) == {"the front decommissions its arms"}
    assert set(ws.history().proposition) > {"the front decommissions its arms"}
    with pytest.raises(FilterError, match="of: must be one of positions, levers"):
        ws.history("figures")  # type: ignore[arg-type]


def test_the_states_of_a_lever_are_a_history(ws: Workspace) -> None:
    found = ws.history("levers")
    assert list(found.status) == ["threatened", "lifted"]
    assert set(found.holder) == {"Philippines"}


def test_meetings_are_listed_for_each_pair(ws: Workspace) -> None:
    found = ws.meetings()
    assert [tuple(some) for some in found.parties] == [
        ("MILF", "Malaysia"),
        ("MILF", "Philippines"),
        ("MILF", "Philippines"),
        ("Malaysia", "Philippines"),
    ]
    assert [tuple(some) for some in ws.meetings(party="Malaysia").parties] == [
        ("MILF", "Malaysia"),
        ("Malaysia", "Philippines"),
    ]
    assert list(ws.meetings(since="2015").place) == ["Kuala Lumpur"] * 3


def test_judgements_say_who_holds_two_findings_to_be_one(ws: Workspace) -> None:
    signed = next(e for e in ws.record().events if len({x.report for x in e.evidence}) == 2)
    found = ws.judgements(signed.id)
    assert set(found.verdict) == {"same"}
    assert set(found.by) == {"events"}
    assert all(0 < likeness <= 1 for likeness in found.likeness)
    assert set(found.one_says) | set(found.other_says) == {e.quote for e in signed.evidence}
    assert set(ws.judgements(party="Philippines").layer) <= {"events", "levers", "actors"}
    assert ws.judgements(verdict="different").empty
    with pytest.raises(FilterError, match="verdict: must be one of same, different, unsure"):
        ws.judgements(verdict="perhaps")  # type: ignore[arg-type]
    with pytest.raises(NotFound, match="nothing in this record is called 'ev-none00'"):
        ws.judgements("ev-none00")


def test_withdrawn_judgements_are_shown_as_such(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(MONDAY)
    (tmp_path / "b.md").write_text(TUESDAY)
    with accord.open(tmp_path / "talks.accord") as ws:
        ws.read(tmp_path, reader=SimpleReader())
        one, two = (s.id for s in ws.record().statements if "never" not in s.content)
        ws.merge([one, two], author="Ada", reason="one speech", at="2021-05-07T12:00:00Z")
        ws.undo(author="Ada")
        found = ws.judgements(one)
        mine = found[found.by == "Ada"]
        assert list(zip(mine.verdict, mine.why, mine.withdrawn, strict=True)) == [("same", "one speech", True)]
        assert list(mine["at"]) == ["2021-05-07T12:00:00.000000Z"]
        everything = ws.judgements()
        assert set(everything.by) >= {"Ada"}


def test_copies_of_a_report_are_listed_on_both_sides(tmp_path: Path) -> None:
    story = " ".join(
        f"The envoys of both sides met for the {n}th time at the harbour and spoke of peace." for n in range(9)
    )
    for name, outlet in (("a", "Delta Post"), ("b", "Upland Radio")):
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: {outlet}\npublished: 2021-05-05\n---\nNorland: {story}\n")
    with accord.open(tmp_path / "talks.accord") as ws:
        ws.read(tmp_path, reader=SimpleReader())
        frame = ws.reports()
        (first,) = [i for i, some in enumerate(frame.copies) if len(some)]
        assert frame.copies[first] == [frame.id[1 - first]]
        assert list(frame.copy_of)[1 - first] == frame.id[first]


def test_a_rebuild_gives_the_same_bytes_and_says_what_it_did(ws: Workspace) -> None:
    before = msgspec.json.encode(ws.record(), order="deterministic")
    done = ws.rebuild()
    assert done.same
    assert (done.reports, done.readings, done.edits) == (len(NOTES), len(NOTES), 0)
    assert done.items["positions"] == len(ws.record().positions)
    assert msgspec.json.encode(ws.record(), order="deterministic") == before


def test_a_rebuild_tells_when_the_record_had_been_merged_otherwise(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workspace, "record", lambda self: Record())
    assert not ws.rebuild().same


def test_similar_passages_are_of_other_reports(ws: Workspace) -> None:
    found = ws.similar("1:1", limit=3)
    assert list(found.columns) == rows.PASSAGE_COLUMNS
    assert ws.record().reports[0].id not in set(found.report)
