"""Statements across reports: one quotation, reported twice. Paraphrases stay apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from rapidfuzz import process
from rapidfuzz.distance import Indel

from accord.model.findings import Statement
from accord.model.vocabulary.matching import matching
from accord.record.clusters import join_alike
from accord.record.identity.names import words_of
from accord.record.identity.scene import Days, Scene
from accord.record.identity.wording import telling
from accord.record.linking import Bonds, Edge

SAME = 0.92  # least likeness, in words, of two quotations that are one
PIECE = 6  # a quotation of at least so many words that stands within another is a piece of it
LEAST = 4  # shorter quotations ("very attainable") are said too often to be known again
SPELT = 0.8  # least likeness of two words that differ in spelling or ending only
SHARED = 0.5  # least share of words that blocks find

_QUOTED = re.compile(r"[“\"„«]([^“”\"„«»]+)[”\"“»]")


class StatementTraits(msgspec.Struct, frozen=True, array_like=True):
    """What identity of statements goes by: the speaker, the words in quotation marks, the days."""

    place: str
    report: str
    speaker: str
    quoted: tuple[str, ...]
    days: Days


def statement_traits(statement: Statement, scene: Scene) -> StatementTraits:
    """The traits of one statement of a reading."""
    return StatementTraits(
        place=scene.place(statement.evidence[0]),
        report=statement.evidence[0].report,
        speaker=scene.cast.one(statement.speaker) if statement.speaker else "",
        quoted=quoted_words(statement),
        days=Days.of(scene.when(statement.date)),
    )


def quoted_words(statement: Statement) -> tuple[str, ...]:
    """The folded words of a direct quotation, or of the longest quoted piece of a mixed one."""
    if statement.mode == "direct":
        return words_of(statement.content)
    if statement.mode == "mixed":
        pieces = [words_of(piece) for piece in _QUOTED.findall(statement.content)]
        return max(pieces, key=len, default=())
    return ()


class StatementRule:
    """How statements are told apart."""

    name = "statements"
    form = StatementTraits

    def keys(self, node: StatementTraits) -> tuple[Iterable[str], Iterable[str]]:
        """By speaker and the longer words; what is not quoted or short stands alone."""
        if len(node.quoted) < LEAST or not node.speaker:
            return (), ()
        words = set(node.quoted) - matching().words.stop or set(node.quoted)
        found = [f"{node.speaker}:{word}" for word in telling(words, SHARED)]
        return found, found

    def likeness(self, a: StatementTraits, b: StatementTraits) -> float:
        """1 for a piece of the other, else the likeness in words where it is high enough."""
        if a.report == b.report or contradict(a, b):
            return 0.0
        return quote_likeness(a.quoted, b.quoted)

    def clusters(self, nodes: Mapping[str, StatementTraits], edges: Sequence[Edge], bonds: Bonds) -> list[list[str]]:
        """Along likeness, as far as speakers and days allow."""
        return join_alike(nodes, edges, bonds, lambda node: node, contradict).all()


def contradict(a: StatementTraits, b: StatementTraits) -> bool:
    """Whether two statements cannot be one: other speakers, or days that do not meet."""
    return a.speaker != b.speaker or not a.days.meets(b.days)


def quote_likeness(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """1 where one quotation is a piece of the other, else their likeness in words if at least `SAME`, else 0."""
    short, long = sorted((a, b), key=lambda words: (len(words), words))
    near = _respellings(short, long)
    if near is None:
        return 0.0
    short = tuple(near.get(word, word) for word in short)
    if len(short) >= PIECE and any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1)):
        return 1.0
    found = Indel.normalized_similarity(short, long, score_cutoff=SAME)
    other_words = (set(short) ^ set(long)) - matching().words.stop
    return found if len(short) >= LEAST and not other_words else 0.0


def respelt(words: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """The words, those that differ only in spelling or ending from a word of `other` written as there."""
    theirs = sorted(set(other) - set(words))
    near = {word: best for word in set(words) - set(other) if (best := _nearest(word, theirs)) is not None}
    return tuple(near.get(word, word) for word in words)


def _respellings(words: tuple[str, ...], other: tuple[str, ...]) -> dict[str, str] | None:
    """How words are written in `other`; None once a telling word has no counterpart there.

    Most pairs that share a few words end at the first such word.
    """
    theirs, near = sorted(set(other) - set(words)), {}
    for word in sorted(set(words) - set(other)):
        best = _nearest(word, theirs)
        if best is not None:
            near[word] = best
        elif word not in matching().words.stop:
            return None
    return near


def _nearest(word: str, theirs: list[str]) -> str | None:
    """The word that differs from this one in spelling or ending only, the first of those that are nearest."""
    found = process.extractOne(word, theirs, scorer=Indel.normalized_similarity, score_cutoff=SPELT)
    return None if found is None else found[0]
