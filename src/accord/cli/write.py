"""The commands that write for others: the brief and the export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from accord.cli import options as o
from accord.cli.out import colour, note, put, say, the_record, width
from accord.model.query import make_filter
from accord.workbench import Filters

_WHERE = " Give a path, or - to print it."


def brief(
    record: o.RecordPath = None,
    html: Annotated[Path | None, typer.Option(metavar="PATH", help="Write it as one HTML page." + _WHERE)] = None,
    md: Annotated[Path | None, typer.Option(metavar="PATH", help="Write it as Markdown." + _WHERE)] = None,
    json: Annotated[Path | None, typer.Option(metavar="PATH", help="Write it as JSON." + _WHERE)] = None,
    pdf: Annotated[Path | None, typer.Option(metavar="PATH", help="Print it as PDF; takes a Chromium.")] = None,
    party: o.Party = None,
    issue: o.Issue = None,
    since: o.Since = None,
    until: o.Until = None,
    report: o.ReportName = None,
    confidence: o.Confidence = 0.0,
) -> None:
    """Where the process stands, on one screen.

    The parties, what changed last, the position matrix with red lines, proposals, discrepancies, and whether the
    parties could agree. Each line has a reference: [2:14] is report 2, sentence 14.
    """
    filters = Filters(party=party, issue=issue, since=since, until=until, report=report, confidence=confidence)
    with the_record(record) as ws:
        from accord.publishing import publish
        from accord.publishing.files import write_bytes

        if pdf is not None:
            write_bytes(pdf, ws.brief_pdf(**filters))
            note(f"Written: {pdf}")
        content = ws.brief_content(**filters)
        places = {"html": html, "md": md, "json": json}
        for form, place in places.items():
            if place is not None:
                put(publish(content, form), place)
        if not any((*places.values(), pdf)):
            say(publish(content, "text", record=ws.place.word, width=width(), colour=colour()))


def export(
    record: o.RecordPath = None,
    form: Annotated[
        Literal["json", "csv", "parquet", "timeline", "graphml", "gexf", "ftm", "polecat", "plover", "schema"],
        typer.Option(
            "--format",
            help="The whole record; a table for each layer; TimelineJS; the network; FollowTheMoney; events as event "
            "coders have them (PATH may end in .csv, .jsonl or .parquet); the JSON Schema.",
        ),
    ] = "json",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="A file; for csv and parquet a folder, or NAME.zip. Text is printed without.",
        ),
    ] = None,
    party: o.Party = None,
    issue: o.Issue = None,
    since: o.Since = None,
    until: o.Until = None,
    report: o.ReportName = None,
    confidence: o.Confidence = 0.0,
) -> None:
    """Write the record as data. Equal records give equal bytes."""
    filters = Filters(party=party, issue=issue, since=since, until=until, report=report, confidence=confidence)
    make_filter(**filters)
    with the_record(record) as ws:
        text = ws.export(form, None if output is None or str(output) == "-" else output, **filters)
        if text is not None:
            say(text)
        else:
            note(f"Written: {output}")
