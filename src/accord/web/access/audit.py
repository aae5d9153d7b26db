"""The audit log: who did what, when, from where, and how it ended. One line of JSON each, only ever added to.

No token, no query and no text stands in it: a request is told by its route ("GET /search"), or by its path where it was
refused before it came to one; what was corrected, by the id of the edit, which the log of edits explains.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from accord.errors import AccessError
from accord.web.access.limits import Buckets, Rate

Outcome = Literal["done", "refused", "failed"]
_BLOCK = 65_536
_FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line. `who` is the name of a token's holder, `token` its id; neither where nobody was let in.

    `does` is the route, `outcome` says whether it was done, refused to this asker, or failed; `about` names what was
    written, by ids.
    """

    at: str
    who: str = ""
    token: str = ""
    role: str = ""
    address: str = ""
    does: str
    status: int
    outcome: Outcome
    about: dict[str, str] = msgspec.field(default_factory=dict)


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Some lines of the log, the last first, whether there are earlier ones, and how many could not be read."""

    entries: tuple[Entry, ...]
    more: bool
    broken: int


class Audit:
    """The log as a file. It is opened anew for each line, so that it may be renamed away at any time (logrotate)."""

    def __init__(self, path: Path, *, every: bool = False) -> None:
        self.path = path
        self.every = every
        self._lock = threading.Lock()
        self._refusals = Buckets({"look": Rate(30, 60.0)})

    def repeats(self, asker: str) -> bool:
        """Whether so many refusals of one asker were told that one more would only fill the disk."""
        return bool(self._refusals.take("look", asker))

    def ready(self) -> None:
        """Make sure that a line can be added. Raises AccessError where none can."""
        try:
            self.path.parent.mkdir(mode=0o700, exist_ok=True)
            os.close(os.open(self.path, _FLAGS, 0o600))
        except OSError as problem:
            raise AccessError(
                f"{self.path}: the audit log cannot be written: {problem.strerror or problem}. Nothing is written to "
                "the record while that is so"
            ) from problem

    def add(self, entry: Entry) -> None:
        """Add a line. Raises AccessError where the system does not take it."""
        line = msgspec.json.encode(entry) + b"\n"
        try:
            with self._lock:
                handle = os.open(self.path, _FLAGS, 0o600)
                try:
                    # one write of a whole line, at the end: lines of two processes do not mix
                    if os.write(handle, line) != len(line):
                        raise OSError("only a part of the line was written")
                finally:
                    os.close(handle)
        except OSError as problem:
            raise AccessError(
                f"{self.path}: the audit log cannot be written: {problem.strerror or problem}"
            ) from problem

    def last(self, *, limit: int, offset: int = 0, who: str = "", outcome: str = "") -> Page:
        """The last lines, of one holder or of one outcome where that is asked. Raises AccessError."""
        found: list[Entry] = []
        broken = passed = 0
        for line in self._backwards():
            try:
                entry = msgspec.json.decode(line, type=Entry)
            except (msgspec.DecodeError, UnicodeDecodeError):
                broken += 1
                continue
            if (who and entry.who != who) or (outcome and entry.outcome != outcome):
                continue
            passed += 1
            if passed <= offset:
                continue
            if len(found) == limit:
                return Page(entries=tuple(found), more=True, broken=broken)
            found.append(entry)
        return Page(entries=tuple(found), more=False, broken=broken)

    def _backwards(self) -> Iterator[bytes]:
        """The lines of the file from its end, without reading all of it."""
        try:
            with self.path.open("rb") as file:
                at, rest = file.seek(0, os.SEEK_END), b""
                while at > 0:
                    start = max(0, at - _BLOCK)
                    file.seek(start)
                    lines = (file.read(at - start) + rest).split(b"\n")
                    rest, at = lines[0], start
                    yield from (line for line in reversed(lines[1:]) if line)
                if rest:
                    yield rest
        except FileNotFoundError:
            return
        except OSError as problem:
            raise AccessError(f"{self.path}: cannot be read: {problem.strerror or problem}") from problem


def now() -> str:
    """The time of a line, in UTC to the millisecond."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
