"""The brief as text for a terminal: one screen at 80 columns, and the same words without colour when piped."""

from __future__ import annotations

import io
from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from accord.model.findings import Stance, Strength
from accord.model.report import Skipped
from accord.publishing.brief.content import (
    STANCES,
    STRENGTHS,
    Brief,
    Cell,
    Line,
    Matrix,
    Part,
    Quote,
    Row,
    Section,
    Source,
)
from accord.publishing.plain import one_line, short

# what fits on a screen; the other forms show everything that the brief holds
_PARTY_LINES, _CHANGES, _AHEAD, _MATTERS, _HOLDS = 5, 5, 2, 4, 2
_ROWS, _PARTIES, _REPORTS, _SKIPPED = 7, 4, 5, 3
_OTHERS = 2  # parties without a column that a row names
_DATE, _QUOTE, _REFS = 13, 63, 3
_MARKS: dict[Strength, str] = {"red-line": " !!", "demand": " !", "preference": ""}
_COLOURS: dict[Stance, str] = {"for": "blue", "against": "yellow", "open": "default"}
_STYLES = {"plain": "", "name": "bold", "date": "cyan", "term": "", "strong": "bold", "dim": "dim"}


def write(brief: Brief, *, record: str = "NAME.accord", width: int = 80, colour: bool = False) -> str:
    """The brief as text of at most `width` columns, with ANSI colours if asked. `record` is named in hints."""
    parts: list[RenderableType] = [*_head(brief, record), *_section(brief.parties, "actors", record, _PARTY_LINES)]
    parts += _section(brief.changes, "timeline", record, _CHANGES)
    if brief.ahead.lines:
        parts += _section(brief.ahead, "timeline", record, _AHEAD)
    parts += _matrix(brief.matrix, record)
    parts += _section(brief.proposals, "proposals", record, _MATTERS)
    parts += _holds(brief, record)
    parts += _section(brief.discrepancies, "discrepancies", record, _MATTERS)
    parts += _section(brief.agreement, "blockers", record)
    parts += [*_sources(brief.reports), *_skipped(brief.skipped)]
    return render(Group(*parts), width=width, colour=colour)


def render(what: RenderableType, *, width: int = 80, colour: bool = False) -> str:
    """Anything of Rich as text of at most `width` columns, without white space at line ends."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    console.print(what)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


def section(some: Section, command: str, record: str, most: int | None = None) -> RenderableType:
    """One section under its title; the command finds what is left out."""
    return Group(*_section(some, command, record, most))


def _head(brief: Brief, record: str) -> Iterator[RenderableType]:
    yield Text(one_line(brief.title).upper(), style="bold")
    yield Text(brief.scope)
    if brief.narrowed:
        yield Text(f"Only: {one_line(brief.narrowed)}")
    yield Text(f"[2:14] is report 2, sentence 14: accord evidence {record} 2:14", style="dim")


def _section(some: Section, command: str, record: str, most: int | None = None) -> Iterator[RenderableType]:
    yield _title(some.title)
    shown = some.lines[:most]
    if not shown:
        yield _hang(Text(one_line(some.nothing)))
    for line in shown:
        yield _line(line)
    more = some.more + len(some.lines) - len(shown)
    if more:
        yield _hang(Text(f"and {more} more: accord {command} {record}", style="dim"))
    if some.granted:
        yield _hang(Text(f"{_granted(len(some.granted))} taken for granted: accord table {record}", style="dim"))


def _holds(brief: Brief, record: str) -> Iterator[RenderableType]:
    """Levers and figures under one title: a screen has no room for two."""
    lines = [*brief.levers.lines[:_HOLDS], *brief.figures.lines[:_HOLDS]]
    if not lines:
        return
    yield _title("Levers and figures")
    for line in lines:
        yield _line(line)
    for some, command in ((brief.levers, "levers"), (brief.figures, "figures")):
        more = some.more + len(some.lines) - len(some.lines[:_HOLDS])
        if more:
            yield _hang(Text(f"and {more} more: accord {command} {record}", style="dim"))


def _granted(number: int) -> str:
    return "1 thing is" if number == 1 else f"{number} things are"


def _title(title: str, legend: str = "") -> Text:
    text = Text("\n" + title.upper(), style="bold")
    if legend:
        text.append(f"   {legend}", style="not bold dim")
    return text


def _hang(text: RenderableType, margin: str = "") -> RenderableType:
    grid = Table.grid(padding=0, expand=True)
    grid.add_column(width=2)
    if margin:
        grid.add_column(width=_DATE + 2, overflow="fold")
    grid.add_column(overflow="fold", ratio=1)
    dates: list[RenderableType] = [Text(margin, style=_STYLES["date"])] if margin else []
    grid.add_row("", *dates, text)
    return grid


def _line(line: Line) -> RenderableType:
    dated = line.tells and line.parts[0].role == "date"
    text = Text()
    for part in line.parts[2 if dated else 0 :]:
        text.append_text(_part(part))
    if line.tells and line.quotes:
        refs = _refs(line.quotes)
        text.append("\n" + short(line.quotes[0].words + line.quotes[0].after, _QUOTE - len(refs.plain)), style="italic")
        text.append_text(refs)
    elif not line.refers:
        text.append_text(_refs(line.quotes))
    return _hang(text, line.parts[0].text if dated else "")


def _part(part: Part) -> Text:
    if part.role == "ref":
        return Text(f"[{part.text}]", style="dim")
    lead = " " if part.text.startswith(" ") else ""
    trail = " " if part.text.endswith(" ") and part.text.strip() else ""
    return Text(lead + one_line(part.text) + trail, style=_STYLES[part.role])


def _refs(quotes: tuple[Quote, ...]) -> Text:
    shown = [quote.ref for quote in quotes[:_REFS]] + (["…"] if len(quotes) > _REFS else [])
    return Text(f" [{' '.join(shown)}]" if shown else "", style="dim")


def _matrix(matrix: Matrix, record: str) -> Iterator[RenderableType]:
    yield _title("Where they stand", "!! red line   ! demand   (was …) changed" if matrix.rows else "")
    if not matrix.rows:
        yield _hang(Text("No position is on record."))
        return
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, expand=True)
    columns = min(_PARTIES, len(matrix.parties))
    table.add_column("", ratio=5 if columns > 3 else 6, overflow="fold")
    for party in matrix.parties[:columns]:
        table.add_column(
            Text(one_line(party), style="bold"), ratio=2 if columns > 3 else 3, overflow="fold", vertical="top"
        )
    for row in matrix.rows[:_ROWS]:
        table.add_row(_proposition(row, matrix.parties, columns), *(_cell(c) for c in row.cells[:columns]))
    yield _hang(table)
    left = matrix.more + len(matrix.rows) - len(matrix.rows[:_ROWS])
    if left:
        yield _hang(Text(f"and {left} more propositions: accord positions {record}", style="dim"))


def _proposition(row: Row, parties: tuple[str, ...], columns: int) -> Text:
    text = Text(one_line(row.proposition))
    text.append(f" ({row.issue})", style="dim")
    others = [(p, c) for p, c in zip(parties[columns:], row.cells[columns:], strict=True) if c is not None]
    for party, cell in others[:_OTHERS]:
        text.append(f"\n{one_line(party)}: {_stance(cell)} [{cell.quotes[0].ref}]")
    if len(others) > _OTHERS:
        text.append(f"\nand {len(others) - _OTHERS} more parties", style="dim")
    return text


def _stance(cell: Cell) -> str:
    return STANCES[cell.stance] + _MARKS[cell.strength]


def _cell(cell: Cell | None) -> Text:
    text = Text()
    if cell is None:
        return text.append("·", style="dim")
    text.append(_stance(cell), style=_COLOURS[cell.stance] + (" bold" if cell.strength == "red-line" else ""))
    if cell.was:
        text.append(f" (was {_marked(cell.was)})")
    if cell.beside:
        text.append(f" (also {_marked(cell.beside)})")
    text.append(f" {cell.quotes[0].ref}", style="dim")
    return text


def _marked(stood: str) -> str:
    """A stance with its strength as a mark instead of words."""
    for strength, word in STRENGTHS.items():
        stood = stood.replace(f" ({word})", _MARKS[strength])
    return stood


def _sources(reports: tuple[Source, ...]) -> Iterator[RenderableType]:
    if reports:
        yield _title("The reports")
    shown = reports if len(reports) <= _REPORTS else reports[-_REPORTS:]
    if len(shown) < len(reports):
        yield _hang(Text(f"{len(reports) - len(shown)} earlier reports, then:", style="dim"))
    for report in shown:
        said = [report.when or "no date", report.outlet, report.title or report.source]
        copies = f" (and {report.copies} near-identical)" if report.copies else ""
        yield _hang(Text(f"{report.number}  " + short(", ".join(filter(None, said)), 70) + copies))


def _skipped(skipped: tuple[Skipped, ...]) -> Iterator[RenderableType]:
    if skipped:
        yield _title(f"Skipped: {len(skipped)}")
        for one in skipped[:_SKIPPED]:
            where = f"{one.source}, line {one.line}" if one.line else one.source
            yield _hang(Text(f"{one_line(where)}: {one_line(one.reason)}"))
        if len(skipped) > _SKIPPED:
            yield _hang(Text(f"and {len(skipped) - _SKIPPED} more", style="dim"))
