"""Which numbers a quotation holds, in digits or words: a figure must be one of them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from accord.model.vocabulary.quantities import quantities

_TOKEN = re.compile(r"\d+(?:[,.  ]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|[^\W\d_]+(?:-[^\W\d_]+)*")
_PRECISION = 1e-9


def holds(quote: str, value: float) -> bool:
    """Whether the quotation has this number."""
    return math.isfinite(value) and any(
        math.isclose(value, number, rel_tol=_PRECISION, abs_tol=_PRECISION) for number in numbers(quote)
    )


def numbers(quote: str) -> tuple[float, ...]:
    """Every number that can be read off a quotation: by itself and with the scale after it ("2", "2 million")."""
    return tuple(dict.fromkeys(_numbers(_TOKEN.findall(quote))))


def _numbers(tokens: list[str]) -> Iterator[float]:
    known = quantities()
    running: float | None = None  # what the words so far add up to
    for token in tokens:
        word = token.casefold()
        if token[0].isdigit():
            read = list(_digits(token))
            yield from read
            running = read[0]
            continue
        for part in word.split("-"):
            if part in known.numbers:
                small = known.numbers[part]
                joins = running is not None and (running % 100 == 0 or (running % 10 == 0 and small < 10)) and running
                running = (running or 0) + small if joins else float(small)
                yield float(small)
                yield running
            elif part in known.scales or part in known.groups:
                running = (running or 1.0) * known.scales.get(part, known.groups.get(part, 1))
                yield running
            elif part != "and":
                running = None
        for words in (known.vague, known.fractions, known.multiples):
            if word in words:
                yield float(words[word])


def _digits(token: str) -> Iterator[float]:
    """What digits may mean: a comma or a point can part thousands or decimals."""
    plain = re.sub(r"[,\s]", "", token)
    for text in (plain, token.replace(",", "."), re.sub(r"\D", "", token)):
        try:
            yield float(text)
        except ValueError:
            continue
