"""The negotiating table itself: who stands where on which question, what is taken for granted, what is left out."""

from __future__ import annotations

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from accord.model.table import Question, Table, TableLever, TableParty
from accord.publishing.brief.terminal import render
from accord.publishing.outcomes.computed import Computed, Quoted, Row
from accord.publishing.plain import one_line


def show_table(table: Table, *, width: int = 80, colour: bool = False) -> str:
    """A table as text of at most `width` columns."""
    return render(Group(*lines(table)), width=width, colour=colour)


def show(made: Computed, quoted: Quoted, hint: str) -> Iterator[RenderableType]:
    """The table as text."""
    yield from lines(made.table)


def lines(table: Table) -> Iterator[RenderableType]:
    """Who stands where, what could be done to whom, what is taken for granted and what is left out."""
    grid = Grid(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False, expand=True)
    grid.add_column("Question and options", ratio=5, overflow="fold")
    for party in table.parties:
        grid.add_column(one_line(party.name), ratio=3, overflow="fold")
    for question in table.questions:
        options = " / ".join(one_line(option.text) for option in question.options)
        head = one_line(question.text) + ("" if {o.id for o in question.options} == {"no", "yes"} else f"\n{options}")
        grid.add_row(Text(head), *(Text(_view(table, party, question)) for party in table.parties))
    at = f" on {table.at}" if table.at else ""
    yield Text(f"THE TABLE{at}: {len(table.parties)} parties, {len(table.questions)} questions", style="bold")
    yield Text("Each cell: where the party stands, its red line, and what share of its concern the question has.")
    yield grid
    yield from _list("LEVERS (for accord whatif --lever)", [_lever(table, lever) for lever in table.levers])
    yield from _list("TAKEN FOR GRANTED", [assumption.text for assumption in table.assumptions])
    yield from _list("LEFT OUT", [f"{left.what}: {left.why}" for left in table.left_out])


def _lever(table: Table, lever: TableLever) -> str:
    names = {party.id: party.name for party in table.parties}
    who = f"{names.get(lever.holder, lever.holder)} over {names.get(lever.target, lever.target)}"
    return f"{lever.id}: {lever.instrument} ({lever.direction}, {lever.status}), {who}"


def _list(title: str, texts: list[str]) -> Iterator[RenderableType]:
    if texts:
        yield Text(f"\n{title}", style="bold")
        for text in texts:
            grid = Grid.grid(padding=0)
            grid.add_row("  - ", Text(one_line(text)))
            yield grid


def _view(table: Table, party: TableParty, question: Question) -> str:
    view = table.view(party.id, question.id)
    if view is None:
        return "·"
    every = sum(v.salience.value for v in table.views if v.party == party.id)
    share = f"{view.salience.value / every:.0%}" if every else ""
    red = any(line.party == party.id and line.question == question.id for line in table.red_lines)
    marked = ["red line"] if red and "red" not in (view.stance or "") else []
    return "\n".join(filter(None, [one_line(view.stance or ""), *marked, share]))


def rows(made: Computed) -> Iterator[Row]:
    """One row a party and question."""
    table = made.table
    red = {(line.party, line.question): "; ".join(line.options) for line in table.red_lines}
    for question in table.questions:
        for party in table.parties:
            view = table.view(party.id, question.id)
            if view is not None:
                yield {
                    "question": question.text,
                    "question_id": question.id,
                    "party": party.name,
                    "party_id": party.id,
                    "stance": view.stance,
                    "salience": view.salience.value,
                    "values": "; ".join(
                        f"{option.id} {value.value:g}"
                        for option, value in zip(question.options, view.values, strict=True)
                    ),
                    "refused": red.get((party.id, question.id), ""),
                    "findings": "; ".join(view.findings),
                }
