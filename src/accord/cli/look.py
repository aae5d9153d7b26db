"""The commands that look at the record: one for each view, search, and the sentence behind a reference."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated

import typer

from accord.cli import options as o
from accord.cli.out import colour, say, the_record, width
from accord.errors import FilterError
from accord.model.query import make_filter
from accord.model.record import Filter, Passage
from accord.workbench import VIEWS, Workspace


def view(name: str, about: str) -> Callable[..., None]:
    """The command for one of the workbench's views."""

    def command(
        record: o.RecordPath = None,
        party: o.Party = None,
        issue: o.Issue = None,
        since: o.Since = None,
        until: o.Until = None,
        report: o.ReportName = None,
        confidence: o.Confidence = 0.0,
        form: o.Form = "table",
    ) -> None:
        where = make_filter(party=party, issue=issue, since=since, until=until, report=report, confidence=confidence)
        with the_record(record) as ws:
            show_layer(ws, VIEWS[name], where, form)

    command.__name__ = name
    command.__doc__ = about
    return command


def show_layer(ws: Workspace, layer: str, where: Filter, form: str) -> None:
    """Print what passes of one layer, in the form asked for."""
    from accord.publishing import export, tables

    held = ws.record()
    if form == "json":
        say(export.layer_to_json(held, layer, where))
    elif form == "csv":
        say(export.layer_to_csv(held, layer, where))
    else:
        say(tables.layer_table(held, layer, where, width=width(), colour=colour()))


def search(
    record: o.RecordPath = None,
    query: Annotated[str | None, typer.Argument(metavar="QUERY", help="Words to look for.", show_default=False)] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many passages.")] = 20,
    party: o.Party = None,
    issue: o.Issue = None,
    since: o.Since = None,
    until: o.Until = None,
    report: o.ReportName = None,
    confidence: o.Confidence = 0.0,
    form: o.Form = "table",
) -> None:
    """Find passages of the reports by their words."""
    if query is None:
        raise FilterError('search: name the words to look for: accord search NAME.accord "WORDS"')
    with the_record(record) as ws:
        found = ws.passages(
            query,
            limit=limit,
            party=party,
            issue=issue,
            since=since,
            until=until,
            report=report,
            confidence=confidence,
        )
        _passages(ws, found, form)


def similar(
    record: o.RecordPath = None,
    reference: Annotated[
        str | None,
        typer.Argument(metavar="REF", help="A reference such as 2:14, or the id of an item.", show_default=False),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many passages.")] = 10,
    form: o.Form = "table",
) -> None:
    """Find passages of other reports that are like a sentence."""
    if reference is None:
        raise FilterError(
            "similar: name a reference such as 2:14 or the id of an item: accord similar NAME.accord 2:14"
        )
    with the_record(record) as ws:
        _passages(ws, ws.similar_passages(reference, limit=limit), form)


def _passages(ws: Workspace, found: Iterable[Passage], form: str) -> None:
    from accord.publishing import export, rows, tables

    some = rows.passage_rows(ws.record(), found)
    if form == "json":
        say(export.pretty(some))
    elif form == "csv":
        say(export.to_csv(some, rows.PASSAGE_COLUMNS))
    else:
        say(tables.passage_table(some, width=width(), colour=colour()))


def evidence(
    record: o.RecordPath = None,
    reference: Annotated[
        str | None,
        typer.Argument(metavar="REF", help="A reference such as 2:14, or the id of an item.", show_default=False),
    ] = None,
    form: Annotated[o.TextForm, typer.Option("--format", help="Text to read, or data for other programs.")] = "text",
) -> None:
    """Says who? The sentence behind a reference or an item."""
    if reference is None:
        raise FilterError(
            "evidence: name a reference such as 2:14 or the id of an item: accord evidence NAME.accord 2:14"
        )
    with the_record(record) as ws:
        from accord.publishing import export, tables

        found = ws.evidence(reference)
        say(export.pretty(found) if form == "json" else tables.sentence_text(found, width=width(), colour=colour()))
