"""Does confidence mean what it says? Per layer, the items found in annotated reports by their confidence, and how many
of them are right.

    python bench/reliability.py [--gold FOLDER ...] [--layer events]
    python bench/reliability.py --fit [--gold FOLDER ...]     fit data/confidence.yaml anew

An item is right loosely or fully by the rules of the gold's own scorer, matched one to one as it does; confidence is
meant for fully right ones. At 0.8, about eight items in ten should be right. "unseen" has each report's confidences
from a fit without that report. "gap" is the mean distance between confidence and share right, weighted by items
(expected calibration error; Naeini, Cooper and Hauskrecht 2015), over the bins shown.
A folder has annotations NAME.json beside texts NAME.txt; by default the ones of ../shared/eval beside this checkout.
Says so and does nothing where they are missing.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "quality"))

import measure

from accord.model.report import Report
from accord.model.vocabulary.confidence import LAYERS, Curve, curves
from accord.reading.offline import OfflineReader

OUT = Path(__file__).resolve().parents[1] / "src" / "accord" / "data" / "confidence.yaml"
EDGES = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
PRIOR = 4.0  # a curve with few items stays near the rules' own estimates: as if so many items agreed with them
HEAD = """\
# From a rule's estimate to a confidence that holds: log odds of being right = shift + slope x log odds of the estimate.
# Written by bench/reliability.py --fit from annotated reports: `items` were found there, `right` of them fully right.
"""


class Judged(NamedTuple):
    """An item that was found: the rule's estimate, and whether the gold has it. `group` is its report."""

    estimate: float
    loose: bool
    full: bool
    group: str


def judge(scorer: ModuleType, gold_dir: Path) -> Iterator[tuple[str, Judged]]:
    """(layer, item) of every item that the reader finds in the gold's reports."""
    paths = sorted(gold_dir.glob("*.json"))
    golds = {path: json.loads(path.read_text(encoding="utf-8")) for path in paths}
    texts = {path.stem: path for path in measure.gold_files(gold_dir) if path.suffix == ".txt"}
    reports = []
    for path, gold in golds.items():
        day = dt.date.fromisoformat(gold["published"]) if gold.get("published") else None
        text = texts[path.stem].read_text(encoding="utf-8")
        reports.append(Report.make(text, path.name, title=path.stem, published=day))
    readings = OfflineReader(calibrated=False).read(reports)
    for (path, gold), report, reading in zip(golds.items(), reports, readings, strict=True):
        names = {actor.id: actor.name for actor in reading.actors}
        record = {layer: named(msgspec.to_builtins(reading.layer(layer)), names) for layer in LAYERS}
        for layer in LAYERS:
            wanted = scorer.gold_items(layer, gold, report.text)
            found = scorer.found_items(layer, record, report.id, names, report.text)
            pairs = matched(scorer, layer, wanted, found)
            for k, item in enumerate(found):
                right = wanted[pairs[k]] if k in pairs else None
                full = right is not None and scorer.full(layer, right, item)
                yield layer, Judged(item["confidence"], right is not None, full, path.stem)


def named(value: Any, names: dict[str, str]) -> Any:
    """The value with the names of actors for their ids."""
    if isinstance(value, dict):
        return {key: named(inner, names) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [named(inner, names) for inner in value]
    return names.get(value, value) if isinstance(value, str) else value


def matched(
    scorer: ModuleType, layer: str, wanted: Sequence[dict[str, Any]], found: Sequence[dict[str, Any]]
) -> dict[int, int]:
    """The gold item of each found one that has any: one to one, the best overlap first, full matches before others."""
    ranked = []
    for i, gold in enumerate(wanted):
        for j, item in enumerate(found):
            strength = scorer.loose(layer, gold, item)
            if strength > 0:
                ranked.append((-strength, not scorer.full(layer, gold, item), i, j))
    pairs: dict[int, int] = {}
    for _, _, i, j in sorted(ranked, key=lambda pair: pair[:2]):
        if j not in pairs and i not in pairs.values():
            pairs[j] = i
    return pairs


def fit(items: Sequence[Judged]) -> Curve:
    """The likeliest curve for "fully right", drawn by PRIOR towards the rules' own estimates (Newton steps)."""
    slope, shift = 1.0, 0.0
    odds = [math.log(e / (1 - e)) for e in (min(max(x.estimate, 0.02), 0.98) for x in items)]
    for _ in range(50):
        told = [1 / (1 + math.exp(-(shift + slope * o))) for o in odds]
        miss = [float(x.full) - p for x, p in zip(items, told, strict=True)]
        down = (sum(m * o for m, o in zip(miss, odds, strict=True)) - PRIOR * (slope - 1), sum(miss) - shift)
        bend = [p * (1 - p) for p in told]
        a = sum(b * o * o for b, o in zip(bend, odds, strict=True)) + PRIOR
        c = sum(b * o for b, o in zip(bend, odds, strict=True))
        d = sum(bend) + 1.0
        step = a * d - c * c
        slope, shift = slope + (d * down[0] - c * down[1]) / step, shift + (a * down[1] - c * down[0]) / step
    return Curve(round(max(slope, 0.1), 3), round(shift, 3), len(items), sum(x.full for x in items))


def table(title: str, items: Sequence[tuple[float, Judged]]) -> Iterator[str]:
    """The lines of a layer whose items have these confidences: one for each bin that has items, then the whole."""
    yield f"{title:<22}{'confidence':>12}{'items':>7}{'mean':>7}{'loose':>7}{'full':>7}"
    gap = {"loose": 0.0, "full": 0.0}
    for low, high in pairwise(EDGES):
        inside = [(c, item) for c, item in items if low <= c < high]
        if not inside:
            continue
        mean = sum(c for c, _ in inside) / len(inside)
        shares = {kind: sum(getattr(item, kind) for _, item in inside) / len(inside) for kind in gap}
        for kind, share in shares.items():
            gap[kind] += abs(share - mean) * len(inside) / len(items)
        cells = f"{len(inside):>7}{mean:>7.2f}{shares['loose']:>7.2f}{shares['full']:>7.2f}"
        yield f"{'':<22}{f'{low:.1f} to {min(high, 1.0):.1f}':>12}{cells}"
    yield f"{'':<22}{'gap':>12}{'':>14}{gap['loose']:>7.2f}{gap['full']:>7.2f}"


def unseen(items: Sequence[Judged]) -> list[tuple[float, Judged]]:
    """Each item with the confidence that a fit without its report gives it."""
    groups = sorted({x.group for x in items})
    without = {group: fit([x for x in items if x.group != group]) for group in groups}
    return [(without[x.group](x.estimate), x) for x in items]


def text_of(found: dict[str, Curve]) -> str:
    """The curves as the file has them."""
    lines = (
        f"{layer}: {{slope: {c.slope}, shift: {c.shift}, items: {c.items}, right: {c.right}}}"
        for layer, c in found.items()
    )
    return HEAD + "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, nargs="+", default=[measure.SETS["dev"]], help="folders of annotations")
    parser.add_argument("--layer", choices=LAYERS, help="one layer only")
    parser.add_argument("--fit", action="store_true", help="write data/confidence.yaml from these reports")
    options = parser.parse_args()
    if not measure.EVAL.is_dir():
        print("bench/reliability.py: skipped: the gold annotations must be in ../shared/eval beside this checkout")
        return 0
    scorer = measure.script("score")
    judged = [pair for folder in options.gold for pair in judge(scorer, folder.resolve())]
    by_layer = {layer: [item for name, item in judged if name == layer] for layer in LAYERS}
    if options.fit:
        OUT.write_text(text_of({layer: fit(items) for layer, items in by_layer.items()}), encoding="utf-8")
        curves.cache_clear()
    for layer in [options.layer] if options.layer else LAYERS:
        items, curve = by_layer[layer], curves()[layer]
        print("\n".join(table(f"{layer}, rules alone", [(x.estimate, x) for x in items])))
        print("\n".join(table(f"{layer}, as shipped", [(curve(x.estimate), x) for x in items])))
        print("\n".join(table(f"{layer}, unseen", unseen(items))), end="\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
