"""Whether the parties could agree, what stands between them, and what would open a way."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from accord.model.outcome import Blockers, Concessions, Demand, Zone
from accord.model.table import Table
from accord.publishing.brief.agreement import best_lines, blocker_lines, concession_lines, package, zone_lines
from accord.publishing.charts import Bar, Chart, Dot, even_ticks
from accord.publishing.charts import Row as Drawn
from accord.publishing.outcomes.computed import Computed, Quoted, Row, titled

_OPEN = "Nothing blocks an agreement: the zone is open."


def show_zone(made: Computed, quoted: Quoted, hint: str) -> Iterator[RenderableType]:
    """The zone as text; where it is empty, with the first blocker and the least concession."""
    table = made.table
    lines = [*zone_lines(table, _zone(made)), *best_lines(table, _zone(made))]
    if made.blockers and made.concessions:
        lines += blocker_lines(table, made.blockers, quoted)[:1]
        lines += concession_lines(table, made.concessions, quoted)[:1]
    yield titled(made, "Can they agree?", lines, hint)


def show_blockers(made: Computed, quoted: Quoted, hint: str) -> Iterator[RenderableType]:
    """The blockers as text."""
    found = _blockers(made)
    yield titled(
        made, "What closes the zone", blocker_lines(made.table, found, quoted), hint, nothing=_nothing(found, _OPEN)
    )


def show_concessions(made: Computed, quoted: Quoted, hint: str) -> Iterator[RenderableType]:
    """The concessions as text."""
    found = _concessions(made)
    none = _OPEN if found.open else "No concession opens a zone."
    yield titled(
        made, "What would open a zone", concession_lines(made.table, found, quoted), hint, nothing=_nothing(found, none)
    )


def draw_zone(made: Computed) -> Chart | None:
    """For each party the range from no agreement to its best package of the zone."""
    zone = _zone(made)
    if not zone.best:
        return None
    best = {one.party: one.agreement.utilities for one in zone.best}
    drawn = []
    for place, party in enumerate(made.table.parties):
        worst = min(utilities[place] for utilities in best.values())
        top = best[party.id][place] if party.id in best else max(utilities[place] for utilities in best.values())
        marks = (
            Bar(party.reservation.value, top, "soft", 6),
            Dot(party.reservation.value, "tick", "other"),
            Dot(worst, "ring", "main"),
            Dot(top, "dot", "main"),
        )
        drawn.append(Drawn(label=party.name, marks=marks, note=f"{party.reservation.value:.2f} to {top:.2f}"))
    return Chart(
        title="What the parties could get from an agreement",
        about="Utility from 0 to 1, over the packages that suit all who must consent.",
        low=0,
        high=1,
        rows=tuple(drawn),
        ticks=even_ticks(0, 1),
        key=(
            (Dot(0, "tick", "other"), "no agreement"),
            (Dot(0, "ring", "main"), "worst of the others' favourites"),
            (Dot(0, "dot", "main"), "its own favourite"),
        ),
    )


def _zone(made: Computed) -> Zone:
    assert isinstance(made.answer, Zone)
    return made.answer


def _blockers(made: Computed) -> Blockers:
    assert isinstance(made.answer, Blockers)
    return made.answer


def _concessions(made: Computed) -> Concessions:
    assert isinstance(made.answer, Concessions)
    return made.answer


def _nothing(found: Blockers | Concessions, otherwise: str) -> str:
    """What is said where there are no sets: a search that was cut proves nothing."""
    return "" if found.cut and not found.open else otherwise


def zone_rows(made: Computed) -> Iterator[Row]:
    """The zone, then one row a party with the package that it likes best."""
    table, zone = made.table, _zone(made)
    names = {party.id: party.name for party in table.parties}
    yield {
        "empty": zone.empty,
        "size": zone.size,
        "total": zone.total,
        "best_for": None,
        "package": None,
        "utilities": None,
    }
    for best in zone.best:
        yield {
            "empty": zone.empty,
            "size": zone.size,
            "total": zone.total,
            "best_for": names.get(best.party, best.party),
            "package": package(table, best.agreement.options),
            "utilities": "; ".join(
                f"{p.name} {u:g}" for p, u in zip(table.parties, best.agreement.utilities, strict=True)
            ),
        }


def blocker_rows(made: Computed) -> Iterator[Row]:
    """One row a demand of each set."""
    for place, demands in enumerate(_blockers(made).sets, start=1):
        for demand in demands:
            yield {"set": place, **_demand_row(made.table, demand)}


def concession_rows(made: Computed) -> Iterator[Row]:
    """One row a demand of each set, with the package that the set opens."""
    for place, concession in enumerate(_concessions(made).sets, start=1):
        for demand in concession.demands:
            yield {
                "set": place,
                "set_cost": concession.cost,
                **_demand_row(made.table, demand),
                "opens": package(made.table, concession.opens.options),
            }


def _demand_row(table: Table, demand: Demand) -> Row:
    return {
        "party": next((p.name for p in table.parties if p.id == demand.party), demand.party),
        "kind": demand.kind,
        "question": next((q.text for q in table.questions if q.id == demand.question), demand.question),
        "options": "; ".join(demand.options),
        "need_question": demand.need_question,
        "need_options": "; ".join(demand.need_options),
        "threshold": demand.threshold,
        "cost": demand.cost,
        "findings": "; ".join(demand.findings),
    }
