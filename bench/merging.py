"""Measures merging on synthetic processes with known truth: time, peak memory, pairwise F1, and adding one report.

    python bench/merging.py [REPORTS ...] [--seed N] [--store]

Without REPORTS it measures 250, 500, 1,000 and 2,000. Pairwise F1 counts pairs of findings: those that the record
holds to be one against those that are. With --store a record file is built and one more report is added to it.
"""

from __future__ import annotations

import argparse
import gc
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from accord.model.record import Record
from accord.record import Store, merge
from processes import World, make_world


def pairwise(found: Mapping[str, str], true: Mapping[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs; both mappings lead from an item to its cluster."""
    both = _pairs(Counter((found[i], true[i]) for i in true))
    mine, theirs = _pairs(Counter(found[i] for i in true)), _pairs(Counter(true.values()))
    precision, recall = both / mine if mine else 1.0, both / theirs if theirs else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _pairs(counts: Counter[object]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())


def clusters(record: Record, layer: str, true: Mapping[str, str]) -> dict[str, str]:
    """For each finding the item that it is part of; for positions the proposition that it is on."""
    whole = {member: i for i, some in record.members.items() for member in some}
    if layer != "propositions":
        return {i: whole.get(i, i) for i in true}
    keys = {position.id: position.key or "" for position in record.positions}
    return {i: keys[whole.get(i, i)] for i in true}


def quality(record: Record, world: World) -> dict[str, tuple[float, float, float]]:
    """Pairwise precision, recall and F1 of each layer."""
    truth = world.truth
    layers = {"events": truth.events, "propositions": truth.propositions, "figures": truth.figures}
    layers |= {"statements": truth.statements, "actors": truth.persons}
    return {name: pairwise(clusters(record, name, true), true) for name, true in layers.items()}


def measure(reports: int, seed: int) -> None:
    """One line of the scaling table, and the quality below it."""
    world = make_world(reports, seed)
    findings = sum(len(reading.layer(name)) for reading in world.readings for name in ("events", "positions"))
    clock = Clock()
    record = merge(world.reports, world.readings)
    took = str(clock)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{reports:>6} reports  {findings:>6} events and positions  {took}  peak {memory:.0f} MB")
    for name, (precision, recall, f1) in quality(record, world).items():
        print(f"        {name:<13} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    voice = {copy: first for first, some in record.copies.items() for copy in some}
    hits = sum(voice.get(i, i) == voice.get(first, first) for i, first in world.truth.copies.items())
    print(f"        copies        {hits} of {len(world.truth.copies)} found, {len(voice)} claimed")
    print(f"        discrepancies {Counter(d.kind for d in record.discrepancies)}")


def measure_store(reports: int, seed: int) -> None:
    """Building a record file, and adding one report to it after the file was closed and opened again."""
    world = make_world(reports + 1, seed)
    last = world.reports[-1], world.readings[-1]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.accord"
        clock = Clock()
        with Store.open(path, create=True) as store:
            for report, reading in zip(world.reports[:-1], world.readings[:-1], strict=True):
                store.add(report, reading)
            print(f"{reports:>6} reports  landed {clock}", end="  ")
            store.refresh()
            print(f"merged and kept {clock}  {path.stat().st_size / 1e6:.0f} MB")
        del world, report, reading, store
        gc.collect()  # the collector must not walk the synthetic world while the record is timed
        with Store.open(path) as store:
            clock = Clock()
            store.record()
            print(f"        opened and shown {clock}")
        del store
        gc.collect()
        with Store.open(path) as store:
            clock = Clock()
            store.add(*last)
            print(f"        one more report: landed {clock}", end="  ")
            store.refresh()
            print(f"merged {clock}", end="  ")
            store.record()
            print(f"whole record shown {clock}")


class Clock:
    """Time since it was made, by the wall and by this process's work: on a busy machine they differ."""

    def __init__(self) -> None:
        self._wall, self._work = time.perf_counter(), time.process_time()

    def __str__(self) -> str:
        return f"{time.perf_counter() - self._wall:.2f} s (work {time.process_time() - self._work:.2f} s)"


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="*", type=int, default=[250, 500, 1000, 2000])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--store", action="store_true")
    args = parser.parse_args()
    for reports in args.reports:
        (measure_store if args.store else measure)(reports, args.seed)


if __name__ == "__main__":
    main()
