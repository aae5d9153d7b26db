"""Minimal hitting sets: the sets that meet every one of a family and lose that when any member leaves."""

from __future__ import annotations

from collections.abc import Sequence

from pysat.examples.hitman import Hitman


def hitting_sets(family: Sequence[frozenset[int]], most: int) -> tuple[list[frozenset[int]], bool]:
    """All minimal hitting sets, the smallest first, at most `most` of them; and whether these are all.

    By the implicit hitting set enumerator of python-sat (Ignatiev, Morgado and Marques-Silva 2018).
    """
    found: list[frozenset[int]] = []
    with Hitman(bootstrap_with=[sorted(s) for s in family], htype="sorted") as solver:
        for answer in solver.enumerate():
            if len(found) == most:
                return _ordered(found), False
            found.append(frozenset(answer))
    return _ordered(found), True


def _ordered(sets: list[frozenset[int]]) -> list[frozenset[int]]:
    return sorted(sets, key=lambda s: (len(s), sorted(s)))
