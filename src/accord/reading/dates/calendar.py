"""Reads calendar dates: days, months, years, decades, in the orders that news English uses."""

from __future__ import annotations

import re

from accord.reading.dates.grammar import Grammar, Read
from accord.reading.dates.shapes import CalendarDate, PartOf, Years

_YEAR = re.compile(r"^(1[4-9]\d\d|20\d\d)$")
DECADE = re.compile(r"^(?:mid-|early-|late-)?(1[4-9]\d|20\d)0s$")
_DAY = re.compile(r"^([12]?\d|3[01])(?:st|nd|rd|th)?$")
_DAYS = re.compile(r"^([12]?\d|3[01])[-–]([12]?\d|3[01])$")
_DASHES = ("-", "–", "—")


class CalendarGrammar(Grammar):
    """The rules of calendar dates."""

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
        match = DECADE.match(self.word(at))
        if match is None:
            return None
        first = int(match[1]) * 10
        whole = Years(first, first + 9)
        part = self.word(at).split("-")[0]
        which = self.words.parts.get(part)
        return at + 1, PartOf(whole, which) if which else whole


def _checked(end: int, date: CalendarDate) -> Read | None:
    """The reading, unless no year has such a day."""
    try:
        date._in(date.year or 2024)
    except ValueError:
        return None
    return end, date
