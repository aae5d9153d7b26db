"""The formats that reports come in. To add one: write its module, and name its FORMAT in the list below."""

from __future__ import annotations

import io
import re

import msgspec

from accord.reports.decode import refuse_binary
from accord.reports.formats import (
    feed,
    gdelt,
    json_file,
    jsonl,
    mail,
    markdown,
    page,
    parquet,
    pdf,
    plain,
    table,
    warc,
    word,
)
from accord.reports.formats.format import Format
from accord.reports.incoming import Incoming, Refused

FORMATS: tuple[Format, ...] = (
    plain.FORMAT,
    markdown.FORMAT,
    page.FORMAT,
    jsonl.FORMAT,
    table.FORMAT,
    json_file.FORMAT,
    parquet.FORMAT,
    feed.FORMAT,
    pdf.FORMAT,
    word.FORMAT,
    mail.FORMAT,
    mail.BOX,
    warc.FORMAT,
    gdelt.TABLE,
    gdelt.LIST,
)

_BY_SUFFIX = {suffix: form for form in FORMATS for suffix in form.suffixes}
_SUFFIX = re.compile(r"(?<=.)\.(?=[^.]*[a-z])[a-z0-9]{1,8}$", re.IGNORECASE)
_HEAD = 4096
_FEED = re.compile(rb"<(?:rss|feed|rdf:rdf)[\s>]")


def choose(incoming: Incoming) -> tuple[Format, Incoming]:
    """The format of a file by its name or its suffix, or for one without by its beginning; and the file, to be read so.

    Raises Refused for a suffix that no format has, saying what the file looks like if that can be seen.
    """
    for form in FORMATS:
        if form.names and form.names.fullmatch(incoming.name):
            return form, incoming
    suffix = _SUFFIX.search(incoming.name)
    if suffix:
        known_as = _BY_SUFFIX.get(suffix.group().casefold())
        if known_as:
            return known_as, incoming
        with incoming.open() as stream:
            refuse_binary(stream.read(_HEAD))
        known = ", ".join(_BY_SUFFIX)
        raise Refused(
            f"a report's file must end in one of {known}, or have no ending; this one ends in {suffix.group()}. "
            "If it is the text of a report, name it .txt"
        )
    raw = incoming.all()  # once: what has no name may be a pipe
    held = msgspec.structs.replace(incoming, opener=lambda: io.BufferedReader(io.BytesIO(raw)))
    return _by_beginning(raw[:_HEAD]), held


def _by_beginning(head: bytes) -> Format:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return page.FORMAT
    if start.startswith((b"<rss", b"<feed", b"<rdf:rdf")) or (start.startswith(b"<?xml") and _FEED.search(start)):
        return feed.FORMAT
    if start.startswith(b"%pdf-"):
        return pdf.FORMAT
    return markdown.FORMAT if re.match(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n[\w -]+:\s", head) else plain.FORMAT
