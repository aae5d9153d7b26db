"""Attributions that a verb, noun or adjective of the vocabulary announces, by the dependency parse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from accord.model.vocabulary.cues import Cue, Cues
from accord.model.vocabulary.time import time_words
from accord.reading.attribution.asides import aside
from accord.reading.attribution.candidate import Candidate, Range, Source
from accord.reading.attribution.contents import after_noun, content_of, object_of
from accord.reading.attribution.sources import is_carried, owner_of_noun, reports, source_of_verb
from accord.reading.attribution.trees import (
    child,
    children,
    has_to,
    is_gerund,
    is_negated,
    is_passive,
    is_verb,
    marker,
    reach,
)

_ORDER = (
    "clause",
    "quote",
    "object to do",
    "object complement",
    "object of",
    "object as",
    "object for",
    "to",
    "gerund",
)
_ASIDE = frozenset(("speech", "thought", "finding"))
UNNAMED = 0.35
"""What is left of a rate where nobody is named: in news, "it is feared" and "the claim" are rarely worth a line."""
_PLAIN = 0.8
"""Weight from which a verb may stand in a parenthesis: "weigh" and "relate" mean other things there."""
_HEDGED = 0.75
"""What is left under "would", "could" or "if"."""
_CONDITIONS = frozenset(("if", "unless", "whether"))
_MODALS = frozenset(("would", "could", "might", "may", "should", "must", "can", "will"))


def find_cued(doc: Doc, cues: Cues) -> Iterator[Candidate]:
    """One candidate for each cue whose frame the parse fills."""
    for token in doc:
        if token.is_punct or token.is_space:
            continue
        lemma, pos = token.lemma_.lower(), token.pos_
        if pos == "VERB" or token.tag_.startswith("VB"):
            found = None
            if token.tag_ == "VBN" and child(token, "agent", "aux") is None:  # "is convinced that"
                found = _adjective(token, cues.adjectives.get(token.lower_, ()), cues)
            found = found or _verb(token, cues.verbs.get(cues.misread.get(lemma, lemma), ()), cues)
        elif pos in ("NOUN", "PROPN"):
            found = _noun(token, cues.nouns.get(lemma, ()), cues)
        elif pos in ("ADJ", "ADV"):
            found = _adjective(token, cues.adjectives.get(lemma, ()), cues)
        else:
            continue
        if found is not None:
            yield found


def _verb(token: Token, entries: Sequence[Cue], cues: Cues) -> Candidate | None:
    """The candidate of a verb: of the longest cue that matches, in the first frame that is filled."""
    matches = [(entry, words) for entry in entries if (words := match(token, entry.words)) is not None]
    tries = [(entry, words, frame) for entry, words in matches for frame in entry.frames]
    for entry, words, frame in sorted(tries, key=lambda t: (-len(t[1]), _rank(t[2]))):
        found = _framed(token, words, entry, frame, cues)
        if found is not None:
            return found
    return None


def _rank(frame: str) -> int:
    return _ORDER.index(frame) if frame in _ORDER else len(_ORDER)


def match(token: Token, lemmas: Sequence[str]) -> list[Token] | None:
    """The tokens that match a cue's words: each further word hangs on one of those before it and follows the head."""
    found = [token]
    for lemma in lemmas[1:]:
        word = next(
            (c for over in reversed(found) for c in over.rights if lemma in (c.lower_, c.lemma_) and c.i > token.i),
            None,
        )
        if word is None and lemma == "for":  # "called for the road to be opened"
            below = (c for c in token.rights if c.dep_ in ("advcl", "xcomp", "ccomp") and has_to(c))
            word = next((m for c in below for m in c.lefts if m.dep_ == "mark" and m.lower_ == "for"), None)
        if word is None:
            return None
        found.append(word)
    return None if len(found) > 1 and _is_when(found[-1]) else found


def _is_when(preposition: Token) -> bool:
    """Whether a preposition only leads to a day ("commented on Monday")."""
    inside = child(preposition, "pobj")
    return preposition.lower_ in ("on", "at") and inside is not None and inside.lower_ in time_words().weekdays


def _framed(token: Token, words: list[Token], entry: Cue, frame: str, cues: Cues) -> Candidate | None:
    contents, rule, source = _contents(token, words, entry, frame, cues)
    if not contents:
        return None
    return Candidate(
        entry,
        _cue_span(token, (words[0].i, words[-1].i + 1), contents),
        token,
        source,
        contents,
        f"verb {rule}",
        cues.rate(entry, frame) * _circumstances(token, source, cues),
        addressees=_addressees(token, frame, words),
        negated=is_negated(token),
    )


def _contents(
    token: Token, words: list[Token], entry: Cue, frame: str, cues: Cues
) -> tuple[list[Range], str, Source | None]:
    """What the frame holds, by which rule, and whose it is; a parenthetical "he said" goes before the parse."""
    if frame == "clause" and len(words) == 1 and entry.group in _ASIDE and entry.weight >= _PLAIN:
        found = aside(token, entry.words[0] in cues.tellers, cues.scene)
        if found is not None and (found.speaker is not None or child(token, "nsubj") is not None):
            source = source_of_verb(token, cues)
            if found.speaker is not None and (source is None or not found.span[0] <= source.head.i < found.span[1]):
                source = Source(_within(found.speaker, found.span), found.speaker, "beside")
            return found.contents, "aside", source
    contents = [] if frame == "quote" else content_of(words, frame)
    return contents, frame, source_of_verb(token, cues) if contents else None


def _within(noun: Token, span: Range) -> Range:
    """The noun phrase as far as it lies within a span."""
    start, end = reach(noun)
    return max(start, span[0]), min(end, span[1])


def _cue_span(token: Token, span: Range, contents: list[Range]) -> Range:
    """The cue's tokens, cut to the verb where the object stands between its words ("made the case for")."""
    if any(start < span[1] and span[0] < end for start, end in contents):
        return token.i, token.i + 1
    return span


def _circumstances(verb: Token, source: Source | None, cues: Cues) -> float:
    """By how much the words around a verb lower its rate."""
    factor = 1.0 if source is not None else UNNAMED
    if verb.dep_ == "advcl" and is_gerund(verb) and verb.lemma_ in cues.evidential and not _beside_speech(verb, cues):
        factor *= UNNAMED  # "the army left, signalling the end": the event signals it
    if marker(verb) in _CONDITIONS or any(c.dep_ == "aux" and c.lower_ in _MODALS for c in verb.lefts):
        factor *= _HEDGED
    if source is not None and source.head.lower_ in ("you", "we", "one", "i", "nobody"):
        factor *= _HEDGED
    return factor


def _beside_speech(verb: Token, cues: Cues) -> bool:
    """Whether a participle hangs on a verb that reports speech ("he said ..., indicating that ...")."""
    head = verb.head
    heads = (head, head.head) if head.dep_ in ("ccomp", "conj") else (head,)
    return any(reports(h, cues, clauses=True) for h in heads)


def _addressees(verb: Token, frame: str, words: Sequence[Token]) -> list[Token]:
    """Who is spoken to: the object beside a clause, "to" somebody, and whom the speaker wants to act."""
    found: list[Token] = []
    if frame in ("clause", "quote", "object to do"):
        whom = object_of(words) if frame == "object to do" else child(verb, "dobj", "dative")
        if whom is None and frame == "object to do":
            below = next((c for c in children(verb, "ccomp", "xcomp") if has_to(c)), None)
            whom = child(below, "nsubj") if below is not None else None
        if whom is not None:
            found.append(whom)
    for prep in children(verb, "prep", "dative"):
        who = child(prep, "pobj")
        if prep.lower_ == "to" and who is not None and all(prep.i != w.i for w in words):
            found.append(who)
    return found


def _noun(token: Token, entries: Sequence[Cue], cues: Cues) -> Candidate | None:
    """The candidate of a noun: "her claim that", "a threat to", "the demand is that"."""
    for entry in entries:
        for frame in entry.frames:
            contents = after_noun(token, frame) or (_equated(token, frame) if frame in ("clause", "to") else [])
            if not contents:
                continue
            source = owner_of_noun(token, cues)
            carried = is_carried(token, cues) and source is not None
            rate = cues.rate(entry, frame) * (1.0 if source is not None else UNNAMED)
            if carried and source is not None and source.how not in ("possessor", "by", "from"):
                span = (token.head.i, token.i + 1) if token.head.i < token.i else (token.i, token.i + 1)
            else:
                span = (token.i, token.i + 1)
            return Candidate(entry, span, token, source, contents, f"noun {frame}", rate)
    return None


def _equated(noun: Token, frame: str) -> list[Range]:
    """What a noun is said to be: "their demand is that the troops leave"."""
    be = noun.head
    if noun.dep_ != "nsubj" or be.lemma_ != "be" or child(noun, "poss") is None:
        return []
    for clause in children(be, "ccomp", "xcomp", "attr", "advcl"):
        if clause.i > be.i and (has_to(clause) if frame == "to" else marker(clause) == "that"):
            start = clause.left_edge.i + (0 if frame == "to" else 1)
            return [(start, clause.right_edge.i + 1)]
    return []


def _adjective(token: Token, entries: Sequence[Cue], cues: Cues) -> Candidate | None:
    """The candidate of an adjective after "be" and the like: "is confident that", "was wary of"."""
    for entry in entries:
        for frame in entry.frames:
            contents = after_noun(token, frame)
            if not contents:
                continue
            source = _holder(token, cues)
            if source is None:
                continue
            verb = token.head if token.dep_ in ("acomp", "attr", "oprd") and is_verb(token.head) else token
            rate = cues.rate(entry, frame) * _circumstances(verb, source, cues)
            negated = is_negated(verb) or is_negated(token)
            return Candidate(
                entry, (token.i, token.i + 1), token, source, contents, f"adjective {frame}", rate, negated=negated
            )
    return None


def _holder(adjective: Token, cues: Cues) -> Source | None:
    """Who is confident, worried or ready."""
    if adjective.tag_ == "VBN" and is_passive(adjective):
        be = child(adjective, "auxpass")
        subject = child(adjective, "nsubjpass", "nsubj") or (child(be, "nsubj") if be is not None else None)
        if subject is not None:
            return Source((subject.left_edge.i, min(subject.right_edge.i + 1, adjective.i)), subject, "subject")
    head = adjective
    for _ in range(4):
        if head.dep_ == "conj":
            head = head.head
        elif head.dep_ in ("acomp", "attr") and is_verb(head.head):
            return source_of_verb(head.head, cues)
        elif is_verb(head):
            return source_of_verb(head, cues)
        else:
            return None
    return None
