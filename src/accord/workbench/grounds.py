"""What an added item rests on: words of a report that a person points at, or a note of the person's own."""

from __future__ import annotations

import datetime as dt
import re

from accord.errors import EditError
from accord.model.evidence import Evidence
from accord.model.query import find_reports
from accord.model.reading import Reading
from accord.model.record import Record
from accord.model.report import Report

NOTE_READER = "note/1"
"""The reader of notes: it finds nothing, since what a note holds is said by the edit that rests on it."""

_SENTENCE = re.compile(r"\[?\d+:\d+\]?")
_ALIKE = {"“": '["“”]', "”": '["“”]', '"': '["“”]', "‘": "['‘’]", "’": "['‘’]", "'": "['‘’]"}


def cited(record: Record, words: str) -> Evidence:
    """The evidence that `REPORT:QUOTE` or a reference such as `2:14` points at.

    The report is named as in the filter (number, id, file or title). The quote must stand in it once, word for word;
    white space and the form of quotation marks do not count. Raises EditError where it does not, NotFound where there
    is no such report or sentence.
    """
    if _SENTENCE.fullmatch(words.strip()):
        from accord.publishing.references import References

        report, span = References(record).resolve(words)
        return Evidence.cut(report, span.start, span.end)
    name, colon, quote = words.partition(":")
    if not colon or not quote.strip():
        raise EditError(
            "evidence: must be REPORT:QUOTE, such as 2:the words of the report, or a reference such as 2:14; "
            f"got {words!r}"
        )
    found = sorted(find_reports(record, name.strip()))
    if len(found) > 1:
        raise EditError(f"evidence: must be in one report; {name.strip()!r} may be {', '.join(found)}; give its id")
    report = next(one for one in record.reports if one.id == found[0])
    return _quoted(report, quote.strip())


def note(text: str, author: str, at: str) -> tuple[Report, Reading, Evidence]:
    """A note as a report of its author's, published on the day on which it is written, with its reading of nothing.

    Raises EditError where it says nothing.
    """
    words = text.strip()
    if not words:
        raise EditError("note: must say on what the item rests; it is empty")
    report = Report.make(
        words,
        f"note by {author}",
        title=f"Note by {author}",
        published=dt.date.fromisoformat(at[:10]),
        published_from="the day of the edit",
    )
    return report, reading_of(report), Evidence.cut(report, 0, len(words))


def reading_of(note: Report) -> Reading:
    """The reading of a note: of nothing."""
    return Reading(report=note.id, reader=NOTE_READER)


def _quoted(report: Report, quote: str) -> Evidence:
    pattern = r"\s+".join("".join(_ALIKE.get(c, re.escape(c)) for c in word) for word in quote.split())
    places = [match.span() for match in re.finditer(pattern, report.text)]
    name = report.title or report.source
    if not places:
        raise EditError(f"evidence: the quote must stand word for word in “{name}”; “{quote}” does not")
    if len(places) > 1:
        raise EditError(
            f"evidence: the quote must stand once in “{name}”; “{quote}” stands {len(places)} times: give more words"
        )
    return Evidence.cut(report, *places[0])
