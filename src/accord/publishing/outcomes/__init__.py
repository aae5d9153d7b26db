"""What was computed, for the screen, as rows for other programs, and as charts. One module an outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.console import Group, RenderableType

from accord.errors import ExportError, NotFound
from accord.model.record import Record
from accord.publishing.brief.ground import Ground
from accord.publishing.brief.terminal import render
from accord.publishing.charts import Chart, to_svg
from accord.publishing.outcomes import forecast, path, ripeness, solutions, table, uncertainty, whatif, zone
from accord.publishing.outcomes.computed import Computed, Quoted, Row
from accord.publishing.outcomes.table import show_table

__all__ = ["OUTCOMES", "Computed", "as_rows", "as_svg", "show", "show_table"]

_Show = Callable[[Computed, Quoted, str], Iterator[RenderableType]]
_Rows = Callable[[Computed], Iterator[Row]]
_Draw = Callable[[Computed], Chart | None]

_FORMS: dict[str, tuple[_Show, _Rows, _Draw | None]] = {
    "table": (table.show, table.rows, None),
    "zone": (zone.show_zone, zone.zone_rows, zone.draw_zone),
    "blockers": (zone.show_blockers, zone.blocker_rows, None),
    "concessions": (zone.show_concessions, zone.concession_rows, None),
    "solutions": (solutions.show, solutions.rows, solutions.draw),
    "forecast": (forecast.show, forecast.rows, forecast.draw),
    "uncertainty": (uncertainty.show, uncertainty.rows, uncertainty.draw),
    "whatif": (whatif.show, whatif.rows, whatif.draw),
    "path": (path.show, path.rows, path.draw),
    "ripeness": (ripeness.show, ripeness.rows, ripeness.draw),
}
OUTCOMES = tuple(_FORMS)
"""What can be shown, by its word."""
CHARTS = tuple(word for word, (_, _, draw) in _FORMS.items() if draw)
"""What can be drawn."""


def show(made: Computed, record: Record | None = None, *, hint: str, width: int = 80, colour: bool = False) -> str:
    """An outcome as text of at most `width` columns, with references to the record's sentences where there is one.

    `hint` names the record or table in commands that say more. Raises NotFound when there is no such outcome.
    """
    some = Group(*_forms(made.word)[0](made, Ground(record).quotes_of if record else _no_quotes, hint))
    return render(some, width=width, colour=colour).removeprefix("\n")


def as_rows(made: Computed) -> list[Row]:
    """An outcome as plain dicts that all have the same keys. Raises NotFound when there is no such outcome."""
    return list(_forms(made.word)[1](made))


def as_svg(made: Computed) -> str:
    """An outcome as a chart. Raises ExportError when there is nothing to draw."""
    draw = _forms(made.word)[2]
    if draw is None:
        raise ExportError(f"chart: {made.word} is words, not numbers; charts are made of {', '.join(CHARTS)}")
    chart = draw(made)
    if chart is None:
        raise ExportError(f"chart: there is nothing to draw: {_NOTHING.get(made.word, 'the answer is empty')}")
    return to_svg(chart)


_NOTHING = {
    "zone": "the zone is empty (accord blockers says why)",
    "solutions": "the zone is empty (accord blockers says why)",
    "path": "no step is needed, or none would do",
    "uncertainty": "the table leaves nothing open that the zone hangs on",
}


def _forms(word: str) -> tuple[_Show, _Rows, _Draw | None]:
    if word not in _FORMS:
        raise NotFound(f"{word!r} is not computed here; {', '.join(OUTCOMES)} are")
    return _FORMS[word]


def _no_quotes(_: object) -> tuple[()]:
    return ()
