"""Which quotations are somebody speaking, and which only borrow a word."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from accord.reading.attribution.candidate import Range
from accord.reading.quotations import Quotation, find_quotations

_WORD = re.compile(r"\w[\w’'-]*")
_ENDING = frozenset(",.?!…—–-")
_BOUNDARY = frozenset('.?!”"»’')
_PAUSE = frozenset(",:;—–-―")
_MARKS = "“”\"‘’'`«» "
_JOINS = frozenset(("but", "and", "because", "that", "although", "while", "yet"))
_LONGEST_BREAK = 60
_LONGEST_TITLE = 9
"""Words above which a capitalised quotation in the middle of a sentence is rather speech than a title."""
_LEAST_SINGLE = 4
"""Words that a quotation in single marks must have: shorter ones are titles and nicknames."""


@dataclass
class Utterance:
    """A quotation in which somebody speaks: its marks, its words and its tokens.

    `begins` says whether it begins a sentence of its own; `group` is shared by the parts of a quotation that
    goes on over several paragraphs, `resumes` that it goes on after "she said, but".
    """

    start: int
    end: int
    inner: tuple[int, int]
    tokens: Range
    line: int
    begins: bool
    after_pause: bool
    group: int
    resumes: bool = False


@dataclass
class Line:
    """A paragraph: its tokens (line breaks left out), its characters and the utterances in it."""

    tokens: Range
    span: tuple[int, int]
    utterances: list[Utterance] = field(default_factory=list)


@dataclass
class Page:
    """A report cut into paragraphs, with its quotations sorted into utterances and borrowed words."""

    doc: Doc
    text: str
    lines: list[Line]
    utterances: list[Utterance]
    borrowed: list[Quotation]
    inside: list[bool]
    """For each token, whether an utterance holds it."""

    def drop_utterances(self, lines: set[int]) -> None:
        """Take the utterances of these paragraphs off the page."""
        for utterance in self.utterances:
            if utterance.line in lines:
                for i in range(*utterance.tokens):
                    self.inside[i] = False
        self.utterances = [u for u in self.utterances if u.line not in lines]
        for k in lines:
            self.lines[k].utterances.clear()


def lay_out(doc: Doc, introduces: Callable[[Token], bool]) -> Page:
    """The page of a parsed report. `introduces` tells whether a word can lead straight to a quotation ("said")."""
    text = doc.text
    starts = [t.idx for t in doc]
    lines = [
        Line((bisect.bisect_left(starts, m.start()), bisect.bisect_left(starts, m.end())), m.span())
        for m in re.finditer(r"[^\n]+", text)
        if not m.group().isspace()
    ]
    lines = [line for line in lines if line.tokens[0] < line.tokens[1]]
    edges = [line.span[0] for line in lines]
    utterances: list[Utterance] = []
    borrowed: list[Quotation] = []
    group = 0
    previous: Utterance | None = None
    for quotation in find_quotations(text):
        at = bisect.bisect_right(edges, quotation.start) - 1
        if at < 0:
            continue
        first = bisect.bisect_left(starts, quotation.start)
        resumes = previous is not None and previous.line == at and _resumes(text, previous.end, quotation)
        if quotation.depth or not (resumes or _is_utterance(doc, text, quotation, lines[at].span, first, introduces)):
            borrowed.append(quotation)
            continue
        if not quotation.continued:
            group += 1
        before = _before(text, quotation.start, lines[at].span[0])
        inside = (first, bisect.bisect_left(starts, quotation.end))
        utterance = Utterance(
            quotation.start,
            quotation.end,
            (quotation.inner_start, quotation.inner_end),
            inside,
            at,
            before == "" or before in _BOUNDARY,
            before in _PAUSE if before else False,
            group,
            resumes,
        )
        previous = utterance
        utterances.append(utterance)
        lines[at].utterances.append(utterance)
    held = [False] * len(doc)
    for utterance in utterances:
        for i in range(*utterance.tokens):
            held[i] = True
    return Page(doc, text, lines, utterances, borrowed, held)


def _before(text: str, at: int, start: int) -> str:
    """The last character before `at` in its paragraph that is not a space, or ""."""
    at -= 1
    while at >= start and text[at].isspace():
        at -= 1
    return text[at] if at >= start else ""


def _resumes(text: str, end: int, quotation: Quotation) -> bool:
    """Whether a quotation goes on after a short break: “I know him,” she said, but “he never came.”"""
    between = text[end : quotation.start]
    if not 0 < len(between) <= _LONGEST_BREAK or any(c in between for c in ".?!\n"):
        return False
    inner = text[quotation.inner_start : quotation.inner_end].rstrip(_MARKS)
    last = between.split()[-1:] or [""]
    return inner[-1:] in _ENDING and last[0].lower() in _JOINS and len(_WORD.findall(inner[:400])) > 3


def _is_utterance(
    doc: Doc, text: str, quotation: Quotation, line: tuple[int, int], at: int, introduces: Callable[[Token], bool]
) -> bool:
    """Whether somebody speaks in a quotation: it begins and ends as speech does, not as a borrowed word."""
    if quotation.goes_on or quotation.continued:
        return True
    inner = text[quotation.inner_start : quotation.inner_end].strip().rstrip(_MARKS)
    words = _WORD.findall(inner[:400])
    if not words or (quotation.single and len(words) < _LEAST_SINGLE):
        return False
    before = _before(text, quotation.start, line[0])
    after = text[quotation.end : quotation.end + 1]
    ends = inner[-1] in _ENDING or after == ","
    first = next((c for c in inner if c.isalnum()), "")
    upper = first.isupper() or first.isdigit() or inner[0] in "[.…("
    if before == "" or before in _BOUNDARY:
        return ends or (upper and len(words) > 3 and (len(words) > 7 or quotation.end >= line[1] - 1))
    if before in _PAUSE:
        return ends if not upper else ends or len(words) > 3
    led = any(doc[i].lower_ == "that" or introduces(doc[i]) for i in range(max(0, at - 2), at))
    return upper and ends and len(words) > 2 and (led or len(words) > _LONGEST_TITLE)
