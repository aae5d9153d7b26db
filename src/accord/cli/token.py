"""`accord token`: who may open a record that is served, and what they may do there."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from accord.cli import options as o
from accord.cli.out import note, say, the_record
from accord.cli.serve import Folder, lacking
from accord.errors import AccessError

if TYPE_CHECKING:
    from accord.web.access.tokens import TokenFile

group = typer.Typer(name="token", rich_markup_mode=None, pretty_exceptions_enable=False)


@group.callback(
    invoke_without_command=True, epilog="Example: accord token talks.accord add Ada --role correct --until 2027-03-31"
)
def token(context: typer.Context, record: o.RecordPath = None, access: Folder = None) -> None:
    """Give people tokens for a record that is served, and take them back.

    After the record comes what to do: accord token NAME.accord add NAME --role read. Tokens are kept as digests in a
    folder beside the record; `accord serve` asks for them wherever there are any.
    """
    with the_record(record) as ws:
        try:
            from accord.web.access.tokens import TokenFile, folder_of
        except ModuleNotFoundError as problem:
            raise lacking("token", problem) from None
        context.obj = TokenFile(access or folder_of(ws.file))
    if context.invoked_subcommand is None:
        raise AccessError(f"say what to do: accord token {record} {' | '.join(name for name, *_ in ACTIONS)}")


def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who gets it; their corrections are signed so.")],
    role: Annotated[
        str, typer.Option("--role", metavar="ROLE", help="read, correct (and read) or administer (and correct).")
    ],
    until: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help="The last day on which it opens, in UTC.")
    ] = None,
    remark: Annotated[str, typer.Option("--note", metavar="WORDS", help="What it is for.")] = "",
) -> None:
    """Make a token and print it, once: only a digest is kept."""
    file: TokenFile = context.obj
    made, text = file.add(name, role, expires=until, note=remark)
    ends = f" up to {made.expires}" if made.expires else ""
    note(f"{made.id}: {made.name} may {made.role}{ends}. This is shown once; only its digest is kept in {file.path}")
    say(text + "\n")


def listing(context: typer.Context) -> None:
    """List the tokens: who holds them, with which role, and whether they open."""
    file: TokenFile = context.obj
    now = dt.datetime.now(dt.UTC)
    every = file.every()
    if not every:
        note(f"There are no tokens in {file.folder}")
    for one in every:
        until = f"until {one.expires}" if one.expires else "without end"
        words = [one.id, one.role.ljust(10), one.state(now).ljust(8), one.made[:10], until, one.name]
        say("  ".join(words) + (f"  ({one.note})" if one.note else "") + "\n")


def revoke(
    context: typer.Context,
    which: Annotated[str, typer.Argument(metavar="NAME|ID", help="One token by its id, or all of a name.")],
) -> None:
    """Take tokens back. A server that runs refuses them from the next request on, and their sessions with them."""
    file: TokenFile = context.obj
    for one in file.revoke(which):
        note(f"{one.id} of {one.name} opens nothing any more.")


ACTIONS = (
    ("add", add, "accord token talks.accord add Ada --role correct --until 2027-03-31"),
    ("list", listing, "accord token talks.accord list"),
    ("revoke", revoke, "accord token talks.accord revoke Ada"),
)

for _name, _action, _example in ACTIONS:
    group.command(_name, epilog=f"Example: {_example}")(_action)
