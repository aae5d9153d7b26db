"""What was computed, with what its words need: the tables, and the answers that stand beside the one asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec
from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table as Grid
from rich.text import Text

from accord.model.outcome import Blockers, Concessions, Outcome, Zone
from accord.model.table import Table
from accord.publishing.brief.content import Line, Quote, Section, plain
from accord.publishing.brief.terminal import section
from accord.publishing.plain import one_line

Row = dict[str, Any]
Quoted = Callable[[Iterable[str]], tuple[Quote, ...]]


class Computed(msgspec.Struct, frozen=True, kw_only=True):
    """One answer. `tables` are all that it was computed on (before and after a change; one a date), the first first.

    `asked` says a change in words. `zone`, `blockers` and `concessions` are there where the words need them.
    """

    word: str
    answer: Outcome | Table
    tables: tuple[Table, ...]
    asked: tuple[str, ...] = ()
    zone: Zone | None = None
    blockers: Blockers | None = None
    concessions: Concessions | None = None

    @property
    def table(self) -> Table:
        """The table that it was computed on: the first."""
        return self.tables[0]

    def party(self, key: str) -> str:
        """The name of a party at any of the tables."""
        return next((p.name for t in self.tables for p in t.parties if p.id == key), key)

    def question(self, key: str) -> str:
        """The words of a question of any of the tables."""
        return next((q.text for t in self.tables for q in t.questions if q.id == key), key)


def titled(made: Computed, title: str, lines: Iterable[Line | str], hint: str, *, nothing: str = "") -> RenderableType:
    """Lines under a title, with what of the answer was cut or drawn, and how to see what is taken for granted."""
    every = [line if isinstance(line, Line) else Line(parts=(plain(line),)) for line in lines]
    every += [Line(parts=(plain(note),)) for note in reservations(made.answer)]
    granted = tuple(assumption.text for assumption in made.table.assumptions)
    return section(
        Section(key=made.word, title=title, lines=tuple(every), nothing=nothing, granted=granted), "table", hint
    )


def reservations(answer: Outcome | Table) -> Iterator[str]:
    """What must be said beside an answer that a limit cut."""
    cut = getattr(answer, "cut", None)
    if cut:
        yield f"Cut short: {cut}."


def grid(*columns: tuple[str, int], numbers: Iterable[int] = ()) -> Grid:
    """A table for the screen: titles with the share of the width that each column takes, 0 for as much as it needs."""
    made = Grid(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False, expand=True)
    right = set(numbers)
    for place, (title, ratio) in enumerate(columns):
        made.add_column(
            Text(one_line(title)),
            ratio=ratio or None,
            justify="right" if place in right else "left",
            overflow="fold",
            no_wrap=not ratio,
        )
    return made


def cell(words: str) -> Text:
    """Words as they may stand in a cell: foreign text made safe."""
    return Text("\n".join(one_line(line) for line in words.split("\n")))


def percent(share: float) -> str:
    """A share as a whole percentage that does not claim certainty where there is none."""
    if 0 < share < 0.005:
        return "<1%"
    if 0.995 < share < 1:
        return ">99%"
    return f"{share:.0%}"


def count(number: int, noun: str, nouns: str | None = None) -> str:
    """A number with its noun."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"
