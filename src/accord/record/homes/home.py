"""What a home of a record must offer."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from accord.errors import RecordError


class Lock(Protocol):
    """Something that only one process has at a time. It is let go of when that process ends, however it ends."""

    def take(self) -> bool:
        """Take it; False where another process has it. Raises RecordError where that cannot be told."""
        ...

    def keep(self) -> bool:
        """Whether it is still held, or could be taken again where it had been lost; False where another process has it.

        Raises RecordError where that cannot be told.
        """
        ...

    def release(self) -> None:
        """Let go of it."""
        ...


class Home(Protocol):
    """One kind of place. Connections come from the engine; `begin` starts each transaction."""

    def engine(self, *, create: bool) -> sa.Engine:
        """Connections to the record. Raises RecordError where there cannot be a record at this place."""
        ...

    def begin(self, connection: sa.Connection, *, write: bool) -> None:
        """Start a transaction: one that sees one state of the record, or, to write, one that has it for itself."""
        ...

    def wrote(self, connection: sa.Connection) -> None:
        """Called at the end of a transaction that wrote, within it."""
        ...

    def is_empty(self, connection: sa.Connection) -> bool:
        """Whether nothing is there yet."""
        ...

    def is_record(self, connection: sa.Connection) -> bool:
        """Whether what is there is a record, and not some other program's."""
        ...

    def make(self, connection: sa.Connection) -> None:
        """Make room for a record where nothing is there yet."""
        ...

    def version(self, connection: sa.Connection) -> int:
        """How many migrations the record has had; 0 where there is none."""
        ...

    def note_version(self, connection: sa.Connection, number: int) -> None:
        """Note that the record has had so many migrations."""
        ...

    def said(self, problem: DBAPIError) -> RecordError:
        """What a user can do about a failure of the database."""
        ...

    def stamp(self, engine: sa.Engine) -> Hashable:
        """Something that is another whenever somebody has written to the record."""
        ...

    def exists(self) -> bool:
        """Whether there is a record at this place, or at least a file."""
        ...

    def watching(self) -> Lock:
        """The lock that a watcher holds while it adds to the record."""
        ...
