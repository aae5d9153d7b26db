"""What a piece of text says, as far as words tell: families of words, actors, proper names, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property, lru_cache

import msgspec
import snowballstemmer  # type: ignore[import-untyped]

from accord.model.vocabulary.matching import matching
from accord.record.identity.names import fold

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*|[%$€£]")
_POSSESSIVE = re.compile(r"['’ʼ]s?$")
_LONGEST = 6  # words of the longest name or phrase looked for
_stemmer = snowballstemmer.stemmer("english")


class Wording(msgspec.Struct, frozen=True, array_like=True):
    """The content of a piece of text: word families and stems, actors as `@id`, proper names, numbers, negation.

    `lead` is the actor that the text starts with, if it starts with one; `targets` are actors after "on", "from" and
    the like, to or from whom something is done.
    """

    words: frozenset[str] = frozenset()
    proper: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    negated: bool = False
    lead: str = ""
    targets: frozenset[str] = frozenset()

    def likeness(self, other: Wording, least: int = 1) -> float:
        """From 0 (nothing shared) to 1: the mean of the shares of what both have in all and in the shorter.

        A shorter one of fewer than `least` words counts as one of so many: a word or two can be shared by chance.
        """
        shared = len(self.words & other.words)
        if not shared:
            return 0.0
        least = max(least, min(len(self.words), len(other.words)))
        return 0.5 * shared / (len(self.words) + len(other.words) - shared) + 0.5 * shared / least

    def opposes(self, other: Wording) -> bool:
        """Whether one has a word that is opposite to one of the other: lift, impose."""
        opposites = _opposites()
        mine = (self.words & opposites.keys()) - other.words
        return any(not opposites[word].isdisjoint(other.words - self.words) for word in mine)

    def clashes(self, other: Wording) -> bool:
        """Whether both cannot mean one thing: opposite words, other numbers, one negated, names that only one has."""
        if self.negated != other.negated:
            return True
        if self.numbers and other.numbers and not (self.numbers <= other.numbers or other.numbers <= self.numbers):
            return True
        if self.lead in other.targets - self.targets or other.lead in self.targets - other.targets:
            return True
        mine, theirs = self.names - other.words, other.names - self.words
        return bool(mine and theirs) or self.opposes(other)

    @property
    def names(self) -> frozenset[str]:
        """Proper names and actors."""
        return self.proper | {word for word in self.words if word[0] == "@"}


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a folded English word."""
    found: str = _stemmer.stemWord(word)
    return found


@cache
def _families() -> dict[tuple[str, ...], str]:
    """From each phrase of a family, stemmed, to the family's name."""
    return {
        tuple(stem(word) for word in _pieces(phrase)): family[0]
        for family in matching().words.families
        for phrase in family
    }


@cache
def _family_starts() -> frozenset[str]:
    return frozenset(phrase[0] for phrase in _families())


@cache
def _opposites() -> dict[str, frozenset[str]]:
    """From each word that has opposites to these."""

    def one(word: str) -> str:
        return _families().get((stem(word),), stem(word))

    found: dict[str, set[str]] = {}
    for a, b in matching().words.opposites:
        found.setdefault(one(a), set()).add(one(b))
        found.setdefault(one(b), set()).add(one(a))
    return {word: frozenset(others) for word, others in found.items()}


def _pieces(phrase: str) -> list[str]:
    return [_POSSESSIVE.sub("", piece) for piece in _TOKEN.findall(fold(phrase))]


class NameIndex(dict[tuple[str, ...], str]):
    """From the folded words of names to ids, and how long the longest name is that begins with a word."""

    @cached_property
    def longest(self) -> dict[str, int]:
        """The words that names begin with."""
        found: dict[str, int] = {}
        for name in self:
            found[name[0]] = max(len(name), found.get(name[0], 0))
        return found


def name_index(names: Iterable[tuple[str, str]]) -> NameIndex:
    """From the folded words of each name to the id beside it, for `wording`. Of equal names the last one counts."""
    return NameIndex({tuple(pieces): key for name, key in names if (pieces := _pieces(name))})


def wording(text: str, names: NameIndex | None = None) -> Wording:
    """The content of `text`, with the names of `names` (see `name_index`) replaced by their ids.

    Words that carry no content fall away. A capitalised word inside a sentence that is no known name counts
    as a proper name; so does its stem among the words.
    """
    vocabulary = matching().words
    raw = [_POSSESSIVE.sub("", m) for m in _TOKEN.findall(text)]
    raw = [piece for piece in raw if piece.casefold() not in vocabulary.possessives]
    folded = [fold(piece) for piece in raw]
    words: set[str] = set()
    proper: set[str] = set()
    numbers: set[str] = set()
    targets: set[str] = set()
    negated, lead = False, ""
    names = NameIndex() if names is None else names
    i = 0
    while i < len(raw):
        size, found = _longest(folded, i, names)
        if found:
            words.add(f"@{found}")
            before = [word for word in folded[:i] if word != "the"]
            lead = lead if before else found
            if before and before[-1] in vocabulary.toward:
                targets.add(found)
        elif folded[i][0].isdigit():
            numbers.add(folded[i].replace(",", ""))
            words.add(folded[i].replace(",", ""))
        elif folded[i] in vocabulary.negations or folded[i].endswith(("n't", "n’t")):
            negated = not negated
        else:
            size, family = _family_at(folded, i)
            if family:
                words.add(family)
            elif folded[i] not in vocabulary.stop and len(folded[i]) > 1:
                words.add(stem(folded[i]))
                if raw[i][0].isupper() and i > 0:
                    proper.add(stem(folded[i]))
        i += size
    return Wording(frozenset(words), frozenset(proper), frozenset(numbers), negated, lead, frozenset(targets))


def _longest(folded: list[str], start: int, names: NameIndex) -> tuple[int, str | None]:
    for size in range(min(_LONGEST, len(folded) - start, names.longest.get(folded[start], 0)), 0, -1):
        found = names.get(tuple(folded[start : start + size]))
        if found:
            return size, found
    return 1, None


def _family_at(folded: list[str], start: int) -> tuple[int, str | None]:
    if stem(folded[start]) not in _family_starts():
        return 1, None
    families = _families()
    for size in range(min(_LONGEST, len(folded) - start), 0, -1):
        found = families.get(tuple(stem(word) for word in folded[start : start + size]))
        if found:
            return size, found
    return 1, None


def telling(words: Iterable[str], least: float) -> tuple[str, ...]:
    """Words of which any two sets whose Jaccard index is at least `least` share one.

    The prefix filter of set-similarity joins (Chaudhuri, Ganti and Kaushik 2006): in one order of all words,
    here the longest first since long words are rare, the first n - ceil(least * n) + 1 are enough.
    """
    order = sorted(words, key=lambda word: (-len(word), word))
    need = -int(-least * len(order) // 1)
    return tuple(order[: len(order) - need + 1])
