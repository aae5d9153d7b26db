"""Statements, positions, proposals, levers, figures and copies of reports: what is merged, and what is a history."""

from __future__ import annotations

from typing import Any

import pytest
from build_readings import Notes, day

from accord.model.record import Record
from accord.record import histories, lever_histories, meetings, merge


def record(*notes: Notes, **more: Any) -> Record:
    return merge([n.report for n in notes], [n.reading for n in notes], **more)


def quoted(words: str, published: str, speaker: str = "Gerry Adams", mode: str = "direct") -> Notes:
    notes = Notes(f"“{words},” said {speaker} on the record of {published}.", published)
    notes.said(f"“{words},” said {speaker}", words, notes.person(speaker), mode)
    return notes


LONG = "We have not fired a shot in two years and nobody has thanked us for it"


def test_one_quotation_reported_twice_is_one_statement() -> None:
    one, two = quoted(LONG, "1998-04-01"), quoted(LONG.replace("two years", "two  years"), "1998-04-02")
    (statement,) = record(one, two).statements
    assert len(statement.evidence) == 2


def test_a_piece_of_a_quotation_is_the_quotation() -> None:
    one, two = quoted(LONG, "1998-04-01"), quoted("We have not fired a shot in two years", "1998-04-02")
    assert len(record(one, two).statements) == 1


def test_what_a_later_clause_says_was_proposed_came_before_it_was_in_force() -> None:
    (proposal,) = record(deal("2025-08-22", "Easter truce", ("in-force", "2025-04-18"), ("proposed", None))).proposals
    assert [step.status for step in proposal.history] == ["proposed", "in-force"]


@pytest.mark.parametrize(
    "other",
    [
        quoted(LONG, "1998-04-02", "David Trimble"),
        quoted(LONG.replace("two years", "four years"), "1998-04-02"),
        quoted("It is time that they thanked us for our patience", "1998-04-02"),
        quoted(LONG, "1998-04-02", mode="indirect"),
    ],
    ids=["another speaker", "another word", "another sentence", "a paraphrase"],
)
def test_other_statements_stay_apart(other: Notes) -> None:
    assert len(record(quoted(LONG, "1998-04-01"), other).statements) == 2


def test_short_quotations_are_not_known_again() -> None:
    assert len(record(quoted("Never, never", "1998-04-01"), quoted("Never, never", "1998-04-09")).statements) == 2


def stance(published: str, stance: str, strength: str, wording: str, tail: str = "", **more: Any) -> Notes:
    notes = Notes(f"Sinn Féin is {stance} this, firmly as a {strength}: {wording}. {published} {tail}", published)
    party = notes.body("Sinn Féin")
    quote = notes.report.text.partition(". ")[0]
    notes.position(quote, party, "disarmament", wording, stance, strength=strength, **more)
    return notes


def test_stances_over_time_are_a_history_with_its_shifts() -> None:
    notes = [
        stance("1997-09-01", "against", "red-line", "the IRA hands over its weapons"),
        stance("1997-11-01", "against", "red-line", "the IRA surrenders its weapons"),
        stance("1998-05-01", "open", "preference", "the IRA gives up its weapons"),
        stance("2005-07-28", "for", "preference", "handing over of the weapons of the IRA"),
    ]
    found = record(*notes)
    assert len(found.positions) == 4
    (history,) = histories(found)
    assert [entry.stance for entry in history.entries] == ["against", "against", "open", "for"]
    assert [entry.shifts for entry in history.entries] == [(), (), ("stance", "strength"), ("stance",)]
    assert history.shifted
    assert history.latest.words.report == notes[-1].report.id


def test_two_reports_of_one_day_are_one_entry_but_not_where_the_stance_differs() -> None:
    one = stance("1998-05-01", "open", "preference", "the IRA gives up its weapons")
    same = stance("1998-05-01", "open", "preference", "the IRA hands over its weapons")
    other = stance("1998-05-01", "against", "preference", "the IRA gives up its weapons")
    assert len(record(one, same).positions) == 1
    assert len(record(one, other).positions) == 2
    (history,) = histories(record(one, other))
    assert not history.shifted, "two stances of one day are no shift"


def test_positions_on_other_matters_have_other_keys() -> None:
    one = stance("1998-05-01", "open", "preference", "the IRA gives up its weapons")
    other = stance("1998-05-02", "open", "preference", "the IRA gives up its explosives dumps in Louth")
    assert len({p.key for p in record(one, other).positions}) == 2


def deal(
    published: str, name: str, *steps: tuple[str, str | None], kind: str = "peace-plan", by: str = "Arusha"
) -> Notes:
    words = "; ".join(f"the {name} is {status} {when or 'at some time'}" for status, when in steps)
    notes = Notes(f"{by}: {words}. {published}", published)
    party = notes.body(by)
    history = [
        (status, (party,), day(when) if when else None, f"the {name} is {status} {when or 'at some time'}")
        for status, when in steps
    ]
    notes.proposal(words, name, kind, *history, by=(party,))
    return notes


def test_a_proposal_has_one_history_out_of_all_reports() -> None:
    one = deal("1998-04-20", "Belfast agreement", ("proposed", "1998-04-07"), ("agreed", "1998-04-10"))
    two = deal("1998-05-30", "agreement of Belfast", ("agreed", "1998-04-10"), ("in-force", "1998-05-23"))
    (proposal,) = record(one, two).proposals
    assert [step.status for step in proposal.history] == ["proposed", "agreed", "in-force"]
    assert len(proposal.history[1].evidence) == 2


def test_an_undated_step_stays_where_its_report_has_it() -> None:
    one = deal("1998-04-20", "Belfast agreement", ("agreed", "1998-04-10"), ("rejected", None))
    two = deal("1998-05-30", "Belfast agreement", ("in-force", "1998-05-23"))
    (proposal,) = record(one, two).proposals
    assert [step.status for step in proposal.history] == ["agreed", "rejected", "in-force"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            deal("1998-04-20", "30-day truce", ("proposed", None)),
            deal("1998-04-22", "60-day truce", ("proposed", None)),
        ),
        (
            deal("1998-04-20", "Easter truce", ("proposed", None)),
            deal("1998-04-22", "Christmas truce", ("proposed", None)),
        ),
        (deal("1998-04-20", "truce", ("proposed", None)), deal("1998-09-22", "truce", ("proposed", None))),
        (
            deal("1998-04-20", "grain deal", ("agreed", None)),
            deal("1998-04-22", "grain deal", ("agreed", None), by="Lusaka"),
        ),
    ],
    ids=["numbers", "names", "long after", "parties"],
)
def test_other_proposals_stay_apart(one: Notes, other: Notes) -> None:
    assert len(record(one, other).proposals) == 2


def test_a_bare_name_joins_by_party_and_days() -> None:
    assert (
        len(
            record(
                deal("1998-04-20", "truce", ("proposed", None)), deal("1998-04-22", "the truce", ("agreed", None))
            ).proposals
        )
        == 1
    )


def lever(published: str, status: str) -> Notes:
    notes = Notes(f"Kenya said the border trade with Somalia is {status}, {published}.", published)
    notes.lever(notes.report.text, notes.state("Kenya", "KEN"), notes.state("Somalia", "SOM"), "trade", status)
    return notes


def test_levers_of_one_week_are_one_and_states_are_a_history() -> None:
    found = record(
        lever("2021-05-01", "threatened"),
        lever("2021-05-02", "threatened"),
        lever("2021-05-09", "applied"),
        lever("2021-08-01", "lifted"),
    )
    assert len(found.levers) == 3
    (history,) = lever_histories(found)
    assert [state.status for state in history.states] == ["threatened", "applied", "lifted"]


def count(published: str, value: float, measure: str, claimant: str | None = None, **more: Any) -> Notes:
    notes = Notes(f"{claimant or 'Agencies'}: {value} {measure}, {published}.", published)
    by = notes.body(claimant) if claimant else None
    notes.figure(f"{value} {measure}", measure, value, claimed_by=by, **more)
    return notes


def test_one_number_of_one_measure_is_one_figure_with_its_claimant() -> None:
    found = record(
        count("2007-12-31", 600000.0, "people displaced in the Rift Valley"),
        count("2008-01-02", 600000.0, "displaced people in the Rift Valley", "Red Cross"),
    )
    (figure,) = found.figures
    assert figure.claimed_by is not None
    assert len(figure.evidence) == 2


def test_other_figures_stay_apart() -> None:
    first = count("2008-01-01", 1100.0, "people killed", "Red Cross")
    for other in (
        count("2008-01-02", 1200.0, "people killed", "Red Cross"),
        count("2008-01-02", 1100.0, "people killed", "police"),
        count("2008-01-02", 1100.0, "houses burnt", "Red Cross"),
        count("2008-03-02", 1100.0, "people killed", "Red Cross"),
    ):
        assert len(record(first, other).figures) == 2


def test_meetings_of_two_parties_come_in_time() -> None:
    later, earlier = (
        Notes("The two met in Nairobi again.", "2008-02-20"),
        Notes("The two met in Nairobi.", "2008-02-01"),
    )
    for notes, when in ((later, "2008-02-19"), (earlier, "2008-01-31")):
        sides = (
            notes.person("Mwai Kibaki", party=notes.body("PNU")),
            notes.person("Raila Odinga", party=notes.body("ODM")),
        )
        notes.event(notes.report.text[:-1], "CONSULT", sides, date=day(when))
    found = record(later, earlier)
    (row,) = meetings(found)
    names = {a.id: a.name for a in found.actors}
    assert [names[p] for p in row.parties] == ["ODM", "PNU"]
    assert row.events == (earlier.reading.events[0].id, later.reading.events[0].id)


STORY = (
    "Rebels of the north agreed on Monday to lay down their arms by the end of June, their commander said in a "
    "letter to the mediators. He asked that his men be taken into the army and that nobody be tried for the raid "
    "on the mine. The government welcomed the letter and sent a delegation to Bouaké. Teachers in the town said "
    "that schools would open again if the road to the coast was safe, which it has not been since the rains."
)


def copy(head: str, published: str, tail: str = "") -> Notes:
    notes = Notes(head + STORY + tail, published)
    rebels = notes.body("New Forces")
    notes.event(
        "Rebels of the north agreed on Monday to lay down their arms by the end of June",
        "AGREE",
        (rebels,),
        date=day("2007-03-05", "on Monday"),
    )
    if tail:
        notes.event(tail.strip(), "PROTEST", (rebels,))
    return notes


def test_copies_of_an_agency_report_are_one_voice_and_keep_what_is_their_own() -> None:
    one = copy("BOUAKÉ (Agency) — ", "2007-03-06")
    two = copy("From our wires. ", "2007-03-07")
    three = copy("Daily Mail. ", "2007-03-08", " In Man, two hundred fighters walked out of their camp.")
    found = record(one, two, three)
    assert found.copies == {one.report.id: (two.report.id, three.report.id)}
    assert sorted(e.type for e in found.events) == ["AGREE", "PROTEST"]
    agreed = next(e for e in found.events if e.type == "AGREE")
    assert {e.report for e in agreed.evidence} == {one.report.id, two.report.id, three.report.id}
    assert agreed.confidence == one.reading.events[0].confidence
    assert set(found.members[agreed.id]) == {n.reading.events[0].id for n in (one, two, three)}


def test_a_report_that_only_quotes_another_is_no_copy() -> None:
    quote = " ".join(STORY.split()[:30])
    long = Notes(quote + " " + "Another matter altogether, told at length and in other words. " * 12, "2007-03-07")
    assert record(copy("", "2007-03-06"), long).copies == {}


def test_the_same_words_a_season_later_are_no_copy() -> None:
    assert record(copy("Spring. ", "2007-03-06"), copy("Autumn. ", "2007-10-06")).copies == {}
