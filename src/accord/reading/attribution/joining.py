"""One candidate for each cue, and each with its own words only: what the finders found, put side by side."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from accord.model.vocabulary.cues import Cues
from accord.reading.attribution.candidate import Candidate
from accord.reading.attribution.sources import is_carried, reports
from accord.reading.attribution.trees import child, is_verb, start_with_joint, true_head
from accord.reading.attribution.utterances import Page

_LEAST_WORDS = 2
_OWN_SUBJECTS = frozenset(("subject", "before the cue", "beside"))
_CONTRASTS = frozenset(("while", "whereas", "whilst", "and", "but", "though", "although"))
_CONTRAST_PAUSES = frozenset((",", ";", "—", "–", "-", "”", '"', "''"))


def join(candidates: Iterable[Candidate], page: Page, cues: Cues) -> list[Candidate]:
    """The candidates that stay: one for each cue, none with words that belong to another."""
    kept = _one_per_content(_without_carriers(_one_per_cue(candidates, page), cues))
    _cut_what_is_not_theirs(kept, cues)
    return kept


def _one_per_cue(candidates: Iterable[Candidate], page: Page) -> list[Candidate]:
    """One candidate for each cue token; a quotation takes over what else its cue brings."""
    best: dict[int, Candidate] = {}
    loose: list[Candidate] = []
    for candidate in candidates:
        if candidate.head is None:
            loose.append(candidate)
            continue
        other = best.get(candidate.at)
        if other is None:
            best[candidate.at] = candidate
            continue
        quoted, plain = (candidate, other) if candidate.quoted else (other, candidate)
        if quoted.quoted and not plain.quoted:
            best[candidate.at] = _with_clause(quoted, plain, page)
        elif candidate.rate > other.rate:
            best[candidate.at] = candidate
    return [*best.values(), *loose]


def _with_clause(quoted: Candidate, plain: Candidate, page: Page) -> Candidate:
    """A quotation with the indirect part that the same cue brings."""
    if plain.rule == "verb aside" and any(_resumes(page, piece) for piece in quoted.quoted):
        # "If they refuse, he said, “then we shall know.”"
        quoted.contents.extend(r for r in plain.contents if not any(page.inside[r[0] : r[1]]))
        return quoted
    if plain.rule not in ("verb clause", "verb object complement", "verb object as"):
        return quoted
    for start, end in plain.contents:
        outside = [t for t in page.doc[start:end] if not page.inside[t.i] and t.is_alpha]
        if len(outside) > _LEAST_WORDS and any(t.pos_ in ("VERB", "AUX") for t in outside):
            quoted.contents.append((start, end))
    quoted.addressees = quoted.addressees or plain.addressees
    return quoted


def _resumes(page: Page, piece: tuple[int, int]) -> bool:
    """Whether a quotation goes on with a sentence that began before it."""
    first = next((c for c in page.text[piece[0] : piece[1]] if c.isalpha()), "")
    return first.islower()


def _one_per_content(candidates: list[Candidate]) -> list[Candidate]:
    """Of candidates with the same content the likeliest: "said in a statement that" has two cues for one report."""
    best: dict[tuple[tuple[int, int], ...], Candidate] = {}
    for candidate in candidates:
        key = tuple(candidate.contents)
        if key and not candidate.quoted and (key not in best or candidate.rate > best[key].rate):
            best[key] = candidate
    chosen = {id(c) for c in best.values()}
    return [c for c in candidates if id(c) in chosen or c.quoted or not c.contents]


def _cut_what_is_not_theirs(candidates: Sequence[Candidate], cues: Cues) -> None:
    """Ends a content before a further cue of the same speaker, and before the speaker of a later one.

    Both come from misparses: "pledged to keep the truce and called for unity" with "called" under "keep", and
    "said the road was open, while the mayor said: ..." with "the mayor" in the first clause.
    """
    heads = {c.at: c for c in candidates if c.head is not None and c.contents}
    starts = sorted(heads)
    for other in candidates:
        if other.head is None:
            continue
        if other.rule in ("phrase", "as clause"):
            _cut_before_phrase(heads, starts, other)
        if not is_verb(other.head):
            continue
        outer = true_head(other.head, reports(other.head, cues)) or _beside(other.head)
        if outer is not None and outer.i in heads:
            _end_before(heads[outer.i], start_with_joint(other.head), other.at)
        source = other.source
        if source is None or source.how not in _OWN_SUBJECTS or source.span[1] > other.at:
            continue
        for at in starts[max(0, bisect.bisect_left(starts, source.span[0]) - 3) : bisect.bisect_left(starts, other.at)]:
            content = heads[at].contents[-1]
            if heads[at] is not other and content[0] < source.span[0] < content[1] <= other.at:
                _end_before(heads[at], source.span[0], source.span[0])


def _cut_before_phrase(heads: dict[int, Candidate], starts: Sequence[int], phrase: Candidate) -> None:
    """Ends the contents that a closing "according to" has been drawn into, when it reports them itself."""
    if phrase.cue_span is None or not phrase.contents:
        return
    at, first = phrase.cue_span[0], phrase.contents[0][0]
    for start in starts[bisect.bisect_left(starts, first) : bisect.bisect_left(starts, at)]:
        _end_before(heads[start], at, at)


def _beside(verb: Token) -> Token | None:
    """The cue beside which a verb reports another speaker: "A said they could not, while B insisted they must"."""
    first = verb.left_edge
    if verb.dep_ not in ("conj", "advcl") or child(verb, "nsubj") is None or child(verb, "aux") is not None:
        return None
    joint = first if verb.dep_ == "advcl" else verb.doc[first.i - 1] if first.i > 0 else first
    pause = verb.doc[joint.i - 1] if joint.i > 0 else joint
    if joint.lower_ not in _CONTRASTS or pause.text not in _CONTRAST_PAUSES:
        return None
    clause = verb.head
    outer = clause.head
    found = clause.dep_ == "ccomp" and is_verb(outer) and outer.i < clause.i and outer.tag_ == verb.tag_
    return outer if found else None


def _end_before(candidate: Candidate, end: int, held: int) -> None:
    """Cut the content that holds token `held` at `end`, function words before the cut left off."""
    doc = candidate.head.doc if candidate.head is not None else None
    for k, (start, stop) in enumerate(candidate.contents):
        if doc is not None and start < end and start <= held < stop:
            while end > start and (doc[end - 1].pos_ in ("SCONJ", "CCONJ", "ADP", "PUNCT") or doc[end - 1].is_space):
                end -= 1
            candidate.contents[k] = (start, end)
    candidate.contents = [r for r in candidate.contents if r[0] < r[1]]


def _without_carriers(candidates: list[Candidate], cues: Cues) -> list[Candidate]:
    """Leaves out a verb that only carries a noun with a clause of its own ("voiced the hope that")."""
    carried: set[int] = set()
    for c in candidates:
        if c.rule == "noun clause" and c.head is not None and is_carried(c.head, cues):
            carried.add(c.head.head.i)
    return [c for c in candidates if not (c.at in carried and c.rule == "verb object")]
