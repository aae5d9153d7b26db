"""What more workers bring: reports a second by one and by two, once they are warm, with start-up apart.

    python bench/workers.py [--workers 1 2] [--reports 960]

For each number of workers a cluster of this machine is started, its workers load the model (start-up, printed apart)
and read one folder; then a folder of made reports, paragraphs of the example dispatches, is read into a new record, by
the clock: loading, reading, Parquet and writing the record, as `accord read --engine` does it. The ratio is of these.
It means something on an idle machine alone, with as many cores as workers; how idle it was is printed.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

import accord
from accord.workbench.engines.cluster import Cluster
from reading import EXAMPLES, make_folder

WARM = 96  # reports before the clock starts: six batches, so that each of a few workers has some


def measure(workers: int, warm: Path, folder: Path, place: Path) -> float:
    """Reports a second of so many workers; start-up is printed."""
    start = time.perf_counter()
    with Cluster(workers=workers) as cluster:
        begun = time.perf_counter()
        engine = f"dask={cluster.address}"
        accord.open(place / f"warm{workers}.accord").read(warm, engine=engine)
        ready = time.perf_counter()
        done = accord.open(place / f"{workers}.accord").read(folder, engine=engine)
        taken = time.perf_counter() - ready
    left_out = (*done.failed, *done.skipped)
    if left_out:
        raise SystemExit(f"bench/workers.py: every report must be read; {len(left_out)} were not: {left_out[0]}")
    rate = done.added / taken
    print(
        f"{workers} worker{'s' if workers > 1 else ' '}   {rate:8.2f} reports/s   ({done.added} in {taken:.1f} s)   "
        f"processes in {begun - start:.1f} s, model and {WARM} reports in {ready - begun:.1f} s"
    )
    return rate


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2], help="how many, one run each (default: 1 2)")
    parser.add_argument("--reports", type=int, default=960, help="reports of a run (default: 960)")
    options = parser.parse_args()
    print(f"load before {os.getloadavg()[0]:.2f}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        dispatches = sorted(p for p in EXAMPLES.iterdir() if p.is_dir())
        make_folder(place / "in", options.reports, dispatches)
        make_folder(place / "warm", WARM, dispatches)
        rates = [measure(workers, place / "warm", place / "in", place) for workers in options.workers]
    for workers, rate in zip(options.workers[1:], rates[1:], strict=True):
        print(f"ratio       {workers} to {options.workers[0]}: {rate / rates[0]:.2f}")


if __name__ == "__main__":
    main()
