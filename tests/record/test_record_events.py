"""Events across reports: what is one act and what is two."""

from __future__ import annotations

from typing import Any

from build_readings import Notes, day, resolve

from accord.model.record import Record
from accord.model.when import When
from accord.record import merge

MARCH = When.month(2022, 3, "in March")


def told(quote: str, published: str, type: str = "CONSULT", **fields: Any) -> Notes:
    """A report that tells of one act between Armenia and Azerbaijan."""
    notes = Notes(f"{quote}. Filed for the agency, {fields.get('date')}.", published)
    armenia, azerbaijan = notes.state("Armenia", "ARM"), notes.state("Azerbaijan", "AZE")
    sides: dict[str, Any] = {"actors": (armenia, azerbaijan)} if type in ("CONSULT", "AGREE") else {
        "actors": (azerbaijan,), "recipients": (armenia,)
    }  # fmt: skip
    notes.event(quote, type, sides["actors"], sides.get("recipients", ()), **fields)
    return notes


def events(*notes: Notes, **more: Any) -> int:
    return len(record(*notes, **more).events)


def record(*notes: Notes, **more: Any) -> Record:
    return merge([n.report for n in notes], [n.reading for n in notes], **more)


def test_two_tellings_of_one_meeting_are_one_with_all_evidence() -> None:
    one = told(
        "Armenia and Azerbaijan held talks in Sochi on Tuesday", "2022-11-01", date=day("2022-11-01"), place="Sochi"
    )
    two = told("The two foreign ministers met for three hours", "2022-11-02", date=day("2022-11-01"))
    (event,) = record(one, two).events
    assert {e.report for e in event.evidence} == {one.report.id, two.report.id}
    assert event.place == "Sochi"
    assert event.evidence[0].quote == "Armenia and Azerbaijan held talks in Sochi on Tuesday"
    assert event.id == one.reading.events[0].id


def test_the_finer_date_counts() -> None:
    one = told("A border commission of the two met over the village of Kirants", "2022-03-20", date=MARCH)
    two = told("The border commission met over Kirants village", "2022-03-25", date=day("2022-03-14"))
    (event,) = record(one, two).events
    assert event.date == day("2022-03-14")


def test_meetings_on_two_days_are_two() -> None:
    one = told("Armenia and Azerbaijan held talks in Sochi", "2022-11-03", date=day("2022-11-01"))
    two = told("Armenia and Azerbaijan held talks in Sochi", "2022-11-13", date=day("2022-11-09"))
    assert events(one, two) == 2


def test_what_occurred_and_what_is_planned_or_refused_are_not_one() -> None:
    one = told("Talks in Munich between the two", "2023-02-19", date=day("2023-02-18"))
    assert (
        events(one, told("Talks in Munich between the two", "2023-02-10", date=day("2023-02-18"), status="planned"))
        == 2
    )
    assert (
        events(one, told("Talks in Munich between the two", "2023-02-20", date=day("2023-02-18"), status="refused"))
        == 2
    )


def test_two_attacks_on_one_day_are_one_only_in_one_place_or_in_like_words() -> None:
    where = {"type": "ASSAULT", "date": day("2022-09-13")}
    one = told("Azerbaijan shelled the town of Jermuk with heavy guns", "2022-09-13", place="Jermuk", **where)
    same = told("Jermuk came under fire from Azerbaijan at midnight", "2022-09-14", place="Jermuk", **where)
    other = told("Azerbaijan fired drones at a bus near Vardenis", "2022-09-14", place="Vardenis", **where)
    assert events(one, same) == 1
    assert events(one, other) == 2


def test_other_persons_of_one_party_did_other_things() -> None:
    def call(person: str, other: str, published: str) -> Notes:
        notes = Notes(f"{person} and {other} spoke by telephone about Lachin on 5 May 2023.", published)
        us, az = notes.state("United States", "USA"), notes.state("Azerbaijan", "AZE")
        who = notes.person(person, party=us), notes.person(other, party=az)
        notes.event(notes.report.text[:-1], "CONSULT", who, date=day("2023-05-05"))
        return notes

    blinken, sullivan = (
        call(name, "Ilham Aliyev", f"2023-05-0{i}") for i, name in ((5, "Antony Blinken"), (6, "Jake Sullivan"))
    )
    assert events(blinken, sullivan) == 2
    assert events(blinken, call("Antony Blinken", "Ilham Aliyev", "2023-05-07")) == 1


def test_an_undated_telling_joins_only_what_it_is_like() -> None:
    dated = told(
        "The two foreign ministers signed a declaration on demining maps", "2021-06-13", "AGREE", date=day("2021-06-12")
    )
    like = told("A declaration on demining maps was signed by the two ministers", "2021-06-20", "AGREE")
    unlike = told("They agreed to keep a telephone line open", "2021-06-20", "AGREE")
    assert events(dated, like) == 1
    assert events(dated, unlike) == 2


def test_an_undated_telling_cannot_be_of_what_happened_after_it() -> None:
    early = told("A declaration on demining maps was signed by the two ministers", "2021-05-20", "AGREE")
    late = told(
        "The two ministers signed a declaration on demining maps", "2021-06-13", "AGREE", date=day("2021-06-12")
    )
    assert events(early, late) == 2


def test_an_undated_telling_that_two_events_fit_alike_is_left_alone() -> None:
    one = told(
        "Guards exchanged fire at the Yeraskh post", "2023-05-11", "ASSAULT", date=day("2023-05-10"), place="Yeraskh"
    )
    two = told(
        "Guards exchanged fire at the Yeraskh post", "2023-05-11", "ASSAULT", date=day("2023-05-11"), place="Yeraskh"
    )
    vague = told("Guards exchanged fire at the Yeraskh post", "2023-05-30", "ASSAULT", place="Yeraskh")
    later = told(
        "Guards exchanged fire at the Yeraskh post", "2024-02-02", "ASSAULT", date=day("2023-05-10"), place="Yeraskh"
    )
    assert events(one, two, vague) == 3
    assert events(one, two, later) == 2


def test_no_chain_of_alike_tellings_joins_two_days() -> None:
    first = told("Talks on the transport corridor through Meghri", "2023-07-02", date=day("2023-07-01"))
    between = told("Talks on the transport corridor through Meghri", "2023-07-20", date=When.month(2023, 7, "in July"))
    last = told("Talks on the transport corridor through Meghri", "2023-07-30", date=day("2023-07-25"))
    found = record(first, between, last).events
    assert len(found) == 2
    assert all(len({str(e.date)}) == 1 for e in found)


def test_what_one_reader_held_to_be_two_in_one_report_stays_two() -> None:
    notes = Notes("Armenia and Azerbaijan met in the morning. Armenia and Azerbaijan met in the evening.", "2023-07-02")
    both = notes.state("Armenia", "ARM"), notes.state("Azerbaijan", "AZE")
    notes.event("Armenia and Azerbaijan met in the morning", "CONSULT", both, date=day("2023-07-02"))
    notes.event("Armenia and Azerbaijan met in the evening", "CONSULT", both, date=day("2023-07-02"))
    assert events(notes) == 2


def test_a_report_that_others_date_has_its_weekdays_placed() -> None:
    dated = told(
        "The two leaders signed the Washington declaration at the White House",
        "2025-08-09",
        "AGREE",
        date=day("2025-08-08"),
    )
    undated = Notes(
        "They signed the Washington declaration at the White House on Friday. On Thursday Azerbaijan freed 15 men.",
        None,
    )
    armenia, azerbaijan = undated.state("Armenia", "ARM"), undated.state("Azerbaijan", "AZE")
    friday, thursday = When(None, None, "on Friday"), When(None, None, "On Thursday")
    undated.event(
        "They signed the Washington declaration at the White House on Friday",
        "AGREE",
        (armenia, azerbaijan),
        date=friday,
    )
    undated.event("On Thursday Azerbaijan freed 15 men", "RETREAT", (azerbaijan,), date=thursday)
    without, found = record(dated, undated), record(dated, undated, resolve=resolve)
    assert without.datings == ()
    (dating,) = found.datings
    # not on Thursday 14 August: "Thursday" would then be that day, and six days after "Friday"
    assert (str(dating.start), str(dating.end)) == ("2025-08-08", "2025-08-13")
    assert {e.report for e in dating.evidence} == {dated.report.id, undated.report.id}
    assert "Friday 2025-08-08" in dating.why[0]
    assert "'on thursday'" in dating.why[1]
    freed = next(e for e in found.events if e.type == "RETREAT")
    assert freed.date is not None
    assert (str(freed.date.start), str(freed.date.end)) == ("2025-08-07", "2025-08-07")
    assert next(r for r in found.reports if r.id == undated.report.id).published is None


def test_a_weekday_that_does_not_fit_dates_nothing() -> None:
    dated = told("The two leaders signed the Washington declaration", "2025-08-09", "AGREE", date=day("2025-08-08"))
    undated = told(
        "The two leaders signed the Washington declaration", None, "AGREE", date=When(None, None, "on Monday")
    )  # type: ignore[arg-type]
    assert record(dated, undated, resolve=resolve).datings == ()


def test_events_that_would_date_a_report_twice_over_date_it_not_at_all() -> None:
    one = told("Envoys of the two held their monthly session on maps", "2024-03-05", date=day("2024-03-04"))
    two = told("Envoys of the two held their monthly session on maps", "2024-06-05", date=day("2024-06-03"))
    undated = told("Envoys of the two held their monthly session on maps", None, date=When(None, None, "on Monday"))  # type: ignore[arg-type]
    assert record(one, two, undated, resolve=resolve).datings == ()
    assert len(record(one, undated, resolve=resolve).datings) == 1
