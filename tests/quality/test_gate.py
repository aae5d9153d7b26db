"""The gate's own rules, on made-up rates."""

from __future__ import annotations

import json
from pathlib import Path

import gate
import pytest

RATES = {"statements/full": 0.61239, "events/loose": 0.4}


def floors(**rates: float) -> gate.Floors:
    return gate.Floors("set", "d1", {name.replace("_", "/"): rate for name, rate in rates.items()})


def test_rates_at_their_floors_pass() -> None:
    assert gate.shortfalls(RATES, floors(statements_full=0.6123, events_loose=0.4)) == []


def test_a_rate_below_its_floor_is_named_with_both_numbers() -> None:
    (fall,) = gate.shortfalls(RATES, floors(statements_full=0.62, events_loose=0.3))
    assert str(fall) == "statements/full must be at least 0.6200; it is 0.6124"


def test_a_rate_that_nobody_measured_is_a_shortfall() -> None:
    (fall,) = gate.shortfalls(RATES, floors(figures_loose=0.1))
    assert str(fall) == "figures/loose must be at least 0.1000; it was not measured"


def test_repinning_rounds_down_so_that_the_same_rates_pass_again() -> None:
    pinned = gate.repin(RATES, floors(), "d1")
    assert pinned.rates == {"statements/full": 0.6123, "events/loose": 0.4}
    assert gate.shortfalls(RATES, pinned) == []


def test_repinning_raises_floors() -> None:
    assert gate.repin(RATES, floors(events_loose=0.2), "d1").rates["events/loose"] == 0.4


@pytest.mark.parametrize("old", [{"events_loose": 0.41}, {"figures_full": 0.0}])
def test_repinning_refuses_to_lower_or_drop_a_floor(old: dict[str, float]) -> None:
    with pytest.raises(gate.GateError, match=r"must not lower a floor.*--allow-regression"):
        gate.repin(RATES, floors(**old), "d1")


def test_repinning_lowers_a_floor_when_told_to() -> None:
    pinned = gate.repin(RATES, floors(events_loose=0.9), "d1", allow_regression=True)
    assert pinned.rates["events/loose"] == 0.4


def test_repinning_on_other_gold_must_be_meant() -> None:
    with pytest.raises(gate.GateError, match="gold set set has changed"):
        gate.repin(RATES, floors(events_loose=0.2), "d2")
    assert gate.repin(RATES, floors(events_loose=0.2), "d2", allow_regression=True).digest == "d2"


def test_floors_survive_the_file(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    other = gate.Floors("other", "d9", {"x/full": 0.5})
    gate.save(other, path)
    gate.save(floors(events_loose=0.4), path)
    assert gate.load("set", path) == floors(events_loose=0.4)
    assert gate.load("other", path) == other
    assert [p.name for p in tmp_path.iterdir()] == ["floors.json"]


@pytest.mark.parametrize(
    "content",
    [
        "not json",
        "[]",
        '{"elsewhere": {"digest": "", "floors": {}}}',
        '{"set": {"floors": {}}}',
        '{"set": {"digest": "", "floors": {"a/full": 1.2}}}',
        '{"set": {"digest": "", "floors": {"a/full": true}}}',
        '{"set": {"digest": "", "floors": {"a/full": "0.5"}}}',
    ],
)
def test_a_malformed_file_fails_loudly(tmp_path: Path, content: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(content)
    with pytest.raises(gate.GateError, match=r"floors\.json"):
        gate.load("set", path)


def test_the_digest_sees_names_and_contents_but_not_order(tmp_path: Path) -> None:
    a, b = tmp_path / "a", tmp_path / "b"
    a.write_text("1")
    b.write_text("2")
    first = gate.digest([a, b])
    assert gate.digest([b, a]) == first
    b.write_text("3")
    assert gate.digest([a, b]) != first
    b.write_text("2")
    assert gate.digest([a, b.rename(tmp_path / "c")]) != first


def test_rates_come_from_the_scorers_answer() -> None:
    f1 = {"precision": 0.5, "recall": 0.5, "f1": 0.5}
    scores = {"events": {"gold": 2, "found": 2, "loose": f1, "full": f1}, "dates": {"accuracy": 0.25}}
    assert gate.rates_of(scores) == {"events/loose": 0.5, "events/full": 0.5, "dates/accuracy": 0.25}


def test_the_pinned_floors_are_well_formed() -> None:
    for name in json.loads(gate.FLOORS.read_text(encoding="utf-8")):
        assert gate.load(name).rates
