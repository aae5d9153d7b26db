"""Times of the bargaining stage on tables made from a seed. Run: python bench/bargaining.py [--negmas PYTHON]

With `--negmas`, a Python that has NegMAS 0.16 installed runs the same 8-question, 5-option, 6-party domain in the same
run (NegMAS is AGPL-3.0: it is never imported here, only run from outside on files that we write). Times are the best
of some repeats, in wall-clock seconds on whatever the machine is; each line says what must hold and whether it does.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from accord.bargaining.conflicts import blockers, concessions
from accord.bargaining.draws import factors
from accord.bargaining.files.genius import to_genius
from accord.bargaining.forecast.challenge import Challenge, play
from accord.bargaining.forecast.forecast import Forecasting, forecast
from accord.bargaining.many import Frame
from accord.bargaining.solutions import solutions
from accord.bargaining.uncertainty import Sampling, draw_zones
from accord.bargaining.zone import zone
from accord.model.table import (
    Exclusion,
    Number,
    Option,
    Question,
    RedLine,
    Table,
    TableParty,
    View,
)

HERE = Path(__file__).parent


CPU = {"last": 0.0}
"""Processor seconds of the last measurement: what a busy machine does not change much."""


def best_of(repeats: int, work: Callable[[], Any]) -> tuple[float, Any]:
    times, cpu, answer = [], [], None
    for _ in range(repeats):
        start, worked = time.perf_counter(), time.process_time()
        answer = work()
        times.append(time.perf_counter() - start)
        cpu.append(time.process_time() - worked)
    CPU["last"] = min(cpu)
    return min(times), answer


def report(what: str, seconds: float, bound: float, note: str = "") -> bool:
    held = seconds < bound
    verdict = "yes" if held else "NO"
    print(f"{what:<58} {seconds:7.3f} s (CPU {CPU['last']:.3f}), under {bound:g} s: {verdict}   {note}", flush=True)
    return held


def random_table(questions: int, options: int, parties: int, reservation: float, seed: int = 1) -> Table:
    """Saliences and values uniform on [0, 1]."""
    rng = np.random.default_rng(seed)
    asked = tuple(
        Question(id=f"q{i}", text="", options=tuple(Option(id=f"o{j}", text="") for j in range(options)))
        for i in range(questions)
    )
    seated = tuple(TableParty(id=f"p{i}", name=f"P{i}", reservation=Number(reservation)) for i in range(parties))
    views = tuple(
        View(
            party=p.id,
            question=q.id,
            salience=Number(float(rng.random())),
            values=tuple(Number(float(v)) for v in rng.random(options)),
        )
        for p in seated
        for q in asked
    )
    return Table(parties=seated, questions=asked, views=views)


def conflict_table(seed: int = 1) -> Table:
    """20 yes/no questions, 4 parties with thresholds, 24 red lines, 6 exclusions; the zone is empty."""
    rng = np.random.default_rng(seed)
    table = random_table(20, 2, 4, 0.6, seed)
    lines = tuple(
        RedLine(
            party=f"p{int(rng.integers(4))}",
            question=f"q{int(rng.integers(20))}",
            options=(f"o{int(rng.integers(2))}",),
        )
        for _ in range(24)
    )
    rules = tuple(
        Exclusion(question=f"q{2 * i}", option="o0", other_question=f"q{2 * i + 7}", other_option="o1")
        for i in range(6)
    )
    return Table(parties=table.parties, questions=table.questions, views=table.views, red_lines=lines, exclusions=rules)


def open_table(parties: int = 6, questions: int = 12, seed: int = 1) -> Table:
    """Yes/no questions with ranges on every number and eight red lines of certainty 0.8."""
    rng = np.random.default_rng(seed)
    asked = tuple(
        Question(id=f"q{i}", text="", options=(Option(id="no", text=""), Option(id="yes", text="")))
        for i in range(questions)
    )
    seated = tuple(
        TableParty(id=f"p{i}", name=f"P{i}", weight=Number(1.0, 0.5, 2.0), reservation=Number(0.25, 0.0, 0.5))
        for i in range(parties)
    )
    views = []
    for p in seated:
        for q in asked:
            salience = 0.1 + float(rng.random())
            wanted = Number(1.0, 0.8, None), Number(0.2, 0.0, 0.4)
            views.append(
                View(
                    party=p.id,
                    question=q.id,
                    salience=Number(salience, salience / 2, salience * 1.5),
                    values=wanted if rng.random() < 0.5 else wanted[::-1],
                )
            )
    lines = tuple(
        RedLine(
            party=f"p{i % parties}",
            question=f"q{i}",
            options=("no" if rng.random() < 0.5 else "yes",),
            certainty=Number(0.8),
        )
        for i in range(8)
    )
    return Table(parties=seated, questions=asked, views=tuple(views), red_lines=lines)


def enumeration() -> bool:
    held = True
    for reservation in (0.5, 0.4, 0.0):
        table = random_table(7, 10, 8, reservation)
        seconds, found = best_of(3, lambda t=table: (zone(t), solutions(t, pareto=False)))
        note = f"{found[0].size:,} in the zone"
        held &= report(f"10^7 packages x 8 parties, zone and 4 points, b = {reservation}", seconds, 1.5, note)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB, must be under 2,000 MB: {'yes' if peak < 2000 else 'NO'}")
    return held and peak < 2000


def challenge() -> bool:
    rng = np.random.default_rng(0)
    c, s, x = rng.random(17), rng.random(17), rng.random(17) * 100
    seconds, rounds = best_of(20, lambda: play(c, s, x, Challenge(rounds=10)))
    return report("challenge model, 17 actors, 10 rounds", seconds, 0.010, f"{len(rounds)} rounds played")


def sampling() -> bool:
    table = open_table()
    how = Sampling(draws=10_000)

    def work() -> Any:
        drawn = draw_zones(Frame.of(table), factors(table), how, choose=False)
        return drawn, [forecast(table, m, Forecasting(draws=10_000)) for m in ("mean", "median")]

    seconds, found = best_of(3, work)
    possible = float(np.mean(found[0].size > 0))
    return report("10,000 draws of mean, median and zone, 6 x 12 table", seconds, 1.0, f"P(zone) = {possible:.3f}")


def conflicts() -> bool:
    table = conflict_table()
    seconds, found = best_of(3, lambda: (blockers(table), concessions(table)))
    note = (
        f"{len(found[0].sets)} blockers, {len(found[1].sets)} concessions, exact: {found[0].exact and found[1].exact}"
    )
    return report("all blockers and concessions, 2^20 packages, 4 parties", seconds, 1.0, note)


def against_negmas(python: str) -> bool:
    table = random_table(8, 5, 6, 0.0)
    with tempfile.TemporaryDirectory() as folder:
        files = to_genius(table)
        (Path(folder) / "domain.xml").write_text(files.domain)
        for party, text in files.preferences:
            (Path(folder) / f"{party}.xml").write_text(text)
        done = subprocess.run(
            [python, str(HERE / "bargaining_negmas.py"), folder], capture_output=True, text=True, check=False
        )
    if done.returncode:
        print(
            f"NegMAS: skipped, its run failed: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else '?'}"
        )
        return True
    theirs = json.loads(done.stdout.strip().splitlines()[-1])
    points, ours = best_of(3, lambda: (zone(table), solutions(table, ["Nash", "Kalai-Smorodinsky"], pareto=False)))
    front, full = best_of(3, lambda: solutions(table, (), pareto=True))
    seconds = ", ".join(f"{what} {theirs[what]:.2f} s" for what in ("utilities", "pareto", "points"))
    print(f"NegMAS {theirs['version']}: {seconds}")
    held = True
    for what, slow, fast, factor in (
        ("utilities with Nash and Kalai points", theirs["utilities"] + theirs["points"], points, 100),
        ("Pareto set", theirs["pareto"], front, 20),
    ):
        ratio = slow / fast
        held &= ratio >= factor
        print(f"{what}: {fast:.3f} s, {ratio:.0f} times faster, must be {factor}: {'yes' if ratio >= factor else 'NO'}")
    agree = ours[1].point("Nash").agreement.utilities
    gap = max(abs(a - b) for a, b in zip(agree, theirs["nash"], strict=True))
    same = full.pareto.vectors == theirs["front_size"]
    print(f"same Nash point: {gap < 1e-6} (gap {gap:.1e})")
    print(f"same front: {same} ({full.pareto.vectors} utility vectors, theirs {theirs['front_size']})")
    return held and gap < 1e-6 and same


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--negmas", help="a Python that has NegMAS installed")
    chosen = parser.parse_args()
    held = [enumeration(), challenge(), sampling(), conflicts()]
    if chosen.negmas and shutil.which(chosen.negmas):
        held.append(against_negmas(chosen.negmas))
    else:
        print("NegMAS: skipped, no Python with it was named (--negmas)")
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
