"""When: date expressions of a report, placed on the calendar where they can be, and tied to their clauses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from accord.model.when import When


@dataclass(frozen=True)
class TimeExpression:
    """Tokens `start` to `end` (excluded), headed by `head`, name the interval `when`."""

    start: int
    end: int
    head: int
    when: When


class Dates:
    """All date expressions of a report, asked by the token whose time is wanted."""

    def __init__(self, expressions: Iterable[TimeExpression]) -> None:
        self.all = tuple(sorted(expressions, key=lambda e: (e.start, e.end)))

    def within(self, start: int, end: int) -> tuple[TimeExpression, ...]:
        """The expressions within tokens `start` to `end`."""
        return tuple(e for e in self.all if start <= e.start and e.end <= end)

    def of(self, token: Token) -> When | None:
        """The date of what `token` (a verb or a noun of happening) says: the nearest expression in its clause."""
        best: tuple[int, TimeExpression] | None = None
        for expression in self.within(token.left_edge.i, token.right_edge.i + 1):
            anchor, steps = token.doc[expression.head], 0
            while anchor.i != token.i and anchor.head.i != anchor.i:
                anchor, steps = anchor.head, steps + 1
            if anchor.i == token.i and (best is None or steps < best[0]):
                best = (steps, expression)
        return best[1].when if best else None
