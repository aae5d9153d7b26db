"""Markdown: what the front matter says, and a body whose words stay as they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from conftest import Put

from accord.model.report import Report, Skipped

BODY = "The two delegations met in Havana on Tuesday.\n\n“We will not sign,” Iván Márquez said – “not yet.”\n"


def test_all_that_front_matter_says(put: Put, report: Callable[..., Report]) -> None:
    path = put(
        "dispatch.md",
        "---\nTitle: 'Havana: a pause'\nOUTLET: The Andean Courier\nurl: https://example.org/havana\n"
        f"Published: 2013-05-26\ntags: [a, b]\nauthor:\n  name: nobody\n---\n{BODY}",
    )
    found = report(path)
    assert found.text == BODY
    assert (found.title, found.outlet, found.url) == (
        "Havana: a pause",
        "The Andean Courier",
        "https://example.org/havana",
    )
    assert (found.published, found.published_from) == (dt.date(2013, 5, 26), "front matter")
    assert found.source == path.as_posix()


@pytest.mark.parametrize(
    "value",
    [
        "2013-05-26",
        "2013-05-26T23:30:00+02:00",
        "2013-05-26 08:00:00",
        "'26 May 2013'",
        "May 26, 2013",
        "Sunday, 26 May 2013",
    ],
)
@pytest.mark.parametrize("key", ["published", "date", "Date", "PUBLISHED"])
def test_dates_in_many_forms(key: str, value: str, put: Put, report: Callable[..., Report]) -> None:
    found = report(put("d.md", f"---\n{key}: {value}\n---\n{BODY}"))
    assert (found.published, found.published_from) == (dt.date(2013, 5, 26), "front matter")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_matter(end: str, put: Put, report: Callable[..., Report]) -> None:
    came = f"---\ntitle: Pause\n---\n{BODY}".replace("\n", end)
    found = report(put("d.md", came.encode()))
    assert (found.title, found.text) == ("Pause", BODY)
    assert came[found.offsets.original(found.text.index("Iván")) :].startswith("Iván Márquez")


@pytest.mark.parametrize("none", ["", "~", "null", "none", '""'])
def test_empty_values_say_nothing(none: str, put: Put, report: Callable[..., Report]) -> None:
    found = report(put("d.md", f"---\ntitle: {none}\nurl: {none}\npublished: {none}\n---\n{BODY}"))
    assert (found.title, found.url, found.published, found.published_from) == (None, None, None, None)


def test_marks_that_cannot_be_words_are_left_out_and_offsets_lead_back(put: Put, report: Callable[..., Report]) -> None:
    came = (
        "---\ntitle: T\n---\n## What was agreed\n\n"
        "> The envoy **will return**, [an aide](https://example.org/a_(b)) said.\n"
        "![photo](https://example.org/p.jpg)<!-- desk: check -->\n"
        "5 * 4 * 3, item #2, a_b_c, [sic](so) and 2 ** 3 stay.\n"
    )
    found = report(put("d.md", came))
    assert found.text == (
        "What was agreed\n\nThe envoy will return, an aide said.\n\n"
        "5 * 4 * 3, item #2, a_b_c, [sic](so) and 2 ** 3 stay.\n"
    )
    for word in ("What", "envoy", "will return", "an aide", "said", "stay"):
        at = found.offsets.original(found.text.index(word))
        assert came[at : at + len(word)] == word


def test_the_first_heading_is_the_title_of_a_report_without_one(put: Put, report: Callable[..., Report]) -> None:
    assert report(put("d.md", f"# A pause in Havana #\n\n{BODY}")).title == "A pause in Havana"
    assert report(put("e.md", f"Text first.\n\n# A pause in Havana\n\n{BODY}")).title is None


@pytest.mark.parametrize("top", ["---\n\n", "---\nA rule above, and another below.\n\n---\n", "----\n"])
def test_a_rule_at_the_top_is_not_front_matter(top: str, put: Put, report: Callable[..., Report]) -> None:
    assert report(put("d.md", top + BODY)).text == top + BODY


@pytest.mark.parametrize(
    ("front", "line", "says"),
    [
        ("title: The talks: a pause\npublished: 2013-05-26\n---\n", 2, "mapping values"),
        ("title: A\noutlet: 'B\n---\n", None, "unexpected end of stream"),
        ("'quoted\ntitle: A'\n---\n", 2, "this is no key"),
        ("title: [A\n---\n", None, "front matter must be YAML"),
        ("title: A\n\nThe text begins without a closing line.\n", 1, "closed by a line ---"),
        ("title: A\x07\n---\n", None, "not allowed"),
    ],
)
def test_malformed_front_matter_says_where(
    front: str, line: int | None, says: str, put: Put, skipped: Callable[..., Skipped]
) -> None:
    found = skipped(put("d.md", f"---\n{front}{BODY}"))
    assert says in found.reason
    assert found.line is not None
    assert line is None or found.line == line


def test_hostile_yaml_is_neither_built_nor_followed(put: Put, read: Callable[..., list[Report | Skipped]]) -> None:
    deep = put("deep.md", f"---\ntitle: Pause\na: {'[' * 5000}{']' * 5000}\n---\n{BODY}")
    bomb = "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(20))
    wide = put("wide.md", f"---\na: &a [x, x]\n{bomb}title: Pause\n---\n{BODY}")
    for found in read(deep, wide):
        assert isinstance(found, Report)
        assert (found.title, found.text) == ("Pause", BODY)


def test_a_date_that_is_none_is_told_and_the_next_source_counts(
    put: Put, read: Callable[..., list[Report | Skipped]]
) -> None:
    note, kept = read(put("2013-05-27-pause.md", f"---\ntitle: A\npublished: 2013-02-30\n---\n{BODY}"))
    assert isinstance(note, Skipped)
    assert note.line == 3
    assert "'2013-02-30'" in note.reason
    assert "no such day" in note.reason
    assert "2013-05-27, by file name" in note.reason
    assert isinstance(kept, Report)
    assert (kept.published, kept.published_from) == (dt.date(2013, 5, 27), "file name")


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("someday", "no year"),
        ("May 2013", "no one day"),
        ("03/04/2013", "either way round"),
        ("2031-01-01", "not between"),
        ("1813-05-26", "not between"),
        ("[2013]", "neither text nor a number"),
        ("13", "no known order"),
    ],
)
def test_bad_dates_leave_a_report_without_date(
    value: str, says: str, put: Put, read: Callable[..., list[Report | Skipped]]
) -> None:
    note, kept = read(put("d.md", f"---\ntitle: A\ndate: {value}\n---\n{BODY}"))
    assert isinstance(note, Skipped)
    assert isinstance(kept, Report)
    assert says in note.reason
    assert "has no date" in note.reason
    assert kept.published is None


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"])
def test_an_address_that_is_not_on_the_web_is_left_out_and_told(
    url: str, put: Put, read: Callable[..., list[Report | Skipped]]
) -> None:
    note, kept = read(put("d.md", f"---\ntitle: A\nurl: '{url}'\n---\n{BODY}"))
    assert isinstance(note, Skipped)
    assert isinstance(kept, Report)
    assert "http" in note.reason
    assert kept.url is None


def test_front_matter_without_a_body_is_no_report(put: Put, skipped: Callable[..., Skipped]) -> None:
    assert "must hold text" in skipped(put("d.md", "---\ntitle: A\n---\n\n")).reason
