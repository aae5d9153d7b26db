"""Who may ask, from where, and what a browser may do with the answer. Stands before everything else.

- Only requests to the hosts that are served are answered, so that no foreign page can reach a local workbench by a
  name that it makes point here (DNS rebinding).
- Where tokens are asked for, every request must bring one, or the cookie of a session that one opened. What the role
  of a token allows is asked at each route (`accord.web.access.rules`).
- A request that writes must come from a page of this workbench: the browser says so (Sec-Fetch-Site, Origin), and
  the form or header brings the secret of the session. A program that brings a bearer token needs no secret.
- Bodies and query strings have limits.
- Answers carry a content security policy without inline script or style.
- Where tokens are asked for, what is written, taken away or refused stands in the audit log.
"""

from __future__ import annotations

import hmac
import logging
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec
from fastapi import Request
from fastapi.responses import Response

from accord.errors import AccessError
from accord.web.access.audit import Audit
from accord.web.access.door import Asking, Door
from accord.web.access.proxies import Client, Proxies
from accord.web.access.recording import Recording
from accord.web.access.roles import Who, mark
from accord.web.access.rules import OPEN_PATHS, is_open
from accord.web.access.tokens import TokenFile
from accord.web.failing import Refused, body, fault

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOCAL = ("127.0.0.1", "localhost", "[::1]")
FIELD, HEADER = "csrf", "x-accord-csrf"
MOST_BODY, MOST_QUERY, MOST_PATH = 512_000, 8_000, 1_000
_SAFE = ("GET", "HEAD", "OPTIONS")
_log = logging.getLogger("accord.web")

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
    """Who may ask. `hosts` are names without port that a request may be sent to; `secret` is what forms carry.

    `token` is one token for everybody, `tokens` those of single people; with neither, nobody is asked for one.
    `audit` is the log of what is done. `proxies` are the addresses and networks whose word on where a request comes
    from is believed.
    """

    hosts: tuple[str, ...] = LOCAL
    token: str | None = None
    tokens: TokenFile | None = None
    audit: Audit | None = None
    proxies: tuple[str, ...] = ()
    secret: str = msgspec.field(default_factory=lambda: secrets.token_urlsafe(24))


class Guard:
    """The outermost layer of the application."""

    def __init__(self, app: App, access: Access, door: Door) -> None:
        self._app = app
        self._access = access
        self._door = door
        self._proxies = Proxies(access.proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = _headers(scope)
        client = self._proxies.client((scope.get("client") or ("",))[0], scope.get("scheme", "http"), headers)
        recording = Recording(self._access.audit, scope, client)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                had = {key for key, _ in message.get("headers", [])}
                message["headers"] = [*message.get("headers", []), *(h for h in _HEADERS if h[0] not in had)]
                recording.answered(message["status"])
            await send(message)

        try:
            receive = await self._let_in(scope, headers, client, receive, recording)
        except Refused as refusal:
            await self._refuse(refusal, scope, receive, with_headers, headers)
            return
        except AccessError as problem:
            _log.error("%s", problem)  # where the file lies is for those who run the server
            broken = Refused(503, "Who may ask cannot be told now; the server's log says why.")
            await self._refuse(broken, scope, receive, with_headers, headers)
            return
        finally:
            recording.end()  # where it was refused; what is let in has no answer yet
        try:
            await self._app(scope, receive, with_headers)
        except Exception as problem:
            # answered here, behind this layer, so that a fault has the same headers; raised on for the server's log
            if not recording.status:
                answer = await fault(Request(scope), problem)
                await answer(scope, receive, with_headers)
            raise
        finally:
            recording.end()

    async def _let_in(
        self, scope: Scope, headers: dict[str, str], client: Client, receive: Receive, recording: Recording
    ) -> Receive:
        """Mark on the request who sends it, and read its body if it writes. Raises Refused or AccessError."""
        self._check_address(scope, headers)
        asking = Asking(
            path=scope["path"],
            query=scope.get("query_string", b"").decode("latin-1"),
            headers=headers,
            address=client.address,
            secure=client.secure,
            read=scope["method"] in _SAFE,
        )
        scope["accord.asking"] = asking
        if self._door.shown(asking):
            recording.brought()
        who = self._door.who(asking)
        if who is None and not is_open(scope["path"]):
            raise Refused(
                401,
                "This record is served with tokens. Open /login and bring yours, or send it as `Authorization: Bearer "
                "TOKEN`.",
                ((b"www-authenticate", b'Bearer realm="accord"'),),
            )
        mark(scope, who or Who(role=None))
        if asking.read:
            return receive
        recording.ready()
        return await self._checked_body(scope, headers, receive, who)

    def _check_address(self, scope: Scope, headers: dict[str, str]) -> None:
        host = headers.get("host", "")
        name = host if host.endswith("]") else host.rsplit(":", 1)[0]
        if name.lower() not in self._access.hosts and "*" not in self._access.hosts:
            raise Refused(403, f"This workbench answers at {', '.join(self._access.hosts)}; it was asked as {host!r}.")
        if len(scope.get("query_string", b"")) > MOST_QUERY:
            raise Refused(414, f"The query must be at most {MOST_QUERY} characters.")
        if len(scope["path"]) > MOST_PATH:
            raise Refused(414, f"The address must be at most {MOST_PATH} characters.")

    async def _checked_body(self, scope: Scope, headers: dict[str, str], receive: Receive, who: Who | None) -> Receive:
        """The body, read whole within its limit, once it is sure that a page of ours or a known program sends it."""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site not in (None, "same-origin", "none"):
            raise Refused(403, "A page of another site may not write here.")
        if origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower():
            raise Refused(403, "A page of another site may not write here.")
        whole = await _read(headers, receive)
        if scope["path"] == OPEN_PATHS[0]:
            # nobody has a secret yet who comes to enter; that the page is ours the browser must say
            if site is None and origin is None:
                raise Refused(403, "A browser enters here. A program sends its token as `Authorization: Bearer TOKEN`.")
        elif who is None or who.session is not None or who.token is None:
            given = headers.get(HEADER)
            if given is None and headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
                fields = dict(parse_qsl(whole.decode("utf-8", "replace"), keep_blank_values=True))
                given = fields.get(FIELD)
            if given is None or who is None or not _same(given, who.csrf):
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

    async def _refuse(
        self, refusal: Refused, scope: Scope, receive: Receive, send: Send, headers: dict[str, str]
    ) -> None:
        """Say no: with the page to enter by where a person asked and has no session, else in the one body."""
        wants_page = "text/html" in headers.get("accept", "") and not scope["path"].startswith("/api")
        if refusal.status == 401 and wants_page:
            from accord.web.views.entering import login_page

            page: Response = login_page(scope)
            page.raw_headers.extend(refusal.headers)
            await page(scope, receive, send)
            return
        said = b"" if refusal.status == 303 else msgspec.json.encode(body("Refused", refusal.message))
        sent = [(b"content-type", b"application/json"), (b"content-length", str(len(said)).encode()), *refusal.headers]
        await send({"type": "http.response.start", "status": refusal.status, "headers": sent})
        await send({"type": "http.response.body", "body": said})


def _headers(scope: Scope) -> dict[str, str]:
    """The headers by name. Of one that comes twice the last counts; what proxies add up is put together."""
    found: dict[str, str] = {}
    for raw, value in scope["headers"]:
        name, said = raw.decode("latin-1").lower(), value.decode("latin-1")
        found[name] = f"{found[name]}, {said}" if name == "x-forwarded-for" and name in found else said
    return found


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
