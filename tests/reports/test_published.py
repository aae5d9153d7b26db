"""When a report was published, and what told it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from conftest import TODAY, Put

from accord.errors import ReportError
from accord.model.report import Report
from accord.reports import dates
from accord.reports.load import load
from accord.reports.published import Sources, at_top, decide, in_address, in_file_name

TEXT = "The mediators left Juba on Thursday, an aide said.\n"
GIVEN = dt.date(2015, 1, 1)


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/2015/08/26/juba-talks", "2015-08-26"),
        ("https://example.org/world/2015/aug/26/juba-talks", "2015-08-26"),
        ("https://example.org/news/2015-08-26-juba/", "2015-08-26"),
        ("https://example.org/20150826/juba", "2015-08-26"),
        ("https://example.org/2015/8/6/", "2015-08-06"),
        ("https://example.org/2015/08/juba", None),
        ("https://example.org/2015/13/26/juba", None),
        ("https://example.org/2015/xyz/26/juba", None),
        ("https://example.org/story-20150826123", None),
        ("https://example.org/a?from=/2015/08/26/", None),
        ("https://example.org/2015/08/26/was/2015/08/20/", None),
        ("http://[broken", None),
        (None, None),
    ],
)
def test_days_in_addresses(url: str | None, expected: str | None) -> None:
    assert in_address(url) == day(expected)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2015-08-26-juba.md", "2015-08-26"),
        ("20150826_juba.txt", "2015-08-26"),
        ("juba_2015.08.26.html", "2015-08-26"),
        ("coast-daily_2015-08-26_juba_ef2d.txt", "2015-08-26"),
        ("2015-08-26", "2015-08-26"),
        ("2015-13-26.md", None),
        ("000_10e1dffa20150826.txt", None),
        ("1201508261.txt", None),
        ("2015-08-20_2015-08-26.txt", None),
        ("2015.txt", None),
        ("", None),
    ],
)
def test_days_in_file_names(name: str, expected: str | None) -> None:
    assert in_file_name(name) == day(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wednesday, August 26, 2015\n" + TEXT, "2015-08-26"),
        ("\n\nPeace deal signed\nBy a correspondent\n26 August 2015\n" + TEXT, "2015-08-26"),
        ("Peace deal signed\r\n26.08.2015\r\n" + TEXT, "2015-08-26"),
        ("2015-08-26\n" + TEXT, "2015-08-26"),
        ("One\nTwo\nThree\n26 August 2015\n" + TEXT, None),
        ("Signed on 26 August 2015\n" + TEXT, None),
        ("JUBA, 26 August 2015 - The mediators left.\n" + TEXT, None),
        ("August 2015\n" + TEXT, None),
        ("08/07/2015\n" + TEXT, None),
        ("2015 saw 26 rounds\n" + TEXT, None),
        (TEXT + "source: https://example.org/2015/08/26/juba\n", None),
    ],
)
def test_a_line_at_the_top_that_is_only_a_date(text: str, expected: str | None) -> None:
    assert at_top(text.replace("\r\n", "\n")) == day(expected)


ALL = Sources(
    stated="2015-08-24",
    stated_in="front matter",
    given=dt.date(2015, 8, 25),
    url="https://example.org/2015/08/26/x",
    file_name="2015-08-27.md",
    text="28 August 2015\n" + TEXT,
)


def test_the_order_of_the_sources() -> None:
    import msgspec

    told = []
    sources = ALL
    for field in ("stated", "given", "url", "file_name", "text"):
        found = decide(sources, TODAY)
        told.append((found.told_by, found.day))
        sources = msgspec.structs.replace(sources, **{field: None if field in ("stated", "given", "url") else ""})
    assert told == [
        ("front matter", dt.date(2015, 8, 24)),
        ("given", dt.date(2015, 8, 25)),
        ("address", dt.date(2015, 8, 26)),
        ("file name", dt.date(2015, 8, 27)),
        ("dateline", dt.date(2015, 8, 28)),
    ]
    assert decide(sources, TODAY).day is None


def test_a_date_in_the_future_falls_to_the_next_source() -> None:
    assert decide(Sources(file_name="2026-01-01.md", text="28 August 2015\n"), TODAY).told_by == "dateline"
    tomorrow = TODAY + dt.timedelta(days=1)
    assert decide(Sources(file_name=f"{tomorrow}.md"), TODAY).day == tomorrow


def test_addresses_in_the_text_tell_nothing(put: Put, report: Callable[..., Report]) -> None:
    found = report(put("juba.txt", TEXT + "image source from:https://example.org/2015/08/26/juba\n"))
    assert (found.published, found.published_from) == (None, None)


def test_the_date_given_by_the_user(put: Put, report: Callable[..., Report]) -> None:
    undated, own = put("juba.txt", TEXT), put("own.md", f"---\ndate: 2015-08-26\n---\n{TEXT}")
    assert (report(undated, GIVEN).published, report(undated, GIVEN).published_from) == (GIVEN, "given")
    assert report(own, GIVEN).published_from == "front matter"
    assert report(put("2015-08-26.txt", TEXT), GIVEN).published == GIVEN


def test_an_impossible_date_given_by_the_user_is_an_error_at_once() -> None:
    with pytest.raises(ReportError, match="published must be a day from 1900-01-01 to 2025-09-01; got 2031-01-01"):
        load([], published=dt.date(2031, 1, 1), today=TODAY)


def test_the_file_name_counts_where_nothing_else_does(put: Put, report: Callable[..., Report]) -> None:
    found = report(put("2015-08-26-juba.txt", TEXT))
    assert (found.published, found.published_from) == (dt.date(2015, 8, 26), "file name")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("26/08/2015", "2015-08-26"),
        ("08/26/2015", "2015-08-26"),
        ("08/08/2015", "2015-08-08"),
        ("07.08.2015", "2015-08-07"),
        ("2015/08/26 10:00", "2015-08-26"),
        ("20150826T101500Z", "2015-08-26"),
        ("Wed, 26 Aug 2015 23:59:00 GMT", "2015-08-26"),
        ("Aug. 26, 2015, 4:30 p.m.", "2015-08-26"),
        ("26th August 2015", "2015-08-26"),
        ("26 août 2015", "2015-08-26"),
        ("26 августа 2015", "2015-08-26"),
        (dt.datetime(2015, 8, 26, 23, 59), "2015-08-26"),
        (dt.date(2015, 8, 26), "2015-08-26"),
    ],
)
def test_expressions_that_name_one_day(value: object, expected: str) -> None:
    assert dates.read(value) == day(expected)


@pytest.mark.parametrize(
    "value",
    [
        "yesterday",
        "3 days ago",
        "August 2015",
        "26 August",
        "07/08/2015",
        "2015-02-29",
        "26/08/15",
        "x" * 200,
        "",
        True,
        float("nan"),
        -5,
        [],
    ],
)
def test_expressions_that_name_none(value: object) -> None:
    with pytest.raises(dates.BadDate):
        dates.read(value)
