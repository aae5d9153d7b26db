"""Who says what, measured: attributions on PolNeAR beside textacy's quotations, and statements on the gold reports.

    python bench/attribution.py [--polnear FOLDER] [--least 0.0] [--json FILE]

PolNeAR (news with every attribution marked by annotators) is scored by `polnear_score.py`, the gold reports by
`score.py`, both from ../shared/eval beside this checkout. PolNeAR marks no attribution inside another, so of ours only
the outermost count; it marks quotations with their marks, which ours leave off and get back here. textacy is measured
where it is installed (`pip install textacy`, not a dependency): its direct quotations on the same parses, the parts of
a quotation that share a cue made one. The last table tells, for each band of confidence, how many were right.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "quality"))

import measure
from spacy.tokens import Doc

from accord.model.report import Report
from accord.reading.attributions import Attribution
from accord.reading.offline import understand
from accord.reading.pipeline import model

OPENING, CLOSING = "“„‟\"«‹‘`'", "”\"»›’'`"
Row = dict[str, Any]


def ours(name: str, doc: Doc, least: float) -> Iterator[Row]:
    """Accord's attributions of an article as PolNeAR would mark them."""
    attributions = understand(Report.make(doc.text, name), doc).attributions
    for found in attributions.all:
        if found.confidence >= least and not attributions.chain(found):
            contents = [with_marks(doc.text, *piece) for piece in found.contents]
            yield {**row(name, found, contents), "confidence": found.confidence}


def row(name: str, found: Attribution, contents: list[list[int]]) -> Row:
    """One line of predictions."""
    source = list(found.source) if found.source else None
    cue = list(found.cue) if found.cue else None
    return {"doc": name, "source": source, "cue": cue, "content": contents}


def with_marks(text: str, start: int, end: int) -> list[int]:
    """A piece of content with the quotation marks at its ends, and the stop before the closing one."""
    while start > 0 and text[start - 1] in OPENING:
        start -= 1
    stop = end
    while stop < len(text) and text[stop] in ",.?!":
        stop += 1
    closed = stop
    while closed < len(text) and text[closed] in CLOSING:
        closed += 1
    return [start, closed if closed > stop else end]


def textacys(name: str, doc: Doc) -> Iterator[Row]:
    """textacy's direct quotations, paragraph by paragraph: it refuses a text with an odd number of marks."""
    from textacy.extract.triples import direct_quotations

    for start, end in paragraphs(doc):
        shift = doc[start].idx
        parts: dict[int, Row] = {}
        try:
            found = list(direct_quotations(doc[start:end].as_doc()))
        except ValueError:
            continue
        for speaker, cue, content in found:
            source = [shift + speaker[0].idx, shift + speaker[-1].idx + len(speaker[-1])]
            whole = parts.setdefault(cue[0].i, {"doc": name, "source": source, "cue": None, "content": []})
            whole["content"].append([shift + content.start_char, shift + content.end_char])
        yield from parts.values()


def paragraphs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Token ranges between line breaks."""
    start = 0
    for token in doc:
        if token.is_space and "\n" in token.text:
            if token.i > start:
                yield start, token.i
            start = token.i + 1
    if start < len(doc):
        yield start, len(doc)


def polnear(folder: Path, least: float) -> tuple[dict[str, Any], list[str]]:
    """Scores of both on one PolNeAR folder, and lines to print."""
    scorer = measure.script("polnear_score")
    texts, gold, _ = scorer.read_gold(str(folder))
    began = time.perf_counter()
    docs = list(model().pipe(texts.values(), batch_size=16))
    parsed = time.perf_counter()
    rows = {"accord": [r for name, doc in zip(texts, docs, strict=True) for r in ours(name, doc, least)]}
    read = time.perf_counter()
    try:
        rows["textacy"] = [r for name, doc in zip(texts, docs, strict=True) for r in textacys(name, doc)]
    except ImportError:
        print("textacy is not installed: not measured")
    scores = {tool: score(scorer, texts, gold, found) for tool, found in rows.items()}
    lines = [f"{len(texts)} articles; parse {parsed - began:.1f} s, mentions and attributions {read - parsed:.1f} s"]
    lines.append(f"{'':24}" + "".join(f"{tool + ' P/R/F1':<22}" for tool in scores))
    for kind in scorer.ROWS:
        cells = (f"{s[kind]['precision']:.3f} {s[kind]['recall']:.3f} {s[kind]['f1']:.3f}" for s in scores.values())
        lines.append(f"{kind:<24}" + "".join(f"{cell:<22}" for cell in cells))
    return scores, [*lines, "", *calibration(scorer, texts, gold, rows["accord"])]


def score(scorer: Any, texts: dict[str, str], gold: dict[str, Any], rows: list[Row]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 by the scorer's own functions."""
    found = predictions(scorer, texts, rows)
    articles = [scorer.count_article(texts[n], gold[n], found[n], scorer.envelope) for n in sorted(gold)]
    rates = (scorer.prf(counts) for counts in scorer.total(articles))
    return {
        kind: dict(zip(("precision", "recall", "f1"), r, strict=True))
        for kind, r in zip(scorer.ROWS, rates, strict=True)
    }


def predictions(scorer: Any, texts: dict[str, str], rows: list[Row]) -> dict[str, Any]:
    """The rows as the scorer reads them from a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "predictions.jsonl"
        path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
        found: dict[str, Any] = scorer.read_predictions(str(path), texts)
    return found


def calibration(scorer: Any, texts: dict[str, str], gold: dict[str, Any], rows: list[Row]) -> list[str]:
    """Of the attributions in each band of confidence, the share that PolNeAR has too, with the same source."""
    found = predictions(scorer, texts, rows)
    by_article: dict[str, list[Row]] = defaultdict(list)
    for r in rows:
        by_article[r["doc"]].append(r)
    bands: dict[int, list[bool]] = defaultdict(list)
    for name in sorted(gold):
        _, right = scorer.match(gold[name], found[name], True, scorer.envelope)
        for k, r in enumerate(by_article[name]):
            bands[int(r["confidence"] * 10)].append(k in right)
    lines = ["confidence   number   right with source"]
    for band in sorted(bands, reverse=True):
        lines.append(
            f"{band / 10:.1f}-{(band + 1) / 10:.1f}{len(bands[band]):>12}{sum(bands[band]) / len(bands[band]):>12.2f}"
        )
    return lines


def statements() -> dict[str, dict[str, float]]:
    """Loose and full match of the statements of the gold reports."""
    with tempfile.TemporaryDirectory() as folder:
        scores = measure.score(measure.SETS["dev"], Path(folder))
    return {match: scores["statements"][match] for match in ("loose", "full")}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--polnear", type=Path, default=measure.EVAL / "polnear_dev", help="a PolNeAR compartment")
    parser.add_argument("--least", type=float, default=0.0, help="leave out attributions of less confidence")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    options = parser.parse_args()
    if not options.polnear.is_dir() or not measure.EVAL.is_dir():
        sys.exit(
            "bench/attribution.py: the gold annotations must be in ../shared/eval beside this checkout; they are not"
        )
    scores, lines = polnear(options.polnear, options.least)
    print("\n".join(lines))
    told = statements()
    print()
    for match, r in told.items():
        print(f"{'statements ' + match:<24}{r['precision']:.3f} {r['recall']:.3f} {r['f1']:.3f}")
    if options.json:
        options.json.write_text(json.dumps({"polnear": scores, "statements": told}, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
