"""Files at addresses: of object stores (s3, gs), of web servers, of whatever fsspec knows. Only where the user asks."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from typing import Any, cast

from accord.model.report import Skipped
from accord.reports.extras import needs
from accord.reports.incoming import Incoming, Refused, Unreadable

_MOST_FILES = 1_000_000
_REFUSED = (
    "an address must lead to a file that can be opened; {} fails with {}: {}. Check the address and your access to it; "
    "the protocol may need a package of its own, such as s3fs, gcsfs or aiohttp"
)


def is_address(path: str) -> bool:
    """Whether a path is an address: a protocol, "://" and the rest."""
    protocol, found, _ = path.partition("://")
    return bool(found) and protocol.replace("+", "").replace("-", "").replace(":", "").isalnum()


def opened(address: str) -> Iterator[Incoming | Skipped]:
    """The file at the address; for a pattern or a folder of an object store, all files there in the order of names."""
    try:
        fsspec = needs("fsspec", "remote", "files at addresses")
        files, path = fsspec.core.url_to_fs(address)
        for name in _names(files, path):
            source = address if name == path else f"{address.partition('://')[0]}://{name.lstrip('/')}"
            bare = name.partition("?")[0] if "://" in name else name
            yield Incoming(source, bare.rstrip("/").rpartition("/")[2], partial(_open, files, name))
    except Refused as problem:
        yield Skipped(source=address, reason=problem.reason)
    except Exception as problem:  # of whichever library speaks the protocol
        yield Skipped(source=address, reason=_why(problem))


def _names(files: Any, path: str) -> list[str]:
    if any(sign in path for sign in "*[") or (not path.startswith("http") and files.isdir(path)):
        found = sorted(files.glob(path) if any(sign in path for sign in "*[") else files.find(path))
        if not found:
            raise Refused("a pattern or folder must have files; this one has none. Check the address")
        return [name for name in found if not files.isdir(name)][:_MOST_FILES]
    return [path]


def _open(files: Any, name: str) -> io.BufferedReader:
    try:
        stream = files.open(name, "rb")
    except Exception as problem:
        raise Unreadable(_why(problem)) from problem
    return io.BufferedReader(cast("io.RawIOBase", _Remote(stream)))


class _Remote(io.RawIOBase):
    """A remote stream whose failures are of one kind."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """It is."""
        return True

    def close(self) -> None:
        """Let go of the connection."""
        self._stream.close()
        super().close()

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Fill the buffer, or part of it. Raises Unreadable when the connection fails."""
        try:
            piece = self._stream.read(len(buffer))
        except Exception as problem:
            raise Unreadable(_why(problem)) from problem
        buffer[: len(piece)] = piece
        return len(piece)


def _why(problem: Exception) -> str:
    protocol = "it" if not str(problem) else "the store"
    return _REFUSED.format(protocol, type(problem).__name__, str(problem)[:160])
