"""JSON documents: one report as an object, or a list of them, as news services answer and dumps hold them.

Files too large to be held are streamed where they are one list, or are JSON lines by another name.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import msgspec

from accord.model.report import Skipped
from accord.reports import fields
from accord.reports.decode import decode
from accord.reports.draft import Draft
from accord.reports.formats import jsonl
from accord.reports.formats.format import Format
from accord.reports.formats.json_list import elements
from accord.reports.formats.row import draft_of
from accord.reports.incoming import MOST_BYTES, Incoming, Refused, why

_BEFORE = b"\xef\xbb\xbf \t\r\n"
_DEEPEST = 3  # "response", "results", the list


def read(incoming: Incoming) -> Iterator[Draft | Skipped]:
    """A draft for each object with a text; objects in a list have their number in it."""
    with incoming.open() as stream:
        try:
            head = stream.read(MOST_BYTES + 1)
        except OSError as problem:
            raise Refused(why(problem)) from problem
        whole = len(head) <= MOST_BYTES
        if _is_lines(head):
            yield from jsonl.read(msgspec.structs.replace(incoming, opener=lambda: _again(head, stream)))
        elif whole:
            yield from _held(head, incoming)
        elif head.lstrip(_BEFORE).startswith(b"["):
            yield from _drafts(elements(_again(head, stream)), incoming)
        else:
            raise Refused(
                f"a .json file larger than {MOST_BYTES:,} bytes must be a list of objects, or hold one a line; this "
                "one is neither. Take the list out of it"
            )


def _is_lines(head: bytes) -> bool:
    """Whether the first line is an object by itself, and another line follows."""
    first, _, rest = head.lstrip(_BEFORE).partition(b"\n")
    if not first.startswith(b"{") or not first.rstrip().endswith(b"}") or not rest.lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _again(head: bytes, stream: io.BufferedReader) -> io.BufferedReader:
    return io.BufferedReader(_Again(head, stream))


class _Again(io.RawIOBase):
    """A stream of which the beginning has been read, from the beginning."""

    def __init__(self, head: bytes, stream: io.BufferedReader) -> None:
        self._head = io.BytesIO(head)
        self._stream = stream

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Fill the buffer, or part of it."""
        return self._head.readinto(buffer) or self._stream.readinto(buffer)


def _held(raw: bytes, incoming: Incoming) -> Iterator[Draft | Skipped]:
    """The drafts of a file that is held whole."""
    try:
        value = json.loads(decode(raw).text)
    except (ValueError, RecursionError) as problem:
        raise Refused(
            f"a .json file must be one whole JSON value; this one is not: {str(problem)[:120]}. "
            "One value a line is .jsonl"
        ) from problem
    rows = _list(value, _DEEPEST)
    if isinstance(value, dict):
        row = fields.plain_row(value)
        if fields.find("text", fields.mapped(row, incoming.columns)) or (rows is None and fields.lead(row)):
            # the file is the report: it has no number in it
            yield msgspec.structs.replace(draft_of(row, 1, incoming.columns), line=None, stated_line=None)
            return
    if rows is None:
        raise Refused(
            'a .json file must be an object with a text, {"text": "…"}, or have a list of such objects; this one is '
            "neither. Say which key holds the text: --columns text=NAME"
        )
    yield from _drafts(iter(rows), incoming)


def _drafts(rows: Iterator[object], incoming: Incoming) -> Iterator[Draft | Skipped]:
    number = 0
    while True:
        number += 1
        try:
            row = next(rows)
            if not isinstance(row, dict):
                raise Refused(f"an entry must be an object with a text; this one is a {type(row).__name__}")
            yield draft_of(fields.plain_row(row), number, incoming.columns)
        except StopIteration:
            return
        except Refused as problem:
            yield Skipped(source=incoming.source, line=number, reason=problem.reason)


def _list(value: object, deepest: int) -> list[object] | None:
    """The list of objects that a value is, or has under one of its keys: the longest there is."""
    if isinstance(value, list):
        return value if any(isinstance(one, dict) for one in value) else None
    if isinstance(value, dict) and deepest > 1:
        found = [rows for one in value.values() if (rows := _list(one, deepest - 1)) is not None]
        return max(found, key=len, default=None)
    return None


FORMAT = Format("JSON", (".json",), read)
