"""Serving: an address to listen at, tokens where others can reach it, and what to tell the person who started it."""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Callable, Iterable

from accord.errors import FilterError
from accord.web.access.audit import Audit
from accord.web.access.proxies import Proxies
from accord.web.access.tokens import TokenFile
from accord.web.app import create_app
from accord.web.desk import Desk
from accord.web.guard import LOCAL, Access
from accord.web.warming import warm_aside
from accord.workbench import Workspace

_ANY = ("0.0.0.0", "::")


def access_for(
    host: str,
    token: str | None,
    names: tuple[str, ...] = (),
    *,
    tokens: TokenFile | None = None,
    people: bool = True,
    proxies: Iterable[str] = (),
    every: bool = False,
) -> Access:
    """Who may ask a server that listens at `host`; `names` are further names that it is reached by.

    On the machine itself no token is needed. `token` is one for all, `tokens` are those of people, asked for where
    there are any unless `people` says not; what is done with either stands in an audit log in `tokens`' folder, with
    `every` also what is only looked at. Raises FilterError where others can reach the server, through a proxy too, and
    no token is asked for, or where the two kinds are mixed; AccessError where the tokens cannot be read or the log
    cannot be written.
    """
    proxies = tuple(proxies)
    Proxies(proxies)  # so that a wrong one is told before anything is served
    asked = tokens if tokens is not None and people and tokens.every() else None
    if asked is not None and token is not None:
        raise FilterError(
            f"serve: {asked.path} has tokens of people, so --token cannot be another for all: leave it out, or add "
            "--no-people to serve with it alone"
        )
    made = _shared(host, token) if asked is None else None
    if proxies and people and asked is None and made is None:
        raise FilterError(
            "serve: through a proxy others can reach the record, and there are no tokens to ask them for: make some "
            "(accord token NAME.accord add ...), or add --no-people where the proxy itself asks who comes"
        )
    audit = None
    if tokens is not None and (asked is not None or made is not None):
        audit = Audit(tokens.folder / "audit.jsonl", every=every)
        audit.ready()
    # where it listens on every address there is no telling under which name it is asked; the token guards it
    hosts = ("*",) if host in _ANY and not names else (*LOCAL, *(() if _is_local(host) else (host,)), *names)
    return Access(hosts=hosts, token=made, tokens=asked, audit=audit, proxies=proxies)


def _shared(host: str, token: str | None) -> str | None:
    """The one token for all. Raises FilterError where others can reach the server and there is none, or it is short."""
    if token is None and _is_local(host):
        return None
    if token is None:
        raise FilterError(
            f"serve: at {host} others can reach the record, so it must be served with tokens: make one for each person "
            "(accord token NAME.accord add ...), or one for all with --token WORDS or --token auto"
        )
    if token != "auto" and len(token) < 16 and not _is_local(host):
        raise FilterError(f"serve: a token must have at least 16 characters; got {len(token)}")
    return secrets.token_urlsafe(24) if token == "auto" else token


def serve(
    workspace: Workspace,
    *,
    host: str = "127.0.0.1",
    port: int = 8321,
    access: Access,
    tell: Callable[[str], None] = print,
) -> None:
    """Serve a record until interrupted. Raises RecordError when it cannot be read."""
    import uvicorn

    desk = Desk(workspace)
    warm_aside(desk)
    shown = f"[{host}]" if ":" in host else host
    query = f"/?token={access.token}" if access.token else "/"
    tell(f"{workspace.file.name} is open at http://{shown}:{port}{query}  (stop with Ctrl-C)")
    if access.tokens is not None:
        tell(f"Each person brings a token of their own; what they do stands in {access.tokens.folder / 'audit.jsonl'}")
    config = uvicorn.Config(
        create_app(desk, access),
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        access_log=False,
        proxy_headers=False,  # the guard reads them, of named proxies alone
    )
    uvicorn.Server(config).run()


def _is_local(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
