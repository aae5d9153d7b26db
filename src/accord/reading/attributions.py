"""Who reports what: attributions as spans and cues, nested, asked by token.

The finders beside this file fill it; statements are made from it, and the other extractors ask whose words
a clause is in ("an official said that Hamas has rejected the offer").
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from accord.model.findings import StatementKind, StatementMode


@dataclass(frozen=True)
class Attribution:
    """One attribution. All offsets are characters of the report, end excluded.

    `speakers` are actor ids (several for joint speakers, none where the source is not an actor),
    `contents` the pieces of what is said, in order, quotation marks at the ends left off; `cue` and
    `source` the spans of "said" and of who says it. `strength` is the cue's, from the vocabulary.
    """

    speakers: tuple[str, ...]
    contents: tuple[tuple[int, int], ...]
    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    mode: StatementMode
    kind: StatementKind
    cue_lemma: str = ""
    negated: bool = False
    addressees: tuple[str, ...] = ()
    extent: tuple[int, int] = (0, 0)
    confidence: float = 0.5
    why: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        """Where the content begins."""
        return self.contents[0][0]

    @property
    def end(self) -> int:
        """Where the content ends."""
        return self.contents[-1][1]


class Attributions:
    """All attributions of a report, in order of their content."""

    def __init__(self, attributions: Iterable[Attribution]) -> None:
        self.all = tuple(sorted(attributions, key=lambda a: (a.start, -a.end, a.cue or (0, 0))))

    def around(self, token: Token) -> tuple[Attribution, ...]:
        """The attributions whose content holds this token, outermost first."""
        at = token.idx
        return tuple(a for a in self.all if any(start <= at < end for start, end in a.contents))

    def speakers_around(self, token: Token) -> tuple[str, ...]:
        """The chain of speakers in whose words this token stands, outermost first."""
        return tuple(speaker for a in self.around(token) for speaker in a.speakers[:1])
