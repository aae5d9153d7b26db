"""The running text of a web page, roughly and at once: enough to tell what the page is about, not to be read.

Taking a page apart properly costs 5 to 60 ms; this goes over its bytes once, as if every "<" began a tag. Blocks that
are mostly links (menus, lists of other articles) and what is never shown are left out, all else is kept.
"""

from __future__ import annotations

import re

_NAME = re.compile(rb"/?([a-zA-Z][a-zA-Z0-9]*)")
_UNSEEN = frozenset((b"script", b"style"))
_WITHIN = frozenset(
    b"a abbr acronym b big br cite code del dfn em font i img ins kbd mark q s small span strong sub sup time tt u var "
    b"wbr".split()
)
"""Elements within a line of text; every other one begins or ends a block."""

_LEAST = 20
"""Shorter blocks, in bytes, are labels."""

_MOST_TAGS = 100_000
"""What comes after so many is not looked at closely: pages with more are not read."""

_EMBEDDED, _MOST_EMBEDDED = b'"articleBody"', 50_000
"""Where the data for search engines hold the article, and how much of what follows is taken, in bytes."""


def blocks(page: bytes) -> list[str]:
    """The blocks of running text in a page, and the article that it holds as data, in no promised order."""
    embedded = page.find(_EMBEDDED)
    found = [page[embedded : embedded + _MOST_EMBEDDED]] if embedded >= 0 else []
    block: list[bytes] = []
    length = linked = 0
    link, unseen = False, b""
    for piece in (*(b">" + page).split(b"<", _MOST_TAGS), b"p>"):
        tag, _, text = piece.partition(b">")
        match = _NAME.match(tag)
        name = match[1].lower() if match else b""
        opens = tag[:1] != b"/"
        if unseen and (opens or name != unseen):
            continue
        unseen = name if opens and name in _UNSEEN else b""
        if name == b"a":
            link = opens
        elif name and name not in _WITHIN:
            if length >= _LEAST and 2 * linked < length:
                found.append(b"".join(block))
            block, length, linked, link = [], 0, 0, False
        if text and not unseen:
            letters = len(text.strip())
            block += (b" ", text)
            length += letters
            linked += letters if link else 0
    return [each.decode("utf-8", "replace") for each in found]
