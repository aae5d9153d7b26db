"""Reads a gold set with Accord and scores the export, all by the scripts that come with the gold."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import accord

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
EVAL = SHARED / "eval"
# Name in floors.json -> folder of gold files
SETS = {"dev": EVAL / "dev"}


def script(name: str) -> ModuleType:
    """A script of the evaluation folder as a module."""
    path = EVAL / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"accord_eval_{name}", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be loaded as a module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold_files(gold_dir: Path) -> list[Path]:
    """Everything that a score depends on beside the record: annotations, their texts and the scorer."""
    annotations = sorted(gold_dir.glob("*.json"))
    beside = [path.with_suffix(".txt") for path in annotations]
    texts = [t if t.exists() else next(SHARED.glob(f"**/seeds/{t.name}")) for t in beside]
    return [*annotations, *texts, EVAL / "score.py"]


def export(gold_dir: Path, folder: Path) -> dict[str, Any]:
    """Read the gold set's reports into a record under `folder`; its JSON export."""
    reports = folder / "reports"
    script("inputs").main(gold_dir, reports)
    out = folder / "record.json"
    with accord.open(folder / "record.accord") as workbench:
        workbench.read([reports])
        workbench.export("json", out)
    exported: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return exported


def score(gold_dir: Path, folder: Path) -> dict[str, Any]:
    """Counts and rates per layer, as `eval/score.py` gives them."""
    scores: dict[str, Any] = script("score").score(gold_dir.resolve(), export(gold_dir, folder))
    return scores


def table(scores: dict[str, Any], floors: dict[str, float]) -> Sequence[str]:
    """The scores as lines of text, each F1 beside its floor."""
    lines = [f"{'layer':<12}{'gold':>6}{'found':>7}   {'loose P/R/F1 (floor)':<26}full P/R/F1 (floor)"]
    for layer, row in scores.items():
        if layer == "dates":
            continue
        cells = []
        for match in ("loose", "full"):
            r, floor = row[match], floors.get(f"{layer}/{match}")
            pinned = f"({floor:.2f})" if floor is not None else "(-)"
            cells.append(f"{r['precision']:.2f} {r['recall']:.2f} {r['f1']:.3f} {pinned}")
        lines.append(f"{layer:<12}{row['gold']:>6}{row['found']:>7}   {cells[0]:<26}{cells[1]}")
    dates, floor = scores["dates"], floors.get("dates/accuracy")
    pinned = f"({floor:.2f})" if floor is not None else "(-)"
    lines.append(f"event dates right: {dates['right']} of {dates['gold']}, {dates['accuracy']:.3f} {pinned}")
    return lines
