"""Markdown, with or without YAML front matter.

The words of the body stay as they are. Left out, with the offsets mapped, are only marks that cannot be
words: the signs before headings and block quotations, images, comments, the address of a link, double
stars around a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from accord.model.report import Skipped
from accord.reports import fields
from accord.reports.decode import decode
from accord.reports.draft import Draft
from accord.reports.formats.format import Format
from accord.reports.formats.plain import damage
from accord.reports.incoming import Incoming, Refused

_MOST_FRONT = 16_384
_OPEN = re.compile(r"---[ \t]*\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_KEY = re.compile(r"^[^\W\d][\w -]{0,40}:(?:[ \t]|$)", re.MULTILINE)
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_TO = r"(?:https?://|mailto:|\.{0,2}/|#)[^\s()]*(?:\([^\s()]*\)[^\s()]*)*(?:[ \t]+\"[^\"\n]*\")?"
_LINK = re.compile(rf"(?<!!)\[(?P<kept>(?:!\[[^\[\]\n]*\]\([^()\n]*\)|[^\[\]\n])*)\]\({_TO}\)")
_STRONG = re.compile(r"\*\*(?=\S)(?P<kept>[^*\n]+)(?<=\S)\*\*")
_DROPPED = re.compile(
    r"(?P<comment><!--(?s:(?!<!--).)*?-->)"
    rf"|(?P<image>!\[[^\[\]\n]*\]\({_TO}\))"
    r"|(?P<before>^[ ]{0,3}(?:#{1,6}[ \t]+|(?:>[ \t]?)+))",
    re.MULTILINE,
)
_HEADING = re.compile(r"\s*#[ \t]+(?P<title>[^\n]+?)[ \t#]*(?:\n|\Z)")


def read(incoming: Incoming) -> Iterator[Draft | Skipped]:
    """One draft: the body, with what the front matter says of it; the first heading is the title of one without."""
    decoded = decode(incoming.all())
    flat = decoded.text.replace("\r\n", " \n").replace("\r", "\n")  # one line end, and every offset as it was
    front, lines, body = _front(flat)
    stated = fields.find("published", front)
    heading = _HEADING.match(flat, body)
    yield Draft(
        text=decoded.text,
        without=((0, body), *_marks(flat, body)),
        title=fields.word("title", front) or (heading["title"] if heading else None),
        outlet=fields.word("outlet", front),
        url=fields.word("url", front),
        stated=stated[1] if stated else None,
        stated_in="front matter",
        stated_line=lines[stated[0]] if stated else None,
        notes=damage(decoded),
    )


def _front(flat: str) -> tuple[dict[str, object], dict[str, int], int]:
    """The front matter by the plain names of its keys, the line of each, and where the body begins.

    A line of dashes at the top may also be a mere rule; it opens front matter if a key follows. Raises
    Refused for front matter that is not closed, or is not YAML.
    """
    opened = _OPEN.match(flat)
    if not opened:
        return {}, {}, 0
    start = opened.end()
    closed = _CLOSE.search(flat, start, start + _MOST_FRONT)
    if closed is None:
        if _KEY.match(flat, start):
            raise Refused(
                f"front matter must be closed by a line --- within {_MOST_FRONT:,} characters; it is opened on line 1 "
                "and never closed. Add that line before the text",
                1,
            )
        return {}, {}, 0
    block = flat[start : closed.start()]
    if block.strip() and not _KEY.search(block):
        return {}, {}, 0
    values: dict[str, object] = {}
    lines: dict[str, int] = {}
    for key, value, line in _pairs(block):
        if fields.plain(key) not in values:
            values[fields.plain(key)] = value
            lines[fields.plain(key)] = line
    return values, lines, closed.end()


def _pairs(block: str) -> Iterator[tuple[str, object, int]]:
    """Key, value and line of the pairs at the top level: words as they are written, anything else as an empty list.

    Taken from the parser's events, because building the whole value of hostile YAML can take all memory
    or, in libyaml, the process; and so that "2025-02-30" is a bad date and not a broken file.
    """
    depth = 0
    key: str | None = None
    try:
        for event in yaml.parse(block, Loader=_LOADER):
            opens, closes = isinstance(event, yaml.CollectionStartEvent), isinstance(event, yaml.CollectionEndEvent)
            if depth == 0 and (
                isinstance(event, yaml.ScalarEvent) or (opens and not isinstance(event, yaml.MappingStartEvent))
            ):
                raise _malformed("this is no key", event.start_mark)
            if depth == 1 and not closes and isinstance(event, yaml.NodeEvent):
                if key is None:
                    key = event.value if isinstance(event, yaml.ScalarEvent) else ""
                else:
                    yield key, event.value if isinstance(event, yaml.ScalarEvent) else [], _line(event.start_mark)
                    key = None
            depth += opens - closes
    except yaml.YAMLError as problem:
        what = getattr(problem, "problem", None) or getattr(problem, "reason", None) or "it cannot be parsed"
        raise _malformed(what, getattr(problem, "problem_mark", None)) from problem


def _malformed(what: str, mark: Any) -> Refused:
    return Refused(
        f'front matter must be YAML, one "key: value" a line; {what}. '
        "Put a value with a colon or a quotation mark in it between quotation marks",
        _line(mark),
    )


def _line(mark: Any) -> int:
    """The line of the file: the parser counts from 0, from below the opening line."""
    return mark.line + 2 if mark else 1


def _marks(flat: str, body: int) -> Iterator[tuple[int, int]]:
    """The spans of the body that are marks and not words."""
    for match in _DROPPED.finditer(flat, body):
        yield match.span()
    for pattern in (_LINK, _STRONG):
        for match in pattern.finditer(flat, body):
            yield match.start(), match.start("kept")
            yield match.end("kept"), match.end()


FORMAT = Format("Markdown", (".md", ".markdown", ".mdown"), read)
