"""Run by a Python that has NegMAS, from bench/bargaining.py: times NegMAS on a GENIUS domain and prints JSON.

Accord is not imported here and NegMAS is not imported by Accord.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import negmas
from negmas.inout import Scenario
from negmas.preferences.ops import kalai_points, nash_points, pareto_frontier


def main() -> None:
    folder = Path(sys.argv[1])
    preferences = sorted(str(p) for p in folder.glob("p*.xml"))
    scenario = Scenario.from_genius_files(str(folder / "domain.xml"), preferences)
    assert scenario is not None
    outcomes = list(scenario.outcome_space.enumerate_or_sample())
    start = time.perf_counter()
    for ufun in scenario.ufuns:
        for outcome in outcomes:
            ufun(outcome)
    utilities = time.perf_counter() - start
    start = time.perf_counter()
    frontier, _ = pareto_frontier(scenario.ufuns, outcomes=outcomes, sort_by_welfare=True)
    pareto = time.perf_counter() - start
    start = time.perf_counter()
    nash = nash_points(scenario.ufuns, frontier, outcomes=outcomes)
    kalai_points(scenario.ufuns, frontier, outcomes=outcomes)
    points = time.perf_counter() - start
    print(
        json.dumps(
            {
                "version": negmas.__version__,
                "utilities": utilities,
                "pareto": pareto,
                "points": points,
                "nash": [float(u) for u in nash[0][0]],
                "front_size": len({tuple(round(float(u), 7) for u in point) for point in frontier}),
            }
        )
    )


if __name__ == "__main__":
    main()
