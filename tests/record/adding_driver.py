"""Adds the reports of a synthetic world to a record file and says so; made to be killed. PATH REPORTS SEED"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))

from accord.record import Store
from processes import make_world


def main(path: str, reports: int, seed: int) -> None:
    world = make_world(reports, seed)
    with Store.open(path, create=True) as store:
        for i, (report, reading) in enumerate(zip(world.reports, world.readings, strict=True)):
            if not store.has(report.id, reading.reader):
                store.add(report, reading)
                print(report.id, flush=True)
            if i % 4 == 0:
                store.refresh()
        store.refresh()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
