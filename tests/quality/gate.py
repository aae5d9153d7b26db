"""The quality gate: measured rates must not fall below the pinned floors.

The floors stand in `floors.json` beside a digest of the gold files that they were measured on, so that a
change of gold is noticed and not mistaken for a change of the reader. A rate is named "layer/match", for
example "statements/full" (F1) or "dates/accuracy".
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("floors.json")
# Floors keep four digits, rounded down, so that a floor is never above the rate it was taken from
DIGITS = 10_000


class GateError(ValueError):
    """The floors, the gold or a wish to re-pin break the gate's own rules."""


@dataclass(frozen=True)
class Floors:
    """Least rates per name for one gold set, and the digest of that set."""

    gold: str
    digest: str
    rates: Mapping[str, float]


@dataclass(frozen=True)
class Shortfall:
    """A rate that is below its floor; `measured` is None where the rate was not measured at all."""

    name: str
    floor: float
    measured: float | None

    def __str__(self) -> str:
        """One line for a test's message."""
        got = "was not measured" if self.measured is None else f"is {self.measured:.4f}"
        return f"{self.name} must be at least {self.floor:.4f}; it {got}"


def load(gold: str, path: Path = FLOORS) -> Floors:
    """The floors of one gold set. Raises GateError when the file is malformed or does not know the set."""
    try:
        sets = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GateError(f"{path.name}: must be a JSON object of gold sets; {error}") from error
    if not isinstance(sets, dict) or gold not in sets:
        raise GateError(f"{path.name}: must have the gold set {gold!r}; pin it with bench/quality.py --pin")
    entry = sets[gold]
    if not isinstance(entry, dict) or set(entry) != {"digest", "floors"}:
        raise GateError(f"{path.name}, {gold}: must have exactly the keys digest and floors; got {entry!r}")
    for name, rate in entry["floors"].items():
        if isinstance(rate, bool) or not isinstance(rate, int | float) or not 0 <= rate <= 1:
            raise GateError(f"{path.name}, {gold}, {name}: a floor must be a number from 0 to 1; got {rate!r}")
    return Floors(gold, entry["digest"], dict(entry["floors"]))


def save(floors: Floors, path: Path = FLOORS) -> None:
    """Write the floors of one gold set into the file, the others left as they are."""
    sets = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    sets[floors.gold] = {"digest": floors.digest, "floors": dict(sorted(floors.rates.items()))}
    written = json.dumps(dict(sorted(sets.items())), indent=2) + "\n"
    temporary = path.with_suffix(".new")
    temporary.write_text(written, encoding="utf-8")
    temporary.replace(path)


def digest(files: Sequence[Path]) -> str:
    """SHA-256 over names and contents of the gold files, in the order of their names."""
    whole = hashlib.sha256()
    for path in sorted(files, key=lambda p: p.name):
        content = path.read_bytes()
        whole.update(f"{path.name}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()


def shortfalls(rates: Mapping[str, float], floors: Floors) -> list[Shortfall]:
    """Every pinned rate that was measured below its floor, or not at all, by name."""
    return [
        Shortfall(name, floor, rates.get(name))
        for name, floor in sorted(floors.rates.items())
        if name not in rates or rates[name] < floor
    ]


def repin(rates: Mapping[str, float], floors: Floors, new_digest: str, *, allow_regression: bool = False) -> Floors:
    """Floors at the measured rates.

    Raises GateError when a floor would fall or vanish, or when the gold changed (old and new rates are then not
    of the same thing), unless `allow_regression` says that this is meant.
    """
    pinned = {name: int(rate * DIGITS + 1e-9) / DIGITS for name, rate in rates.items()}
    lower = [Shortfall(n, f, pinned.get(n)) for n, f in sorted(floors.rates.items()) if pinned.get(n, -1.0) < f]
    reasons = [str(fall) for fall in lower]
    if floors.digest and new_digest != floors.digest:
        reasons.insert(0, f"the gold set {floors.gold} has changed since its floors were pinned")
    if reasons and not allow_regression:
        raise GateError(
            "re-pinning must not lower a floor; say --allow-regression if it is meant:\n" + "\n".join(reasons)
        )
    return Floors(floors.gold, new_digest, pinned)


def rates_of(scores: Mapping[str, Any]) -> dict[str, float]:
    """The rates in what `eval/score.py` answers: loose and full F1 per layer, and the accuracy of event dates."""
    rates = {
        f"{layer}/{match}": scores[layer][match]["f1"]
        for layer in scores
        if layer != "dates"
        for match in ("loose", "full")
    }
    return rates | {"dates/accuracy": scores["dates"]["accuracy"]}
