"""Minimal hitting sets, small ones by going through all of them, are those of the definition."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.bargaining import hitting
from accord.bargaining.hitting import hitting_sets

FAMILIES = st.integers(1, 7).flatmap(
    lambda members: st.lists(
        st.sets(st.integers(0, members - 1), min_size=1), min_size=1, max_size=9, unique_by=frozenset
    ).map(lambda family: (members, family))
)


def flags(members: int, family: list[set[int]]) -> hitting.Flags:
    return np.array([[member in one for member in range(members)] for one in family], dtype=bool)


def defined(members: int, family: list[set[int]]) -> list[frozenset[int]]:
    every = [frozenset(some) for size in range(members + 1) for some in combinations(range(members), size)]
    hits = [some for some in every if all(some & one for one in family)]
    return [some for some in hits if not any(other < some for other in hits)]


@settings(max_examples=200, deadline=None)
@given(FAMILIES)
def test_all_are_found_the_smallest_first(given_family: tuple[int, list[set[int]]]) -> None:
    members, family = given_family
    wanted = defined(members, family)
    assert hitting_sets(flags(members, family), 1_000) == (wanted, True)
    for most in (1, 2):
        found, complete = hitting_sets(flags(members, family), most)
        assert complete == (len(wanted) <= most)
        assert set(found) <= set(wanted)
        assert [len(one) for one in found] == [len(one) for one in wanted[:most]]
        assert [one for one in found if len(one) <= 3] == [one for one in wanted[:most] if len(one) <= 3]


def test_what_is_too_much_to_go_through_is_left_to_the_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    family = [{0, 1, 2}, {2, 3, 4}, {4, 5, 0}, {1, 3, 5}]
    wanted = defined(6, family)
    assert max(map(len, wanted)) == 3
    monkeypatch.setattr(hitting, "_WORK", 0)
    assert hitting_sets(flags(6, family), 100) == (wanted, True)
