"""Tar archives, read as a stream from front to end."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from typing import IO, cast

from accord.model.report import Skipped
from accord.reports.bounds import Budget, Unpacked
from accord.reports.incoming import Incoming, Refused, why
from accord.reports.members import MOST_MEMBERS, hidden, refused, source_of

_MOST_HEADER = 4_000_000
_CHUNK = 1 << 20
_BROKEN = "a tar archive must be whole; this one breaks off: {}. What came before was read"


def members(incoming: Incoming, budget: Budget) -> Iterator[Incoming | Skipped]:
    """The files of the archive, each to be read before the next is asked for. Raises Refused for what is no tar."""
    with incoming.open() as stream:
        whole = Unpacked(budget.source(stream), budget, "a tar archive")
        whole.allowance = _MOST_HEADER
        try:
            with tarfile.open(fileobj=cast("IO[bytes]", whole), mode="r|", errorlevel=0) as archive:
                yield from _members(archive, whole, incoming, budget)
        except (tarfile.TarError, EOFError, ValueError, OverflowError, MemoryError) as problem:
            raise Refused(_BROKEN.format(str(problem)[:120] or type(problem).__name__)) from problem
        except OSError as problem:
            raise Refused(why(problem)) from problem


def _members(
    archive: tarfile.TarFile, whole: Unpacked, incoming: Incoming, budget: Budget
) -> Iterator[Incoming | Skipped]:
    for _ in range(MOST_MEMBERS):
        whole.allowance = _MOST_HEADER
        member = archive.next()
        archive.members = []  # type: ignore[attr-defined]  # it would keep every one
        if member is None:
            return
        problem = refused(incoming, member.name, None if member.isreg() else _kind(member))
        whole.allowance = None
        if member.isdir() or (problem is None and hidden(member.name)):
            pass
        elif problem:
            yield problem
        elif (content := archive.extractfile(member)) is not None:
            # counted again, since a sparse file gives out what it does not hold
            stream = io.BufferedReader(Unpacked(content, budget, "a member of a tar archive"))
            yield Incoming(source_of(incoming, member.name), member.name.rpartition("/")[2], lambda s=stream: s)  # type: ignore[misc]
        _drain(archive, member, whole)
    yield Skipped(
        source=incoming.source,
        reason=f"an archive must not have more than {MOST_MEMBERS:,} members; this one has. The others were not read",
    )


def _drain(archive: tarfile.TarFile, member: tarfile.TarInfo, whole: Unpacked) -> None:
    """Read past what is left of a member, so that the next header is all that comes out next."""
    whole.allowance = None
    behind = archive.offset
    position = archive.fileobj.tell() if archive.fileobj else behind
    while archive.fileobj and position < behind:
        piece = archive.fileobj.read(min(_CHUNK, behind - position))
        if not piece:
            return
        position += len(piece)


def _kind(member: tarfile.TarInfo) -> str:
    if member.issym() or member.islnk():
        return f"a link, to {member.linkname[:80]!r}"
    return "a sparse file" if member.issparse() else "a device or a pipe"
