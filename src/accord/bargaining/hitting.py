"""Minimal hitting sets: the sets that meet every one of a family and lose that when any member leaves."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from pysat.examples.hitman import Hitman

from accord.model.columns import Flags

_Words = NDArray[np.uint64]
_WORK = 1 << 23
"""Most words compared for the sets of three: some hundredths of a second. Beyond, the solver takes over."""


def hitting_sets(family: Flags, most: int) -> tuple[list[frozenset[int]], bool]:
    """All minimal hitting sets, the smallest first, at most `most` of them; and whether these are all.

    `family` has a row a set and a column a member. Sets of up to three members are found by going through all of
    them, the first in order where there are too many; larger ones by the implicit hitting set enumerator of
    python-sat (Ignatiev, Morgado and Marques-Silva 2018), from what these leave.
    """
    found = _small(family, most)
    if len(found) > most:
        return found[:most], False
    sets = [np.flatnonzero(row).tolist() for row in family]
    with Hitman(bootstrap_with=sets, htype="sorted") as solver:
        for known in found:
            solver.block(sorted(known))
        for answer in solver.enumerate():
            if len(found) == most:
                return _ordered(found), False
            found.append(frozenset(answer))
    return _ordered(found), True


def _ordered(sets: list[frozenset[int]]) -> list[frozenset[int]]:
    return sorted(sets, key=lambda s: (len(s), sorted(s)))


def _small(family: Flags, most: int) -> list[frozenset[int]]:
    """The minimal hitting sets of one and two members, and of three where that is little work, in order.

    It stops with one more than `most`.
    """
    if not len(family) or not family.any(axis=1).all():
        return []
    members = np.flatnonzero(family.any(axis=0))
    columns = _packed(family[:, members].T)
    whole = _packed(np.ones((1, len(family)), dtype=bool))[0]
    alone = (columns == whole).all(axis=1)
    found = [frozenset((int(members[i]),)) for i in np.flatnonzero(alone)]
    left = np.flatnonzero(~alone)
    members, columns = members[left], columns[left]
    together = np.zeros((len(left), len(left)), dtype=bool)
    for i in range(len(left)):
        together[i, i + 1 :] = ((columns[i] | columns[i + 1 :]) == whole).all(axis=1)
    found += [frozenset((int(members[i]), int(members[j]))) for i, j in np.argwhere(together)]
    if len(found) > most or len(left) ** 3 // 6 * len(whole) > _WORK:
        return found[: most + 1]
    apart = ~(together | together.T)
    for i, j in combinations(range(len(left)), 2):
        if apart[i, j]:
            others = j + 1 + np.flatnonzero(apart[i, j + 1 :] & apart[j, j + 1 :])
            closing = others[((columns[i] | columns[j] | columns[others]) == whole).all(axis=1)]
            found += [frozenset((int(members[i]), int(members[j]), int(members[k]))) for k in closing]
            if len(found) > most:
                return found[: most + 1]
    return found


def _packed(rows: Flags) -> _Words:
    """Each row as a set of bits, in words."""
    bytes_of = np.packbits(rows, axis=1)
    padded = np.zeros((len(rows), -(-bytes_of.shape[1] // 8) * 8), dtype=np.uint8)
    padded[:, : bytes_of.shape[1]] = bytes_of
    return padded.view(np.uint64)
