"""Fetching a feed from its address: the one place that speaks to the network, and only for `accord watch`."""

from __future__ import annotations

import http.client
import io
import time
import urllib.error
import urllib.request
from importlib.metadata import version

import msgspec

from accord.reports.incoming import MOST_BYTES, Incoming, Refused

_CHUNK = 65_536
_KINDS = "application/rss+xml, application/atom+xml, */*;q=0.5"
_LATER = "It is asked again later; check the address if it stays so"
_SECONDS = 30.0
"""How long a server may be silent, and four times as long it may take to send the whole feed."""


class Fetched(msgspec.Struct, frozen=True):
    """What a server sent: the feed as a file to read, None where it is as it was; what to show it the next time."""

    feed: Incoming | None
    etag: str | None = None
    modified: str | None = None


def fetch(address: str, before: Fetched | None = None, *, seconds: float = _SECONDS) -> Fetched:
    """The feed at an http or https address, unless it is still the one of `before`.

    Raises Refused where the server cannot be reached, answers with an error, is too slow or sends too much.
    """
    headers = {"User-Agent": f"accord/{version('accord')}", "Accept": _KINDS}
    if before and before.etag:
        headers["If-None-Match"] = before.etag
    if before and before.modified:
        headers["If-Modified-Since"] = before.modified
    try:
        request = urllib.request.Request(address, headers=headers)
        with _opener().open(request, timeout=seconds) as answer:
            raw = _all(answer, seconds)
            etag, modified = answer.headers.get("ETag"), answer.headers.get("Last-Modified")
    except urllib.error.HTTPError as problem:
        problem.close()
        if problem.code == 304 and before:
            return Fetched(None, before.etag, before.modified)
        raise Refused(f"a feed must be sent; the server answers {problem.code} {problem.reason}. {_LATER}") from problem
    except (OSError, http.client.HTTPException, ValueError) as problem:
        reason = getattr(problem, "reason", None) or problem
        what = str(reason)[:160] or type(problem).__name__
        raise Refused(f"a feed's server must answer; it fails: {what}. {_LATER}") from problem
    return Fetched(Incoming(address, "feed.xml", lambda: io.BufferedReader(io.BytesIO(raw))), etag, modified)


def _opener() -> urllib.request.OpenerDirector:
    """Opens http and https alone: no address within an answer leads to a file or another protocol."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.UnknownHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener


def _all(answer: http.client.HTTPResponse, seconds: float) -> bytes:
    """The whole answer. Raises Refused where it is too large or too slow."""
    pieces: list[bytes] = []
    size, end = 0, time.monotonic() + 4 * seconds
    while piece := answer.read1(_CHUNK):
        pieces.append(piece)
        size += len(piece)
        if size > MOST_BYTES:
            raise Refused(f"a feed must not be larger than {MOST_BYTES:,} bytes; this one is. Watch another")
        if time.monotonic() > end:
            raise Refused(f"a feed must be sent within {4 * seconds:.0f} seconds; this one was not. {_LATER}")
    if answer.length:
        raise Refused(f"a feed must be sent whole; {answer.length:,} bytes of it are missing. {_LATER}")
    return b"".join(pieces)
