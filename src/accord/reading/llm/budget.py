"""What a run may cost, what it has cost, and what became of the answers."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable

import msgspec

from accord.errors import ReadingError

_LETTERS_PER_TOKEN = 3.5
"""Bytes of English prose to a token, on the low side, so that an estimate is rather too high. The server's own counts
replace estimates as soon as it answers."""


class BudgetSpent(ReadingError):
    """The next call would go beyond what the user allowed. What was read before stays."""


def estimated_tokens(text: str) -> int:
    """About how many tokens a text has."""
    return int(len(text.encode("utf-8", "replace")) / _LETTERS_PER_TOKEN) + 1


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a run would ask: reports, chunks, those answered in the cache, and tokens of the calls that remain.

    `tokens_in` is an estimate, `tokens_out` the most that the answers may have; `cost` the most they may cost, None
    without prices.
    """

    reports: int
    chunks: int
    cached: int
    tokens_in: int
    tokens_out: int
    cost: float | None
    model: str
    host: str

    @property
    def calls(self) -> int:
        """Calls to the server."""
        return self.chunks - self.cached

    def lines(self) -> tuple[str, ...]:
        """The plan for people."""
        cost = "no prices set" if self.cost is None else f"cost at most {self.cost:.2f}"
        return (
            f"{_many(self.reports, 'report')} in {_many(self.chunks, 'chunk')}, {self.cached} answered in the cache.",
            f"{_many(self.calls, 'call')} to {self.host} ({self.model}): about {self.tokens_in} tokens in, "
            f"at most {self.tokens_out} out; {cost}.",
        )


class Budget:
    """Keeps a run within `tokens` and `seconds`; None means no limit. Threads share it.

    A call takes what it may need beforehand and gives back what it did not use, so that calls that run at once cannot
    together go beyond. Tokens in are estimates until the server has counted.
    """

    def __init__(self, tokens: int | None = None, seconds: float | None = None) -> None:
        for name, limit in (("tokens", tokens), ("seconds", seconds)):
            if limit is not None and not limit > 0:
                raise ReadingError(f"budget of {name}: must be above 0; got {limit}")
        self._tokens, self._seconds = tokens, seconds
        self._spent = self._reserved = 0
        self._started: float | None = None
        self._changed = threading.Condition()

    def reserve(self, tokens: int) -> None:
        """Take tokens for a call; wait for calls under way where these may leave enough. Raises BudgetSpent."""
        with self._changed:
            if self._started is None:
                self._started = time.monotonic()
            while True:
                left = self.seconds_left()
                if left is not None and left <= 0:
                    raise BudgetSpent(f"budget: {self._seconds:g} seconds are spent; {_GO_ON}")
                if self._tokens is None or self._spent + self._reserved + tokens <= self._tokens:
                    self._reserved += tokens
                    return
                if not self._reserved:
                    raise BudgetSpent(
                        f"budget: the next call may take {tokens} tokens; {self._spent} of {self._tokens} are spent; "
                        f"{_GO_ON}"
                    )
                self._changed.wait(timeout=left)

    def settle(self, reserved: int, used: int) -> None:
        """Give back what was taken for a call and count what it used."""
        with self._changed:
            self._reserved -= reserved
            self._spent += used
            self._changed.notify_all()

    def seconds_left(self) -> float | None:
        """Seconds until the limit; None without one."""
        if self._seconds is None:
            return None
        return self._seconds - (time.monotonic() - (self._started or time.monotonic()))


_GO_ON = "what was read is kept, and the same command goes on from there with a new budget"


class Account:
    """What a run did: calls, tokens, answers, and the items that were kept and those that were not, by reason."""

    def __init__(self) -> None:
        self.calls = self.cached = self.retries = self.unreadable = self.short = 0
        self.tokens_in = self.tokens_out = 0
        self.kept: Counter[str] = Counter()  # by how they were anchored
        self.unanchored: Counter[tuple[str, str]] = Counter()  # by layer and reason
        self.left_out: Counter[str] = Counter()  # fields that were not in the report
        self._lock = threading.Lock()

    def count(self, name: str, by: int = 1) -> None:
        """Add to one of the counts, from any thread."""
        with self._lock:
            setattr(self, name, getattr(self, name) + by)

    def lines(self, price: Callable[[int, int], float | None] | None = None) -> tuple[str, ...]:
        """The account for people."""
        cost = price(self.tokens_in, self.tokens_out) if price else None
        told = [
            f"Model: {_many(self.calls, 'call')}, {self.cached} from the cache, {self.retries} tried again; "
            f"{self.tokens_in} tokens in, {self.tokens_out} out" + (f", cost {cost:.2f}" if cost is not None else "")
        ]
        refused = sum(self.unanchored.values())
        told.append(
            f"Anchored: {self.kept.total()} ({self.kept['exact']} exactly, {self.kept['normalised']} after quotation "
            f"marks and spaces were made alike). Unanchored and left out: {refused}"
        )
        for (layer, reason), number in sorted(self.unanchored.items(), key=lambda one: (-one[1], one[0])):
            told.append(f"- {number} {layer}: {reason}")
        for reason, number in sorted(self.left_out.items()):
            told.append(f"- {number} kept without their {reason}, which is not in the report")
        if self.unreadable:
            told.append(f"  {_many(self.unreadable, 'answer')} could not be read as JSON, or only in part")
        if self.short:
            told.append(
                f"- {_many(self.short, 'question')} counted far shorter by the server than sent: it may cut them off. "
                f"Let it take a longer context (see docs/llm.md)"
            )
        return tuple(told)


def _many(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
