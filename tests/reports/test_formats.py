"""Feeds, archives of the web, PDF, Word, mail, JSON and Parquet: the report in each, and reasons for what is none."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path

import made_files as made
import pytest
from conftest import Put
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.model.report import Report, Skipped
from accord.reports.formats import markup
from accord.reports.gate import Gate
from accord.reports.incoming import Incoming, Refused
from accord.reports.load import load
from accord.reports.registry import FORMATS

Read = Callable[..., list[Report | Skipped]]
One = Callable[..., Report]


def reports(found: list[Report | Skipped]) -> list[Report]:
    return [one for one in found if isinstance(one, Report)]


def reason(found: list[Report | Skipped]) -> str:
    (one,) = found
    assert isinstance(one, Skipped), one
    return one.reason


# feeds


def test_items_of_a_feed(put: Put, read: Read) -> None:
    items = [
        ("Truce &amp; talks", f"<p>{made.TEXT}</p><p>More <b>tomorrow</b>.</p>", "Wed, 07 May 2014 01:30:00 +0200"),
        ("Only a title", "", "no day at all"),
    ]
    path = put("delta.rss", made.rss(items))
    first, note, second = read(path)
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert first.text == f"{made.TEXT}\n\nMore tomorrow."
    assert (first.title, first.outlet, first.url) == ("Truce & talks", "Delta Wire", "https://news.example/1")
    assert (first.published, first.published_from) == (dt.date(2014, 5, 7), "feed")
    assert first.source == f"{path.as_posix()}#1"
    assert (second.text, second.published) == ("Only a title", None)
    assert isinstance(note, Skipped)
    assert note.line == 2


def test_an_entry_is_its_fullest_text_without_scripts(put: Put, report: One) -> None:
    found = report(put("delta.atom", made.atom(made.TEXT)))
    assert found.text == made.TEXT
    assert found.published == dt.date(2014, 5, 7)


def test_a_feed_without_a_name_is_known_by_its_beginning(put: Put, report: One) -> None:
    assert report(put("delta", made.atom(made.TEXT))).text == made.TEXT


def test_xml_that_is_no_feed(put: Put, read: Read) -> None:
    assert "must be a feed" in reason(read(put("a.xml", "<?xml version='1.0'?><list><row/></list>")))


def test_entities_of_a_feed_do_not_multiply(put: Put, read: Read) -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "truce ">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 50}">' for i in range(8)
    )
    found = read(
        put(
            "a.rss",
            f'<?xml version="1.0"?>{bomb}]><rss version="2.0"><channel><item><title>&i;</title></item></channel></rss>',
        )
    )
    assert all(len(one.text) < 10_000 for one in reports(found))


def test_a_feed_opens_no_file(put: Put, read: Read, tmp_path: Path) -> None:
    secret = put("secret.txt", "the secret of the delta")
    found = read(
        put(
            "a.rss",
            f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}">]><rss version="2.0"><channel>'
            "<item><title>Talks &x; resume in the delta</title></item></channel></rss>",
        )
    )
    assert not any("the secret" in one.text for one in reports(found))


# archives of the web


def archive() -> bytes:
    return b"".join(
        (
            made.warc_record("warcinfo", "", b"software: ours", "application/warc-fields"),
            made.response("https://news.example/2014/05/06/truce", made.page(made.TEXT)),
            made.response("https://news.example/gone", made.page(made.TEXT), "404 Not Found"),
            made.response("https://news.example/x.png", "PNG", kind="image/png"),
            made.warc_record("conversion", "https://news.example/2014/05/09/wet", made.OTHER.encode()),
        )
    )


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.wet.gz"])
def test_pages_and_texts_of_a_web_archive(name: str, put: Put, read: Read) -> None:
    content = made.gz(archive()) if name.endswith(".gz") else archive()
    path = put(name, content)
    page, text = read(path)
    assert isinstance(page, Report)
    assert isinstance(text, Report)
    assert made.TEXT in page.text
    assert "Home" not in page.text
    assert (page.url, page.published) == ("https://news.example/2014/05/06/truce", dt.date(2014, 5, 6))
    assert (text.text, text.published_from) == (made.OTHER, "address")
    assert (page.source, text.source) == (f"{path.as_posix()}#2", f"{path.as_posix()}#5")


def test_a_web_archive_in_zstandard(put: Put, read: Read) -> None:
    from fastwarc.stream_io import ZstdWriter

    out = io.BytesIO()
    with ZstdWriter(out) as writer:
        writer.write(archive())
    assert len(reports(read(put("a.warc.zst", out.getvalue())))) == 2


def test_a_web_archive_that_breaks_off(put: Put, read: Read) -> None:
    whole = made.gz(archive())
    found = read(put("a.warc.gz", whole[: len(whole) - 40]))
    assert len(reports(found)) >= 1
    last = found[-1]
    assert isinstance(last, Skipped)
    assert "cut short" in last.reason


def test_what_is_no_web_archive(put: Put, read: Read) -> None:
    assert isinstance(read(put("a.warc", "The truce held.\n"))[0], Skipped)


def test_the_gate_is_asked_before_a_page_is_taken_apart(put: Put) -> None:
    gate = Gate(lambda text: "truce" in text, lambda raw: b"truce" in raw)
    content = archive() + made.response("https://news.example/sport", made.page(made.SPORT, "Late goal"))
    found = list(load(put("a.warc", content), gate=gate))
    assert [one.url for one in reports(found)] == ["https://news.example/2014/05/06/truce"]
    assert gate.passed_over == 2


def test_the_gate_is_asked_of_other_files_only_where_all_are_meant(put: Put) -> None:
    path = put("a.txt", made.SPORT)
    assert len(list(load(path, gate=Gate(lambda text: False, lambda raw: False)))) == 1
    assert not list(load(path, gate=Gate(lambda text: False, lambda raw: False, everything=True)))


# PDF and Word


def test_the_lines_of_a_pdf_are_joined_to_paragraphs(put: Put, report: One) -> None:
    lines = [
        "The two delegations met for three days beside the lake and came to an under-",
        "standing on the release of prisoners, the chair of the commission announced.",
        "It will be signed on Friday.",
        "Observers are to verify each step before the next one is taken, the text says,",
        "and to report to both capitals.",
    ]
    found = report(put("a.pdf", made.pdf([lines])))
    first, second = found.text.split("\n\n")
    assert "an understanding on the release" in first
    assert first.endswith("It will be signed on Friday.")
    assert second.startswith("Observers are to verify")
    assert found.title == "Communique"


def test_a_pdf_without_text(put: Put, read: Read) -> None:
    assert "as scans do" in reason(read(put("a.pdf", made.pdf([[]]))))


def test_a_pdf_that_is_none(put: Put, read: Read) -> None:
    assert "PDF" in reason(read(put("a.pdf", b"%PDF-1.4\nthis is all")))


def test_a_library_that_is_not_there(put: Put, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypdf", None)
    assert "pip install 'accord[formats]'" in reason(read(put("a.pdf", made.pdf([["x"]]))))


def test_paragraphs_of_a_word_document(put: Put, report: One) -> None:
    found = report(put("a.docx", made.docx([made.TEXT, made.OTHER])))
    assert found.text == f"{made.TEXT}\n\n{made.OTHER}"
    assert found.title == "Communiqué"


def test_word_documents_that_are_none(put: Put, read: Read) -> None:
    assert "can be unpacked" in reason(read(put("a.docx", b"PK\x03\x04 not really")))
    assert "word/document.xml" in reason(read(put("b.docx", made.zipped({"a.txt": b"x"}))))
    assert "can be parsed" in reason(read(put("c.docx", made.zipped({"word/document.xml": b"<w:p"}))))
    bomb = made.zipped({"word/document.xml": b" " * 70_000_000})
    assert "64,000,000 bytes" in reason(read(put("d.docx", bomb)))


# mail


def test_a_mail(put: Put, report: One) -> None:
    found = report(put("a.eml", made.eml(made.TEXT)))
    assert found.text.strip() == made.TEXT
    assert (found.title, found.outlet) == ("Truce extended", "Delta Desk")
    assert (found.published, found.published_from) == (dt.date(2014, 5, 6), "mail header")


def test_a_mail_of_html_alone(put: Put, report: One) -> None:
    raw = b"Subject: x\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n<div>The caf\xe9 talks<br>ended.</div>"
    assert report(put("a.eml", raw)).text == "The café talks ended."


def test_the_mails_of_a_box(put: Put, read: Read) -> None:
    mails = b"".join(
        b"From x Tue May  6 00:00:00 2014\r\n" + made.eml(text) + b"\r\n" for text in (made.TEXT, made.OTHER)
    )
    empty = b"From x Tue May  6 00:00:00 2014\r\nSubject: nothing\r\n\r\n\r\n"
    path = put("a.mbox", mails + empty)
    first, second, none = read(path)
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.text.strip(), second.text.strip()) == (made.TEXT, made.OTHER)
    assert second.source == f"{path.as_posix()}#2"
    assert isinstance(none, Skipped)
    assert none.line == 3


def test_a_box_that_is_none(put: Put, read: Read) -> None:
    assert "must begin with" in reason(read(put("a.mbox", "Subject: x\n\nThe talks go on.\n")))


# tables


def test_json_of_news_services(put: Put, read: Read, report: One) -> None:
    alone = report(put("2014-05-06-a.json", json.dumps({"headline": "Signed", "body": made.TEXT})))
    assert (alone.title, alone.published_from) == ("Signed", "file name")
    answer = {
        "status": "ok",
        "articles": [{"content": made.TEXT, "source": {"id": 1, "name": "Wire"}}, {"content": None}],
    }
    kept, empty = read(put("b.json", json.dumps(answer)))
    assert isinstance(kept, Report)
    assert kept.outlet == "Wire"
    assert isinstance(empty, Skipped)
    nested = {"response": {"results": [{"full_text": made.OTHER}]}}
    assert reports(read(put("c.json", json.dumps(nested))))[0].text == made.OTHER
    assert "neither" in reason(read(put("d.json", '{"a": 1}')))
    assert "one whole JSON value" in reason(read(put("e.json", '{"text": ')))
    assert "one whole JSON value" in reason(read(put("f.json", "[" * 100_000)))


def test_columns_by_other_names(put: Put) -> None:
    rows = [{"story": made.TEXT, "when": "2014-05-06"}]
    paths = [
        put("a.jsonl", json.dumps(rows[0]) + "\n"),
        put("a.csv", f'Story,When\n"{made.TEXT}",2014-05-06\n'),
        put("a.json", json.dumps(rows)),
    ]
    for path in paths:
        (without,) = load(path)
        assert isinstance(without, Skipped)
        (found,) = load(path, columns={"text": "Story", "published": "when"})
        assert isinstance(found, Report), found
        assert (found.text, found.published) == (made.TEXT, dt.date(2014, 5, 6))


def test_a_column_for_no_field() -> None:
    with pytest.raises(ValueError, match="got 'words'"):
        load("x", columns={"words": "story"})


def test_parquet(put: Put, read: Read) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as parquet

    out = io.BytesIO()
    table = pa.table(
        {"Text": [made.TEXT, None, made.OTHER], "date": [dt.date(2014, 5, 6), None, None], "noise": [1, 2, 3]}
    )
    parquet.write_table(table, out)
    first, empty, last = read(put("a.parquet", out.getvalue()))
    assert isinstance(first, Report)
    assert isinstance(last, Report)
    assert (first.text, first.published, last.text) == (made.TEXT, dt.date(2014, 5, 6), made.OTHER)
    assert isinstance(empty, Skipped)
    assert empty.line == 2
    assert "pyarrow can read" in reason(read(put("b.parquet", out.getvalue()[:200])))


# anything at all

WHOLE = {
    ".rss": made.rss([("Truce", made.TEXT, "Wed, 07 May 2014 01:30:00 +0200")]).encode(),
    ".pdf": made.pdf([["The truce held for a week.", "Talks resume."]]),
    ".docx": made.docx([made.TEXT]),
    ".eml": made.eml(made.TEXT),
    ".mbox": b"From x\n" + made.eml(made.TEXT),
    ".warc": archive(),
    ".json": json.dumps({"articles": [{"text": made.TEXT}]}).encode(),
    ".jsonl": json.dumps({"text": made.TEXT}).encode(),
    ".csv": b"text,date\nThe truce held.,2014-05-06\n",
    ".html": made.page(made.TEXT).encode(),
    ".md": b"---\ntitle: x\n---\nThe truce held.",
    ".txt": made.TEXT.encode(),
    ".parquet": b"PAR1" + bytes(40) + b"PAR1",
    "GDELT's headlines": made.gkg([("Truce held", "https://news.example/a")]).encode(),
    "GDELT's articles": json.dumps({"title": "Truce", "desc": made.TEXT}).encode(),
}


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_bytes_raise_anything_but_a_reason(form, data: st.DataObject) -> None:  # type: ignore[no-untyped-def]
    suffix = next(iter(form.suffixes), form.name)
    whole = WHOLE[suffix]
    if data.draw(st.booleans()):
        raw = data.draw(st.binary(max_size=300))
    else:
        start, end = sorted(data.draw(st.tuples(*2 * [st.integers(0, len(whole))])))
        raw = whole[:start] + data.draw(st.binary(max_size=30)) + whole[end:]
    with contextlib.suppress(Refused):
        for item in form.read(Incoming("a", "a" + suffix, lambda: io.BufferedReader(io.BytesIO(raw)))):
            assert isinstance(item, Skipped) or isinstance(item.text, str)


@given(st.text(max_size=300))
def test_any_piece_of_markup_is_some_text(piece: str) -> None:
    assert isinstance(markup.text_of(piece), str)


def test_markup_without_end() -> None:
    assert markup.text_of("<div>" * 50_000 + "Truce").endswith("Truce")
    assert markup.text_of("1 < 2 & 3 > 2") == "1 < 2 & 3 > 2"
    assert markup.text_of("a&amp;b<br/>c") == "a&b c"
