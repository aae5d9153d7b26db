"""The words of passages, and the passages that answer a query best: SQLite's FTS5, and the same on PostgreSQL.

Both find the same passages in the same order. On a server, FTS5 in memory tells the words of a text apart and takes
them to their stems, they are kept as a tsvector, and passages are ranked by FTS5's formula: Okapi BM25 with k1 = 1.2
and b = 0.75, the weight of a phrase at least 1e-6 (https://www.sqlite.org/fts5.html#the_bm25_function).
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import Protocol

import msgspec
import sqlalchemy as sa

from accord.errors import FilterError

OPEN, CLOSE = "\x02", "\x03"
_TABLE = "CREATE VIRTUAL TABLE words USING fts5(body, tokenize = 'porter unicode61 remove_diacritics 2')"
_WORD = re.compile(r"[^\W_]+")
_PIECE = re.compile(r'(-)?(?:"([^"]*)"|“([^”]*)”|(\S+))')
_K1, _B, _LEAST = 1.2, 0.75, 1e-6
_LONGEST, _FURTHEST = 500, 16_383  # characters of a stem, and words of a passage, that a tsvector is given

Answer = tuple[str, int, int, str | None]
"""Report, start and end of a passage; its text with OPEN and CLOSE about the words that answer, or None."""


class Phrase(msgspec.Struct, frozen=True):
    """Words that must stand side by side; with `more`, the last one may go on."""

    words: str
    more: bool

    @property
    def fts5(self) -> str:
        """As FTS5 has it."""
        return f'"{self.words}"' + "*" * self.more


class Asked(msgspec.Struct, frozen=True):
    """A query: phrases that must all be there, and phrases that must not."""

    wanted: tuple[Phrase, ...]
    unwanted: tuple[Phrase, ...]

    @classmethod
    def parse(cls, query: str) -> Asked:
        """What a person typed: all words, "phrases", words with * at the end, not those after a minus.

        Raises FilterError where nothing is left to look for.
        """
        wanted: list[Phrase] = []
        unwanted: list[Phrase] = []
        for minus, straight, curly, word in _PIECE.findall(query):
            words = _WORD.findall(straight or curly or word)
            if words:
                (unwanted if minus else wanted).append(Phrase(" ".join(words), word.endswith("*")))
        if not wanted:
            raise FilterError(f"search: must have at least one word to look for; got {query!r}")
        return cls(tuple(wanted), tuple(unwanted))

    @property
    def fts5(self) -> str:
        """As FTS5 has it."""
        return " AND ".join(one.fts5 for one in self.wanted) + "".join(f" NOT {one.fts5}" for one in self.unwanted)


class FullText(Protocol):
    """The words of the passages of one kind of database."""

    def make(self, connection: sa.Connection) -> None:
        """Make the table `words`."""
        ...

    def bodies(self, connection: sa.Connection) -> Iterable[tuple[int, str]]:
        """The text of each passage by its number, in records of before passages had vectors."""
        ...

    def enter(self, connection: sa.Connection, passages: Sequence[tuple[int, str]]) -> None:
        """Enter the words of passages by their numbers."""
        ...

    def answers(self, connection: sa.Connection, asked: Asked) -> Iterator[Answer]:
        """The passages that answer, best first, equal ones by report and place."""
        ...


def full_text(connection: sa.Connection) -> FullText:
    """What knows the words of the passages of this database."""
    return _KINDS[connection.dialect.name]


def highlighted(text: str, asked: Asked) -> str:
    """The text with OPEN and CLOSE about the words that answer."""
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.execute(_TABLE)
        memory.execute("INSERT INTO words (body) VALUES (?)", (text,))
        found = memory.execute(
            "SELECT highlight(words, 0, ?, ?) FROM words WHERE words MATCH ?", (OPEN, CLOSE, asked.fts5)
        )
        row = found.fetchone()
    return str(row[0]) if row else text


def stems(texts: Sequence[str]) -> list[list[str]]:
    """The words of each text in their order, as FTS5 tells them apart and takes them to their stems."""
    found: list[list[tuple[int, str]]] = [[] for _ in texts]
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.execute(_TABLE.replace("(body,", "(body, content = '',"))
        memory.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(words, 'instance')")
        memory.executemany("INSERT INTO words (rowid, body) VALUES (?, ?)", enumerate(texts))
        for term, number, place in memory.execute("SELECT term, doc, offset FROM terms"):
            found[number].append((place, term[:_LONGEST]))
    return [[term for _, term in sorted(some)] for some in found]


class _Fts5:
    """SQLite's own full text."""

    def make(self, connection: sa.Connection) -> None:
        connection.exec_driver_sql(_TABLE)

    def bodies(self, connection: sa.Connection) -> Iterable[tuple[int, str]]:
        return [(row[0], row[1]) for row in connection.exec_driver_sql("SELECT rowid, body FROM words ORDER BY rowid")]

    def enter(self, connection: sa.Connection, passages: Sequence[tuple[int, str]]) -> None:
        if passages:
            connection.exec_driver_sql("INSERT INTO words (rowid, body) VALUES (?, ?)", list(passages))

    def answers(self, connection: sa.Connection, asked: Asked) -> Iterator[Answer]:
        rows = connection.exec_driver_sql(
            "SELECT p.report, p.start, p.end, p.number "
            "FROM words JOIN passage p ON p.number = words.rowid WHERE words MATCH ? ORDER BY rank, p.report, p.start",
            (asked.fts5,),
        )
        try:
            for report, start, end, number in rows:
                yield report, start, end, self._marked(connection, asked, number)
        finally:
            rows.close()

    def _marked(self, connection: sa.Connection, asked: Asked, number: int) -> str:
        """One passage with its words marked: those of all that answer would take longer than finding them."""
        row = connection.exec_driver_sql(
            "SELECT highlight(words, 0, ?, ?) FROM words WHERE words MATCH ? AND rowid = ?",
            (OPEN, CLOSE, asked.fts5, number),
        ).one()
        return str(row[0])


class _TsVector:
    """PostgreSQL's tsvector, with the stems in their order beside it to count phrases in.

    In `stems` each has a space on either side, so that a phrase is found as a piece of the text.
    """

    def make(self, connection: sa.Connection) -> None:
        connection.exec_driver_sql(
            "CREATE TABLE words (number INTEGER PRIMARY KEY, size INTEGER NOT NULL, "
            "stems TEXT NOT NULL, lexemes TSVECTOR NOT NULL)"
        )
        connection.exec_driver_sql("CREATE INDEX words_lexemes ON words USING gin (lexemes)")
        connection.exec_driver_sql("INSERT INTO meta (key, value) VALUES ('passages', '0'), ('words', '0')")

    def bodies(self, connection: sa.Connection) -> Iterable[tuple[int, str]]:
        return ()  # no record on a server is so old

    def enter(self, connection: sa.Connection, passages: Sequence[tuple[int, str]]) -> None:
        if not passages:
            return
        entries = stems([text for _, text in passages])
        rows = [
            {"number": number, "size": len(some), "stems": _spaced(some), "lexemes": _tsvector(some)}
            for (number, _), some in zip(passages, entries, strict=True)
        ]
        connection.execute(
            sa.text("INSERT INTO words VALUES (:number, :size, :stems, CAST(:lexemes AS tsvector))"), rows
        )
        more = sa.text("UPDATE meta SET value = CAST(CAST(value AS bigint) + :more AS text) WHERE key = :key")
        sums = [{"key": "passages", "more": len(rows)}, {"key": "words", "more": sum(map(len, entries))}]
        connection.execute(more, sums)

    def answers(self, connection: sa.Connection, asked: Asked) -> Iterator[Answer]:
        wanted = self._phrases(asked.wanted)
        unwanted = [one for one in self._phrases(asked.unwanted) if one[0]]
        sums = connection.execute(
            sa.text("SELECT key, CAST(value AS bigint) FROM meta WHERE key IN ('passages', 'words')")
        )
        counted = {str(row[0]): int(row[1]) for row in sums}
        passages, words = counted.get("passages", 0), counted.get("words", 0)
        if not passages or not all(words for words, _ in wanted):  # what FTS5 sees no word in is nowhere
            return
        values: dict[str, object] = {"average": words / passages}
        values["match"] = " & ".join(
            [*(_tsquery(*one) for one in wanted), *(f"!({_tsquery(*one)})" for one in unwanted)]
        )
        counts, score = [], []
        for i, phrase in enumerate(wanted):
            values[f"weight{i}"] = self._weight(connection, phrase, passages)
            times, piece = _times(i, *phrase)
            values |= piece
            counts.append(f"{times} AS times{i}")
            score.append(_score(i))
        rows = connection.execute(
            sa.text(
                # materialised, or each count is made twice
                f"WITH counted AS MATERIALIZED (SELECT w.number, w.size, {', '.join(counts)} FROM words w "
                "WHERE w.lexemes @@ CAST(:match AS tsquery)) "
                f"SELECT p.report, p.start, p.end, {' + '.join(score)} AS score "
                "FROM counted JOIN passage p ON p.number = counted.number ORDER BY score DESC, p.report, p.start"
            ).execution_options(stream_results=True, yield_per=100),
            values,
        )
        try:
            for report, start, end, _ in rows:
                yield report, start, end, None
        finally:
            rows.close()

    def _phrases(self, some: Sequence[Phrase]) -> list[tuple[list[str], bool]]:
        """The stems of each phrase."""
        return [(words, one.more) for words, one in zip(stems([one.words for one in some]), some, strict=True)]

    def _weight(self, connection: sa.Connection, phrase: tuple[list[str], bool], passages: int) -> float:
        having = sa.text("SELECT count(*) FROM words WHERE lexemes @@ CAST(:match AS tsquery)")
        hits = connection.execute(having, {"match": _tsquery(*phrase)}).scalar_one()
        weight = math.log((passages - hits + 0.5) / (hits + 0.5))
        return weight if weight > 0 else _LEAST


_KINDS: dict[str, FullText] = {"sqlite": _Fts5(), "postgresql": _TsVector()}


def _spaced(some: Iterable[str]) -> str:
    return "".join(f" {stem} " for stem in some)


def _tsvector(some: Sequence[str]) -> str:
    places: dict[str, list[str]] = {}
    for place, stem in enumerate(some[:_FURTHEST], 1):
        places.setdefault(stem, []).append(str(place))
    return " ".join(f"'{stem}':{','.join(at)}" for stem, at in places.items())


def _tsquery(words: Sequence[str], more: bool) -> str:
    # stems are of letters and digits alone, so that none needs escaping
    lexemes = [f"'{word}'" for word in words]
    return f"({' <-> '.join(lexemes)}{':*' * more})"


def _score(i: int) -> str:
    """SQL for what a phrase adds to the score of a passage, in the order in which FTS5 works it out."""
    length = f"{_real(1 - _B)} + {_real(_B)} * size / {_real(':average')}"
    return f"{_real(f':weight{i}')} * ((times{i} * {_real(_K1 + 1)}) / (times{i} + {_real(_K1)} * ({length})))"


def _real(value: float | str) -> str:
    return f"CAST({value} AS double precision)"


def _times(i: int, words: Sequence[str], more: bool) -> tuple[str, dict[str, object]]:
    """SQL for how often a passage has the phrase, with its values."""
    piece = _spaced(words)[: -1 if more else None]
    # a lone space is no overlap: there are two between any two stems
    if any(piece.startswith(piece[k:]) for k in range(1, len(piece) - 1)):
        return f"(SELECT count(*) FROM regexp_matches(w.stems, :piece{i}, 'g'))", {f"piece{i}": f"(?={piece})"}
    return f"((length(w.stems) - length(replace(w.stems, :piece{i}, ''))) / {len(piece)})", {f"piece{i}": piece}
