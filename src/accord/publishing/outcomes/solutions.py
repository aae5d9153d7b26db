"""Which packages the standard solutions choose, and what they are worth to whom."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from accord.model.outcome import Solution, Solutions
from accord.publishing.brief.agreement import concession_lines, package
from accord.publishing.brief.content import Line, listed
from accord.publishing.charts import Bar, Chart, Dot, Form, even_ticks
from accord.publishing.charts import Row as Drawn
from accord.publishing.outcomes.computed import Computed, Quoted, Row, cell, count, grid, titled

_MEANS = {
    "Nash": "the largest product of gains over no agreement",
    "Kalai-Smorodinsky": "equal shares of what each could hope for",
    "egalitarian": "the most for whoever gains least",
    "utilitarian": "the largest weighted sum",
}
_SHORT = {"Kalai-Smorodinsky": "Kalai-Smor."}
_FORMS: tuple[Form, ...] = ("dot", "ring", "diamond", "square")


def show(made: Computed, quoted: Quoted, hint: str) -> Iterator[RenderableType]:
    """The solutions as text."""
    found = _of(made)
    chosen = [point for point in found.points if point.agreement]
    if not chosen:
        why = list(dict.fromkeys(point.why for point in found.points if point.why))
        lines: list[Line | str] = [f"Nothing to choose: {reason}." for reason in why]
        if made.concessions:
            lines += concession_lines(made.table, made.concessions, quoted)[:1]
        lines += [f"What closes the zone: accord blockers {hint}", f"What would open it: accord concessions {hint}"]
        yield titled(made, "Which package would be fair", lines, hint)
        return
    lines = []
    if found.zone_size is not None:
        lines.append(f"{count(found.zone_size, 'package')} would suit all who must consent.")
    if found.pareto:
        best = "is one" if found.pareto.size == 1 else f"are {found.pareto.size:,}"
        lines.append(f"Of these there {best} on which nobody can do better without somebody doing worse (Pareto).")
        if found.pareto.cut:
            lines.append(f"Of the Pareto set: {found.pareto.cut}.")
    lines += [f"{_names(same)}: {package(made.table, options)}." for options, same in _groups(chosen)]
    lines += [f"{point.method}: none, since {point.why}." for point in found.points if not point.agreement]
    lines += [
        f"{p.method}: {p.ties} packages are equally good; the first by a fixed rule is shown."
        for p in chosen
        if p.ties > 1
    ]
    lines += [f"{p.method} was cut short: {p.cut}." for p in found.points if p.cut]
    yield titled(made, "Which package would be fair", lines, hint)
    yield cell("\nWhat each is worth to each party (0 worst, 1 best)")
    table = grid(("Solution", 5), *((party.name, 3) for party in made.table.parties), numbers=range(1, 99))
    for point in chosen:
        if point.agreement:
            words = f"{point.method}: {_MEANS[point.method]}" if point.method in _MEANS else point.method
            table.add_row(cell(words), *(cell(f"{u:.2f}") for u in point.agreement.utilities))
    table.add_row(cell("no agreement"), *(cell(f"{p.reservation.value:.2f}") for p in made.table.parties))
    yield table


def rows(made: Computed) -> Iterator[Row]:
    """One row a solution and party."""
    for point in _of(made).points:
        options = point.agreement.options if point.agreement else ()
        for place, party in enumerate(made.table.parties):
            yield {
                "solution": point.method,
                "value": point.value,
                "package": package(made.table, options) if options else None,
                "party": party.name,
                "utility": point.agreement.utilities[place] if point.agreement else None,
                "reservation": party.reservation.value,
                "ideal": point.ideal[place] if place < len(point.ideal) else None,
                "ties": point.ties,
                "why_none": point.why,
                "cut": point.cut,
            }


def draw(made: Computed) -> Chart | None:
    """For each party the range from no agreement to its best package, and where each solution lies in it."""
    chosen = [point for point in _of(made).points if point.agreement]
    if not chosen:
        return None
    drawn = []
    for place, party in enumerate(made.table.parties):
        worth = [(p.method, p.agreement.utilities[place]) for p in chosen if p.agreement]
        ideal = chosen[0].ideal[place] if place < len(chosen[0].ideal) else max(u for _, u in worth)
        bar = (Bar(party.reservation.value, ideal, "soft", 6), Dot(party.reservation.value, "tick", "soft"))
        for i, (method, u) in enumerate(worth):  # a row each, since solutions often agree and would hide each other
            dot = Dot(u, _FORMS[i % 4], "other" if i % 2 else "main")
            drawn.append(
                Drawn(label="" if i else party.name, marks=(*bar, dot), note=f"{_SHORT.get(method, method)} {u:.2f}")
            )
    key = tuple((Dot(0, _FORMS[i % 4], "other" if i % 2 else "main"), p.method) for i, p in enumerate(chosen))
    return Chart(
        title="What each solution is worth to each party",
        about="Utility from 0 to 1; the bar runs from what no agreement is worth to the best package of the zone.",
        low=0,
        high=1,
        rows=tuple(drawn),
        ticks=even_ticks(0, 1),
        key=key,
    )


def _of(made: Computed) -> Solutions:
    assert isinstance(made.answer, Solutions)
    return made.answer


def _groups(points: list[Solution]) -> list[tuple[tuple[str, ...], list[str]]]:
    """The packages chosen, each with the solutions that choose it."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for point in points:
        if point.agreement:
            groups.setdefault(point.agreement.options, []).append(point.method)
    return list(groups.items())


def _names(names: list[str]) -> str:
    return "".join(part.text for part in listed(tuple(names), 9))
