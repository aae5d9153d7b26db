"""Pieces of HTML within other formats (mails, items of feeds) as plain paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_MOST = 4_000_000
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """
    address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4
    h5 h6 header hr li main nav ol p pre section table td th tr ul
    """,
    )
)
_SILENT = frozenset(("script", "style", "template", "noscript", "head", "title", "svg", "iframe", "object"))
_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"<[a-zA-Z!/]|&(?:#\d+|#x[0-9a-fA-F]+|\w+);")


def text_of(piece: str) -> str:
    """The words of a piece of HTML, a blank line between blocks; text without any markup stays as it is."""
    if not _TAG.search(piece):
        return piece
    import lxml.html  # here: only some formats need it

    try:
        tree: Any = lxml.html.fragment_fromstring(piece[:_MOST], create_parent="div")
        pieces = "".join(_pieces(tree)).split("\0")
    except Exception:  # libxml2 on anything at all
        pieces = []
    text = "\n\n".join(said for piece in pieces if (said := _SPACE.sub(" ", piece).strip()))
    # what is no tree, or too deep a one, is taken without its tags
    return text or _SPACE.sub(" ", re.sub(r"<[^<>]*>", " ", piece)).strip()


def _pieces(tree: Any) -> Iterator[str]:
    """The text in order, NUL where a block begins or ends. Without recursion: markup can be nested without end."""
    import lxml.etree

    silent = 0
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else None
        if event == "start":
            silent += tag in _SILENT
            if tag in _BLOCKS:
                yield "\0"
            elif tag == "br":
                yield "\n"
            if not silent and element.text:
                yield element.text
            continue
        silent -= event == "end" and tag in _SILENT
        if tag in _BLOCKS:
            yield "\0"
        if not silent and element is not tree and element.tail:
            yield element.tail
