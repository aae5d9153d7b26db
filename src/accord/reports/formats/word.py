"""Word documents (.docx): the paragraphs of the body, tables cell by cell. Headers, notes and comments are left out."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from accord.model.report import Skipped
from accord.reports.draft import Draft
from accord.reports.formats.format import Format
from accord.reports.incoming import Incoming, Refused

_MOST_XML = 64_000_000
"""The largest part of a document, unpacked, in bytes: its text with all marks of layout."""

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_AGAIN = "Save it again, or its text as .txt"


def read(incoming: Incoming) -> Iterator[Draft | Skipped]:
    """One draft: paragraphs with a blank line between. Raises Refused for what is no Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(incoming.all())) as parts:
            text = "\n\n".join(_paragraphs(_part(parts, "word/document.xml")))
            title = _title(_part(parts, "docProps/core.xml")) if "docProps/core.xml" in parts.namelist() else None
    except KeyError as problem:
        raise Refused(f"a .docx file must have word/document.xml in it; this one has not. {_AGAIN}") from problem
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,
        NotImplementedError,
    ) as problem:
        what = f"{type(problem).__name__}: {str(problem)[:120]}"
        raise Refused(f"a .docx file must be a Word document that can be unpacked; {what}. {_AGAIN}") from problem
    except SyntaxError as problem:  # lxml's errors are
        raise Refused(f"a .docx file must hold XML that can be parsed; {str(problem)[:120]}. {_AGAIN}") from problem
    yield Draft(text=text, title=title)


def _part(parts: zipfile.ZipFile, name: str) -> bytes:
    with parts.open(name) as part:
        raw = part.read(_MOST_XML + 1)
    if len(raw) > _MOST_XML:
        raise Refused(f"a .docx file must not hold more than {_MOST_XML:,} bytes of text and layout; this one does")
    return raw


def _events(raw: bytes, events: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """The elements of a part, one by one, each forgotten behind it. No entity and no address is followed."""
    import lxml.etree

    yield from lxml.etree.iterparse(io.BytesIO(raw), events=events, resolve_entities=False, no_network=True)


def _paragraphs(raw: bytes) -> Iterator[str]:
    pieces: list[str] = []
    depth = 0  # of paragraphs: a text box has its own within another
    for event, element in _events(raw, ("start", "end")):
        space, _, tag = str(element.tag).rpartition("}")
        if space + "}" not in (_WORD, _STRICT):
            continue
        if tag == "p":
            depth += 1 if event == "start" else -1
            if event == "end" or depth > 1:
                yield from _said(pieces)
            if event == "end":
                element.clear()
        elif event == "end":
            if tag == "t":
                pieces.append(element.text or "")
            elif tag in _SIGNS and depth:
                pieces.append(_SIGNS[tag])
    yield from _said(pieces)


def _said(pieces: list[str]) -> Iterator[str]:
    """The paragraph that the pieces make, if any, and no pieces left."""
    text = "".join(pieces).strip()
    pieces.clear()
    if text:
        yield text


def _title(raw: bytes) -> str | None:
    return next((element.text for _, element in _events(raw, ("end",)) if element.tag == _TITLE), None)


FORMAT = Format("Word document", (".docx",), read)
