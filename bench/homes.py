"""A record in a file and on a PostgreSQL server: adding, merging, opening, searching, listing. Seconds, one run.

    python bench/homes.py [--reports 400] [postgresql://USER@HOST/DATABASE]

Without an address a server of the system's package is started for the run and stopped at its end; like any server at
work it waits for the disk. The reports are a synthetic process of bench/processes.py.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "bench")]

from accord.record import Store  # noqa: E402
from processes import make_world  # noqa: E402

SEARCHES = ("ceasefire", "the talks", '"the talks"', "prisoner* exchange -weapons")


@contextmanager
def server(address: str | None) -> Iterator[str]:
    if address:
        yield address
        return
    import postgres_server

    with postgres_server.running(safe=True) as running:
        yield running.address("postgres", record="bench")


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    answer = work()
    return time.perf_counter() - start, answer


def measure(place: str, reports: int) -> tuple[dict[str, float], Any]:
    world = make_world(reports, 1)
    found: dict[str, float] = {}
    with Store.open(place, create=True) as store:

        def add() -> None:
            for report, reading in zip(world.reports, world.readings, strict=True):
                store.add(report, reading)

        found["add, a report"], _ = timed(add)
        found["add, a report"] /= reports
        found["merge"], record = timed(store.record)
    with Store.open(place) as store:
        found["open and list"], again = timed(store.record)
        assert again == record
        took, passages = timed(lambda: [store.search(query, limit=20) for query in SEARCHES])
        found["search"] = took / len(SEARCHES)
        found["ask whether changed"], _ = timed(store.stamp)
    return found, (record, passages)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address", nargs="?")
    parser.add_argument("--reports", type=int, default=400)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, server(given.address) as address:
        file, one = measure(f"{folder}/bench.accord", given.reports)
        on_server, other = measure(address, given.reports)
    print(f"{given.reports} reports; the same record and the same passages: {one == other}")
    print(f"{'':22}{'file':>10}{'server':>10}")
    for name, seconds in file.items():
        print(f"{name:22}{seconds * 1000:8.1f}ms{on_server[name] * 1000:8.1f}ms")


if __name__ == "__main__":
    main()
