"""Runs of characters that are no words do not hold the reader up."""

from __future__ import annotations

import datetime as dt

import pytest

from accord.reading.dates.alone import resolve
from accord.reading.pipeline import model
from accord.reading.quantities import find_quantities
from accord.reading.runs import LONGEST


@pytest.mark.parametrize("sign", ["=", "[", "$", "😀", '"', "-."])
def test_long_runs_stay_whole(sign: str) -> None:
    run = sign * 20_000  # each took the tokenizer an hour
    assert len(model().tokenizer(run)) == 1
    assert resolve(f"on Friday {run}", dt.date(2024, 2, 28)) is None


def test_shorter_ones_are_taken_apart_as_ever() -> None:
    assert len(model().tokenizer("=" * LONGEST)) > 1
    tokens = [token.text for token in model().tokenizer("(“No,” he said.)")]
    assert tokens == ["(", "“", "No", ",", "”", "he", "said", ".", ")"]


def test_hundreds_of_digits_count_nothing() -> None:
    assert find_quantities(model()(f"About {'9' * 400} people fled.")) == []
