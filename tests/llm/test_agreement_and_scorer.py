"""Our comparison of two readings gives the counts that the outside scorer gives, one reading taken for the gold."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from model_answers import GOOD, REPORT, TEXT, good
from test_both import DIFFERENT, reading

from accord.model.findings import LAYERS
from accord.model.reading import Reading
from accord.reading.agreement import agreement, names_of

SCORER = Path(__file__).resolve().parents[3] / "shared" / "eval" / "score.py"


def plain(node: Any, names: dict[str, str]) -> Any:
    """A finding as the scorer reads it: names for ids, and the first evidence as the quote."""
    if isinstance(node, dict):
        made = {key: plain(value, names) for key, value in node.items() if key != "date"}
        if node.get("evidence"):
            made["quote"] = node["evidence"][0]["quote"]
        return made
    if isinstance(node, list | tuple):
        return [plain(one, names) for one in node]
    return names.get(node, node) if isinstance(node, str) else node


def rows(of: Reading) -> dict[str, Any]:
    names = names_of(of)
    return {layer: plain(msgspec.to_builtins(list(of.layer(layer))), names) for layer in LAYERS}


@pytest.mark.skipif(not SCORER.exists(), reason="the outside scorer lies in ../shared/eval, which is not here")
@pytest.mark.parametrize(("layer", "change"), [(layer, change) for layer, change, _ in DIFFERENT], ids=str)
def test_counts_are_the_scorers(layer: str, change: dict[str, Any], tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("outside_scorer", SCORER)
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    other = good()
    other[layer][0].update(change)
    gold, found = reading(GOOD), reading(other)
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    (folder / "r.txt").write_text(TEXT, encoding="utf-8")
    (folder / "r.json").write_text(json.dumps({"report": "r", **rows(gold)}), encoding="utf-8")
    record = {"reports": [{"id": REPORT.id, "source": "r.txt"}], "actors": [], **rows(found)}
    theirs = scorer.score(folder, record)
    ours = {row.layer: (row.first, row.second, row.loose, row.full) for row in agreement([(gold, found)])}
    rates = {name: (theirs[name]["loose"]["recall"], theirs[name]["full"]["recall"]) for name in LAYERS}
    assert ours == {
        name: (theirs[name]["gold"], theirs[name]["found"], *(rate * theirs[name]["gold"] for rate in rates[name]))
        for name in LAYERS
    }
