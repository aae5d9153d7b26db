"""Ids that come from content, so that reading twice gives the same record."""

from __future__ import annotations

import hashlib

import msgspec

_LENGTH = 12


def content_id(prefix: str, *parts: object) -> str:
    """An id of the form `prefix-0123456789ab`: the first 48 bits of the SHA-256 of `parts`.

    The parts are encoded as one JSON array before hashing, so that ("a.b", "c") and ("a", "b.c")
    get different ids.
    """
    return _digest(prefix, msgspec.json.encode(parts, order="deterministic"))


def parts_id(prefix: str, parts: dict[str, bytes]) -> str:
    """The id of one thing whose parts are given in JSON, by name and in the order of their names."""
    return _digest(prefix, b"[{%s}]" % b",".join(b'"%s":%s' % (name.encode(), part) for name, part in parts.items()))


def _digest(prefix: str, encoded: bytes) -> str:
    return f"{prefix}-{hashlib.sha256(encoded).hexdigest()[:_LENGTH]}"


def text_digest(text: str) -> str:
    """The SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
