"""Finds date expressions in the words of a report, by a grammar of news English, and says what each means.

The grammar works on tokens and needs no entity labels: calendar dates and parts of them, weekdays, words for
days, periods with "last", "this" and "next", counts ("ten years ago", "in three weeks", "for five weeks"),
seasons, quarters, holidays, ranges, anniversaries, and counts from another happening ("a day before the
meeting").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from accord.model.vocabulary.time import Relation, TimeWords, time_words
from accord.reading.dates.counts import Counts
from accord.reading.dates.shapes import (
    Anchored,
    CalendarDate,
    DayWord,
    Lasting,
    Named,
    PartOf,
    Period,
    QuarterOf,
    Range,
    Same,
    Season,
    Shape,
    Shifted,
    Stretch,
    Vague,
    Weekday,
    Years,
)

_YEAR = re.compile(r"^(1[4-9]\d\d|20\d\d)$")
_DECADE = re.compile(r"^(?:mid-|early-|late-)?(1[4-9]\d|20\d)0s$")
_DAY = re.compile(r"^([12]?\d|3[01])(?:st|nd|rd|th)?$")
_DAYS = re.compile(r"^([12]?\d|3[01])[-–]([12]?\d|3[01])$")
_DASHES = ("-", "–", "—")
_ENDS = ("or", "and", "to", "until", "through", "till", *_DASHES)
_OWNERS = ("the", "his", "her", "its", "their", "a", "an", "this", "that")
_NAMES = ("NOUN", "PROPN", "VERB")

Read = tuple[int, Shape]
"""Where the reading stopped (token, excluded) and what was read."""


@dataclass(frozen=True)
class Found:
    """An expression: tokens `start` to `end` (excluded), what it means, and the preposition's relation to it."""

    start: int
    end: int
    core: int
    shape: Shape
    relation: Relation = "at"


class Scanner:
    """Reads the date expressions of one parsed text."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.low = [t.lower_ for t in doc]
        self.words: TimeWords = time_words()
        self.counts = Counts(doc, self.low)
        self._starters = _starters(self.words)

    def __iter__(self) -> Iterator[Found]:
        """The expressions, left to right, none within another."""
        i = 0
        while i < len(self.low):
            found = self._at(i)
            if found is None:
                i += 1
            else:
                yield found
                i = found.end

    def word(self, i: int) -> str:
        """The lower-case word at `i`; empty past the ends."""
        return self.low[i] if 0 <= i < len(self.low) else ""

    def _at(self, i: int) -> Found | None:
        word = self.low[i]
        if word not in self._starters and not word[:1].isdigit() and not _DECADE.match(word):
            return None
        relation = self.words.relations.get(word)
        if relation is not None:
            found = self._after_preposition(i, relation)
            if found is not None:
                return found
        read = self._vague(i) or self.core(i)
        if read is None:
            return None
        end, shape = read
        if isinstance(shape, Lasting):
            return None  # a bare length of time dates nothing: "a five-week siege", "two days of talks"
        return Found(i, end, i, shape)

    def _after_preposition(self, i: int, relation: Relation) -> Found | None:
        at = i + 1
        while self.word(at) in ("to", "of", "as") and self.word(i) in ("prior", "as"):
            at += 1
        stretch = self._stretch(at)
        if stretch is not None and relation in ("at", "within", "since"):
            return Found(i, stretch[0], at, stretch[1])
        vague = self._vague(i)
        if vague is not None:
            return Found(i, vague[0], i, vague[1])
        if relation == "between" or relation == "from":
            read = self._range(at, relation)
            if read is not None:
                return Found(i, read[0], at, read[1])
        if relation == "for":
            return self._lasting(i, at)
        if relation in ("within",) or (self.word(i) == "in" and relation == "at"):
            shifted = self._in_count(i, at, relation)
            if shifted is not None:
                return shifted
        read = self.core(at)
        if read is None or isinstance(read[1], Lasting):
            return None
        end, shape = read
        if relation == "at" and self.word(i) == "of" and isinstance(shape, CalendarDate) and shape.month is None:
            return Found(at, end, at, shape)
        if relation == "at" and self.word(i) in ("about", "around", "as", "of"):
            return Found(at, end, at, shape)
        return Found(i, end, at, shape, relation)

    def core(self, i: int) -> Read | None:
        """An expression without its preposition, at token `i`."""
        for read in (
            self._calendar,
            self._weekday,
            self._day_word,
            self._part,
            self._told_period,
            self._period,
            self._anniversary,
            self._holiday,
            self._season,
            self._quarter,
            self._counted,
            self._next_to,
            self._decade,
            self._year,
        ):
            found = read(i)
            if found is not None:
                return self._with_day_part(found)
        return None

    def _with_day_part(self, found: Read) -> Read:
        end, shape = found
        if (
            isinstance(shape, Weekday | DayWord | CalendarDate | Period | Same)
            and self.word(end) in self.words.day_parts
        ):
            return end + 1, shape
        return found

    # --- calendar dates -------------------------------------------------------------------------------------

    def _month(self, i: int) -> int | None:
        word = self.word(i)
        number = self.words.months.get(word)
        if number is None:
            return None
        if word in self.words.also_words:
            token = self.doc[i]
            if not token.text[:1].isupper() or token.pos_ in ("AUX", "VERB"):
                return None
            if token.is_sent_start and not (_DAY.match(self.word(i + 1)) or _YEAR.match(self.word(i + 1))):
                return None
        return number

    def _day_number(self, i: int) -> int | None:
        match = _DAY.match(self.word(i))
        if match is None or self.word(i + 1) == "%" or int(match[1]) == 0:
            return None
        return int(match[1])

    def _year_number(self, i: int) -> int | None:
        return int(self.word(i)) if _YEAR.match(self.word(i)) else None

    def _calendar(self, i: int) -> Read | None:
        return self._iso(i) or self._month_first(i) or self._day_first(i)

    def _iso(self, i: int) -> Read | None:
        parts = [self.word(i + k) for k in range(5)]
        if _YEAR.match(parts[0]) and parts[1] == "-" and parts[3] == "-" and parts[2].isdigit() and parts[4].isdigit():
            month, day = int(parts[2]), int(parts[4])
            if 1 <= month <= 12 and 1 <= day <= 31 and len(parts[2]) == 2:
                return _checked(i + 5, CalendarDate(int(parts[0]), month, day))
        match = re.match(r"^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$", self.word(i))
        if match:
            first, second, year = int(match[1]), int(match[2]), int(match[3])
            if first > 12 >= second >= 1 and first <= 31:  # only where the order is certain
                return _checked(i + 1, CalendarDate(year, second, first))
            if second > 12 >= first >= 1 and second <= 31:
                return _checked(i + 1, CalendarDate(year, first, second))
        return None

    def _month_first(self, i: int) -> Read | None:
        place = self.words.places.get(self.word(i))
        at = i + 1 if place is not None and self._month(i + 1) else i
        month = self._month(at)
        if month is None:
            return None
        place = place if at > i else None
        end, day, last = at + 1, None, None
        span = _DAYS.match(self.word(end))
        if span:
            day, last, end = int(span[1]), int(span[2]), end + 1
        else:
            day = self._day_number(end)
            if day is not None and self._year_number(end) is None:
                end += 1
                if self.word(end) in _DASHES and self._day_number(end + 1) and self._month(end + 2) is None:
                    last, end = self._day_number(end + 1), end + 2
        year, end = self._with_year(end, day is not None)
        return _checked(end, CalendarDate(year, month, day, last, place))

    def _day_first(self, i: int) -> Read | None:
        at = i + 1 if self.word(i) == "the" else i
        span, last = _DAYS.match(self.word(at)), None
        day = int(span[1]) if span else self._day_number(at)
        if day is None:
            return None
        end = at + 1
        if span:
            last = int(span[2])
        elif self.word(end) in _DASHES and self._day_number(end + 1):
            last, end = self._day_number(end + 1), end + 2
        if self.word(end) == "of":
            end += 1
        month = self._month(end)
        if month is None:
            return None
        year, end = self._with_year(end + 1, True)
        return _checked(end, CalendarDate(year, month, day, last))

    def _with_year(self, end: int, after_day: bool) -> tuple[int | None, int]:
        at = end + 1 if self.word(end) == "," and after_day else end
        if self.word(end) == "of" and self._year_number(end + 1):
            at = end + 1
        year = self._year_number(at)
        return (year, at + 1) if year is not None else (None, end)

    def _year(self, i: int) -> Read | None:
        year = self._year_number(i)
        if year is None:
            return None
        before, after = self.word(i - 1), self.word(i + 1)
        if before in ("$", "€", "£", "no.", "number") or after in ("%", "percent", "per"):
            return None
        token = self.doc[i]
        if token.dep_ == "nummod" and token.head.i > i and token.head.tag_ == "NNS" and before not in ("the", "in"):
            return None  # "1,900 soldiers" written 1900
        if after in _DASHES and re.match(r"^\d\d(\d\d)?$", self.word(i + 2)) and token.nbor(1).whitespace_ == "":
            second = self.word(i + 2)
            last = int(second) if len(second) == 4 else year // 100 * 100 + int(second)
            return (i + 3, Years(year, last)) if last > year else None
        if before in self.words.relations or before in self.words.parts or self._reads_as_year(i):
            return i + 1, CalendarDate(year)
        return None

    def _reads_as_year(self, i: int) -> bool:
        """A bare number between 1400 and 2099 that is written like a year."""
        token = self.doc[i]
        if token.dep_ in ("pobj", "npadvmod", "appos", "compound", "tmod", "dep", "ROOT", "conj"):
            return True
        return token.dep_ in ("nummod", "nmod", "poss") and token.head.tag_ in ("NN", "NNP") and token.head.i > i

    def _decade(self, i: int) -> Read | None:
        at = i + 1 if self.word(i) == "the" else i
        match = _DECADE.match(self.word(at))
        if match is None:
            return None
        first = int(match[1]) * 10
        whole = Years(first, first + 9)
        part = self.word(at).split("-")[0]
        which = self.words.parts.get(part)
        return at + 1, PartOf(whole, which) if which else whole

    # --- weekdays, days, periods ------------------------------------------------------------------------------

    def _weekday(self, i: int) -> Read | None:
        word = self.word(i)
        place = self.words.places.get(word)
        at = i
        if word == "the" and self.words.places.get(self.word(i + 1)) is not None:
            place, at = self.words.places[self.word(i + 1)], i + 1
        at = at + 1 if place is not None and self.word(at + 1) in self.words.weekdays else at
        number = self.words.weekdays.get(self.word(at))
        if number is None:
            return None
        end = at + 1
        while self.word(end) in self.words.day_parts:
            end += 1
        for comma in (1, 0):  # "Friday, March 7" is that day, the weekday only says it again
            dated = self._calendar(end + comma) if self.word(end) == "," or not comma else None
            if dated is not None and isinstance(dated[1], CalendarDate) and dated[1].day is not None:
                return dated
        return end, Weekday(number, place if at > i else None)

    def _day_word(self, i: int) -> Read | None:
        word = self.word(i)
        if word in self.words.days:
            return i + 1, DayWord(self.words.days[word])
        if word == "earlier" and self.word(i + 1) in ("today", "yesterday"):
            return i + 2, DayWord(self.words.days[self.word(i + 1)])
        if word == "later" and self.word(i + 1) in ("today", "tomorrow", "tonight"):
            return i + 2, DayWord(self.words.days[self.word(i + 1)])
        if word == "last" and self.word(i + 1) == "night":
            return i + 2, DayWord(-1)
        if word == "this" and self.word(i + 1) in self.words.day_parts:
            return i + 2, DayWord(0)
        if self.low[i : i + 4] == ["the", "day", "before", "yesterday"]:
            return i + 4, DayWord(-2)
        if self.low[i : i + 4] == ["the", "day", "after", "tomorrow"]:
            return i + 4, DayWord(2)
        return None

    def _part(self, i: int) -> Read | None:
        at = i + 1 if self.word(i) == "the" else i
        which = self.words.parts.get(self.word(at))
        if which is None:
            return None
        at += 1
        if self.word(at) in ("-", "of", "in", "on"):
            at += 1
        read = self.core(at)
        if read is None and self.word(at) in ("the", "that"):
            unit = self.word(at + 1)
            if unit in ("week", "month", "year", "decade", "century", "quarter"):
                read = (at + 2, Period(unit, 0))
        if read is None or isinstance(read[1], Lasting | Vague | Shifted | Anchored):
            return None
        if which in ("before", "after") and isinstance(read[1], Weekday | DayWord | CalendarDate):
            return read  # "later on Friday" is Friday
        return read[0], PartOf(read[1], which)

    def _told_period(self, i: int) -> Read | None:
        """ "The previous day", "the following week", "the same month": counted from the last date told."""
        if self.word(i) not in ("the", "that"):
            return None
        word, unit = self.word(i + 1), self.word(i + 2)
        if self.word(i) == "that" and word in ("day", "night", "morning", "afternoon", "evening"):
            return i + 2, Same()
        if word == "same" and unit in (*self.words.units, *self.words.day_parts):
            return i + 3, Same()
        if word in ("previous", "preceding", "following", "next") and unit in self.words.units:
            if word == "next" and unit not in ("day", "morning"):
                return None
            return i + 3, Period(unit, self.words.places[word], told=True)
        if word in ("next", "following", "previous") and unit in self.words.day_parts:
            return i + 3, Period("day", self.words.places[word], told=True)
        return None

    def _period(self, i: int) -> Read | None:
        at = i + 1 if self.word(i) == "the" else i
        place = self.words.places.get(self.word(at))
        unit = self.word(at + 1)
        if place is None or unit not in self.words.units or unit.endswith("s"):
            return None
        if unit in ("day", "hour", "minute") or (at == i and self.word(at) in ("following", "preceding")):
            return None
        if at > i and self.word(at) in ("last", "past", "next", "coming") and unit != "century":
            count = self.counts.one(unit)  # "the past week" is the seven days to today
            return at + 2, Stretch(count, place)
        return at + 2, Period(unit, place)

    def _stretch(self, i: int) -> Read | None:
        """ "The past five weeks", "the next ten days"."""
        at = i + 1 if self.word(i) in ("the", "these", "those") else i
        place = self.words.places.get(self.word(at))
        if place is None or place == 0:
            return None
        read = self.counts.read(at + 1)
        if read is None or self.word(at + 1) in ("a", "an"):
            return None
        return read[0], Stretch(read[1], place)

    def _season(self, i: int) -> Read | None:
        at, place = i, self.words.places.get(self.word(i))
        if place is not None or self.word(i) == "the":
            at = i + 1
        month = self.words.seasons.get(self.word(at))
        if month is None or (self.doc[at].pos_ not in ("NOUN", "PROPN")) or self.doc[at].tag_ == "NNS":
            return None
        end = at + 1
        if self.word(end) == "of" and self._year_number(end + 1):
            return end + 2, Season(month, self._year_number(end + 1))
        if self._year_number(end):
            return end + 1, Season(month, self._year_number(end))
        if at == i and self.word(i - 1) not in ("in", "by", "since", "until", "early", "late", "mid", "during", "-"):
            return None
        if self.word(at) == "fall" and place is None and self.word(i - 1) not in ("early", "late", "in", "last"):
            return None
        if self.word(at) in ("spring", "fall") and self.word(end) == "of":
            return None  # "the fall of Kabul"
        return end, Season(month, None, place)

    def _quarter(self, i: int) -> Read | None:
        at = i + 1 if self.word(i) == "the" else i
        number = self.words.ordinals.get(self.word(at))
        if number is None or self.word(at + 1) not in ("quarter", "half"):
            return None
        pieces = 4 if self.word(at + 1) == "quarter" else 2
        end = at + 2
        if number > pieces or self.word(end) != "of":
            return None
        year = self._year_number(end + 1)
        if year is not None:
            return end + 2, QuarterOf(number, pieces, CalendarDate(year))
        read = self._period(end + 1)
        if read is None and self.low[end + 1 : end + 3] == ["the", "year"]:
            read = (end + 3, Period("year", 0))
        if read is None or not isinstance(read[1], Period) or read[1].unit != "year":
            return None
        return read[0], QuarterOf(number, pieces, read[1])

    def _holiday(self, i: int) -> Read | None:
        place = self.words.places.get(self.word(i))
        at = i + 1 if place is not None else i
        for phrase, holiday in self.words.holidays.get(self.word(at), ()):
            end = at + len(phrase)
            if tuple(self.low[at:end]) == phrase and self.doc[at].text[:1].isupper():
                year = self._year_number(end)
                return (end + 1 if year else end), Named(holiday, year, place if at > i else None)
        return None

    # --- counts ---------------------------------------------------------------------------------------------

    def _counted(self, i: int) -> Read | None:
        """ "Ten years ago", "two days later", "a day before the meeting", and bare lengths of time."""
        read = self.counts.read(i)
        if read is None:
            return None
        end, count = read
        for size in (2, 1):
            shift = self.words.shifts.get(tuple(self.low[end : end + size]))
            if shift is None:
                continue
            sign = -1 if shift.startswith("back") else 1
            anchor = self._anchor(end + size) if self.word(end) in ("before", "after", "into", "prior") else None
            if anchor is not None:
                return anchor + 1, Anchored(count, sign, anchor)
            if self.word(end) in ("into", "prior"):
                return None
            if self.word(end) in ("before", "after"):
                dated = self.core(end + 1)
                if dated is not None:
                    return None
            return end + size, Shifted(count, sign, shift.endswith("told"))
        return end, Lasting(count)

    def _next_to(self, i: int) -> Read | None:
        """ "The day after the talks", "hours after the ruling", "the eve of the summit"."""
        at = i + 1 if self.word(i) == "the" else i
        word, then = self.word(at), self.word(at + 1)
        if word == "eve" and then == "of":
            anchor = self._anchor(at + 2)
            return (anchor + 1, Anchored(self.counts.one("day"), -1, anchor)) if anchor is not None else None
        unit = self.words.units.get(word)
        if unit is None or then not in ("before", "after"):
            return None
        anchor = self._anchor(at + 2)
        if anchor is None or self.core(at + 2) is not None:
            return None
        sign = -1 if then == "before" else 1
        exact = at > i and not word.endswith("s")
        return anchor + 1, Anchored(self.counts.one(word) if exact else None, sign, anchor, vague=not exact)

    def _lasting(self, i: int, at: int) -> Found | None:
        read = self._stretch(at)
        if read is not None:
            return Found(i, read[0], at, read[1])
        skip = at + 1 if self.word(at) in ("the", "another") else at
        counted = self.counts.read(skip)
        if counted is None or self.word(counted[0]) in ("-", "old"):
            return None
        return Found(i, counted[0], at, Lasting(counted[1]), "for")

    def _in_count(self, i: int, at: int, relation: Relation) -> Found | None:
        """ "In three weeks", "within ten days"."""
        read = self.counts.read(at)
        if read is None or self.word(read[0]) in ("-", "ago", "earlier", "later", "before", "after"):
            return None
        end, count = read
        if relation == "within":
            if self.word(end) == "of":
                return None
            return Found(i, end, at, Stretch(count, 1))
        end = end + 1 if self.word(end) in ("’", "'", "'s", "’s") else end
        if self.word(end) == "time":
            end += 1
        return Found(i, end, at, Shifted(count, 1))

    def _anniversary(self, i: int) -> Read | None:
        at = i + 1 if self.word(i) in _OWNERS else i
        number = self.words.ordinals.get(self.word(at)) or _ordinal(self.word(at))
        if number is None or self.word(at + 1) != "anniversary" or self.word(at + 2) != "of":
            return None
        anchor = self._anchor(at + 3)
        if anchor is None:
            return None
        return anchor + 1, Anchored(self.counts.of(number, "year"), 1, anchor, anniversary=True)

    def _anchor(self, i: int) -> int | None:
        """The happening that is named at `i`: the head of its noun phrase, or the verb of its clause."""
        if i >= len(self.low) or self.doc[i].is_punct or self.doc[i].is_space:
            return None
        token = self.doc[i]
        sentence_end = token.sent.end
        for k in range(i, min(i + 7, sentence_end)):
            here = self.doc[k]
            if here.pos_ in ("NOUN", "PROPN") and here.dep_ not in ("compound", "poss", "nmod", "amod"):
                return k if self.words.happenings.get(here.lemma_.lower()) or here.pos_ == "NOUN" else None
            if here.pos_ == "VERB":
                return k
            if here.is_punct:
                return None
        return None

    # --- ranges and words that name no day ------------------------------------------------------------------

    def _range(self, i: int, relation: Relation) -> Read | None:
        first = self.core(i)
        if first is None or self.word(first[0]) not in _ENDS:
            return None
        last = self.core(first[0] + 1)
        if last is None:
            return None
        start, end = first[1], last[1]
        if isinstance(start, CalendarDate) and isinstance(end, CalendarDate) and start.year is None and end.year:
            start = CalendarDate(end.year, start.month, start.day, start.last_day)
        if isinstance(start, Lasting) or isinstance(end, Lasting):
            return None
        return last[0], Range(start, end)

    def _vague(self, i: int) -> Read | None:
        for phrase in self.words.vague.get(self.word(i), ()):
            if tuple(self.low[i : i + len(phrase)]) == phrase:
                return i + len(phrase), Vague()
        return None


def _checked(end: int, date: CalendarDate) -> Read | None:
    """The reading, unless no year has such a day."""
    try:
        date._in(date.year or 2024)
    except ValueError:
        return None
    return end, date


def _ordinal(word: str) -> int | None:
    match = re.match(r"^(\d{1,3})(?:st|nd|rd|th)$", word)
    return int(match[1]) if match else None


def _starters(words: TimeWords) -> frozenset[str]:
    """The words that an expression can begin with: most tokens are passed over by one look-up."""
    bounds = {bound[0] for bound in words.bounds}
    return frozenset(
        {
            *words.months,
            *words.weekdays,
            *words.days,
            *words.parts,
            *words.relations,
            *words.places,
            *words.numbers,
            *words.vague_numbers,
            *words.ordinals,
            *words.seasons,
            *words.holidays,
            *words.vague,
            *bounds,
            *_OWNERS,
            "eve",
            *words.units,
            "last",
            "these",
            "those",
        }
    )
