"""A date expression by itself, without the report around it: what it means when it is said on a certain day."""

from __future__ import annotations

import datetime as dt
from functools import cache

import spacy
from spacy.language import Language

from accord.model.when import When
from accord.reading.dates.find import related
from accord.reading.dates.scanner import Scanner
from accord.reading.dates.shapes import Standpoint
from accord.reading.runs import with_runs_whole


def resolve(words: str, day: dt.date) -> When | None:
    """The date that `words` ("on Friday", "last month") name as of `day`; None where they name none.

    Tense is not to be seen, so that a weekday is the last one: what merging asks about has mostly happened.
    """
    doc = _tokenizer()(words)
    found = list(Scanner(doc))
    if len(found) != 1 or found[0].end < len(doc) or getattr(found[0].shape, "told", False):
        return None  # "a day before the meeting", "a day earlier": from a day that something else tells
    try:
        interval = found[0].shape.resolve(Standpoint(day, lasting=found[0].relation == "since"))
        interval = related(interval, found[0].relation, day) if interval else None
    except (ValueError, OverflowError):
        return None  # beyond the calendar
    if interval is None or (interval[0] and interval[1] and interval[0] > interval[1]):
        return None
    return When(interval[0], interval[1], words)


@cache
def _tokenizer() -> Language:
    english = spacy.blank("en")
    english.add_pipe("sentencizer")
    return with_runs_whole(english)
