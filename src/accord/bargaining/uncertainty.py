"""How sure the zone is: Monte Carlo over everything that the evidence leaves open."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec
import numpy as np
from numpy.typing import NDArray

from accord.bargaining.draws import Factor, batch, factors, runs
from accord.bargaining.inputs import inputs
from accord.bargaining.many import Frame, Zones, zones
from accord.bargaining.sensitivity import Indices, sobol
from accord.bargaining.sweep import in_threads
from accord.model.outcome import Chosen, Sensitivity, Uncertainty
from accord.model.table import Number, Table

Floats = NDArray[np.float64]
METHOD = "uncertainty"
SOURCE = "Monte Carlo; Sobol indices: Saltelli et al. (2010), Jansen (1999)"
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


class Sampling(msgspec.Struct, frozen=True, kw_only=True):
    """How many draws, from which seed, and how much of the answer is shown.

    `draws` for the zone and the solution, `sensitivity_draws` for each Sobol index (0 leaves sensitivity out),
    `packages` how many of the packages chosen are listed. `threads` changes no byte of the answer.
    """

    draws: int = 2_000
    seed: int = 1
    sensitivity_draws: int = 512
    packages: int = 10
    threads: int = 2


def uncertainty(table: Table, how: Sampling | None = None) -> Uncertainty:
    """P(zone not empty), how often each package is the solution, and what the answer hangs on.

    Raises TableError when the table breaks a rule or has too many packages to draw.
    """
    how = how or Sampling()
    open_factors = factors(table)
    frame = Frame.of(table)
    drawn = draw_zones(frame, open_factors, how, choose=True)
    possible = float(np.mean(drawn.size > 0))
    quantiles = np.quantile(drawn.size / drawn.total, QUANTILES)
    return Uncertainty(
        draws=how.draws,
        seed=how.seed,
        factors=len(open_factors),
        possible=possible,
        error=float(np.sqrt(possible * (1 - possible) / how.draws)),
        zone_share=tuple((p, float(v)) for p, v in zip(QUANTILES, quantiles, strict=True)),
        chosen=_chosen(frame, drawn, how.packages),
        options=_options(frame, drawn),
        sensitivity=_sensitivity(frame, open_factors, how) if how.sensitivity_draws else (),
        exact=False,
        parameters=tuple((key, str(value)) for key, value in msgspec.structs.asdict(how).items() if key != "threads"),
        **inputs(table, METHOD, SOURCE, "sampled"),
    )


def draw_zones(frame: Frame, open_factors: tuple[Factor, ...], how: Sampling, *, choose: bool) -> Zones:
    """The zones of all draws, in the order of the runs."""
    pieces = runs(how.seed, how.draws, len(open_factors))

    def work(numbers: Iterable[int]) -> list[Zones]:
        return [zones(frame, batch(frame.table, open_factors, pieces[n]), choose=choose) for n in numbers]

    parts = [z for some in in_threads(len(pieces), work, how.threads) for z in some]
    return Zones(np.concatenate([p.size for p in parts]), np.concatenate([p.chosen for p in parts]), parts[0].total)


def _package(frame: Frame, number: int) -> tuple[int, ...]:
    return frame.grid.package(*divmod(number, frame.grid.tails))


def _chosen(frame: Frame, drawn: Zones, most: int) -> tuple[Chosen, ...]:
    numbers, counts = np.unique(drawn.chosen[drawn.chosen >= 0], return_counts=True)
    order = np.lexsort((numbers, -counts))[:most]
    questions = frame.table.questions
    return tuple(
        Chosen(
            options=tuple(q.options[o].id for q, o in zip(questions, _package(frame, int(numbers[k])), strict=True)),
            share=float(counts[k] / len(drawn.chosen)),
        )
        for k in order
    )


def _options(frame: Frame, drawn: Zones) -> tuple[tuple[float, ...], ...]:
    shares = [np.zeros(len(q.options)) for q in frame.table.questions]
    numbers, counts = np.unique(drawn.chosen[drawn.chosen >= 0], return_counts=True)
    for number, count in zip(numbers, counts, strict=True):
        for question, option in enumerate(_package(frame, int(number))):
            shares[question][option] += count / len(drawn.chosen)
    return tuple(tuple(map(float, s)) for s in shares)


def _sensitivity(frame: Frame, open_factors: tuple[Factor, ...], how: Sampling) -> tuple[Sensitivity, ...]:
    """By group of factors, the largest total index first. Weights do not touch the zone and are left out."""
    groups: dict[str, list[int]] = {}
    for column, factor in enumerate(open_factors):
        if factor.kind != "weight":
            groups.setdefault(factor.group, []).append(column)

    def share(points: Floats) -> Floats:
        found = zones(frame, batch(frame.table, open_factors, points))
        return found.size / found.total

    def in_order(points: Floats) -> Floats:
        cuts = [points[start : start + 512] for start in range(0, len(points), 512)]
        parts = in_threads(len(cuts), lambda numbers: [share(cuts[n]) for n in numbers], how.threads)
        return np.concatenate([p for some in parts for p in some])

    indices = sobol(in_order, list(groups.values()), len(open_factors), how.sensitivity_draws, how.seed)
    bars = _bars(share, open_factors, list(groups.values()))
    found = [_entry(name, i, bar) for name, i, bar in zip(groups, indices, bars, strict=True)]
    return tuple(sorted(found, key=lambda s: (-s.total, s.name)))


def _entry(name: str, indices: Indices, bar: tuple[float, float]) -> Sensitivity:
    return Sensitivity(
        name=name, first=indices.first, total=indices.total, error=indices.error, at_least=bar[0], at_most=bar[1]
    )


def _bars(
    share: Callable[[Floats], Floats], open_factors: tuple[Factor, ...], groups: list[list[int]]
) -> list[tuple[float, float]]:
    """The share of packages in the zone with each group at its least and at its most, all else as taken."""
    if not groups:
        return []
    taken = np.array([_point_of(f.number) if f.kind not in ("red-line", "condition") else 0.0 for f in open_factors])
    points = np.repeat(taken[None], 2 * len(groups), axis=0)
    for k, group in enumerate(groups):
        for column in group:
            demand = open_factors[column].kind in ("red-line", "condition")
            points[2 * k, column], points[2 * k + 1, column] = (1.0, 0.0) if demand else (0.0, 1.0)
    found = share(points)
    return [(float(found[2 * k]), float(found[2 * k + 1])) for k in range(len(groups))]


def _point_of(number: Number) -> float:
    """The point of the unit interval that a triangular number's value stands at."""
    return (number.value - number.least) / (number.most - number.least)
