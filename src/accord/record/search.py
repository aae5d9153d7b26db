"""Full text over reports: passages, the words that answer in them, and the items that rest on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec
import sqlalchemy as sa

from accord.model.evidence import Span
from accord.model.findings import LAYERS
from accord.model.query import Selection, find_reports
from accord.model.record import Filter, Passage, Record
from accord.model.report import Report
from accord.record import schema, similar
from accord.record.fulltext import CLOSE, OPEN, Asked, full_text, highlighted
from accord.record.resting import resting_of

_LONG = 700  # characters: a longer paragraph falls into passages at the ends of sentences
_SENTENCE_END = re.compile(r"[.!?][”\"’)]*\s+")


def passages_of(report: Report) -> Iterator[tuple[int, int]]:
    """The spans of a report's passages: its paragraphs, long ones cut at the ends of sentences."""
    for paragraph in re.finditer(r"[^\n]*\S[^\n]*", report.text):
        start, end = paragraph.span()
        while end - start > _LONG:
            ends = [m.end() for m in _SENTENCE_END.finditer(report.text, start, start + _LONG)]
            cut = ends[-1] if ends else _word_end(report.text, start + _LONG, end)
            yield start, cut
            start = cut
        if report.text[start:end].strip():
            yield start, end


def _word_end(text: str, at: int, end: int) -> int:
    space = re.compile(r"\s").search(text, at, end)
    return space.end() if space else end


def index(connection: sa.Connection, report: Report) -> None:
    """Enter a report's passages."""
    last: int = connection.execute(sa.select(sa.func.coalesce(sa.func.max(schema.passage.c.number), 0))).scalar_one()
    spans = list(enumerate(passages_of(report), last + 1))
    if spans:
        rows = [{"number": n, "report": report.id, "start": start, "end": end} for n, (start, end) in spans]
        connection.execute(schema.passage.insert(), rows)
        texts = [(number, report.text[start:end]) for number, (start, end) in spans]
        full_text(connection).enter(connection, texts)
        similar.note(connection, texts)


def search(
    connection: sa.Connection, record: Record, query: str, where: Filter | None = None, limit: int = 20
) -> list[Passage]:
    """The passages that answer the query best (BM25), at most `limit`.

    A filter by party, issue or confidence keeps passages that an item rests on which passes it; one by report or
    day keeps passages of reports that pass. Raises FilterError for a query without words.
    """
    return _matching(connection, record, Asked.parse(query), _Passing(record, where or Filter()), limit)


def _matching(
    connection: sa.Connection, record: Record, asked: Asked, passes: Callable[[Span], bool], limit: int
) -> list[Passage]:
    """The passages that answer a query and pass, best first."""
    texts = {report.id: report.text for report in record.reports}
    resting = resting_of(record)
    found: list[Passage] = []
    for report, start, end, marked in full_text(connection).answers(connection, asked):
        span = Span(report, start, end)
        if not passes(span):
            continue
        items = tuple(dict.fromkeys(i for e, i in resting.get(report, ()) if span.overlaps(e)))
        text = texts[report][start:end]
        marked = highlighted(text, asked) if marked is None else marked
        marks = tuple(_marks(span, marked))
        found.append(Passage(report=report, span=span, snippet=text, marks=marks, items=items))
        if len(found) >= limit:
            break
    return found


def _marks(span: Span, marked: str) -> Iterator[Span]:
    at, start = span.start, span.start
    for character in marked:
        if character == OPEN:
            start = at
        elif character == CLOSE:
            yield Span(span.report, start, at)
        else:
            at += 1


class _Passing:
    """Whether a passage passes a filter."""

    def __init__(self, record: Record, where: Filter) -> None:
        self._reports = {report.id for report in record.reports if _in_time(report, where)}
        if where.report is not None:
            self._reports &= find_reports(record, where.report)
        self._resting = resting_of(record)
        self._items: frozenset[str] | None = None
        if where.party is not None or where.issue is not None or where.confidence > 0:
            narrow = msgspec.structs.replace(where, since=None, until=None, report=None)
            selection = Selection(record, narrow)
            self._items = frozenset(item.id for name in LAYERS for item in selection.layer(name))

    def __call__(self, span: Span) -> bool:
        if span.report not in self._reports:
            return False
        if self._items is None:
            return True
        return any(item in self._items and span.overlaps(e) for e, item in self._resting.get(span.report, ()))


def _in_time(report: Report, where: Filter) -> bool:
    if where.since is None and where.until is None:
        return True
    day = report.published
    return day is not None and (where.since or day) <= day <= (where.until or day)
