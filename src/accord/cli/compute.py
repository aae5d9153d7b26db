"""The commands that compute: the negotiating table, what it comes to, and what would change it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from accord.cli import options as o
from accord.cli.out import colour, note, say, the_record, width
from accord.errors import RecordError
from accord.model.place import Place
from accord.workbench import Setting, Workspace
from accord.workbench.computing import CHANGES

Words = list[str] | None

Yaml = Annotated[
    Path | None, typer.Option("--yaml", metavar="FILE", help="Write the table as YAML, to be edited. - prints it.")
]
Method = Annotated[
    Literal["mean", "median", "challenge", "exchange"],
    typer.Option(help="The model: the weighted mean is the one that is hard to beat."),
]
Draws = Annotated[int, typer.Option(min=1, help="How many draws over what the table leaves open.")]
Seed = Annotated[int, typer.Option(min=0, help="The same seed gives the same answer.")]
_PARTY, _VIEW = "PARTY", "PARTY: QUESTION"
Without = Annotated[Words, typer.Option("--without", metavar=_PARTY, help="This party leaves the table.")]
NoConsent = Annotated[Words, typer.Option("--no-consent", metavar=_PARTY, help="Its consent is not needed.")]
Consent = Annotated[Words, typer.Option("--consent", metavar=_PARTY, help="Its consent is needed.")]
Relax = Annotated[Words, typer.Option("--relax", metavar=_VIEW, help="It gives up its red line on this question.")]
Harden = Annotated[
    Words,
    typer.Option(
        "--harden",
        metavar=_VIEW + " [= OPTION]",
        help="It draws a red line: refuses this option, or all but those that it likes best.",
    ),
]
NoCondition = Annotated[
    Words, typer.Option("--no-condition", metavar=_VIEW, help="It gives up its condition on this question.")
]
Lever = Annotated[
    Words, typer.Option("--lever", metavar="LEVER", help="This lever is pulled: its id, or HOLDER: TARGET.")
]
Lift = Annotated[Words, typer.Option("--lift", metavar="LEVER", help="This lever is lifted.")]
Reservation = Annotated[
    Words, typer.Option("--reservation", metavar="PARTY = 0-1", help="What no agreement is worth to it.")
]
Weight = Annotated[Words, typer.Option("--weight", metavar="PARTY = N", help="How strong it is, from 0 up.")]
AddOption = Annotated[
    Words,
    typer.Option(
        "--add-option",
        metavar="QUESTION = OPTION: PARTY 0-1, ...",
        help="A new option, and what it is worth to whom (0 to who is not named).",
    ),
]
Against = Annotated[Path | None, typer.Option("--against", metavar="FILE", help="Compare with this table instead.")]


def outcome(name: str, about: str) -> Callable[..., None]:
    """The command for an outcome of one table that needs no options of its own and has no chart."""

    def command(
        record: o.RecordPath = None,
        table: o.TableFile = None,
        at: o.At = None,
        issue: o.Issue = None,
        since: o.Since = None,
        until: o.Until = None,
        report: o.ReportName = None,
        confidence: o.Confidence = 0.0,
        seconds: o.Seconds = None,
        form: o.Form = "table",
    ) -> None:
        where = _setting(table, at, issue, since, until, report, confidence, seconds)
        _answer(name, record, where, form)

    return _named(command, name, about)


def drawn(name: str, about: str) -> Callable[..., None]:
    """The command for an outcome of one table that needs no options of its own and has a chart."""

    def command(
        record: o.RecordPath = None,
        table: o.TableFile = None,
        at: o.At = None,
        issue: o.Issue = None,
        since: o.Since = None,
        until: o.Until = None,
        report: o.ReportName = None,
        confidence: o.Confidence = 0.0,
        seconds: o.Seconds = None,
        form: o.Form = "table",
        chart: o.ChartFile = None,
    ) -> None:
        where = _setting(table, at, issue, since, until, report, confidence, seconds)
        _answer(name, record, where, form, chart)

    return _named(command, name, about)


def table(
    record: o.RecordPath = None,
    table: o.TableFile = None,
    at: o.At = None,
    issue: o.Issue = None,
    since: o.Since = None,
    until: o.Until = None,
    report: o.ReportName = None,
    confidence: o.Confidence = 0.0,
    form: o.Form = "table",
    yaml: Yaml = None,
) -> None:
    """The negotiating table that the positions set up.

    With --yaml it is written to a file in which every assumption can be edited; the commands that compute take that
    file with --table.
    """
    where = _setting(table, at, issue, since, until, report, confidence, None)
    if yaml is None:
        _answer("table", record, where, form)
        return
    from accord.cli.out import put

    with _workspace(record, where) as ws:
        put(ws.table_yaml(**where), yaml)


def forecast(
    record: o.RecordPath = None,
    method: Method = "mean",
    draws: Draws = 1_000,
    seed: Seed = 1,
    table: o.TableFile = None,
    at: o.At = None,
    issue: o.Issue = None,
    since: o.Since = None,
    until: o.Until = None,
    report: o.ReportName = None,
    confidence: o.Confidence = 0.0,
    form: o.Form = "table",
    chart: o.ChartFile = None,
) -> None:
    """Where each question is expected to settle, as a distribution."""
    where = _setting(table, at, issue, since, until, report, confidence, None)
    _answer("forecast", record, where, form, chart, method=method, draws=draws, seed=seed)


def uncertainty(
    record: o.RecordPath = None,
    draws: Draws = 2_000,
    seed: Seed = 1,
    table: o.TableFile = None,
    at: o.At = None,
    issue: o.Issue = None,
    since: o.Since = None,
    until: o.Until = None,
    report: o.ReportName = None,
    confidence: o.Confidence = 0.0,
    form: o.Form = "table",
    chart: o.ChartFile = None,
) -> None:
    """How sure it is that a zone exists, and what that hangs on."""
    where = _setting(table, at, issue, since, until, report, confidence, None)
    _answer("uncertainty", record, where, form, chart, draws=draws, seed=seed)


def whatif(
    context: typer.Context,
    record: o.RecordPath = None,
    without: Without = None,
    no_consent: NoConsent = None,
    consent: Consent = None,
    relax: Relax = None,
    harden: Harden = None,
    no_condition: NoCondition = None,
    lever: Lever = None,
    lift: Lift = None,
    reservation: Reservation = None,
    weight: Weight = None,
    add_option: AddOption = None,
    against: Against = None,
    table: o.TableFile = None,
    at: o.At = None,
    issue: o.Issue = None,
    since: o.Since = None,
    until: o.Until = None,
    report: o.ReportName = None,
    confidence: o.Confidence = 0.0,
    seconds: o.Seconds = None,
    form: o.Form = "table",
    chart: o.ChartFile = None,
) -> None:
    """The table before and after changes, side by side, and who gains.

    Each change may be given several times. A question is named by its words or a part of them.
    """
    where = _setting(table, at, issue, since, until, report, confidence, seconds)
    _answer("whatif", record, where, form, chart, **{word: context.params[word] for word in CHANGES})


def _named(command: Callable[..., None], name: str, about: str) -> Callable[..., None]:
    command.__name__ = name
    command.__doc__ = about
    return command


def _setting(
    table: Path | None,
    at: str | None,
    issue: str | None,
    since: str | None,
    until: str | None,
    report: str | None,
    confidence: float,
    seconds: float | None,
) -> Setting:
    return Setting(
        table=table,
        at=at,
        issue=issue,
        since=since,
        until=until,
        report=report,
        confidence=confidence,
        seconds=seconds,
    )


def _workspace(record: Place | None, where: Setting) -> Workspace:
    """The record's workspace; one without a record where a table is given in its place."""
    given = where.get("table")
    if record is None and isinstance(given, Path):
        return Workspace(given.with_suffix(".accord"))
    try:
        return the_record(record)
    except RecordError as problem:
        if record is None:
            raise RecordError(f"{problem} (or a table: --table FILE)") from None
        raise


def _answer(
    name: str, record: Place | None, where: Setting, form: str, chart: Path | None = None, **options: Any
) -> None:
    """Compute, and print the answer in the form asked for; the chart goes to its file."""
    with _workspace(record, where) as ws:
        from accord.publishing import export, outcomes

        made = ws.compute(name, options, **where)
        if chart is not None:
            _draw(outcomes.as_svg(made), chart)
        if form == "json":
            say(export.pretty(made.answer))
        elif form == "csv":
            some = outcomes.as_rows(made)
            say(export.to_csv(some, list(some[0]) if some else []))
        else:
            hint = str(record) if record is not None else f"--table {where.get('table')}"
            held = ws.record() if record is not None else None
            say(outcomes.show(made, held, hint=hint, width=width(), colour=colour()))


def _draw(svg: str, path: Path) -> None:
    from accord.publishing.files import write_file

    write_file(path, svg)
    note(f"Written: {path}")
