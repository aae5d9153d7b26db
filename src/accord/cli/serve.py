"""The command that opens the workbench in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from accord.cli import options as o
from accord.cli.out import note, the_record
from accord.errors import AccordError


class ServeError(AccordError, RuntimeError):
    """The workbench cannot be served."""


Folder = Annotated[
    Path | None,
    typer.Option(
        "--access", metavar="FOLDER", help="Where tokens and audit log are; else NAME.accord-access, beside the record."
    ),
]


def serve(
    record: o.RecordPath = None,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; others than this machine need tokens.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8321,
    token: Annotated[
        str | None,
        typer.Option(metavar="WORDS", help="Ask all for this one token (at least 16 characters); auto makes one."),
    ] = None,
    name: Annotated[
        list[str] | None, typer.Option(metavar="HOST", help="A further name by which it is reached, as behind a proxy.")
    ] = None,
    proxy: Annotated[
        list[str] | None,
        typer.Option(metavar="ADDRESS", help="A proxy, or network of them, whose X-Forwarded headers are believed."),
    ] = None,
    access: Folder = None,
    people: Annotated[
        bool,
        typer.Option("--people/--no-people", help="Ask for the tokens that `accord token` made, where there are any."),
    ] = True,
    audit: Annotated[
        bool, typer.Option("--audit-reads", help="Tell in the audit log also of what is only looked at.")
    ] = False,
) -> None:
    """Open the workbench in the browser."""
    with the_record(record) as ws:
        try:
            from accord.web.access.tokens import TokenFile, folder_of
            from accord.web.server import access_for, serve
        except ModuleNotFoundError as problem:
            raise lacking("serve", problem) from None
        kept = TokenFile(access or folder_of(ws.file))
        if access is not None and people and not kept.every():
            raise ServeError(f"serve: {kept.path} has no tokens; make one: accord token {ws.file.name} add NAME ...")
        allowed = access_for(
            host,
            token,
            tuple(name or ()),
            tokens=kept,
            people=people,
            proxies=proxy or (),
            every=audit,
        )
        serve(ws, host=host, port=port, access=allowed, tell=note)


def lacking(command: str, problem: ModuleNotFoundError) -> ServeError:
    """What to say where the libraries for serving are not there."""
    return ServeError(f"{command} needs the extra web ({problem.name} is missing): pip install 'accord[web]'")
