"""Incompatible figures: one measure, one unit, one time, numbers that cannot both be true."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import cache

import msgspec

from accord.model.findings import Claim, Discrepancy, Figure
from accord.model.vocabulary.matching import matching
from accord.record.discrepancies.finder import Look, Pairs, make
from accord.record.identity.names import fold
from accord.record.identity.places import elsewhere, plain_place
from accord.record.identity.scene import Days
from accord.record.identity.wording import Wording, telling, wording
from accord.record.layers import Merged

SAME = 0.75  # least likeness of two wordings of one measure: higher than for equal numbers, which speak for themselves
SHARED = 0.5
FINE = 7  # days: figures of a week or less are of one time when they meet, wider ones when they are the same
CLOSE = 0.05  # numbers within this share of each other are the same, told more or less exactly
ROUND = 100  # from here on numbers with final zeros are taken as rounded


class NumberTraits(msgspec.Struct, frozen=True, array_like=True):
    """What incompatible figures go by: `low` and `high` bound what the claim allows."""

    place: str
    measure: Wording
    low: float
    high: float
    unit: str
    days: Days
    site: str
    reports: frozenset[str]
    claimant: str
    rate: bool  # a number a day, a week and so on


class NumberFinder(Pairs):
    """Finds figures that exclude each other."""

    name = "discrepancies/figures"
    kind = "figures"
    layer = "figures"
    form = NumberTraits

    def traits(self, row: Merged[Figure], look: Look) -> NumberTraits | None:
        """None where nothing tells the time that the figure is of, and for a number on top of another."""
        figure = row.item
        days = Days.of(figure.date) if figure.date and figure.date.known else _as_of(figure, look)
        if days.length is None or any(map(_increment().search, (figure.measure, *(e.quote for e in figure.evidence)))):
            return None
        low, high = bounds(figure)
        return NumberTraits(
            place=row.place,
            measure=wording(figure.measure),
            low=low,
            high=high,
            unit=fold(figure.unit or ""),
            days=days,
            site=plain_place(figure.place),
            reports=frozenset(e.report for e in figure.evidence),
            claimant=figure.claimed_by or "",
            rate=any(_rate().search(e.quote) for e in figure.evidence),
        )

    def keys(self, node: NumberTraits) -> tuple[Iterable[str], Iterable[str]]:
        """By unit and the words of the measure."""
        found = [f"{node.unit}:{word}" for word in telling(node.measure.words, SHARED)]
        return found, found

    def likeness(self, a: NumberTraits, b: NumberTraits) -> float:
        """Above 0 where measure, unit and time are one and the numbers exclude each other."""
        if (
            a.unit != b.unit
            or a.rate != b.rate
            or not _two_voices(a, b)
            or elsewhere(a.site, b.site)
            or not _one_time(a.days, b.days)
        ):
            return 0.0
        if a.low <= b.high and b.low <= a.high:
            return 0.0
        like = a.measure.likeness(b.measure)
        return like if like >= SAME and not _other_measure(a.measure, b.measure) else 0.0

    def discrepancy(self, rows: Sequence[tuple[Figure, NumberTraits]]) -> Discrepancy | None:
        """Each number with who claims it."""
        claims = [
            Claim(value=told(item), by=item.claimed_by, items=(item.id,), evidence=item.evidence) for item, _ in rows
        ]
        return make(self.kind, rows[0][0].measure, claims, 0.7)


def _other_measure(a: Wording, b: Wording) -> bool:
    """Whether both measure different things: each has a name of its own, or words exclude each other."""
    return bool(a.proper - b.words and b.proper - a.words) or a.opposes(b) or a.negated != b.negated


def _two_voices(a: NumberTraits, b: NumberTraits) -> bool:
    """Whether two reports speak, or one report tells of two claimants."""
    if a.reports.isdisjoint(b.reports):
        return True
    return bool(a.claimant and b.claimant) and a.claimant != b.claimant


@cache
def _rate() -> re.Pattern[str]:
    return re.compile(matching().rate, re.IGNORECASE)


@cache
def _increment() -> re.Pattern[str]:
    return re.compile(matching().increment, re.IGNORECASE)


def _as_of(figure: Figure, look: Look) -> Days:
    """An undated figure is as of the day of its report or the day before."""
    published = [look.published(e.report) for e in figure.evidence]
    known = [days for days in published if days is not None]
    return Days(min(d[0] for d in known) - 1, min(d[1] for d in known)) if known else Days()


def _one_time(a: Days, b: Days) -> bool:
    return a == b or (max(a.length or FINE + 1, b.length or FINE + 1) <= FINE and a.meets(b))


def bounds(figure: Figure) -> tuple[float, float]:
    """The least and the greatest number that the claim allows, rounding included."""
    low, high = figure.low, figure.high
    if low is None and high is None:
        slack = max(CLOSE * abs(figure.value), _rounding(figure.value)) if abs(figure.value) >= ROUND else 0.0
        percent = figure.unit is not None and fold(figure.unit) in ("%", "percent", "per cent")
        slack = max(slack, 2.5 if percent and figure.value % 5 == 0 else 0.5 if percent else 0.0)
        return figure.value - slack, figure.value + slack
    return (-math.inf if low is None else low), (math.inf if high is None else high)


def _rounding(value: float) -> float:
    """Half a unit of the last digit that is not zero."""
    if value != int(value):
        return 0.0
    digits = str(int(abs(value)))
    zeros = len(digits) - len(digits.rstrip("0"))
    return 0.5 * 10**zeros if zeros else 0.0


def told(figure: Figure) -> str:
    """The number as a claim: `14,000`, `at least 500`, `10 to 20`."""
    low, high = figure.low, figure.high
    if low is not None and high is not None and low != high:
        text = f"{_plain(low)} to {_plain(high)}"
    elif low is not None and high is None:
        text = f"at least {_plain(low)}"
    elif high is not None and low is None:
        text = f"at most {_plain(high)}"
    else:
        text = _plain(figure.value)
    return f"{text} {figure.unit}" if figure.unit else text


def _plain(value: float) -> str:
    return f"{int(value):,}" if value == int(value) else f"{value:,}"
