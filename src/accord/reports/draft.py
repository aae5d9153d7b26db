"""What a format finds in a file before it is a report: the characters as they came, and what it says of itself."""

from __future__ import annotations

import msgspec


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """One document as its format gives it.

    `text` holds the characters as they came in and `without` the spans of them that are no part of the
    report (front matter, marks of a notation), so that offsets lead back to what the user can open.
    `stated` is the date that the document states of itself, in whatever form, `stated_in` what told it
    and `stated_line` the line of the file where. `line` is the document's own place in a file of many.
    `notes` are (line, reason) of what was left out of a document that is kept.
    """

    text: str
    without: tuple[tuple[int, int], ...] = ()
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    stated: object = None
    stated_in: str = ""
    stated_line: int | None = None
    line: int | None = None
    notes: tuple[tuple[int | None, str], ...] = ()
