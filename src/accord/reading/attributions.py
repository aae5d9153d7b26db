"""Who reports what: attributions as spans and cues, nested, asked by token.

The finders beside this file fill it; statements are made from it, and the other extractors ask whose words
a clause is in ("an official said that Hamas has rejected the offer").
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from accord.model.findings import StatementKind, StatementMode
from accord.model.vocabulary.cues import CueGroup, CueStrength, Polarity


@dataclass(frozen=True)
class Attribution:
    """One attribution. All offsets are characters of the report, end excluded.

    `speakers` are actor ids (several for joint speakers, none where the source is not an actor),
    `contents` the pieces of what is said, in order, quotation marks at the ends left off; `cue` and
    `source` the spans of "said" and of who says it. `group`, `polarity` and `strength` are the cue's, from the
    vocabulary; a quotation without a cue counts as plain speech. `extent` holds source, cue and content with
    the marks and the stop that close them.
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
    group: CueGroup = "speech"
    polarity: Polarity = "affirms"
    strength: CueStrength = "plain"

    @property
    def start(self) -> int:
        """Where the content begins."""
        return self.contents[0][0]

    @property
    def end(self) -> int:
        """Where the content ends."""
        return self.contents[-1][1]


class Attributions:
    """All attributions of a report, in order of their content, outer before inner."""

    def __init__(self, attributions: Iterable[Attribution]) -> None:
        self.all = tuple(sorted(attributions, key=lambda a: (a.start, -a.end, a.cue or (0, 0))))
        self._edges, self._held = _stretches(self.all)

    def around(self, token: Token) -> tuple[Attribution, ...]:
        """The attributions whose content holds this token, outermost first."""
        return self._at(token.idx)

    def chain(self, attribution: Attribution) -> tuple[Attribution, ...]:
        """The attributions in whose content this one is made, outermost first: who reports that who said it."""
        at = attribution.cue[0] if attribution.cue else attribution.start
        return tuple(a for a in self._at(at) if a is not attribution)

    def speakers_around(self, token: Token) -> tuple[str, ...]:
        """The chain of speakers in whose words this token stands, outermost first."""
        return tuple(speaker for a in self.around(token) for speaker in a.speakers[:1])

    def _at(self, offset: int) -> tuple[Attribution, ...]:
        at = bisect.bisect_right(self._edges, offset) - 1
        return self._held[at] if at >= 0 else ()


def _stretches(attributions: tuple[Attribution, ...]) -> tuple[list[int], list[tuple[Attribution, ...]]]:
    """Where the set of attributions around the text changes, and the set from there on, outermost first."""
    changes: dict[int, list[tuple[int, bool]]] = {}
    for k, attribution in enumerate(attributions):
        for start, end in attribution.contents:
            changes.setdefault(start, []).append((k, True))
            changes.setdefault(end, []).append((k, False))
    edges = sorted(changes)
    held: list[tuple[Attribution, ...]] = []
    now: set[int] = set()
    for edge in edges:
        now.difference_update(k for k, begins in changes[edge] if not begins)
        now.update(k for k, begins in changes[edge] if begins)
        around = sorted((attributions[k] for k in now), key=lambda a: (-_size(a), a.start, a.cue or (0, 0)))
        held.append(tuple(around))
    return edges, held


def _size(attribution: Attribution) -> int:
    return sum(end - start for start, end in attribution.contents)
