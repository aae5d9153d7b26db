"""What each route takes: a role, and the bucket that its requests are counted in. The one place where that stands.

A route that is not here is open to those who administer alone; a test asks that every route is here.
"""

from __future__ import annotations

import msgspec
from fastapi import Request

from accord.web.access.limits import Buckets, Kind
from accord.web.access.roles import MAY, Role, who_of
from accord.web.failing import Refused


class Rule(msgspec.Struct, frozen=True):
    """Which role a route takes, None where nobody need be known; its bucket; whether the audit log tells of it."""

    role: Role | None
    kind: Kind
    told: bool = False


_LOOK = """
    GET / | GET /timeline | GET /positions | GET /proposals | GET /people | GET /people/{key}
    GET /people/{key}/with/{other} | GET /statements | GET /levers | GET /figures | GET /discrepancies | GET /reports
    GET /reports/{number} | GET /search | GET /items/{key} | GET /items/{key}/why | GET /edits | GET /help
    GET /exports | GET /account | GET /api | GET /api/openapi.json | GET /api/session | GET /api/reports
    GET /api/actors | GET /api/timeline | GET /api/statements | GET /api/positions | GET /api/proposals
    GET /api/levers | GET /api/figures | GET /api/discrepancies | GET /api/items/{key} | GET /api/evidence/{reference}
    GET /api/explain/{reference} | GET /api/search | GET /api/similar | GET /api/changes | GET /api/history
    GET /api/history/levers | GET /api/meetings | GET /api/judgements | GET /api/edits | GET /api/scenarios
"""
_COMPUTE = """
    GET /table | GET /table/chart.svg | GET /scenarios | GET /api/table | GET /api/zone | GET /api/blockers
    GET /api/concessions | GET /api/path | GET /api/solutions | GET /api/forecast | GET /api/uncertainty
    GET /api/whatif | GET /api/ripeness | POST /api/zone | POST /api/blockers | POST /api/concessions | POST /api/path
    POST /api/solutions | POST /api/forecast | POST /api/uncertainty | POST /api/whatif | POST /api/ripeness
"""
_EXPORT = "GET /api/brief | GET /api/export"
_CORRECT = """
    POST /edits | POST /scenarios | POST /api/edits | POST /api/scenarios | DELETE /api/scenarios/{name:path}
"""
_FORMS = "GET /edits/add"
_ADMINISTER = "GET /tokens | GET /audit"
_REVOKE = "POST /tokens"
_ENTER = "GET /login"
_ENTERING = "POST /login"
_LEAVE = "POST /logout"


def _routes(listed: str) -> list[str]:
    return [route.strip() for line in listed.splitlines() for route in line.split("|") if route.strip()]


RULES: dict[str, Rule] = {
    route: rule
    for listed, rule in (
        (_LOOK, Rule("read", "look")),
        (_COMPUTE, Rule("read", "compute")),
        (_EXPORT, Rule("read", "export", told=True)),
        (_CORRECT, Rule("correct", "write", told=True)),
        (_FORMS, Rule("correct", "look")),
        (_ADMINISTER, Rule("administer", "look", told=True)),
        (_REVOKE, Rule("administer", "write", told=True)),
        (_ENTER, Rule(None, "look")),
        (_ENTERING, Rule(None, "look", told=True)),
        (_LEAVE, Rule("read", "look", told=True)),
    )
    for route in _routes(listed)
}
"""What each route takes, by method and template."""

UNDECLARED = Rule("administer", "write", told=True)
OPEN_PATHS = ("/login", "/static/")
"""What the guard lets pass without a token: the page that asks for one, and the package's style sheets and scripts."""


def rule_of(method: str, template: str) -> Rule:
    """What a route takes."""
    return RULES.get(f"{method} {template}", UNDECLARED)


def is_open(path: str) -> bool:
    """Whether nobody need be known for this address."""
    return path == OPEN_PATHS[0] or path.startswith(OPEN_PATHS[1])


async def admit(request: Request) -> None:
    """Let a request through to its route, or raise Refused: for want of the role (403), or as too many come (429).

    Every route of the application depends on this.
    """
    route = request.scope["route"].path
    rule, who = rule_of(request.method, route), who_of(request)
    buckets: Buckets = request.app.state.buckets
    # where no token is asked for, the one person at this machine may do as they like
    wait = buckets.take(rule.kind, who.token) if who.token is not None else 0
    if wait:
        raise Refused(429, f"Too many requests of this kind: try again in {wait} s.", ((b"retry-after", b"%d" % wait),))
    if rule.role is not None and not who.may(rule.role):
        raise Refused(
            403,
            f"This takes a token with the role {rule.role!r} ({MAY[rule.role]}); yours has {who.role!r}. Whoever runs "
            "this server can give another.",
        )
