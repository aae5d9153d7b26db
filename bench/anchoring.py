"""What anchoring costs: processor time for each chunk of a report, from the answer's text to findings.

    python bench/anchoring.py [--rounds N] [FOLDER]

Each report of the folder (the examples) is cut into chunks; for each chunk an answer is made up, as long as one of
4,096 tokens can be: a statement, event, position and figure for each sentence, every third of them spoilt. What
is timed is all that Accord does with an answer: JSON, forms, quotes, actors, dates. Prints milliseconds a chunk.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from accord.model.findings import LAYERS
from accord.model.report import Report, Skipped
from accord.reading.llm.answers import read_answer
from accord.reading.llm.budget import Account
from accord.reading.llm.chunks import Chunk, chunks
from accord.reading.llm.reader import anchored
from accord.reports.load import load

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
SIZE = 6000
LETTERS = 4096 * 4  # of an answer: a token is about four letters of JSON
ACTOR = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)*")


def made_up(chunk: Chunk) -> str:
    """An answer about a chunk: its own sentences with straight marks and single spaces, every third one spoilt."""
    answer: dict[str, list[dict[str, Any]]] = {name: [] for name in ("actors", *LAYERS)}
    for number, sentence in enumerate(re.split(r"(?<=[.!?”])\s+", chunk.text)):
        if len(json.dumps(answer)) > LETTERS:
            break
        quote = " ".join(sentence.split()).replace("“", '"').replace("”", '"').replace("’", "'")[:900]
        if number % 3 == 2:
            quote = quote[: len(quote) // 2] + " and nothing else"
        names = ACTOR.findall(sentence)[:2] or ["Nobody"]
        half = quote[: max(1, len(quote) // 2)]
        answer["actors"] += [{"name": name, "kind": "person", "party": names[-1]} for name in names]
        answer["statements"].append({"speaker": names[0], "role": "party", "content": half, "quote": quote})
        event = {"type": "CONSULT", "status": "occurred", "actors": names, "recipients": [], "date_text": "on Friday"}
        answer["events"].append({**event, "place": names[-1], "quote": quote})
        position = {"party": names[0], "speaker": None, "issue": "ceasefire", "stance": "for", "strength": "demand"}
        answer["positions"].append({**position, "proposition": half[:150], "condition": None, "quote": quote})
        value = float((re.findall(r"\d+", quote) or ["7"])[0])
        answer["figures"].append({"measure": half[:80], "value": value, "quote": quote})
    return json.dumps(answer)


def reports(folder: Path) -> Iterator[Report]:
    yield from (item for item in load([folder]) if not isinstance(item, Skipped))


def measure(report: Report, rounds: int) -> Iterator[tuple[float, int, int]]:
    """For each chunk of a report milliseconds (the median of the rounds), items in the answer, items kept."""
    for chunk in chunks(report, SIZE):
        answer = made_up(chunk)
        taken = []
        for _ in range(rounds):
            account = Account()
            start = time.process_time()
            heard = read_answer(answer)
            reading = anchored(report, [(chunk, heard)], account, reader="bench", model="made up")
            taken.append((time.process_time() - start) * 1000)
        asked = sum(len(heard.items[layer]) for layer in LAYERS)
        yield statistics.median(taken), asked, sum(len(reading.layer(layer)) for layer in LAYERS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=EXAMPLES)
    parser.add_argument("--rounds", type=int, default=7)
    args = parser.parse_args()
    found = [row for report in reports(args.folder) for row in measure(report, args.rounds)]
    times = sorted(row[0] for row in found)
    items = sum(row[1] for row in found)
    print(f"{len(found)} chunks, {items} items answered, {sum(row[2] for row in found)} kept")
    print(
        f"ms a chunk: median {statistics.median(times):.2f}, longest {times[-1]:.2f}; "
        f"{sum(times) / items * 1000:.0f} µs an item"
    )


if __name__ == "__main__":
    main()
