"""Attributions by a phrase: "according to the envoy", "in her own words", "as the general put it"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from accord.model.vocabulary.cues import Cue, Cues
from accord.reading.attribution.candidate import Candidate, Range, Source
from accord.reading.attribution.cued import match
from accord.reading.attribution.sources import source_of_verb
from accord.reading.attribution.trees import child, is_verb, marker, reach

_VIEWED = frozenset(("in", "by"))
_CUT = frozenset((",", ";", ":", "—", "–"))
_PAUSES_BEFORE = frozenset((",", "”", '"', "''", "—", "–", "-", "(", "’"))
_VIEW_RATE = 0.8
_AS_RATE = 0.7
_PAUSES = frozenset((",", "“", '"', "''", "—", "–", "-", "("))


def find_phrases(doc: Doc, cues: Cues) -> Iterator[Candidate]:
    """One candidate for each phrase of attribution."""
    for token in doc:
        entries = cues.phrases.get(token.lower_)
        found = None
        if entries:
            found = next(filter(None, (_phrase(token, entry, cues) for entry in entries)), None)
        if found is None and token.lower_ in _VIEWED:
            found = _viewpoint(token, cues)
        elif found is None and token.lower_ == "as":
            found = _as_clause(token, cues)
        if found is not None:
            yield found


def _phrase(token: Token, entry: Cue, cues: Cues) -> Candidate | None:
    """A phrase of fixed words before its source."""
    doc, words = token.doc, entry.words
    last = token.i + len(words)
    if last >= len(doc) or any(doc[token.i + k].lower_ != word for k, word in enumerate(words)):
        return None
    noun = child(doc[last - 1], "pobj")
    if noun is not None and noun.sent.start == token.sent.start:
        start, end = reach(noun)
    else:  # misparsed: the words up to the next stop
        start = end = last
        while end < token.sent.end and not doc[end].is_punct:
            end += 1
        noun = next((doc[i] for i in range(end - 1, start - 1, -1) if doc[i].pos_ in ("NOUN", "PROPN", "PRON")), None)
    if noun is None:
        return None
    source = Source((start, end), noun, "phrase")
    if _swallows_subject(token, source):
        stops = [i for i in range(noun.i + 1, end) if doc[i].text in _CUT]
        end = stops[0] if end >= token.sent.end - 1 else stops[-1]
        source = Source((noun.left_edge.i, end), noun, "phrase")
    contents = _rest(token, (token.i, end))
    if not contents:
        return None
    return Candidate(entry, (token.i, last), token, source, contents, "phrase", cues.rate(entry, "clause"))


def _swallows_subject(token: Token, source: Source) -> bool:
    """Whether a misparse has drawn the sentence's subject into the source ("According to Lind, Sudan could agree")."""
    doc = token.doc
    if token.i > token.sent.start + 1 or not any(doc[i].text in _CUT for i in range(source.head.i + 1, source.span[1])):
        return False
    if source.span[1] >= token.sent.end - 1:
        return True
    main = token.sent.root
    return is_verb(main) and main.i >= source.span[1] and child(main, "nsubj", "nsubjpass", "expl", "csubj") is None


def _viewpoint(token: Token, cues: Cues) -> Candidate | None:
    """ "In the envoy's own words", "by their account": a viewpoint with its holder."""
    noun = child(token, "pobj")
    if (
        noun is None
        or noun.lemma_.lower() not in cues.viewpoints
        or token.dep_ not in ("prep", "ROOT", "advmod", "dep")
    ):
        return None
    holder = child(noun, "poss")
    if holder is None:
        return None
    end = noun.right_edge.i + 1
    doc = token.doc
    after = doc[end] if end < len(doc) else None
    before = doc[token.i - 1] if token.i > token.sent.start else None
    if after is not None and after.text not in _PAUSES and not after.is_sent_start and not after.is_punct:
        return None
    if before is not None and before.text not in _PAUSES:
        return None
    contents = _rest(token, (token.i, end))
    if not contents:
        return None
    source = Source(reach(holder), holder, "viewpoint")
    return Candidate(None, (token.i, noun.i + 1), token, source, contents, "viewpoint", _VIEW_RATE)


def _as_clause(token: Token, cues: Cues) -> Candidate | None:
    """ "As the general put it": a clause with "as" and a cue verb, beside what is said."""
    verb = token.head
    if not is_verb(verb) or verb.dep_ not in ("advcl", "ROOT", "dep", "parataxis") or marker(verb) != "as":
        return None
    if token.i > token.sent.start and token.nbor(-1).text not in _PAUSES_BEFORE:
        return None
    lemma = cues.misread.get(verb.lemma_.lower(), verb.lemma_.lower())
    reporting = (c for c in cues.verbs.get(lemma, ()) if {"clause", "quote"} & set(c.frames))
    cue = next((c for c in reporting if match(verb, c.words) is not None), None)
    if cue is None:
        return None
    if any(c.dep_ in ("ccomp", "xcomp") or (c.dep_ == "dobj" and c.lower_ != "it") for c in verb.rights):
        return None
    source = source_of_verb(verb, cues)
    if source is None or source.head.sent.start != verb.sent.start:
        return None
    contents = _rest(token, reach(verb))
    if not contents:
        return None
    return Candidate(cue, (verb.i, verb.i + 1), verb, source, contents, "as clause", _AS_RATE)


def _rest(token: Token, phrase: Range) -> list[Range]:
    """The sentence without the phrase; within a relative clause or a clause under "that", only that clause."""
    sentence = token.sent
    first, last = sentence.start, sentence.end
    clause = token.head
    while clause.head.i != clause.i and clause.dep_ not in ("relcl", "ROOT"):
        clause = clause.head
    if clause.dep_ == "relcl" and clause.left_edge.i > first:
        first, last = clause.left_edge.i, max(clause.right_edge.i + 1, phrase[1])
    pieces = [(first, phrase[0]), (phrase[1], last)]
    return [p for p in pieces if any(not t.is_space and not t.is_punct for t in token.doc[p[0] : p[1]])]
