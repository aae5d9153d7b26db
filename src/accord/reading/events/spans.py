"""The words that are the evidence of an act: its clause, without the clauses around it."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from accord.reading.events.arguments import PASSIVES, SUBJECTS, VERBS

_SPLIT = frozenset({"conj", "parataxis", "advcl", "relcl", "ccomp"})
_EDGE = frozenset(",;:—–-.!?")
_SUBJECTS = (*SUBJECTS, *PASSIVES)


def clause(word: Token) -> tuple[int, int]:
    """The tokens (end excluded) of the clause that tells the act at `word`."""
    verb = _verb_of(word)
    start, end = _reach(verb)
    return _trim(word.doc, min(start, word.i), max(end, word.i + 1))


def _verb_of(word: Token) -> Token:
    """The verb whose clause holds the word."""
    here = word
    for _ in range(10):
        if here.pos_ in VERBS and (here.dep_ not in ("xcomp", "aux", "auxpass", "pcomp") or _has_subject(here)):
            return here
        if here.dep_ == "ROOT":
            return here
        here = here.head
    return here


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in _SUBJECTS for c in verb.children)


def _reach(verb: Token) -> tuple[int, int]:
    """From the leftmost to the rightmost word of the clause, cut where another clause with its own subject begins."""
    start, end = verb.left_edge.i, verb.right_edge.i + 1
    for child in verb.children:
        if child.dep_ == "conj" and child.pos_ in VERBS and child.i > verb.i:
            end = min(end, child.left_edge.i)
        elif child.dep_ == "cc" and child.i > verb.i and _joins_clause(child, verb):
            end = min(end, child.i)
        elif child.dep_ == "ccomp" and child.i < verb.i and _has_subject(child):
            start = max(start, child.right_edge.i + 1)  # "Talks will resume, he said"
        elif child.dep_ == "parataxis":
            if child.i < verb.i:
                start = max(start, child.right_edge.i + 1)
            else:
                end = min(end, child.left_edge.i)
    if (verb.dep_ in ("relcl", "acl") and not _own_words(verb)) or verb.dep_ in ("relcl", "acl"):
        start = min(start, verb.head.left_edge.i)
    return start, end


def _own_words(verb: Token) -> bool:
    return any(c.dep_ in _SUBJECTS and c.tag_ not in ("WP", "WDT") for c in verb.children)


def _joins_clause(cc: Token, verb: Token) -> bool:
    return any(c.dep_ == "conj" and c.i > cc.i and c.pos_ in VERBS for c in verb.children)


def _trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while start < end and (doc[start].is_space or doc[start].text in _EDGE or doc[start].dep_ in ("cc", "mark")):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in _EDGE):
        end -= 1
    return start, end
