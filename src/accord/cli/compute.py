"""The commands that compute: the negotiating table, its zone, what closes it, what would open it."""

from __future__ import annotations

from collections.abc import Callable

from accord.cli import options as o
from accord.cli.out import colour, say, the_record, width


def outcome(name: str, about: str) -> Callable[..., None]:
    """The command for one of the outcomes."""

    def command(
        record: o.RecordPath = None,
        at: o.At = None,
        issue: o.Issue = None,
        since: o.Since = None,
        until: o.Until = None,
        report: o.ReportName = None,
        confidence: o.Confidence = 0.0,
        form: o.Form = "table",
    ) -> None:
        with the_record(record) as ws:
            from accord.publishing import export, outcomes

            answers = ws.answers(at=at, issue=issue, since=since, until=until, report=report, confidence=confidence)
            if form == "json":
                say(export.pretty(outcomes.as_value(name, answers)))
            elif form == "csv":
                some = outcomes.as_rows(name, answers)
                say(export.to_csv(some, list(some[0]) if some else []))
            else:
                say(outcomes.show(name, answers, ws.record(), name=str(record), width=width(), colour=colour()))

    command.__name__ = name
    command.__doc__ = about
    return command
