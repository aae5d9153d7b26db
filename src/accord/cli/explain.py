"""The command that says why an item is in the record."""

from __future__ import annotations

from typing import Annotated

import typer

from accord.cli import options as o
from accord.cli.out import say, the_record
from accord.errors import FilterError


def explain(
    record: o.RecordPath = None,
    item: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="The id of an item or its beginning, or a reference such as 2:14."),
    ] = None,
    form: Annotated[o.TextForm, typer.Option("--format", help="Text to read, or data for other programs.")] = "text",
) -> None:
    """Why was this found? Rule, words, parse, who is meant, whose words they are, and what became of it."""
    if item is None:
        raise FilterError("explain: name the id of an item or a reference such as 2:14: accord explain RECORD ID")
    with the_record(record) as ws:
        from accord.publishing import explained, export

        found = ws.explain(item)
        say(export.pretty(found) if form == "json" else explained.explanation_text(ws.record(), found))
