"""How much work a computation may take before it switches method or stops and says so."""

from __future__ import annotations

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds on work. Results name the ones that were reached.

    `enumerate_up_to`: most packages that are enumerated; beyond, a solver works. `seconds`: time limit of one
    solver call. `sets`: most blockers or concessions that are listed. `agreements`: most packages of a
    Pareto set that are listed. `threads`: threads of an enumeration; no
    answer depends on it.
    """

    enumerate_up_to: int = 20_000_000
    seconds: float = 30.0
    sets: int = 2_000
    agreements: int = 1_000
    threads: int = 2
