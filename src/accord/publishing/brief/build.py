"""Builds the brief of a record."""

from __future__ import annotations

from accord.model.findings import LAYERS
from accord.model.record import Filter, Record
from accord.publishing.brief import changes, holds, matrix, matters, parties
from accord.publishing.brief.agreement import Answers, agreement
from accord.publishing.brief.content import Brief, Source
from accord.publishing.brief.ground import Ground

# How much a brief holds: what one sitting can take in. Forms show as much of it as they have room for.
_PARTIES, _CHANGES, _AHEAD, _MATTERS, _HOLDS = 12, 15, 8, 15, 12
_ROWS, _COLUMNS = 16, 6


def build(
    record: Record, where: Filter | None = None, *, title: str = "", answers: Answers | str | None = None
) -> Brief:
    """The brief of what passes the filter; `answers` is the table computed from the same positions, or
    the reason why there is none.

    Raises what `Selection` raises.
    """
    ground = Ground(record, where)
    return Brief(
        title=title or "Brief",
        scope=_scope(ground),
        narrowed=_narrowed(where or Filter()),
        parties=parties.section(ground, _PARTIES),
        changes=changes.changes(ground, _CHANGES),
        ahead=changes.ahead(ground, _AHEAD),
        matrix=matrix.matrix(ground, _COLUMNS, _ROWS),
        proposals=matters.proposals(ground, _MATTERS),
        levers=holds.levers(ground, _HOLDS),
        figures=holds.figures(ground, _HOLDS),
        discrepancies=matters.discrepancies(ground, _MATTERS),
        agreement=agreement(answers, ground.quotes_of),
        reports=_sources(ground),
        skipped=record.skipped,
    )


def _scope(ground: Ground) -> str:
    reports = ground.seen.reports
    days = sorted(report.published for report in reports if report.published)
    undated = len(reports) - len(days)
    parts = [f"{len(reports):,} report" + ("" if len(reports) == 1 else "s")]
    if days:
        parts.append(f"published {days[0]}" + (f" to {days[-1]}" if days[-1] != days[0] else ""))
    if undated:
        parts.append(f"{undated} without a date")
    counts = ((layer, len(ground.places(layer))) for layer in LAYERS)
    return ", ".join(parts) + "; " + ", ".join(f"{n:,} {layer if n != 1 else layer[:-1]}" for layer, n in counts)


def _narrowed(where: Filter) -> str:
    said = [
        f"party {where.party}" if where.party else "",
        f"issue {where.issue}" if where.issue else "",
        f"since {where.since}" if where.since else "",
        f"until {where.until}" if where.until else "",
        f"report {where.report}" if where.report else "",
        f"confidence at least {where.confidence:g}" if where.confidence else "",
    ]
    return ", ".join(filter(None, said))


def _sources(ground: Ground) -> tuple[Source, ...]:
    every = ground.known.sources
    return tuple(every[place] for place in ground.seen.report_places.tolist())
