"""Compressed files and archives: what is in them, one by one, without a byte of it written anywhere by its name.

Nothing that an archive says is believed: the bytes that come out are counted, names are names only, and links are
never followed. Archives in archives are opened to a small depth.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import msgspec

from accord.model.report import Skipped
from accord.reports import tar, zips
from accord.reports.bounds import Budget, Readable, Unpacked
from accord.reports.extras import needs
from accord.reports.incoming import Incoming, Refused

_DEEPEST = 3
_SHORT = {".tgz": ".tar.gz", ".tbz": ".tar.bz2", ".tbz2": ".tar.bz2", ".txz": ".tar.xz", ".tzst": ".tar.zst"}
_LAST = re.compile(r"(?<=.)\.[a-z0-9]{2,4}$", re.IGNORECASE)


def unpack(incoming: Incoming) -> Iterator[Incoming | Skipped]:
    """The file itself, or what is in it where it is compressed or an archive, in its order."""
    return _unpack(incoming, Budget(), 0)


def _unpack(incoming: Incoming, budget: Budget, depth: int) -> Iterator[Incoming | Skipped]:
    name = incoming.name
    for short, whole in _SHORT.items():
        if name.casefold().endswith(short):
            name = name[: -len(short)] + whole
    last = _LAST.search(name)
    suffix = last.group().casefold() if last else ""
    if suffix in _DECOMPRESSORS:
        inner = partial(_decompressed, incoming, budget, _DECOMPRESSORS[suffix])
        named = msgspec.structs.replace(incoming, name=name[: -len(suffix)], opener=inner)
        yield from _unpack(named, budget, depth + 1) if _packed(named.name) else (named,)
    elif suffix in _ARCHIVES:
        if depth > _DEEPEST:
            yield Skipped(
                source=incoming.source,
                reason=f"archives must not lie within each other more than {_DEEPEST} deep; this one does. Unpack it",
            )
            return
        try:
            for member in _ARCHIVES[suffix](incoming, budget):
                if isinstance(member, Skipped):
                    yield member
                else:
                    kept = msgspec.structs.replace(member, columns=incoming.columns, gate=incoming.gate)
                    yield from _unpack(kept, budget, depth + 1)
        except Refused as problem:
            yield Skipped(source=incoming.source, reason=problem.reason)
    else:
        yield incoming


def _packed(name: str) -> bool:
    last = _LAST.search(name)
    return last is not None and last.group().casefold() in {*_DECOMPRESSORS, *_ARCHIVES}


def _decompressed(incoming: Incoming, budget: Budget, decompressor: Callable[[Any], Readable]) -> io.BufferedReader:
    stream = incoming.open()
    try:
        unpacker = decompressor(budget.source(stream))
    except Refused:
        stream.close()
        raise
    return io.BufferedReader(Unpacked(unpacker, budget, "compressed data", over=stream), 1 << 16)


def _zstandard(packed: Any) -> Readable:
    reader: Readable = needs("fastwarc.stream_io", "formats", "files compressed with Zstandard").ZstdReader(packed)
    return reader


_DECOMPRESSORS: dict[str, Callable[[Any], Readable]] = {
    ".gz": lambda packed: gzip.GzipFile(fileobj=packed, mode="rb"),
    ".bz2": bz2.BZ2File,
    ".xz": lzma.LZMAFile,
    ".zst": _zstandard,
}
_ARCHIVES: dict[str, Callable[[Incoming, Budget], Iterator[Incoming | Skipped]]] = {
    ".zip": zips.members,
    ".tar": tar.members,
}
