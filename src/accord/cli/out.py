"""What commands print, and where: text to the screen or a pipe, files to their place, notes beside it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import typer

from accord.errors import RecordError
from accord.model.edit import Unapplied
from accord.model.place import Place
from accord.model.report import Skipped
from accord.publishing.plain import one_line
from accord.workbench import Workspace

_WIDEST, _NARROWEST = 110, 40
_PIECE = 16_384  # characters, within what a pipe holds


def colour() -> bool:
    """Whether standard output is a screen that shows colours."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def width() -> int:
    """The columns to fill: the screen's, within what is pleasant to read; 80 in a pipe."""
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((80, 24)).columns))


class PipeClosed(Exception):
    """Whoever read standard output has gone."""


def say(text: str) -> None:
    """Print text that ends its own lines. Raises PipeClosed when nobody reads it any more."""
    try:
        # in pieces, since an unbuffered stream does not tell that a reader left in the midst of one write
        for start in range(0, len(text), _PIECE):
            sys.stdout.write(text[start : start + _PIECE])
        sys.stdout.flush()
    except BrokenPipeError as problem:
        raise PipeClosed from problem


def note(text: str) -> None:
    """Print a remark that is not the answer: to standard error."""
    typer.echo(text, err=True)


def put(text: str, path: Path) -> None:
    """Write text to a file, or print it where the path is "-"."""
    if str(path) == "-":
        say(text)
        return
    from accord.publishing.files import write_file

    write_file(path, text)
    note(f"Written: {path}")


def tell_skipped(some: Iterable[Skipped]) -> None:
    """Print, as remarks, what came in and was not read, and why."""
    for one in some:
        where = f"{one.source}, line {one.line}" if one.line else one.source
        note(f"Skipped {one_line(where)}: {one_line(one.reason)}")


def tell_unapplied(ws: Workspace, some: Iterable[Unapplied]) -> None:
    """Print, as remarks, what edits could not do on the present readings."""
    made = {edit.id: edit for edit in ws.edits()}
    for one in some:
        edit = made[one.edit]
        about = f" {one.item}" if one.item else ""
        moved = f" ({one.moved})" if one.moved else ""
        by = f"{edit.action} {edit.layer}{about}, {edit.author}"
        note(one_line(f"Edit {one.edit} ({by}): {one.reason}{moved}"))


def the_record(place: Place | None) -> Workspace:
    """The workspace of a record that is there.

    Raises RecordError that says what to do when none is named or there is no such file.
    """
    here = sorted(p.name for p in Path().glob("*.accord"))
    hint = f"; here: {', '.join(here[:5])}" if here else "; make one with: accord read FOLDER -o NAME.accord"
    if place is None:
        raise RecordError(f"name a record, NAME.accord{hint}")
    if place.file is not None and not place.file.exists():
        raise RecordError(f"{place}: there is no such record{hint}")
    return Workspace(place)
