"""From candidates by tokens to attributions by characters: quotations kept whole, doubles joined, speakers resolved."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from accord.model.findings import StatementMode
from accord.model.vocabulary.cues import Cues
from accord.reading.attribution.candidate import Candidate, Range, Source
from accord.reading.attribution.cued import UNNAMED
from accord.reading.attribution.sources import is_carried, owner_of_noun, source_of_verb
from accord.reading.attribution.trees import child, is_verb, start_with_joint, true_head
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
_LEAST_WORDS = 2
_FARTHEST_BACK = 150
"""Tokens over which "the statement" still means the one named before: about five sentences."""
_CONTRASTS = frozenset(("while", "whereas", "whilst", "and", "but", "though", "although"))
_CONTRAST_PAUSES = frozenset((",", ";", "—", "–", "-", "”", '"', "''"))
_GUESSES = frozenset(("before the cue", "after the cue"))
_OWN_SUBJECTS = frozenset(("subject", "before the cue", "beside"))
_WHOLE = frozenset(("phrase", "viewpoint", "as clause", "headline", "transcript", "signed post", "block"))


class Assembly:
    """Turns the candidates of one page into attributions."""

    def __init__(self, page: Page, mentions: Mentions, cues: Cues) -> None:
        self._page = page
        self._mentions = mentions
        self._cues = cues
        self._text = page.doc.text
        self._utterance_starts = [u.start for u in page.utterances]
        self._quotations: list[Utterance | Quotation] = sorted(
            (*page.utterances, *(q for q in page.borrowed)), key=lambda q: (q.start, -q.end)
        )
        self._quotation_starts = [q.start for q in self._quotations]

    def build(self, candidates: Iterable[Candidate]) -> list[Attribution]:
        """The attributions, in order of their cues."""
        kept = _one_per_cue(candidates, self._page)
        kept = _without_carriers(kept, self._cues)
        _cut_what_is_not_theirs(kept)
        claimed = {q: id(c) for c in kept for q in c.quoted}
        found: list[Attribution] = []
        for candidate in sorted(kept, key=lambda c: c.cue_span or (c.at, c.at)):
            self._rescue_source(candidate)
            if self._is_unheard(candidate, claimed):
                candidate.rate *= _UNHEARD
            if candidate.rate < _LEAST_RATE:
                continue
            made = self._attribution(candidate, claimed, found)
            if made is not None:
                found.append(made)
        return found

    def _rescue_source(self, candidate: Candidate) -> None:
        """Gives a verb whose subject the parse lost the name that stands before it under the main verb."""
        verb, source = candidate.head, candidate.source
        if verb is None or not is_verb(verb) or (source is not None and source.how not in _GUESSES):
            return
        while verb.dep_ in ("advcl", "conj", "xcomp") and is_verb(verb.head) and child(verb, "nsubj") is None:
            verb = verb.head
        if child(verb, "nsubj", "nsubjpass") is not None:
            return
        for word in verb.lefts:
            mention = self._mentions.headed_by(word)
            if mention is not None and mention.form == "name" and word.dep_ not in ("pobj", "punct"):
                candidate.source = Source((mention.start, mention.end), word, "name before the verb")
                candidate.rate = candidate.rate / UNNAMED if source is None else candidate.rate
                return

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
        speakers = self._speakers(candidate.source)
        if mode == "direct" and candidate.source is not None and candidate.source.head.pos_ == "PRON":
            speakers = self._not_self_named(speakers, pieces, earlier)
        return Attribution(
            speakers=speakers,
            contents=tuple(pieces),
            cue=cue,
            source=source,
            mode=mode,
            kind=entry.kind if entry is not None else "said",
            cue_lemma=entry.cue if entry is not None else "",
            negated=candidate.negated,
            addressees=self._addressees(candidate),
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
        return start, end

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

    def _speakers(self, source: Source | None) -> tuple[str, ...]:
        """The actors that the source stands for; for "the statement said", those who made it."""
        if source is None:
            return ()
        found = self._mentions.who(source.head)
        for word in source.head.lefts:  # "Trump and Vice President Vance", parsed as one name
            if word.dep_ == "nmod" and any(c.dep_ == "cc" for c in word.rights):
                found = tuple(dict.fromkeys((*self._mentions.who(word), *found)))
        if found:
            return found
        noun = source.head if source.head.lower_ != "it" else _subject_before(source.head)
        return self._makers(noun) if noun is not None and noun.lemma_.lower() in self._cues.documents else ()

    def _makers(self, document: Token) -> tuple[str, ...]:
        """Who made a statement, letter or report: told where it stands, or where it was last named before."""
        lemma, doc = document.lemma_, document.doc
        for i in range(document.i, max(-1, document.i - _FARTHEST_BACK), -1):
            if doc[i].lemma_ != lemma:
                continue
            owner = owner_of_noun(doc[i], self._cues)
            if owner is None and doc[i].dep_ == "pobj" and doc[i].head.lower_ == "in" and is_verb(doc[i].head.head):
                owner = source_of_verb(doc[i].head.head, self._cues)  # "announced the step in a statement"
            found = self._mentions.who(owner.head) if owner is not None else ()
            if found:
                return found
        return ()

    def _not_self_named(
        self, speakers: tuple[str, ...], pieces: Sequence[Piece], earlier: Sequence[Attribution]
    ) -> tuple[str, ...]:
        """The speakers of "he said" beside a quotation: whoever the quotation names is not its "he"."""
        named = {
            actor
            for mention in self._mentions.all
            if mention.form == "name" and any(start <= self._page.doc[mention.start].idx < end for start, end in pieces)
            for actor in mention.actors
        }
        if not set(speakers) & named:
            return speakers
        for attribution in reversed(earlier):
            before = attribution.speakers
            if len(before) == len(speakers) and not set(before) & named and self._are_persons(before):
                return before
        return speakers

    def _are_persons(self, actors: Sequence[str]) -> bool:
        return all(self._mentions.actor(a).kind in ("person", "unnamed") for a in actors)

    def _addressees(self, candidate: Candidate) -> tuple[str, ...]:
        found: list[str] = []
        for token in candidate.addressees:
            found.extend(a for a in self._mentions.who(token) if a not in found)
        return tuple(found)


def _subject_before(token: Token) -> Token | None:
    """The subject of the sentence before the one that a token stands in."""
    start = token.sent.start
    if start == 0:
        return None
    return child(token.doc[start - 1].sent.root, "nsubj")


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


def _one_per_cue(candidates: Iterable[Candidate], page: Page) -> list[Candidate]:
    """One candidate for each cue token: a quotation takes over what else its cue brings, if that is more than itself."""
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


def _resumes(page: Page, piece: Piece) -> bool:
    """Whether a quotation goes on with a sentence that began before it."""
    first = next((c for c in page.doc.text[piece[0] : piece[1]] if c.isalpha()), "")
    return first.islower()


def _cut_what_is_not_theirs(candidates: Sequence[Candidate]) -> None:
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
        outer = true_head(other.head) or _beside(other.head)
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
