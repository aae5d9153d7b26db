"""Two parties' bargaining as games that Gambit reads: .nfg (strategic form) and .efg (extensive form).

The packages are those of the zone that are Pareto optimal for the two, all other consenting parties' demands being
kept; without agreement both have their reservation values. As a strategic game this is Nash's demand game: both
name a package at once and get it when they name the same. As an extensive game the first proposes, the second accepts
or refuses, and over `rounds` they take turns; each round costs `patience` of what is gained over the reservation.
File formats: Savani and Turocy, Gambit documentation, "Game representation formats".
"""

from __future__ import annotations

import math

import msgspec
import numpy as np

from accord.bargaining.arrays import Arrays, compile_table
from accord.bargaining.grid import make_grid
from accord.bargaining.limits import Limits
from accord.bargaining.nondominated import nondominated
from accord.bargaining.sweep import sweep
from accord.bargaining.zone import acceptable
from accord.errors import ExportError, TableError
from accord.model.table import Table


class Reduction(msgspec.Struct, frozen=True, kw_only=True):
    """What two parties bargain over: packages as option ids, their utilities, and the reservation values."""

    parties: tuple[str, str]
    packages: tuple[tuple[str, ...], ...]
    utilities: tuple[tuple[float, float], ...]
    reservations: tuple[float, float]
    left_out: int = 0


def reduce_to_two(table: Table, first: str, second: str, *, most: int = 12, limits: Limits | None = None) -> Reduction:
    """The packages that matter between two parties (by id or name), best for the first party first.

    At most `most`, evenly spread over the front; `left_out` counts the rest. Raises TableError for a bad table or an
    unknown party, ExportError when there is no zone or it is too large to enumerate.
    """
    limits = limits or Limits()
    arrays = compile_table(table)
    rows = _rows(table, first, second)
    allowed = acceptable(arrays)
    count = math.prod(len(a) for a in allowed)
    if count > limits.enumerate_up_to:
        raise ExportError(f"export to Gambit: {count} packages; at most {limits.enumerate_up_to} can be enumerated")
    packages = _front(arrays, allowed, rows, limits) if count else []
    if not packages:
        raise ExportError(
            "export to Gambit: the zone must not be empty; it is: relax a red line or a reservation value"
        )
    kept = packages
    if len(packages) > most:
        kept = (
            [packages[round(i * (len(packages) - 1) / (most - 1))] for i in range(most)] if most > 1 else packages[:1]
        )
    agreements = [arrays.agreement(p) for p in kept]
    return Reduction(
        parties=(table.parties[rows[0]].name, table.parties[rows[1]].name),
        packages=tuple(a.options for a in agreements),
        utilities=tuple((a.utilities[rows[0]], a.utilities[rows[1]]) for a in agreements),
        reservations=(table.parties[rows[0]].reservation.value, table.parties[rows[1]].reservation.value),
        left_out=len(packages) - len(kept),
    )


def _rows(table: Table, first: str, second: str) -> tuple[int, int]:
    found = []
    for name in (first, second):
        try:
            found.append([p.id for p in table.parties].index(table.party(name).id))
        except KeyError:
            known = ", ".join(p.name for p in table.parties)
            raise TableError(f"export to Gambit: party must be one of {known}; got {name!r}") from None
    if found[0] == found[1]:
        raise TableError(f"export to Gambit: must name two parties; got {first!r} twice")
    return found[0], found[1]


def _front(arrays: Arrays, allowed: list[np.ndarray], rows: tuple[int, int], limits: Limits) -> list[tuple[int, ...]]:
    grid = make_grid(arrays, allowed)
    found = sweep(grid, keep=True, threads=limits.threads)
    heads = sorted(found.members)
    tails = [np.flatnonzero(found.members[h]) for h in heads]
    if not heads:
        return []
    pick = list(rows)
    worth = np.concatenate(
        [(grid.tail_worth[pick][:, t] + grid.head_worth[pick, h][:, None]).T for h, t in zip(heads, tails, strict=True)]
    )
    where = [(h, int(t)) for h, some in zip(heads, tails, strict=True) for t in some]
    vectors, first = np.unique(worth, axis=0, return_index=True)
    keep = nondominated(np.ascontiguousarray(vectors))
    order = np.flatnonzero(keep)[::-1]  # np.unique ascends, so the first party's best comes last
    return [grid.package(*where[first[i]]) for i in order]


def to_nfg(reduction: Reduction, title: str = "") -> str:
    """The demand game in Gambit's .nfg payoff form."""
    names = [_quoted(_label(p)) for p in reduction.packages]
    count = len(names)
    lines = [
        f"NFG 1 R {_quoted(title or 'demand game')} {_players(reduction)}",
        "{ { " + " ".join(names) + " }\n{ " + " ".join(names) + " } }",
        _quoted("Both name a package at once; they get it when they name the same, else their reservation values."),
        "",
    ]
    payoffs = []
    for column in range(count):
        for row in range(count):  # the first player's strategy runs fastest
            pair = reduction.utilities[row] if row == column else reduction.reservations
            payoffs.append(f"{_decimal(pair[0])} {_decimal(pair[1])}")
    return "\n".join([*lines, *payoffs]) + "\n"


def to_efg(reduction: Reduction, title: str = "", *, rounds: int = 1, patience: float = 0.9) -> str:
    """The game of offers in Gambit's .efg form: `rounds` of proposing and answering, the proposer alternating.

    `patience` is the share of a gain that is left a round later, from 0 to 1. Raises ExportError for numbers outside.
    """
    if rounds < 1 or not 0 <= patience <= 1:
        raise ExportError(
            f"export to Gambit: rounds must be at least 1, patience from 0 to 1; got {rounds}, {patience}"
        )
    if len(reduction.packages) ** rounds > 50_000:
        raise ExportError(
            f"export to Gambit: {len(reduction.packages)} packages over {rounds} rounds: keep fewer of either"
        )
    writer = _Tree(reduction, rounds, patience)
    writer.propose(0)
    head = f"EFG 2 R {_quoted(title or 'offers')} {_players(reduction)}"
    return "\n".join([head, '""', "", *writer.lines]) + "\n"


class _Tree:
    """Writes nodes depth first. Every node is its own information set: all offers are seen."""

    def __init__(self, reduction: Reduction, rounds: int, patience: float) -> None:
        self.reduction, self.rounds, self.patience = reduction, rounds, patience
        self.lines: list[str] = []
        self.sets = [0, 0]
        self.outcomes = 0

    def propose(self, turn: int) -> None:
        names = " ".join(_quoted(_label(p)) for p in self.reduction.packages)
        self._decide(turn % 2, names)
        for package in range(len(self.reduction.packages)):
            self.answer(turn, package)

    def answer(self, turn: int, package: int) -> None:
        self._decide((turn + 1) % 2, '"accept" "refuse"')
        self._end(_label(self.reduction.packages[package]), self._worth(turn, package))
        if turn + 1 < self.rounds:
            self.propose(turn + 1)
        else:
            self._end("no agreement", self.reduction.reservations)

    def _worth(self, turn: int, package: int) -> tuple[float, float]:
        left = self.patience**turn
        a, b = (
            r + left * (u - r)
            for u, r in zip(self.reduction.utilities[package], self.reduction.reservations, strict=True)
        )
        return a, b

    def _decide(self, player: int, actions: str) -> None:
        self.sets[player] += 1
        self.lines.append(f'p "" {player + 1} {self.sets[player]} "" {{ {actions} }} 0')

    def _end(self, name: str, pair: tuple[float, float]) -> None:
        self.outcomes += 1
        self.lines.append(f't "" {self.outcomes} {_quoted(name)} {{ {_decimal(pair[0])}, {_decimal(pair[1])} }}')


def _label(package: tuple[str, ...]) -> str:
    return " | ".join(package)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _players(reduction: Reduction) -> str:
    return f"{{ {_quoted(reduction.parties[0])} {_quoted(reduction.parties[1])} }}"


def _decimal(value: float) -> str:
    """A decimal without exponent, exact to a billionth: Gambit computes with it as a fraction."""
    return f"{value:.9f}".rstrip("0").rstrip(".")
