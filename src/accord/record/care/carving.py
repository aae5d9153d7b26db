"""Rows taken from the leaves of a damaged file's trees, whether or not a tree still leads to them.

A leaf that holds rows of a table says so in its first byte and lists its rows; each tells its own length and the types
of its values (https://www.sqlite.org/fileformat2.html, sections 1.6 and 2.1). So rows are found page by page, and what
proves them is their digest. Pages that are free may hold rows that were taken out since.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from accord.record.care.pages import Pages

Value = int | float | str | bytes | None
Row = tuple[int, tuple[Value, ...]]
"""The number of a row in its table, and its values."""

_LEAF = 0x0D
_MOST = 64_000_000  # bytes of one row: a damaged length must not fill the memory
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


def carve(pages: Pages) -> Iterator[Row]:
    """Every row of every leaf, in the order of the pages. What cannot be taken apart is passed over."""
    for number in pages:
        page = pages[number]
        top = 100 if number == 1 else 0
        if len(page) < pages.size or page[top] != _LEAF:
            continue
        count = int.from_bytes(page[top + 3 : top + 5], "big")
        for i in range(min(count, pages.size // 4)):
            at = int.from_bytes(page[top + 8 + 2 * i : top + 10 + 2 * i], "big")
            try:
                yield _row(pages, page, at)
            except (IndexError, ValueError, struct.error):
                continue


def _row(pages: Pages, page: bytes, at: int) -> Row:
    """The row at a place of a leaf. Raises ValueError, IndexError or struct.error where there is none."""
    length, at = _varint(page, at)
    number, at = _varint(page, at)
    if not 0 < length <= _MOST:
        raise ValueError("no row is so long")
    return number, tuple(_values(_payload(pages, page, at, length)))


def _payload(pages: Pages, page: bytes, at: int, length: int) -> bytes:
    """A row's bytes, those on overflow pages as well."""
    usable = pages.usable
    local = length
    if length > usable - 35:
        least = (usable - 12) * 32 // 255 - 23
        most = least + (length - least) % (usable - 4)
        local = most if most <= usable - 35 else least
    pieces = [page[at : at + local]]
    missing, following = length - local, int.from_bytes(page[at + local : at + local + 4], "big")
    while missing > 0:
        more = pages[following] if following else b""
        if len(more) < pages.size:
            raise ValueError("a row ends before its length")
        piece = more[4 : 4 + min(missing, usable - 4)]
        pieces.append(piece)
        missing -= len(piece)
        following = int.from_bytes(more[:4], "big")
    return b"".join(pieces)


def _values(payload: bytes) -> Iterator[Value]:
    header, at = _varint(payload, 0)
    types = []
    while at < header:
        one, at = _varint(payload, at)
        types.append(one)
    for one in types:
        if one in (0, 8, 9):
            yield None if one == 0 else one - 8
            continue
        size = _INTEGERS.get(one) or (8 if one == 7 else (one - 12) // 2 if one >= 12 else -1)
        piece = payload[at : at + size]
        if size < 0 or len(piece) < size:
            raise ValueError("a value ends before its length")
        at += size
        if one == 7:
            yield struct.unpack(">d", piece)[0]
        elif one < 7:
            yield int.from_bytes(piece, "big", signed=True)
        else:
            yield piece.decode() if one % 2 else piece


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    value = 0
    for i in range(8):
        byte = raw[at + i]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + i + 1
    return value << 8 | raw[at + 8], at + 9
