"""Reports may hold anything; none of it may steer a screen, a page, a viewer of Markdown or a terminal."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from accord.model.actor import Actor, actor_id
from accord.model.findings import Claim, Discrepancy, Event, Position, Proposal, ProposalStep, Statement
from accord.model.record import Record
from accord.model.report import Report, Skipped
from accord.publishing import publish
from accord.publishing.brief import Brief, build
from accord.publishing.plain import ending, one_line, opening, short
from accord.publishing.tables import layer_table
from aceh import cite, day

SCRIPT = "<script>alert(1)</script>"
TEXT = (
    f"{SCRIPT} said “<img src=x onerror=alert(2)> & never” at \x1b[2J\x1b]0;owned\x07 noon. "
    "\u202egnol\u202c [click](javascript:alert(3)) | **bold** `code` # head https://evil.example/x "
    "\u2066hidden\u2069.\n"
    "\"onmouseover=\"alert(4) 'quoted' {{ 7 * 7 }} {% raw %} \x9b31m &lt;b&gt; </style><style>* {} \x00 end."
)
REPORT = Report.make(
    TEXT,
    f'/x"><{SCRIPT}\x1b[31m.md',
    title=f"T {SCRIPT} [l](http://a.example)\n# H",
    outlet="O\x07<b>|",
    url="https://evil.example/?<script>",
)
WHOLE = cite(REPORT, TEXT.strip())
NAME = f"{SCRIPT}\u202eevil\x1b[1m|[a](b)"
PERSON = Actor(id=actor_id("person", NAME), name=NAME, kind="person", aliases=("<i>x</i>\n\n# y",))
RECORD = Record(
    reports=(REPORT,),
    actors=(PERSON,),
    statements=(
        Statement(
            id="st-1",
            speaker=PERSON.id,
            role="party",
            mode="mixed",
            content=WHOLE[0].quote,
            content_span=WHOLE[0],
            evidence=WHOLE,
            confidence=1.0,
        ),
    ),
    events=(
        Event(
            id="ev-1",
            type="REJECT",
            actors=(PERSON.id,),
            status="occurred",
            date=day("2020-01-01", NAME),
            place=NAME,
            evidence=WHOLE,
            confidence=1.0,
        ),
    ),
    positions=(
        Position(
            id="po-1",
            party=PERSON.id,
            issue="territory",
            proposition=TEXT,
            stance="for",
            strength="red-line",
            condition=TEXT,
            date=day("2020-01-01"),
            evidence=WHOLE,
            confidence=1.0,
        ),
    ),
    proposals=(
        Proposal(
            id="pr-1",
            name=NAME,
            kind="framework",
            by=(PERSON.id,),
            evidence=WHOLE,
            confidence=1.0,
            history=(ProposalStep(status="proposed", evidence=WHOLE),),
        ),
    ),
    discrepancies=(
        Discrepancy(
            id="di-1",
            kind="figure",
            about=NAME,
            claims=(Claim(value=SCRIPT, by=PERSON.id, evidence=WHOLE), Claim(value="\x1b[0m", evidence=WHOLE)),
        ),
    ),
    skipped=(Skipped(source=NAME, line=3, reason=TEXT),),
)
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.fixture(scope="module")
def brief() -> Brief:
    return build(RECORD, title=NAME, answers=f"{SCRIPT}\x1b[0m")


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_a_page_shows_markup_as_words(brief: Brief) -> None:
    page = publish(brief, "html")
    tags = Tags(page)
    names = {tag for tag, _ in tags.seen}
    assert not names & {"script", "img", "i", "b", "link", "iframe"}
    assert sum(tag == "style" for tag, _ in tags.seen) == 1
    assert not [key for _, attributes in tags.seen for key in attributes if key.startswith("on")]
    assert all((a.get("href") or "#").startswith("#") for _, a in tags.seen)
    assert SCRIPT in "".join(tags.text)
    assert "{{ 7 * 7 }}" in "".join(tags.text)


def test_a_page_turns_no_text_and_holds_no_control_character(brief: Brief) -> None:
    page = publish(brief, "html")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", page)
    assert not any(character in page for character in TURNING)
    assert '<bdi class="name">&lt;script&gt;' in page


def test_a_terminal_gets_no_control_character(brief: Brief) -> None:
    for text in (
        publish(brief, "text"),
        *(
            layer_table(RECORD, layer)
            for layer in ("reports", "actors", "events", "statements", "positions", "proposals", "discrepancies")
        ),
    ):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)
        assert not any(character in text for character in TURNING)


def test_colours_are_the_only_control_characters(brief: Brief) -> None:
    coloured = publish(brief, "text", colour=True)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", re.sub(r"\x1b\[[0-9;]*m", "", coloured))
    assert "\x1b[2J" not in coloured


def test_markdown_makes_no_link_no_html_and_no_heading_of_a_reports_words(brief: Brief) -> None:
    from markdown_it import MarkdownIt

    viewer = MarkdownIt("commonmark", {"linkify": False}).enable("table")
    tokens = viewer.parse(publish(brief, "md"))
    inner = [child for token in tokens for child in token.children or ()]
    kinds = {token.type for token in (*tokens, *inner)}
    assert not kinds & {"link_open", "image", "html_inline", "html_block", "code_inline", "fence", "code_block"}
    heads = [tokens[i + 1].content for i, token in enumerate(tokens) if token.type == "heading_open"]
    assert len(heads) == 9 if brief.ahead.lines else 8
    assert heads[1:3] == ["The parties", "What changed last"]
    assert "://" not in publish(brief, "md").replace(":\\//", "")
    words = "".join(child.content for child in inner if child.type == "text")
    assert "[click](javascript:alert(3)) | **bold** `code` # head" in words


def test_a_row_of_a_markdown_table_stays_one_row(brief: Brief) -> None:
    rows = [line for line in publish(brief, "md").splitlines() if line.startswith("|")]
    assert len(rows) == 3
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 3 for row in rows)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\tb\r\nc\u2028d", "a b c d"),
        ("\x1b[31mred\x07", "␛[31mred␇"),
        ("\x7f\x9b", "␡\ufffd"),
        ("\u202eabc\u202c", "abc"),
        ("\ud800", "\ufffd"),
        ("עברית العربية", "עברית العربية"),
        ("  ", ""),
    ],
)
def test_one_line(text: str, shown: str) -> None:
    assert one_line(text) == shown


def test_short_cuts_after_a_word() -> None:
    assert short("They will never, ever sign", 17) == "They will never…"
    assert short("They will never sign", 20) == "They will never sign"
    assert short("a" * 50, 10) == "a" * 9 + "…"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("and so it went on ", "…it went on "), ("on ", "on "), ("a" * 30, "…" + "a" * 11)],
)
def test_the_end_of_what_stands_before(text: str, shown: str) -> None:
    assert ending(text, 12) == shown


def test_the_opening_of_what_goes_on() -> None:
    assert opening(" until they had signed", 14) == " until they…"
    assert opening(", he said.", 14) == ", he said."
