"""The cheapest way to an open zone, step by step."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from accord.model.outcome import Path, Step
from accord.publishing.brief.agreement import demand_parts, package
from accord.publishing.brief.content import Line, name, plain
from accord.publishing.charts import Bar, Chart, even_ticks
from accord.publishing.charts import Row as Drawn
from accord.publishing.outcomes.computed import Computed, Quoted, Row, count, titled


def show(made: Computed, quoted: Quoted, hint: str) -> Iterator[RenderableType]:
    """The path as text."""
    found = _of(made)
    if not found.steps:
        said = "The zone is open already: nobody has to move." if found.open else "No concession opens a zone."
        yield titled(made, "The cheapest way to an agreement", [said], hint)
        return
    lines: list[Line | str] = []
    for place, step in enumerate(found.steps, start=1):
        left = "an agreement is possible" if not step.blockers_left else count(step.blockers_left, "blocker") + " left"
        lower = "" if step.lower_to is None else f", and is content with {step.lower_to:.2f} of 1"
        parts = (plain(f"{place}. "), name(made.party(step.demand.party)), plain(" no longer "))
        end = plain(f"{lower} (cost {step.demand.cost:.2f}, {step.spent:.2f} so far): {left}.")
        findings = step.demand.findings
        lines.append(
            Line(parts=(*parts, *demand_parts(made.table, step.demand), end), quotes=quoted(findings), items=findings)
        )
    if found.opens:
        worth = ", ".join(f"{p.name} {u:.2f}" for p, u in zip(made.table.parties, found.opens.utilities, strict=True))
        lines.append(f"Then this can be agreed: {package(made.table, found.opens.options)}. Worth of 1: {worth}.")
    yield titled(made, "The cheapest way to an agreement", lines, hint)


def rows(made: Computed) -> Iterator[Row]:
    """One row a step."""
    found = _of(made)
    for place, step in enumerate(found.steps, start=1):
        yield {
            "step": place,
            "party": made.party(step.demand.party),
            "gives_up": "".join(part.text for part in demand_parts(made.table, step.demand)),
            "question": made.question(step.demand.question) if step.demand.question else None,
            "cost": step.demand.cost,
            "spent": step.spent,
            "blockers_left": step.blockers_left,
            "lower_to": step.lower_to,
            "opens": package(made.table, found.opens.options) if found.opens else None,
            "findings": "; ".join(step.demand.findings),
        }


def draw(made: Computed) -> Chart | None:
    """What has been spent after each step, and how many blockers are left."""
    found = _of(made)
    if not found.steps:
        return None
    drawn = []
    for place, step in enumerate(found.steps, start=1):
        before = step.spent - step.demand.cost
        drawn.append(
            Drawn(
                label=f"{place}. {_said(made, step)}",
                marks=(Bar(0, before, "soft"), Bar(before, step.spent, "main")) if before else (Bar(0, step.spent),),
                note="open" if not step.blockers_left else count(step.blockers_left, "blocker") + " left",
            )
        )
    high = found.cost or 1.0
    return Chart(
        title="The cheapest way to an agreement",
        about="What each concession costs its party (strength times salience), added up from the first to the last.",
        low=0,
        high=high,
        rows=tuple(drawn),
        ticks=even_ticks(0, high, "{:.2f}"),
        key=((Bar(0, 1, "main"), "this step"), (Bar(0, 1, "soft"), "the steps before")),
    )


def _of(made: Computed) -> Path:
    assert isinstance(made.answer, Path)
    return made.answer


def _said(made: Computed, step: Step) -> str:
    words = "".join(part.text for part in demand_parts(made.table, step.demand))
    return f"{made.party(step.demand.party)} no longer {words}"
