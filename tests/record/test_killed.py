"""A process killed at any moment loses no completed report, and what is built afterwards is what would have been."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from random import Random

import msgspec

from accord.record import Store, merge
from processes import make_world

DRIVER = Path(__file__).with_name("adding_driver.py")
REPORTS, SEED, KILLS = 60, 3, 10


def run_and_kill(path: Path, after: int, wait: float) -> list[str]:
    """Start the driver, kill -9 it a moment after so many reports have landed; answer those it said had landed."""
    command = [sys.executable, str(DRIVER), str(path), str(REPORTS), str(SEED)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    landed = [line.strip() for line, _ in zip(process.stdout, range(after), strict=False)]
    time.sleep(wait)
    process.kill()
    landed += [line.strip() for line in process.stdout if line.endswith("\n")]
    process.wait()
    return landed


def test_kill_at_any_moment(tmp_path: Path) -> None:
    path, random = tmp_path / "killed.accord", Random(1)
    landed: list[str] = []
    partial = 0
    for _ in range(KILLS):
        landed += run_and_kill(path, random.randint(0, 4), random.choice((0.0, 0.001, 0.01, 0.05)))
        if path.exists():
            with Store.open(path, create=True) as store:
                there = {report.id for report in store.reports()}
                assert set(landed) <= there, "a report that had landed was lost"
                assert {r.report for r in store.readings()} == there, "a report without its reading"
                partial += 0 < len(there) < REPORTS
    assert partial, "no kill fell in the middle of the work"
    subprocess.run([sys.executable, str(DRIVER), str(path), str(REPORTS), str(SEED)], check=True, capture_output=True)
    world = make_world(REPORTS, SEED)
    with Store.open(path) as store:
        assert msgspec.msgpack.encode(store.record()) == msgspec.msgpack.encode(merge(world.reports, world.readings))
