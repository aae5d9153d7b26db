"""From what the user names to the files to be read: folders with all they hold, in the order of names."""

from __future__ import annotations

import glob
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from accord.model.report import Skipped
from accord.reports.incoming import MOST_BYTES, Incoming, why
from accord.reports.remote import is_address, opened

_RECORDS = (".accord", ".accord-wal", ".accord-shm", ".accord-journal", ".accord.lock", ".accord.parts")
_ADDRESS = (
    "a path must be a file or folder on this machine; this is an address. Save the page, or read what it leads to "
    "with --remote"
)


def walk(paths: Iterable[Path | str | Incoming], *, remote: bool = False) -> Iterator[Incoming | Skipped]:
    """Every file under the paths, each once named as the user would; "-" is the standard input.

    A name with *, ? or [ that is no file stands for all that it fits, ** for folders at any depth. Addresses are opened
    where `remote`. Within a folder hidden files and records are passed over. A path that leads nowhere, a folder that
    holds nothing to read and what is neither file nor folder come as Skipped.
    """
    for path in paths:
        if isinstance(path, Incoming):
            yield path
        elif str(path) == "-":
            yield Incoming("standard input", "", _standard_input)
        elif is_address(str(path)):
            yield from opened(str(path)) if remote else (_skipped(str(path), _ADDRESS),)
        elif glob.has_magic(str(path)) and not os.path.lexists(path):
            yield from _fitting(path)
        else:
            yield from _named(Path(path))


def _fitting(pattern: Path | str) -> Iterator[Incoming | Skipped]:
    """What the names lead to that a pattern fits, in their order."""
    try:
        names = sorted(glob.iglob(str(pattern), recursive=True))
    except (OSError, ValueError, re.error) as problem:
        yield _skipped(str(pattern), f"a pattern must be one for names of files; {problem}. Quote or correct it")
        return
    if not names:
        yield _skipped(str(pattern), "a pattern must fit the names of some files; this one fits none. Check the path")
    deep = "**" in str(pattern)
    for name in names:
        if not (deep and os.path.isdir(name)):  # its files come by themselves
            yield from _named(Path(name))


def _named(path: Path) -> Iterator[Incoming | Skipped]:
    """What one path given by the user leads to."""
    source = _source(path)
    if os.path.isdir(path):
        empty = True
        for found in _folder(path, (os.path.realpath(path),)):
            empty = False
            yield found
        if empty:
            yield _skipped(
                source,
                "a folder must hold reports; this one holds none. Put text, Markdown, HTML, JSONL or CSV files in it",
            )
    elif path.name.endswith(_RECORDS):
        yield _skipped(
            source, "a report must be a text; this is a record made by Accord. Open it with the other commands"
        )
    else:
        yield _file(path)


def _folder(folder: Path, above: tuple[str, ...]) -> Iterator[Incoming | Skipped]:
    """Everything in a folder by name; `above` are the real paths of the folders that lead here."""
    try:
        names = sorted(os.listdir(folder))
    except OSError as problem:
        yield _skipped(_source(folder), why(problem))
        return
    for name in names:
        path = folder / name
        if name.startswith(".") or name.endswith(_RECORDS):
            continue
        if not os.path.isdir(path):
            yield _file(path)
            continue
        real = os.path.realpath(path)
        if real in above:
            yield _skipped(_source(path), "a folder must not lead back into itself; this link does. Remove the link")
        else:
            yield from _folder(path, (*above, real))


def _file(path: Path) -> Incoming | Skipped:
    source = _source(path)
    try:
        if path.is_file():
            return Incoming(source, path.name, lambda: open(path, "rb"))
        path.stat()
    except FileNotFoundError as problem:
        if path.is_symlink():
            return _skipped(source, "a link must lead to a file; this one leads nowhere. Mend or remove it")
        return _skipped(source, why(problem))
    except (OSError, ValueError) as problem:
        return _skipped(source, why(problem) if isinstance(problem, OSError) else f"a path must be one; {problem}")
    return _skipped(
        source, "a report must be a regular file; this is a device, a pipe or a socket. Copy its content to a file"
    )


def _source(path: Path) -> str:
    """The path as reports will name it: as the user gave it, with forward slashes, whatever its bytes."""
    return _shown(path.as_posix())


def _shown(path: str) -> str:
    """A path as text, also where its bytes are none."""
    try:
        return os.fsencode(path).decode("utf-8", "replace")
    except UnicodeEncodeError:  # no path of this system, whoever made it
        return path.encode("utf-8", "replace").decode()


def _skipped(source: str, reason: str) -> Skipped:
    return Skipped(source=_shown(source), reason=_shown(reason))


def _standard_input() -> io.BufferedReader:
    return io.BufferedReader(io.BytesIO(sys.stdin.buffer.read(MOST_BYTES + 1)))
