"""The exchange model: two parties trade votes on two questions that matter differently to them.

Stokman and Van Oosten (1994), "The exchange of voting positions: an object-oriented model of policy networks", in
Bueno de Mesquita and Stokman (eds.), European Community Decision Making, ch. 5; equal gain: Arregui, Stokman and
Thomson (2004), European Union Politics 5(1). The base outcome of a question is the mean of voting positions weighted
by capability times salience. Two parties can trade on questions p and q when they stand on opposite sides of the
outcome of both and the ratio of their saliences differs: the one to whom p matters less (relative to q) shifts
towards the other on p, the other shifts on q. Shifts are set so that both gain the same and are as large as possible.
"""

from __future__ import annotations

from itertools import combinations

import msgspec
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]


class Exchanging(msgspec.Struct, frozen=True, kw_only=True):
    """The choices of the exchange model.

    `least_gain`: a trade that brings each side less (in salience times share of the scale) is not made. `most`: how
    many trades at most. Of several trades the one with the larger gain is made first; equal gains go by party order,
    then question order, never by chance. A party that has shifted on a question does not shift on it again.
    """

    least_gain: float = 1e-6
    most: int = 10_000


class Trade(msgspec.Struct, frozen=True, kw_only=True):
    """One trade: `giver` shifted on `given` and `taker` on `taken`; what each gained; the outcomes after it."""

    giver: int
    given: int
    taker: int
    taken: int
    gain: float
    outcomes: tuple[float, ...]


def outcomes(position: Floats, pull: Floats) -> Floats:
    """The base outcome of every question: parties by questions in, one number a question out."""
    total = pull.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(total > 0, (position * pull).sum(axis=0) / total, position.mean(axis=0)))


def trade(
    capability: Floats, salience: Floats, position: Floats, span: Floats, rules: Exchanging | None = None
) -> tuple[Floats, tuple[Trade, ...]]:
    """The outcome of every question after all trades, and the trades in the order in which they were made.

    `salience` and `position` are parties by questions; salience is compared between questions of one party, so it
    should be on one scale; `span` is the length of each question's scale, on which shifts are measured.
    """
    rules = rules or Exchanging()
    pull = capability[:, None] * salience
    ideal = position / span
    voting = ideal.copy()
    moved = np.zeros(voting.shape, dtype=bool)
    made: list[Trade] = []
    among = _all_pairs(*position.shape)
    while len(made) < rules.most:
        best = _best(ideal, voting, salience, pull, moved, among)
        if best is None or best[0] < rules.least_gain:
            break
        gain, i, p, shift_p, j, q, shift_q = best
        voting[i, p] += shift_p
        voting[j, q] += shift_q
        moved[i, p] = moved[j, q] = True
        after = tuple(map(float, outcomes(voting, pull) * span))
        made.append(Trade(giver=i, given=p, taker=j, taken=q, gain=gain, outcomes=after))
    return outcomes(voting, pull) * span, tuple(made)


def _best(
    ideal: Floats, voting: Floats, salience: Floats, pull: Floats, moved: NDArray[np.bool_], among: Indices
) -> tuple[float, int, int, float, int, int, float] | None:
    """The trade with the largest gain: (gain, giver, its question, its shift, taker, its question, its shift)."""
    now, total = outcomes(voting, pull), pull.sum(axis=0)
    a, b, p, q = among
    side = np.sign(ideal - now)
    opposed = (side[a, p] * side[b, p] < 0) & (side[a, q] * side[b, q] < 0)
    minor, major = salience[a, p] * salience[b, q], salience[b, p] * salience[a, q]
    i, j = np.where(minor < major, a, b), np.where(minor < major, b, a)  # the one to whom p matters less shifts on p
    live = opposed & (np.abs(minor - major) > 1e-12) & ~moved[i, p] & ~moved[j, q] & (pull[i, p] > 0) & (pull[j, q] > 0)
    if not live.any():
        return None
    i, j, p, q = i[live], j[live], p[live], q[live]
    # how far the outcome can go: the shifting party at most to the other's ideal, the outcome at most to it too
    room_p = np.minimum(np.abs(ideal[j, p] - voting[i, p]) * pull[i, p] / total[p], np.abs(ideal[j, p] - now[p]))
    room_q = np.minimum(np.abs(ideal[i, q] - voting[j, q]) * pull[j, q] / total[q], np.abs(ideal[i, q] - now[q]))
    rate = (salience[i, p] + salience[j, p]) / (salience[i, q] + salience[j, q])
    change_p = np.minimum(room_p, room_q / rate)
    gain = salience[i, q] * change_p * rate - salience[i, p] * change_p
    k = int(np.argmax(gain >= gain.max() - 1e-12))
    if gain[k] <= 0:
        return None
    shift_p = side[j[k], p[k]] * change_p[k] * total[p[k]] / pull[i[k], p[k]]
    shift_q = side[i[k], q[k]] * change_p[k] * rate[k] * total[q[k]] / pull[j[k], q[k]]
    return float(gain[k]), int(i[k]), int(p[k]), float(shift_p), int(j[k]), int(q[k]), float(shift_q)


def _all_pairs(parties: int, questions: int) -> Indices:
    """Every pair of parties with every pair of questions, in party order and then question order."""
    who, what = list(combinations(range(parties), 2)), list(combinations(range(questions), 2))
    found = np.array([(a, b, p, q) for a, b in who for p, q in what], dtype=np.intp).reshape(-1, 4).T
    return found[0], found[1], found[2], found[3]
