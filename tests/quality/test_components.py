"""Attribution on PolNeAR and event types on PLOVER's examples, against pinned floors."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import measure
import pytest

pytestmark = pytest.mark.skipif(
    not measure.EVAL.is_dir(), reason="the gold annotations (../shared/eval) are not beside this checkout"
)
BENCH = Path(__file__).resolve().parents[2] / "bench"

# F1 on the development articles; a little below what was measured on 2026-11-22 (0.739, 0.696, 0.893; macro F1 0.773)
POLNEAR = {"content": 0.72, "content+source": 0.68, "direct content+source": 0.87}
PLOVER = 0.75


def bench(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"accord_bench_{name}", BENCH / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_attributions_hold_their_floors_on_polnear() -> None:
    scores, lines = bench("attribution").polnear(measure.EVAL / "polnear_dev", 0.0)
    falls = {
        kind: scores["accord"][kind]["f1"] for kind, floor in POLNEAR.items() if scores["accord"][kind]["f1"] < floor
    }
    assert not falls, "\n".join(lines)


def test_event_types_hold_their_floor_on_plover() -> None:
    macro, lines = bench("plover").macro_f1(measure.EVAL / "plv_train.tsv")
    assert macro >= PLOVER, "\n".join(lines)
