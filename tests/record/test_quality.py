"""Merging on synthetic processes with known truth: floors that a change must not fall below."""

from __future__ import annotations

import pytest

from accord.record import merge
from merging import pairwise, quality
from processes import make_world

FLOORS = {"events": 0.80, "propositions": 0.85, "figures": 0.95, "statements": 0.90, "actors": 0.90}
PRECISION = {"events": 0.88, "propositions": 0.90, "figures": 0.98, "statements": 0.98, "actors": 0.98}


@pytest.mark.parametrize("seed", [101, 102])
def test_floors(seed: int) -> None:
    world = make_world(250, seed)
    found = quality(merge(world.reports, world.readings), world)
    assert {name: f1 for name, (_, _, f1) in found.items() if f1 < FLOORS[name]} == {}
    assert {name: p for name, (p, _, _) in found.items() if p < PRECISION[name]} == {}


def test_pairwise_by_its_definition() -> None:
    true = {"a": "1", "b": "1", "c": "1", "d": "2", "e": "2"}
    found = {"a": "x", "b": "x", "c": "y", "d": "y", "e": "z"}
    items = sorted(true)
    pairs = [(i, j) for i in items for j in items if i < j]
    mine = {p for p in pairs if found[p[0]] == found[p[1]]}
    theirs = {p for p in pairs if true[p[0]] == true[p[1]]}
    precision, recall, f1 = pairwise(found, true)
    assert precision == len(mine & theirs) / len(mine)
    assert recall == len(mine & theirs) / len(theirs)
    assert f1 == pytest.approx(2 * precision * recall / (precision + recall))
