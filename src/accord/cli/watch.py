"""`accord watch`: new reports from feeds and folders into a record, as they appear."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from types import FrameType
from typing import Annotated, Any, Literal

import msgspec
import typer

from accord.cli import options as o
from accord.cli.out import colour, note, say, tell_skipped, width
from accord.errors import FilterError, RecordError
from accord.model.place import Place
from accord.publishing.plain import one_line
from accord.workbench import Workspace
from accord.workbench.watching import Look

_HOOK_SECONDS = 300
_OF_A_REPORT = ("id", "title", "outlet", "source", "url", "published")


def watch(
    record: o.RecordPath = None,
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCES...", help="Feeds (https://...) and folders.", show_default=False),
    ] = None,
    every: Annotated[float, typer.Option(min=1, metavar="SECONDS", help="The time between two looks.")] = 600,
    looks: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Stop after so many looks.", show_default=False)
    ] = None,
    hook: Annotated[
        str | None,
        typer.Option(metavar="COMMAND", help="Run this on news; it gets them as JSON on standard input."),
    ] = None,
    triage: o.Triage = None,
    reader: Annotated[str, typer.Option(metavar="READER", help="Who reads.")] = "offline",
    form: Annotated[
        Literal["table", "json"], typer.Option("--format", help="A table to read, or a line of JSON a look.")
    ] = "table",
) -> None:
    """Watch feeds and folders: read what is new, and print what it changed.

    A source that fails is told and asked again later. Stop it with Ctrl-C; started again it goes on where it was.
    """
    if record is None or not sources:
        raise RecordError("watch: name a record and what to watch: accord watch NAME.accord FOLDER https://.../feed")
    asked = _command(hook)
    signal.signal(signal.SIGTERM, _stop)
    with Workspace(record) as ws, ws.watch(sources, triage=triage, reader=reader) as eyes:

        def tell(look: Look) -> None:
            _tell(ws, look, form)
            if asked and look.added:
                _run(asked, record, look)

        from accord.workbench import watching

        try:
            watching.watch(eyes.look, tell, every=every, most=looks)
        except KeyboardInterrupt:
            note(f"Stopped. What was read is in {record}; the same command goes on from there.")


def _stop(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt


def _command(hook: str | None) -> list[str] | None:
    """The words of a hook. Raises FilterError where they cannot be told apart."""
    try:
        return shlex.split(hook) if hook else None
    except ValueError as problem:
        raise FilterError(f"hook: must be a command with its arguments; {problem}. Mend its quotation marks") from None


def _tell(ws: Workspace, look: Look, form: str) -> None:
    tell_skipped(look.skipped)
    if form == "json":
        say(msgspec.json.encode(news(ws.place, look)).decode() + "\n")
        return
    if look.passed_over:
        note(f"{look.passed_over} not about a process, and passed over (--no-triage reads everything).")
    if not look.added:
        return
    from accord.publishing import trace_tables

    titles = [one_line(report.title or report.source) for report in look.added]
    say("".join(f"New: {title}\n" for title in titles))
    say(trace_tables.trace_table(ws.record(), look.changes, "changes", width=width(), colour=colour()))


def news(record: Place, look: Look) -> dict[str, Any]:
    """What a look brought, as the data that hooks and --format json get."""
    return {
        "record": str(record),
        "added": [
            {"id": r.id, "title": r.title, "source": r.source, "url": r.url, "published": r.published}
            for r in look.added
        ],
        "changes": look.changes,
        "passed_over": look.passed_over,
        "skipped": look.skipped,
    }


def _run(command: list[str], record: Place, look: Look) -> None:
    """Run the hook. A hook that fails is told; the watch goes on."""
    environment = {**os.environ, "ACCORD_RECORD": record.resolved(), "ACCORD_ADDED": str(len(look.added))}
    sys.stdout.flush()
    try:
        done = subprocess.run(
            command,
            input=msgspec.json.encode(news(record, look)),
            env=environment,
            timeout=_HOOK_SECONDS,
            check=False,
        )
    except (OSError, ValueError) as problem:
        note(f"Hook: {command[0]} cannot be run: {problem}. The watch goes on.")
    except subprocess.TimeoutExpired:
        note(f"Hook: {command[0]} took longer than {_HOOK_SECONDS} seconds and was stopped. The watch goes on.")
    else:
        if done.returncode:
            note(f"Hook: {command[0]} ended with status {done.returncode}. The watch goes on.")
