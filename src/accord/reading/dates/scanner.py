"""Finds date expressions in the words of a report, by a grammar of news English, and says what each means.

The grammar works on tokens and needs no entity labels: calendar dates and parts of them, weekdays, words for
days, periods with "last", "this" and "next", counts ("ten years ago", "in three weeks", "for five weeks"),
seasons, quarters, holidays, ranges, anniversaries, and counts from another happening ("a day before the
meeting").
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from accord.model.vocabulary.time import Relation, TimeWords
from accord.reading.dates.calendar import DECADE
from accord.reading.dates.distances import OWNERS, DistanceGrammar
from accord.reading.dates.found import Found
from accord.reading.dates.grammar import Read
from accord.reading.dates.shapes import CalendarDate, DayWord, Lasting, Period, Range, Same, Vague, Weekday

_ENDS = ("or", "and", "to", "until", "through", "till", "-", "–", "—")


class Scanner(DistanceGrammar):
    """Reads the date expressions of one parsed text."""

    def __init__(self, doc: Doc) -> None:
        super().__init__(doc)
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

    def _at(self, i: int) -> Found | None:
        word = self.low[i]
        if word not in self._starters and not word[:1].isdigit() and not DECADE.match(word):
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
        if relation in ("after", "before", "since") and self._owns(end):
            return Found(at, end, at, shape)  # "after last week's raid": the week is the raid's
        return Found(i, end, at, shape, relation)

    def _owns(self, end: int) -> bool:
        return self.word(end) in ("'s", "’s", "'", "’") and self.doc[end].tag_ == "POS"

    def core(self, i: int) -> Read | None:
        """An expression without its preposition, at token `i`."""
        for read in (
            self._calendar,
            self._weekday,
            self._day_word,
            self._part,
            self._then,
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

    def _then(self, i: int) -> Read | None:
        """ "Since then": since the period told last."""
        return (i + 1, Same(whatever=True)) if self.word(i) == "then" and self.word(i - 1) == "since" else None

    def _with_day_part(self, found: Read) -> Read:
        end, shape = found
        if (
            isinstance(shape, Weekday | DayWord | CalendarDate | Period | Same)
            and self.word(end) in self.words.day_parts
        ):
            return end + 1, shape
        return found

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
            *OWNERS,
            "eve",
            *words.units,
            "last",
            "these",
            "those",
        }
    )
