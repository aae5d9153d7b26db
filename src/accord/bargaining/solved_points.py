"""The point solutions of tables that are too large to enumerate, by the solver.

Utilitarian, egalitarian and Kalai-Smorodinsky solutions are linear. The Nash solution maximises a sum of logarithms,
which lies below each of its tangents: the solver maximises under tangents, a tangent is added at what it finds, until
the value found reaches the bound (Kelley 1960, "The cutting-plane method for solving convex programs", J. SIAM 8).
Ties are broken by the solver, the same way every time, not by leximin.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from accord.bargaining.arrays import UNIT, Arrays
from accord.bargaining.inputs import inputs
from accord.bargaining.limits import Limits
from accord.bargaining.objectives import METHODS, Longs, weights
from accord.bargaining.solved import late
from accord.bargaining.solver import Clock, Found, Package, Solver
from accord.model.outcome import Solution

_SHARES = 1_000_000
"""Shares of Kalai-Smorodinsky and weights are counted in millionths."""
_LOGS = 1_000_000
_STEP = 1_000_000_000
_CLOSE = 1e-5
"""The logarithm of the Nash product is proved best up to this much."""
_NEAR = 1e-3
"""Tangents are not drawn nearer to 0 than this, so that their integers fit."""
_TANGENTS = 500


def solved_points(arrays: Arrays, methods: list[str], limits: Limits) -> list[Solution]:
    """The named point solutions, each with the proof or the limit that it stopped at."""
    clock = Clock(limits.seconds)
    some = Solver(arrays, clock).best()
    ideal, proved = _ideal(arrays, clock) if some.package else (np.zeros(len(arrays.table.parties), np.int64), True)
    points = []
    for method in methods:
        base = inputs(arrays.table, method, "docs/bargaining.md", "solved")
        if some.status in ("none", "cut"):
            why = (
                "the zone is empty" if some.status == "none" else late(limits, "it is not known whether a zone exists")
            )
            points.append(Solution(agreement=None, why=why, exact=some.status == "none", **base))
            continue
        answer = _SOLVING[method](arrays, clock, ideal)
        if not answer.package:
            why = "no package of the zone gives every consenting party more than its reservation value"
            cut = None if answer.status == "none" else late(limits, "no solution was found")
            points.append(Solution(agreement=None, why=why if cut is None else cut, cut=cut, exact=cut is None, **base))
            continue
        agreement = arrays.agreement(answer.package)
        exact = answer.status == "proved" and (proved or method != "Kalai-Smorodinsky")
        gains = tuple(u - float(b) / UNIT for u, b in zip(agreement.utilities, arrays.reservation, strict=True))
        points.append(
            Solution(
                agreement=agreement,
                value=_value(arrays, method, answer.package, ideal),
                gains=gains,
                ideal=tuple(float(u) / UNIT for u in ideal),
                exact=exact,
                cut=None if exact else late(limits, "the best found is shown"),
                **base,
            )
        )
    return points


def _ideal(arrays: Arrays, clock: Clock) -> tuple[Longs, bool]:
    solver = Solver(arrays, clock)
    tops = [solver.best(solver.utility(p)) for p in range(len(arrays.table.parties))]
    ideal = [int(arrays.utilities(t.package)[p]) if t.package else 0 for p, t in enumerate(tops)]
    return np.array(ideal, dtype=np.int64), all(t.status == "proved" for t in tops)


def _value(arrays: Arrays, method: str, package: Package, ideal: Longs) -> float:
    objective = METHODS[method](arrays, ideal)
    value = float(objective.of(arrays.utilities(package)[arrays.consent][:, None])[0])
    return math.exp(value) if method == "Nash" else value


def _utilitarian(arrays: Arrays, clock: Clock, ideal: Longs) -> Found:
    solver = Solver(arrays, clock)
    parties = np.flatnonzero(arrays.consent)
    return solver.best(
        sum(round(float(w) * _SHARES) * solver.utility(int(p)) for w, p in zip(weights(arrays), parties, strict=True))
    )


def _egalitarian(arrays: Arrays, clock: Clock, ideal: Longs) -> Found:
    solver = Solver(arrays, clock)
    least = solver.model.new_int_var(-UNIT, UNIT, "least")
    for party in np.flatnonzero(arrays.consent):
        solver.model.add(least <= solver.utility(int(party)) - int(arrays.reservation[party]))
    return solver.best(least)


def _kalai_smorodinsky(arrays: Arrays, clock: Clock, ideal: Longs) -> Found:
    solver = Solver(arrays, clock)
    least = solver.model.new_int_var(-_SHARES, _SHARES, "least")
    hoping = False
    for party in np.flatnonzero(arrays.consent):
        reach = int(ideal[party] - arrays.reservation[party])
        if reach > 0:
            hoping = True
            gain = solver.utility(int(party)) - int(arrays.reservation[party])
            solver.model.add(reach * least <= _SHARES * gain)
    return solver.best(least if hoping else None)


def _nash(arrays: Arrays, clock: Clock, ideal: Longs) -> Found:
    solver = Solver(arrays, clock)
    parties = [int(p) for p, w in zip(np.flatnonzero(arrays.consent), weights(arrays), strict=True) if w > 0]
    share = [float(w) for w in weights(arrays) if w > 0]
    gains, logs = [], []
    for party in parties:
        gain = solver.model.new_int_var(1, UNIT, f"gain{party}")
        solver.model.add(gain == solver.utility(party) - int(arrays.reservation[party]))
        gains.append(gain)
        logs.append(solver.model.new_int_var(-30 * _LOGS, 0, f"log{party}"))
    for start in (0.01, 0.03, 0.1, 0.3, 1.0):
        for gain, log in zip(gains, logs, strict=True):
            _tangent(solver, gain, log, start)
    total = sum(round(w * _SHARES) * log for w, log in zip(share, logs, strict=True))
    best, value = Found("none"), -math.inf
    for _ in range(_TANGENTS):
        answer = solver.best(total)
        if answer.status == "none":
            return Found("proved", best.package) if best.package else answer
        if answer.status == "cut":
            return best if best.package else answer
        reached = (arrays.utilities(answer.package) - arrays.reservation)[parties] / UNIT
        here = float(sum(w * math.log(g) for w, g in zip(share, reached, strict=True)))
        if here > value:
            best, value = Found("found", answer.package), here
        if answer.bound / (_SHARES * _LOGS) <= value + _CLOSE:
            return Found("proved", best.package)
        if answer.status == "found":
            return best
        solver.exclude(answer.package)
        for gain, log, at in zip(gains, logs, reached, strict=True):
            _tangent(solver, gain, log, max(float(at), _NEAR))
    return best


def _tangent(solver: Solver, gain: Any, log: Any, at: float) -> None:
    """log(g) <= log(at) + (g - at) / at, in integers that err upwards."""
    slope = math.ceil(_LOGS * _STEP / UNIT / at)
    level = math.ceil((math.log(at) - 1) * _LOGS * _STEP) + 1
    solver.model.add(log * _STEP <= level + slope * gain)


_SOLVING: dict[str, Callable[[Arrays, Clock, Longs], Found]] = {
    "Nash": _nash,
    "Kalai-Smorodinsky": _kalai_smorodinsky,
    "egalitarian": _egalitarian,
    "utilitarian": _utilitarian,
}
