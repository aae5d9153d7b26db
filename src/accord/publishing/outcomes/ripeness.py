"""Whether the moment is ripe, over time."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from accord.model.outcome import Ripeness, RipePoint
from accord.publishing.charts import Bar, Chart, Dot, even_ticks
from accord.publishing.charts import Row as Drawn
from accord.publishing.outcomes.computed import Computed, Quoted, Row, cell, count, grid, titled


def show(made: Computed, quoted: Quoted, hint: str) -> Iterator[RenderableType]:
    """Ripeness over time as text."""
    found = _of(made)
    ripe = [_day(point) for point in found.points if point.ripe]
    last = found.points[-1]
    lines = [
        f"On {len(ripe)} of {count(len(found.points), 'day')} every party that must consent could have had at least "
        "what no agreement is worth to it.",
        f"At the last, {_day(last)}: {_state(last)}.",
        "The margin is what the party that gains least would gain from the package that is best for it; below 0 "
        "somebody does better without an agreement.",
    ]
    yield titled(made, "Is the moment ripe?", lines, hint)
    yield cell("")
    table = grid(
        ("Day", 0), ("Margin", 0), ("", 3), ("What the parties could get, against no agreement", 8), numbers=(1,)
    )
    for point in found.points:
        worth = ", ".join(
            f"{made.party(p.party)} {_two(p.attainable)} against {p.reservation:.2f}" for p in point.parties
        )
        table.add_row(cell(_day(point)), cell(_margin(point)), cell("ripe" if point.ripe else "not ripe"), cell(worth))
    yield table


def rows(made: Computed) -> Iterator[Row]:
    """One row a day and party."""
    for point in _of(made).points:
        for party in point.parties:
            yield {
                "at": str(point.at) if point.at else None,
                "margin": point.margin,
                "ripe": point.ripe,
                "questions": point.questions,
                "party": made.party(party.party),
                "reservation": party.reservation,
                "attainable": party.attainable,
            }


def draw(made: Computed) -> Chart:
    """The margin day by day."""
    points = _of(made).points
    reach = max([abs(p.margin) for p in points if p.margin is not None] + [0.1])
    reach = min(1.0, -(-reach // 0.1) * 0.1)
    return Chart(
        title="Is the moment ripe?",
        about="What the party that gains least would gain over no agreement, from the package that is best for it. "
        "From 0 up the moment is ripe; a day without a mark has no package that crosses no red line.",
        low=-reach,
        high=reach,
        rows=tuple(
            Drawn(
                label=_day(point),
                marks=()
                if point.margin is None
                else (Bar(0, point.margin, "soft", 6), Dot(point.margin, "dot" if point.ripe else "ring", "main")),
                note=f"{_margin(point)} {'ripe' if point.ripe else 'not ripe'}",
            )
            for point in points
        ),
        ticks=even_ticks(-reach, reach, "{:+.2f}"),
        line=0.0,
        key=((Dot(0, "dot", "main"), "ripe"), (Dot(0, "ring", "main"), "not ripe")),
    )


def _of(made: Computed) -> Ripeness:
    assert isinstance(made.answer, Ripeness)
    return made.answer


def _day(point: RipePoint) -> str:
    return str(point.at) if point.at else "no date"


def _two(value: float | None) -> str:
    return "·" if value is None else f"{value:.2f}"


def _margin(point: RipePoint) -> str:
    return "none" if point.margin is None else f"{point.margin:+.2f}"


def _state(point: RipePoint) -> str:
    if point.margin is None:
        return "every package crosses somebody's red line or condition"
    return f"{'ripe' if point.ripe else 'not ripe'}, margin {point.margin:+.2f}"
