"""Dumps of news as services, archives and collections lay them out: what each calls the text, and their size."""

from __future__ import annotations

import datetime as dt
import io
import json
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import made_files as made
import pytest
from conftest import Put
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.model.report import Report, Skipped
from accord.reports import fields
from accord.reports.formats import json_file, json_list
from accord.reports.gate import Gate
from accord.reports.incoming import Incoming, Refused
from accord.reports.load import load

Read = Callable[..., list[Report | Skipped]]
DAY = dt.date(2014, 5, 6)
SAID = made.TEXT


@pytest.mark.parametrize(
    ("row", "title", "outlet"),
    [
        (
            {"maintext": SAID, "title": "T", "date_publish": "2014-05-06 08:00:00", "source_domain": "d.example"},
            "T",
            "d.example",
        ),
        ({"text": SAID, "title": "T", "publish_date": "05-06-2014", "domain": "d.example"}, "T", "d.example"),
        (
            {
                "webTitle": "T",
                "webUrl": "https://d.example/x",
                "webPublicationDate": "2014-05-06T08:00:00Z",
                "fields": {"body": f"<p>{SAID}</p>"},
            },
            "T",
            None,
        ),
        (
            {
                "abstract": "Short.",
                "lead_paragraph": SAID,
                "headline": {"main": "T"},
                "pub_date": "2014-05-06T08:00:00+0000",
                "source": "W",
            },
            "T",
            "W",
        ),
        (
            {
                "source": {"id": None, "name": "W"},
                "title": "T",
                "description": "Short.",
                "content": SAID,
                "publishedAt": "2014-05-06T08:00:00Z",
            },
            "T",
            "W",
        ),
        (
            {"text": SAID, "title": "T", "published": "2014-05-06T01:00:00.000+03:00", "thread": {"site": "d.example"}},
            "T",
            "d.example",
        ),
        ({"headline": "T", "short_description": SAID, "date": "2014-05-06", "authors": ""}, "T", None),
        (
            {
                "@type": "NewsArticle",
                "headline": "T",
                "articleBody": SAID,
                "datePublished": "2014-05-06",
                "publisher": {"name": "W"},
            },
            "T",
            "W",
        ),
        (
            {"id": "1", "content_html": f"<p>{SAID}</p>", "title": "T", "date_published": "2014-05-06T08:00:00Z"},
            "T",
            None,
        ),
    ],
)
def test_layouts_of_news_dumps(row: dict[str, Any], title: str, outlet: str | None, put: Put, read: Read) -> None:
    for path in (put("a.jsonl", json.dumps(row) + "\n"), put("b.json", json.dumps({"status": "ok", "docs": [row]}))):
        found = [one for one in read(path) if isinstance(one, Report)]
        (one,) = found
        assert (one.text, one.title, one.outlet) == (SAID, title, outlet)
        assert one.published in (DAY, None)
        assert (one.published is None) == (row.get("publish_date") == "05-06-2014")  # which could be either way round


def test_a_column_within_an_object_can_be_named(put: Put) -> None:
    path = put("a.jsonl", json.dumps({"doc": {"words": SAID, "when": {"day": "2014-05-06"}}}) + "\n")
    (found,) = load(path, columns={"text": "doc.words", "published": "doc.when.day"})
    assert isinstance(found, Report), found
    assert (found.text, found.published) == (SAID, DAY)


def test_a_structure_in_parquet(put: Put, read: Read) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as parquet

    out = io.BytesIO()
    parquet.write_table(pa.table({"fields": [{"bodyText": SAID}], "webTitle": ["T"], "noise": [[1, 2]]}), out)
    (found,) = read(put("a.parquet", out.getvalue()))
    assert isinstance(found, Report), found
    assert (found.text, found.title) == (SAID, "T")


def test_the_list_that_is_longest_is_the_reports(put: Put, read: Read) -> None:
    feed = {"title": "Wire", "description": "News", "authors": [{"name": "A"}], "items": [{"content_text": SAID}] * 2}
    first, second = read(put("a.json", json.dumps(feed)))
    assert isinstance(first, Report)
    assert first.text == SAID
    assert isinstance(second, Report)


def test_text_without_tags_stays_as_it_is(put: Put, read: Read) -> None:
    said = "Losses of <5% & gains; 3 < 4 and x <y> z."
    (found,) = read(put("a.jsonl", json.dumps({"text": said}) + "\n"))
    assert isinstance(found, Report)
    assert found.text == said


# JSON of any size


def test_json_lines_by_the_name_of_json(put: Put, read: Read) -> None:
    first, bad, last = read(
        put("a.json", f'{json.dumps({"text": SAID})}\n{{"text": \n{json.dumps({"text": made.OTHER})}\n')
    )
    assert isinstance(first, Report)
    assert isinstance(bad, Skipped)
    assert bad.line == 2
    assert isinstance(last, Report)


class Endless(io.RawIOBase):
    """So many rows between a beginning and an end, never all there."""

    def __init__(self, start: bytes, row: bytes, rows: int, end: bytes) -> None:
        self._pieces: Iterator[bytes] = iter((start, *(row for _ in range(rows)), end))
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        self._left = self._left or next(self._pieces, b"")
        piece, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)


@pytest.mark.parametrize(
    ("start", "between", "end"), [(b"[\n", b",\n", b'{"text": "Last words."}]'), (b"\n", b"\n", b"")]
)
def test_json_of_any_size_is_streamed(
    start: bytes, between: bytes, end: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_file, "MOST_BYTES", 100_000)
    row = json.dumps({"text": SAID * 40}).encode() + between
    incoming = Incoming("a", "a.json", lambda: io.BufferedReader(Endless(start, row, 2000, end)))
    tracemalloc.start()
    count = sum(1 for _ in json_file.read(incoming))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 2000 + bool(end)
    assert peak < 3_000_000 < len(row) * 2000


def test_a_large_json_that_breaks_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_file, "MOST_BYTES", 1_000)
    row = json.dumps({"text": SAID}).encode() + b","
    *kept, last = json_file.read(
        Incoming("a", "a.json", lambda: io.BufferedReader(Endless(b"[", row, 50, b'{"text": "cut')))
    )
    assert len(kept) == 50
    assert isinstance(last, Skipped)
    assert "cut short" in last.reason
    with pytest.raises(Refused, match="must be a list"):
        list(json_file.read(Incoming("a", "a.json", lambda: io.BufferedReader(Endless(b'{"a": [', row, 50, b"]}")))))


def test_an_element_without_end_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_list, "MOST_LINE", 200_000)
    stream = io.BufferedReader(Endless(b'[{"text": "', b"word " * 1000, 2_000, b'"}]'))
    with pytest.raises(Refused, match="one of more than 200,000"):
        list(json_list.elements(stream))


@settings(max_examples=50, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda of: st.lists(of) | st.dictionaries(st.text(), of)
    )
)
def test_any_list_comes_back_and_any_row_is_plain(value: object) -> None:
    values = [value, {"text": value}, [value]]
    raw = json.dumps(values, ensure_ascii=False).encode("utf-8", "replace")
    found = list(json_list.elements(io.BufferedReader(io.BytesIO(raw))))
    assert found == json.loads(raw)
    row = fields.plain_row({"text": value})
    assert row["text"] == value
    assert fields.word("title", row) is None


def test_a_row_of_many_names_is_bounded() -> None:
    deep: Any = {}
    for _ in range(500):
        deep = {"a": deep, "b": 1}
    assert max(name.count(".") for name in fields.plain_row(deep)) == 2
    assert len(fields.plain_row({str(n): {str(m): 1 for m in range(100)} for n in range(100)})) <= 1_100


# GDELT


def test_headlines_of_gdelt(put: Put, read: Read) -> None:
    table = made.gkg([("Rebels &amp; government sign", "https://news.example/a"), ("", "b")]) + "too\tfew\n"
    path = put("20140506081500.gkg.csv.zip", made.zipped({"20140506081500.gkg.csv": table.encode()}))
    headline, none, short = read(path)
    assert isinstance(headline, Report)
    assert (headline.text, headline.outlet, headline.url) == (
        "Rebels &amp; government sign",
        "news.example",
        "https://news.example/a",
    )
    assert headline.published == DAY
    assert isinstance(none, Skipped)
    assert (none.line, "has none" in none.reason) == (2, True)
    assert isinstance(short, Skipped)
    assert "27 cells" in short.reason


@pytest.mark.parametrize("kind", ["export", "mentions", "translation.export"])
def test_tables_of_gdelt_without_words(kind: str, put: Put, read: Read) -> None:
    (found,) = read(put(f"20140506081500.{kind}.CSV", "410412347\t20150218\t201502\n"))
    assert isinstance(found, Skipped)
    assert "codes and addresses" in found.reason


def test_lists_of_articles_of_gdelt_pass_triage(put: Put) -> None:
    rows = [
        {
            "title": "Truce",
            "desc": SAID,
            "url": "https://d.example/a",
            "domain": "d.example",
            "date": "2014-05-06T08:15:00Z",
        }
    ]
    rows.append({"title": "Late goal", "desc": made.SPORT})
    path = put("20140506081500.gal.json.gz", made.gz("".join(json.dumps(row) + "\n" for row in rows).encode()))
    gate = Gate(lambda text: "truce" in text, lambda raw: True)
    (found,) = load(path, gate=gate)
    assert isinstance(found, Report)
    assert (found.text, found.published, gate.passed_over) == (SAID, DAY, 1)


def test_lists_of_addresses_alone_say_what_is_missing(put: Put, tmp_path: Path) -> None:
    path = put("a.json", json.dumps({"articles": [{"url": "https://d.example/a", "title": "Rebels sign"}]}))
    (found,) = load(path)
    assert isinstance(found, Skipped)
    assert "--columns text=NAME" in found.reason
    (headline,) = load(path, columns={"text": "title"})
    assert isinstance(headline, Report)
