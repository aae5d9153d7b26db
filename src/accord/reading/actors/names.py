"""Finds proper names that the vocabulary does not know, and judges from the report what each one names.

No entity recogniser: runs of capitalised words, cut at known names and titles, are judged by their last word, by
what stands beside them and by what they do anywhere in the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Token

from accord.model.vocabulary import roles
from accord.model.vocabulary.groups import groups
from accord.reading.actors.judging import Judgement, Name, judge, recall, speaks
from accord.reading.actors.lexicon import Hit

_LONGEST_HEADLINE = 30
_NOT_A_NAME_AT_START = frozenset({"ADP", "DET", "PRON", "SCONJ", "CCONJ", "ADV", "AUX", "INTJ", "NUM", "PART"})


def is_headline(doc: Doc, start: int, end: int) -> bool:
    """Whether the words from `start` to `end` are written in title case or capitals throughout."""
    words = [t for t in doc[start:end] if t.is_alpha]
    if len(words) >= 3 and all(t.is_upper for t in words):
        return True
    closing = next((t for t in reversed(doc[start:end]) if not t.is_space), None)
    closed = closing is not None and closing.text in (".", "?", "!", "”", '"', ":", ";", ",")
    if any(t.is_lower and t.tag_ in ("VBZ", "VBD", "VBP") for t in words):
        return False
    words = [t for t in words if len(t) > 3]
    return len(words) >= 4 and sum(t.text[0].isupper() for t in words) >= (1.0 if closed else 0.8) * len(words)


def _lines(doc: Doc) -> Iterator[tuple[int, int]]:
    """The lines of a report short enough for a headline."""
    start = 0
    for i in [*(t.i for t in doc if t.is_space and "\n" in t.text), len(doc)]:
        if start < i <= start + _LONGEST_HEADLINE:
            yield start, i
        start = i + 1


class NameFinder:
    """Collects the names of one report and judges them together."""

    def __init__(self, doc: Doc, hits: tuple[Hit, ...]) -> None:
        self.doc = doc
        self.hit_at = {i: hit for hit in hits for i in range(hit.start, hit.end)}
        self.headlines = {i for start, end in _lines(doc) if is_headline(doc, start, end) for i in range(start, end)}
        self.titles = _title_tokens(doc)
        self.judged: dict[str, Judgement] = {}
        self.inner = {t.text for t in doc if t.pos_ == "PROPN" and not t.is_sent_start and t.i not in self.hit_at}

    def find(self) -> dict[str, Judgement]:
        """Every name of the report with what speaks for its readings."""
        runs = list(self._runs())
        names: list[Name] = []
        for start, end in runs:
            if self._dateline(start, end):
                continue
            free = max([start, *(name.end for name in names[-1:])])
            if start not in self.headlines and free < end:
                names.extend(self._names_in(free, end))
        names.extend(self._in_headlines({name.text for name in names}))
        for name in names:
            judgement = self.judged.setdefault(name.text, Judgement())
            judgement.seen += 1
            judgement.spans.append(name)
            judge(self.doc, self.titles, name, judgement)
        recall(self.judged)
        return self.judged

    def _dateline(self, start: int, end: int) -> bool:
        """Whether a run in capitals is the town that a report begins with: "BELFAST (Reuters) -"."""
        opens = start == 0 or self.doc[start - 1].is_space
        closes = end < len(self.doc) and self.doc[end].text in ("(", "-", "–", "—", "/")
        return opens and closes and self.doc[start:end].text.isupper()

    def _in_headlines(self, known: set[str]) -> Iterator[Name]:
        """In words that all begin with a capital, only the names that the text below knows, and their last words."""
        known = known | {text.rsplit(" ", 1)[-1] for text in known if " " in text}
        doc, i = self.doc, 0
        rows = sorted(self.headlines)
        while i < len(rows):
            at = rows[i]
            size = next((n for n in (4, 3, 2, 1) if doc[at : at + n].text in known), 0)
            if size and at not in self.hit_at and at not in self.titles:
                yield Name(at, at + size, at, doc[at : at + size].text)
            i += max(size, 1)

    def _capital(self, token: Token) -> bool:
        text = token.text
        if not text[0].isupper() or token.is_space:
            return False
        if token.i in self.hit_at:
            return True
        if token.is_sent_start and token.is_title and text in self.inner and not token.is_stop:
            return True
        if token.is_sent_start and token.lower_ in groups().acting | groups().civil and token.tag_ in ("NNS", "NNPS"):
            return False
        if text in ("I", "I.") or (token.is_sent_start and token.pos_ in _NOT_A_NAME_AT_START and len(text) > 1):
            return False
        if token.is_sent_start and token.pos_ in ("VERB", "ADJ", "NOUN") and token.i not in self.titles:
            return token.tag_ in ("NNP", "NNPS") and token.is_oov
        if token.is_stop:
            return token.tag_ in ("NNP", "NNPS") and not token.is_sent_start  # "the Popular Front"
        return token.pos_ in ("PROPN", "NOUN", "ADJ", "X", "VERB", "NUM", "ADV", "INTJ")

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Maximal runs of capitalised words with the small words and hyphens that names hold inside."""
        doc, i, n = self.doc, 0, len(self.doc)
        while i < n:
            begins = self._capital(doc[i]) or (
                doc[i].lower_ in ("al", "el", "an", "as")
                and i + 2 < n
                and doc[i + 1].text == "-"
                and doc[i + 2].is_title
            )
            if not begins:
                i += 1
                continue
            start, i = i, i + 1
            while i < n and not doc[i].is_sent_start:
                if self._capital(doc[i]):
                    i += 1
                elif self._joins(i, start):
                    i += 2
                else:
                    break
            yield start, i

    def _joins(self, i: int, start: int) -> bool:
        """Whether token `i` (a particle, a hyphen within a word) holds the run together with the word after it."""
        doc = self.doc
        if i + 1 >= len(doc) or doc[i + 1].is_sent_start:
            return False
        after = doc[i + 1]
        tight = not doc[i - 1].whitespace_
        if doc[i].text in ("-", "–") and tight and not doc[i].whitespace_:
            if (
                after.is_lower
                and after.tag_ in ("NN", "NNP")
                and i - 2 >= start
                and after.dep_ not in ("amod", "compound")
            ):
                return doc[i - 2].text[0].isupper()  # "Ban Ki-moon"
            return (
                after.text[0].isupper() or (doc[i - 1].lower_ in roles.roles().particles)
            ) and after.i not in self.hit_at
        if doc[i].lower_ in roles.roles().particles and doc[i].is_lower:
            if after.text == "-" and i + 2 < len(doc):
                return doc[i + 2].text[0].isupper() and not doc[i].whitespace_
            return after.text[0].isupper() or (
                after.lower_ in roles.roles().particles and i + 2 < len(doc) and doc[i + 2].is_title
            )
        return False

    def _names_in(self, start: int, end: int) -> Iterator[Name]:
        """The free stretches of a run: what is left when known names and titles are taken out."""
        regions = groups().regions
        cuts = [i in self.hit_at or i in self.titles or self._region(i, regions) for i in range(start, end)]
        self._keep_surname(start, end, cuts)
        if all(cuts):
            return
        i = start
        while i < end:
            if cuts[i - start]:
                i += 1
                continue
            j = i
            while j < end and not cuts[j - start]:
                j += 1
            begin = self._with_hits(start, i, j)
            stop = j
            while stop > begin and self.doc[stop - 1].text in ("-", "–"):
                stop -= 1
            while begin < stop and self.doc[begin].text in ("-", "–"):
                begin += 1
            if begin < stop:
                stop = self._extended(begin, stop, end)
                while stop - begin > 1 and self.doc[stop - 1].lower_ in groups().government:
                    stop -= 1  # "the Trump Administration" is named after a person
                words = self.doc[begin:stop].text.strip()
                alone = stop - begin == 1 and words in groups().body_words | groups().place_words
                alone = alone or words.lower() in groups().domestic or self._ministry(begin, words)
                if words not in groups().not_actors and not alone and not self._town(begin):
                    yield Name(begin, stop, start, re.sub(r"\s+", " ", words))
            i = max(j, stop)

    def _ministry(self, begin: int, words: str) -> bool:
        """Whether the words are a state's organ, told after its owner: "Norway's Foreign Ministry"."""
        owned = begin > 0 and self.doc[begin - 1].tag_ == "POS"
        return owned and words.lower() in groups().acting

    def _town(self, begin: int) -> bool:
        """Whether a name is said to be a place: "the western city of Canakkale"."""
        if begin < 2 or self.doc[begin - 1].lower_ != "of":
            return False
        return self.doc[begin - 2].lower_ in groups().towns

    def _keep_surname(self, start: int, end: int, cuts: list[bool]) -> None:
        """Leave in the name what is also a title or adjective: "Mr. King", "Mark Cuban", "Hassan Sheikh Mohamud"."""
        inner = roles.roles().in_names
        for i in range(start + 1, end - 1):
            if self.doc[i].lower_ in inner and not cuts[i - start - 1] and not cuts[i - start + 1]:
                cuts[i - start] = False
        last = end - 1
        if end - start < 2 or not cuts[-1] or self.doc[last].tag_ not in ("NNP", "NNPS"):
            return
        hit, before = self.hit_at.get(last), self.doc[last - 1]
        tied = before.dep_ == "compound" and before.head.i == last
        honoured = last - 1 in self.titles and before.text.endswith(".")
        free = not cuts[-2] and before.tag_ == "NNP"
        if not tied or self.doc[last].dep_ in ("amod", "compound") or not (free or honoured):
            return
        single = hit is not None and hit.kind in ("demonym", "none") and hit.end - hit.start == 1
        if (hit is None and last in self.titles) or single:
            cuts[-1] = False

    def _region(self, i: int, regions: frozenset[str]) -> bool:
        """Whether a word is the adjective of a region ("European leaders") rather than part of a name."""
        token = self.doc[i]
        return token.text in regions and token.pos_ == "ADJ"

    def _with_hits(self, start: int, i: int, j: int) -> int:
        """A body keeps the known name it starts with ("Kenya Human Rights Commission"); a person of that name too."""
        before = self.hit_at.get(i - 1) if i > start else None
        if before is None or before.start < start:
            return i
        last = self.doc[j - 1].text
        if last in groups().body_words:
            return before.start
        one_word = before.end - before.start == 1 and before.kind in ("state", "capital", "body")
        person_like = j - i == 1 and self.doc[i].tag_ == "NNP" and not self.doc[i].text.isupper()
        joined = self.doc[before.start].dep_ == "compound" and self.doc[before.start].head.i == i
        if one_word and person_like and joined and speaks(self.doc[i]) and before.start == start:
            return before.start
        return i

    def _extended(self, begin: int, stop: int, end: int) -> int:
        """A body's name goes on after "of" and "for": "Institute for the Study of War"."""
        doc = self.doc
        if doc[stop - 1].text not in groups().body_words or stop != end:
            return stop
        while stop + 1 < len(doc) and doc[stop].lower_ in ("of", "for", "on") and not doc[stop].is_sent_start:
            after = stop + 2 if doc[stop + 1].lower_ == "the" else stop + 1
            reach = after
            while reach < len(doc) and not doc[reach].is_sent_start:
                if reach in self.titles:
                    break
                if doc[reach].text[0].isupper() and doc[reach].is_alpha:
                    reach += 1
                elif doc[reach].lower_ in ("and", "of") and reach + 1 < len(doc) and doc[reach + 1].text[0].isupper():
                    if doc[reach + 1].i in self.hit_at:
                        break
                    reach += 1
                else:
                    break
            if reach == after or doc[after].text in groups().not_actors:
                break  # "Parliament on Thursday"
            stop = reach
        return stop


def _title_tokens(doc: Doc) -> set[int]:
    """Tokens of titles and roles; those of several words ("secretary of state") as a whole."""
    classes, ranks = roles.class_of(), roles.roles().ranks
    found: set[int] = set()
    starts, low = _phrase_starts(), [token.lower_ for token in doc]
    for i, word in enumerate(low):
        if word in classes or (doc[i].tag_ == "NNS" and doc[i].lemma_.lower() in classes):
            found.add(i)
        if word in starts:
            for width in (6, 5, 4, 3, 2):
                if i + width <= len(low) and " ".join(low[i : i + width]) in classes:
                    found.update(range(i, i + width))
                    break
    for i in sorted(found):
        step = i - 1
        while step >= 0 and low[step] in ranks and step not in found:
            found.add(step)
            step -= 1
    return found


@cache
def _phrase_starts() -> frozenset[str]:
    """First words of the titles that have several."""
    return frozenset(phrase.split(" ", 1)[0] for phrase in roles.class_of() if " " in phrase)
