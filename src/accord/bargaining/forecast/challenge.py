"""The challenge model: who would press whom to move, and who gives way.

Bueno de Mesquita's expected utility model as set out by Scholz, Calbert and Smith (2011), "Unravelling Bueno De
Mesquita's group decision model", Journal of Theoretical Politics 23(4), 510-531 (equation numbers as in the paper).
Where the paper is silent or ambiguous, the choice is a parameter; docs/bargaining.md discusses each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from accord.bargaining.forecast.baselines import weighted_mean, weighted_median

Floats = NDArray[np.float64]


SAME = 1e-6
"""Positions nearer than this share of the span are one position: what is left of a gap is rounding, not dispute."""


class Challenge(msgspec.Struct, frozen=True, kw_only=True):
    """The choices of the challenge model.

    `rounds`: how many rounds are played. `q`: the probability that the status quo lasts without a challenge (eq. 7).
    `contests`: what a challenger's votes are divided by: `pair`, the votes cast in its own contest (eq. 30), or `all`,
    those cast in all contests. `compromise`: which of several compromises a party takes: `least-move`, as the text
    says, or `lowest-point`, the one whose balance point is lowest on the scale (this depends on the scale's
    direction). `capitulate`: whether a party that loses more than the other gains moves all the way. `risk`: whether
    risk exponents are worked out (eqs. 32-34) or all are 1.

    The authors' own figures come out with `contests="all", compromise="lowest-point"`: see `SCHOLZ`.
    """

    rounds: int = 10
    q: float = 1.0
    contests: Literal["pair", "all"] = "all"
    compromise: Literal["least-move", "lowest-point"] = "least-move"
    capitulate: bool = True
    risk: bool = True


SCHOLZ = Challenge(rounds=8, q=1.0, contests="all", compromise="lowest-point", capitulate=False)
"""The choices that come nearest to Table 2 of the paper."""


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """One round: the positions after it, their weighted median and mean, and the risk exponents played with."""

    positions: tuple[float, ...]
    median: float
    mean: float
    risk: tuple[float, ...]


def play(capability: Floats, salience: Floats, position: Floats, rules: Challenge | None = None) -> tuple[Round, ...]:
    """The rounds of one question. Positions are in any unit; salience is from 0 to 1; one entry an actor.

    Stops early after a round that moves nobody. With one position, or no pull at all, there is nothing to play.
    """
    pull = capability * salience
    if not len(position) or position.max() <= position.min() or pull.sum() <= 0:
        return ()
    rounds: list[Round] = []
    before = position
    for moved, risk in play_many(capability[None], salience[None], position[None], rules):
        rounds.append(
            Round(
                positions=tuple(map(float, moved[0])),
                median=float(weighted_median(moved[0], pull)),
                mean=float(weighted_mean(moved[0], pull)),
                risk=tuple(map(float, risk[0])),
            )
        )
        if np.array_equal(moved[0], before):
            break
        before = moved[0]
    return tuple(rounds)


def play_many(
    capability: Floats, salience: Floats, position: Floats, rules: Challenge | None = None
) -> Iterator[tuple[Floats, Floats]]:
    """Positions after each round and the risk exponents played with, for many games at once (rows)."""
    rules = rules or Challenge()
    game = _Game(
        pull=capability * salience,
        salience=salience,
        span=np.where(np.ptp(position, axis=1) > 0, np.ptp(position, axis=1), 1.0),
        rules=rules,
    )
    x = position.astype(np.float64)
    for _ in range(rules.rounds):
        risk = game.risk(x)
        x = game.move(x, risk)
        yield x, risk


@dataclass(frozen=True)
class _Game:
    """What stays the same from round to round. Arrays have one row a game."""

    pull: Floats
    salience: Floats
    span: Floats
    rules: Challenge

    def distance(self, x: Floats) -> Floats:
        """Of each pair, as a share of the first round's span."""
        return np.asarray(np.abs(x[:, :, None] - x[:, None, :]) / self.span[:, None, None])

    def chances(self, x: Floats, risk: Floats) -> Floats:
        """P of each pair (challenger, challenged): the votes for the challenger over those cast (eqs. 26-31)."""
        distance = self.distance(x) ** risk[:, :, None]
        votes = self.pull[:, :, None, None] * (distance[:, :, None, :] - distance[:, :, :, None])
        won = np.maximum(votes, 0).sum(axis=1)
        cast = np.abs(votes).sum(axis=1)
        if self.rules.contests == "all":
            cast = cast.sum(axis=(1, 2), keepdims=True)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(np.where(won > 0, won / cast, 0.0))

    def expected(self, x: Floats, chance: Floats, power: Floats, *, by_row: bool) -> Floats:
        """What each challenger gains by challenging each other actor, in the eyes of the actor of the row.

        With `by_row` the row challenges the column, else the column challenges the row. `power` is the risk exponent
        of the row. Equations 5 to 7 with 15, 16, 22, 23, 24.
        """
        distance = self.distance(x)
        won = 2 - 4 * np.maximum(0.5 - 0.5 * distance, 0.0) ** power
        lost = 2 - 4 * (0.5 + 0.5 * distance) ** power
        quo = 2 - 4 * 0.5**power
        resists = self.salience[:, None, :] if by_row else self.salience[:, :, None]
        odds = chance if by_row else chance.swapaxes(1, 2)
        challenge = resists * (odds * won + (1 - odds) * lost) + (1 - resists) * won
        q = self.rules.q
        if q >= 1:
            return np.asarray(challenge - quo)
        off = np.abs(x - weighted_median(x, self.pull)[:, None]) / self.span[:, None]
        return np.asarray(
            challenge - q * quo - (1 - q) * _drift(off[:, :, None] if by_row else off[:, None, :], distance, power)
        )

    def risk(self, x: Floats) -> Floats:
        """Risk exponents from 0.5 (averse) to 2 (acceptant), from what others expect to gain by challenging one."""
        even = np.ones(x.shape)
        if not self.rules.risk:
            return even
        gains = self.expected(x, self.chances(x, even), even[:, :, None], by_row=True)
        danger = (gains * ~np.eye(x.shape[1], dtype=bool)).sum(axis=1)
        top, low = danger.max(axis=1, keepdims=True), danger.min(axis=1, keepdims=True)
        with np.errstate(invalid="ignore", divide="ignore"):
            basis = np.where(top > low, (2 * danger - top - low) / (top - low), 0.0)
        return np.asarray((1 - basis / 3) / (1 + basis / 3))

    def move(self, x: Floats, risk: Floats) -> Floats:
        """Everybody's position after the round: each takes the best offer made to it, all at once (section 6).

        Seen by the party that may move: a lost conflict (both expect to gain, the other more) moves it to the other;
        a compromise (only the other gains, and more than it loses) part of the way (eq. 36); capitulation all the
        way. A conflict is settled before a compromise, a compromise before a capitulation; within a kind the nearest
        goes first.
        """
        chance = self.chances(x, risk)
        mine = self.expected(x, chance, risk[:, :, None], by_row=True)
        other = self.expected(x, chance, risk[:, :, None], by_row=False)
        here, there = x[:, :, None], np.broadcast_to(x[:, None, :], mine.shape)
        far = np.abs(there - here)
        apart = far > SAME * self.span[:, None, None]
        conflict = apart & (mine > 0) & (other > mine)
        yielding = apart & (mine < 0) & (other > 0)
        compromise = yielding & (other > -mine)
        ratio = np.where(compromise, -mine / np.where(compromise, other, 1.0), 0.0)
        meeting = here + (there - here) * ratio
        lowest = self.rules.compromise == "lowest-point"
        order = (ratio * here + there) / (ratio + 1) if lowest else np.abs(meeting - here)
        kinds = [(conflict, there, far), (compromise, meeting, order)]
        if self.rules.capitulate:
            kinds.append((yielding & ~compromise, there, far))
        moved = x
        for where, target, first in reversed(kinds):
            best = _least(np.where(where, first, np.inf))[..., None]
            moved = np.where(where.any(axis=2), np.take_along_axis(target, best, axis=2)[..., 0], moved)
        return moved


def _drift(off: Floats, distance: Floats, power: Floats) -> Floats:
    """What becomes of the challenger when, unchallenged, the other moves to the median (eqs. 22, 23).

    `off` is the challenger's distance from the median: when that is less than its distance from the other, it gains.
    """
    reach = (off + distance) / 4
    gains = off < distance
    return np.where(gains, 2 - 4 * np.maximum(0.5 - reach, 0.0) ** power, 2 - 4 * (0.5 + reach) ** power)


def _least(order: Floats) -> NDArray[np.intp]:
    """The first of the smallest along the last axis, where differences in the last digits do not count."""
    low = order.min(axis=-1, keepdims=True)
    slack = np.where(np.isfinite(low), low + 1e-12 * (1 + np.abs(low)), np.inf)
    return np.asarray(np.argmax(order <= slack, axis=-1))
