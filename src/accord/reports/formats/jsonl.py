"""JSON lines: one report a line, as an object with a text and what is known of it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from accord.model.report import Skipped
from accord.reports import fields
from accord.reports.draft import Draft
from accord.reports.formats.format import Format
from accord.reports.formats.row import draft_of
from accord.reports.incoming import Incoming, Refused
from accord.reports.lines import Lines, lines_of


def read(incoming: Incoming) -> Iterator[Draft | Skipped]:
    """A draft for each line; a line that is no report is skipped with its number, and blank lines are none."""
    with lines_of(incoming, newline="\n") as lines:
        while True:
            lines.refill()
            try:
                line = next(lines, None)
                if line is None:
                    return
                if line.strip():
                    yield draft_of(_row(line, lines), lines.number, incoming.columns)
            except Refused as problem:
                yield Skipped(source=incoming.source, line=problem.line or lines.number, reason=problem.reason)


def _row(line: str, lines: Lines) -> dict[str, object]:
    """The object on a line, by the plain names of its keys. Raises Refused where there is none."""
    try:
        value = json.loads(line.rstrip("\r\n"))
    except (ValueError, RecursionError) as problem:
        place = f" (character {problem.colno:,})" if isinstance(problem, json.JSONDecodeError) else ""
        what = problem.msg if isinstance(problem, json.JSONDecodeError) else str(problem)
        raise Refused(
            f"a line must be one whole JSON object; this one is not: {what}{place}, line begins {line[:40].strip()!r}. "
            "Was the file cut short?",
            lines.number,
        ) from problem
    if not isinstance(value, dict):
        raise Refused(
            f"a line must be one JSON object with a text; this one is a {type(value).__name__}, {line[:40].strip()!r}. "
            'Write {"text": "…"} on it',
            lines.number,
        )
    return fields.plain_row(value)


FORMAT = Format("JSON lines", (".jsonl", ".ndjson"), read)
