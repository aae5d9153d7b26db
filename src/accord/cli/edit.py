"""`accord edit`: corrections, each an entry in a log that is never erased."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from accord.cli import options as o
from accord.cli.out import colour, note, put, say, tell_unapplied, the_record, width
from accord.errors import EditError
from accord.model.edit import Edit
from accord.workbench import Workspace
from accord.workbench.correcting import By, ByOn

group = typer.Typer(name="edit", rich_markup_mode=None, pretty_exceptions_enable=False)

Items = Annotated[
    list[str] | None,
    typer.Argument(metavar="ITEM", help="An id or its beginning, a reference such as 2:14, an actor's name."),
]
Author = Annotated[
    str | None, typer.Option("--author", envvar="ACCORD_AUTHOR", metavar="NAME", help="Who makes the edit.")
]
Reason = Annotated[str, typer.Option("--reason", metavar="WORDS", help="Why.")]
Layer = Annotated[
    str | None, typer.Option("--layer", metavar="LAYER", help="The layer of the items, where it is not plain.")
]
Fields = Annotated[
    list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="A field and its new value; may be repeated.")
]


@group.callback(
    invoke_without_command=True, epilog="Example: accord edit talks.accord reject 2:14 --layer events --author Ada"
)
def edit(context: typer.Context, record: o.RecordPath = None) -> None:
    """Correct the record. Nothing is lost: every edit is kept in a log and can be undone.

    After the record comes what to do, and then its options: accord edit NAME.accord reject --help.
    """
    context.obj = record
    if context.invoked_subcommand is None:
        the_record(record)
        raise EditError(f"say what to do: accord edit {record} {' | '.join(name for name, *_ in ACTIONS)}")


def accept(
    context: typer.Context, items: Items = None, author: Author = None, reason: Reason = "", layer: Layer = None
) -> None:
    """Hold items to be right: their confidence becomes 1."""
    with the_record(context.obj) as ws:
        _done(ws, ws.accept(items or [], **_by(author, reason, layer)))


def reject(
    context: typer.Context, items: Items = None, author: Author = None, reason: Reason = "", layer: Layer = None
) -> None:
    """Leave items out of the record."""
    with the_record(context.obj) as ws:
        _done(ws, ws.reject(items or [], **_by(author, reason, layer)))


def change(
    context: typer.Context,
    items: Items = None,
    fields: Fields = None,
    author: Author = None,
    reason: Reason = "",
    layer: Layer = None,
) -> None:
    """Give fields of items new values.

    An actor is named; a day is 2025-02-28, 2025-02 or 2025, an interval has a slash; the members of a list stand
    between semicolons; nothing after the = sign means none.
    """
    with the_record(context.obj) as ws:
        _done(ws, ws.change(items or [], _fields(fields), **_by(author, reason, layer)))


def add(
    context: typer.Context,
    layer: Annotated[str | None, typer.Argument(metavar="LAYER", help="statements, events, positions, ...")] = None,
    fields: Fields = None,
    evidence: Annotated[
        list[str] | None,
        typer.Option("--evidence", metavar="REPORT:QUOTE", help="Words of a report, or a reference such as 2:14."),
    ] = None,
    own: Annotated[
        str | None, typer.Option("--note", metavar="WORDS", help="A note of your own that the item rests on instead.")
    ] = None,
    author: Author = None,
    reason: Reason = "",
) -> None:
    """Enter an item that the reader missed, with its evidence or with a note under your name."""
    if layer is None:
        raise EditError("add: name the layer: accord edit NAME.accord add events --set type=AGREE ... --evidence ...")
    with the_record(context.obj) as ws:
        by = By(author=_author(author), reason=reason)
        _done(ws, ws.add(layer, _fields(fields), evidence=evidence or [], note=own, **by))


def merge(
    context: typer.Context, items: Items = None, author: Author = None, reason: Reason = "", layer: Layer = None
) -> None:
    """Hold two or more items to be one.

    With --layer propositions, positions are held to be on one matter.
    """
    with the_record(context.obj) as ws:
        _done(ws, ws.merge(items or [], **_by(author, reason, layer)))


def split(
    context: typer.Context,
    items: Items = None,
    others: Annotated[
        list[str] | None, typer.Option("--from", metavar="ITEM", help="Away from this one alone; may be repeated.")
    ] = None,
    author: Author = None,
    reason: Reason = "",
    layer: Layer = None,
) -> None:
    """Take findings out of the item that they were merged into.

    Their ids are in accord judgements NAME.accord ITEM.
    """
    with the_record(context.obj) as ws:
        _done(ws, ws.split(items or [], away_from=others or [], **_by(author, reason, layer)))


def rename(
    context: typer.Context,
    item: Annotated[str | None, typer.Argument(metavar="ITEM", help="An actor, a proposal or a position.")] = None,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Its new name.")] = None,
    author: Author = None,
    reason: Reason = "",
    layer: Layer = None,
) -> None:
    """Give an actor, a proposal or (with --layer propositions) a proposition its name."""
    with the_record(context.obj) as ws:
        _done(ws, ws.rename(item or [], name or "", **_by(author, reason, layer)))


def undo(
    context: typer.Context,
    edits: Annotated[list[str] | None, typer.Argument(metavar="EDIT", help="Ids of edits; else the last.")] = None,
    author: Author = None,
    reason: Reason = "",
) -> None:
    """Withdraw edits. They stay in the log, and undoing the undoing brings them back."""
    with the_record(context.obj) as ws:
        _done(ws, ws.undo(edits or "last", author=_author(author), reason=reason))


def log(context: typer.Context, form: o.Form = "table") -> None:
    """All edits, who made them, when and why, and which have lost their ground."""
    with the_record(context.obj) as ws:
        from accord.publishing import export, trace_tables

        found = ws.logged()
        if form == "json":
            say(export.pretty(found))
        elif form == "csv":
            say(export.trace_to_csv(found, "edits"))
        else:
            say(trace_tables.trace_table(ws.record(), found, "edits", width=width(), colour=colour()))


def export_log(
    context: typer.Context,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="A file; the log is printed without.")
    ] = Path("-"),
) -> None:
    """Write the log, with the notes that it rests on, for another record."""
    with the_record(context.obj) as ws:
        put(ws.export_edits() or "", output)


def import_log(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="A log that was exported.")] = None,
) -> None:
    """Take in the log of another record. Edits that are here already are left out."""
    if file is None:
        raise EditError("import: name the file: accord edit NAME.accord import FILE")
    with the_record(context.obj) as ws:
        new = ws.import_edits(file)
        say(f"{new} {'edit' if new == 1 else 'edits'} taken in from {file}.\n")
        tell_unapplied(ws, ws.unapplied())


# Each with an example of its use, in the order in which one comes to need them
ACTIONS: tuple[tuple[str, Any, str], ...] = (
    ("accept", accept, "accord edit talks.accord accept 2:14 --layer positions --author Ada"),
    ("reject", reject, 'accord edit talks.accord reject ev-0123456789ab --author Ada --reason "a rumour"'),
    ("change", change, "accord edit talks.accord change 2:14 --layer events --set date=2025-03-11 --author Ada"),
    ("add", add, 'accord edit talks.accord add events --set type=CONSULT --set status=occurred --evidence "2:14"'),
    ("merge", merge, "accord edit talks.accord merge ev-0123456789ab ev-ba9876543210 --author Ada"),
    ("split", split, "accord edit talks.accord split st-0123456789ab --author Ada"),
    ("rename", rename, 'accord edit talks.accord rename Peskov "Dmitry Peskov" --author Ada'),
    ("undo", undo, "accord edit talks.accord undo ed-0123456789ab --author Ada"),
    ("log", log, "accord edit talks.accord log"),
    ("export", export_log, "accord edit talks.accord export -o edits.json"),
    ("import", import_log, "accord edit talks.accord import edits.json"),
)

for _name, _command, _example in ACTIONS:
    group.command(_name, epilog=f"Example: {_example}")(_command)


def _by(author: str | None, reason: str, layer: str | None) -> ByOn:
    return ByOn(author=_author(author), reason=reason, layer=layer)


def _author(author: str | None) -> str:
    if author is None:
        raise EditError("say who makes the edit: --author NAME, or ACCORD_AUTHOR in the environment")
    return author


def _fields(pairs: list[str] | None) -> dict[str, str]:
    found = {}
    for pair in pairs or []:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise EditError(f"--set: must be FIELD=VALUE, such as stance=against; got {pair!r}")
        found[name.strip()] = value
    return found


def _done(ws: Workspace, made: Edit) -> None:
    """Say what was kept, and how it is undone; what it could not do is told, and the exit status says so."""
    say(f"{made.id}: {made.action} {made.layer} {' '.join(made.items)}".rstrip() + "\n")
    note(f"To undo it: accord edit {ws.place.word} undo {made.id}")
    lost = [one for one in ws.unapplied() if one.edit == made.id]
    tell_unapplied(ws, lost)
    if lost:
        raise typer.Exit(1)
