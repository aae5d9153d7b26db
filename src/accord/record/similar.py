"""Passages nearest in meaning to a piece of a report, by vectors kept beside the full text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
import sqlalchemy as sa

from accord.errors import NotFound
from accord.model.evidence import Span
from accord.model.record import Passage, Record
from accord.model.vocabulary.matching import matching
from accord.record import schema
from accord.record.identity.names import fold
from accord.record.identity.wording import stem
from accord.record.nearness.vectors import dimensions, nearness, vector
from accord.record.resting import resting_of

# On the pairs of tests/record/paraphrases.py nine in ten lie nearer than this, and seven in a hundred unrelated pairs.
LEAST = 0.3
_WORD = re.compile(r"[^\W\d_]{3,}")


def note(connection: sa.Connection, passages: Sequence[tuple[int, str]]) -> None:
    """Keep the vectors of passages beside them, by their numbers."""
    rows = [{"number": number, "vector": vector(text).tobytes()} for number, text in passages]
    connection.execute(schema.nearness.insert(), rows)


def similar(connection: sa.Connection, record: Record, span: Span, limit: int = 10) -> list[Passage]:
    """The passages of other reports nearest in meaning to this piece of a report, the nearest first, by the cosine.

    Copies of the report are left out, and what is not near at all. Raises NotFound where the record has no such report.
    """
    report = record.report(span.report)
    if report is None:
        raise NotFound(f"the record has no report {span.report}")
    here = vector(report.text[span.start : span.end])
    rows = connection.execute(
        sa.select(schema.passage.c.report, schema.passage.c.start, schema.passage.c.end, schema.nearness.c.vector)
        .join(schema.nearness, schema.nearness.c.number == schema.passage.c.number)
        .order_by(schema.passage.c.report, schema.passage.c.start)
    ).all()
    if not rows:
        return []
    many = np.frombuffer(b"".join(row.vector for row in rows), dtype=np.int8).reshape(-1, dimensions())
    near = nearness(here, many)
    same, known = _copies(record, span.report), {one.id: one for one in record.reports}
    resting = resting_of(record)
    words = _stems(report.text[span.start : span.end])
    found: list[Passage] = []
    for i in np.argsort(-near, kind="stable"):
        if near[i] < LEAST or len(found) == limit:
            break
        row = rows[int(i)]
        if row.report in same or row.report not in known:
            continue
        at = Span(row.report, row.start, row.end)
        text = known[row.report].text[row.start : row.end]
        items = tuple(dict.fromkeys(item for e, item in resting.get(row.report, ()) if at.overlaps(e)))
        found.append(
            Passage(report=row.report, span=at, snippet=text, marks=tuple(_marks(at, text, words)), items=items)
        )
    return found


def _copies(record: Record, report: str) -> set[str]:
    """The report and those that are nearly identical to it."""
    groups = ({first, *some} for first, some in record.copies.items())
    return {report, *(i for group in groups if report in group for i in group)}


def _stems(text: str) -> frozenset[str]:
    stop = matching().words.stop
    return frozenset(stem(word) for word in map(fold, _WORD.findall(text)) if word not in stop)


def _marks(at: Span, text: str, words: frozenset[str]) -> Iterator[Span]:
    """The words that both have."""
    for found in _WORD.finditer(text):
        if stem(fold(found[0])) in words:
            yield Span(at.report, at.start + found.start(), at.start + found.end())
