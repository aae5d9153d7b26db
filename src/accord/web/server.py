"""Serving: an address to listen at, a token where others can reach it, and what to tell the person who started it."""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Callable

from accord.errors import FilterError
from accord.web.app import create_app
from accord.web.desk import Desk
from accord.web.guard import LOCAL, Access
from accord.workbench import Workspace

_ANY = ("0.0.0.0", "::")


def access_for(host: str, token: str | None, names: tuple[str, ...] = ()) -> Access:
    """Who may ask a server that listens at `host`; `names` are further names that it is reached by.

    On the machine itself no token is needed. Raises FilterError where others can reach it and none is given.
    """
    if _is_local(host):
        return Access(hosts=(*LOCAL, *names), token=token)
    if token is None:
        raise FilterError(
            f"serve: at {host} others can reach the record, so it must be served with a token: add --token WORDS, "
            "or --token auto to have one made"
        )
    if len(token) < 16 and token != "auto":
        raise FilterError(f"serve: a token must have at least 16 characters; got {len(token)}")
    made = secrets.token_urlsafe(24) if token == "auto" else token
    # where it listens on every address there is no telling under which name it is asked; the token guards it
    return Access(hosts=("*",) if host in _ANY and not names else (*LOCAL, host, *names), token=made)


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
    desk.scene()
    shown = f"[{host}]" if ":" in host else host
    query = f"/?token={access.token}" if access.token else "/"
    tell(f"{workspace.file.name} is open at http://{shown}:{port}{query}  (stop with Ctrl-C)")
    config = uvicorn.Config(
        create_app(desk, access), host=host, port=port, log_level="warning", server_header=False, access_log=False
    )
    uvicorn.Server(config).run()


def _is_local(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
