"""The brief as Markdown (CommonMark with tables): the same lines, with the words under each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from accord.publishing.brief.content import STANCES, STRENGTHS, Brief, Cell, Line, Matrix, Part, Quote, Section
from accord.publishing.plain import ending, one_line, opening, short

_LONGEST = 700
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&$]|://)")
_LEADING = re.compile(r"^(\d+(?=[.)])|(?=[-+=]))")


def write(brief: Brief) -> str:
    """The brief as Markdown. Whatever a report holds is text in it: no link, image, heading or HTML."""
    return "\n".join(_lines(brief)) + "\n"


def _lines(brief: Brief) -> Iterator[str]:
    yield f"# {_safe(brief.title)}"
    yield ""
    yield f"{brief.scope}."
    if brief.narrowed:
        yield f"Only: {_safe(brief.narrowed)}."
    yield ""
    yield "Under every line stand the words that it rests on. 2:14 is report 2, sentence 14."
    yield from _section(brief.parties)
    yield from _section(brief.changes)
    if brief.ahead.lines:
        yield from _section(brief.ahead)
    yield from _matrix(brief.matrix)
    for some in (brief.proposals, brief.levers, brief.figures, brief.discrepancies, brief.agreement):
        yield from _section(some)
    yield from _end(brief)


def _section(some: Section) -> Iterator[str]:
    yield from ("", f"## {some.title}", "")
    if not some.lines:
        yield _safe(some.nothing)
    for line in some.lines:
        yield from _line(line)
    if some.more:
        yield from ("", f"And {some.more} more in the record.")
    if some.granted:
        yield from ("", "Taken for granted:", "")
        yield from (f"- {_safe(one)}" for one in some.granted)


def _line(line: Line) -> Iterator[str]:
    yield "- " + "".join(_part(part) for part in line.parts)
    yield from _words(line.quotes, "  ")


def _part(part: Part) -> str:
    if part.role in ("name", "strong") and part.text.strip():
        return _around(part.text).replace(text := _safe(part.text), f"**{text}**", 1)
    return _around(part.text)


def _words(quotes: tuple[Quote, ...], indent: str) -> Iterator[str]:
    for quote in quotes:
        before, after = _around(ending(quote.before)), _around(opening(quote.after))
        yield f"{indent}- {before}*{_safe(short(quote.words, _LONGEST))}*{after} ({quote.ref})"


def _around(text: str) -> str:
    lead = " " if text[:1].isspace() else ""
    trail = " " if text[-1:].isspace() and text.strip() else ""
    return lead + _safe(text) + trail


def _matrix(matrix: Matrix) -> Iterator[str]:
    yield from ("", "## Where they stand", "")
    if not matrix.rows:
        yield "No position is on record."
        return
    yield "| Proposition | " + " | ".join(_safe(party) for party in matrix.parties) + " |"
    yield "| --- |" + " --- |" * len(matrix.parties)
    for row in matrix.rows:
        cells = " | ".join(_cell(cell) if cell else "" for cell in row.cells)
        yield f"| {_safe(row.proposition)} ({row.issue}) | {cells} |"
    if matrix.more:
        yield from ("", f"And {matrix.more} more propositions in the record.")
    yield from ("", "In these words:", "")
    for row in matrix.rows:
        yield f"- {_safe(row.proposition)}"
        for party, cell in zip(matrix.parties, row.cells, strict=True):
            if cell:
                when = f", {_safe(cell.when)}" if cell.when else ""
                by = f", {_safe(cell.speaker)}" if cell.speaker else ""
                yield f"  - **{_safe(party)}**: {_stance(cell)}{when}{by}"
                yield from _words(cell.quotes, "    ")


def _stance(cell: Cell) -> str:
    firm = f" (**{STRENGTHS[cell.strength]}**)" if cell.strength == "red-line" else f" ({STRENGTHS[cell.strength]})"
    return STANCES[cell.stance] + firm


def _cell(cell: Cell) -> str:
    was = f"; was {cell.was}" if cell.was else ""
    beside = f"; also {cell.beside}" if cell.beside else ""
    return f"{_stance(cell)}{was}{beside} {cell.quotes[0].ref}"


def _end(brief: Brief) -> Iterator[str]:
    yield from ("", "## The reports", "")
    for report in brief.reports:
        said = (report.when or "no date", report.outlet, report.title or report.source, report.url)
        why = f" ({_safe(report.why)})" if report.why else ""
        yield f"- {report.number}: " + ", ".join(_safe(one) for one in said if one) + why
    if brief.skipped:
        yield from ("", "## Skipped", "")
        for one in brief.skipped:
            where = f"{one.source}, line {one.line}" if one.line else one.source
            yield f"- {_safe(where)}: {_safe(one.reason)}"


def _safe(text: str) -> str:
    """The text on one line with every mark of Markdown escaped, and no address that a viewer would make a link."""
    marked = _MARKS.sub(lambda m: ":\\//" if m[1] == "://" else "\\" + m[1], one_line(text))
    return _LEADING.sub(r"\1\\", marked)
