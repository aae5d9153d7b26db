"""Tables too large to enumerate, as a constraint model for CP-SAT (OR-Tools), on the same integers as enumeration.

One Boolean an option, exactly one of a question's true. A demand may be given up: its Boolean then lifts its
constraint. Each call has a time limit and runs on one worker from a fixed seed, so that what is not cut by the limit
is the same every time.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from accord.bargaining.arrays import Arrays
from accord.errors import SolverError

Package = tuple[int, ...]
_COUNTING = 1.0
"""Work spent on counting, in the solver's own units of about a second."""
Status = Literal["proved", "found", "none", "cut"]


class Clock:
    """What is left of a time limit that several calls share."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds left, never below 0."""
        return max(0.0, self._end - time.monotonic())


@dataclass(frozen=True)
class Found:
    """What one call found. `bound` is the best that the objective could still be, in its own integer units.

    `proved`: an optimum, or some package when nothing was to be made best; `found`: a package that is not proved best;
    `none`: proof that there is no package; `cut`: the time limit came before a package or a proof.
    """

    status: Status
    package: Package = ()
    bound: float = 0.0


class Solver:
    """The packages of a table as a constraint model, to be asked one thing after another.

    With `soft`, every demand may be given up (`give`); otherwise all must be kept.
    """

    def __init__(self, arrays: Arrays, clock: Clock, *, soft: bool = False) -> None:
        """Raises SolverError when OR-Tools is not installed."""
        self._cp = _load(arrays)
        self.arrays = arrays
        self.clock = clock
        self.model: Any = self._cp.CpModel()
        self.take = [[self.model.new_bool_var(f"x{q}_{o}") for o in range(n)] for q, n in enumerate(arrays.sizes)]
        self.soft = soft
        self.give: list[Any] = [self.model.new_bool_var(f"give{d}") for d in range(len(arrays.demands))]
        if not soft:
            for kept in self.give:
                self.model.add(kept == 0)
        for options in self.take:
            self.model.add_exactly_one(options)
        self._constrain()

    def _constrain(self) -> None:
        arrays, party = self.arrays, {p.id: i for i, p in enumerate(self.arrays.table.parties)}
        for demand, question, refused in arrays.refusals:
            taken = sum(self.take[question][o] for o in np.flatnonzero(refused))
            self.model.add(taken <= self.give[demand])
        for pair in arrays.pairs:
            chosen = [self.take[pair.first][o] for o in np.flatnonzero(pair.first_on)]
            chosen += [self.take[pair.second][o] for o in np.flatnonzero(pair.second_on)]
            lifted = 0 if pair.demand is None else self.give[pair.demand]
            if chosen:
                self.model.add(sum(chosen) <= 1 + lifted)
        for give, wanted in zip(self.give, arrays.demands, strict=True):
            if wanted.kind == "reservation":
                row = party[wanted.party]
                self.model.add(self.utility(row) >= int(arrays.floor[row])).only_enforce_if(give.negated())

    def utility(self, party: int) -> Any:
        """A party's integer utility as a linear expression."""
        return sum(
            int(w) * x
            for worth, row in zip(self.arrays.worth, self.take, strict=True)
            for w, x in zip(worth[party], row, strict=True)
        )

    def best(self, objective: Any = None, *, smallest: bool = False) -> Found:
        """A package, or the one whose objective is largest (smallest)."""
        if objective is None:
            self.model.clear_objective()
        elif smallest:
            self.model.minimize(objective)
        else:
            self.model.maximize(objective)
        return self._run()

    def opens(self, kept: Collection[int]) -> Found:
        """A package that keeps these demands (soft models only)."""
        self.model.clear_objective()
        self.model.add_assumptions([self.give[d].negated() for d in sorted(kept)])
        found = self._run()
        self.model.clear_assumptions()
        return found

    def count(self, most: int) -> tuple[int, bool]:
        """How many packages there are, up to `most`; and whether these are all. Not for soft models."""
        seen = 0

        class Counter(self._cp.CpSolverSolutionCallback):  # type: ignore[misc, name-defined]
            def on_solution_callback(self) -> None:
                nonlocal seen
                seen += 1
                if seen >= most:
                    self.stop_search()

        self.model.clear_objective()
        solver = self._engine()
        solver.parameters.enumerate_all_solutions = True
        solver.parameters.max_deterministic_time = _COUNTING  # not wall time: the same count every time
        status = solver.solve(self.model, Counter())
        return seen, status == self._cp.OPTIMAL and seen < most

    def exclude(self, package: Package) -> None:
        """Never find this package again."""
        self.model.add(sum(self.take[q][o] for q, o in enumerate(package)) <= len(package) - 1)

    def _engine(self) -> Any:
        solver = self._cp.CpSolver()
        solver.parameters.max_time_in_seconds = max(self.clock.left, 0.001)
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        return solver

    def _run(self) -> Found:
        if self.clock.left <= 0:
            return Found("cut")
        solver = self._engine()
        status = solver.solve(self.model)
        if status == self._cp.INFEASIBLE:
            return Found("none")
        if status not in (self._cp.OPTIMAL, self._cp.FEASIBLE):
            return Found("cut")
        package = tuple(next(o for o, x in enumerate(row) if solver.boolean_value(x)) for row in self.take)
        return Found("proved" if status == self._cp.OPTIMAL else "found", package, float(solver.best_objective_bound))


def _load(arrays: Arrays) -> Any:
    try:
        from ortools.sat.python import cp_model
    except ImportError:
        raise SolverError(
            f"table {arrays.table.title!r}: its {arrays.table.packages} packages are too many to enumerate, and the "
            "solver is not installed: install accord[solver], leave out questions, or raise the limit enumerate_up_to"
        ) from None
    return cp_model
