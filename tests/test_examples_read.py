"""Reading the examples, and the seeds where they are beside the checkout: every line rests on its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from accord.model.evidence import Evidence, Span
from accord.model.findings import LAYERS
from accord.model.reading import Reading
from accord.model.report import Report
from accord.reading.offline import OfflineReader
from accord.reports.load import load

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
FOLDERS = [p for p in (ROOT / "examples" / "ukraine-2025", ROOT / "examples" / "colombia-2016", SEEDS) if p.is_dir()]


@pytest.fixture(scope="module")
def readings() -> list[tuple[Report, Reading]]:
    reports = [found for found in load(FOLDERS) if isinstance(found, Report)]
    return list(zip(reports, OfflineReader().read(reports), strict=True))


def spans(value: Any) -> Iterator[Span]:
    """Every span and evidence anywhere within a value."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from spans(getattr(value, field))
    elif isinstance(value, tuple | list):
        for part in value:
            yield from spans(part)


def test_every_example_can_be_read(readings: list[tuple[Report, Reading]]) -> None:
    assert len(readings) >= 20
    assert [(report.source, reading.failed) for report, reading in readings if reading.failed] == []


def test_every_quote_is_the_slice_it_claims_to_be(readings: list[tuple[Report, Reading]]) -> None:
    seen = 0
    for report, reading in readings:
        for span in spans(reading):
            assert span.report == report.id
            assert span.end <= len(report.text)
            if isinstance(span, Evidence):
                span.check(report)
                seen += 1
        for statement in reading.statements:
            inner = statement.content_span
            assert report.text[inner.start : inner.end] == statement.content
    assert seen > len(readings)


@pytest.mark.parametrize("layer", list(LAYERS))
def test_every_layer_finds_something(layer: str, readings: list[tuple[Report, Reading]]) -> None:
    assert any(reading.layer(layer) for _, reading in readings)


def test_every_actor_that_a_finding_names_is_in_the_reading(readings: list[tuple[Report, Reading]]) -> None:
    one, many = (
        ("speaker", "party", "holder", "target", "claimed_by"),
        ("actors", "recipients", "by", "addressees", "chain"),
    )
    for report, reading in readings:
        known = {actor.id for actor in reading.actors}
        for layer in LAYERS:
            for item in reading.layer(layer):
                named = {getattr(item, key, None) for key in one} - {None}
                named.update(*(getattr(item, key, ()) for key in many))
                assert named <= known, f"{report.source} {item.id}"


def test_reading_again_finds_the_same(readings: list[tuple[Report, Reading]]) -> None:
    reports = [report for report, _ in readings[:4]]
    again = list(OfflineReader().read(reversed(reports)))
    assert again == [reading for _, reading in reversed(readings[:4])]
