"""The lines of a file of many reports, one at a time, however large the file: no line takes more than its limit."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

from accord.reports.decode import decode, encoding_of
from accord.reports.incoming import MOST_LINE, Incoming, Refused, why

_HEAD = 65_536
_STRAY = re.compile("[\udc80-\udcff]")  # what a byte that is not in the encoding becomes until its line is asked for


class Lines:
    """An iterator over the lines of a text stream, line ends kept; `number` is the one given last, from 1.

    A line that cannot be given raises Refused with its number, and the next call goes on behind it.
    What may be taken between two calls of `refill` is bounded: a row may run over many lines.
    """

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self.number = 0
        self._budget = MOST_LINE
        self._stream = stream
        self._over = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._take(self._budget + 1)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) > self._budget:
            while line and not line.endswith(("\n", "\r")):
                line = self._take(_HEAD)
            self.refill()
            raise Refused(
                f"a line, or a row over several lines, must not be longer than {MOST_LINE:,} characters; this one is. "
                "Split the report, or close the quotation mark that holds the row open",
                self.number,
            )
        self._budget -= len(line)
        return self._mended(line) if not line.isascii() and _STRAY.search(line) else line

    def refill(self) -> None:
        """Begin a new row: the whole budget is there again."""
        self._budget = MOST_LINE

    def _take(self, most: int) -> str:
        """The next line, or as much of it; after a failure there is nothing more to take."""
        if self._over:
            return ""
        try:
            return self._stream.readline(most)
        except OSError as problem:
            self._over = True
            raise Refused(why(problem), self.number + 1) from problem
        except UnicodeError as problem:
            self._over = True
            raise Refused(
                f"the file begins as {self._stream.encoding.upper()} text, so all of it must be; this line and "
                "what follows it are not. Save the file again as UTF-8",
                self.number + 1,
            ) from problem

    def _mended(self, line: str) -> str:
        """A line with bytes outside the file's encoding, decoded by itself. Raises Refused where that fails too."""
        try:
            return decode(line.encode(self._stream.encoding, "surrogateescape")).text
        except (Refused, UnicodeError) as problem:
            raise Refused(
                "a line must be in an encoding that can be told; this one has bytes that fit none. "
                "Save the file again as UTF-8",
                self.number,
            ) from problem


@contextmanager
def lines_of(incoming: Incoming, newline: str) -> Iterator[Lines]:
    """The lines of a file, decoded as its beginning suggests. Raises Refused for what is no text.

    `newline` is as for the built-in `open`: "" where a line may end in any way, "\\n" where only so.
    """
    with incoming.open() as stream:
        try:
            encoding = encoding_of(stream.peek(_HEAD))
        except OSError as problem:
            raise Refused(why(problem)) from problem
        with io.TextIOWrapper(stream, encoding, errors="surrogateescape", newline=newline) as text:
            yield Lines(text)
