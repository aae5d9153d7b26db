"""Reads weekdays, words for days, and periods: "last Friday", "this morning", "late last month", seasons, holidays."""

from __future__ import annotations

from accord.reading.dates.anchored import Anchored
from accord.reading.dates.calendar import CalendarGrammar
from accord.reading.dates.grammar import Read
from accord.reading.dates.shapes import (
    CalendarDate,
    DayWord,
    Lasting,
    Named,
    PartOf,
    Period,
    QuarterOf,
    Same,
    Season,
    Shifted,
    Stretch,
    Vague,
    Weekday,
)


class PeriodGrammar(CalendarGrammar):
    """The rules of days and periods."""

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
