"""The second reader: asks a language model about each chunk of a report and keeps what can be anchored."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from importlib.metadata import version
from typing import Any, NamedTuple

from accord.errors import AccordError
from accord.model.findings import LAYERS, Finding
from accord.model.ids import content_id
from accord.model.reading import Reading
from accord.model.report import Report
from accord.model.vocabulary import door
from accord.reading.llm import prompt
from accord.reading.llm.anchoring import Anchoring
from accord.reading.llm.answers import Read, read_answer
from accord.reading.llm.budget import Account, Budget, Plan, estimated_tokens
from accord.reading.llm.cache import Answer, Cache
from accord.reading.llm.cast import Cast
from accord.reading.llm.chunks import Chunk, chunks, halves
from accord.reading.llm.client import Client, Refused
from accord.reading.llm.forms import schema
from accord.reading.llm.haystack import Haystack
from accord.reading.llm.settings import Settings, settings

_RULES = "1"
"""Version of what is done with answers: raise it when anchoring keeps other items than before."""
_MOST_LETTERS = 8
"""Letters of prose that a token never has on average. A server that counted fewer tokens did not read all."""
_AHEAD = 2  # chunks asked for beforehand, for each call that may run at once


class _Piece(NamedTuple):
    """A chunk with its answer."""

    chunk: Chunk
    answer: Answer


class LlmReader:
    """Reads by asking a model. Implements `Reader`.

    Answers are cached by chunk, prompt version and model: a run that was broken off repeats no answered question.
    `account` says afterwards what was asked, kept and left out. Reading raises Unavailable where the server is gone
    and BudgetSpent where the budget is; the readings that were yielded before stand.
    """

    def __init__(self, config: Settings | None = None, *, budget: Budget | None = None, pause: float = 0.5) -> None:
        self.settings = config or settings()
        self.account = Account()
        self._budget = budget or Budget()
        self._cache = Cache(self.settings.cache)
        self._pause = pause

    @cached_property
    def fingerprint(self) -> str:
        """Accord's version, the model, the prompt, the form of answers, the chunks and what is done with answers."""
        asked = (prompt.VERSION, prompt.instructions(), schema(), self.settings.chunk, self.settings.answer)
        parts = (version("accord"), self.settings.model, asked, _RULES, door.fingerprint())
        return content_id("llm", *parts)

    def plan(self, reports: Iterable[Report]) -> Plan:
        """What reading these reports would ask; nothing is sent."""
        known = self.settings
        count = parts = cached = tokens = 0
        for report in reports:
            count += 1
            for chunk in chunks(report, known.chunk):
                parts += 1
                asked = prompt.messages(chunk)
                if self._cache.get(self._key(asked)) is not None:
                    cached += 1
                else:
                    tokens += _tokens(asked)
        out = (parts - cached) * known.answer
        return Plan(
            reports=count,
            chunks=parts,
            cached=cached,
            tokens_in=tokens,
            tokens_out=out,
            cost=self.price(tokens, out),
            model=known.model,
            host=known.host,
        )

    def price(self, tokens_in: int, tokens_out: int) -> float | None:
        """What so many tokens cost; None without prices."""
        known = self.settings
        if known.price_in is None and known.price_out is None:
            return None
        return (tokens_in * (known.price_in or 0.0) + tokens_out * (known.price_out or 0.0)) / 1e6

    def told(self) -> tuple[str, ...]:
        """What was asked, kept and left out so far, in lines for people."""
        return self.account.lines(self.price)

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """One reading a report, in order. A report about which the server will answer nothing says so."""
        client = Client(self.settings, self.account, pause=self._pause)
        pool = ThreadPoolExecutor(self.settings.concurrency, thread_name_prefix="accord-llm")
        waiting: deque[tuple[Report, list[Future[list[_Piece]]]]] = deque()
        try:
            for report in reports:
                asked = [
                    pool.submit(self._asked, client, report, chunk) for chunk in chunks(report, self.settings.chunk)
                ]
                waiting.append((report, asked))
                while sum(len(some) for _, some in waiting) > _AHEAD * self.settings.concurrency:
                    yield self._reading(*waiting.popleft())
            while waiting:
                yield self._reading(*waiting.popleft())
        except AccordError:
            raise  # what is under way is paid for and may still come
        except BaseException:
            client.hang_up()
            raise
        finally:
            client.stop()
            pool.shutdown(wait=True, cancel_futures=True)
            client.close()

    def _asked(self, client: Client, report: Report, chunk: Chunk) -> list[_Piece]:
        """The answers about a chunk; about its halves where the answer about the whole was too long."""
        answer = self._answer(client, prompt.messages(chunk))
        parts = () if answer.whole else halves(report, chunk)
        if not parts:
            return [_Piece(chunk, answer)]
        return [piece for part in parts for piece in self._asked(client, report, part)]

    def _answer(self, client: Client, asked: list[dict[str, str]]) -> Answer:
        key = self._key(asked)
        known = self._cache.get(key)
        if known is not None:
            self.account.count("cached")
            return known
        most = _tokens(asked) + self.settings.answer
        self._budget.reserve(most)
        used = 0
        try:
            answer = client.ask(asked, self._budget.seconds_left())
            used = answer.tokens_in + answer.tokens_out
        finally:
            self._budget.settle(most, used)
        self.account.count("calls")
        self.account.count("tokens_in", answer.tokens_in)
        self.account.count("tokens_out", answer.tokens_out)
        if answer.tokens_in * _MOST_LETTERS < sum(len(message["content"]) for message in asked):
            self.account.count("short")
        if answer.content.strip():
            self._cache.put(key, answer)
        return answer

    def _key(self, asked: list[dict[str, str]]) -> str:
        return self._cache.key(self.settings.model, prompt.VERSION, (asked, self.settings.answer))

    def _reading(self, report: Report, asked: list[Future[list[_Piece]]]) -> Reading:
        try:
            pieces = [piece for future in asked for piece in future.result()]
            return self._anchored(report, pieces)
        except Refused as problem:
            return Reading(report=report.id, reader=self.fingerprint, failed=str(problem))
        except AccordError:
            raise  # the server or the budget is gone: nothing more can be read
        except Exception as problem:  # one report must never cost the others
            reason = f"{type(problem).__name__}: {problem}"
            return Reading(report=report.id, reader=self.fingerprint, failed=reason)

    def _anchored(self, report: Report, pieces: list[_Piece]) -> Reading:
        read = [(piece.chunk, self._heard(piece.answer)) for piece in pieces]
        return anchored(report, read, self.account, reader=self.fingerprint, model=self.settings.model)

    def _heard(self, answer: Answer) -> Read:
        heard = read_answer(answer.content)
        if not heard.sound:
            self.account.count("unreadable")
        return heard


def anchored(report: Report, read: list[tuple[Chunk, Read]], account: Account, *, reader: str, model: str) -> Reading:
    """The reading that answers about the chunks of a report come to: what can be anchored, each item once."""
    haystack = Haystack(report)
    cast = Cast(haystack, (named for _, heard in read for named in heard.items["actors"]))
    anchoring = Anchoring(haystack, cast, account, f"model {model}, prompt {prompt.VERSION}")
    found: dict[str, dict[str, Finding]] = {layer: {} for layer in LAYERS}
    for chunk, heard in read:
        for part, reason in heard.refused:
            account.unanchored[part, reason] += 1
        for layer in LAYERS:
            for finding in anchoring.findings(layer, heard.items[layer], chunk):
                found[layer].setdefault(finding.id, finding)
    layers: dict[str, Any] = {
        layer: tuple(sorted(some.values(), key=lambda f: (f.evidence[0].start, f.evidence[0].end, f.id)))
        for layer, some in found.items()
    }
    actors = tuple(cast.used[key] for key in sorted(cast.used))
    return Reading(report=report.id, reader=reader, actors=actors, **layers)


def _tokens(asked: list[dict[str, str]]) -> int:
    return sum(estimated_tokens(message["content"]) for message in asked)
