"""The plan of docs/scale.md is what bench/scale.py makes of its inputs, and its sums are right."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def scale() -> ModuleType:
    spec = importlib.util.spec_from_file_location("scale", ROOT / "bench" / "scale.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def inputs() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "bench" / "scale.yaml").read_text(encoding="utf-8"))
    return found


def test_the_page_shows_what_the_bench_prints(scale: ModuleType, inputs: dict[str, Any]) -> None:
    page = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    for part in scale.printed(list(scale.table(inputs)), True).split("\n\n"):
        assert part in page, "docs/scale.md is not what bench/scale.py --markdown prints; put that there"


def test_growth_is_the_power_law_through_the_points(scale: ModuleType) -> None:
    factor, power = scale.growth([[n, 0.002 * n**1.7] for n in (100, 300, 900)])
    assert factor == pytest.approx(0.002)
    assert power == pytest.approx(1.7)
    measured = {"merging": [[n, 0.002 * n**1.7] for n in (100, 300, 900)]}
    assert scale.breaking(measured, 0.002 * 5000**1.7) == pytest.approx(5000)


def test_costs_by_hand(scale: ModuleType) -> None:
    measured = {
        "gate_megabytes_a_second": 10,
        "seconds_a_page_taken_apart": 0.01,
        "words_a_second": 1000,
        "seconds_a_report_landed": 0.01,
        "merging": [[10, 1.0], [100, 10.0], [1000, 100.0]],
    }
    assumed = {
        "articles": 360_000,
        "page_kilobytes": 100,
        "share_about_a_process": 0.1,
        "share_opened_for_nothing": 0.0,
        "words_an_article": 100,
        "records": 10,
        "days_a_record_is_kept": 5,
    }
    hours = [hours for _, _, hours in scale.stages(measured, assumed)]
    assert hours == pytest.approx([1.0, 0.1, 1.0, 0.1, 1.0])  # 36 GB, 36,000 pages, 3.6 million words, 36,000 reports
