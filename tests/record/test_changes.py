"""What a new day's reports brought."""

from __future__ import annotations

import datetime as dt

from build_readings import Notes, day, resolve

from accord.model.when import When
from accord.record import changes, merge


def stance(published: str, stance: str) -> Notes:
    notes = Notes(f"The Moro front is {stance} decommissioning its arms, it said on {published}.", published)
    quote = notes.report.text[:-1]
    notes.position(quote, notes.body("MILF"), "disarmament", "the front decommissions its arms", stance)
    return notes


def killed(published: str, number: float) -> Notes:
    notes = Notes(f"{number} fighters were killed at Mamasapano, {published}.", published)
    notes.figure(notes.report.text[:-1], "fighters killed at Mamasapano", number, date=day("2015-01-25"))
    return notes


def test_what_is_new_what_moved_and_what_contradicts() -> None:
    notes = [
        stance("2014-01-10", "against"),
        stance("2015-02-01", "for"),
        killed("2015-01-26", 44.0),
        killed("2015-02-02", 67.0),
    ]
    record = merge([n.report for n in notes], [n.reading for n in notes])
    found = changes(record, dt.date(2015, 2, 1))
    assert set(found.reports) == {notes[1].report.id, notes[3].report.id}
    assert found.new["positions"] == (notes[1].reading.positions[0].id,)
    assert found.new["figures"] == (notes[3].reading.figures[0].id,)
    assert [[e.shifts for e in history.entries] for history in found.moved] == [[(), ("stance",)]]
    assert len(found.discrepancies) == 1
    later = changes(record, dt.date(2015, 3, 1))
    assert (later.reports, later.moved, later.discrepancies) == ((), (), ())
    assert not any(later.new.values())


def test_what_was_known_and_is_told_again_is_confirmed_not_new() -> None:
    one, two = (
        Notes(f"{head} The front and Manila signed the annex on normalisation.", p)
        for head, p in (("", "2014-01-26"), ("Manila.", "2014-02-03"))
    )
    for notes in (one, two):
        sides = notes.body("MILF"), notes.state("Philippines", "PHL")
        notes.event("The front and Manila signed the annex on normalisation", "AGREE", sides, date=day("2014-01-25"))
    record = merge([one.report, two.report], [one.reading, two.reading])
    found = changes(record, dt.date(2014, 2, 1))
    assert found.new["events"] == ()
    assert found.confirmed["events"] == (record.events[0].id,)


def test_an_undated_report_counts_by_what_others_tell_of_its_day() -> None:
    dated = Notes("The front and Manila signed the annex on normalisation in Kuala Lumpur.", "2014-01-26")
    undated = Notes("On Saturday the front and Manila signed the annex on normalisation in Kuala Lumpur.", None)
    for notes, when in ((dated, day("2014-01-25")), (undated, When(None, None, "On Saturday"))):
        sides = notes.body("MILF"), notes.state("Philippines", "PHL")
        notes.event("signed the annex on normalisation in Kuala Lumpur", "AGREE", sides, date=when)
    record = merge([dated.report, undated.report], [dated.reading, undated.reading], resolve=resolve)
    assert set(changes(record, dt.date(2014, 1, 25)).reports) == {dated.report.id, undated.report.id}
    assert changes(record, dt.date(2014, 1, 26)).reports == (dated.report.id,)
