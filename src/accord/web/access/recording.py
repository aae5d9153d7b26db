"""What the audit log tells of one request, put together while it is answered."""

from __future__ import annotations

import logging
from collections.abc import MutableMapping
from typing import Any

from fastapi import Request

from accord.errors import AccessError
from accord.web.access.audit import Audit, Entry, Outcome, now
from accord.web.access.limits import place_of
from accord.web.access.proxies import Client
from accord.web.access.roles import Who, known
from accord.web.access.rules import rule_of

_REFUSED = (401, 403, 429)
_LONGEST_PATH = 120
_ABOUT = "accord.about"
_log = logging.getLogger("accord.web")


def tell(request: Request, **about: str) -> None:
    """Have the audit log name what a request wrote: ids and kinds, never words."""
    request.scope.setdefault(_ABOUT, {}).update(about)


class Recording:
    """One request, from its coming to its answer. Without a log nothing is kept."""

    def __init__(self, audit: Audit | None, scope: MutableMapping[str, Any], client: Client) -> None:
        self._audit, self._scope, self._client = audit, scope, client
        self._brought = False
        self.status = 0

    def ready(self) -> None:
        """Before something is written: make sure that it can be told. Raises AccessError where it cannot."""
        if self._audit is not None:
            self._audit.ready()

    def answered(self, status: int) -> None:
        """Keep how it was answered."""
        self.status = status

    def brought(self) -> None:
        """Keep that a token was shown, so that a wrong one is told of."""
        self._brought = True

    def end(self) -> None:
        """Write the line, where the route or the outcome is worth one."""
        if self._audit is None or not self.status:
            return
        route = getattr(self._scope.get("route"), "path", None)
        method, who = self._scope["method"], known(self._scope)
        outcome = _outcome(self.status)
        if route is None and not self._worth_telling(who):
            return
        if route is not None and outcome != "refused" and not (rule_of(method, route).told or self._audit.every):
            return
        if outcome == "refused" and self._audit.repeats((who and who.token) or place_of(self._client.address)):
            return
        self._write(self._audit, who, f"{method} {route or self._scope['path'][:_LONGEST_PATH]}", outcome)

    def _worth_telling(self, who: Who | None) -> bool:
        """Of what reached no route: refusals of those who are known, and of those who showed a token."""
        return self.status in _REFUSED and ((who is not None and who.token is not None) or self._brought)

    def _write(self, audit: Audit, who: Who | None, does: str, outcome: Outcome) -> None:
        entry = Entry(
            at=now(),
            who=(who and who.name) or "",
            token=(who and who.token) or "",
            role=(who and who.role) or "",
            address=self._client.address,
            does=does,
            status=self.status,
            outcome=outcome,
            about=dict(self._scope.get(_ABOUT, {})),
        )
        try:
            audit.add(entry)
        except AccessError as problem:
            _log.error("%s; the line was %s", problem, entry)


def _outcome(status: int) -> Outcome:
    if status in _REFUSED:
        return "refused"
    return "failed" if status >= 400 else "done"
