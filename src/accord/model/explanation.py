"""Why an item is in the record: the rule and the words that led to it, and what became of it in merging and editing."""

from __future__ import annotations

import datetime as dt

import msgspec

from accord.model.edit import Edit
from accord.model.evidence import Span
from accord.model.record import Judgement
from accord.model.when import When


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """A word of a parse: its fine-grained tag, its relation and the word it hangs on (itself at the top).

    `depth` counts from the top of the part that is shown, `carries` says that a rule found the item by it, and
    `folded` how many words under it are left out.
    """

    depth: int
    text: str
    span: Span
    tag: str
    relation: str
    head: str
    carries: bool = False
    folded: int = 0


class Naming(msgspec.Struct, frozen=True, kw_only=True):
    """How words came to mean actors: the mention, then the ones that it goes back to, down to a name."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    forms: tuple[str, ...]
    reasons: tuple[str, ...]
    actors: tuple[str, ...]


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """In whose words a passage stands: speakers, the words that say so, by which rule, and how sure that is."""

    speakers: tuple[str, ...]
    source: str | None
    cue: str | None
    mode: str
    kind: str
    why: tuple[str, ...]
    confidence: float


class Dated(msgspec.Struct, frozen=True, kw_only=True):
    """What a date expression means and why: `how` is a sentence; bounds of None are open or unknown.

    `own` says that it is the date of the item.
    """

    words: str
    span: Span
    start: dt.date | None
    end: dt.date | None
    how: str
    own: bool = False


class Trail(msgspec.Struct, frozen=True, kw_only=True):
    """What stands behind one passage of evidence. `span` holds its sentences, `marks` the words that carried the item.

    `top` is the part of the parse that matters: a word, then what hangs on it, each before its own.
    """

    span: Span
    sentence: str
    marks: tuple[Span, ...]
    top: tuple[Word, ...]
    namings: tuple[Naming, ...]
    voices: tuple[Voice, ...]
    dates: tuple[Dated, ...]


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """One finding that an item rests on: what its reader noted, and the trail of each of its passages.

    `remark` says where the present reader is not the one that found it, so that its parse may differ.
    """

    finding: str
    report: str
    confidence: float
    why: tuple[str, ...]
    trails: tuple[Trail, ...]
    remark: str | None = None


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Why one item is in the record and what became of it.

    `members` are the ids of all findings that merging made it of, its own first; `grounds` explains them in that order.
    `judgements` tell by which rule or whom it was joined with others or kept apart, `edits` what people did to it.
    """

    id: str
    layer: str
    says: str
    confidence: float
    date: When | None
    why: tuple[str, ...]
    members: tuple[str, ...]
    grounds: tuple[Ground, ...]
    judgements: tuple[Judgement, ...]
    edits: tuple[Edit, ...]
