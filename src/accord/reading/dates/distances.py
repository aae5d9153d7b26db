"""Reads counts from somewhere: "ten years ago", "in three weeks", "a day before the meeting", anniversaries."""

from __future__ import annotations

import re

from accord.model.vocabulary.time import Relation
from accord.reading.dates.anchored import Anchored
from accord.reading.dates.found import Found
from accord.reading.dates.grammar import Read
from accord.reading.dates.periods import PeriodGrammar
from accord.reading.dates.shapes import Lasting, Shifted, Stretch

OWNERS = ("the", "his", "her", "its", "their", "a", "an", "this", "that")


class DistanceGrammar(PeriodGrammar):
    """The rules of counts."""

    def _counted(self, i: int) -> Read | None:
        """ "Ten years ago", "two days later", "a day before the meeting", and bare lengths of time."""
        read = self.counts.read(i)
        if read is None:
            return None
        end, count = read
        for size in (2, 1):
            shift = self.words.shifts.get(tuple(self.low[end : end + size]))
            if shift is None or end + size > len(self.low):
                continue
            sign = -1 if shift.startswith("back") else 1
            anchor = self._anchor(end + size) if self.word(end) in ("before", "after", "into", "prior") else None
            if anchor is not None:
                return self._up_to(anchor, end + size), Anchored(count, sign, anchor)
            if self.word(end) in ("into", "prior"):
                return None
            if self.word(end) in ("before", "after"):
                dated = self.core(end + 1)
                if dated is not None:
                    return None
            return end + size, Shifted(count, sign, shift.endswith("told"))
        return end, Lasting(count)

    def _up_to(self, anchor: int, start: int) -> int:
        """Where an expression ends that counts from a happening: a clause may have dates of its own."""
        return start if self.doc[anchor].pos_ in ("VERB", "AUX") else anchor + 1

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
        return self._up_to(anchor, at + 2), Anchored(
            self.counts.one(word) if exact else None,
            sign,
            anchor,
            vague=not exact,
            same_day=not (unit.days or unit.months),
        )

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
        return Found(i, end, at, Shifted(count, 1, ahead_only=True))

    def _anniversary(self, i: int) -> Read | None:
        at = i + 1 if self.word(i) in OWNERS else i
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
            if here.dep_ in ("nsubj", "nsubjpass") and here.head.pos_ in ("VERB", "AUX"):
                return here.head.i if here.head.i < sentence_end else None  # "a day after the sides agreed"
            if here.pos_ in ("NOUN", "PROPN") and here.dep_ not in ("compound", "poss", "nmod", "amod"):
                return k if self.words.happenings.get(here.lemma_.lower()) or here.pos_ == "NOUN" else None
            if here.pos_ == "VERB":
                return k
            if here.is_punct:
                return None
        return None


def _ordinal(word: str) -> int | None:
    match = re.match(r"^(\d{1,3})(?:st|nd|rd|th)$", word)
    return int(match[1]) if match else None
