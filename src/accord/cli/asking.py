"""What `accord read` shows when a model is asked: the plan beforehand, the account afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from accord.cli.out import note, say
from accord.publishing.plain import one_line
from accord.workbench import Workspace
from accord.workbench.readers import asking, make_reader

if TYPE_CHECKING:
    from accord.model.reading import Reader

DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what a model would be asked, and what it may cost; ask nothing.")
]
Tokens = Annotated[
    int | None,
    typer.Option("--budget-tokens", min=1, metavar="N", help="Ask a model for no more tokens, in and out together."),
]
Seconds = Annotated[
    float | None, typer.Option("--budget-seconds", min=0.001, metavar="N", help="Ask a model for no longer than this.")
]


def chosen(name: str, tokens: int | None, seconds: float | None) -> str | Reader:
    """Who reads: a reader that asks a model, with its budget, or the name of one that does not."""
    if name == "offline" and tokens is None and seconds is None:
        return name
    return make_reader(name, tokens=tokens, seconds=seconds)


@contextmanager
def accounted(reader: str | Reader) -> Iterator[None]:
    """Say at the end, however it comes, what a model was asked and what of its answers was kept."""
    try:
        yield
    finally:
        model = None if isinstance(reader, str) else asking(reader)
        for line in model.told() if model else ():
            note(one_line(line))


def tell_plan(ws: Workspace, paths: list[str], reader: str | Reader, **intake: Any) -> None:
    """Print what reading would ask. Raises ReadingError where it asks nobody."""
    plan = ws.plan(paths, reader=make_reader(reader) if isinstance(reader, str) else reader, **intake)
    say("".join(f"{one_line(line)}\n" for line in plan.lines()))
