"""What a brief says, apart from how it looks: sections of lines, each with the words that it rests on."""

from __future__ import annotations

from typing import Literal

import msgspec

from accord.model.findings import Issue, Stance, Strength
from accord.model.report import Skipped

PartRole = Literal["plain", "name", "date", "term", "strong", "dim", "ref"]


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """The words behind a line: in sentence `sentence` of report `report`, by the numbers of this brief.

    `before` and `after` are what else that sentence says.
    """

    ref: str
    report: int
    sentence: int
    before: str
    words: str
    after: str
    id: str


class Part(msgspec.Struct, frozen=True):
    """A run of words of a line and what they are: a name, a date, a reference to a sentence, or plain words."""

    text: str
    role: PartRole = "plain"


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line: its words in parts, the quotes behind it (the telling one first), the ids of the items it is about.

    `tells` says that the line needs its first quote beside it to say what happened. Where a part is a
    reference, the parts name all quotes at their places; otherwise the references follow the line.
    """

    parts: tuple[Part, ...]
    quotes: tuple[Quote, ...] = ()
    items: tuple[str, ...] = ()
    tells: bool = False

    @property
    def text(self) -> str:
        """The words without their roles."""
        return "".join(part.text for part in self.parts)

    @property
    def refers(self) -> bool:
        """Whether the parts hold the references."""
        return any(part.role == "ref" for part in self.parts)


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """Lines under a title. `more` counts those left out; `nothing` is said when there are none.

    `granted` is what the lines take for granted because the record cannot tell it.
    """

    key: str
    title: str
    lines: tuple[Line, ...] = ()
    more: int = 0
    nothing: str = ""
    granted: tuple[str, ...] = ()


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """Where a party stands on a proposition: its latest position. `was` is the one before, where it differs.

    `beside` is a different stance reported for the same day; the record cannot tell which came last.
    """

    stance: Stance
    strength: Strength
    when: str | None
    speaker: str | None
    condition: str | None
    was: str | None
    beside: str | None
    quotes: tuple[Quote, ...]
    items: tuple[str, ...]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A proposition with one cell a party, None where the record knows no position."""

    issue: Issue
    proposition: str
    cells: tuple[Cell | None, ...]


class Matrix(msgspec.Struct, frozen=True, kw_only=True):
    """Propositions by parties, the most contested rows first. `more` counts the rows left out."""

    parties: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    more: int = 0


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A report by its number in this brief. `when` is its day, or the days between which it must have come out.

    `why` says what tells these days where the report itself does not.
    """

    number: int
    id: str
    title: str | None
    outlet: str | None
    when: str | None
    source: str
    url: str | None = None
    copies: int = 0
    why: str | None = None


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a brief says, in the order in which it is read."""

    title: str
    scope: str
    narrowed: str
    parties: Section
    changes: Section
    ahead: Section
    matrix: Matrix
    proposals: Section
    levers: Section
    figures: Section
    discrepancies: Section
    agreement: Section
    reports: tuple[Source, ...]
    skipped: tuple[Skipped, ...]


STANCES: dict[Stance, str] = {"for": "for", "against": "against", "open": "open"}
STRENGTHS: dict[Strength, str] = {"red-line": "red line", "demand": "demand", "preference": "preference"}
"""The words for stances and strengths, as the table of words has them."""


def plain(text: str) -> Part:
    """Words of no special role."""
    return Part(text)


def name(text: str) -> Part:
    """A name."""
    return Part(text, "name")


def listed(names: tuple[str, ...], most: int = 4, role: PartRole = "name") -> tuple[Part, ...]:
    """Names with commas between them, the first `most` and how many more."""
    parts: list[Part] = []
    for one in names[:most]:
        parts += [plain(", "), Part(one, role)]
    if len(names) > most:
        parts.append(plain(f" and {len(names) - most} more"))
    return tuple(parts[1:])


def stood(stance: Stance, strength: Strength) -> str:
    """A stance with its strength: "against (red line)"."""
    return f"{STANCES[stance]} ({STRENGTHS[strength]})"
