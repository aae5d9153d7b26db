"""The words that tell a report on a process from other news, with their weights."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from operator import gt

import msgspec

from accord.errors import VocabularyError
from accord.model.vocabulary import issues, states
from accord.model.vocabulary.door import load

_WORD = re.compile(r"[a-z]+\+?")


class _Share(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    weight: int
    most: int


class _Group(_Share, frozen=True, forbid_unknown_fields=True):
    words: list[str]
    process: bool = False


class Bar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What texts of so many words and more must reach: in the groups that tell of a process, and in all."""

    words: int
    process: int
    all: int


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    bars: tuple[Bar, ...]
    groups: dict[str, _Group]
    elsewhere: _Group
    states: _Share
    subjects: _Share


class WordGroup(msgspec.Struct, frozen=True):
    """Words that count `weight` each, and together at the most `most`; `process` where they tell of a process."""

    words: frozenset[str]
    weight: int
    most: int
    process: bool


class Triage(msgspec.Struct, frozen=True):
    """The groups that count for a text, the one that counts against it, and the bars, those of short texts first."""

    bars: tuple[Bar, ...]
    groups: tuple[WordGroup, ...]
    elsewhere: WordGroup


@cache
def triage() -> Triage:
    """The vocabulary of triage. Raises VocabularyError for words not in lower-case letters, or bars out of order."""
    raw = load("triage.yaml", _File)
    heights = [(bar.words, bar.process, bar.all) for bar in raw.bars]
    if not heights or heights[0][0] != 0 or any(x[0] == y[0] or any(map(gt, x, y)) for x, y in pairwise(heights)):
        raise VocabularyError(f"vocabulary data/triage.yaml: bars must begin at 0 words and rise; got {heights}")
    groups = [_group(name, group) for name, group in raw.groups.items()]
    groups.append(WordGroup(_states(), raw.states.weight, raw.states.most, False))
    groups.append(WordGroup(_subjects(), raw.subjects.weight, raw.subjects.most, False))
    return Triage(raw.bars, tuple(groups), _group("elsewhere", raw.elsewhere))


def _group(name: str, group: _Group) -> WordGroup:
    for word in group.words:
        if not _WORD.fullmatch(word):
            raise VocabularyError(
                f'vocabulary data/triage.yaml: words of {name} must be lower-case letters, at the end "+" or not; '
                f"got {word!r}"
            )
    forms = frozenset(form for word in group.words for form in _forms(word))
    return WordGroup(forms, group.weight, group.most, group.process)


def _forms(word: str) -> tuple[str, ...]:
    """The word, and where it ends in "+" its regular forms; some that nobody writes do no harm."""
    if not word.endswith("+"):
        return (word,)
    stem = word[:-1]
    root = stem[:-1] if stem.endswith("e") else stem
    plural = stem[:-1] + "ies" if stem.endswith("y") and stem[-2:-1] not in tuple("aeiou") else stem + "s"
    return (stem, plural, root + "ed", root + "ing")


def _states() -> frozenset[str]:
    """Names of states, capitals and peoples that are one word of letters."""
    tables = (states.names(), states.capitals(), states.demonyms(), states.peoples())
    return frozenset(name.lower() for table in tables for name in table if _WORD.fullmatch(name.lower()))


def _subjects() -> frozenset[str]:
    """Terms that name a subject of negotiation by themselves, in one word."""
    terms = (term for entry in issues.issues() for term in entry.strong)
    return frozenset(form for term in terms if _WORD.fullmatch(term) for form in _forms(term + "+"))
