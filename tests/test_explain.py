"""Why an item is in the record: its rule, its words, who is meant, whose words they are, when, and what came of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import accord
from accord.cli.app import run
from accord.errors import NotFound
from accord.model.explanation import Explanation
from accord.publishing.explained import explanation_text
from accord.workbench import Workspace
from simple_reader import MONDAY, SimpleReader

FIRST = """---
title: A truce in the hills
published: 2014-05-21
---
KIDAL - Mali's president Ibrahim Boubacar Keita said on Tuesday that his government would never accept a partition.

The rebels called for talks. They rejected the plan of the African Union.
"""
SECOND = """---
title: No partition
published: 2014-05-22
---
Mali's president Ibrahim Boubacar Keita told reporters that Mali would never accept a partition.

The rebels rejected the plan of the African Union.
"""


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("mali")
    (folder / "a.md").write_text(FIRST)
    (folder / "b.md").write_text(SECOND)
    ws = accord.open(folder / "mali.accord")
    ws.read([folder / "a.md", folder / "b.md"])
    return ws


def statement(ws: Workspace) -> Explanation:
    said = next(s for s in ws.record().statements if "never" in s.content)
    (found,) = ws.explain(said.id)
    return found


def test_an_explanation_holds_what_the_record_holds(ws: Workspace) -> None:
    for item in (*ws.record().statements, *ws.record().events, *ws.record().positions, *ws.record().figures):
        (found,) = ws.explain(item.id)
        assert (found.id, found.confidence, found.why) == (item.id, item.confidence, item.why)
        assert found.members[0] == item.id
        assert {ground.finding for ground in found.grounds} <= set(found.members)
        assert found.grounds


def test_every_span_is_the_slice_that_it_claims_to_be(ws: Workspace) -> None:
    texts = {report.id: report.text for report in ws.record().reports}
    trails = [
        trail
        for layer in (ws.record().statements, ws.record().events, ws.record().positions, ws.record().proposals)
        for item in layer
        for found in ws.explain(item.id)
        for ground in found.grounds
        for trail in ground.trails
    ]
    assert trails
    for trail in trails:
        text = texts[trail.span.report]
        assert text[trail.span.start : trail.span.end] == trail.sentence
        assert all(text[word.span.start : word.span.end] == word.text for word in trail.top)
        assert all(text[s.start : s.end] == w for n in trail.namings for s, w in zip(n.spans, n.words, strict=True))
        assert all(text[date.span.start : date.span.end] == date.words for date in trail.dates)
        assert trail.top[0].depth == 0
        assert all(b.depth <= a.depth + 1 for a, b in zip(trail.top, trail.top[1:], strict=False))


def test_the_words_that_carried_a_statement_are_its_cue(ws: Workspace) -> None:
    trail = statement(ws).grounds[0].trails[0]
    marked = [trail.sentence[m.start - trail.span.start : m.end - trail.span.start] for m in trail.marks]
    assert marked in (["said"], ["told"])
    assert [word.text for word in trail.top if word.carries] == marked
    assert trail.voices[0].cue in ("said", "told", "told reporters")
    assert "Ibrahim Boubacar Keita" in trail.voices[0].speakers


def test_a_pronoun_is_followed_to_the_name(ws: Workspace) -> None:
    trails = [t for s in ws.record().statements for g in ws.explain(s.id)[0].grounds for t in g.trails]
    chains = {naming.words: naming for trail in trails for naming in trail.namings}
    (chain,) = {words for words in chains if words[0] == "his"}
    assert chains[chain].forms == ("pronoun", "name")
    assert "Keita" in chain[-1]
    assert chains[chain].actors == ("Ibrahim Boubacar Keita",)


def test_a_date_says_from_which_day_it_is_counted(ws: Workspace) -> None:
    (said,) = [s for s in ws.record().statements if s.evidence[0].quote.count("on Tuesday")]
    found = [d for g in ws.explain(said.id)[0].grounds for t in g.trails for d in t.dates if d.words == "on Tuesday"]
    assert str(found[0].start) == "2014-05-20"
    assert "counted from 2014-05-21" in found[0].how


def test_the_cue_of_a_position_is_marked_on_the_parse(ws: Workspace) -> None:
    position = next(p for p in ws.record().positions if any("reject" in note for note in p.why))
    (trail,) = ws.explain(position.id)[0].grounds[0].trails
    assert "rejected" in [word.text for word in trail.top if word.carries]


def test_a_reference_explains_every_item_on_its_sentence(ws: Workspace) -> None:
    (sentence,) = ws.evidence("1:1")
    assert sentence.items
    assert {found.id for found in ws.explain("1:1")} == {key for _, key in sentence.items}


def test_the_beginning_of_an_id_will_do(ws: Workspace) -> None:
    key = ws.record().statements[0].id
    assert ws.explain(key[:10]) == ws.explain(key)


def test_a_finding_that_was_merged_leads_to_its_item(ws: Workspace) -> None:
    merged = {old: new for new, olds in ws.record().members.items() for old in olds if old != new}
    assert merged, "both reports tell of the refusal and of the plan"
    for old, new in merged.items():
        (found,) = ws.explain(old)
        assert found.id == new
        assert {ground.finding for ground in found.grounds} == set(found.members) >= {old, new}
        assert any({old, new} == set(judged.items) for judged in found.judgements)
        assert "merging" in explanation_text(ws.record(), (found,))


def test_an_unknown_id_is_told_with_those_near_it(ws: Workspace) -> None:
    key = ws.record().statements[0].id
    wrong = key[:-2] + "zz"
    with pytest.raises(NotFound, match=f"{wrong}.*near it: .*{key}"):
        ws.explain(wrong)
    with pytest.raises(NotFound, match="is one of the actors"):
        ws.explain(ws.record().actors[0].id)
    with pytest.raises(NotFound, match="numbers 1 to 2"):
        ws.explain("9:1")


def test_edits_and_another_reader_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(MONDAY)
    with accord.open(tmp_path / "x.accord") as ws:
        ws.read(tmp_path / "a.md", reader=SimpleReader())
        key = ws.record().statements[0].id
        ws.accept(key, author="Ada", reason="heard it myself")
        (found,) = ws.explain(key)
        assert [(edit.action, edit.author) for edit in found.edits] == [("accept", "Ada")]
        assert found.confidence == 1.0
        assert found.grounds[0].confidence == 0.9
        assert "another reader" in (found.grounds[0].remark or "")
        text = explanation_text(ws.record(), (found,))
    assert "accept by Ada" in text
    assert "heard it myself" in text


def test_the_command_prints_what_the_method_says(ws: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    found = statement(ws)
    path = str(ws.file)
    assert run(["explain", path, found.id]) == 0
    text = capsys.readouterr().out
    assert text == explanation_text(ws.record(), (found,))
    assert text.startswith(f"{found.id} (statements) ")
    assert "*said*" in text or "*told*" in text
    assert run(["explain", path, found.id, "--format", "json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert told["id"] == found.id
    assert told["grounds"][0]["trails"][0]["sentence"] == found.grounds[0].trails[0].sentence
    assert run(["explain", path]) == 2
    assert "name the id of an item" in capsys.readouterr().err
