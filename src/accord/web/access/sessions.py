"""Sessions of browsers: what a cookie stands for. They live in this process alone, and end with it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from http.cookies import CookieError, SimpleCookie

import msgspec

IDLE, LONGEST = 12 * 3600.0, 7 * 24 * 3600.0
"""Seconds after which a session ends: unused, and in any case."""
_MOST = 2_000


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A browser that brought a token, by the token's id, and the secret that its forms carry."""

    token: str
    csrf: str
    began: float
    used: float


class Sessions:
    """All sessions, by a digest of what the cookie holds."""

    def __init__(self, secret: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._secret, self._clock = secret.encode(), clock
        self._lock = threading.Lock()
        self._open: OrderedDict[str, Session] = OrderedDict()

    def begin(self, token: str) -> str:
        """Begin a session of a token; what its cookie holds."""
        cookie, now = secrets.token_urlsafe(32), self._clock()
        csrf = hmac.new(self._secret, cookie.encode(), hashlib.sha256).hexdigest()
        with self._lock:
            self._open[_key(cookie)] = Session(token=token, csrf=csrf, began=now, used=now)
            while len(self._open) > _MOST:
                self._open.popitem(last=False)
        return cookie

    def find(self, cookie: str) -> tuple[str, Session] | None:
        """The session of a cookie with its key, unless it has ended."""
        key, now = _key(cookie), self._clock()
        with self._lock:
            found = self._open.get(key)
            if found is None:
                return None
            if now - found.used > IDLE or now - found.began > LONGEST:
                del self._open[key]
                return None
            self._open[key] = msgspec.structs.replace(found, used=now)
            self._open.move_to_end(key)
            return key, found

    def end(self, key: str) -> None:
        """End a session."""
        with self._lock:
            self._open.pop(key, None)


def cookie_name(host: str, *, secure: bool) -> str:
    """The cookie of this workbench. Cookies know no ports, so that of another port has another name.

    With TLS the name binds it to this host (https://www.rfc-editor.org/rfc/rfc6265; __Host-: RFC 6265bis, 4.1.3).
    """
    port = host.rpartition(":")[2]
    name = f"accord-session{'-' + port if ':' in host and port.isdecimal() else ''}"
    return f"__Host-{name}" if secure else name


def set_cookie(name: str, value: str, *, secure: bool) -> bytes:
    """The header that leaves a cookie for as long as the browser is open."""
    return f"{name}={value}; Path=/; HttpOnly; SameSite=Strict{'; Secure' if secure else ''}".encode()


def drop_cookie(name: str, *, secure: bool) -> bytes:
    """The header that takes the cookie back."""
    return f"{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict{'; Secure' if secure else ''}".encode()


def cookie_of(headers: Mapping[str, str], name: str) -> str | None:
    """What the cookie holds, where one came that can be read."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return None
    return None if found is None else found.value


def _key(cookie: str) -> str:
    return hashlib.sha256(cookie.encode("utf-8", "surrogatepass")).hexdigest()
