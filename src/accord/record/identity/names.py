"""Personal names across spellings: what two forms of a name say about whether one person bears both."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import product
from typing import Literal

import msgspec
from rapidfuzz.distance import Indel

from accord.model.vocabulary.matching import matching

Likeness = Literal["same", "short", "different"]

_LOOSE = 0.72  # least likeness of two spellings of one word whose consonants agree; see test_names for pairs near it
_WORD = re.compile(r"[^\W_]+(?:['’`ʼ][^\W_]+)*")
# letters that keep no base letter when accents are taken off
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """The text without case and accents, white space single."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a name, apostrophes inside words left off, hyphens taken for spaces."""
    return tuple(re.sub(r"['’`ʼ]", "", word) for word in _WORD.findall(fold(text)))


class PersonName(msgspec.Struct, frozen=True):
    """A personal name without titles and particles: all its words in order, and the suffix (junior, II) if any."""

    words: tuple[str, ...]
    suffix: str | None = None

    @property
    def full(self) -> bool:
        """Whether it has more than a surname (or a given name) alone."""
        return len(self.words) > 1


@lru_cache(maxsize=100_000)
def person_name(text: str) -> PersonName:
    """The name with titles before it, particles and suffix taken off, unless nothing would be left."""
    known = matching().names
    words = words_of(re.split(r"\s*[,(]", text)[0])
    suffix = words[-1] if len(words) > 2 and words[-1] in known.suffixes else None
    words = words[:-1] if suffix else words
    plain = words[next((i for i, w in enumerate(words) if w not in known.titles), len(words)) :]
    bare = tuple(w for w in plain if w not in known.particles)
    return PersonName(bare or plain or words, suffix)


@cache
def _spelling() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(what), to) for what, to in matching().names.spelling)


@lru_cache(maxsize=100_000)
def spellings(word: str) -> frozenset[str]:
    """The word as it sounds: one form for all usual spellings, two where a letter stands for either of two sounds."""
    either = matching().names.either
    found = set()
    for letters in product(*(either.get(letter, (letter,)) for letter in word)):
        plain = "".join(letters)
        for pattern, sound in _spelling():
            plain = pattern.sub(sound, plain)
        found.add(re.sub(r"(.)\1+", r"\1", plain))
    return frozenset(found)


@lru_cache(maxsize=100_000)
def _consonants(word: str) -> frozenset[str]:
    alike = matching().names.alike
    return frozenset(
        re.sub(r"(.)\1+", r"\1", "".join(alike.get(c, c) for c in form if c not in "aeiou")) for form in spellings(word)
    )


@lru_cache(maxsize=200_000)
def same_word(a: str, b: str) -> bool:
    """Whether two words of a name are usual spellings of one: Zelensky, Zelenskyy, Zelenskiy."""
    return a == b or not spellings(a).isdisjoint(spellings(b))


@lru_cache(maxsize=200_000)
def close_word(a: str, b: str) -> bool:
    """Whether two words could be spellings of one, vowels and voicing aside: Muhammad, Mohamed."""
    if same_word(a, b):
        return True
    if _consonants(a).isdisjoint(_consonants(b)):
        return False
    return max(Indel.normalized_similarity(x, y) for x in spellings(a) for y in spellings(b)) >= _LOOSE


@cache
def _familiar() -> dict[str, int]:
    return {name: i for i, names in enumerate(matching().names.familiar) for name in names}


@lru_cache(maxsize=100_000)
def _same_given(a: str, b: str) -> bool:
    """Whether two given names can be one person's: alike, an initial of the other, or a familiar form."""
    if min(len(a), len(b)) == 1:
        return a[0] == b[0]
    known = _familiar()
    return close_word(a, b) or (a in known and known.get(a) == known.get(b))


def compare(a: PersonName, b: PersonName) -> Likeness:
    """Same, different, or "short": one of them is a part of the other and tells no more.

    Two full names are the same when surname and given name agree, one of them strictly, or when all words
    of one occur in order in the other from the first on (a second surname left out). A single word is
    compared strictly, for there is nothing else to hold it.
    """
    if a.suffix and b.suffix and a.suffix != b.suffix:
        return "different"
    if not a.full or not b.full:
        return _compare_short(a, b)
    if same_word("".join(a.words), "".join(b.words)):
        return "same"
    last, first = close_word(a.words[-1], b.words[-1]), _same_given(a.words[0], b.words[0])
    strict = same_word(a.words[-1], b.words[-1]) or same_word(a.words[0], b.words[0])
    if last and first and strict and _middle_agree(a.words[1:-1], b.words[1:-1]):
        return "same"
    short, long = sorted((a.words, b.words), key=len)
    if len(short) < len(long) and same_word(short[0], long[0]) and _in_order(short, long):
        return "same"
    return "different"


def _compare_short(a: PersonName, b: PersonName) -> Likeness:
    if not a.full and not b.full:
        return "same" if same_word(a.words[0], b.words[0]) else "different"
    short, full = (a, b) if b.full else (b, a)
    return "short" if any(same_word(short.words[0], w) for w in (full.words[-1], full.words[0])) else "different"


def _middle_agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether the words between do not contradict: one has none, or the shorter's are all in the longer's."""
    short, long = sorted((a, b), key=len)
    return all(any(_same_given(x, y) for y in long) for x in short)


def _in_order(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    rest = iter(long)
    return all(any(same_word(word, other) for other in rest) for word in short)


def name_keys(name: PersonName) -> frozenset[str]:
    """Keys of which two names share one wherever `compare` could find them the same or short."""
    ends = {name.words[-1], name.words[0]}
    loose = {f"c:{form}" for word in ends if name.full for form in _consonants(word)}
    return frozenset({form for word in ends for form in spellings(word)} | loose)
