"""`accord neighbours`: agreements and events of other people's tables beside the record, and the timeline with them."""

from __future__ import annotations

from typing import Annotated

import typer

from accord.cli import options as o
from accord.cli.look import show_layer
from accord.cli.out import colour, note, say, tell_skipped, the_record, width
from accord.cli.read import field_columns
from accord.errors import FilterError, ReportError
from accord.model.query import make_filter
from accord.workbench import Filters
from accord.workbench.neighbouring import Met

group = typer.Typer(name="neighbours", rich_markup_mode=None, pretty_exceptions_enable=False)

_NONE = "No neighbours here.\n"

Columns = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FIELD=COLUMN",
        help="What a table of another kind calls a field: date, title, parties (several with +), place, key and so on.",
        show_default=False,
    ),
]


@group.callback(invoke_without_command=True, epilog="Example: accord neighbours talks.accord add acled.csv")
def neighbours(context: typer.Context, record: o.RecordPath = None) -> None:
    """Agreements and events from files such as PA-X's and ACLED's, beside the record.

    They are no part of it: no report tells of them, and nothing counts them. After the record comes what to do, and
    then its options: accord neighbours NAME.accord add FILES...; alone it lists them.
    """
    context.obj = record
    if context.invoked_subcommand is None:
        show(context)


def show(
    context: typer.Context,
    party: o.Party = None,
    since: o.Since = None,
    until: o.Until = None,
    form: o.Form = "table",
) -> None:
    """List them, in time."""
    with the_record(context.obj) as ws:
        from accord.publishing import neighbours as tables

        found = ws.neighbours_of(party=party, since=since, until=until)
        if form == "json":
            say(tables.to_json(found))
        elif form == "csv":
            say(tables.to_csv(found))
        elif found:
            say(tables.table(found, width=width(), colour=colour()))
        else:
            say(_NONE)


def add(
    context: typer.Context,
    files: Annotated[
        list[str] | None, typer.Argument(metavar="FILES...", help="CSV files, as downloaded.", show_default=False)
    ] = None,
    columns: Columns = None,
) -> None:
    """Put the rows of files beside the record. The same rows again change nothing."""
    if not files:
        raise ReportError("neighbours: name the files to add: accord neighbours NAME.accord add FILES...")
    with the_record(context.obj) as ws:
        done = ws.add_neighbours(files, columns=field_columns(columns or []))
        _report(done)


def remove(
    context: typer.Context,
    named: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAMES...", help="Files, data sets such as ACLED, ids, or all.", show_default=False),
    ] = None,
) -> None:
    """Take neighbours away: those of a file, of a data set, by id, or all."""
    if not named:
        raise FilterError("neighbours: name what to take away: a file, a data set, an id, or all")
    with the_record(context.obj) as ws:
        gone = ws.remove_neighbours(*named)
        say(f"{gone} {'neighbour' if gone == 1 else 'neighbours'} taken away.\n")


group.command("list", epilog="Example: accord neighbours talks.accord list --since 2025-03")(show)
group.command(epilog="Example: accord neighbours talks.accord add pax.csv")(add)
group.command(epilog="Example: accord neighbours talks.accord remove pax.csv")(remove)


def _report(done: Met) -> None:
    tell_skipped(done.skipped)
    if not (done.added or done.changed or done.known):
        note("No neighbour could be added.")
        raise typer.Exit(2)
    said = [f"{done.added} added"]
    said += [f"{done.changed} in place of older rows"] if done.changed else []
    said += [f"{done.known} there already"] if done.known else []
    said += [f"{len(done.skipped)} skipped"] if done.skipped else []
    say(f"Neighbours: {', '.join(said)}.\n")
    if done.skipped:
        raise typer.Exit(1)


def timeline(
    record: o.RecordPath = None,
    neighbours: Annotated[
        bool, typer.Option("--neighbours", help="Also what files that were brought tell beside the record.")
    ] = False,
    party: o.Party = None,
    issue: o.Issue = None,
    since: o.Since = None,
    until: o.Until = None,
    report: o.ReportName = None,
    confidence: o.Confidence = 0.0,
    form: o.Form = "table",
) -> None:
    """Who did what to whom, and when: the events."""
    filters = Filters(party=party, issue=issue, since=since, until=until, report=report, confidence=confidence)
    where = make_filter(**filters)
    with the_record(record) as ws:
        if not neighbours:
            show_layer(ws, "events", where, form)
            return
        from accord.publishing import export, rows
        from accord.publishing import neighbours as beside

        found = ws.neighbours_of(**filters)
        if form == "csv":
            raise FilterError("timeline: events and neighbours have different columns; accord neighbours has theirs")
        if form == "json":
            events = rows.layer_forms(ws.record(), "events", where)
            say(export.pretty({"events": events, "neighbours": [beside.form(one) for one in found]}))
            return
        show_layer(ws, "events", where, form)
        said = beside.table(found, width=width(), colour=colour()) if found else _NONE
        say(f"\n{said}")
