"""The reference pages, written from the program itself: the commands from their help, Python from its docstrings.

python docs/make/reference.py           writes docs/reference/commands.md and docs/reference/python.md
python docs/make/reference.py --check   writes nothing; status 1 when a page is not what would be written
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from api import python_page

from accord.cli.app import app

REFERENCE = Path(__file__).resolve().parents[1] / "reference"
COMMON = 5  # an option that so many commands have, in the same words, is told once

Row = tuple[str, str]


def commands_page() -> str:
    """Every command with its arguments, options and example, as its help tells them."""
    commands = list(_commands(typer.main.get_command(app), "accord"))
    counted = Counter(row for _, command, context in commands for row in set(_rows(command, context)))
    common = {row for row, number in counted.items() if number >= COMMON}
    lines = [
        "# Commands",
        "",
        "<!-- Written by docs/make/reference.py from the commands themselves: python3 dev.py docs -->",
        "",
        "Every command ends with status 0 when all was done, 1 when something was left out and said so, 2 when nothing "
        "could be done. `--help` after any of them shows what stands here.",
        "",
        "## What many commands share",
        "",
        *_table(sorted(common)),
    ]
    for path, command, context in commands:
        lines += ["", f"## {path}", "", *_prose(command.help or ""), ""]
        lines += ["```text", " ".join(command.get_usage(context).removeprefix("Usage: ").split()), "```", ""]
        rows = _rows(command, context)
        lines += _table([row for row in rows if row not in common])
        if shared := [f"`{row[0]}`" for row in rows if row in common]:
            lines += ["", f"Shared: {', '.join(shared)}."]
        if command.epilog:
            lines += ["", f"Example: `{command.epilog.removeprefix('Example: ')}`"]
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"


def _commands(command: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    """A command with its path and a context in which to ask it, then those under it."""
    yield path, command, command.context_class(command, info_name=path)
    for name, under in getattr(command, "commands", {}).items():
        yield from _commands(under, f"{path} NAME.accord {name}" if path == "accord edit" else f"{path} {name}")


def _rows(command: Any, context: Any) -> list[Row]:
    found = (parameter.get_help_record(context) for parameter in command.get_params(context))
    return [(str(row[0]).replace("<list[str]>", "").strip(), " ".join(str(row[1]).split())) for row in found if row]


def _table(rows: list[Row]) -> list[str]:
    if not rows:
        return []
    cells = [(f"`{name.replace('|', '/')}`", meaning.replace("|", "/").replace("<", "&lt;")) for name, meaning in rows]
    return ["| | |", "|---|---|", *(f"| {name} | {meaning} |" for name, meaning in cells)]


def _prose(text: str) -> list[str]:
    """A help text with its paragraphs, each on one line; its lines of commands stay lines."""
    return [" ".join(part.split()) for paragraph in text.split("\n\n") for part in (paragraph, "")][:-1]


PAGES = {"commands.md": commands_page, "python.md": python_page}


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check say which of them are stale."""
    stale = []
    for name, make in PAGES.items():
        page, text = REFERENCE / name, make()
        if not page.exists() or page.read_text(encoding="utf-8") != text:
            stale.append(f"docs/reference/{name}")
            if "--check" not in arguments:
                page.write_text(text, encoding="utf-8")
    if "--check" not in arguments:
        print(f"written anew: {', '.join(stale) or 'nothing, all was fresh'}")
        return 0
    if stale:
        print(f"{' and '.join(stale)} must be what the program says now; write them with: python3 dev.py docs")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
