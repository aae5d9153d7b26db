from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from random_tables import view, yes_no

from accord.bargaining.forecast.baselines import weighted_mean, weighted_median
from accord.bargaining.forecast.challenge import SCHOLZ, Challenge, _Game, play
from accord.bargaining.forecast.exchange import outcomes, trade
from accord.bargaining.forecast.forecast import METHODS, Forecasting, forecast
from accord.errors import TableError
from accord.model.table import Number, Option, Question, Table, TableParty, View

EXAMPLES = Path(__file__).parent.parent / "examples"
EC: dict[str, Any] = yaml.safe_load((EXAMPLES / "ec-emission-standards.yaml").read_text())
C, X, S = (np.array([a[k] for a in EC["actors"]], dtype=float) for k in ("capability", "position", "salience"))


def test_initial_mean_and_median_of_the_emission_standards() -> None:
    assert round(float(weighted_mean(X, C * S)), 2) == EC["initial"]["mean"]
    assert float(weighted_median(X, C * S)) == EC["initial"]["median"]


def test_challenge_model_gives_the_printed_table_of_the_emission_standards() -> None:
    """Printed to one decimal, some cut and some rounded: within 0.1. One figure differs (see the next test)."""
    rounds = play(C, S, X, SCHOLZ)
    assert len(rounds) == 8
    for mean, printed in zip([r.mean for r in rounds], EC["printed"]["mean"], strict=True):
        assert abs(mean - printed) < 0.1
    for n, (median, printed) in enumerate(zip([r.median for r in rounds], EC["printed"]["median"], strict=True), 1):
        assert n == 2 or abs(median - printed) < 0.1


def test_challenge_model_in_round_two_agrees_with_the_independent_program_not_with_the_print() -> None:
    rounds = play(C, S, X, SCHOLZ)
    names = [a["name"] for a in EC["actors"]]
    log = EC["independent_log"]
    for n, r in enumerate(rounds):
        assert r.positions[names.index("Belgium")] == pytest.approx(log["belgium"][n], abs=5e-5)
        assert r.positions[names.index("Luxembourg")] == pytest.approx(log["luxembourg"][n], abs=5e-5)
        assert r.mean == pytest.approx(log["mean"][n], abs=5e-5)
    assert rounds[1].median == pytest.approx(9.611, abs=1e-3)  # the paper prints 9.9
    assert EC["printed"]["median"][1] - rounds[1].median == pytest.approx(0.289, abs=1e-3)


ACTORS = st.integers(2, 7).flatmap(
    lambda n: st.tuples(
        *(st.lists(st.integers(low, 20), min_size=n, max_size=n) for low in (1, 1, 0)),
    )
)


@given(ACTORS, st.sampled_from([Challenge(), Challenge(contests="pair"), Challenge(q=0.5), Challenge(risk=False)]))
@settings(max_examples=80, deadline=None)
def test_challenge_model_keeps_its_promises(numbers: tuple[list[int], ...], rules: Challenge) -> None:
    c, s, x = (np.array(v, dtype=float) for v in numbers)
    s = s / s.max()
    rounds = play(c, s, x, rules)
    for r in rounds:
        assert min(x) - 1e-9 <= min(r.positions) <= max(r.positions) <= max(x) + 1e-9
        assert all(0.5 - 1e-9 <= e <= 2 + 1e-9 for e in r.risk)
    if rules.q == 1:  # with q < 1 the median enters, and a tie for it goes to the lower place
        flipped = play(c, s, 20 - x, rules)
        assert [r.positions for r in rounds] == [
            pytest.approx(tuple(20 - p for p in f.positions), abs=1e-6) for f in flipped
        ]


def expected_utility(c: np.ndarray, s: np.ndarray, x: np.ndarray, i: int, j: int, q: float, everybody: bool) -> float:
    """E of i challenging j with all risk exponents 1, written out from equations 5 to 7, 15, 16, 22 to 24, 30."""
    span = x.max() - x.min()
    middle = float(weighted_median(x, c * s))

    def votes(a: int, b: int) -> list[float]:
        return [float(c[k] * s[k] * (abs(x[k] - x[b]) - abs(x[k] - x[a]))) for k in range(len(x))]

    mine = sum(v for v in votes(i, j) if v > 0)
    pairs = [(a, b) for a in range(len(x)) for b in range(len(x))] if everybody else [(i, j)]
    cast = sum(abs(v) for a, b in pairs for v in votes(a, b))
    p = mine / cast if mine > 0 else 0.0
    d = abs(x[i] - x[j]) / span
    won, lost, quo = 2 - 4 * (0.5 - 0.5 * d), 2 - 4 * (0.5 + 0.5 * d), 0.0
    reach = 0.25 * (abs(x[i] - middle) + abs(x[i] - x[j])) / span
    drift = 2 - 4 * (0.5 - reach) if abs(x[i] - middle) < abs(x[i] - x[j]) else 2 - 4 * (0.5 + reach)
    return float(s[j] * (p * won + (1 - p) * lost) + (1 - s[j]) * won - q * quo - (1 - q) * drift)


@pytest.mark.parametrize("q", [1.0, 0.5, 0.0])
@pytest.mark.parametrize("contests", ["pair", "all"])
def test_expected_utilities_are_those_of_the_equations(q: float, contests: Any) -> None:
    game = _Game(
        pull=(C * S)[None], salience=S[None], span=np.array([6.0]), rules=Challenge(q=q, contests=contests, risk=False)
    )
    chance = game.chances(X[None], np.ones((1, 10)))
    power = np.ones((1, 10, 1))
    rows = game.expected(X[None], chance, power, by_row=True)[0]
    columns = game.expected(X[None], chance, power, by_row=False)[0]
    for i in range(10):
        for j in range(10):
            wanted = expected_utility(C, S, X, i, j, q, contests == "all")
            assert rows[i, j] == pytest.approx(wanted, abs=1e-9)
            assert columns[j, i] == pytest.approx(wanted, abs=1e-9)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5)), min_size=1, max_size=8))
def test_median_beats_every_other_position_in_a_vote(people: list[tuple[int, int]]) -> None:
    x, w = (np.array(v, dtype=float) for v in zip(*people, strict=True))
    median = float(weighted_median(x, w))
    assert median in x
    for other in x:
        closer = np.sign(np.abs(x - other) - np.abs(x - median))
        assert (w * closer).sum() >= -1e-9


def test_two_parties_trade_what_matters_less_for_what_matters_more() -> None:
    """Worked by hand: outcomes 20 and 80 before; each shifts all the way on its minor question, both gain 0.48."""
    capability = np.array([1.0, 1.0])
    salience = np.array([[0.8, 0.2], [0.2, 0.8]])
    position = np.array([[0.0, 0.0], [100.0, 100.0]])
    after, trades = trade(capability, salience, position, np.array([100.0, 100.0]))
    assert outcomes(position, salience).tolist() == [20.0, 80.0]
    assert len(trades) == 1
    assert after == pytest.approx([0.0, 100.0])
    assert trades[0].gain == pytest.approx(0.8 * 0.2 - 0.2 * 0.2)


@given(st.integers(2, 4), st.integers(2, 3), st.data())
@settings(max_examples=80, deadline=None)
def test_every_trade_gives_both_sides_the_same_gain(n: int, m: int, data: st.DataObject) -> None:
    grid = st.lists(st.integers(1, 9), min_size=n * m, max_size=n * m)
    salience = np.array(data.draw(grid), dtype=float).reshape(n, m)
    position = np.array(data.draw(grid), dtype=float).reshape(n, m)
    capability = np.array(data.draw(st.lists(st.integers(1, 9), min_size=n, max_size=n)), dtype=float)
    before = outcomes(position, capability[:, None] * salience)
    after, trades = trade(capability, salience, position, np.full(m, 9.0))
    places = before
    for t in trades:
        now = np.array(t.outcomes)
        shift = now - places
        for who in (t.giver, t.taker):
            nearer = np.abs(position[who] - places) - np.abs(position[who] - now)
            assert float((salience[who] * nearer).sum() / 9) == pytest.approx(t.gain, abs=1e-9)
        assert sorted(np.flatnonzero(np.abs(shift) > 1e-12)) == sorted({t.given, t.taken})
        places = now
    assert after == pytest.approx(places)
    moves = [(t.giver, t.given) for t in trades] + [(t.taker, t.taken) for t in trades]
    assert len(set(moves)) == len(moves)


def emission_table() -> Table:
    question = Question(
        id="standards",
        text="years until emission standards",
        options=tuple(Option(id=str(y), text=f"{y} years", point=y) for y in range(4, 11)),
        unit="years",
    )
    parties = tuple(TableParty(id=a["name"], name=a["name"], weight=Number(a["capability"])) for a in EC["actors"])
    views = tuple(
        View(
            party=a["name"],
            question="standards",
            salience=Number(a["salience"]),
            values=tuple(Number(1 - abs(y - a["position"]) / 6) for y in range(4, 11)),
        )
        for a in EC["actors"]
    )
    return Table(title="EC", parties=parties, questions=(question,), views=views)


def test_forecast_of_a_table_is_a_distribution_around_the_published_point() -> None:
    found = forecast(emission_table())
    (q,) = found.questions
    assert q.point == pytest.approx(7.39, abs=0.005)
    assert (q.low, q.high) == (4, 10)
    assert sum(q.options) == pytest.approx(1)
    places = [v for _, v in q.quantiles]
    assert places == sorted(places)
    assert q.low <= places[0] < q.point < places[-1] <= q.high
    bare = forecast(emission_table(), "median", Forecasting(error=0.0)).questions[0]
    assert {v for _, v in bare.quantiles} == {7.0}
    rounds = forecast(emission_table(), "challenge", Forecasting(challenge=SCHOLZ)).questions[0].rounds
    assert [round(m, 1) for m, _ in rounds] == [8.4, 9.6, 10.0, 10.0, 10.0, 7.5, 8.8, 9.7]


def open_table() -> Table:
    def loose(party: str, question: str, salience: float, *values: float) -> View:
        plain = view(party, question, salience, *values)
        return msgspec.structs.replace(
            plain,
            salience=Number(salience, salience / 2, salience * 2),
            values=tuple(Number(v, max(0.0, v - 0.3), min(1.0, v + 0.3)) for v in values),
        )

    return Table(
        parties=tuple(TableParty(id=p, name=p, weight=Number(1.0, 0.5, 2.0)) for p in "abc"),
        questions=(yes_no("x"), yes_no("y"), yes_no("z")),
        views=tuple(
            loose(p, q, s, v, 1 - v)
            for (p, q), s, v in zip(product("abc", "xyz"), range(1, 10), [0, 1, 0.2, 1, 0, 0.9, 0.4, 1, 0], strict=True)
        ),
    )


@pytest.mark.parametrize("method", list(METHODS))
def test_same_seed_same_bytes_whatever_the_threads(method: str) -> None:
    results = [
        msgspec.json.encode(forecast(open_table(), method, Forecasting(draws=1100, threads=n, seed=5)))
        for n in (1, 2, 3)
    ]
    assert results[0] == results[1] == results[2]
    other = msgspec.json.encode(forecast(open_table(), method, Forecasting(draws=1100, seed=6)))
    assert other != results[0]


def test_unknown_method_is_an_error() -> None:
    with pytest.raises(TableError, match="method must be one of mean, median, challenge, exchange; got 'oracle'"):
        forecast(open_table(), "oracle")
