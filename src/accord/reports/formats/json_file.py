"""JSON documents: one report as an object, or a list of them, as news services answer and dumps hold them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import msgspec

from accord.model.report import Skipped
from accord.reports import fields
from accord.reports.decode import decode
from accord.reports.draft import Draft
from accord.reports.formats.format import Format
from accord.reports.formats.row import draft_of
from accord.reports.incoming import Incoming, Refused

_DEEPEST = 3  # "response", "results", the list


def read(incoming: Incoming) -> Iterator[Draft | Skipped]:
    """A draft for each object with a text; objects in a list have their number in it."""
    try:
        value = json.loads(decode(incoming.all()).text)
    except (ValueError, RecursionError) as problem:
        raise Refused(
            f"a .json file must be one whole JSON value; this one is not: {str(problem)[:120]}. "
            "One value a line is .jsonl"
        ) from problem
    if isinstance(value, dict) and fields.find("text", _plain(value, incoming)):
        # the file is the report: it has no number in it
        yield msgspec.structs.replace(draft_of(_plain(value, incoming), 1), line=None, stated_line=None)
        return
    rows = _list(value, _DEEPEST)
    if rows is None:
        raise Refused(
            'a .json file must be an object with a text, {"text": "…"}, or have a list of such objects; this one is '
            "neither. Say which key holds the text: --columns text=NAME"
        )
    for number, row in enumerate(rows, start=1):
        try:
            if not isinstance(row, dict):
                raise Refused(f"an entry must be an object with a text; this one is a {type(row).__name__}")
            yield draft_of(_plain(row, incoming), number)
        except Refused as problem:
            yield Skipped(source=incoming.source, line=number, reason=problem.reason)


def _list(value: object, deepest: int) -> list[object] | None:
    """The list of objects that a value is, or has under one of its keys: the first there is."""
    if isinstance(value, list):
        return value if any(isinstance(one, dict) for one in value) else None
    if isinstance(value, dict) and deepest > 1:
        return next((rows for one in value.values() if (rows := _list(one, deepest - 1)) is not None), None)
    return None


def _plain(row: Mapping[str, object], incoming: Incoming) -> dict[str, object]:
    return fields.mapped({fields.plain(key): value for key, value in row.items()}, incoming.columns)


FORMAT = Format("JSON", (".json",), read)
