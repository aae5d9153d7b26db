"""The commands that look at readers: who has read, whose reading counts, and how far two agree."""

from __future__ import annotations

from typing import Annotated

import typer

from accord.cli import options as o
from accord.cli.out import colour, note, say, the_record, width
from accord.errors import FilterError

_NAME = "A reader's kind (offline, llm, both, agreed) or the beginning of its fingerprint."


def compare(
    record: o.RecordPath = None,
    first: Annotated[str | None, typer.Argument(metavar="READER", help=_NAME, show_default=False)] = None,
    second: Annotated[str | None, typer.Argument(metavar="READER", help="The other one.", show_default=False)] = None,
    form: o.Form = "table",
) -> None:
    """How far do two readers agree? Layer by layer, by the rules that readers are scored with."""
    with the_record(record) as ws:
        if first is None or second is None:
            raise FilterError("compare: name two readers: accord compare NAME.accord offline llm")
        found = ws.compare(first, second)
        from accord.publishing import comparison, export, rows

        if form == "json":
            say(export.pretty(found))
        elif form == "csv":
            say(export.to_csv(rows.plain(found.layers), comparison.AGREEMENT))
        else:
            told = (found.layers, found.first, found.second, found.reports)
            say(comparison.agreement_table(*told, width=width(), colour=colour()))


def readers(
    record: o.RecordPath = None,
    use: Annotated[
        str | None,
        typer.Option("--use", metavar="READER", help="Let this reader's readings count wherever there are any."),
    ] = None,
    form: o.Form = "table",
) -> None:
    """Who has read into this record, and whose reading counts."""
    with the_record(record) as ws:
        if use is not None:
            count = ws.prefer(use)
            note(f"The readings by {use} count now, for {count} {'report' if count == 1 else 'reports'}.")
        from accord.publishing import comparison, export, rows

        found = ws.readers()
        if form == "json":
            say(export.pretty(found))
        elif form == "csv":
            say(export.to_csv(rows.plain(found), comparison.READERS))
        else:
            say(comparison.reader_table(found, width=width(), colour=colour()))
