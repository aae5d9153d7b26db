"""What could be left out of the parse within relevant reports, and what that would cost.

    python bench/skipping.py [PATHS...]

After a report is read it is known which of its sentences and lines no finding rests on: no gate could leave out more of
it, however good. Printed are the share of these, and what is lost or other when the reports are read again without
these lines: names, dates and headings stand there that others go by. Without PATHS the example dispatches, and the
annotated reports beside the project where they are.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from accord.model.reading import Reading
from accord.model.report import Report
from accord.reading.offline import OfflineReader
from accord.reading.pipeline import model
from accord.reports.load import load
from triage import EXAMPLES, SHARED

LAYERS = ("statements", "events", "positions", "proposals", "levers", "figures")
SAID = [
    "speaker",
    "content",
    "type",
    "actors",
    "recipients",
    "party",
    "proposition",
    "stance",
    "strength",
    "status",
    "date",
    "name",
    "holder",
    "target",
    "value",
    "measure",
    "claimant",
    "issue",
]


def findings(reading: Reading) -> Iterator[object]:
    for layer in LAYERS:
        yield from reading.layer(layer)


def spans(reading: Reading) -> list[tuple[int, int]]:
    """The pieces of the report that findings rest on."""
    return [(e.start, e.end) for one in findings(reading) for e in one.evidence]  # type: ignore[attr-defined]


def told(reading: Reading) -> set[str]:
    """Every finding by its quotes and what it says, without offsets and the ids of other findings, which move."""
    return {
        f"{type(one).__name__} {[e.quote for e in one.evidence]} {[getattr(one, name, None) for name in SAID]}"  # type: ignore[attr-defined]
        for one in findings(reading)
    }


def touched(start: int, end: int, some: list[tuple[int, int]]) -> bool:
    return any(a < end and b > start for a, b in some)


def without(report: Report, some: list[tuple[int, int]]) -> tuple[Report, int]:
    """The report without the lines that nothing rests on, and how many words that leaves out."""
    kept, words, at = [], 0, 0
    for line in report.text.split("\n"):
        if not line.strip() or touched(at, at + len(line), some):
            kept.append(line)
        else:
            words += len(line.split())
        at += len(line) + 1
    text = "\n".join(kept)
    return Report.make(text, report.source, title=report.title, outlet=report.outlet, published=report.published), words


def measure(name: str, reports: list[Report]) -> None:
    """One line of the table."""
    reader = OfflineReader()
    readings = list(reader.read(reports))
    sentences = bare = tokens = bare_tokens = left_out = 0
    shorter = []
    for report, reading in zip(reports, readings, strict=True):
        some = spans(reading)
        for sentence in model()(report.text).sents:
            rests = touched(sentence.start_char, sentence.end_char, some)
            sentences, tokens = sentences + 1, tokens + len(sentence)
            bare, bare_tokens = bare + (not rests), bare_tokens + (0 if rests else len(sentence))
        short, words = without(report, some)
        shorter.append(short)
        left_out += words
    words = sum(len(report.text.split()) for report in reports)
    again = list(reader.read(shorter))
    before = [told(reading) for reading in readings]
    other = sum(len(a - told(b)) for a, b in zip(before, again, strict=True))
    print(
        f"{name:10} {len(reports):4} reports  sentences without a finding {bare / sentences:6.1%}, of tokens "
        f"{bare_tokens / tokens:6.1%}  lines without, of words {left_out / words:6.1%}  then lost or other {other} of "
        f"{sum(map(len, before))} findings"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, help="reports")
    options = parser.parse_args()
    folders = {"given": options.paths} if options.paths else {}
    if not folders:
        folders["examples"] = sorted(path for path in EXAMPLES.iterdir() if path.is_dir())
        for name in ("seeds", "eval/dev"):
            if (SHARED / name).is_dir():
                folders[name] = sorted((SHARED / name).glob("*.txt"))
    for name, paths in folders.items():
        measure(name, [report for report in load(paths) if isinstance(report, Report)])


if __name__ == "__main__":
    main()
