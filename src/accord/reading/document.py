"""A report with its parse: what every extractor may look at, and how it cuts evidence."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from accord.model import evidence
from accord.model.evidence import Evidence
from accord.model.report import Report


@dataclass(frozen=True)
class Document:
    """A report and its parse. Character offsets of the parse are those of `report.text`."""

    report: Report
    doc: Doc

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.doc.sents]

    def sentence_of(self, i: int) -> int:
        """The number of the sentence that holds token `i`."""
        return bisect_right(self._sentence_starts, i) - 1

    def span(self, start: int, end: int) -> evidence.Span:
        """A span of the report by characters."""
        return evidence.Span(self.report.id, start, end)

    def evidence(self, start: int, end: int) -> Evidence:
        """Evidence by characters, white space at its ends left off."""
        return Evidence.cut(self.report, start, end)

    def evidence_of(self, span: Span) -> Evidence:
        """Evidence that holds a spaCy span."""
        return Evidence.cut(self.report, span.start_char, span.end_char)

    def sentence(self, token: Token) -> Span:
        """The sentence around a token."""
        return token.sent

    def subtree(self, token: Token) -> Span:
        """The contiguous span from the leftmost to the rightmost token under `token`."""
        return self.doc[token.left_edge.i : token.right_edge.i + 1]
