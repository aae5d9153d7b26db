"""Saved web pages: the article and what the page says of itself, without what stands around it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Put

from accord.model.report import Report, Skipped

PAGES = Path(__file__).parent / "pages"
ARTICLE = (
    "<p>The two delegations met in Havana on Tuesday and agreed to meet again, officials of both sides said.</p>" * 3
)


def page(head: str = "", body: str = ARTICLE) -> str:
    return f"<!DOCTYPE html><html><head><title>Havana</title>{head}</head><body><article>{body}</article></body></html>"


def test_a_page_of_today(report: Callable[..., Report]) -> None:
    found = report(PAGES / "post.html")
    assert found.title == "Sudanese rivals will meet again in Addis, mediator says"
    assert found.outlet == "The Horn Gazette"
    assert found.url == "https://www.horngazette.example/africa/addis-round-two"
    assert (found.published, found.published_from) == (dt.date(2014, 2, 11), "page metadata")
    paragraphs = [line for line in found.text.split("\n") if line.strip()]
    for words in (
        "have agreed to sit down again",
        "“Both delegations are in the city,",
        "“only answered fire”",
        "Lul Ruai Koang",
        "800,000 people",
    ):
        assert sum(words in line for line in paragraphs) == 1
    for words in (
        "Advertisement",
        "Sponsored",
        "reader77",
        "nilefan",
        "Subscribe",
        "marathon",
        "Copyright",
        "tracking",
        "margin",
    ):
        assert words not in found.text


def test_a_page_of_long_ago(report: Callable[..., Report]) -> None:
    """In Windows-1252, laid out by a table, dated by its address alone; the text names another day."""
    found = report(PAGES / "bare.html")
    assert found.title == "Colombian negotiators break for a week"
    assert found.url == "http://andeancourier.example/2013/05/27/negotiators-break.html"
    assert (found.published, found.published_from) == (dt.date(2013, 5, 27), "address")
    assert (
        "“What we have agreed will be the beginning of radical changes,” the rebels’ chief delegate, Iván Márquez"
        in found.text
    )
    for words in ("Politics", "Archive", "weekend edition", "All rights reserved"):
        assert words not in found.text


@pytest.mark.parametrize(
    ("head", "body", "expected", "told_by"),
    [
        (
            '<meta property="article:published_time" content="2013-05-28T08:00:00Z">',
            ARTICLE,
            "2013-05-28",
            "page metadata",
        ),
        (
            '<script type="application/ld+json">{"datePublished": "2013-05-28"}</script>',
            ARTICLE,
            "2013-05-28",
            "page metadata",
        ),
        (
            "",
            '<p class="byline"><time datetime="2013-05-28">28 May 2013</time></p>' + ARTICLE,
            "2013-05-28",
            "page metadata",
        ),
        ("", "<p>28 May 2013</p>" + ARTICLE, "2013-05-28", "dateline"),
        ("", ARTICLE + "<p>The agenda of 2012-08-26 has five points, the officials said on arrival.</p>", None, None),
        ("", ARTICLE + '<img src="/uploads/2012/08/26/photo.jpg">', None, None),
        ("", ARTICLE + '<aside><time datetime="2012-08-26">earlier</time></aside>', None, None),
        ("", ARTICLE + '<footer>Copyright 2012-08-26</footer><div class="comments">2012-08-27</div>', None, None),
        (
            '<link rel="canonical" href="https://example.org/2013/05/29/x"><meta name="date" content="2013-05-28">',
            ARTICLE,
            "2013-05-28",
            "page metadata",
        ),
    ],
)
def test_what_dates_a_page(
    head: str, body: str, expected: str | None, told_by: str | None, put: Put, report: Callable[..., Report]
) -> None:
    found = report(put("page.html", page(head, body)))
    assert found.published == (dt.date.fromisoformat(expected) if expected else None)
    assert found.published_from == told_by


@pytest.mark.parametrize(
    "html",
    [
        "<html><body></body></html>",
        "<html><body><div id=root></div><script>var a = 'One two three four five.';</script></body></html>",
        "<html><body><nav><ul>"
        + "".join(f"<li><a href=/{i}>Section {i}</a></li>" for i in range(40))
        + "</ul></nav></body></html>",
        "not a page",
    ],
)
def test_pages_without_an_article(html: str, put: Put, skipped: Callable[..., Skipped]) -> None:
    found = skipped(put("page.html", html))
    assert "must hold an article" in found.reason
    assert ".txt" in found.reason


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("windows-1251", "cp1251"),
        ("iso-8859-2", "utf-8"),
        ("no-such", "utf-8"),
    ],
)
def test_the_charset_of_a_page(charset: str, encoding: str, put: Put, report: Callable[..., Report]) -> None:
    words = "Делегации" if encoding == "cp1251" else "José Márquez"
    html = page(f'<meta charset="{charset}">', ARTICLE.replace("Havana", words))
    assert words in report(put("page.html", html.encode(encoding))).text


@pytest.mark.parametrize(
    "body", ["<p>x</p>" * 60_000, "<p class='" + "a" * 4_100_000 + "'>One two three four five.</p>"]
)
def test_pages_too_large_to_take_apart(body: str, put: Put, skipped: Callable[..., Skipped]) -> None:
    assert "50,000 elements" in skipped(put("page.html", page(body=body))).reason


def test_pictures_within_a_page_do_not_count(put: Put, report: Callable[..., Report]) -> None:
    picture = f'<img src="data:image/png;base64,{"QUJD" * 1_200_000}">'
    assert "met in Havana" in report(put("page.html", page(body=ARTICLE + picture))).text


def test_a_failure_of_the_library_is_a_reason(
    put: Put, skipped: Callable[..., Skipped], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr("trafilatura.bare_extraction", fail)
    assert "trafilatura failed with IndexError" in skipped(put("page.html", page())).reason


def test_markup_never_reaches_the_record(put: Put, report: Callable[..., Report]) -> None:
    found = report(
        put(
            "page.html",
            page(
                "<script>alert(1)</script>",
                "<p onclick='x()'>Ten <b>men</b> &amp; two&nbsp;women signed &lt;it&gt; on Friday.</p>",
            ),
        )
    )
    assert found.text.strip() == "Ten men & two women signed <it> on Friday."


def test_offsets_lead_into_the_text_as_extracted(put: Put, report: Callable[..., Report]) -> None:
    found = report(put("page.html", page()))
    assert found.offsets.original(10) == 10


def test_one_page_among_others(put: Put, tmp_path: Path, read: Callable[..., list[Report | Skipped]]) -> None:
    put("a.html", page())
    put("b.html", "<html>")
    put("c.htm", page())
    assert [type(x) for x in read(tmp_path)] == [Report, Skipped, Report]
