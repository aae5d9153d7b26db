"""What a stance depends on: "if a ceasefire holds", "only after the troops leave", "in exchange for recognition"."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from accord.model.vocabulary.modality import modality_cues
from accord.reading.attribution.trees import child
from accord.reading.supposed import conditional_clause

_OPENERS = frozenset({"prep", "mark", "advmod", "acomp", "amod", "dep", "advcl", "acl", "pcomp", "conj", "agent"})
_LATER = frozenset({"after", "once", "when", "until", "unless", "before"})


def find_condition(*heads: Token, granting: bool = False) -> str | None:
    """The condition that hangs on one of `heads` (the cue, its matter), in the text's words; None for none.

    `granting`: the stance is a yes, on which "without" puts no condition ("agreed to talks without preconditions").
    """
    head, mark = condition_head(*heads)
    if head is None or (granting and mark == "without"):
        return None
    skip = {t.i for t in head.children if t.lower_ == mark and mark not in ("unless", "until") and t.i < head.i}
    return _text(head, skip)


def condition_head(*heads: Token) -> tuple[Token | None, str]:
    """The head word of the condition and what opens it ("until", "in exchange for"); (None, "") for none."""
    for head in heads:
        for token in head.children:
            found = _clause(token) or _phrase(token)
            if found is not None:
                return found
    return None, ""


def condition_words(*heads: Token) -> list[Token]:
    """The words of the condition that hangs on one of `heads`, with what opens it; none where there is none."""
    condition, _ = condition_head(*heads)
    if condition is None:
        return []
    tops = {head.i for head in heads}
    while condition.head.i not in tops and condition.head.i != condition.i:
        condition = condition.head
    return list(condition.subtree)


def _clause(token: Token) -> tuple[Token, str] | None:
    if token.dep_ not in ("advcl", "ccomp") or token.pos_ not in ("VERB", "AUX"):
        return None
    mark = next((c for c in token.children if c.dep_ in ("mark", "advmod") and c.i < token.i), None)
    only = mark is not None and mark.i > 0 and token.doc[mark.i - 1].lower_ == "only"
    later = mark is not None and mark.lower_ in _LATER and (only or mark.lower_ in ("unless", "until"))
    if conditional_clause(token) is None and not later:
        return None
    word = mark.lower_ if mark is not None else ""
    return token, f"only {word}" if only else word


def _phrase(token: Token) -> tuple[Token, str] | None:
    """ "In exchange for X", "contingent on X", "on condition of X", "without X"."""
    if token.dep_ not in _OPENERS:
        return None
    if token.lower_ == "without":
        noun = child(token, "pobj", "pcomp")
        return (noun, "without") if noun is not None else None
    if token.lower_ not in _openings():
        return None
    doc = token.doc
    for phrase in modality_cues().condition_phrases:
        end = token.i + len(phrase)
        if phrase[0] == token.lower_ and tuple(t.lower_ for t in doc[token.i : end]) == phrase:
            last = doc[end - 1]
            noun = child(last, "pobj", "pcomp", "ccomp", "acl")
            return (noun, " ".join(phrase)) if noun is not None else None
    return None


@cache
def _openings() -> frozenset[str]:
    """The first words of condition phrases."""
    return frozenset(phrase[0] for phrase in modality_cues().condition_phrases)


def _text(head: Token, skip: set[int]) -> str:
    kept = [t for t in head.subtree if t.i not in skip and t.text not in '“”"']
    return "".join(t.text_with_ws for t in kept).strip(" ,.;")
