"""Short forms that a report introduces in brackets: "the Front for Democracy in Burundi (FRODEBU)"."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from accord.reading.actors.judging import Judgement
from accord.reading.actors.lexicon import Hit

_SHORT = re.compile(r"[A-Z][A-Za-z0-9/&’'-]{1,11}$")
_PROOF = 8
"""Points for a body by an acronym of its own: more than any other evidence."""


def introduced(doc: Doc, judged: dict[str, Judgement], hits: tuple[Hit, ...]) -> dict[str, str | Hit]:
    """What each short form in brackets stands for: the full name right before it, or the known body named there.

    A short form must begin with the name's letter or initials. The full name becomes a body by it, whatever else
    spoke for a person or a place.
    """
    names = {name.end: name.text for judgement in judged.values() for name in judgement.spans}
    bodies = {hit.end: hit for hit in hits if hit.kind == "body"}
    found: dict[str, str | Hit] = {}
    for token in doc[:-2]:
        close = (
            next((t.i for t in doc[token.i + 1 : token.i + 6] if t.text == ")"), None) if token.text == "(" else None
        )
        if close is None:
            continue
        short = doc[token.i + 1 : close].text
        if not _SHORT.match(short) or sum(c.isupper() for c in short) < 2:
            continue
        full = names.get(token.i)
        if full is not None and (short[0].casefold() == full[0].casefold() or _initials(full).startswith(short[:2])):
            found[short] = full
            judged[full].body += _PROOF
        elif token.i in bodies and short in judged:
            found[short] = bodies[token.i]
    return found


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())
