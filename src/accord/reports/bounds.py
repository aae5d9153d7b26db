"""How much may come out of what is packed, against files made to fill all memory or to never end."""

from __future__ import annotations

import io
import os
from typing import Protocol

from accord.reports.incoming import Unreadable

FREE = 64_000_000
"""What may come out of any packed file, in bytes."""

MOST_RATIO = 200
"""How many times its own size may come out of a larger one. Text packs to a tenth, at best to a hundredth."""


class Readable(Protocol):
    """What unpackers give: something that can be read."""

    def read(self, size: int = ..., /) -> bytes:
        """The next bytes, at most so many; none at the end."""
        ...


class Budget:
    """What one file that came in may unpack to, all layers and members together."""

    def __init__(self) -> None:
        self.size = 0
        self.given = 0
        self._known = False

    def source(self, stream: io.BufferedReader) -> Readable:
        """The stream, the outermost of which tells the size: by the file system, else by what has been read of it."""
        if self._known:
            return stream
        self._known = True
        try:
            self.size = os.fstat(stream.fileno()).st_size
            return stream
        except (OSError, AttributeError, io.UnsupportedOperation):
            return _Counted(stream, self)

    def known(self, size: int) -> None:
        """Take this for the size where no stream has told one yet."""
        if not self._known:
            self._known, self.size = True, size

    def give(self, count: int) -> None:
        """Note bytes that came out. Raises Unreadable when they are too many."""
        self.given += count
        if self.given > FREE + MOST_RATIO * self.size:
            raise Unreadable(
                f"a packed file must not unpack to more than {FREE:,} bytes and {MOST_RATIO} times its size; this one, "
                f"of {self.size:,} bytes, does. If it is meant to, unpack it and read what is in it"
            )


class _Counted:
    """A packed stream of unknown size."""

    def __init__(self, stream: io.BufferedReader, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def read(self, size: int = -1, /) -> bytes:
        piece = self._stream.read(size)
        self._budget.size += len(piece)
        return piece


class Unpacked(io.RawIOBase):
    """What comes out of an unpacker, counted against the budget; whatever the unpacker raises is one kind of error.

    While `allowance` is a number, no more than so many bytes come out before it is set anew.
    """

    def __init__(self, unpacker: Readable, budget: Budget, kind: str, *, over: io.IOBase | None = None) -> None:
        self.allowance: int | None = None
        self._over = over
        # what is there before a fault comes out before the fault is told
        self._read = getattr(unpacker, "read1", unpacker.read)
        self._budget = budget
        self._kind = kind

    def readable(self) -> bool:
        """It is."""
        return True

    def close(self) -> None:
        """Close the stream that the unpacker reads, where it was said."""
        if self._over is not None:
            self._over.close()
        super().close()

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Fill the buffer, or part of it. Raises Unreadable when the bytes are broken or too many."""
        try:
            piece = self._read(len(buffer))
        except Unreadable:
            raise
        except Exception as problem:  # decompressors each have errors of their own, and some have several
            raise Unreadable(
                f"{self._kind} must be whole; it cannot be unpacked: {str(problem)[:120] or type(problem).__name__}. "
                "Was the file cut short, or does it need a password?"
            ) from problem
        if self.allowance is not None:
            self.allowance -= len(piece)
            if self.allowance < 0:
                raise Unreadable(f"{self._kind} must have short headers; this one's are too long. Pack it again")
        self._budget.give(len(piece))
        buffer[: len(piece)] = piece
        return len(piece)
