"""Corrections: each kind, for every layer; undone, taken over a new reading, refused where they cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from build_readings import Notes, day

from accord.errors import EditError
from accord.model.edit import Edit
from accord.model.findings import LAYERS
from accord.model.record import Record
from accord.record import Store, merge

TEXT = (
    "Juba's government and the rebels signed a truce in Khartoum on 27 June 2018. “We shall keep it,” said Riek "
    "Machar. The rebels want their own vice-president. Khartoum could close the pipeline. Some 400,000 people had "
    "died by then. The text of the paper was read out twice in Arabic and in English before anybody took a pen."
)


def note(tail: str = "", published: str = "2018-06-28", reader: str = "by-hand/1") -> Notes:
    notes = Notes(TEXT + tail, published, reader=reader)
    juba, sudan = notes.state("South Sudan", "SSD", "Juba"), notes.state("Sudan", "SDN")
    rebels = notes.body("SPLM-IO")
    machar = notes.person("Riek Machar", party=rebels)
    signed = "Juba's government and the rebels signed a truce in Khartoum on 27 June 2018"
    notes.event(signed, "AGREE", (juba, rebels), date=day("2018-06-27"), place="Khartoum")
    notes.said("“We shall keep it,” said Riek Machar", "We shall keep it", machar)
    notes.position(
        "The rebels want their own vice-president", rebels, "governance", "the rebels have a vice-president", "for"
    )
    notes.proposal(signed, "Khartoum truce", "ceasefire", ("signed", (juba, rebels), day("2018-06-27"), signed))
    notes.lever("Khartoum could close the pipeline", sudan, juba, "resources", "threatened")
    notes.figure("Some 400,000 people had died by then", "people dead", 400000.0)
    return notes


@pytest.fixture
def store(tmp_path: Path) -> Any:
    with Store.open(tmp_path / "juba.accord", create=True) as store:
        notes = note()
        store.add(notes.report, notes.reading)
        yield store


def edit(action: str, layer: str, *items: str, at: int = 0, reason: str = "", **fields: Any) -> Edit:
    time = f"2026-01-01T00:00:{at:02d}Z"
    return Edit.make(action, layer, items, author="ada", at=time, fields=fields, reason=reason)  # type: ignore[arg-type]


def first(record: Record, layer: str) -> Any:
    return record.layer(layer)[0]


CHANGES: dict[str, dict[str, Any]] = {
    "events": {"place": "Khartoum North", "status": "planned", "date": {"start": "2018-06-26", "end": "2018-06-27"}},
    "statements": {"kind": "promised"},
    "positions": {"strength": "red-line", "condition": "if the truce holds"},
    "proposals": {"kind": "peace-plan", "terms": ["no shooting"]},
    "levers": {"status": "applied"},
    "figures": {"value": 383000.0, "low": 380000.0},
}


@pytest.mark.parametrize("layer", LAYERS)
def test_change_accept_and_reject_in_every_layer_and_undo_each(store: Store, layer: str) -> None:
    before = store.record()
    item = first(before, layer)
    changed = store.add_edit(edit("change", layer, item.id, **CHANGES[layer]))
    now = first(store.record(), layer)
    expected = msgspec.convert({**msgspec.to_builtins(item), **CHANGES[layer]}, LAYERS[layer])
    assert now == expected
    assert now != item
    accepted = store.add_edit(edit("accept", layer, item.id, at=1))
    assert first(store.record(), layer).confidence == 1.0
    rejected = store.add_edit(edit("reject", layer, item.id, at=2))
    assert store.record().layer(layer) == ()
    for number, done in enumerate((rejected, accepted, changed), 3):
        store.add_edit(edit("undo", "edits", done.id, at=number))
    assert store.record() == before
    assert len(store.edits()) == 6, "nothing is ever erased"


@pytest.mark.parametrize("layer", LAYERS)
def test_add_in_every_layer(store: Store, layer: str) -> None:
    model = msgspec.to_builtins(first(store.record(), layer))
    fields = {key: value for key, value in model.items() if key not in ("id", "confidence", "why", "key")}
    store.add_edit(edit("add", layer, **fields))
    items = store.record().layer(layer)
    assert len(items) == 2, "what an analyst adds is not merged away"
    new = next(item for item in items if item.id.startswith("ad-"))
    assert new.confidence == 1.0
    assert new.why == ("added by ada",)


def test_an_added_item_rests_on_words_of_the_record_or_on_a_note_that_is_added_first(store: Store) -> None:
    remark = Notes(
        "Note by Ada: the envoy told me of a second meeting in Addis Ababa.", "2018-07-01", source="note by Ada"
    )
    evidence = msgspec.to_builtins(remark.at("a second meeting in Addis Ababa"))
    fields = {"type": "CONSULT", "status": "occurred", "evidence": [evidence], "place": "Addis Ababa"}
    with pytest.raises(EditError, match="add the note as a report first"):
        store.add_edit(edit("add", "events", **fields))
    store.add(remark.report, remark.reading)
    store.add_edit(edit("add", "events", **fields))
    assert [e.place for e in store.record().events] == ["Khartoum", "Addis Ababa"]


def test_merge_joins_what_rules_keep_apart_and_split_takes_it_out_again(store: Store) -> None:
    other = Notes("A deal was struck on the Nile, diplomats said.", "2018-08-01")
    other.event("A deal was struck on the Nile", "AGREE", (other.state("Sudan", "SDN"),), date=day("2018-07-30"))
    store.add(other.report, other.reading)
    one, two = store.record().events
    store.add_edit(edit("merge", "events", one.id, two.id, reason="the same deal"))
    (merged,) = store.record().events
    assert merged.id == one.id
    assert {e.report for e in merged.evidence} == {e.report for e in one.evidence + two.evidence}
    split = store.add_edit(edit("split", "events", two.id, at=1))
    assert split.fields == {"from": [one.id]}
    assert store.record().events == (one, two)
    held = store.judgements(one.id)
    assert {(j.verdict, j.by, j.withdrawn) for j in held} == {("same", "ada", False), ("different", "ada", False)}


def retold(published: str = "2018-07-20") -> tuple[Notes, str]:
    """Another report of the signing, and the id of the event in it."""
    words = "On 27 June the truce was signed in Khartoum by Juba and the rebels"
    notes = Notes(f"{words}.", published)
    sides = notes.state("South Sudan", "SSD"), notes.body("SPLM-IO")
    return notes, notes.event(words, "AGREE", sides, date=day("2018-06-27"), place="Khartoum")


def test_split_takes_out_what_rules_merged(store: Store) -> None:
    notes, mine = retold()
    before = store.record().events
    store.add(notes.report, notes.reading)
    (event,) = store.record().events
    assert store.record().members[event.id] == (event.id, mine)
    done = store.add_edit(edit("split", "events", mine))
    assert [e.id for e in store.record().events] == [event.id, mine]
    assert store.record().events[0] == before[0]
    store.add_edit(edit("undo", "edits", done.id, at=1))
    assert store.record().events == (event,)


def test_a_copys_words_cannot_be_split_from_the_original(store: Store) -> None:
    twin = note(" The paper itself was not shown.", "2018-06-29")
    store.add(twin.report, twin.reading)
    (event,) = store.record().events
    assert store.record().copies
    store.add_edit(edit("split", "events", twin.reading.events[0].id))
    assert store.record().events == (event,)
    assert "stands in a copy" in store.record().unapplied[0].reason


def test_an_edit_reaches_an_item_by_any_id_that_it_was_merged_from(store: Store) -> None:
    later, mine = retold()
    store.add(later.report, later.reading)
    assert len(store.record().events) == 1
    store.add_edit(edit("change", "events", mine, place="the palace in Khartoum"))
    assert first(store.record(), "events").place == "the palace in Khartoum"


def test_actors_are_renamed_merged_and_split(store: Store) -> None:
    record = store.record()
    machar = next(a for a in record.actors if a.name == "Riek Machar")
    store.add_edit(edit("rename", "actors", machar.id, name="Riek Machar Teny"))
    assert "Riek Machar Teny" in {a.name for a in store.record().actors}
    states = [a.id for a in record.actors if a.kind == "state"]
    done = store.add_edit(edit("merge", "actors", *states, at=1))
    joined = store.record()
    assert len([a for a in joined.actors if a.kind == "state"]) == 1
    assert {joined.events[0].actors[0], joined.levers[0].holder} <= {a.id for a in joined.actors}
    store.add_edit(edit("undo", "edits", done.id, at=2))
    assert len([a for a in store.record().actors if a.kind == "state"]) == 2


def test_a_partys_change_of_side_moves_what_its_people_do(store: Store) -> None:
    record = store.record()
    machar = next(a for a in record.actors if a.name == "Riek Machar")
    sudan = next(a for a in record.actors if a.name == "Sudan")
    store.add_edit(edit("change", "actors", machar.id, party=sudan.id))
    assert next(a for a in store.record().actors if a.id == machar.id).party == sudan.id


def test_propositions_are_merged_named_and_split(store: Store) -> None:
    other = Notes("The rebels demand a post of first deputy to the president.", "2018-07-02")
    rebels = other.body("SPLM-IO")
    mine = other.position(other.report.text, rebels, "governance", "the rebels hold the post of first deputy", "for")
    store.add(other.report, other.reading)
    one, two = store.record().positions
    assert one.key != two.key
    store.add_edit(edit("merge", "propositions", one.id, mine))
    assert len({p.key for p in store.record().positions}) == 1
    store.add_edit(edit("rename", "propositions", mine, at=1, name="Riek Machar is first vice-president"))
    assert {p.proposition for p in store.record().positions} == {"Riek Machar is first vice-president"}
    store.add_edit(edit("split", "propositions", mine, at=2))
    assert len({p.key for p in store.record().positions}) == 2


def test_of_two_edits_the_later_counts(store: Store) -> None:
    event = first(store.record(), "events")
    store.add_edit(edit("reject", "events", event.id))
    store.take_edits([edit("accept", "events", event.id, at=1)])
    assert first(store.record(), "events").confidence == 1.0


def test_an_undone_undo_stands_again(store: Store) -> None:
    event = first(store.record(), "events")
    rejected = store.add_edit(edit("reject", "events", event.id))
    undone = store.add_edit(edit("undo", "edits", rejected.id, at=1))
    assert len(store.record().events) == 1
    store.add_edit(edit("undo", "edits", undone.id, at=2))
    assert store.record().events == ()


def test_a_new_reading_keeps_edits_and_tells_which_lost_their_ground(store: Store) -> None:
    record = store.record()
    kept, lost = first(record, "events"), first(record, "figures")
    store.add_edit(edit("change", "events", kept.id, place="Khartoum, at the palace"))
    store.add_edit(edit("accept", "figures", lost.id, at=1))
    better = Notes(TEXT, "2018-06-28", reader="better/2")
    juba, rebels = better.state("South Sudan", "SSD"), better.body("SPLM-IO")
    better.said("“We shall keep it,” said Riek Machar", "We shall keep it", better.person("Riek Machar"))
    longer = "Juba's government and the rebels signed a truce in Khartoum"
    mine = better.event(longer, "AGREE", (juba, rebels), date=day("2018-06-27"))
    assert mine != kept.id
    assert store.add(better.report, better.reading)
    now = store.record()
    assert now.events[0].id == mine
    assert now.events[0].place == "Khartoum, at the palace", "the edit found the item on the same words"
    told = {one.item: one for one in now.unapplied}
    assert told[kept.id].moved == mine
    assert told[lost.id].moved is None
    assert "no reading has this item any more" in told[lost.id].reason
    assert store.rebuild() == now


def test_a_log_goes_from_one_record_to_another(store: Store, tmp_path: Path) -> None:
    event = first(store.record(), "events")
    store.add_edit(edit("change", "events", event.id, place="Omdurman"))
    store.add_edit(edit("reject", "levers", first(store.record(), "levers").id, at=1))
    log = msgspec.json.decode(msgspec.json.encode(store.edits()), type=tuple[Edit, ...])
    with Store.open(tmp_path / "copy.accord", create=True) as other:
        assert other.take_edits(log) == 2
        assert other.take_edits(log) == 0
        assert {one.item for one in other.record().unapplied} == {i for e in log for i in e.items}
        notes = note()
        other.add(notes.report, notes.reading)
        assert other.record() == store.record()
        assert other.record().unapplied == ()


def test_edits_in_any_order_of_the_log_are_replayed_by_their_time() -> None:
    notes = note()
    event = notes.reading.events[0]
    edits = [edit("change", "events", event.id, at=i, place=f"place {i}") for i in range(5)]
    for order in (edits, edits[::-1]):
        assert merge([notes.report], [notes.reading], order).events[0].place == "place 4"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda i: edit("accept", "weather", i), "the layer must be one of"),
        (lambda i: edit("rename", "events", i, name="x"), "events allow"),
        (lambda i: edit("reject", "actors", i), "actors allow"),
        (lambda i: edit("merge", "events", i), "at least 2 items"),
        (lambda i: edit("change", "events", i), "must change fields among"),
        (lambda i: edit("change", "events", i, id="ev-0"), "must change fields among"),
        (lambda i: edit("change", "events", i, status="maybe"), "edit change on"),
        (lambda i: edit("change", "events", i, actors=["ac-nobody"]), "must be ids of actors"),
        (lambda i: edit("change", "events", i, date={"start": "2018-07-01", "end": "2018-06-01"}), "must not be after"),
        (lambda i: edit("accept", "events", "ev-000000000000"), "the record has no item ev-000000000000"),
        (lambda i: edit("split", "events", i), "nothing else is in the merged item"),
        (lambda i: edit("merge", "events", i, i), "at least 2 items"),
        (lambda i: edit("add", "events", type="AGREE"), "must make up a Event"),
        (lambda i: edit("undo", "edits", "ed-0"), "there is no edit"),
        (lambda i: edit("rename", "propositions", i), "must have the new name"),
        (lambda i: msgspec.structs.replace(edit("accept", "events", i), author=" "), "who made it"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_not_kept(store: Store, make: Any, said: str) -> None:
    event = first(store.record(), "events")
    with pytest.raises(EditError, match=said):
        store.add_edit(make(event.id))
    assert store.edits() == ()


def test_what_is_undone_cannot_be_undone_again(store: Store) -> None:
    done = store.add_edit(edit("reject", "events", first(store.record(), "events").id))
    store.add_edit(edit("undo", "edits", done.id, at=1))
    with pytest.raises(EditError, match="undone already"):
        store.add_edit(edit("undo", "edits", done.id, at=2))


def test_the_same_edit_twice_is_kept_once(store: Store) -> None:
    made = edit("accept", "events", first(store.record(), "events").id)
    assert store.add_edit(made) == store.add_edit(made)
    assert len(store.edits()) == 1
