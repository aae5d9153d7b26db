"""The commands that care for a record's file: copies, and what is damaged."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from accord.cli import options as o
from accord.cli.out import note, say, the_record
from accord.errors import RecordError
from accord.publishing.plain import one_line

if TYPE_CHECKING:
    from accord.record.care import Health, Rescued, Trouble
    from accord.workbench.caring import Mended

_MOST = 40


def backup(
    record: o.RecordPath = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="COPY", help="The file to copy it to.", show_default=False)
    ] = None,
) -> None:
    """Copy a record into one file, also while it is served, watched or read into.

    The copy is proved before it takes its name. To restore it, copy it back.
    """
    if output is None:
        raise RecordError("backup: name the copy with -o: accord backup NAME.accord -o COPY.accord")
    with the_record(record) as ws:
        made = ws.backup(output)
    say(f"Copied to {output} and proved: {_holds(made)}.\n")


def doctor(
    record: o.RecordPath = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="NEW", help="Make a new record of what is whole.", show_default=False),
    ] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Put the new record in this one's place, and keep the damaged file.")
    ] = False,
) -> None:
    """Whether a record's file is as it was written, and what can be saved of it where it is not.

    Nothing is changed without -o or --rebuild. The exit status is 1 when something is damaged or was lost.
    """
    with the_record(record) as ws:
        if output is not None or rebuild:
            _tell_mended(ws.mend(output))
            return
        found = ws.doctor()
    if found.sound:
        say(f"{record}: whole. {_holds(found).capitalize()}; every one is as it was written.\n")
        return
    _tell(found.troubles, found.derived)
    say(f"{record}: damaged. As it was written: {_holds(found)}.\n")
    note(f"To save it: accord doctor {record} -o NEW.accord, or --rebuild to put the new record in its place.")
    raise typer.Exit(1)


def _tell_mended(done: Mended) -> None:
    _tell(done.lost)
    again = f" {done.read_again} of the reports were read again, offline." if done.read_again else ""
    kept = f" The old file is {done.kept}." if done.kept != done.path else ""
    say(f"{done.path}: a new record of {_holds(done)}.{again}{kept}\n")
    if done.lost:
        raise typer.Exit(1)


def _tell(*some: Iterable[Trouble]) -> None:
    every = [one for part in some for one in part]
    for one in every[:_MOST]:
        note(one_line(f"{one.part}: {one.what}"))
    if len(every) > _MOST:
        note(f"and {len(every) - _MOST} more")


def _holds(found: Health | Rescued | Mended) -> str:
    counts = (
        (found.reports, "report"),
        (found.readings, "reading"),
        (found.edits, "edit"),
        (found.scenarios, "scenario"),
    )
    said = [f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts]
    return f"{', '.join(said[:-1])} and {said[-1]}"
