"""Fuzzing: feeds spoilt input to every parser and counts cases, seconds, the slowest case and bugs.

    python bench/fuzz.py                              every target, 200 cases each
    python bench/fuzz.py html pdf --cases 10000       these two, 10,000 each
    python bench/fuzz.py --minutes 60 --seed 7        rounds over all targets until an hour is over
    python bench/fuzz.py --case html:7:1234           one case again, with its traceback
    python bench/fuzz.py --table                      what all runs of this machine came to

A case is made by a generator seeded with TARGET:SEED:NUMBER, so each can be run again. A bug is an error other than
those that Accord raises on purpose, an answer that cannot be (see `fuzzing/`), a case that takes longer than its
target's limit, or one that takes more than 400 MB. Each target runs in a process of its own with at most 4 GB; one that
hangs in C code or dies is started again after the case that did it. Runs are noted in out/fuzz/.
"""

from __future__ import annotations

import argparse
import atexit
import faulthandler
import json
import os
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any, TextIO

sys.path.insert(0, str(Path(__file__).resolve().parent))

ROOT = Path(__file__).resolve().parents[1]
NOTES = ROOT / "out" / "fuzz"
SPACE = 4_000_000_000
MOST_GROWTH = 400_000  # kB in one case
PIECE = 500


class Hang(BaseException):
    """A case took longer than it may. Not an Exception, so that nothing in between takes it for its own."""


@cache
def targets() -> dict[str, Any]:
    """Every target by its name."""
    from fuzzing import answers, asking, records, reports, tables

    every = (*reports.TARGETS, *tables.TARGETS, *records.TARGETS, *asking.TARGETS, *answers.TARGETS)
    return {target.name: target for target in every}


def run_case(target: Any, seed: int, number: int) -> None:
    """One case. Raises what is wrong with it."""
    from accord.errors import AccordError

    signal.setitimer(signal.ITIMER_REAL, target.limit)
    try:
        target.case(Random(f"{target.name}:{seed}:{number}"))
    except AccordError:
        pass
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def work(name: str, seed: int, first: int, count: int, out: TextIO) -> None:
    """Run cases in this process; say before each which it is, and what was wrong after it."""

    def say(what: dict[str, Any]) -> None:
        out.write(json.dumps(what) + "\n")
        out.flush()

    resource.setrlimit(resource.RLIMIT_AS, (SPACE, SPACE))
    sys.set_int_max_str_digits(4300)
    signal.signal(signal.SIGALRM, _hang)
    target = targets()[name]
    with suppress(Exception, Hang):
        run_case(target, seed, -1)  # what is loaded once is not this or that case's fault
    for number in range(first, first + count):
        said: dict[str, Any] = {"case": number}
        before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
        say({"begin": number})
        try:
            run_case(target, seed, number)
        except Hang:
            said |= {"bug": "hang", "text": f"more than {target.limit} s"}
        except MemoryError:
            said |= {"bug": "memory", "text": "more than the process may have"}
        except Exception as problem:
            said |= {"bug": _key(problem), "text": "".join(traceback.format_exception(problem)[-6:])}
        said["seconds"] = time.perf_counter() - began
        said["rss"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        if said["rss"] - before > MOST_GROWTH and "bug" not in said:
            said |= {"bug": "memory", "text": f"{said['rss'] - before} kB in one case"}
        say(said)


def _hang(_: int, __: FrameType | None) -> None:
    raise Hang


def _key(problem: BaseException) -> str:
    """Where it was raised last in Accord's own code, so that a bug found often is told once."""
    frames = [
        f for f in traceback.extract_tb(problem.__traceback__) if "/accord/" in f.filename or "/fuzzing/" in f.filename
    ]
    at = f"{Path(frames[-1].filename).name}:{frames[-1].name}" if frames else "?"
    return f"{type(problem).__name__} at {at}"


def started(name: str, seed: int, first: int, count: int) -> tuple[int, TextIO]:
    """A process of its own that runs cases, forked so that nothing is imported again; its number and what it says."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        silent = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silent, stream)
        status = 1
        try:
            with os.fdopen(writing, "w") as out:
                work(name, seed, first, count, out)
                status = 0
        finally:
            atexit._run_exitfuncs()  # files of this process go with it
            os._exit(status)
    os.close(writing)
    return process, os.fdopen(reading)


def piece(name: str, seed: int, first: int, count: int, limit: float) -> Iterator[dict[str, Any]]:
    """What a process says of so many cases; where it hangs or dies, that is said of its case."""
    while count > 0:
        process, heard = started(name, seed, first, count)
        doing, done = None, first
        signal.signal(signal.SIGALRM, lambda *_, process=process: os.kill(process, signal.SIGKILL))
        signal.alarm(120)
        with heard:
            for line in heard:
                said = json.loads(line)
                if "begin" in said:
                    doing = said["begin"]
                    signal.alarm(int(limit * 3) + 20)
                else:
                    doing, done = None, said["case"] + 1
                    yield said
        signal.alarm(0)
        _, status = os.waitpid(process, 0)
        if doing is None and status and done == first:
            raise SystemExit(f"{name}: cannot start; try --case {name}:{seed}:{first}")
        if doing is not None:
            what = "hang in C code" if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL else "died"
            yield {"case": doing, "bug": what, "text": f"status {status}", "seconds": limit * 3 + 20, "rss": 0}
            done = doing + 1
        first, count = done, count - (done - first)


def run(name: str, seed: int, first: int, count: int, limit: float) -> dict[str, Any]:
    """Run a target; note and answer what came of it."""
    bugs: Counter[str] = Counter()
    slowest, seconds, rss, cases = (0.0, -1), 0.0, 0, 0
    NOTES.mkdir(parents=True, exist_ok=True)
    for said in piece(name, seed, first, count, limit):
        cases += 1
        seconds += said["seconds"]
        rss = max(rss, said["rss"])
        slowest = max(slowest, (said["seconds"], said["case"]))
        if "bug" in said:
            bugs[said["bug"]] += 1
            if bugs[said["bug"]] <= 3:
                with (NOTES / "bugs.jsonl").open("a") as out:
                    out.write(json.dumps({"again": f"{name}:{seed}:{said['case']}", **said}) + "\n")
    told = {
        "target": name,
        "seed": seed,
        "first": first,
        "cases": cases,
        "seconds": round(seconds, 2),
        "slowest": round(slowest[0], 3),
        "slowest_case": slowest[1],
        "rss_mb": rss // 1000,
        "bugs": dict(bugs),
    }
    with (NOTES / "runs.jsonl").open("a") as out:
        out.write(json.dumps(told) + "\n")
    return told


def shown(told: dict[str, Any]) -> str:
    """One line on a target."""
    bugs = "; ".join(f"{count}x {bug}" for bug, count in told["bugs"].items()) or "none"
    return (
        f"{told['target']:16} {told['cases']:9,} {told['seconds']:9.1f} s  slowest {told['slowest']:7.3f} s "
        f"({told['slowest_case']})  {told['rss_mb']:5} MB  bugs: {bugs}"
    )


def table() -> None:
    """All runs noted, summed up by target."""
    whole: dict[str, dict[str, Any]] = {}
    for line in (NOTES / "runs.jsonl").read_text().splitlines():
        told = json.loads(line)
        one = whole.setdefault(told["target"], {**told, "cases": 0, "seconds": 0.0, "slowest": 0.0, "bugs": Counter()})
        one["cases"] += told["cases"]
        one["seconds"] += told["seconds"]
        one["rss_mb"] = max(one["rss_mb"], told["rss_mb"])
        one["bugs"] += Counter(told["bugs"])
        if told["slowest"] > one["slowest"]:
            one |= {"slowest": told["slowest"], "slowest_case": f"{told['seed']}:{told['slowest_case']}"}
    for one in whole.values():
        print(shown(one))
    print(
        f"{sum(one['cases'] for one in whole.values()):,} cases in {sum(o['seconds'] for o in whole.values()):,.0f} s"
    )


def campaign(names: list[str], seed: int, cases: int, minutes: float | None) -> int:
    """Run the targets once, or in rounds that give each the same time until the minutes are over; bugs found."""
    every = targets()
    unknown = sorted(set(names) - every.keys())
    if unknown:
        raise SystemExit(f"no target {unknown[0]}; there are {', '.join(every)}")
    chosen = [every[name] for name in names] or list(every.values())
    print(f"seed {seed}", flush=True)
    end = time.monotonic() + minutes * 60 if minutes else None
    bugs, done, pace = 0, dict.fromkeys(every, 0), dict.fromkeys(every, 0.05)
    while True:
        for target in chosen:
            count = cases if end is None else max(PIECE // 5, min(100 * PIECE, int(20 / pace[target.name])))
            told = run(target.name, seed, done[target.name], count, target.limit)
            done[target.name] += told["cases"]
            pace[target.name] = max(2e-5, told["seconds"] / max(1, told["cases"]))
            bugs += sum(told["bugs"].values())
            print(shown(told), flush=True)
            if end is not None and time.monotonic() > end:
                return bugs
        if end is None:
            return bugs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="TARGET")
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--case", metavar="TARGET:SEED:NUMBER")
    parser.add_argument("--table", action="store_true")
    asked = parser.parse_args()
    if asked.case:
        name, seed, number = asked.case.split(":")
        faulthandler.dump_traceback_later(60, exit=True)
        signal.signal(signal.SIGALRM, _hang)
        run_case(targets()[name], int(seed), int(number))
    elif asked.table:
        table()
    else:
        os.nice(10)
        sys.exit(bool(campaign(asked.names, asked.seed, asked.cases, asked.minutes)))


if __name__ == "__main__":
    main()
