"""Short forms that a report introduces in brackets: "the Front for Democracy in Burundi (FRODEBU)"."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from accord.reading.actors.judging import Judgement, Name

_SHORT = re.compile(r"[A-Z][A-Za-z0-9/&’'-]{1,11}$")


def introduced(doc: Doc, judged: dict[str, Judgement]) -> dict[str, Name]:
    """The full name by each short form that stands in brackets right after it and begins with its letter.

    The full name becomes a body by it, whatever else spoke for a person or a place.
    """
    ends = {name.end: name for judgement in judged.values() for name in judgement.spans}
    found: dict[str, Name] = {}
    for token in doc[:-2]:
        if token.text != "(":
            continue
        close = next((t.i for t in doc[token.i + 1 : token.i + 6] if t.text == ")"), None)
        if close is None:
            continue
        short = doc[token.i + 1 : close].text
        name = ends.get(token.i)
        if name is None or not _SHORT.match(short) or sum(c.isupper() for c in short) < 2:
            continue
        if short[0].casefold() == name.text[0].casefold() or _initials(name.text).startswith(short.casefold()[:2]):
            found[short] = name
            judged[name.text].body += 8
    return found


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper()).casefold()
