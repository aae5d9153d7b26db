"""The command that opens the workbench in the browser."""

from __future__ import annotations

from typing import Annotated

import typer

from accord.cli import options as o
from accord.cli.out import note, the_record
from accord.errors import AccordError


class ServeError(AccordError, RuntimeError):
    """The workbench cannot be served."""


def serve(
    record: o.RecordPath = None,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; others than this machine need --token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8321,
    token: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Ask for this token (at least 16 characters); auto makes one.")
    ] = None,
    name: Annotated[
        list[str] | None, typer.Option(metavar="HOST", help="A further name by which it is reached, as behind a proxy.")
    ] = None,
) -> None:
    """Open the workbench in the browser."""
    with the_record(record) as ws:
        try:
            from accord.web.server import access_for, serve
        except ModuleNotFoundError as problem:
            raise ServeError(
                f"serve needs the extra web ({problem.name} is missing): pip install 'accord[web]'"
            ) from None
        serve(ws, host=host, port=port, access=access_for(host, token, tuple(name or ())), tell=note)
