"""The pages of a SQLite file as they lie on the disk, with those of its write-ahead log laid over them.

Nothing here asks SQLite, so that a file can be read whose header or trees are damaged. The formats are those of
https://www.sqlite.org/fileformat2.html, sections 1.3 and 4.
"""

from __future__ import annotations

import mmap
import struct
from array import array
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

_USUAL = 4096
_HEADER, _FRAME = 32, 24
_LITTLE, _BIG = 0x377F0682, 0x377F0683


class Pages:
    """The pages of one file by number, counted from 1. Use it in a `with` block.

    `log_fault` says where the log stops being as it was written, if it does before its end.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._raw: mmap.mmap | bytes = b""
        if path.stat().st_size:
            self._raw = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        self.size = _page_size(self._raw)
        self.usable = self.size - (self._raw[20] if len(self._raw) > 20 and self._raw[20] <= 32 else 0)
        self.log_fault: str | None = None
        self._log = b""
        self._over: dict[int, int] = {}
        log = path.with_name(f"{path.name}-wal")
        if log.exists():
            self._log = log.read_bytes()
            self._lay_over()

    def __enter__(self) -> Pages:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if isinstance(self._raw, mmap.mmap):
            self._raw.close()
        self._file.close()

    def __len__(self) -> int:
        return max((*self._over, -(-len(self._raw) // self.size)), default=0)

    def __iter__(self) -> Iterator[int]:
        return iter(range(1, len(self) + 1))

    def __getitem__(self, number: int) -> bytes:
        """The bytes of a page; fewer, or none, where the file ends before."""
        at = self._over.get(number)
        if at is not None:
            return self._log[at : at + self.size]
        return bytes(self._raw[(number - 1) * self.size : number * self.size])

    def _lay_over(self) -> None:
        """Take from the log what was committed: frames up to the last commit whose checksums hold."""
        log = self._log
        if len(log) < _HEADER:
            return
        magic, _, size, _, *salts = struct.unpack(">6I", log[:24])
        order = {_LITTLE: "<", _BIG: ">"}.get(magic)
        sums = _sums(log[:24], (0, 0), order or ">")
        if order is None or size != self.size or sums != struct.unpack(">2I", log[24:32]):
            self.log_fault = "its header"
            return
        some: dict[int, int] = {}
        for number, at in enumerate(range(_HEADER, len(log) - _FRAME - size + 1, _FRAME + size), start=1):
            page, pages, *rest = struct.unpack(">6I", log[at : at + _FRAME])
            if rest[:2] != salts:
                return  # of an earlier time: a log is written over from its beginning
            body = log[at + _FRAME : at + _FRAME + size]
            sums = _sums(body, _sums(log[at : at + 8], sums, order), order)
            if sums != tuple(rest[2:]):
                self.log_fault = f"frame {number}"
                return
            some[page] = at + _FRAME
            if pages:
                self._over.update(some)
                some.clear()


def _page_size(raw: mmap.mmap | bytes) -> int:
    """As the header says; the usual one where that cannot be."""
    said = int.from_bytes(raw[16:18], "big")
    size = 65536 if said == 1 else said
    whole = 512 <= size <= 65536 and not size & (size - 1) and len(raw) % size == 0
    return size if whole else _USUAL


def _sums(piece: bytes, sums: tuple[int, ...], order: str) -> tuple[int, int]:
    """The log's running checksum over a piece of it."""
    words = array("I", struct.pack(f"={len(piece) // 4}I", *struct.unpack(f"{order}{len(piece) // 4}I", piece)))
    one, two = sums
    for i in range(0, len(words), 2):
        one = (one + words[i] + two) & 0xFFFFFFFF
        two = (two + words[i + 1] + one) & 0xFFFFFFFF
    return one, two
