"""The challenge model: who would press whom to move, and who gives way.

Bueno de Mesquita's expected utility model as set out by Scholz, Calbert and Smith (2011), "Unravelling Bueno De
Mesquita's group decision model", Journal of Theoretical Politics 23(4), 510-531 (equation numbers as in the paper).
Where the paper is silent or ambiguous, the choice is a parameter; docs/bargaining.md discusses each.
"""

from __future__ import annotations

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

    Stops early when a round moves nobody. With one position, or no pull at all, there is nothing to play.
    """
    rules = rules or Challenge()
    pull = capability * salience
    x = position.astype(np.float64)
    span = float(x.max() - x.min()) if len(x) else 0.0
    rounds: list[Round] = []
    if span <= 0 or pull.sum() <= 0:
        return ()
    for _ in range(rules.rounds):
        risk = _risk(x, pull, salience, span, rules)
        gains = _expected(x, pull, salience, span, risk, rules)
        moved = _move(x, gains, span, rules)
        rounds.append(
            Round(
                positions=tuple(map(float, moved)),
                median=float(weighted_median(moved, pull)),
                mean=float(weighted_mean(moved, pull)),
                risk=tuple(map(float, risk)),
            )
        )
        if np.array_equal(moved, x):
            break
        x = moved
    return tuple(rounds)


def _chances(x: Floats, pull: Floats, span: float, risk: Floats, rules: Challenge) -> Floats:
    """P of each pair (challenger, challenged): the votes for the challenger over those cast (eqs. 26-31)."""
    distance = (np.abs(x[:, None] - x[None, :]) / span) ** risk[:, None]
    votes = pull[:, None, None] * (distance[:, None, :] - distance[:, :, None])
    won = np.maximum(votes, 0).sum(axis=0)
    cast = np.abs(votes).sum() if rules.contests == "all" else np.abs(votes).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(won > 0, won / cast, 0.0)


def _expected(x: Floats, pull: Floats, salience: Floats, span: float, risk: Floats, rules: Challenge) -> Floats:
    """E of (judge, challenger, challenged): what the challenger gains by the challenge, as the judge sees it.

    Equations 5 to 7 with 15, 16, 22, 23, 24; the judge's risk exponent shapes the utilities.
    """
    chance = _chances(x, pull, span, risk, rules)
    distance = np.abs(x[:, None] - x[None, :]) / span
    power = risk[:, None, None]
    won = 2 - 4 * np.maximum(0.5 - 0.5 * distance, 0.0) ** power
    lost = 2 - 4 * (0.5 + 0.5 * distance) ** power
    quo = 2 - 4 * 0.5**power
    resists = salience[None, None, :]
    challenge = resists * (chance * won + (1 - chance) * lost) + (1 - resists) * won
    if rules.q >= 1:
        return np.asarray(challenge - quo)
    middle = float(weighted_median(x, pull))
    reach = (np.abs(x - middle)[:, None] / span + distance) / 4
    nearer = np.abs(x - middle)[:, None] / span < distance  # T: the challenged, moving to the median, comes closer
    drift = np.where(nearer, 2 - 4 * np.maximum(0.5 - reach, 0.0) ** power, 2 - 4 * (0.5 + reach) ** power)
    return np.asarray(challenge - rules.q * quo - (1 - rules.q) * drift)


def _risk(x: Floats, pull: Floats, salience: Floats, span: float, rules: Challenge) -> Floats:
    """Risk exponents from 0.5 (averse) to 2 (acceptant), from how much others expect to gain by challenging one."""
    even = np.ones(len(x))
    if not rules.risk:
        return even
    gains = _expected(x, pull, salience, span, even, rules)[0].copy()
    np.fill_diagonal(gains, 0.0)
    danger = gains.sum(axis=0)
    width = float(danger.max() - danger.min())
    if width <= 0:
        return even
    basis = (2 * danger - danger.max() - danger.min()) / width
    return np.asarray((1 - basis / 3) / (1 + basis / 3))


def _move(x: Floats, gains: Floats, span: float, rules: Challenge) -> Floats:
    """Everybody's position after the round: each takes the best offer made to it, all at once (section 6).

    Seen by the party that may move: a lost conflict (both expect to gain, the other more) moves it to the other; a
    compromise (only the other gains, and more than it loses) part of the way (eq. 36); capitulation all the way.
    A conflict is settled before a compromise, a compromise before a capitulation; within a kind the nearest goes first.
    """
    moved = x.copy()
    for i in range(len(x)):
        mine, other = gains[i, i, :], gains[i, :, i]
        apart = np.abs(x - x[i]) > SAME * span
        conflict = apart & (mine > 0) & (other > mine)
        yielding = apart & (mine < 0) & (other > 0)
        compromise = yielding & (other > -mine)
        if conflict.any():
            moved[i] = _nearest(x, x[i], conflict)
        elif compromise.any():
            moved[i] = _compromise(x, i, np.flatnonzero(compromise), mine, other, rules)
        elif rules.capitulate and (yielding & ~compromise).any():
            moved[i] = _nearest(x, x[i], yielding & ~compromise)
    return moved


def _nearest(x: Floats, here: float, where: NDArray[np.bool_]) -> float:
    places = np.flatnonzero(where)
    return float(x[places[_least(np.abs(x[places] - here))]])


def _compromise(x: Floats, i: int, others: NDArray[np.intp], mine: Floats, other: Floats, rules: Challenge) -> float:
    loss, gain = -mine[others], other[others]
    target = x[i] + (x[others] - x[i]) * loss / gain
    if rules.compromise == "lowest-point":
        order = (loss * x[i] + gain * x[others]) / (loss + gain)
    else:
        order = np.abs(target - x[i])
    return float(target[_least(order)])


def _least(order: Floats) -> int:
    """The first of the smallest, where differences in the last digits do not count."""
    return int(np.argmax(order <= order.min() + 1e-12 * (1 + abs(float(order.min())))))
