"""All date expressions of a report, placed on the calendar where they can be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc, Token

from accord.model.vocabulary.time import Relation, time_words
from accord.model.when import When
from accord.reading.dates.anchored import Anchored
from accord.reading.dates.arithmetic import Interval
from accord.reading.dates.expressions import Dates, TimeExpression
from accord.reading.dates.found import Found
from accord.reading.dates.scanner import Scanner
from accord.reading.dates.shapes import CalendarDate, DayWord, Standpoint, Weekday
from accord.reading.dates.tense import governing_verb, looks_ahead, perfect, verb_looks_ahead
from accord.reading.document import Document

_DATELINES = 6  # lines at the head of a report where its own date may stand alone


def find_dates(document: Document) -> Dates:
    """The date expressions of a report.

    Relative ones are counted from the publication date, or from a date that stands alone on a line at the head of
    the report; without either they keep their words and no day. Inside a quotation that is itself dated ("said on
    Thursday: 'Tomorrow we ...'") they are counted from that date.
    """
    doc = document.doc
    found = list(Scanner(doc))
    today = document.report.published or _dateline(doc, found)
    placing = _Placing(doc, found, today)
    return Dates(placing.expressions(), today, placing.counted_back())


def _dateline(doc: Doc, found: Iterable[Found]) -> dt.date | None:
    lines = 0
    for one in found:
        lines = sum(1 for t in doc[: one.start] if t.is_space and "\n" in t.text)
        if lines > _DATELINES:
            return None
        alone = (one.start == 0 or doc[one.start - 1].is_space) and (one.end >= len(doc) or doc[one.end].is_space)
        shape = one.shape
        if alone and isinstance(shape, CalendarDate) and shape.year and shape.day:
            return dt.date(shape.year, shape.month or 1, shape.day)
    return None


class _Placing:
    """Places the expressions of one report, left to right, then those that hang on another happening."""

    def __init__(self, doc: Doc, found: list[Found], today: dt.date | None) -> None:
        self.doc, self.found, self.today = doc, found, today
        self.placed: list[Interval | None] = []

    def expressions(self) -> list[TimeExpression]:
        """The expressions with their intervals."""
        told: Interval | None = None
        mentioned: Interval | None = None
        for one in self.found:
            interval = self._place(one, told, mentioned)
            self.placed.append(interval)
            if interval and interval[0] and interval[0] == interval[1]:
                told = interval
            if interval and interval[0] and self.today and interval[0] <= self.today:
                mentioned = interval
        self._requote()
        self._anchor()
        return [self._expression(one, interval) for one, interval in zip(self.found, self.placed, strict=True)]

    def _place(self, one: Found, told: Interval | None, mentioned: Interval | None) -> Interval | None:
        return self._resolve(one, self._head(one), told, self.today, mentioned)

    def _resolve(
        self,
        one: Found,
        head: Token,
        told: Interval | None,
        today: dt.date | None,
        mentioned: Interval | None = None,
    ) -> Interval | None:
        here = Standpoint(today, told, self._ahead(one, head), perfect(head) or one.relation == "since", mentioned)
        try:
            interval = one.shape.resolve(here)
        except (ValueError, OverflowError):
            return None  # beyond the calendar
        return related(interval, one.relation, today) if interval else None

    def _ahead(self, one: Found, head: Token) -> bool:
        if one.relation in ("until", "by"):
            verb = governing_verb(head)
            return verb is None or verb.tag_ != "VBD" or verb_looks_ahead(verb)
        since = any(t.dep_ == "prep" and t.lower_ == "since" for t in (head, *head.ancestors))
        return one.relation not in ("since", "after") and not since and looks_ahead(head)

    def _requote(self) -> None:
        """Count "tomorrow" in a quotation from the day on which it was spoken, where that is another day."""
        for k, one in enumerate(self.found):
            if isinstance(one.shape, DayWord | Weekday):
                head = self._head(one)
                day = self._spoken_on(head)
                if day is not None and day != self.today:
                    self.placed[k] = self._resolve(one, head, None, day)

    def _spoken_on(self, head: Token) -> dt.date | None:
        """The day on which the words around were spoken, where they are quoted and their saying is dated."""
        for one, interval in zip(self.found, self.placed, strict=False):
            if interval is None or interval[0] is None or interval[0] != interval[1]:
                continue
            other = self._head(one)
            verb = governing_verb(other)
            if verb is None or other.sent.start != head.sent.start or verb.i == head.i:
                continue
            own = governing_verb(head)
            if own is not None and own.i != verb.i and own.dep_ == "ccomp" and own.head.i == verb.i and _quoted(own):
                return interval[0]
        return None

    def _head(self, one: Found) -> Token:
        """The word of the expression that hangs on a word outside it."""
        best = self.doc[one.end - 1]
        for i in range(one.start, one.end):
            token = self.doc[i]
            if not one.start <= token.head.i < one.end or token.head.i == token.i:
                return token
        return best

    def _expression(self, one: Found, interval: Interval | None) -> TimeExpression:
        text = self.doc[one.start : one.end].text
        start, end = interval or (None, None)
        if start and end and start > end:
            start = end = None
        anchor = one.shape.anchor if isinstance(one.shape, Anchored) else None
        stop = one.end
        if anchor is not None and self.doc[anchor].pos_ in (
            "VERB",
            "AUX",
        ):  # the clause of the other happening is its own
            stop = (
                next((i for i in range(one.start, anchor) if self.doc[i].lower_ in ("before", "after", "into")), stop)
                + 1
            )
        return TimeExpression(one.start, min(stop, one.end), self._head(one).i, When(start, end, text), anchor)

    def _anchor(self) -> None:
        """Place what is counted from another happening, where the report dates that happening elsewhere."""
        for k, one in enumerate(self.found):
            if isinstance(one.shape, Anchored):
                date = self._date_of(one.shape.anchor, k)
                if date is not None:
                    self.placed[k] = one.shape.from_date(date)

    def counted_back(self) -> dict[int, When]:
        """The dates of the happenings that dated ones are counted from: "on Tuesday, a day after they agreed"."""
        found: dict[int, When] = {}
        for one, interval in zip(self.found, self.placed, strict=True):
            shape = one.shape
            if not isinstance(shape, Anchored) or shape.anniversary or shape.vague or interval is not None:
                continue
            told = self._date_beside(one, self.doc[shape.anchor]) or self._told_before(one)
            back = replace(shape, sign=-shape.sign).from_date(told) if told is not None and shape.count else None
            if back is not None:
                found[shape.anchor] = When(back[0], back[1], self.doc[one.start : one.end].text)
        return found

    def _date_beside(self, one: Found, anchor: Token) -> Interval | None:
        """The date of the clause that says how long before or after the happening it was."""
        head = self._head(one)
        above = head.head.head if head.head.i == anchor.i else head.head
        while above.pos_ not in ("VERB", "AUX") and above.head.i != above.i:
            above = above.head
        for other, interval in zip(self.found, self.placed, strict=True):
            if other is one or not interval or not interval[0] or interval[0] != interval[1]:
                continue
            verb = governing_verb(self._head(other))
            if verb is not None and verb.i == above.i:
                return interval
        return None

    def _told_before(self, one: Found) -> Interval | None:
        """The day of the sentence before, which a main clause goes on with: "The talks came a day after"."""
        verb, shape = governing_verb(self._head(one)), one.shape
        if verb is not None and isinstance(shape, Anchored) and verb.i == shape.anchor:
            verb = verb.head
        if verb is None or verb.dep_ != "ROOT" or verb.tag_ != "VBD":
            return None
        first = self.doc[one.start].sent.start
        for other, interval in zip(reversed(self.found), reversed(self.placed), strict=True):
            if other.start < first and self._head(other).dep_ != "poss":
                day = interval is not None and interval[0] is not None and interval[0] == interval[1]
                near = self.doc[other.start].sent.end >= first - 1
                return interval if day and near and other.relation == "at" else None
        return None

    def _date_of(self, anchor: int, skip: int) -> Interval | None:
        """The date that the report gives to the happening at a token, there or where it mentions it elsewhere."""
        words = self._names_of(anchor)
        best: tuple[int, Interval] | None = None
        for k, one in enumerate(self.found):
            interval = self.placed[k]
            if k == skip or not interval or isinstance(one.shape, Anchored) or not interval[0]:
                continue
            distance = self._dates_one_of(words, one, anchor)
            if distance is not None and (best is None or distance < best[0]):
                best = (distance, interval)
        return best[1] if best else None

    def _names_of(self, anchor: int) -> frozenset[str]:
        lemma = self.doc[anchor].lemma_.lower()
        return time_words().happenings.get(lemma, frozenset()) | {lemma}

    def _dates_one_of(self, words: frozenset[str], one: Found, anchor: int) -> int | None:
        """How far from the anchor an expression stands that dates one of these words, or None."""
        here = self._head(one)
        for _ in range(6):
            if here.head.i == here.i:
                break
            here = here.head
            candidates = [here, *(c for c in here.children if c.dep_ in ("dobj", "nsubj", "nsubjpass"))]
            for word in candidates:
                if word.lemma_.lower() in words and not one.start <= word.i < one.end:
                    return abs(word.i - anchor) + (1000 if word.i > anchor else 0)
            if here.pos_ in ("VERB", "AUX"):
                break
        return None


def _quoted(verb: Token) -> bool:
    span = verb.doc[verb.left_edge.i : verb.right_edge.i + 1]
    before = verb.doc[span.start - 1].text if span.start else ""
    return any(mark in (before, span[0].text) for mark in ('"', "“", "«", "‘", "``"))


def related(interval: Interval, relation: Relation, today: dt.date | None) -> Interval | None:
    """The interval that a preposition ("since", "before") makes of another."""
    start, end = interval
    day = dt.timedelta(days=1)
    match relation:
        case "since" | "from":
            return start, None
        case "until":
            return None, end
        case "by":
            return (today if today and end and today <= end else None), end
        case "before":
            return (None, start - day) if start else None
        case "after":
            return (end + day, None) if end else None
        case _:
            return interval
