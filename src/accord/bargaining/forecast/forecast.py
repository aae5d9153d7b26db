"""The front of forecasting: one distribution a question, by a named method."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import msgspec
import numpy as np
from numpy.typing import NDArray

from accord.bargaining.draws import Factor, batch, factors, runs
from accord.bargaining.forecast.baselines import weighted_mean, weighted_median
from accord.bargaining.forecast.challenge import Challenge, play, play_many
from accord.bargaining.forecast.exchange import Exchanging, trade
from accord.bargaining.forecast.stakes import Stakes, stakes
from accord.bargaining.inputs import inputs
from accord.bargaining.sweep import in_threads
from accord.errors import TableError
from accord.model.outcome import Forecast, QuestionForecast
from accord.model.table import Question, Table

Floats = NDArray[np.float64]
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


class Forecasting(msgspec.Struct, frozen=True, kw_only=True):
    """How forecasts are made.

    `draws` over what the table leaves open, from `seed`; `error` is the model's usual mean absolute error as a share
    of the scale, spread over the draws as a normal error cut at the ends of the scale (0.23: the weighted mean on the
    DEU data; 0 leaves it out). `challenge` and `exchange` hold the choices of those two models.
    """

    draws: int = 1_000
    seed: int = 1
    error: float = 0.23
    threads: int = 2
    challenge: Challenge = Challenge(rounds=10)
    exchange: Exchanging = Exchanging()


Model = Callable[[Stakes, Forecasting], Floats]


def _mean(s: Stakes, _: Forecasting) -> Floats:
    return weighted_mean(s.position.swapaxes(1, 2), s.pull.swapaxes(1, 2))


def _median(s: Stakes, _: Forecasting) -> Floats:
    return weighted_median(s.position.swapaxes(1, 2), s.pull.swapaxes(1, 2))


def _challenge(s: Stakes, how: Forecasting) -> Floats:
    """The median after the last round."""
    places = _median(s, how)
    for q in range(places.shape[1]):
        who = np.flatnonzero(s.takes_part[:, q])
        if len(who) > 1:
            for moved, _ in play_many(
                s.capability[:, who], _attention(s)[:, who, q], s.position[:, who, q], how.challenge
            ):
                places[:, q] = weighted_median(moved, s.pull[:, who, q])
    return places


def _attention(s: Stakes) -> Floats:
    """The model wants saliences from 0 to 1: the largest of each draw counts as 1."""
    top = s.salience.max(axis=(1, 2), keepdims=True)
    return np.asarray(s.salience / np.where(top > 0, top, 1.0))


def _rounds(s: Stakes, question: int, how: Forecasting) -> tuple[tuple[float, float], ...]:
    """Median and mean by round of the first draw."""
    who = np.flatnonzero(s.takes_part[:, question])
    played = play(s.capability[0, who], _attention(s)[0, who, question], s.position[0, who, question], how.challenge)
    return tuple((r.median, r.mean) for r in played)


def _exchange(s: Stakes, how: Forecasting) -> Floats:
    span = np.where(s.high > s.low, s.high - s.low, 1.0)
    return np.array(
        [
            trade(c, sal, pos, span, how.exchange)[0]
            for c, sal, pos in zip(s.capability, s.salience, s.position, strict=True)
        ]
    )


METHODS: dict[str, tuple[Model, str]] = {
    "mean": (_mean, "capability times salience mean; Thomson, Stokman, Achen and Koenig (2006)"),
    "median": (_median, "capability times salience median; Black (1948)"),
    "challenge": (_challenge, "Bueno de Mesquita; Scholz, Calbert and Smith (2011), JTP 23(4)"),
    "exchange": (_exchange, "Stokman and Van Oosten (1994), equal gain"),
}
"""The forecasting models by name, the baseline first."""


def forecast(table: Table, method: str = "mean", how: Forecasting | None = None) -> Forecast:
    """Where each question of the table is expected to settle, by the named method, as a distribution.

    Raises TableError when the table breaks a rule or there is no such method. The same seed gives the same bytes
    whatever `threads` is.
    """
    how = how or Forecasting()
    if method not in METHODS:
        raise TableError(f"forecast: method must be one of {', '.join(METHODS)}; got {method!r}")
    model, source = METHODS[method]
    open_factors = factors(table)
    centre = stakes(table, batch(table, (), np.zeros((1, 0))))
    points = model(centre, how)[0]
    places = _drawn(table, open_factors, model, how) if open_factors else np.repeat(points[None], how.draws, axis=0)
    places = _with_error(places, centre, how)
    spread = f"{how.draws} draws over {len(open_factors)} open numbers" if open_factors else "no open numbers"
    spread += f"; a usual error of {how.error:g} of the scale" if how.error else "; no model error"
    base = inputs(table, f"forecast: {method}", source, "sampled")
    rounds = [_rounds(centre, q, how) if method == "challenge" else () for q in range(len(table.questions))]
    return Forecast(
        questions=tuple(
            _summary(q, float(points[i]), places[:, i], centre, i, rounds[i]) for i, q in enumerate(table.questions)
        ),
        draws=how.draws,
        seed=how.seed,
        spread=spread,
        exact=False,
        parameters=_parameters(method, how),
        **base,
    )


def _drawn(table: Table, open_factors: tuple[Factor, ...], model: Model, how: Forecasting) -> Floats:
    pieces = runs(how.seed, how.draws, len(open_factors))

    def work(numbers: Iterable[int]) -> list[Floats]:
        return [model(stakes(table, batch(table, open_factors, pieces[n])), how) for n in numbers]

    return np.concatenate([part for parts in in_threads(len(pieces), work, how.threads) for part in parts])


def _with_error(places: Floats, centre: Stakes, how: Forecasting) -> Floats:
    """The places with the model's usual error: a normal deviate (its mean size is sd * sqrt(2/pi)), cut at the ends."""
    if how.error <= 0:
        return places
    sd = how.error * math.sqrt(math.pi / 2) * (centre.high - centre.low)
    stream = np.random.default_rng(np.random.SeedSequence([how.seed, 1]))
    return np.clip(places + stream.standard_normal(places.shape) * sd, centre.low, centre.high)


def _summary(
    question: Question,
    point: float,
    places: Floats,
    centre: Stakes,
    index: int,
    rounds: tuple[tuple[float, float], ...],
) -> QuestionForecast:
    options = np.array(question.points)
    nearest = np.abs(places[:, None] - options[None, :]).argmin(axis=1)
    counts = np.bincount(nearest, minlength=len(options)) / len(places)
    return QuestionForecast(
        question=question.id,
        low=float(centre.low[index]),
        high=float(centre.high[index]),
        point=point,
        mean=float(places.mean()),
        quantiles=tuple((p, float(v)) for p, v in zip(QUANTILES, np.quantile(places, QUANTILES), strict=True)),
        options=tuple(map(float, counts)),
        rounds=rounds,
    )


def _parameters(method: str, how: Forecasting) -> tuple[tuple[str, str], ...]:
    chosen = {"draws": how.draws, "seed": how.seed, "error": how.error}
    if method in ("challenge", "exchange"):
        chosen |= msgspec.structs.asdict(how.challenge if method == "challenge" else how.exchange)
    return tuple((key, str(value)) for key, value in chosen.items())
