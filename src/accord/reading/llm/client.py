"""Asks an OpenAI-compatible server, patiently and within bounds. What is sent is the question and nothing besides."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from typing import Any

import msgspec

from accord.errors import ReadingError
from accord.reading.llm.budget import Account, estimated_tokens
from accord.reading.llm.cache import Answer
from accord.reading.llm.forms import schema
from accord.reading.llm.settings import Settings

try:
    import httpx2 as httpx
except ImportError:  # the extra `llm`
    raise ReadingError('model: reading with a model takes httpx2: pip install "accord[llm]"') from None

_MOST_BYTES = 4_000_000
"""No honest answer is longer; a server that never stops is cut off."""
_LONGEST_WAIT = 60.0
_TWICE = 2
"""How often a question is put whose answer came back as something else than a chat completion."""


class Unavailable(ReadingError):
    """The server cannot be had, or not for us. The run stops; what was answered is in the cache."""


class Refused(ReadingError):
    """The server will not answer this question, in whatever form it is put."""


class Stopped(ReadingError):
    """The run was broken off while this question waited."""


class _Again(Exception):
    """Worth another attempt, after `wait` seconds where the server said so."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class Client:
    """Asks one server. Threads share it; `close` it at the end."""

    def __init__(self, settings: Settings, account: Account, *, pause: float = 0.5) -> None:
        self._settings, self._account, self._pause = settings, account, pause
        headers = {"User-Agent": "accord", "Accept": "application/json"}
        if settings.key:
            headers["Authorization"] = f"Bearer {settings.key}"
        # trust_env off: neither proxies nor passwords of the environment are used, and redirects are not followed
        self._http = httpx.Client(headers=headers, timeout=settings.timeout, trust_env=False, proxy=settings.proxy)
        self._rung = 0
        self._sockets: list[socket.socket] = []
        self._stop = threading.Event()

    def close(self) -> None:
        """Let go of the connections; questions that wait for another attempt are given up."""
        self._stop.set()
        self._http.close()

    def stop(self) -> None:
        """Give up the questions that wait for another attempt."""
        self._stop.set()

    def hang_up(self) -> None:
        """Give up all questions, those under way as well."""
        self._stop.set()
        for one in self._sockets:
            with contextlib.suppress(OSError):  # closed already
                one.shutdown(socket.SHUT_RDWR)

    def _trace(self, event: str, told: dict[str, Any]) -> None:
        """Keep hold of connections as they are made: closing a client does not wake a thread that waits on one."""
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            made = told["return_value"].get_extra_info("socket")
            if made is not None:
                self._sockets.append(made)

    def ask(self, messages: list[dict[str, str]], seconds: float | None = None) -> Answer:
        """The model's answer to one question, within `seconds` if given.

        Raises Unavailable where the server cannot be reached, has no such model or does not let us in, Refused where
        it answers this question in no form, Stopped when the run was broken off.
        """
        first = self._rung
        for rung in range(first, len(_LADDER)):
            try:
                answer = self._patiently(_body(self._settings, messages, rung), seconds)
            except Refused:
                if rung + 1 == len(_LADDER):
                    raise
                continue
            self._rung = max(self._rung, rung)
            return answer
        raise AssertionError("a ladder has rungs")

    def _patiently(self, body: dict[str, Any], seconds: float | None) -> Answer:
        """One form of the question, tried again while the server stumbles."""
        muddled = 0
        for attempt in range(self._settings.attempts):
            if self._stop.is_set():
                raise Stopped("the run was broken off")
            try:
                return self._once(body, seconds)
            except Muddled:
                muddled += 1
                if muddled == _TWICE:
                    return Answer(content="", tokens_in=_asked(body))
                wait = None
                reason = "an answer that is no chat completion"
            except _Again as problem:
                wait, reason = problem.wait, str(problem)
            if attempt + 1 < self._settings.attempts:
                self._account.count("retries")
                self._stop.wait(min(_LONGEST_WAIT, wait if wait is not None else self._pause * 2**attempt))
        raise Unavailable(
            f"model server {self._settings.host}: must answer; tried {self._settings.attempts} times and got {reason}. "
            f"What was read is kept: start the server and give the same command again"
        )

    def _once(self, body: dict[str, Any], seconds: float | None) -> Answer:
        limit = min(self._settings.timeout, seconds) if seconds is not None else self._settings.timeout
        ends = time.monotonic() + limit
        try:
            with self._http.stream(
                "POST",
                self._settings.endpoint,
                json=body,
                timeout=max(limit, 0.01),
                extensions={"trace": self._trace},
            ) as response:
                raw = bytearray()
                for piece in response.iter_bytes():
                    raw += piece
                    if len(raw) > _MOST_BYTES:
                        raise Muddled
                    if time.monotonic() > ends:
                        raise _Again(f"no whole answer within {limit:g} seconds")
                self._judge(response.status_code, response.headers.get("retry-after"), bytes(raw))
        except httpx.InvalidURL as problem:
            raise Unavailable(f"model: url must be an address; {problem}") from None
        except (httpx.HTTPError, httpx.StreamError) as problem:
            raise _Again(f"{type(problem).__name__}: {problem}") from None
        return read_completion(bytes(raw), body)

    def _judge(self, status: int, after: str | None, raw: bytes) -> None:
        """Raise what the status means."""
        if 200 <= status < 300:
            return
        said = " ".join(raw[:300].decode("utf-8", "replace").split())
        told = "".join(c for c in f"status {status}: {said[:160]}" if c.isprintable())
        if status in (408, 409, 425, 429) or status >= 500:
            raise _Again(told, _seconds(after))
        if status in (400, 413, 415, 422):
            raise Refused(f"model server {self._settings.host}: would not answer; {told}")
        advice = {401: "check ACCORD_LLM_KEY", 403: "check ACCORD_LLM_KEY", 404: "check the address and the model"}
        why = advice.get(status, "check ACCORD_LLM_URL")
        raise Unavailable(f"model server {self._settings.host}: {why}; it answered {told}")


class Muddled(Exception):
    """A whole answer came and it is no chat completion."""


def _seconds(after: str | None) -> float | None:
    try:
        seconds = float(after) if after else None
    except ValueError:
        return None
    return seconds if seconds is not None and 0 <= seconds < float("inf") else None


def _schema_format() -> dict[str, Any]:
    return {"type": "json_schema", "json_schema": {"name": "findings", "strict": True, "schema": schema()}}


_LADDER = ("schema", "schema, newer names", "json", "plain")
"""Forms of one question, best first: an answer that the server holds to the schema; the same for servers that name the
length otherwise and set no temperature; any JSON; and no form at all, when the prompt alone asks for JSON."""


def _body(settings: Settings, messages: list[dict[str, str]], rung: int) -> dict[str, Any]:
    body: dict[str, Any] = {"model": settings.model, "messages": messages, "stream": False}
    match _LADDER[rung]:
        case "schema":
            body |= {"temperature": 0, "seed": 0, "max_tokens": settings.answer, "response_format": _schema_format()}
        case "schema, newer names":
            body |= {"max_completion_tokens": settings.answer, "response_format": _schema_format()}
        case "json":
            body |= {"temperature": 0, "max_tokens": settings.answer, "response_format": {"type": "json_object"}}
        case _:
            body |= {"max_tokens": settings.answer}
    return body


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Usage(msgspec.Struct):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Completion(msgspec.Struct):
    choices: list[_Choice]
    usage: _Usage | None = None


def read_completion(raw: bytes, body: dict[str, Any]) -> Answer:
    """The answer in a chat completion. Raises Muddled where it is none."""
    try:
        found = msgspec.json.decode(raw, type=_Completion)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise Muddled from None
    if not found.choices:
        raise Muddled
    content = found.choices[0].message.content or ""
    usage = found.usage or _Usage()
    counted = usage.prompt_tokens > 0
    return Answer(
        content=content,
        whole=found.choices[0].finish_reason != "length",
        tokens_in=usage.prompt_tokens if counted else _asked(body),
        tokens_out=max(0, usage.completion_tokens) if counted else estimated_tokens(content),
    )


def _asked(body: dict[str, Any]) -> int:
    return sum(estimated_tokens(message["content"]) for message in body["messages"])
