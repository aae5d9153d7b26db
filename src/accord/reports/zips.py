"""Zip archives: the directory at the end is read first, within bounds, then one member after the other."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Iterator
from functools import partial
from typing import IO

from accord.model.report import Skipped
from accord.reports.bounds import Budget, Unpacked
from accord.reports.incoming import Incoming, Refused, Unreadable
from accord.reports.members import hidden, refused, source_of
from accord.reports.spool import seekable

_MOST_DIRECTORY = 48_000_000
"""The largest directory of an archive, in bytes: about half a million members, and ten times that in memory."""

_END, _END_64, _LOCATOR = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_TAIL = 65_536 + 22 + 20


def members(incoming: Incoming, budget: Budget) -> Iterator[Incoming | Skipped]:
    """The files of the archive in its order. Raises Refused for what is no zip, or has too large a directory."""
    with seekable(incoming) as stream:
        try:
            size = stream.seek(0, io.SEEK_END)
            budget.known(size)
            _check_directory(stream, size)
            archive = zipfile.ZipFile(stream)
            infos = archive.infolist()
        except Refused:
            raise
        except Exception as problem:  # of many kinds, on hostile ones
            what = str(problem)[:120] or type(problem).__name__
            raise Refused(
                f"a zip archive must be whole; this one cannot be opened: {what}. Was it cut short?"
            ) from problem
        for info in infos:
            if not info.filename:
                reason = "a member of a zip archive must have a name; one of this has none. Pack it again"
                yield Skipped(source=incoming.source, reason=reason)
                continue
            no = refused(incoming, info.filename, _kind(info))
            if info.is_dir() or (no is None and hidden(info.filename)):
                continue
            name = info.filename.rpartition("/")[2]
            yield no or Incoming(source_of(incoming, info.filename), name, partial(_open, archive, info, budget))


def _open(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> io.BufferedReader:
    try:
        member = archive.open(info)
    except Exception as problem:  # a method of packing that is unknown, a password, a header that lies
        raise Unreadable(
            f"a member of a zip archive must open; this one does not: {str(problem)[:120] or type(problem).__name__}. "
            "Unpack it with another program"
        ) from problem
    return io.BufferedReader(Unpacked(member, budget, "a member of a zip archive"), 1 << 16)


def _kind(info: zipfile.ZipInfo) -> str | None:
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "a link" if stat.S_ISLNK(mode) else "a device or a pipe"
    return "locked with a password" if info.flag_bits & 1 else None


def _check_directory(stream: IO[bytes], size: int) -> None:
    """Raise Refused where the directory is too large to be held: the library would read all of it at once."""
    stream.seek(max(0, size - _TAIL))
    tail = stream.read(_TAIL)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        raise Refused("a zip archive must end with its directory; this one has none. Was it cut short?")
    (directory,) = struct.unpack_from("<I", tail, at + 12)
    locator = tail.rfind(_LOCATOR, 0, at)
    if locator >= 0 and len(tail) >= locator + 16:
        stream.seek(min(struct.unpack_from("<Q", tail, locator + 8)[0], size))
        head = stream.read(56)
        if head.startswith(_END_64) and len(head) == 56:
            directory = max(directory if directory != 0xFFFFFFFF else 0, struct.unpack_from("<Q", head, 40)[0])
    if directory > _MOST_DIRECTORY:
        raise Refused(
            f"a zip archive's directory must not be larger than {_MOST_DIRECTORY:,} bytes; this one's has "
            f"{directory:,}. Split the archive, or pack it as .tar.gz"
        )
    stream.seek(0)
