"""PDF documents: the text of all pages, lines joined to paragraphs again. Scans have no text and are refused."""

from __future__ import annotations

import io
import re
import statistics
from collections.abc import Iterator
from typing import Any

from accord.model.report import Skipped
from accord.reports.draft import Draft
from accord.reports.extras import needs
from accord.reports.formats.format import Format
from accord.reports.incoming import MOST_CHARACTERS, Incoming, Refused

_MOST_PAGES = 1_000
_ENDS = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_HYPHEN = re.compile(r"(?<=[a-z])[-\u00ad\u2010]$")


def read(incoming: Incoming) -> Iterator[Draft | Skipped]:
    """One draft. Raises Refused for what is no PDF, is locked, or has no text."""
    pypdf = needs("pypdf", "formats", "PDF documents")
    raw = incoming.all()
    try:
        document = pypdf.PdfReader(io.BytesIO(raw))
        if document.is_encrypted and not document.decrypt(""):
            raise Refused("a PDF must open without a password; this one does not. Save it again without one")
        text, pages = _text(document)
        title = document.metadata.title if document.metadata else None
    except Refused:
        raise
    except Exception as problem:  # a library that follows any pointer there is; its failures are of every kind
        raise Refused(
            f"a PDF document must be one that can be taken apart; pypdf failed with {type(problem).__name__}: "
            f"{str(problem)[:120]}. Print it to a new PDF, or save its text as .txt"
        ) from problem
    if not any(character.isalpha() for character in text):
        raise Refused(
            f"a PDF must hold text; the {pages} pages of this one hold none, as scans do. "
            "Recognise the text with another program first"
        )
    yield Draft(text=text, title=title if isinstance(title, str) and title.strip() else None)


def _text(document: Any) -> tuple[str, int]:
    """The text of all pages in paragraphs, and how many pages there are. Raises Refused where it is too much."""
    pages = len(document.pages)
    if pages > _MOST_PAGES:
        raise Refused(f"a PDF must not have more than {_MOST_PAGES:,} pages; this one has {pages:,}. Split it")
    lines: list[str] = []
    length = 0
    for page in document.pages:
        found = page.extract_text().splitlines()
        length += sum(map(len, found))
        if length > MOST_CHARACTERS:
            raise Refused(f"a report must not be longer than {MOST_CHARACTERS:,} characters; this PDF is. Split it")
        lines += found
    return "\n\n".join(_paragraphs(lines)), pages


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """The paragraphs that lines make: one ends at a blank line, or with a sentence that does not fill its line."""
    lines = [line.strip() for line in lines]
    full = statistics.quantiles([len(line) for line in lines if line] + [0, 0], n=4)[2]
    pieces: list[str] = []
    for line in lines:
        if not line:
            if pieces and _ENDS.search(pieces[-1]):
                yield "".join(pieces)
                pieces = []
            continue
        if pieces and _HYPHEN.search(pieces[-1]) and line[:1].islower():
            pieces[-1] = pieces[-1][:-1]
        elif pieces:
            pieces.append(" ")
        pieces.append(line)
        if _ENDS.search(line) and len(line) < 0.85 * full:
            yield "".join(pieces)
            pieces = []
    if pieces:
        yield "".join(pieces)


FORMAT = Format("PDF document", (".pdf",), read)
