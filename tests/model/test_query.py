from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from accord.errors import FilterError, NotFound, WhenError
from accord.model.findings import LAYERS
from accord.model.query import Selection, find_parties, find_reports, make_filter
from accord.model.record import Dating, Filter
from accord.model.when import When
from aceh import (
    ANALYST,
    BAKHTIAR,
    FEBRUARY,
    GAM,
    INDONESIA,
    JANUARY,
    KALLA,
    RECORD,
    UNDATED,
    cite,
    event,
)


def test_no_filter_leaves_everything() -> None:
    seen = Selection(RECORD)
    assert all(seen.layer(layer) == RECORD.layer(layer) for layer in LAYERS)
    assert (seen.actors, seen.reports, seen.discrepancies) == (RECORD.actors, RECORD.reports, RECORD.discrepancies)


@pytest.mark.parametrize("name", ["GAM", "gam", "Free Aceh Movement", "free  aceh movement", GAM.id, "Aceh Movement"])
def test_a_party_is_found_by_any_of_its_names(name: str) -> None:
    assert GAM.id in find_parties(RECORD, name)


def test_a_party_brings_those_who_speak_for_it() -> None:
    assert {BAKHTIAR.id, GAM.id} <= find_parties(RECORD, "GAM")
    assert KALLA.id not in find_parties(RECORD, "GAM")
    assert find_parties(RECORD, "Kalla") == {KALLA.id}


def test_a_whole_name_goes_before_a_part_of_one() -> None:
    assert find_parties(RECORD, "Indonesian army") != find_parties(RECORD, "Indonesia")
    assert INDONESIA.id not in find_parties(RECORD, "Indonesian army")


def test_accents_make_no_difference() -> None:
    actor = msgspec.structs.replace(GAM, id="ac-x", name="Gerakan Aceh Mérdeka", aliases=())
    assert find_parties(msgspec.structs.replace(RECORD, actors=(actor,)), "gerakan aceh merdeka") == {"ac-x"}


@pytest.mark.parametrize("name", ["", "  ", "Atlantis"])
def test_an_unknown_party_is_an_error(name: str) -> None:
    with pytest.raises(NotFound, match="no actor of this record"):
        find_parties(RECORD, name)


@pytest.mark.parametrize(
    "name",
    [
        "2",
        FEBRUARY.id,
        FEBRUARY.source,
        "2005-02-22-second-round.md",
        "2005-02-22-second-round",
        "rebels SPEAK of self-government",
    ],
)
def test_a_report_is_found_by_number_id_source_file_or_title(name: str) -> None:
    assert find_reports(RECORD, name) == {FEBRUARY.id}


@pytest.mark.parametrize("name", ["0", "6", "second-round", "Rebels speak"])
def test_an_unknown_report_is_an_error(name: str) -> None:
    with pytest.raises(NotFound, match="no report of this record"):
        find_reports(RECORD, name)


def test_a_party_narrows_every_layer() -> None:
    seen = Selection(RECORD, Filter(party="GAM"))
    assert {p.party for p in seen.items(RECORD.positions)} == {GAM.id}
    assert {s.speaker for s in seen.items(RECORD.statements)} == {BAKHTIAR.id, RECORD.statements[0].speaker}
    assert len(seen.items(RECORD.levers)) == 1
    assert [f.claimed_by for f in seen.items(RECORD.figures)] == [GAM.id]
    assert len(seen.items(RECORD.proposals)) == 1
    assert [d.about for d in seen.discrepancies] == ["fighters of GAM"]


def test_an_issue_brings_what_rests_on_the_same_words() -> None:
    seen = Selection(RECORD, Filter(issue="status-recognition"))
    assert {p.issue for p in seen.items(RECORD.positions)} == {"status-recognition"}
    assert len(seen.items(RECORD.statements)) == 3
    assert [e.type for e in seen.items(RECORD.events)] == ["CONCEDE"]
    assert not seen.items(RECORD.figures)


def test_days_are_both_included() -> None:
    seen = Selection(RECORD, make_filter(since="2005-02-22", until="2005-07-17"))
    assert [e.type for e in seen.items(RECORD.events)] == ["CONCEDE", "AGREE", "RETREAT"]


def test_an_item_without_a_day_counts_on_that_of_its_report() -> None:
    seen = Selection(RECORD, make_filter(since="2005-07-18", until="2005-07-18"))
    assert RECORD.statements[-1] in seen.items(RECORD.statements)
    assert RECORD.statements[0] not in seen.items(RECORD.statements)


def test_an_item_without_any_day_is_left_out_of_a_time() -> None:
    assert UNDATED.id not in {
        f.evidence[0].report for f in Selection(RECORD, make_filter(until="2010")).items(RECORD.figures)
    }


def test_a_report_dated_by_others_counts_on_those_days() -> None:
    dating = Dating(
        report=UNDATED.id,
        start=dt.date(2004, 1, 1),
        end=dt.date(2004, 2, 1),
        evidence=cite(UNDATED, "war"),
        why=(),
        confidence=0.5,
    )
    record = msgspec.structs.replace(RECORD, datings=(dating,))
    assert [f.value for f in Selection(record, make_filter(until="2004-01-15")).items(record.figures)] == [30000]


def test_a_proposal_counts_on_each_day_of_its_history() -> None:
    for day in ("2005-07-17", "2005-08-15"):
        assert "memorandum of understanding" in [
            p.name for p in Selection(RECORD, make_filter(since=day, until=day)).items(RECORD.proposals)
        ]


def test_an_open_interval_excludes_nothing_on_its_open_side() -> None:
    late = event("AID", (GAM.id,), ANALYST, date=When(dt.date(2005, 3, 1), None, "since March"))
    record = msgspec.structs.replace(RECORD, events=(late,))
    assert Selection(record, make_filter(since="2011")).items(record.events)
    assert not Selection(record, make_filter(until="2005-02")).items(record.events)


def test_filters_hold_together() -> None:
    seen = Selection(RECORD, make_filter(party="Indonesia", issue="disarmament", confidence=0.7, report="2"))
    assert [p.party for p in seen.items(RECORD.positions)] == [INDONESIA.id]
    assert [r.id for r in seen.reports] == [FEBRUARY.id]
    assert JANUARY.id not in {r.id for r in seen.reports}


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-02-28", "2025-02-28", "2025-02-28"),
    ],
)
def test_a_month_or_a_year_means_its_first_or_last_day(given: str, first: str, last: str) -> None:
    assert str(make_filter(since=given).since) == first
    assert str(make_filter(until=given).until) == last


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"since": "yesterday"}, "since: must be a day, a month or a year"),
        ({"until": "2025-02-30"}, "until: must be a day"),
        ({"since": "2025-13"}, "since: must be a day"),
        ({"since": "2025-03-02", "until": "2025-03-01"}, "since must not be after until"),
        ({"issue": "teritory"}, "did you mean territory"),
        ({"issue": "zzz"}, "choose one of ceasefire"),
        ({"confidence": 1.5}, "confidence: must be from 0 to 1"),
        ({"confidence": float("nan")}, "confidence: must be from 0 to 1"),
    ],
)
def test_what_cannot_be_filtered_by_is_said(given: dict[str, str], message: str) -> None:
    with pytest.raises(FilterError, match=message):
        make_filter(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "written", ["2014-03-27", "2014-03", "2014", "2014-03-24/2014-03-30", "../2014-03-30", "2014-03-24/.."]
)
def test_a_date_is_read_as_it_is_written(written: str) -> None:
    assert str(When.parse(written)) == written


@pytest.mark.parametrize("written", ["", "soon", "2014-13", "2014-02-30", "2014-05/2014-03", "2014/"])
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(WhenError):
        When.parse(written)
