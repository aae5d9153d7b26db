"""What commands share: the record, the filters, the form. One definition each, so that every command says the same."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from accord.model.place import Place
from accord.model.query import ISSUES


def complete_issue(typed: str) -> list[str]:
    """The issues that start with what was typed."""
    return [issue for issue in ISSUES if issue.startswith(typed)]


RecordPath = Annotated[
    Place | None,
    typer.Argument(
        metavar="RECORD", help="The record: NAME.accord, or postgresql://...", show_default=False, parser=Place.of
    ),
]
Party = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Only what this actor, or who speaks for it, does or says."),
]
Issue = Annotated[
    str | None,
    typer.Option(
        metavar="ISSUE",
        help="Only this issue of the vocabulary, such as ceasefire.",
        autocompletion=complete_issue,
    ),
]
Since = Annotated[
    str | None,
    typer.Option(metavar="DAY", help="Only from this day, month or year on (2025-03-01)."),
]
Until = Annotated[
    str | None,
    typer.Option(metavar="DAY", help="Only up to this day, month or year."),
]
ReportName = Annotated[
    str | None,
    typer.Option(metavar="REPORT", help="Only what rests on this report: number, id, file or title."),
]
Confidence = Annotated[
    float,
    typer.Option(metavar="0-1", help="Only items of at least this confidence."),
]
Form = Annotated[
    Literal["table", "json", "csv"], typer.Option("--format", help="A table to read, or data for other programs.")
]
At = Annotated[
    str | None, typer.Option("--at", metavar="DAY", help="The positions as they stood on this day, not the latest.")
]
TableFile = Annotated[
    Path | None,
    typer.Option("--table", metavar="FILE", help="Compute this table (YAML or JSON) instead of the record's."),
]
Seconds = Annotated[
    float | None, typer.Option(metavar="N", help="Time limit of a solver's call, for tables too large to enumerate.")
]
ChartFile = Annotated[Path | None, typer.Option("--chart", metavar="FILE", help="Draw it as well, as SVG.")]
TextForm = Literal["text", "json"]
Triage = Annotated[
    bool | None,
    typer.Option(
        "--triage/--no-triage",
        help="Pass over what is not about a process. Unless said, in feeds and archives of the web only.",
        show_default=False,
    ),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FIELD=COLUMN",
        help="What a table calls a field: text, title, outlet, url or published. Several, or one with commas.",
        show_default=False,
    ),
]
Remote = Annotated[bool, typer.Option("--remote", help="Open addresses (s3://, gs://, https://) as well as files.")]
