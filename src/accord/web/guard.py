"""Who may ask, from where, and what a browser may do with the answer. Stands before everything else.

- Only requests to the hosts that are served are answered, so that no foreign page can reach a local workbench by a
  name that it makes point here (DNS rebinding).
- Where a token is set, every request must bring it: as a bearer token, or in the cookie that a link with `?token=`
  leaves.
- A request that writes must come from a page of this workbench: the browser says so (Sec-Fetch-Site, Origin), and
  the form or header brings this server's secret. A program that brings the bearer token needs no secret.
- Bodies and query strings have limits.
- Answers carry a content security policy without inline script or style.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import msgspec
from fastapi import Request

from accord.web.failing import body, fault

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOCAL = ("127.0.0.1", "localhost", "[::1]")
COOKIE = "accord-token"
FIELD, HEADER = "csrf", "x-accord-csrf"
MOST_BODY, MOST_QUERY, MOST_PATH = 512_000, 8_000, 1_000
_SAFE = ("GET", "HEAD", "OPTIONS")

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = [
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
]


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """Who may ask. `hosts` are names without port that a request may be sent to; `token` is asked for where set.

    `secret` is what forms of this server carry.
    """

    hosts: tuple[str, ...] = LOCAL
    token: str | None = None
    secret: str = msgspec.field(default_factory=lambda: secrets.token_urlsafe(24))


class Refused(Exception):
    """A request that is not answered."""

    def __init__(self, status: int, message: str, headers: tuple[tuple[bytes, bytes], ...] = ()) -> None:
        super().__init__(message)
        self.status, self.message, self.headers = status, message, headers


class Guard:
    """The outermost layer of the application."""

    def __init__(self, app: App, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in scope["headers"]}

        started = False

        async def with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                had = {key for key, _ in message.get("headers", [])}
                message["headers"] = [*message.get("headers", []), *(h for h in _HEADERS if h[0] not in had)]
            await send(message)

        try:
            self._check_address(scope, headers)
            bearer = self._check_token(scope, headers)
            if scope["method"] not in _SAFE:
                receive = await self._checked_body(scope, headers, receive, bearer=bearer)
        except Refused as refusal:
            await _refuse(refusal, with_headers)
            return
        try:
            await self._app(scope, receive, with_headers)
        except Exception as problem:
            # answered here, behind this layer, so that a fault has the same headers; raised on for the server's log
            if not started:
                answer = await fault(Request(scope), problem)
                await answer(scope, receive, with_headers)
            raise

    def _check_address(self, scope: Scope, headers: dict[str, str]) -> None:
        host = headers.get("host", "")
        name = host if host.endswith("]") else host.rsplit(":", 1)[0]
        if name.lower() not in self._access.hosts and "*" not in self._access.hosts:
            raise Refused(403, f"This workbench answers at {', '.join(self._access.hosts)}; it was asked as {host!r}.")
        if len(scope.get("query_string", b"")) > MOST_QUERY:
            raise Refused(414, f"The query must be at most {MOST_QUERY} characters.")
        if len(scope["path"]) > MOST_PATH:
            raise Refused(414, f"The address must be at most {MOST_PATH} characters.")

    def _check_token(self, scope: Scope, headers: dict[str, str]) -> bool:
        """Whether the request brings the bearer token. Raises Refused when one is needed and none comes."""
        token = self._access.token
        if token is None:
            return False
        kind, _, given = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and _same(given.strip(), token):
            return True
        if any(_same(value, token) for value in _cookies(headers.get("cookie", ""))):
            return False
        query = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
        if scope["method"] in _SAFE and any(key == "token" and _same(value, token) for key, value in query):
            rest = urlencode([(key, value) for key, value in query if key != "token"])
            # quoted, so that no path can end the header or, with a backslash, name another host
            path = "/" + quote(scope["path"].lstrip("/"))
            raise Refused(
                303,
                "",
                (
                    (b"location", f"{path}{'?' + rest if rest else ''}".encode()),
                    (b"set-cookie", f"{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict".encode()),
                ),
            )
        raise Refused(
            401,
            "This record is served with a token. Open the link that `accord serve` printed, or send the token as "
            "`Authorization: Bearer TOKEN`.",
            ((b"www-authenticate", b'Bearer realm="accord"'),),
        )

    async def _checked_body(self, scope: Scope, headers: dict[str, str], receive: Receive, *, bearer: bool) -> Receive:
        """The body, read whole within its limit, once it is sure that a page of ours or a known program sends it."""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site not in (None, "same-origin", "none"):
            raise Refused(403, "A page of another site may not write here.")
        if origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower():
            raise Refused(403, "A page of another site may not write here.")
        whole = await _read(headers, receive)
        if not bearer:
            given = headers.get(HEADER)
            if given is None and headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
                fields = dict(parse_qsl(whole.decode("utf-8", "replace"), keep_blank_values=True))
                given = fields.get(FIELD)
            if given is None or not _same(given, self._access.secret):
                raise Refused(
                    403, f"The form is of another run of this server: load the page again (or send {HEADER})."
                )
        sent = False

        async def replay() -> Message:
            nonlocal sent
            if sent:
                return await receive()
            sent = True
            return {"type": "http.request", "body": whole, "more_body": False}

        return replay


def _cookies(header: str) -> tuple[str, ...]:
    """What the token's cookie holds, where one came that can be read."""
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ()
    return () if found is None else (found.value,)


async def _read(headers: dict[str, str], receive: Receive) -> bytes:
    declared = headers.get("content-length", "0")
    if not declared.isdecimal() or int(declared) > MOST_BODY:
        raise Refused(413, f"What is sent must be at most {MOST_BODY:,} bytes.")
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(400, "The request broke off.")
        part = message.get("body", b"")
        size += len(part)
        if size > MOST_BODY:
            raise Refused(413, f"What is sent must be at most {MOST_BODY:,} bytes.")
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


def _same(given: str, known: str) -> bool:
    return hmac.compare_digest(given.encode(), known.encode())


async def _refuse(refusal: Refused, send: Send) -> None:
    said = b"" if refusal.status == 303 else msgspec.json.encode(body("Refused", refusal.message))
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(said)).encode()), *refusal.headers]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": said})
