"""From candidates by tokens to attributions by characters: quotations kept whole, doubles joined, speakers resolved."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence

from accord.model.findings import StatementMode
from accord.model.vocabulary.cues import Cues
from accord.reading.attribution.candidate import Candidate, Range, Source
from accord.reading.attribution.joining import join
from accord.reading.attribution.speakers import Speakers
from accord.reading.attribution.utterances import Page, Utterance
from accord.reading.attributions import Attribution
from accord.reading.mentions import Mentions
from accord.reading.quotations import Quotation

Piece = tuple[int, int]
"""Characters from the first (included) to the second (excluded)."""

_LEAST_RATE = 0.3
"""Candidates below it are left out: fewer than one in three is an attribution."""
_UNHEARD = 0.5
"""What is left of a rate inside a quotation without a speaker: often a title, a slogan or a document."""
_OPENERS = frozenset("“„‟\"«‹‘`'")
_CLOSERS = frozenset("”\"»›’'`")
_LEADING = frozenset(" \t\r\n\xa0,;:—–―)]") | _OPENERS | frozenset("”»’")
_TRAILING = frozenset(" \t\r\n\xa0,;:.—–―([") | _CLOSERS | frozenset("“‘«")
_WHOLE = frozenset(("phrase", "viewpoint", "as clause", "headline", "transcript", "signed post", "block"))


class Assembly:
    """Turns the candidates of one page into attributions."""

    def __init__(self, page: Page, mentions: Mentions, cues: Cues) -> None:
        self._page = page
        self._cues = cues
        self._speakers = Speakers(page.doc, mentions, cues)
        self._text = page.text
        self._utterance_starts = [u.start for u in page.utterances]
        self._quotations: list[Utterance | Quotation] = sorted(
            (*page.utterances, *(q for q in page.borrowed)), key=lambda q: (q.start, -q.end)
        )
        self._quotation_starts = [q.start for q in self._quotations]

    def build(self, candidates: Iterable[Candidate]) -> list[Attribution]:
        """The attributions, in order of their cues."""
        kept = join(candidates, self._page, self._cues)
        claimed = {q: id(c) for c in kept for q in c.quoted}
        found: list[Attribution] = []
        for candidate in sorted(kept, key=lambda c: c.cue_span or (c.at, c.at)):
            self._speakers.rescue(candidate)
            if self._breaks_out(candidate):
                continue
            if self._is_unheard(candidate, claimed):
                candidate.rate *= _UNHEARD
            if candidate.rate < _LEAST_RATE:
                continue
            made = self._attribution(candidate, claimed, found)
            if made is not None:
                found.append(made)
        return found

    def _breaks_out(self, candidate: Candidate) -> bool:
        """Whether a parenthetical cue stands within quoted words and claims what is outside them."""
        if candidate.rule != "verb aside" or candidate.head is None:
            return False
        offset, doc = candidate.head.idx, self._page.doc
        around = [
            q for q in self._quotations[: bisect.bisect_right(self._quotation_starts, offset)][-3:] if offset < q.end
        ]
        return any(
            doc[start].idx < q.start or doc[end - 1].idx > q.end for q in around for start, end in candidate.contents
        )

    def _is_unheard(self, candidate: Candidate, claimed: dict[Piece, int]) -> bool:
        """Whether a cue stands in an utterance that nobody is known to have spoken."""
        if candidate.head is None or not self._page.inside[candidate.at]:
            return False
        around = self._utterance_at(candidate.head.idx)
        return around is not None and around.inner not in claimed

    def _attribution(
        self, candidate: Candidate, claimed: dict[Piece, int], earlier: Sequence[Attribution]
    ) -> Attribution | None:
        pieces = self._pieces(candidate, claimed)
        if not pieces:
            return None
        cue = self._characters(candidate.cue_span) if candidate.cue_span else None
        source = self._source(candidate.source, pieces)
        edges = [*pieces, *([cue] if cue else []), *([source] if source else [])]
        entry, mode = candidate.cue, self._mode(pieces)
        speakers = self._speakers.of(candidate.source)
        if mode == "direct" and candidate.source is not None and candidate.source.head.pos_ == "PRON":
            speakers = self._speakers.not_self_named(speakers, pieces, earlier)
        return Attribution(
            speakers=speakers,
            contents=tuple(pieces),
            cue=cue,
            source=source,
            mode=mode,
            kind=entry.kind if entry is not None else "said",
            cue_lemma=entry.cue if entry is not None else "",
            negated=candidate.negated,
            addressees=self._speakers.addressees(candidate),
            extent=self._extent(edges),
            confidence=round(candidate.rate, 2),
            why=(candidate.rule, candidate.source.how if candidate.source else "nobody named"),
            group=entry.group if entry is not None else "speech",
            polarity=entry.polarity if entry is not None else "affirms",
            strength=entry.strength if entry is not None else "plain",
        )

    def _characters(self, tokens: Range) -> Piece:
        doc = self._page.doc
        return doc[tokens[0]].idx, doc[tokens[1] - 1].idx + len(doc[tokens[1] - 1])

    def _source(self, source: Source | None, pieces: Sequence[Piece]) -> Piece | None:
        """The characters of the source, cut where a misparse runs it into the content."""
        if source is None:
            return None
        start, end = self._characters(source.span)
        at = source.head.idx
        for left, right in pieces:
            if start < right and left < end and not left <= at < right:
                if right <= at:
                    start = max(start, right)
                elif left > at:
                    end = min(end, left)
        start, end = _trim(self._text, start, end)
        return (start, end) if start < end else None

    def _pieces(self, candidate: Candidate, claimed: dict[Piece, int]) -> list[Piece]:
        """The content as characters: quotations kept whole, what is others' quoted words left out."""
        inside = candidate.head is not None and self._page.inside[candidate.at]
        raw: list[Piece] = []
        for tokens in candidate.contents:
            start, end = self._characters(tokens)
            if inside:
                around = self._utterance_at(candidate.head.idx if candidate.head is not None else start)
                if around is not None:
                    start, end = max(start, around.inner[0]), min(end, around.inner[1])
                    raw.append((start, end))
                    continue
            raw.extend(self._outside(candidate, start, end, claimed))
        raw.extend(candidate.quoted)
        trimmed = (_trim(self._text, start, end) for start, end in _joined(raw) if start < end)
        return [p for p in trimmed if p[0] < p[1]]

    def _outside(self, candidate: Candidate, start: int, end: int, claimed: dict[Piece, int]) -> list[Piece]:
        """A stretch of text without the utterances that belong to another candidate; its own are taken whole."""
        pieces: list[Piece] = []
        at = start
        for utterance in self._utterances_within(start, end):
            owner = claimed.get(utterance.inner)
            if owner is not None and owner != id(candidate) and candidate.rule not in _WHOLE:
                if utterance.start > at:
                    pieces.append((at, utterance.start))
                at = max(at, utterance.end)
            else:
                at = min(at, utterance.start)
                end = max(end, utterance.end)
        if at < end:
            pieces.append((at, end))
        return [self._whole_quotations(left, right) for left, right in pieces if self._words(left, right) > 0]

    def _whole_quotations(self, start: int, end: int) -> Piece:
        """A piece widened to the marks of borrowed words that it cuts."""
        at = bisect.bisect_left(self._quotation_starts, end)
        for quotation in self._quotations[max(0, at - 4) : at]:
            if quotation.start < end < quotation.end and start <= quotation.start:
                end = quotation.end
            if quotation.start < start < quotation.end <= end:  # the parse ended a sentence within the quotation
                start = self._sentence_start(quotation.start, start)
        return start, end

    def _sentence_start(self, offset: int, default: int) -> int:
        """Where the sentence begins that holds the character `offset`."""
        found = self._page.doc.char_span(offset, offset + 1, alignment_mode="expand")
        return found.sent.start_char if found is not None else default

    def _words(self, start: int, end: int) -> int:
        return len([w for w in self._text[start:end].split() if any(c.isalnum() for c in w)])

    def _utterance_at(self, offset: int) -> Utterance | None:
        at = bisect.bisect_right(self._utterance_starts, offset) - 1
        if at >= 0 and offset < self._page.utterances[at].end:
            return self._page.utterances[at]
        return None

    def _utterances_within(self, start: int, end: int) -> list[Utterance]:
        at = max(0, bisect.bisect_right(self._utterance_starts, start) - 1)
        found = []
        for utterance in self._page.utterances[at:]:
            if utterance.start >= end:
                break
            if utterance.end > start:
                found.append(utterance)
        return found

    def _mode(self, pieces: Sequence[Piece]) -> StatementMode:
        """Direct where every piece lies within quotation marks, mixed where some words do."""
        modes = {self._mode_of(piece) for piece in pieces}
        return modes.pop() if len(modes) == 1 else "mixed"

    def _mode_of(self, piece: Piece) -> StatementMode:
        start, end = piece
        at = bisect.bisect_right(self._quotation_starts, start)
        for quotation in self._quotations[max(0, at - 3) : at]:
            if quotation.start <= start and end <= quotation.end:
                return "direct"
            if quotation.end > start + 1:
                return "mixed"
        later = self._quotations[at : at + 1]
        return "mixed" if later and later[0].start < end else "indirect"

    def _extent(self, edges: Sequence[Piece]) -> Piece:
        """From the first to the last character, with the marks and stop that close the last piece."""
        start, end = min(e[0] for e in edges), max(e[1] for e in edges)
        while start > 0 and self._text[start - 1] in _OPENERS:
            start -= 1
        while end < len(self._text) and (self._text[end] in ",.?!" or self._text[end] in _CLOSERS):
            end += 1
        return start, end


def _trim(text: str, start: int, end: int) -> Piece:
    """The stretch without spaces, stops and quotation marks at its ends; "?" and "!" stay."""
    while start < end and text[start] in _LEADING:
        start += 1
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    return start, end


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces in order, overlapping ones made one."""
    found: list[Piece] = []
    for start, end in sorted(pieces):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
