"""Multinomial logistic regression with a ridge penalty, fitted by L-BFGS in plain numpy: the same numbers each time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def softmax(scores: Array) -> Array:
    """Rows of probabilities from rows of scores."""
    raised: Array = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def fit(
    rows: Array, labels: NDArray[np.int64], classes: int, *, strength: float, steps: int = 150
) -> tuple[Array, Array]:
    """(weights, bias) that minimise the mean log loss plus |weights|^2 / (2 strength rows); the bias is free."""
    n, width = rows.shape
    wanted = np.eye(classes)[labels]

    def loss(flat: Array) -> tuple[float, Array]:
        weights, bias = flat[: width * classes].reshape(width, classes), flat[width * classes :]
        told = softmax(rows @ weights + bias)
        error = (told - wanted) / n
        penalty = 1.0 / (strength * n)
        value = -np.log(np.maximum(told[np.arange(n), labels], 1e-300)).mean() + 0.5 * penalty * (weights**2).sum()
        return float(value), np.concatenate([(rows.T @ error + penalty * weights).ravel(), error.sum(axis=0)])

    found = minimise(loss, np.zeros(width * classes + classes), steps)
    return found[: width * classes].reshape(width, classes), found[width * classes :]


def minimise(loss: Callable[[Array], tuple[float, Array]], start: Array, steps: int, memory: int = 10) -> Array:
    """The point of least loss after at most `steps` of L-BFGS (Liu and Nocedal 1989) with backtracking (Armijo)."""
    point, (value, slope) = start, loss(start)
    moves: list[tuple[Array, Array, float]] = []
    for _ in range(steps):
        direction = -_against_curvature(slope, moves)
        down = float(direction @ slope)
        reach = 1.0 if moves else min(1.0, 1.0 / float(np.abs(slope).sum() + 1e-12))
        while True:
            there = point + reach * direction
            new_value, new_slope = loss(there)
            if new_value <= value + 1e-4 * reach * down or reach < 1e-12:
                break
            reach /= 2
        step, change = there - point, new_slope - slope
        if float(step @ change) > 1e-12:
            moves = [*moves[1 - memory :], (step, change, 1.0 / float(step @ change))]
        done = value - new_value < 1e-9
        point, value, slope = there, new_value, new_slope
        if done:
            break
    return point


def _against_curvature(slope: Array, moves: list[tuple[Array, Array, float]]) -> Array:
    """The slope times the inverse curvature that past moves suggest (the two-loop recursion)."""
    q, shares = slope.copy(), []
    for step, change, rho in reversed(moves):
        share = rho * float(step @ q)
        q -= share * change
        shares.append(share)
    if moves:
        step, change, _ = moves[-1]
        q *= float(step @ change) / float(change @ change)
    for (step, change, rho), share in zip(moves, reversed(shares), strict=True):
        q += (share - rho * float(change @ q)) * step
    return q
