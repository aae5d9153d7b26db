"""The door: from what a request brings (a bearer token, a cookie, the token of a link) to who sends it."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, urlencode

import msgspec

from accord.web.access.limits import Buckets, place_of
from accord.web.access.roles import SHARED, Role, Who
from accord.web.access.sessions import Session, Sessions, cookie_name, cookie_of, set_cookie
from accord.web.access.tokens import TokenFile
from accord.web.failing import Refused


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """What the door looks at of a request. `read` says that its method only reads."""

    path: str
    query: str
    headers: Mapping[str, str]
    address: str
    secure: bool
    read: bool

    @property
    def linked(self) -> str | None:
        """The token that stands in the address, where one does."""
        return dict(parse_qsl(self.query, keep_blank_values=True)).get("token")

    @property
    def cookie(self) -> str:
        """The name of the cookie that holds a session here."""
        return cookie_name(self.headers.get("host", ""), secure=self.secure)


class Holder(msgspec.Struct, frozen=True):
    """Whoever holds a token: its id, their name (None where many share it), their role."""

    token: str
    name: str | None
    role: Role


class Door:
    """Tells who asks. Without any token to ask for, everybody may do everything: it is the person at this machine.

    `shared` is one token for all who may read and correct; `tokens` are tokens of single people.
    """

    def __init__(self, *, secret: str, shared: str | None, tokens: TokenFile | None, buckets: Buckets) -> None:
        self._shared, self._tokens = shared, tokens
        self._buckets = buckets
        self._local = Who(role="administer", csrf=secret)
        self.sessions = Sessions(secret)

    @property
    def closed(self) -> bool:
        """Whether a token is asked for."""
        return self._shared is not None or self._tokens is not None

    def shown(self, asking: Asking) -> bool:
        """Whether a request shows a token, right or wrong; a cookie is none."""
        return self.closed and ("authorization" in asking.headers or asking.linked is not None)

    def who(self, asking: Asking) -> Who | None:
        """Who asks; None where nobody is known by what they bring.

        Raises Refused where a wrong token comes (401), too many did (429), or a link's token becomes a cookie (303).
        """
        if not self.closed:
            return self._local
        kind, _, given = asking.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            holder = self.holder(given.strip(), asking)
            return Who(role=holder.role, name=holder.name, token=holder.token)
        return self._of_cookie(asking) or self._of_link(asking)

    def holder(self, given: str, asking: Asking) -> Holder:
        """Who holds a token. Raises Refused where it opens nothing, or too many wrong ones came from this address."""
        place = place_of(asking.address)
        wait = self._buckets.wait("enter", place)
        if wait:
            # also for a right one, or the answer would tell it from the wrong ones
            raise Refused(
                429, f"Too many wrong tokens came from here: try again in {wait} s.", ((b"retry-after", b"%d" % wait),)
            )
        if self._shared is not None:
            if hmac.compare_digest(given.encode("utf-8", "replace"), self._shared.encode()):
                return Holder(SHARED, None, "correct")
        elif self._tokens is not None:
            found = self._tokens.opens(given)
            if found is not None:
                return Holder(found.id, found.name, found.role)
        self._buckets.take("enter", place)
        raise Refused(
            401,
            "This token opens nothing here: it is mistyped, expired or revoked.",
            ((b"www-authenticate", b'Bearer realm="accord", error="invalid_token"'),),
        )

    def _of_cookie(self, asking: Asking) -> Who | None:
        cookie = cookie_of(asking.headers, asking.cookie)
        found = None if cookie is None else self.sessions.find(cookie)
        if found is None:
            return None
        key, session = found
        holder = self._still(session)
        if holder is None:
            self.sessions.end(key)
            return None
        return Who(role=holder.role, name=holder.name, token=holder.token, session=key, csrf=session.csrf)

    def _still(self, session: Session) -> Holder | None:
        """Whoever a session is of, while their token stands: one that is revoked ends at the next request."""
        if self._shared is not None:
            return Holder(SHARED, None, "correct")
        found = None if self._tokens is None else self._tokens.standing(session.token)
        return None if found is None else Holder(found.id, found.name, found.role)

    def _of_link(self, asking: Asking) -> Who | None:
        """A link with the shared token leaves a session and leads to the same address without it.

        Tokens of people are never taken from an address, which stands in histories and logs.
        """
        given = asking.linked
        if self._shared is None or given is None or not asking.read:
            return None
        holder = self.holder(given, asking)
        query = parse_qsl(asking.query, keep_blank_values=True)
        rest = urlencode([(key, value) for key, value in query if key != "token"])
        cookie = set_cookie(asking.cookie, self.sessions.begin(holder.token), secure=asking.secure)
        raise Refused(303, "", ((b"location", local(asking.path, rest).encode()), (b"set-cookie", cookie)))


def local(path: str, query: str = "") -> str:
    """An address of this workbench: quoted, so that no path ends a header or, with a backslash, names another host."""
    return f"/{quote(path.lstrip('/'))}{'?' + query if query else ''}"
