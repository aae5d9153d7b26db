"""Before and after a change, side by side, and who gains."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from accord.model.outcome import Difference, PartyShift, Situation
from accord.model.table import Table
from accord.publishing.brief.agreement import demand_parts, package
from accord.publishing.charts import Bar, Chart, Dot, even_ticks
from accord.publishing.charts import Row as Drawn
from accord.publishing.outcomes.computed import Computed, Quoted, Row, cell, count, grid, titled

_SAME = 0.0005
_CHANGES = 8


def show(made: Computed, quoted: Quoted, hint: str) -> Iterator[RenderableType]:
    """The comparison as text."""
    found = _of(made)
    what = list(made.asked) or [f"{change}." for change in found.changes[:_CHANGES]]
    if not made.asked and len(found.changes) > _CHANGES:
        what.append(f"And {len(found.changes) - _CHANGES} more changes.")
    lines = [*what, headline(found)]
    for side, now in (("before", found.before), ("after", found.after)):
        for one in (now.zone, now.blockers, now.concessions, now.solution):
            if one.cut:
                lines.append(f"Cut short ({one.method}, {side}): {one.cut}.")
    yield titled(made, "What if", lines, hint)
    yield cell("")
    table = grid(("", 2), ("Before", 5), ("After", 5))
    before, after = made.tables[0], made.tables[-1]
    for title, old, new in zip(
        ("Agreement", "Blockers", "Least concession", "Fairest (Nash)"),
        _situation(before, found.before),
        _situation(after, found.after),
        strict=True,
    ):
        table.add_row(cell(title), cell(old), cell(new))
    yield table
    yield cell("\nWhat it is worth to whom (0 worst, 1 best): the fairest package, or no agreement where there is none")
    worth = grid(("Party", 4), ("before", 0), ("after", 0), ("", 4), numbers=(1, 2))
    for shift in found.shifts:
        worth.add_row(
            cell(made.party(shift.party)), cell(_two(shift.before)), cell(_two(shift.after)), cell(gain(shift))
        )
    yield worth


def headline(found: Difference) -> str:
    """What the change does to the zone, in a sentence."""
    old, new = found.before.zone, found.after.zone
    if found.opened:
        return "This opens a zone: an agreement becomes possible."
    if found.closed:
        return "This closes the zone: no agreement is possible any more."
    if old.empty is None or new.empty is None:
        return "Whether this opens or closes the zone was not decided within the limits."
    if new.empty:
        left, was = len(found.after.blockers.sets), len(found.before.blockers.sets)
        return f"No agreement is possible before or after; {count(was, 'blocker')} before, {left:,} after."
    return "An agreement is possible before and after."


def gain(shift: PartyShift) -> str:
    """Who gains, in a word."""
    if shift.before is None or shift.after is None:
        return "not at the table " + ("before" if shift.before is None else "after")
    change = shift.after - shift.before
    if abs(change) < _SAME:
        return "as before"
    return f"{'gains' if change > 0 else 'loses'} {abs(change):.2f}"


def rows(made: Computed) -> Iterator[Row]:
    """One row a party."""
    found = _of(made)
    for shift in found.shifts:
        yield {
            "party": made.party(shift.party),
            "before": shift.before,
            "after": shift.after,
            "best_before": shift.best_before,
            "best_after": shift.best_after,
            "what": gain(shift),
            "zone_before": found.before.zone.size,
            "zone_after": found.after.zone.size,
            "opened": found.opened,
            "closed": found.closed,
        }


def draw(made: Computed) -> Chart:
    """For each party, from what it has before to what it has after."""
    found = _of(made)
    drawn = []
    for shift in found.shifts:
        marks: list[Bar | Dot] = []
        if shift.before is not None and shift.after is not None:
            marks.append(Bar(shift.before, shift.after, "soft", 6))
        marks += [Dot(shift.before, "ring", "main")] if shift.before is not None else []
        marks += [Dot(shift.after, "dot", "main")] if shift.after is not None else []
        drawn.append(Drawn(label=made.party(shift.party), marks=tuple(marks), note=gain(shift)))
    asked = " ".join(made.asked) or count(len(found.changes), "change") + " to the table."
    return Chart(
        title="Who gains",
        about=f"{asked} {headline(found)} Utility of the fairest package, or of no agreement where there is none.",
        low=0,
        high=1,
        rows=tuple(drawn),
        ticks=even_ticks(0, 1),
        key=((Dot(0, "ring", "main"), "before"), (Dot(0, "dot", "main"), "after")),
    )


def _of(made: Computed) -> Difference:
    assert isinstance(made.answer, Difference)
    return made.answer


def _two(value: float | None) -> str:
    return "·" if value is None else f"{value:.2f}"


def _situation(table: Table, now: Situation) -> Iterator[str]:
    zone = now.zone
    if zone.empty is None:
        yield "not decided"
    elif zone.empty:
        yield f"none of {count(zone.total, 'package')} suits all"
    else:
        size = f"{zone.size:,}" if zone.size is not None else f"at least {zone.at_least:,}"
        yield f"{size} of {count(zone.total, 'package')} suit all"
    yield (
        count(len(now.blockers.sets), "set of demands closes", "sets of demands close") + " it"
        if now.blockers.sets
        else "none"
    )
    yield _least(table, now)
    chosen = now.solution.agreement
    yield package(table, chosen.options) if chosen else "none"


def _least(table: Table, now: Situation) -> str:
    if not now.concessions.sets:
        return "none needed" if now.concessions.open else "none would do"
    first = now.concessions.sets[0]
    said = []
    for demand in first.demands:
        words = "".join(part.text for part in demand_parts(table, demand))
        said.append(f"{table.party(demand.party).name} no longer {words}")
    return f"{'; '.join(said)} (cost {first.cost:.2f})"
