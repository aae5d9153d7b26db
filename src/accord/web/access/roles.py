"""The three roles, each with all that the one before it may, and whoever asks."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any, Literal, get_args

import msgspec
from fastapi import Request

from accord.errors import EditError

Role = Literal["read", "correct", "administer"]
ROLES: tuple[Role, ...] = get_args(Role)
MAY: dict[Role, str] = {
    "read": "look, search, compute and export",
    "correct": "also correct the record and keep scenarios",
    "administer": "also see the audit log and revoke tokens",
}
"""What each role may do, in words."""

SHARED = "shared"
"""What stands for the id of a token where one token is shared by all."""

_SCOPE = "accord.who"


class Who(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks. `token` is the id of the token that was brought; None where none is asked for.

    `role` is None of somebody who is not known, and may nothing.
    `name` is the name of whoever holds the token, under which corrections are written; None where names are typed.
    `csrf` is what forms of theirs must carry, empty where nothing need be. `session` is the key of a browser's session.
    """

    role: Role | None
    name: str | None = None
    token: str | None = None
    session: str | None = None
    csrf: str = ""

    def may(self, role: Role) -> bool:
        """Whether this role is theirs, or within theirs."""
        return self.role is not None and ROLES.index(self.role) >= ROLES.index(role)

    def author(self, typed: str) -> str:
        """The name under which they correct. Raises EditError where another one than the token's was typed."""
        if self.name is None:
            return typed
        if typed.strip() not in ("", self.name):
            raise EditError(
                f"author: what is written with this token is signed {self.name!r}; got {typed.strip()!r}. Leave the "
                "author out"
            )
        return self.name


def who_of(request: Request) -> Who:
    """Who sends this request, as the guard found."""
    found: Who = request.scope[_SCOPE]
    return found


def known(scope: Mapping[str, Any]) -> Who | None:
    """Who sends a request, where the guard came to ask."""
    return scope.get(_SCOPE)


def mark(scope: MutableMapping[str, Any], who: Who) -> None:
    """Write on a request who sends it."""
    scope[_SCOPE] = who
