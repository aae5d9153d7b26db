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
    while len(made) < rules.most:
        best = _best(ideal, voting, salience, pull, moved)
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
    ideal: Floats, voting: Floats, salience: Floats, pull: Floats, moved: NDArray[np.bool_]
) -> tuple[float, int, int, float, int, int, float] | None:
    """The trade with the largest gain: (gain, giver, its question, its shift, taker, its question, its shift)."""
    now = outcomes(voting, pull)
    total = pull.sum(axis=0)
    best = None
    for a, b in combinations(range(len(ideal)), 2):
        opposed = [q for q in range(len(now)) if (ideal[a, q] - now[q]) * (ideal[b, q] - now[q]) < 0]
        for first, second in combinations(opposed, 2):
            found = _terms(a, b, first, second, salience)
            if found is None:
                continue
            i, p, j, q = found
            if moved[i, p] or moved[j, q] or not pull[i, p] or not pull[j, q]:
                continue
            # how far the outcome can go: the shifting party at most to the other's ideal, the outcome at most to it too
            room_p = min(abs(ideal[j, p] - voting[i, p]) * pull[i, p] / total[p], abs(ideal[j, p] - now[p]))
            room_q = min(abs(ideal[i, q] - voting[j, q]) * pull[j, q] / total[q], abs(ideal[i, q] - now[q]))
            both_p, both_q = salience[i, p] + salience[j, p], salience[i, q] + salience[j, q]
            change_p = min(room_p, room_q * both_q / both_p)
            change_q = change_p * both_p / both_q
            gain = float(salience[i, q] * change_q - salience[i, p] * change_p)
            if gain > 0 and (best is None or gain > best[0] + 1e-12):
                shift_p = float(np.sign(ideal[j, p] - now[p]) * change_p * total[p] / pull[i, p])
                shift_q = float(np.sign(ideal[i, q] - now[q]) * change_q * total[q] / pull[j, q])
                best = (gain, i, p, shift_p, j, q, shift_q)
    return best


def _terms(a: int, b: int, p: int, q: int, salience: Floats) -> tuple[int, int, int, int] | None:
    """Who shifts on which question: the party to whom p matters less, relative to q, shifts on p."""
    left, right = salience[a, p] * salience[b, q], salience[b, p] * salience[a, q]
    if abs(left - right) <= 1e-12:
        return None
    return (a, p, b, q) if left < right else (b, p, a, q)
