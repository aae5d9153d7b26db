"""One quotation in two wordings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec
from rapidfuzz.distance import Indel, Opcodes

from accord.model.findings import Claim, Discrepancy, Statement
from accord.model.vocabulary.matching import matching
from accord.record.discrepancies.finder import Look, Pairs, make
from accord.record.identity.scene import Days
from accord.record.identity.statements import quoted_words, respelt
from accord.record.identity.wording import telling
from accord.record.layers import Merged

ALIKE = 0.7  # least likeness, in words, of two wordings of one quotation
LEAST = 6  # words
FLANK = 2  # words that must be the same on both sides of a difference
NEAR = 3  # days between the reports
SHARED = 0.5

_INSERTED = re.compile(r"\[[^\]]*\]|\([^)]*\)|…|\.\.\.")  # what an editor put in or left out


class QuotationTraits(msgspec.Struct, frozen=True, array_like=True):
    """What two wordings go by: the speaker, the words, when they were reported."""

    place: str
    speaker: str
    words: tuple[str, ...]
    days: Days
    reports: frozenset[str]


class QuotationFinder(Pairs):
    """Finds quotations by one speaker that differ inside what they share."""

    name = "discrepancies/quotations"
    kind = "quotation"
    layer = "statements"
    form = QuotationTraits

    def traits(self, row: Merged[Statement], look: Look) -> QuotationTraits | None:
        """Only quotations of some length, by a known speaker, in reports of known days."""
        item = row.item
        words = quoted_words(msgspec.structs.replace(item, content=_INSERTED.sub(" ", item.content)))
        published = look.published(item.evidence[0].report)
        if item.speaker is None or len(words) < LEAST or published is None:
            return None
        return QuotationTraits(
            place=row.place,
            speaker=item.speaker,
            words=words,
            days=Days(published[0] - NEAR, published[1] + NEAR),
            reports=frozenset(e.report for e in item.evidence),
        )

    def keys(self, node: QuotationTraits) -> tuple[Iterable[str], Iterable[str]]:
        """By speaker and word."""
        words = set(node.words) - matching().words.stop or set(node.words)
        found = [f"{node.speaker}:{word}" for word in telling(words, SHARED)]
        return found, found

    def likeness(self, a: QuotationTraits, b: QuotationTraits) -> float:
        """Above 0 where the words agree around a difference."""
        if a.speaker != b.speaker or a.reports & b.reports or not a.days.meets(b.days):
            return 0.0
        short, long = sorted((a.words, b.words), key=lambda words: (len(words), words))
        short = respelt(short, long)
        found = Indel.normalized_similarity(short, long, score_cutoff=ALIKE)
        return found if ALIKE <= found < 1.0 and differ_inside(short, long) else 0.0

    def discrepancy(self, rows: Sequence[tuple[Statement, QuotationTraits]]) -> Discrepancy | None:
        """Each wording with its report."""
        claims = [
            Claim(value=item.content, by=item.speaker, items=(item.id,), evidence=item.evidence) for item, _ in rows
        ]
        return make(self.kind, rows[0][0].content, claims, 0.6)


def differ_inside(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether a content word differs between words that agree, and not only at the ends, where one may quote more."""
    codes = list(Opcodes.from_editops(Indel.editops(a, b)))
    same = [i for i, code in enumerate(codes) if code.tag == "equal" and code.src_end - code.src_start >= FLANK]
    stop = matching().words.stop
    for i, code in enumerate(codes):
        if code.tag == "equal" or not same or not same[0] < i < same[-1]:
            continue
        words = {*a[code.src_start : code.src_end], *b[code.dest_start : code.dest_end]}
        if words - stop:
            return True
    return False
