"""Corrections from Python: every kind of edit, who made it, what it rests on, and what became of it."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

import accord
from accord.errors import EditError, NotFound
from accord.model.evidence import Evidence
from accord.model.findings import LAYERS
from accord.model.reading import Reading
from accord.model.report import Report
from accord.model.when import When
from accord.workbench import Workspace
from accord.workbench.correcting import Correcting
from simple_reader import MONDAY, TUESDAY, SimpleReader


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_text(MONDAY)
    (tmp_path / "in" / "b.md").write_text(TUESDAY)
    with accord.open(tmp_path / "talks.accord") as ws:
        ws.read(tmp_path / "in", reader=SimpleReader())
        yield ws


def words(ws: Workspace) -> list[str]:
    return [one.content for one in ws.record().statements]


def actor(ws: Workspace, name: str) -> str:
    return next(a.id for a in ws.record().actors if a.name == name)


# --- each kind of edit


def test_accept_and_reject_an_item_by_its_sentence(ws: Workspace) -> None:
    accepted = ws.accept("1:2", layer="statements", author="Ada", reason="heard it myself")
    assert (accepted.action, accepted.layer, accepted.author) == ("accept", "statements", "Ada")
    assert ws.record().statements[1].confidence == 1.0
    ws.reject("1:2", layer="statements", author="Ada")
    assert "we will never lay down arms." not in words(ws)
    ws.undo(author="Ada")
    assert ws.record().statements[1].confidence == 1.0


def test_an_item_is_named_by_its_id_or_the_beginning_of_it(ws: Workspace) -> None:
    item = ws.record().statements[0].id
    assert ws.accept(item[:9], author="Ada").items == (item,)
    with pytest.raises(NotFound, match="nothing in this record is called 'st-'"):
        ws.accept("st-", author="Ada")


def test_a_sentence_with_several_items_lists_them_in_words(ws: Workspace) -> None:
    with pytest.raises(NotFound) as problem:
        ws.reject("1:2", author="Ada")
    said = str(problem.value)
    assert "Sudland said: we will never lay down arms." in said
    assert "Sudland on “The fighting stops”: against (red line)" in said
    with pytest.raises(NotFound, match="nothing among the events rests on this sentence"):
        ws.reject("1:2", layer="events", author="Ada")


def test_fields_are_written_as_people_write_them(ws: Workspace) -> None:
    item = ws.record().positions[1].id
    ws.change(item, {"stance": "open", "date": "2021-05", "party": "norland", "condition": ""}, author="Ada")
    changed = next(p for p in ws.record().positions if p.id == item)
    assert (changed.stance, changed.date, changed.condition) == ("open", When.month(2021, 5), None)
    assert changed.party == actor(ws, "Norland")
    ws.change(item, {"date": dt.date(2021, 5, 7), "confidence": "0.4"}, author="Ada")
    changed = next(p for p in ws.record().positions if p.id == item)
    assert (changed.date, changed.confidence) == (When.day(dt.date(2021, 5, 7)), 0.4)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"stance": "unsure"}, "stance: must be one of against, for, open; got 'unsure'"),
        ({"date": "soon"}, "date: must be a day, a month, a year or an interval"),
        ({"confidence": "high"}, "confidence: must be a number"),
        ({"confidence": "7"}, "confidence must be from 0 to 1"),
        ({"party": "Westland"}, "no actor of this record is called 'Westland'"),
        ({"chain": "Norland; Westland"}, "no actor of this record is called 'Westland'"),
        ({"why": "[1,"}, "must be JSON"),
        ({"weather": "fair"}, "must change fields among"),
        ({"evidence": "[]"}, "must change fields among"),
        ({}, "got none"),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_nothing_is_written(
    ws: Workspace, fields: dict[str, Any], said: str
) -> None:
    with pytest.raises(EditError, match=said.replace("(", r"\(")):
        ws.change(ws.record().positions[0].id, fields, author="Ada")
    assert ws.edits() == ()


def test_a_statements_content_stays_the_reports_words(ws: Workspace) -> None:
    item = ws.record().statements[1].id
    ws.change(item, {"content": "never lay down arms"}, author="Ada")
    changed = next(s for s in ws.record().statements if s.id == item)
    report = ws.record().report(changed.content_span.report)
    assert report is not None
    assert report.text[changed.content_span.start : changed.content_span.end] == "never lay down arms"
    with pytest.raises(EditError, match="word for word"):
        ws.change(item, {"content": "never disarm"}, author="Ada")


def test_actors_are_renamed_and_merged_by_name(ws: Workspace) -> None:
    ws.rename("Norland", "Kingdom of Norland", author="Ada")
    assert {a.name for a in ws.record().actors} == {"Kingdom of Norland", "Sudland"}
    ws.merge(["Kingdom of Norland", "Sudland"], author="Ada")
    assert len(ws.record().actors) == 1
    ws.undo("last", author="Ada", reason="a slip")
    assert len(ws.record().actors) == 2


def test_findings_are_merged_and_split_again(ws: Workspace) -> None:
    one, two = (s.id for s in ws.record().statements if s.speaker == actor(ws, "Norland"))
    ws.merge([one, two], author="Ada", reason="one speech")
    assert len(ws.record().statements) == 2
    split = ws.split(two, author="Bo")
    assert split.fields == {"from": [one]}
    assert len(ws.record().statements) == 3
    verdicts = ws.judgements(one)
    assert set(zip(verdicts.verdict, verdicts.by, strict=True)) >= {("same", "Ada"), ("different", "Bo")}


def test_a_split_may_be_from_one_alone(ws: Workspace) -> None:
    one, two, three = (s.id for s in ws.record().statements)
    ws.merge([one, two, three], author="Ada")
    ws.split(three, away_from=one, author="Ada")
    assert [e.fields.get("from") for e in ws.edits()] == [None, [one]]


def test_propositions_are_named_by_a_position_or_their_own_id(ws: Workspace) -> None:
    position = ws.record().positions[0]
    assert position.key is not None
    for named in (position.key, position.id):
        edit = ws.rename(named, f"The guns fall silent {named[:2]}", author="Ada", layer="propositions")
        assert edit.layer == "propositions"
    assert {p.proposition for p in ws.record().positions} == {"The guns fall silent po"}


def test_what_was_rejected_is_back_once_that_is_undone(ws: Workspace) -> None:
    item = ws.record().positions[0].id
    rejected = ws.reject(item, author="Ada")
    with pytest.raises(NotFound, match=f"was rejected by Ada; undo {rejected.id} first"):
        ws.accept(item, author="Bo")
    ws.undo(rejected.id, author="Bo")
    assert ws.accept(item, author="Bo").items == (item,)


def test_items_of_two_layers_make_no_edit(ws: Workspace) -> None:
    with pytest.raises(NotFound, match="must be of one layer"):
        ws.merge([ws.record().statements[0].id, ws.record().positions[0].id], author="Ada")
    with pytest.raises(EditError, match="the layer must be one of"):
        ws.accept("1:1", layer="weather", author="Ada")
    with pytest.raises(EditError, match="name the item"):
        ws.accept([], author="Ada")


# --- what an added item rests on

NEW: dict[str, dict[str, Any]] = {
    "statements": {"speaker": "Sudland", "role": "party", "mode": "indirect", "kind": "warned"},
    "events": {"type": "CONSULT", "status": "occurred", "actors": "Norland; Sudland", "date": "2021-05-04"},
    "positions": {
        "party": "Sudland",
        "issue": "disarmament",
        "proposition": "Sudland disarms",
        "stance": "against",
        "strength": "red-line",
    },
    "proposals": {
        "name": "Delta truce",
        "kind": "ceasefire",
        "by": ["Norland"],
        "terms": "arms are laid down; guns are counted",
        "history": "proposed 2021-05-04; rejected",
    },
    "levers": {
        "holder": "Norland",
        "target": "Sudland",
        "instrument": "force",
        "direction": "pressure",
        "status": "threatened",
    },
    "figures": {"measure": "guns", "value": "2500", "low": "2000"},
}


@pytest.mark.parametrize("layer", LAYERS)
def test_an_item_is_added_in_every_layer_on_words_of_a_report(ws: Workspace, layer: str) -> None:
    before = len(ws.record().layer(layer))
    edit = ws.add(layer, NEW[layer], evidence="1:we will never lay down arms", author="Ada")
    items = ws.record().layer(layer)
    assert len(items) == before + 1
    new = next(item for item in items if item.id.startswith("ad-"))
    report = ws.record().report(new.evidence[0].report)
    assert report is not None
    assert report.text[new.evidence[0].start : new.evidence[0].end] == "we will never lay down arms"
    assert new.confidence == 1.0
    if layer == "proposals":
        assert [str(s.date or "") for s in new.history] == ["2021-05-04", ""]  # type: ignore[attr-defined]
        assert new.terms == ("arms are laid down", "guns are counted")  # type: ignore[attr-defined]
    ws.undo(edit.id, author="Ada")
    assert len(ws.record().layer(layer)) == before


@pytest.mark.parametrize("layer", LAYERS)
def test_an_item_is_added_in_every_layer_on_a_note(ws: Workspace, layer: str) -> None:
    ws.add(layer, NEW[layer], note="Their envoy told me so.", author="Ada", at="2021-05-08T10:00:00+02:00")
    new = next(item for item in ws.record().layer(layer) if item.id.startswith("ad-"))
    note = ws.record().report(new.evidence[0].report)
    assert note is not None
    assert (note.title, note.source, note.text) == ("Note by Ada", "note by Ada", "Their envoy told me so.")
    assert note.published == dt.date(2021, 5, 8)
    assert ws.edits()[0].at == "2021-05-08T08:00:00.000000Z"


def test_evidence_is_a_sentence_or_a_quote_or_a_value(ws: Workspace) -> None:
    report = ws.record().reports[1]
    value = Evidence.cut(report, 0, 7)
    for words in ("2:1", "[2:1]", "b.md:the offer stands", "The answer:the  offer\nstands", [value, "1:1"]):
        edit = ws.add("figures", {"measure": str(words), "value": 1}, evidence=words, author="Ada")
        assert edit.fields["evidence"][0]["report"] == report.id


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        ("2:the offer falls", "must stand word for word in “The answer”"),
        ("2:the", "must stand once in “The answer”; “the” stands 2 times"),
        ("the offer stands", "must be REPORT:QUOTE"),
        ("2:", "must be REPORT:QUOTE"),
        ("9:the offer", "no report of this record"),
        ("2:9", "the sentences of report 2 have the numbers"),
        ([], "give the evidence"),
    ],
)
def test_evidence_that_is_not_there_is_refused(ws: Workspace, evidence: Any, said: str) -> None:
    with pytest.raises(accord.AccordError, match=said):
        ws.add("figures", {"measure": "guns", "value": 1}, evidence=evidence, author="Ada")
    assert ws.edits() == ()


@pytest.mark.parametrize(
    ("fields", "more", "said"),
    [
        ({"measure": "guns"}, {}, "must make up a Figure; Object missing required field `value`"),
        ({"measure": "guns", "value": "many"}, {}, "value: must be a number"),
        ({"measure": "guns", "value": 1}, {"evidence": "1:1"}, "one of the two"),
        ({"measure": "guns", "value": 1}, {"note": " "}, "it is empty"),
        ({"measure": "guns", "value": 1}, {"author": " "}, "who made it"),
    ],
)
def test_an_addition_that_cannot_be_meant_leaves_no_note_behind(
    ws: Workspace, fields: dict[str, Any], more: dict[str, Any], said: str
) -> None:
    with pytest.raises(EditError, match=said):
        ws.add("figures", fields, **{"note": "I counted them.", "author": "Ada", **more})
    assert len(ws.record().reports) == 2
    with pytest.raises(EditError, match="the layer must be one of statements"):
        ws.add("weather", {}, note="Rain.", author="Ada")


# --- who, when, and what is undone


def test_edits_of_one_moment_keep_their_order(ws: Workspace) -> None:
    item = ws.record().positions[0].id
    for stance in ("open", "against", "for", "open"):
        ws.change(item, {"stance": stance}, author="Ada")
    times = [edit.at for edit in ws.edits()]
    assert all(a < b for a, b in itertools.pairwise(times))
    assert ws.record().positions[0].stance == "open"
    ws.undo(author="Ada")
    assert ws.record().positions[0].stance == "for"


def test_a_time_is_always_later_than_the_last_edits(ws: Workspace) -> None:
    ws.accept("1:1", layer="positions", author="Ada", at="2999-01-01T00:00:00Z")
    assert ws.reject("1:1", layer="positions", author="Ada").at == "2999-01-01T00:00:00.000001Z"
    with pytest.raises(EditError, match="at: must be a time"):
        ws.accept("1:1", layer="statements", author="Ada", at="yesterday")


def test_an_undone_undo_stands_again_and_the_log_says_so(ws: Workspace) -> None:
    rejected = ws.reject("1:1", layer="positions", author="Ada")
    undone = ws.undo(rejected.id, author="Bo")
    assert list(ws.log().stands) == [False, True]
    ws.undo(undone.id, author="Ada")
    assert list(ws.log().stands) == [True, False, True]
    assert len(ws.record().positions) == 2
    with pytest.raises(NotFound, match="no edit 'ed-none' in the log"):
        ws.undo("ed-none", author="Ada")


def test_there_is_no_last_edit_where_none_stands(ws: Workspace) -> None:
    with pytest.raises(NotFound, match="no edit of the log stands"):
        ws.undo(author="Ada")


def test_an_edit_must_have_an_author(ws: Workspace) -> None:
    with pytest.raises(EditError, match="who made it"):
        ws.accept("1:1", layer="positions", author="  ")


def test_every_way_of_editing_keeps_who_and_why(ws: Workspace) -> None:
    item = ws.record().positions[0].id
    ws.accept(item, author="Ada", reason="why 0")
    ws.reject("1:2", layer="positions", author="Ada", reason="why 1")
    ws.change(item, {"stance": "open"}, author="Ada", reason="why 2")
    ws.rename("Norland", "Northland", author="Ada", reason="why 3")
    ws.add("figures", NEW["figures"], evidence="1:1", author="Ada", reason="why 4")
    ws.undo(author="Ada", reason="why 5")
    log = ws.log()
    assert list(log.reason) == [f"why {n}" for n in range(6)]
    assert set(log.author) == {"Ada"}
    assert list(log.action) == ["accept", "reject", "change", "rename", "add", "undo"]
    assert log.about[0] == ["Norland: the fighting must stop at once."]
    assert log.about[3] == ["Northland"]


# --- readings that move


class BetterReader(SimpleReader):
    """Finds nothing about Sudland, and Norland's sentences as items with other ids."""

    fingerprint = "better-1"

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        for reading in super().read(reports):
            kept = tuple(
                msgspec.structs.replace(p, id=p.id + "b")
                for p in reading.positions
                if "never" not in p.evidence[0].quote
            )
            yield msgspec.structs.replace(reading, positions=kept)


def test_a_better_reader_keeps_edits_and_tells_which_lost_their_ground(ws: Workspace, tmp_path: Path) -> None:
    kept = ws.change("1:1", {"stance": "open"}, layer="positions", author="Ada")
    lost = ws.accept("1:2", layer="positions", author="Ada")
    done = ws.read(tmp_path / "in", reader=BetterReader())
    told = {one.edit: one for one in done.unapplied}
    assert told[kept.id].moved == kept.items[0] + "b"
    assert "no reading has this item any more" in told[lost.id].reason
    assert ws.unapplied() == done.unapplied
    assert ws.record().positions[0].stance == "open"
    assert [bool(some) for some in ws.log().unapplied] == [True, True]
    assert ws.read(tmp_path / "in", reader=BetterReader()).unapplied == ()


# --- the log as a file


def test_a_log_takes_its_notes_to_another_record(ws: Workspace, tmp_path: Path) -> None:
    ws.change("1:1", {"stance": "open"}, layer="positions", author="Ada")
    ws.add("figures", NEW["figures"], note="I counted the guns.", author="Ada")
    path = tmp_path / "edits.json"
    assert ws.export_edits(path) is None
    text = ws.export_edits()
    assert text == path.read_text()
    with accord.open(tmp_path / "other.accord") as other:
        other.read(tmp_path / "in", reader=SimpleReader())
        assert other.import_edits(path) == 2
        assert other.import_edits(path) == 0
        assert other.export("json") == ws.export("json")
        assert other.export_edits() == text


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda log: "no JSON", "must be a log that Accord exported"),
        (lambda log: json.dumps({**log, "format": "accord-edits/9"}), "must be a log that Accord exported"),
        (lambda log: json.dumps({"format": "accord-edits/1"}), "missing required field `edits`"),
        (lambda log: json.dumps(log).replace('"Ada"', '"Bo"'), "was changed by hand"),
        (lambda log: json.dumps(log).replace("counted", "guessed"), "was changed by hand"),
    ],
)
def test_a_file_that_is_no_log_is_refused_whole(ws: Workspace, tmp_path: Path, spoil: Any, said: str) -> None:
    ws.add("figures", NEW["figures"], note="I counted the guns.", author="Ada")
    path = tmp_path / "edits.json"
    path.write_text(spoil(json.loads(ws.export_edits() or "")))
    with accord.open(tmp_path / "other.accord") as other:
        other.read(tmp_path / "in", reader=SimpleReader())
        with pytest.raises(EditError, match=said):
            other.import_edits(path)
        assert other.edits() == ()
        assert len(other.record().reports) == 2
        with pytest.raises(EditError, match="cannot be read"):
            other.import_edits(tmp_path / "nowhere.json")


def test_every_write_is_a_method_of_the_workbench() -> None:
    for name in ("accept", "reject", "change", "add", "merge", "split", "rename", "undo", "import_edits"):
        assert getattr(Workspace, name) is getattr(Correcting, name)
