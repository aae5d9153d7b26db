"""How sure the zone is, and what that hangs on."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from accord.model.outcome import Uncertainty
from accord.model.table import Table
from accord.publishing.brief.agreement import package
from accord.publishing.charts import Bar, Chart, Dot, even_ticks
from accord.publishing.charts import Row as Drawn
from accord.publishing.outcomes.computed import Computed, Quoted, Row, cell, count, grid, percent, titled

_PACKAGES, _FACTORS = 3, 12


def show(made: Computed, quoted: Quoted, hint: str) -> Iterator[RenderableType]:
    """The uncertainty as text."""
    found = _of(made)
    if not found.factors:
        open_things = "The table leaves nothing open, so every draw is the same."
    else:
        open_things = f"Drawn over {count(found.factors, 'number')} and red lines that the evidence leaves open."
    spread = dict(found.zone_share)
    lines = [
        f"Some agreement is possible in {percent(found.possible)} of the draws (standard error {found.error:.1%}).",
        f"In nine draws in ten between {percent(spread[0.05])} and {percent(spread[0.95])} of all packages suit all "
        f"who must consent; the middle draw has {percent(spread[0.5])}.",
        *(
            f"Fairest (Nash) in {percent(one.share)} of the draws: {package(made.table, one.options)}."
            for one in found.chosen[:_PACKAGES]
        ),
        f"Sampled, not exact: {found.draws:,} draws, seed {found.seed}. {open_things}",
    ]
    yield titled(made, "How sure is it?", lines, hint)
    if not found.sensitivity:
        return
    yield cell(
        "\nWhat it hangs on. Share: of the spread of the zone's size that comes from this alone, and with all that "
        "it combines with. Zone: the share of packages that suit all, with this at either end."
    )
    table = grid(("", 6), ("alone", 0), ("in all", 0), ("zone", 0), numbers=(1, 2, 3))
    named = _names(made.table)
    for one in found.sensitivity[:_FACTORS]:
        ends = f"{percent(one.at_least)} to {percent(one.at_most)}"
        table.add_row(cell(named.get(one.name, one.name)), cell(_index(one.first)), cell(_index(one.total)), cell(ends))
    yield table
    if len(found.sensitivity) > _FACTORS:
        yield cell(
            f"and {len(found.sensitivity) - _FACTORS} more, which matter less: accord uncertainty {hint} --format csv"
        )


def rows(made: Computed) -> Iterator[Row]:
    """The zone, then one row a package that is chosen, then one a thing that the answer hangs on."""
    found = _of(made)
    named = _names(made.table)
    empty: Row = dict.fromkeys(("kind", "what", "share", "error", "first", "total", "at_least", "at_most"))
    sampled = {"draws": found.draws, "seed": found.seed}
    yield {**empty, "kind": "zone", "what": "some agreement", "share": found.possible, "error": found.error, **sampled}
    for one in found.chosen:
        yield {**empty, "kind": "package", "what": package(made.table, one.options), "share": one.share, **sampled}
    for some in found.sensitivity:
        numbers = {"error": some.error, "first": some.first, "total": some.total}
        ends = {"at_least": some.at_least, "at_most": some.at_most}
        yield {**empty, "kind": "factor", "what": named.get(some.name, some.name), **numbers, **ends, **sampled}


def draw(made: Computed) -> Chart | None:
    """A tornado: how far each open thing alone moves the share of packages in the zone."""
    found = _of(made)
    some = sorted(found.sensitivity, key=lambda s: (-abs(s.at_most - s.at_least), -s.total, s.name))[:_FACTORS]
    if not some:
        return None
    named = _names(made.table)
    most = max(max(s.at_least, s.at_most) for s in some)
    high = next((end for end in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5) if most <= end), 1.0)
    return Chart(
        title="What the size of the zone hangs on",
        about=f"The share of packages that suit all, with one thing at either end of its range and all else as taken. "
        f"Some agreement is possible in {percent(found.possible)} of {found.draws:,} draws (seed {found.seed}).",
        low=0,
        high=high,
        rows=tuple(
            Drawn(
                label=named.get(one.name, one.name),
                marks=(
                    Bar(one.at_least, one.at_most, "soft", 10),
                    Dot(one.at_least, "ring", "main"),
                    Dot(one.at_most, "dot", "main"),
                ),
                note=f"{percent(one.at_least)} to {percent(one.at_most)}",
            )
            for one in some
        ),
        ticks=even_ticks(0, high, "{:.1%}" if high < 0.05 else "{:.0%}", 5),
        key=(
            (Dot(0, "ring", "main"), "at its least, or without it"),
            (Dot(0, "dot", "main"), "at its most, or with it"),
        ),
    )


def _of(made: Computed) -> Uncertainty:
    assert isinstance(made.answer, Uncertainty)
    return made.answer


def _index(share: float) -> str:
    """A Sobol index. By the error of the draws one may come out below 0 or above 1."""
    return percent(min(1.0, max(0.0, share)))


def _names(table: Table) -> dict[str, str]:
    """Names of red lines and conditions with the words of their questions in place of the ids."""
    texts = {question.id: question.text for question in table.questions}
    named = {}
    for kind, demands in (("red line", table.red_lines), ("condition", table.conditions)):
        for demand in demands:
            party = table.party(demand.party).name
            named[f"{kind} of {party} on {demand.question}"] = f"{kind} of {party} on “{texts[demand.question]}”"
    return named
