"""What the finders hand over: one attribution by token ranges, before it becomes character spans."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from accord.model.vocabulary.cues import Cue

Range = tuple[int, int]
"""Tokens from the first (included) to the second (excluded)."""


@dataclass
class Source:
    """Who says it: `span` as the text has it, `head` the noun or pronoun to be resolved.

    `given` is where the mention itself stands (an antecedent for "who"); `how` names the rule.
    """

    span: Range
    head: Token
    how: str


@dataclass
class Candidate:
    """One attribution under construction.

    `contents` are token ranges in order. `quoted` are the character pieces of direct quotations that
    belong to it, quotation marks left out. `rate` is how often the rule is right, from 0 to 1.
    """

    cue: Cue | None
    cue_span: Range | None
    head: Token | None
    source: Source | None
    contents: list[Range]
    rule: str
    rate: float
    quoted: list[tuple[int, int]] = field(default_factory=list)
    addressees: list[Token] = field(default_factory=list)
    negated: bool = False

    @property
    def at(self) -> int:
        """The token that stands for the candidate when two claim one cue."""
        return self.head.i if self.head is not None else -1
