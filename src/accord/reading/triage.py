"""Which reports are worth reading: a gate that looks at words alone, some thousand times as fast as the parse.

Bulk news is mostly about other things, and parsing it is what costs. Every different word of a text counts by its
group in `data/triage.yaml`; a text passes when enough of them tell of a process, and enough of a conflict, of
those who have power, and of states. Longer texts have more words by chance, and must reach more.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from accord.model.vocabulary.triage import WordGroup, triage

_LETTERS = bytes(c | 32 if 65 <= c <= 90 else c if 97 <= c <= 122 else 32 for c in range(256))
"""Capitals to small letters, all else to spaces: the fastest way to words there is in Python (bench/triage.py)."""


def relevant(text: str) -> bool:
    """Whether a text is likely about a process, and so worth the parse."""
    words = _words(text.encode("utf-8", "replace"))
    process, every = _balance(set(words))
    bar = [bar for bar in triage().bars if bar.words <= len(words)][-1]
    return process >= bar.process and every >= bar.all


def worth_opening(raw: bytes) -> bool:
    """Whether a page, with all its markup, can have a relevant text in it: the words reach the lowest bar."""
    process, every = _points(set(_words(raw)))
    bar = triage().bars[0]
    return process >= bar.process and every >= bar.all


def score(text: str) -> tuple[int, int]:
    """What the words of a text count for: those that tell of a process, and all, less those of other things."""
    return _balance(set(_words(text.encode("utf-8", "replace"))))


def telling(text: str) -> Iterator[str]:
    """The words of a text that count, in the order of the alphabet: why it passed, or why it nearly did."""
    found = _every_word() & set(_words(text.encode("utf-8", "replace")))
    return iter(sorted(word.decode("ascii") for word in found))


def _words(raw: bytes) -> list[bytes]:
    return raw.translate(_LETTERS).split()


def _balance(words: set[bytes]) -> tuple[int, int]:
    process, every = _points(words)
    elsewhere = triage().elsewhere
    return process, every - min(elsewhere.most, elsewhere.weight * len(_elsewhere() & words))


def _points(words: set[bytes]) -> tuple[int, int]:
    found = _every_word() & words
    process = every = 0
    for group, counting in _groups():
        points = min(group.most, group.weight * len(counting & found))
        every += points
        process += points if group.process else 0
    return process, every


@cache
def _groups() -> tuple[tuple[WordGroup, frozenset[bytes]], ...]:
    return tuple((group, frozenset(word.encode("ascii") for word in group.words)) for group in triage().groups)


@cache
def _elsewhere() -> frozenset[bytes]:
    return frozenset(word.encode("ascii") for word in triage().elsewhere.words)


@cache
def _every_word() -> frozenset[bytes]:
    return frozenset().union(*(words for _, words in _groups()))
