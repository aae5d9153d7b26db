"""The page on quality tells the truth: its floors are the pinned ones, and its weaknesses are still weak."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from accord.model.reading import Reading
from accord.model.report import Report
from accord.reading.offline import OfflineReader

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")


def table(head: str) -> list[list[str]]:
    """The rows under a table's head."""
    lines = PAGE.partition(f"| {head} |")[2].splitlines()[2:]
    rows = lines[: next(i for i, line in enumerate(lines) if not line.startswith("|"))]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


FLOORS = table("layer")
WEAK = table("the sentence")


def test_the_floors_on_the_page_are_the_pinned_ones() -> None:
    pinned = json.loads((ROOT / "tests" / "quality" / "floors.json").read_text(encoding="utf-8"))["dev"]["floors"]
    for layer, loose, full in FLOORS:
        assert (float(loose), float(full)) == (pinned[f"{layer}/loose"], pinned[f"{layer}/full"]), layer
    assert {layer for layer, _, _ in FLOORS} == {name.partition("/")[0] for name in pinned} - {"dates"}


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    """What Accord reads in each weak sentence, alone in a report of a day."""
    reports = [Report.make(row[0], "weak.txt", published=dt.date(2024, 5, 14)) for row in WEAK]
    return {report.text: reading for report, reading in zip(reports, OfflineReader().read(reports), strict=True)}


def told(reading: Reading, kind: str) -> str:
    """What a reading has of one kind, in the words of the page."""
    names = {actor.id: actor.name for actor in reading.actors}

    def who(ids: Iterable[str]) -> str:
        return ", ".join(sorted(names[one] for one in ids)) or "nobody"

    found = {
        "event": [f"{who(e.actors)} → {who(e.recipients)}: {e.type}, {e.status}" for e in reading.events],
        "position": [f"{names[p.party]} {p.stance}, {p.strength}" for p in reading.positions],
        "issue": [p.issue for p in reading.positions],
        "statement": [f"{names.get(s.speaker or '', 'nobody')}: {s.content}" for s in reading.statements],
        "proposal": [f"{p.name}: {', '.join(step.status for step in p.history)}" for p in reading.proposals],
        "figure": [f"{f.value:g} {f.unit}" for f in reading.figures],
    }
    return "; ".join(sorted(found[kind])) or "nothing"


@pytest.mark.parametrize("row", WEAK, ids=lambda row: row[0][:40])
def test_a_known_weakness_is_still_one(row: list[str], readings: dict[str, Reading]) -> None:
    sentence, right, today = row
    kind, _, wrong = today.partition(": ")
    has = told(readings[sentence], kind)
    assert right.startswith(f"{kind}: ")
    assert has != right.partition(": ")[2], f"read rightly now: take this line out of docs/quality.md: {sentence}"
    assert has == wrong, f"docs/quality.md must say what Accord has today: {kind}: {has}"
