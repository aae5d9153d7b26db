"""`accord read`: reports into a record."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from accord.cli import asking
from accord.cli import options as o
from accord.cli.out import note, say, tell_skipped, tell_unapplied
from accord.errors import ReadingError, RecordError, ReportError
from accord.model.place import Place
from accord.publishing.plain import short
from accord.workbench import Engine, Step, Summary, Workspace
from accord.workbench.engines import make_engine

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATHS...",
        help="Files, folders, patterns: text, HTML, PDF, Word, mail, tables, feeds, zip; - is standard input.",
        show_default=False,
    ),
]
Output = Annotated[
    Place | None,
    typer.Option(
        "--output",
        "-o",
        metavar="NAME.accord",
        help="The record to make or to extend; or postgresql://USER@HOST/DATABASE.",
        show_default=False,
        parser=Place.of,
    ),
]
Spread = Annotated[
    str | None,
    typer.Option(
        metavar="ENGINE",
        help="Read in many processes: dask on this machine's cores, dask=tcp://HOST:8786 on a cluster.",
        show_default=False,
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help="With an engine: processes here (one a core), or those a cluster must have."),
]
Partitions = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER", help="With an engine: keep readings here as Parquet; what lies here is not read again."
    ),
]


def read(
    paths: Paths = None,
    output: Output = None,
    published: Annotated[
        str | None, typer.Option(metavar="DAY", help="The day for reports that state none (2025-02-28).")
    ] = None,
    reader: Annotated[
        str, typer.Option(metavar="READER", help="Who reads: offline, llm, both, or agreed (what both found).")
    ] = "offline",
    engine: Spread = None,
    workers: Workers = None,
    partitions: Partitions = None,
    triage: o.Triage = None,
    columns: o.Columns = None,
    remote: o.Remote = False,
    dry_run: asking.DryRun = False,
    budget_tokens: asking.Tokens = None,
    budget_seconds: asking.Seconds = None,
) -> None:
    """Read reports into a record.

    A report that the record holds is not read again, and each lands as soon as it is read: a run that was broken
    off goes on where it was. The exit status is 1 when something was left out, 2 when nothing could be read.
    """
    if not paths:
        raise RecordError("read: name files or folders with reports: accord read FOLDER -o NAME.accord")
    if output is None:
        raise RecordError("read: name the record with -o: accord read FOLDER -o NAME.accord")
    over = _engine(engine, workers, partitions)
    who = asking.chosen(reader, budget_tokens, budget_seconds)
    intake: dict[str, Any] = {"published": published, "triage": triage, "remote": remote}
    intake["columns"] = field_columns(columns or [])
    with Workspace(output) as ws:
        if dry_run:
            asking.tell_plan(ws, paths, who, **intake)
            return
        try:
            with asking.accounted(who), _bar() as progress:
                done = ws.read(paths, reader=who, progress=progress, engine=over, **intake)
        except KeyboardInterrupt:
            note(f"Broken off. What was read is in {output}; the same command goes on from there.")
            raise typer.Exit(130) from None
        if done.unapplied:
            tell_unapplied(ws, done.unapplied)
    _report(done, output)


def _engine(named: str | None, workers: int | None, partitions: Path | None) -> Engine | None:
    """The engine that was asked for, if any. Raises ReadingError where there is none such, or none was named."""
    if named is None:
        if workers is not None or partitions is not None:
            raise ReadingError("read: --workers and --partitions are an engine's; name it as well: --engine dask")
        return None
    return make_engine(named, workers=workers, partitions=partitions)


def field_columns(said: list[str]) -> dict[str, str]:
    """FIELD=COLUMN pairs as a table. Raises ReportError for what is none."""
    pairs = [pair for one in said for pair in one.split(",")]
    for pair in pairs:
        if "=" not in pair:
            raise ReportError(f"columns: must be FIELD=COLUMN, such as text=story; got {pair!r}")
    return {field.strip(): name.strip() for field, _, name in (pair.partition("=") for pair in pairs)}


def _report(done: Summary, record: Place) -> None:
    left_out = (*done.skipped, *done.failed)
    tell_skipped(left_out)
    if done.passed_over:
        note(f"{_count(done.passed_over)} not about a process, and passed over (--no-triage reads everything).")
        if not done.added and not done.known and not left_out:
            return
    if not done.added and not done.known:
        note("Nothing could be read.")
        raise typer.Exit(2)
    held = f", {done.known} there already" if done.known else ""
    skipped = f", {len(left_out)} skipped" if left_out else ""
    say(f"{_count(done.added)} read into {record}{held}{skipped}. Next: accord brief {record.word}\n")
    if left_out:
        raise typer.Exit(1)


def _count(reports: int) -> str:
    return f"{reports} {'report' if reports == 1 else 'reports'}"


@contextmanager
def _bar() -> Iterator[Callable[[Step], None] | None]:
    """A progress bar on standard error where that is a screen, else nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.text import Text

    columns = (TextColumn("Reading"), BarColumn(20), MofNCompleteColumn(), TimeRemainingColumn(compact=True))
    with Progress(*columns, TextColumn("{task.description}"), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("getting ready", total=None)

        def step(done: Step) -> None:
            left = f", {done.left_out} skipped" if done.left_out else ""
            said = Text(f"{done.added} read{left}: {short(done.source, 40)}").markup
            bar.update(task, completed=done.files, total=done.of, description=said)

        yield step
