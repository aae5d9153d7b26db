"""What was computed on a table, for the screen and as rows: the table itself, its zone, blockers and concessions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from accord.errors import NotFound
from accord.model.outcome import Demand
from accord.model.record import Record
from accord.model.table import Question, Table, TableParty
from accord.publishing.brief import Answers
from accord.publishing.brief.agreement import best_lines, blocker_lines, concession_lines, package, zone_lines
from accord.publishing.brief.content import Line, Section, plain
from accord.publishing.brief.ground import Ground
from accord.publishing.brief.terminal import render, section
from accord.publishing.plain import one_line

Row = dict[str, Any]
OUTCOMES = ("table", "zone", "blockers", "concessions")
"""What can be shown, by its word."""
_CLOSED = "Nothing blocks an agreement: the zone is open."


def show(what: str, answers: Answers, record: Record, *, name: str, width: int = 80, colour: bool = False) -> str:
    """One of OUTCOMES as text of at most `width` columns. `name` is the record's, for hints."""
    _known(what)
    if what == "table":
        return show_table(answers.table, width=width, colour=colour)
    quoted = Ground(record).quotes_of
    lines, title, nothing = {
        "zone": (
            (*zone_lines(answers.table, answers.zone), *best_lines(answers.table, answers.zone)),
            "Can they agree?",
            "",
        ),
        "blockers": (blocker_lines(answers.table, answers.blockers, quoted), "What closes the zone", _CLOSED),
        "concessions": (
            concession_lines(answers.table, answers.concessions, quoted),
            "What would open a zone",
            _CLOSED if answers.concessions.open else "No concession opens a zone.",
        ),
    }[what]
    granted = tuple(assumption.text for assumption in answers.table.assumptions)
    cut = {"zone": answers.zone, "blockers": answers.blockers, "concessions": answers.concessions}[what].cut
    notes = (Line(parts=(plain(f"Cut short: {cut}."),)),) if cut else ()
    made = Section(key=what, title=title, lines=(*lines, *notes), nothing=nothing, granted=granted)
    return render(section(made, "table", name), width=width, colour=colour).removeprefix("\n")


def show_table(table: Table, *, width: int = 80, colour: bool = False) -> str:
    """A table as text: who stands where on which question, what is taken for granted, what is left out."""
    return render(Group(*_table(table)), width=width, colour=colour)


def as_rows(what: str, answers: Answers) -> list[Row]:
    """One of OUTCOMES as plain dicts, one a view of the table, a package, or a demand of a set."""
    _known(what)
    makers: dict[str, Callable[[Answers], Iterator[Row]]] = {
        "table": _view_rows,
        "zone": _package_rows,
        "blockers": _blocker_rows,
        "concessions": _concession_rows,
    }
    return list(makers[what](answers))


def as_value(what: str, answers: Answers) -> msgspec.Struct:
    """One of OUTCOMES as the value that it is."""
    _known(what)
    found: msgspec.Struct = getattr(answers, what)
    return found


def _known(what: str) -> None:
    if what not in OUTCOMES:
        raise NotFound(f"{what!r} is not computed here; {', '.join(OUTCOMES)} are")


def _table(table: Table) -> Iterator[RenderableType]:
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
    yield from _list("TAKEN FOR GRANTED", [assumption.text for assumption in table.assumptions])
    yield from _list("LEFT OUT", [f"{left.what}: {left.why}" for left in table.left_out])


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
    return (
        one_line(view.stance or "") + ("\nred line" if red and "red" not in (view.stance or "") else "") + f"\n{share}"
    )


def _view_rows(answers: Answers) -> Iterator[Row]:
    table = answers.table
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


def _package_rows(answers: Answers) -> Iterator[Row]:
    table, zone = answers.table, answers.zone
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


def _blocker_rows(answers: Answers) -> Iterator[Row]:
    for place, demands in enumerate(answers.blockers.sets, start=1):
        for demand in demands:
            yield {"set": place, **_demand_row(answers.table, demand)}


def _concession_rows(answers: Answers) -> Iterator[Row]:
    for place, concession in enumerate(answers.concessions.sets, start=1):
        for demand in concession.demands:
            yield {
                "set": place,
                "set_cost": concession.cost,
                **_demand_row(answers.table, demand),
                "opens": package(answers.table, concession.opens.options),
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
