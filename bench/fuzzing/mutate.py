"""Spoils what was well formed: bytes, texts, and trees of JSON values. Everything comes from the generator given."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from random import Random
from typing import Any

NASTY_TEXT = (
    "",
    " ",
    "\x00",
    "\ud800",
    "\udcff",
    "\ufeff",
    "\u202e\u2066",
    "\u200b",
    "\x1b[2J",
    "\r",
    "\u2028",
    "\x85",
    "𝔗𝔯𝔲𝔠𝔢 🕊️",
    "e\u0301" * 9,
    "İıſß",
    "٣٤",
    "²",
    "-0",
    "1e400",
    "-inf",
    "nan",
    "9" * 30,
    "9" * 5000,
    "0x10",
    "2024-02-30",
    "0000-00-00",
    "9999-12-31",
    "0001-01-01",
    "99999-01-01",
    "2024-06-01/2023",
    "../..",
    "../../etc/hosts",
    "C:\\nul",
    "'; DROP TABLE report; --",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "${x}",
    "%s%n",
    "=1+1",
    '"',
    "“",
    "\\",
    "a" * 3000,
    "( " * 400,
    "[" * 3000,
    "*" * 300,
    "\n" * 500,
    ": - ",
    "&a [*a]",
    "!!python/object:x",
    "---\n",
    "null",
    "true",
    "~",
)
"""Words on which programs have stumbled."""

NASTY_BYTES = (
    b"\x00",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\xc0\x80",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\x1b$B",
    b"+ADw-",
    b"\x80",
    b"\r",
    b"\n\n\n",
    b"<!--",
    b"<![CDATA[",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"&a;",
    b"&#x110000;",
    b"&#0;",
    b"charset=",
    b"--o\r\n",
    b"=?utf-8?B?",
    b"Content-Length: 99999999999\r\n",
    b"endobj",
    b"stream\n",
    b"%PDF-",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b\x08",
    b"BZh9",
    b"\xfd7zXZ\x00",
    b"(\xb5/\xfd",
    b"PAR1",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
)
DEEP = (
    b"[",
    b"(",
    b"<",
    b"{",
    b'{"a":',
    b"<b>",
    b"> ",
    b"- ",
    b"*",
    b"_",
    b'"',
    b"=?utf-8?q?a?= ",
    b";a=",
    b"\n ",
    b"\n--o",
)
"""What makes parsers go in circles, or ever deeper."""
NASTY_VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1,
    2**31,
    2**63,
    -(2**63),
    10**400,
    0.5,
    -0.0,
    1e308,
    float("nan"),
    float("inf"),
    [],
    {},
    [[]],
    {"": ""},
    [None],
)


def word(random: Random) -> str:
    """A text that is short and odd."""
    kind = random.randrange(4)
    if kind < 2:
        return random.choice(NASTY_TEXT)
    if kind == 2:
        return "".join(chr(random.randrange(1, 0x250)) for _ in range(random.randrange(1, 12)))
    return "".join(chr(random.randrange(0x11000)) for _ in range(random.randrange(1, 6)))


def written(text: str) -> str:
    """The text without what UTF-8 cannot write."""
    return text.encode("utf-8", "replace").decode()


def spoilt_bytes(random: Random, whole: bytes, others: Sequence[bytes]) -> bytes:
    """The bytes after one to eight changes."""
    made = bytearray(whole)
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 5, 8))):
        made = _change(random, made, others)
    return bytes(made[:400_000])


def _change(random: Random, made: bytearray, others: Sequence[bytes]) -> bytearray:
    kind, size = random.randrange(12), len(made)
    at = random.randrange(size + 1)
    to = min(size, at + random.choice((1, 2, 4, 16, 100, 1000)))
    if kind == 0 and size:
        made[at - 1] ^= 1 << random.randrange(8)
    elif kind == 1 and size:
        made[at - 1] = random.randrange(256)
    elif kind == 2:
        del made[at:to]
    elif kind == 3:
        made[at:at] = random.choice(NASTY_BYTES)
    elif kind == 4:
        made[at:at] = word(random).encode("utf-8", "surrogatepass")
    elif kind == 5:
        made[at:at] = bytes(made[at:to]) * random.choice((1, 2, 10, 200))
    elif kind == 6:
        del made[at:]
    elif kind == 7:
        other = random.choice(others)
        cut = random.randrange(len(other) + 1)
        made[at:to] = other[cut : cut + random.choice((4, 40, 400))]
    elif kind == 8:
        made[at:to] = random.randbytes(to - at)
    elif kind == 9:
        made[at:to] = bytes(to - at)
    elif kind == 10:
        made[at:at] = random.choice(DEEP) * random.choice((50, 500, 5_000))
    else:
        digits = [i for i, byte in enumerate(made) if 48 <= byte < 58]
        if digits:
            where = random.choice(digits)
            made[where : where + 1] = str(random.choice((0, 9, -1, 99999, 2**32, 2**64))).encode()
    return made


def spoilt_text(random: Random, whole: str, others: Sequence[str]) -> str:
    """The text after one to eight changes."""
    for _ in range(random.choice((1, 1, 2, 3, 8))):
        kind = random.randrange(7)
        at = random.randrange(len(whole) + 1)
        to = min(len(whole), at + random.choice((1, 3, 10, 60)))
        if kind == 0:
            whole = whole[:at] + whole[to:]
        elif kind == 1:
            whole = whole[:at] + word(random) + whole[at:]
        elif kind == 2:
            whole = whole[:at] + word(random) + whole[to:]
        elif kind == 3:
            whole = whole[:at] + whole[at:to] * random.choice((2, 3, 50)) + whole[to:]
        elif kind == 4:
            whole = whole[:at]
        elif kind == 5:
            other = random.choice(others)
            cut = random.randrange(len(other) + 1)
            whole = whole[:at] + other[cut : cut + random.choice((3, 20, 200))] + whole[at:]
        else:
            whole = whole[:at] + whole[at:to].swapcase() + whole[to:]
    return whole[:200_000]


def paths(node: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to each value in a tree of JSON values."""
    found = [here] if here else []
    some = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in some:
        found += paths(value, (*here, key))
    return found


def spoilt_tree(random: Random, whole: Any) -> Any:
    """A copy of a tree of JSON values with one to five values replaced, doubled, moved, renamed or gone."""
    made = copy.deepcopy(whole)
    for _ in range(random.choice((1, 1, 2, 3, 5))):
        ways = paths(made)
        if not ways:
            break
        way = random.choice(ways)
        node = _at(made, way[:-1])
        _replace(random, node, way[-1], _at(made, random.choice(ways)))
    return made


def _replace(random: Random, node: Any, key: Any, other: Any) -> None:
    kind = random.randrange(8)
    if kind < 2:
        node[key] = word(random)
    elif kind == 2:
        node[key] = copy.deepcopy(random.choice(NASTY_VALUES))
    elif kind == 3:
        node[key] = copy.deepcopy(other)
    elif kind == 4:
        del node[key]
    elif kind == 5:
        node[key] = [copy.deepcopy(node[key]) for _ in range(random.choice((1, 2, 40)))]
    elif kind == 6 and isinstance(node, dict):
        node[word(random)] = node.pop(key)
    elif isinstance(node[key], str):
        node[key] = spoilt_text(random, node[key], NASTY_TEXT)
    else:
        node[key] = {word(random): node[key]}


def _at(tree: Any, way: Sequence[Any]) -> Any:
    for key in way:
        tree = tree[key]
    return tree
