"""The commands put together, and what happens when one fails: one line that says why, never a traceback."""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from accord.cli import care, compare, compute, edit, explain, look, neighbours, read, serve, token, trace, watch, write
from accord.cli.out import PipeClosed
from accord.errors import AccordError
from accord.publishing.plain import one_line

LEFT_OUT, FAILED, PIPE_CLOSED, BROKEN_OFF = 1, 2, 141, 130

app = typer.Typer(name="accord", rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=False)

_FIRST = """Accord reads the reporting on a peace process into a record in which every line rests on a sentence.

  accord read FOLDER -o NAME.accord    read reports into a record
  accord brief NAME.accord             see where the process stands
  accord --help                        all commands
"""

# Each command with an example of its use, in the order in which one comes to need them
COMMANDS: tuple[tuple[Callable[..., None], str], ...] = (
    (read.read, "accord read dispatches/ -o talks.accord"),
    (watch.watch, "accord watch talks.accord dispatches/ --looks 1"),
    (write.brief, "accord brief talks.accord --html brief.html"),
    (
        look.view("reports", "The reports read, with the numbers of references."),
        "accord reports talks.accord",
    ),
    (look.view("actors", "Who takes part, and who speaks for whom."), "accord actors talks.accord --party NATO"),
    (neighbours.timeline, "accord timeline talks.accord --since 2025-03 --until 2025-05"),
    (
        look.view("statements", "Who is reported to have said what."),
        "accord statements talks.accord --party Odinga --format csv",
    ),
    (
        look.view("positions", "Where each party stands on what, and how firmly."),
        "accord positions talks.accord --issue ceasefire --confidence 0.6",
    ),
    (
        look.view("proposals", "Deals, plans and truces, and what became of them."),
        "accord proposals talks.accord --since 2025",
    ),
    (look.view("levers", "What a party holds over another."), "accord levers talks.accord --party Kenya"),
    (look.view("figures", "The numbers that are claimed, and by whom."), "accord figures talks.accord --report 3"),
    (
        look.view("discrepancies", "Where reports cannot all be true, with every side."),
        "accord discrepancies talks.accord --format json",
    ),
    (trace.changes, "accord changes talks.accord --since 2025-03-12"),
    (trace.history, "accord history talks.accord --party Kenya --shifted"),
    (trace.meetings, "accord meetings talks.accord --party Kenya"),
    (trace.judgements, "accord judgements talks.accord --verdict unsure"),
    (look.search, 'accord search talks.accord "exchange of prisoners"'),
    (look.similar, "accord similar talks.accord 2:14"),
    (look.evidence, "accord evidence talks.accord 2:14"),
    (explain.explain, "accord explain talks.accord 2:14"),
    (compare.readers, "accord readers talks.accord"),
    (compare.compare, "accord compare talks.accord offline llm"),
    (trace.rebuild, "accord rebuild talks.accord"),
    (care.backup, "accord backup talks.accord -o monday.accord"),
    (care.doctor, "accord doctor talks.accord"),
    (write.export, "accord export talks.accord --format json -o talks.json"),
    (compute.table, "accord table talks.accord --at 2025-06-01 --yaml talks.yaml"),
    (
        compute.drawn("zone", "Is there an agreement that nobody must refuse?"),
        "accord zone talks.accord",
    ),
    (
        compute.outcome("blockers", "Which demands together leave no agreement."),
        "accord blockers talks.accord --confidence 0.7",
    ),
    (
        compute.outcome("concessions", "The least concessions that would open a zone."),
        "accord concessions talks.accord --format json",
    ),
    (
        compute.drawn("path", "The cheapest way to an agreement, one concession at a time."),
        "accord path talks.accord --chart path.svg",
    ),
    (
        compute.drawn("solutions", "Which of the possible agreements would be fair."),
        "accord solutions talks.accord --format csv",
    ),
    (compute.forecast, "accord forecast talks.accord --method median --chart forecast.svg"),
    (compute.uncertainty, "accord uncertainty talks.accord --draws 5000"),
    (compute.whatif, 'accord whatif talks.accord --relax "Kenya: seat at the table"'),
    (
        compute.drawn("ripeness", "Was there a moment at which all could have gained?"),
        "accord ripeness talks.accord --since 2025-03",
    ),
    (serve.serve, "accord serve talks.accord"),
)

for _command, _example in COMMANDS:
    app.command(epilog=f"Example: {_example}")(_command)
app.add_typer(edit.group)
app.add_typer(neighbours.group)
app.add_typer(token.group)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"accord {version('accord')}")
        raise typer.Exit()


@app.callback(invoke_without_command=True, epilog="Example: accord read dispatches/ -o talks.accord")
def start(
    context: typer.Context,
    _: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Accord follows a peace process from what is reported about it.

    It keeps a record in which every line rests on an exact sentence, and computes from it where the parties could
    settle.
    """
    if context.invoked_subcommand is None:
        here = sorted(p.name for p in Path().glob("*.accord"))
        typer.echo(_FIRST + (f"\nRecords here: {', '.join(here[:5])}\n" if here else ""), nl=False)


def run(arguments: Sequence[str]) -> int:
    """Run a command line; the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = app(args=list(arguments), prog_name="accord", standalone_mode=False)
        return status if isinstance(status, int) else 0
    except typer.TyperException as problem:
        context = getattr(problem, "ctx", None)
        return _fail(f"{problem.format_message()} (see {context.command_path if context else 'accord'} --help)")
    except AccordError as problem:
        return _fail(str(problem))
    except (KeyboardInterrupt, typer.Abort):
        return BROKEN_OFF
    except PipeClosed:
        # whoever read our output has gone; what Python would still flush at exit goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except OSError as problem:
        return _fail(f"{problem.filename or 'the system'}: {problem.strerror or problem}")
    except Exception as problem:
        if os.environ.get("ACCORD_TRACEBACK"):
            traceback.print_exc()
        return _fail(f"a fault in Accord: {type(problem).__name__}: {problem} (ACCORD_TRACEBACK=1 shows where)")


def _fail(message: str) -> int:
    print(f"accord: {one_line(message)}", file=sys.stderr)
    return FAILED
