"""Charts as SVG: rows of bars, ranges and dots on one scale. Equal charts give equal bytes.

The pictures carry their own words (title, description, labels), need no script or font file, and follow the reader's
choice of a light or dark page. Marks differ in form as well as in colour, so that they can be told apart without it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Literal
from xml.sax.saxutils import escape

import msgspec

from accord.publishing.plain import one_line

Look = Literal["main", "soft", "other"]
Form = Literal["dot", "ring", "diamond", "square", "tick"]

_WIDTH, _LABELS, _NOTES, _MARGIN = 800, 270, 120, 16
_LINE, _GAP = 17, 14
_LABEL_WORDS, _NOTE_WORDS, _TITLE_WORDS, _MOST_LINES = 36, 16, 96, 4
_STYLE = """\
svg{color-scheme:light dark;font:13px system-ui,sans-serif}
.page{fill:#fff}.ink{fill:#1c2126}.faint{fill:#57606a}.head{font-size:16px;font-weight:600}
.grid{stroke:#d5dae0}.zero{stroke:#57606a;stroke-dasharray:4 3}
.main{fill:#0b62b8;stroke:#0b62b8}.soft{fill:#9cc4ea;stroke:#9cc4ea}.other{fill:#b45309;stroke:#b45309}
.ring{fill:#fff;stroke-width:2}
@media (prefers-color-scheme:dark){.page{fill:#14181c}.ink{fill:#e8ecf0}.faint{fill:#a3adb8}
.grid{stroke:#343b43}.zero{stroke:#a3adb8}
.main{fill:#6cb6ff;stroke:#6cb6ff}.soft{fill:#2d5480;stroke:#2d5480}.other{fill:#f0a04b;stroke:#f0a04b}
.ring{fill:#14181c}}"""


class Bar(msgspec.Struct, frozen=True):
    """From one place of the scale to another; `size` is its height in pixels."""

    start: float
    end: float
    look: Look = "main"
    size: float = 10.0


class Dot(msgspec.Struct, frozen=True):
    """One place of the scale."""

    at: float
    form: Form = "dot"
    look: Look = "main"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the chart: its label at the left, what is drawn, and a short note at the right.

    `ends` are words under the ends of the scale, for a row that has a scale of its own.
    """

    label: str
    marks: tuple[Bar | Dot, ...] = ()
    note: str = ""
    ends: tuple[str, str] | None = None


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """Rows on one scale. `ticks` pairs places with their words; `line` is a place to compare with;
    `key` explains the marks.

    `about` says what the chart shows to who cannot see it, and stands under the title for all others.
    """

    title: str
    about: str
    low: float
    high: float
    rows: tuple[Row, ...]
    ticks: tuple[tuple[float, str], ...] = ()
    line: float | None = None
    key: tuple[tuple[Bar | Dot, str], ...] = ()


def even_ticks(low: float, high: float, shown: str = "{:g}", count: int = 4) -> tuple[tuple[float, str], ...]:
    """Places at even distances from one end to the other, with their words."""
    places = [low + (high - low) * i / count for i in range(count + 1)]
    return tuple((place, shown.format(place)) for place in places)


def to_svg(chart: Chart) -> str:
    """The chart as an SVG document."""
    lines = list(_body(chart))
    height = lines.pop()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
        ' role="img" aria-labelledby="title about">\n'
        f'<title id="title">{_safe(chart.title)}</title>\n<desc id="about">{_safe(_told(chart))}</desc>\n'
        f"<style>{_STYLE}</style>\n"
        f'<rect class="page" width="{_WIDTH}" height="{height}"/>\n' + "\n".join(lines) + "\n</svg>\n"
    )


def _told(chart: Chart) -> str:
    """What the chart says, in words: the rows with their notes."""
    rows = "; ".join(f"{row.label}: {row.note}" if row.note else row.label for row in chart.rows)
    return f"{chart.about} {rows}"


def _body(chart: Chart) -> Iterator[str]:
    """The drawn elements from the top down, and last of all the height that they take."""
    y = _MARGIN + 16.0
    for line in _wrapped(chart.title, 80):
        yield _text(_MARGIN, y, line, "ink head")
        y += 20
    for line in _wrapped(chart.about, 112):
        yield _text(_MARGIN, y, line, "faint")
        y += _LINE
    if chart.key:
        yield from _key(chart, y + 4)
        y += 24
    top = y + 4
    y = top + 10
    drawn: list[str] = []
    for row in chart.rows:
        some, taken = _row(chart, row, y)
        drawn += some
        y += taken
    yield from _grid(chart, top, y)
    yield from drawn
    yield str(round(y + (28 if chart.ticks else 8) + _MARGIN))


def _key(chart: Chart, y: float) -> Iterator[str]:
    x = float(_MARGIN)
    for mark, words in chart.key:
        if isinstance(mark, Bar):
            placed = f'x="{_n(x)}" y="{_n(y - mark.size / 2)}" width="24" height="{_n(mark.size)}"'
            yield f'<rect class="{mark.look}" {placed}/>'
        else:
            yield _dot(mark, x + 12, y)
        yield _text(x + 30, y + 4, words, "faint")
        x += 46 + 7.0 * len(words)


def _grid(chart: Chart, top: float, bottom: float) -> Iterator[str]:
    for place, words in chart.ticks:
        x = _x(chart, place)
        yield f'<path class="grid" d="M{_n(x)} {_n(top)}V{_n(bottom)}"/>'
        yield _text(x, bottom + 18, words, "faint", "middle")
    if chart.line is not None:
        yield f'<path class="zero" d="M{_n(_x(chart, chart.line))} {_n(top)}V{_n(bottom)}"/>'


def _row(chart: Chart, row: Row, top: float) -> tuple[list[str], float]:
    """The elements of a row and the height that it takes."""
    label = _wrapped(row.label, _LABEL_WORDS)
    note = _wrapped(row.note, _NOTE_WORDS)
    lines = max(len(label), len(note), 2 if row.ends else 1)
    middle = top + (_LINE / 2 if row.ends else lines * _LINE / 2)
    made = [_text(_MARGIN, top + 12 + i * _LINE, line, "ink") for i, line in enumerate(label)]
    made += [_text(_WIDTH - _NOTES, top + 12 + i * _LINE, line, "ink") for i, line in enumerate(note)]
    if row.ends:
        start, end = _x(chart, chart.low), _x(chart, chart.high)
        made.append(f'<path class="grid" d="M{_n(start)} {_n(middle)}H{_n(end)}"/>')
        for x, words, anchor in ((start, row.ends[0], "start"), (end, row.ends[1], "end")):
            made.append(_text(x, middle + 21, textwrap.shorten(one_line(words), 28, placeholder="…"), "faint", anchor))
    for mark in row.marks:
        if isinstance(mark, Bar):
            a, b = sorted((_x(chart, mark.start), _x(chart, mark.end)))
            made.append(
                f'<rect class="{mark.look}" x="{_n(a)}" y="{_n(middle - mark.size / 2)}" '
                f'width="{_n(max(b - a, 0.5))}" height="{_n(mark.size)}"/>'
            )
        else:
            made.append(_dot(mark, _x(chart, mark.at), middle))
    return made, lines * _LINE + _GAP


def _dot(mark: Dot, x: float, y: float) -> str:
    kind = f"{mark.look} ring" if mark.form == "ring" else mark.look
    match mark.form:
        case "dot" | "ring":
            return f'<circle class="{kind}" cx="{_n(x)}" cy="{_n(y)}" r="5"/>'
        case "diamond":
            return f'<path class="{kind}" d="M{_n(x)} {_n(y - 7)}l6 7l-6 7l-6 -7z"/>'
        case "square":
            return f'<rect class="{kind}" x="{_n(x - 4.5)}" y="{_n(y - 4.5)}" width="9" height="9"/>'
        case "tick":
            return f'<rect class="{kind}" x="{_n(x - 1)}" y="{_n(y - 9)}" width="2" height="18"/>'


def _x(chart: Chart, place: float) -> float:
    left, right = _MARGIN + _LABELS, _WIDTH - _NOTES - 24
    span = chart.high - chart.low
    share = (place - chart.low) / span if span else 0.5
    return left + min(1.0, max(0.0, share)) * (right - left)


def _wrapped(words: str, columns: int) -> list[str]:
    lines = textwrap.wrap(one_line(words), columns)
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], lines[_MOST_LINES - 1].rstrip(" .,;") + "…"]
    return lines


def _text(x: float, y: float, words: str, kind: str, anchor: str = "start") -> str:
    placed = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text class="{kind}" x="{_n(x)}" y="{_n(y)}"{placed}>{_safe(words)}</text>'


def _safe(words: str) -> str:
    return escape(one_line(words), {'"': "&quot;"})


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
