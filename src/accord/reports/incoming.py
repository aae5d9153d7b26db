"""What comes in, before anybody knows its format: a name, a way to open it, and how much of it may be taken."""

from __future__ import annotations

import io
from collections.abc import Callable

import msgspec

from accord.errors import ReportError
from accord.reports.gate import Gate

MOST_BYTES = 16_000_000
"""The largest file that is read as one report. Tables (JSONL, CSV) may be of any size: they are streamed."""

MOST_CHARACTERS = 1_000_000
"""The longest text of one report, about a thick book; also the parser's own limit."""

MOST_LINE = 8_000_000
"""The longest line or row of a table, in characters: a longest text, were every character of it escaped."""


class Refused(ReportError):
    """Why something that came in is not read. `line` is where in it, counted from 1, if it is one place."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


class Unreadable(OSError):
    """Why a stream cannot be read on, in words that `why` gives as they are."""


class Incoming(msgspec.Struct, frozen=True):
    """Something to read: `source` as reports will name it, `name` the bare file name ("" if it has none).

    `columns` maps fields to the plain names of the columns that a table has for them, where the user said so. `gate`,
    where there is one, is asked before a page of an archive of pages is taken apart.
    """

    source: str
    name: str
    opener: Callable[[], io.BufferedReader]
    columns: tuple[tuple[str, str], ...] = ()
    gate: Gate | None = None

    def open(self) -> io.BufferedReader:
        """The bytes as a stream. Raises Refused where the system refuses them."""
        try:
            return self.opener()
        except OSError as problem:
            raise Refused(why(problem)) from problem

    def all(self) -> bytes:
        """Every byte. Raises Refused where there are more than MOST_BYTES, or they cannot be had."""
        with self.open() as stream:
            try:
                raw = stream.read(MOST_BYTES + 1)
            except OSError as problem:
                raise Refused(why(problem)) from problem
        if len(raw) > MOST_BYTES:
            raise Refused(
                f"a file that is one report must not be larger than {MOST_BYTES:,} bytes; this one is. "
                "Split it into its reports, or put them in a JSONL or CSV file, one a row"
            )
        return raw


def why(problem: OSError) -> str:
    """A system's refusal in words, with what to do."""
    if isinstance(problem, Unreadable):
        return str(problem)
    if isinstance(problem, FileNotFoundError):
        return "there must be a file or folder of this name; there is none. Check the path"
    if isinstance(problem, PermissionError):
        return "the file must be readable by you; the system denies it. Change its permissions, or leave it out"
    return f"the file must be readable; the system says: {problem.strerror or problem}. Copy it elsewhere and try again"
