"""Files in which one must be able to go back and forth, where what came in only goes forth."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from accord.reports.incoming import Incoming, Refused, why

_CHUNK = 1 << 20
_IN_MEMORY = 16_000_000
_MOST = 8_000_000_000
"""The largest file within an archive that is copied to the disk to be read, in bytes."""


@contextmanager
def seekable(incoming: Incoming) -> Iterator[IO[bytes]]:
    """The file as it is, or copied to where one can go back: memory, or the disk when it is large.

    Raises Refused where it is too large for that or cannot be read.
    """
    with incoming.open() as stream:
        if stream.seekable():
            yield stream
            return
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as copy:
            try:
                _copy(stream, copy)
            except OSError as problem:
                raise Refused(why(problem)) from problem
            copy.seek(0)
            yield copy


def _copy(stream: io.BufferedReader, copy: IO[bytes]) -> None:
    size = 0
    while piece := stream.read(_CHUNK):
        size += copy.write(piece)
        if size > _MOST:
            raise Refused(
                f"a table or archive within another must not be larger than {_MOST:,} bytes; this one is. Unpack it"
            )
