"""The sentences that the issue classifier learns from: one text file a conflict, sentences under their issue.

    [prisoners-hostages]
    the release of the crew
    Families asked where the pilots are. || The rebels refused {to give an answer}.

A line is a proposition, or a sentence with its proposition in braces; what stands before " || " is the sentence before.
`[none]` heads lines on no subject of negotiation, `[open]` lines whose subject only their surroundings can tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import get_args

from spacy.language import Language
from spacy.tokens import Token

from accord.model.findings import Issue

FOLDER = Path(__file__).resolve().parent / "sentences"
ISSUES: tuple[str, ...] = get_args(Issue)
NONE, OPEN = "none", "open"
CLASSES = (*ISSUES, NONE, OPEN)


class CorpusError(ValueError):
    """A line that is not in the form above; says file and line."""


@dataclass(frozen=True)
class Line:
    """One labelled line. `start` and `end` bound the proposition in `text`; its sentence starts at `before`."""

    file: str
    number: int
    label: str
    text: str
    start: int
    end: int
    before: int


@dataclass(frozen=True)
class Parsed:
    """A line's proposition, the sentence around it, and what stands before, as tokens."""

    line: Line
    matter: tuple[Token, ...]
    sentence: tuple[Token, ...]
    before: tuple[Token, ...]


def load(part: str, folder: Path = FOLDER) -> list[Line]:
    """The lines of `train` or `heldout`, by file and place. Raises CorpusError for a line out of form or told twice."""
    lines = [line for path in sorted((folder / part).glob("*.txt")) for line in _lines(path)]
    seen: dict[str, Line] = {}
    for line in lines:
        other = seen.setdefault(line.text.casefold(), line)
        if other is not line:
            raise CorpusError(
                f"{line.file}:{line.number}: a line must not come twice; it is at {other.file}:{other.number}"
            )
    return lines


def _lines(path: Path) -> list[Line]:
    label, found = "", []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        where = f"{path.name}:{number}"
        heading = re.fullmatch(r"\[([a-z-]+)\]", raw)
        if heading:
            label = heading[1]
            if label not in CLASSES:
                raise CorpusError(f"{where}: a heading must be one of {', '.join(CLASSES)}; got {label!r}")
        elif raw.strip():
            if not label:
                raise CorpusError(
                    f"{where}: a line must stand under a heading such as [ceasefire]; there is none above"
                )
            found.append(_line(path.stem, number, label, raw.strip(), where))
    return found


def _line(file: str, number: int, label: str, raw: str, where: str) -> Line:
    before, bar, sentence = raw.rpartition(" || ")
    if sentence.count("{") != sentence.count("}") or sentence.count("{") > 1 or "{" in before:
        raise CorpusError(f"{where}: a sentence must hold one {{proposition}} at most; got {raw!r}")
    lead = len(before) + 1 if bar else 0
    start = lead + max(sentence.find("{"), 0)
    end = lead + (sentence.find("}") - 1 if "}" in sentence else len(sentence))
    text = f"{before} {sentence}" if bar else sentence
    return Line(file, number, label, text.replace("{", "").replace("}", ""), start, end, lead)


def parse(lines: list[Line], nlp: Language) -> list[Parsed]:
    """The lines with their tokens."""
    out = []
    for line, doc in zip(lines, nlp.pipe(line.text for line in lines), strict=True):
        matter = tuple(t for t in doc if t.idx < line.end and t.idx + len(t) > line.start)
        sentence = tuple(t for t in doc if t.idx >= line.before)
        out.append(Parsed(line, matter, sentence, tuple(t for t in doc if t.idx < line.before)))
    return out


def digest(lines: list[Line]) -> str:
    """SHA-256 over labels, texts and bounds, which changes whenever a sentence does."""
    told = "\0".join(f"{x.file}\t{x.label}\t{x.text}\t{x.start}\t{x.end}\t{x.before}" for x in lines)
    return sha256(told.encode()).hexdigest()
