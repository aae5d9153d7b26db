"""JSONL and CSV: one report a row, and a bad row stops nothing."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import TODAY, Put
from hypothesis import given
from hypothesis import strategies as st

from accord.model.report import Report, Skipped
from accord.reports.clean import clean
from accord.reports.formats.jsonl import read as read_jsonl
from accord.reports.formats.table import read as read_table
from accord.reports.incoming import MOST_LINE, Incoming
from accord.reports.load import load

ROW = {
    "text": "Both sides signed in Accra on Monday.",
    "headline": "Signed",
    "source": "Coast Daily",
    "pubDate": "18 August 2003",
}


def jsonl(*rows: object) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


def test_a_report_a_line(put: Put, read: Callable[..., list[Report | Skipped]]) -> None:
    path = put("rows.jsonl", jsonl(ROW, ROW | {"text": "The truce held."}))
    first, second = read(path)
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.title, first.outlet, first.published_from) == ("Signed", "Coast Daily", "column")
    assert first.published == dt.date(2003, 8, 18)
    assert (first.source, second.source) == (f"{path.as_posix()}#1", f"{path.as_posix()}#2")


def test_bad_lines_are_skipped_by_number_and_the_others_read(
    put: Put, read: Callable[..., list[Report | Skipped]]
) -> None:
    path = put(
        "rows.jsonl",
        jsonl(
            ROW,
            "",
            '{"text": "cut sho',
            "[1, 2]",
            {"headline": "x", "link": "y"},
            {"text": " "},
            {"text": 7},
            {"text": "…"},
            ROW,
        ),
    )
    found = read(path)
    assert [(type(x), getattr(x, "line", None)) for x in found] == [
        (Report, None),
        (Skipped, 3),
        (Skipped, 4),
        (Skipped, 5),
        (Skipped, 6),
        (Skipped, 7),
        (Skipped, 8),
        (Report, None),
    ]
    reasons = [x.reason for x in found if isinstance(x, Skipped)]
    for reason, says in zip(
        reasons,
        [
            "Unterminated string",
            "is a list",
            "there are headline, link",
            "its text is empty",
            "is a int",
            "not one letter",
        ],
        strict=True,
    ):
        assert says in reason
    assert {x.source for x in found if isinstance(x, Skipped)} == {path.as_posix()}


def test_a_file_cut_short_keeps_what_is_whole(put: Put, read: Callable[..., list[Report | Skipped]]) -> None:
    kept, cut = read(put("rows.ndjson", jsonl(ROW, ROW)[:-30]))
    assert isinstance(kept, Report)
    assert isinstance(cut, Skipped)
    assert cut.line == 2
    assert "cut short" in cut.reason


@pytest.mark.parametrize("line", ["[" * 100_000, '{"a":' * 50_000, "9" * 10_000, '{"text": NaN}', "\ufeff"])
def test_lines_made_to_break_a_parser(line: str, put: Put, read: Callable[..., list[Report | Skipped]]) -> None:
    bad, good = read(put("rows.jsonl", jsonl(ROW, line, ROW)))[1:]
    assert isinstance(bad, Skipped)
    assert bad.line == 2
    assert isinstance(good, Report)


def test_a_row_may_be_in_another_encoding_than_the_file(put: Put, read: Callable[..., list[Report | Skipped]]) -> None:
    western = json.dumps({"text": "The envoy met the minister in Bogotá, José Muñoz said."}, ensure_ascii=False)
    raw = jsonl(*[ROW] * 2000).encode() + western.encode("latin-1") + b"\n"
    assert len(raw) > 65_536
    last = read(put("rows.jsonl", raw))[-1]
    assert isinstance(last, Report)
    assert "Bogotá, José Muñoz" in last.text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("name", ["rows.csv", "rows.jsonl"])
def test_tables_in_other_encodings(name: str, encoding: str, put: Put, report: Callable[..., Report]) -> None:
    text = "Señor Muñoz’s delegation left Bogotá, “for good,” the café owner’s son said."
    content = (
        f'title,text\nx,"{text.replace(chr(34), "")}"\n'
        if name.endswith("csv")
        else json.dumps({"text": text}, ensure_ascii=False)
    )
    assert report(put(name, content.encode(encoding))).text == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_csv_with_any_separator(
    separator: str, end: str, put: Put, read: Callable[..., list[Report | Skipped]]
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=end)
    writer.writerow(["Headline", "Body", "Date"])
    writer.writerow(["One", 'He said "no", twice;\nthen left | at\tonce.', "2003-08-18"])
    writer.writerow([])
    writer.writerow(["Two", "They signed.", "19 August 2003"])
    path = put("rows.csv", out.getvalue().encode())
    first, second = read(path)
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert first.text == 'He said "no", twice;\nthen left | at once.'
    assert (first.source, second.source) == (f"{path.as_posix()}#2", f"{path.as_posix()}#5")
    assert (second.title, second.published) == ("Two", dt.date(2003, 8, 19))


def test_csv_rows_that_cannot_be_right(put: Put, read: Callable[..., list[Report | Skipped]]) -> None:
    path = put("rows.csv", 'title,text\nOne,They met, then left.\nTwo\nThree,"He said "no" again"\nFour,They signed.\n')
    more, fewer, quotes, good = read(path)
    assert isinstance(more, Skipped)
    assert isinstance(fewer, Skipped)
    assert isinstance(quotes, Skipped)
    assert isinstance(good, Report)
    assert [more.line, fewer.line, quotes.line] == [2, 3, 4]
    assert "2; this one has 3" in more.reason
    assert "2; this one has 1" in fewer.reason
    assert "doubled" in quotes.reason


def test_a_quotation_that_is_never_closed(put: Put, read: Callable[..., list[Report | Skipped]]) -> None:
    good, bad = read(put("rows.csv", 'title,text\nOne,They signed.\nTwo,"They met\nThree,They left.\n'))
    assert isinstance(good, Report)
    assert isinstance(bad, Skipped)
    assert bad.line == 3
    assert "lines 3 to 4" in bad.reason


def test_a_table_without_a_text_names_its_columns(put: Put, skipped: Callable[..., Skipped]) -> None:
    found = skipped(put("rows.csv", "Headline,Link,Pub Date\nOne,x,y\nTwo,x,y\n"))
    assert found.line == 1
    assert "there are headline, link, pub_date" in found.reason
    assert "maintext" in found.reason


@pytest.mark.parametrize(
    ("name", "content"), [("rows.csv", ""), ("rows.csv", "text,title\n"), ("rows.jsonl", ""), ("rows.jsonl", "\n\n")]
)
def test_a_table_without_rows(name: str, content: str, put: Put, skipped: Callable[..., Skipped]) -> None:
    assert skipped(put(name, content)).reason


def test_the_first_column_that_holds_something_wins(put: Put, read: Callable[..., list[Report | Skipped]]) -> None:
    rows = [
        {"content": "The longer text of it.", "text": ""},
        {"Article": "By another name.", "outlet": {"id": 3, "name": "Coast"}},
    ]
    first, second = read(put("rows.jsonl", jsonl(*rows)))
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert first.text == "The longer text of it."
    assert (second.text, second.outlet) == ("By another name.", "Coast")


@pytest.mark.parametrize(
    ("value", "day"),
    [(1061164800, dt.date(2003, 8, 18)), ("1061164800000", dt.date(2003, 8, 18)), (20030818, dt.date(2003, 8, 18))],
)
def test_dates_in_figures(value: object, day: dt.date, put: Put, report: Callable[..., Report]) -> None:
    assert report(put("rows.jsonl", jsonl({"text": "They signed.", "date": value}))).published == day


def test_the_day_a_table_was_made_is_not_its_rows_date(put: Put, report: Callable[..., Report]) -> None:
    assert report(put("2025-06-02-dump.jsonl", jsonl({"text": "They signed."}))).published is None


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.csv"])
def test_a_line_without_end_is_bounded(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    good = jsonl(ROW) if name.endswith("jsonl") else "They signed.\n"
    with path.open("w") as out:
        out.write("" if name.endswith("jsonl") else "text\n")
        for _ in range(100):
            out.write("word " * 200_000)
        out.write("\n" + good)
    assert path.stat().st_size > 100_000_000
    import tracemalloc

    tracemalloc.start()
    bad, kept = load([path], today=TODAY)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(bad, Skipped)
    assert isinstance(kept, Report)
    assert f"{MOST_LINE:,} characters" in bad.reason
    assert bad.line == (1 if name.endswith("jsonl") else 2)
    assert peak < 8 * MOST_LINE


def test_a_row_over_too_many_lines_is_bounded_and_ends_the_file(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text('text,title\nThey signed.,One\n"' + "no end to it\n" * 800_000)
    good, bad = load([path], today=TODAY)
    assert isinstance(good, Report)
    assert isinstance(bad, Skipped)
    assert bad.line == 3
    assert "No line after it was read" in bad.reason


def test_a_table_is_streamed(tmp_path: Path) -> None:
    """The first report is there before the last row is even valid."""
    path = tmp_path / "rows.jsonl"
    path.write_text(jsonl(*[ROW] * 5000, '{"cut'))
    stream = load([path], today=TODAY)
    assert isinstance(next(stream), Report)
    assert sum(isinstance(x, Report) for x in stream) == 4999


def incoming(content: bytes) -> Incoming:
    return Incoming("rows", "rows", lambda: io.BufferedReader(io.BytesIO(content)))


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(
    lambda t: any(c.isalpha() for c in clean(t)[0])
)
fine = words.filter(lambda t: "\0" not in t)


@given(st.lists(fine, min_size=1, max_size=5))
def test_any_text_comes_back_from_jsonl(texts: list[str]) -> None:
    content = jsonl(*({"text": text} for text in texts)).encode()
    assert [draft.text for draft in read_jsonl(incoming(content))] == texts


@given(st.lists(fine, min_size=1, max_size=5), st.sampled_from(["\n", "\r\n"]))
def test_any_text_comes_back_from_csv(texts: list[str], end: str) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([["text", "title"], *([text, "x"] for text in texts)])
    assert [draft.text for draft in read_table(incoming(out.getvalue().encode()))] == texts
