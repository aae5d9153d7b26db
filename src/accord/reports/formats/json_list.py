"""One JSON list of any size, an element at a time."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator

from accord.reports.incoming import MOST_LINE, Refused, why

_CHUNK = 1 << 16
_BETWEEN = re.compile(r"[\s,]*")


def elements(stream: io.BufferedReader) -> Iterator[object]:
    """The elements of the list that a stream holds, in UTF-8. Raises Refused where it breaks off or one is too long."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    text, at, chunk, over = "", 0, _CHUNK, False
    opened = False
    while True:
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]  # it fits anything
        if not opened and text[at : at + 1] == "[":
            opened, at = True, at + 1
            continue
        if opened and text[at : at + 1] == "]":
            return
        try:
            value, at = json.JSONDecoder().raw_decode(text, at)
            chunk = _CHUNK
            yield value
        except (ValueError, RecursionError) as problem:
            if over or len(text) - at > MOST_LINE:
                what = "is cut short or broken" if over else f"has one of more than {MOST_LINE:,} characters"
                raise Refused(
                    f"a list must be of whole JSON objects; this one {what}. Nothing after it was read"
                ) from problem
            more, over = _more(stream, decoder, chunk)
            text, at, chunk = text[at:] + more, 0, chunk * 2  # so that a long element is not tried too often


def _more(stream: io.BufferedReader, decoder: codecs.IncrementalDecoder, size: int) -> tuple[str, bool]:
    """The next characters, and whether they are the last."""
    try:
        raw = stream.read(size)
    except OSError as problem:
        raise Refused(why(problem)) from problem
    return decoder.decode(raw, final=not raw), not raw
