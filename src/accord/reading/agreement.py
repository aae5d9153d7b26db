"""How far two readings of one report agree, by the rules that a reading is scored with against a careful reader's.

Two items are paired loosely when they are the right kind of thing at the same place, and in full when who, what and
how agree as well. Each item pairs with at most one, the best overlap first. Steps of proposals are paired one by one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from accord.model.evidence import Span
from accord.model.findings import LAYERS, Finding, Proposal
from accord.model.reading import Reading
from accord.model.vocabulary.matching import matching

_HALF = 0.5


class LayerAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """One layer of two readers: how many items each has, how many are paired loosely, how many of these in full.

    The rates are the F1 of one reader scored against the other, from 0 to 1; they are the same either way round, and
    None where neither has an item.
    """

    layer: str
    first: int
    second: int
    loose: int
    full: int

    @property
    def rate(self) -> float | None:
        """Agreement on kind and place."""
        return _f1(self.loose, self.first, self.second)

    @property
    def full_rate(self) -> float | None:
        """Agreement on who, what and how as well."""
        return _f1(self.full, self.first, self.second)


class Unit(NamedTuple):
    """What is paired: a finding, or a step of a proposal with the proposal that it belongs to."""

    finding: Finding
    said: Any
    spans: tuple[Span, ...]
    owner: int


class Pair(NamedTuple):
    """Two units by their numbers, and whether they agree in full."""

    first: int
    second: int
    full: bool


def agreement(readings: Iterable[tuple[Reading, Reading]]) -> tuple[LayerAgreement, ...]:
    """The agreement of two readers on the reports that both have read, layer by layer."""
    counts = {layer: [0, 0, 0, 0] for layer in LAYERS}
    for one, other in readings:
        names = names_of(one, other)
        for layer in LAYERS:
            ours, theirs = units(layer, one), units(layer, other)
            pairs = paired(layer, ours, theirs, names)
            found = (len(ours), len(theirs), len(pairs), sum(pair.full for pair in pairs))
            counts[layer] = [a + b for a, b in zip(counts[layer], found, strict=True)]
    return tuple(
        LayerAgreement(layer=layer, first=a, second=b, loose=loose, full=full)
        for layer, (a, b, loose, full) in counts.items()
    )


def names_of(*readings: Reading) -> dict[str, str]:
    """The names of all actors of some readings by id."""
    return {actor.id: actor.name for reading in readings for actor in reading.actors}


def units(layer: str, reading: Reading) -> tuple[Unit, ...]:
    """What there is to pair in one layer of a reading."""
    found: list[Unit] = []
    for number, finding in enumerate(reading.layer(layer)):
        if isinstance(finding, Proposal):
            found += [Unit(finding, step, step.evidence, number) for step in finding.history]
        else:
            found.append(Unit(finding, finding, finding.evidence, number))
    return tuple(found)


def paired(layer: str, ours: Sequence[Unit], theirs: Sequence[Unit], names: Mapping[str, str]) -> tuple[Pair, ...]:
    """The pairs of one layer, in the order of the first reading's units."""
    loosely, fully = _LOOSE[layer], _FULL[layer]
    named = _Names(names)
    chances: list[tuple[float, bool, int, int]] = []
    for i, a in enumerate(ours):
        for j, b in enumerate(theirs):
            strength = loosely(a, b, named)
            if strength > 0:
                chances.append((-strength, not fully(a.said, b.said, named), i, j))
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    found = []
    for _, differs, i, j in sorted(chances):
        if i not in taken_a and j not in taken_b:
            taken_a.add(i)
            taken_b.add(j)
            found.append(Pair(i, j, not differs))
    return tuple(sorted(found))


class _Names:
    """Names of actors by id, compared without case, accents and titles: equal, or one within the other."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def same(self, a: str | None, b: str | None) -> bool:
        """Whether two ids, or none, mean one actor."""
        if a == b:
            return True
        ours, theirs = (tokens(self._names.get(one, one)) if one else frozenset[str]() for one in (a, b))
        return bool(ours and theirs) and (ours <= theirs or theirs <= ours)

    def alike(self, some: Sequence[str], others: Sequence[str]) -> bool:
        """Whether two groups have at least half of their members in common, by the F1 of one against the other."""
        if not some or not others:
            return not some and not others
        hit = sum(any(self.same(a, b) for b in others) for a in some) / len(some)
        back = sum(any(self.same(a, b) for a in some) for b in others) / len(others)
        return hit + back > 0 and 2 * hit * back / (hit + back) >= _HALF


@lru_cache(maxsize=10_000)
def tokens(name: str) -> frozenset[str]:
    """The words of a name without case and accents, titles left out unless there is nothing else."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = re.findall(r"[a-z0-9]+", plain)
    dropped = matching().names.titles | matching().words.stop
    return frozenset(w for w in words if w not in dropped) or frozenset(words)


def _near(a: Unit, b: Unit) -> float:
    """The best overlap of two units' evidence, as a share of the shorter; 0 below a half."""
    best = max((_shared(x, y) / min(x.end - x.start, y.end - y.start) for x in a.spans for y in b.spans), default=0.0)
    return best if best >= _HALF else 0.0


def _shared(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start)) if a.report == b.report else 0


def _same_content(a: Unit, b: Unit, _: _Names) -> float:
    x, y = a.said.content_span, b.said.content_span
    share = _shared(x, y) / (max(x.end, y.end) - min(x.start, y.start))
    return share if share >= _HALF else 0.0


def _same_number(a: Unit, b: Unit, _: _Names) -> float:
    ours, theirs = ([v for v in (u.said.value, u.said.low, u.said.high) if v is not None] for u in (a, b))
    same = any(abs(v - w) <= 1e-6 * max(1.0, abs(w)) for v in ours for w in theirs)
    return _near(a, b) if same else 0.0


_LOOSE: dict[str, Callable[[Unit, Unit, _Names], float]] = {
    "statements": _same_content,
    "events": lambda a, b, _: _near(a, b) if a.said.type == b.said.type else 0.0,
    "positions": lambda a, b, names: (
        _near(a, b) if a.said.issue == b.said.issue and names.same(a.said.party, b.said.party) else 0.0
    ),
    "proposals": lambda a, b, _: _near(a, b) if a.said.status == b.said.status else 0.0,
    "levers": lambda a, b, names: _near(a, b) if names.same(a.said.holder, b.said.holder) else 0.0,
    "figures": _same_number,
}
_FULL: dict[str, Callable[[Any, Any, _Names], bool]] = {
    "statements": lambda a, b, names: names.same(a.speaker, b.speaker),
    "events": lambda a, b, names: (
        a.status == b.status and names.alike((*a.actors, *a.recipients), (*b.actors, *b.recipients))
    ),
    "positions": lambda a, b, _: bool(a.stance == b.stance),
    "proposals": lambda a, b, names: names.alike(a.by, b.by),
    "levers": lambda a, b, names: a.instrument == b.instrument and names.same(a.target, b.target),
    "figures": lambda a, b, names: names.same(a.claimed_by, b.claimed_by),
}


def _f1(paired: int, first: int, second: int) -> float | None:
    return 2 * paired / (first + second) if first + second else None
