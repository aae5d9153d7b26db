"""Scores the typing of (sentence, source, target) against a PLOVER file: all rows are test data, none is learnt from.

    python bench/plover.py FILE.tsv [--wrong TYPE] [--rows even|odd]

FILE.tsv has the columns sentence_id, marked_sentence (with <s>source</s> and <t>target</t>), source, target, type. A
set that has YIELD for both CONCEDE and RETREAT is scored with both counted as YIELD. Prints precision, recall and
F1 per type, macro F1 and accuracy.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from accord.model.report import Report
from accord.reading.document import Document
from accord.reading.events.plover import Relation, relation
from accord.reading.pipeline import model

YIELDS = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
MARK = re.compile(r"</?[st]>")


class Row(NamedTuple):
    text: str
    source: tuple[int, int]
    target: tuple[int, int]
    type: str


def read(path: Path) -> Iterator[Row]:
    """The rows with their marks taken out; the first source and the first target of each."""
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            text, spans = unmarked(row["marked_sentence"])
            yield Row(text, spans["s"], spans["t"], row["type"])


def unmarked(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The sentence without its marks, and where source and target stand in it."""
    text, at = "", 0
    opened: dict[str, int] = {}
    spans: dict[str, tuple[int, int]] = {}
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        kind = mark.group()[-2]
        if mark.group().startswith("</"):
            spans.setdefault(kind, (opened.get(kind, 0), len(text)))
        else:
            opened.setdefault(kind, len(text))
    return text + marked[at:], {"s": (0, 0), "t": (0, 0), **spans}


def score(pairs: list[tuple[str, str]]) -> tuple[float, float, list[str]]:
    """Macro F1 over the types of the file, accuracy, and one line per type."""
    hits, found, wanted = Counter[str](), Counter[str](), Counter[str]()
    for gold, got in pairs:
        wanted[gold] += 1
        found[got] += 1
        hits[gold] += gold == got
    lines, f1s = [], []
    for kind in sorted(wanted):
        precision = hits[kind] / found[kind] if found[kind] else 0.0
        recall = hits[kind] / wanted[kind]
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        f1s.append(f1)
        lines.append(f"{kind:<10}{wanted[kind]:>5}  {precision:.2f} {recall:.2f} {f1:.2f}")
    return sum(f1s) / len(f1s), sum(hits.values()) / len(pairs), lines


def typed(found: Relation | None, yields: bool) -> str:
    if found is None:
        return "none"
    return YIELDS.get(found.type, found.type) if yields else found.type


def macro_f1(path: Path) -> tuple[float, list[str]]:
    """Macro F1 over the types of a file, and one line per type."""
    rows = list(read(path))
    yields = any(row.type == "YIELD" for row in rows)
    pairs = [
        (row.type, typed(relation(Document(Report.make(row.text, "row"), doc), row.source, row.target), yields))
        for row, doc in zip(rows, model().pipe(row.text for row in rows), strict=True)
    ]
    macro, _, lines = score(pairs)
    return macro, lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--wrong", help="show the rows of this type that are typed otherwise (or 'all')")
    parser.add_argument("--rows", choices=("even", "odd"), help="score only every second row")
    args = parser.parse_args()
    rows = list(read(args.file))
    if args.rows:
        rows = rows[args.rows == "odd" :: 2]
    yields = any(row.type == "YIELD" for row in rows)
    pairs: list[tuple[str, str]] = []
    for row, doc in zip(rows, model().pipe(row.text for row in rows), strict=True):
        found = relation(Document(Report.make(row.text, "row"), doc), row.source, row.target)
        got = typed(found, yields)
        pairs.append((row.type, got))
        if args.wrong in ("all", row.type) and got != row.type:
            print(f"{row.type:<9} {got:<9} {found.word if found else '-':<12} {row.text[:220]}")
    macro, accuracy, lines = score(pairs)
    print(*lines, sep="\n")
    untyped = sum(got == "none" for _, got in pairs)
    print(f"rows {len(pairs)}  macro F1 {macro:.3f}  accuracy {accuracy:.3f}  untyped {untyped}")


if __name__ == "__main__":
    main()
