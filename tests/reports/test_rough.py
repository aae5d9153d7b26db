"""The running text of pages, by which triage decides whether to take them apart."""

from __future__ import annotations

import html
import io
import time

import made_files as made
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.reading.triage import relevant, worth_opening
from accord.reports import rough
from accord.reports.formats import warc
from accord.reports.gate import Gate
from accord.reports.incoming import Incoming

MENU = (
    "<nav><ul>"
    + "".join(f"<li><a href='/{n}'>Football, film and stocks {n}</a></li>" for n in range(30))
    + "</ul></nav>"
)


def test_menus_scripts_and_labels_are_left_out() -> None:
    page = f"<style>p {{}}</style>{MENU}<script>var truce = '<p>a';</script><h6>Share</h6><p>{made.TEXT}</p>"
    (block,) = rough.blocks(page.encode())
    assert block.split() == made.TEXT.split()


def test_links_within_a_sentence_stay() -> None:
    (block,) = rough.blocks(b"<p>The <b>two</b> sides signed <a href='/x'>a <i>truce</i></a> in the capital.</p>")
    assert block.split() == ["The", "two", "sides", "signed", "a", "truce", "in", "the", "capital."]


@pytest.mark.parametrize(
    "page",
    [
        made.TEXT,
        f"<p>{made.TEXT}",
        f"<div>{MENU}</div><div class='x'>{made.TEXT}<br><br>More is to follow.</div>",
        f"<td>{made.TEXT}</td>",
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{made.TEXT}"}}</script>',
        f"<p>{html.escape(made.TEXT)}</p>" + f"<p>{made.SPORT}</p>" * 40,
    ],
)
def test_a_page_with_a_relevant_article_is_opened(page: str) -> None:
    """Whatever it is laid out with, and however much of other things is beside it."""
    assert Gate(relevant, worth_opening).opens(page.encode(), rough.blocks)


def test_a_page_whose_menus_alone_speak_of_it_is_not() -> None:
    menu = "<ul>" + "".join(f"<li><a href='/'>{word}</a></li>" for word in made.TEXT.split()) + "</ul>"
    page = f"{menu}<p>{made.SPORT}</p>".encode()
    gate = Gate(relevant, worth_opening)
    assert worth_opening(page)
    assert not gate.opens(page, rough.blocks)
    assert gate.passed_over == 1


def test_letters_of_two_bytes_are_asked_later() -> None:
    gate = Gate(relevant, worth_opening)
    content = b"".join(
        made.warc_record("resource", f"https://news.example/{n}", made.page(text).encode("utf-16"), "text/html")
        for n, text in enumerate((made.TEXT, made.SPORT))
    )
    found = list(warc.read(Incoming("a.warc", "a.warc", lambda: io.BufferedReader(io.BytesIO(content)), gate=gate)))
    assert len(found) == 2  # both are taken apart; what they say is asked of their texts
    assert gate.passed_over == 0


@pytest.mark.parametrize(
    "page", [b"<" * 4_000_000, b"<script>" * 500_000, b"<p>a" * 1_000_000, b'"articleBody"' * 300_000]
)
def test_hostile_pages_take_no_time(page: bytes) -> None:
    start = time.process_time()
    rough.blocks(page)
    assert time.process_time() - start < 2


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(["<", ">", "/", "p", "a", "script", "!--", "-->", "'", '"', " x ", "é", "\0"]), max_size=60
    )
)
def test_anything_is_a_page(pieces: list[str]) -> None:
    assert all(isinstance(block, str) for block in rough.blocks("".join(pieces).encode()))
