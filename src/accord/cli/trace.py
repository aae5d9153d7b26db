"""The commands that tell what became of things: changes, histories, meetings, judgements, and the rebuild."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from accord.cli import options as o
from accord.cli.out import colour, say, the_record, width
from accord.model.place import Place
from accord.workbench import Filters
from accord.workbench.tracing import Of, Verdict


def changes(
    record: o.RecordPath = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="What reports brought that appeared on this day or later (2025-03-01)."),
    ] = None,
    party: o.Party = None,
    issue: o.Issue = None,
    until: o.Until = None,
    report: o.ReportName = None,
    confidence: o.Confidence = 0.0,
    form: o.Form = "table",
) -> None:
    """What is new since a day, what moved, and what contradicts what was there."""
    filters = Filters(party=party, issue=issue, since=since, until=until, report=report, confidence=confidence)
    _trace("changes", record, filters, form)


def history(
    record: o.RecordPath = None,
    of: Annotated[Of, typer.Option("--of", help="Stances of parties, or states of levers.")] = "positions",
    shifted: Annotated[bool, typer.Option("--shifted", help="Only where something ever shifted.")] = False,
    party: o.Party = None,
    issue: o.Issue = None,
    since: o.Since = None,
    until: o.Until = None,
    report: o.ReportName = None,
    confidence: o.Confidence = 0.0,
    form: o.Form = "table",
) -> None:
    """Where each party stood on each proposition over time, shifts marked."""
    filters = Filters(party=party, issue=issue, since=since, until=until, report=report, confidence=confidence)
    _trace("history", record, filters, form, of=of, shifted=shifted)


def meetings(
    record: o.RecordPath = None,
    party: o.Party = None,
    issue: o.Issue = None,
    since: o.Since = None,
    until: o.Until = None,
    report: o.ReportName = None,
    confidence: o.Confidence = 0.0,
    form: o.Form = "table",
) -> None:
    """Who met or called whom, and when, for each two parties."""
    filters = Filters(party=party, issue=issue, since=since, until=until, report=report, confidence=confidence)
    _trace("meetings", record, filters, form)


def judgements(
    record: o.RecordPath = None,
    item: Annotated[
        str | None,
        typer.Argument(metavar="[ITEM]", help="Only on this item: its id, a reference, an actor by name."),
    ] = None,
    verdict: Annotated[Verdict | None, typer.Option(help="Only those that hold this.")] = None,
    party: o.Party = None,
    issue: o.Issue = None,
    since: o.Since = None,
    until: o.Until = None,
    report: o.ReportName = None,
    confidence: o.Confidence = 0.0,
    form: o.Form = "table",
) -> None:
    """What is held to be one and what is not: by which rule or whom, when and why.

    Judgements that were withdrawn are shown as such.
    """
    filters = Filters(party=party, issue=issue, since=since, until=until, report=report, confidence=confidence)
    _trace("judgements", record, filters, form, item=item, verdict=verdict)


def rebuild(record: o.RecordPath = None) -> None:
    """Make the merged record anew from reports, readings and edits.

    The answer is the same, byte for byte, unless another version of Accord merged it before.
    """
    with the_record(record) as ws:
        done = ws.rebuild()
    items = ", ".join(f"{count} {name}" for name, count in done.items.items())
    lost = f" What {done.unapplied} edits could not do: accord edit {record} log." if done.unapplied else ""
    same = "The same as before, byte for byte." if done.same else "Not what was there: it had been merged otherwise."
    made_from = f"{done.reports} reports, {done.readings} readings and {done.edits} edits"
    say(f"Merged anew from {made_from}: {items}.\n{same}{lost}\n")


def _trace(word: str, record: Place | None, filters: Filters, form: str, **options: Any) -> None:
    with the_record(record) as ws:
        from accord.publishing import export, trace_tables

        found = ws.trace(word, options, **filters)
        rows = "lever-history" if options.get("of") == "levers" else word
        if form == "json":
            say(export.pretty(found))
        elif form == "csv":
            say(export.trace_to_csv(found, rows))
        else:
            say(trace_tables.trace_table(ws.record(), found, rows, width=width(), colour=colour()))
