"""What "this", "it" or "such a plan" takes up: the matter of an earlier clause."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span, Token

from accord.model.vocabulary.stance import stance_cues
from accord.reading.attribution.trees import is_verb, reach
from accord.reading.context import Context
from accord.reading.matters import Matter
from accord.reading.subjects import issue_scores

_CLAUSAL = frozenset({"this", "that", "which", "so"})
_NOMINAL = frozenset({"it", "them", "they", "these", "those", "one"})
_POINTING = frozenset({"this", "that", "these", "those", "such", "same"})
_SENTENCES = 2  # how far back a pronoun reaches


def resolved(context: Context, matter: Matter, before: Sequence[Matter] = ()) -> Matter:
    """The matter that a bare pronoun or "the plan" takes up, or the matter itself where it is none or nothing fits.

    `before` are the matters of the stances told before, in order: "this demand", "such a move" and "the same
    provision" take up the last of them.
    """
    if _points_back(matter):
        return _told_before(matter.head) or _last(matter, before) or matter
    if _is_bare_plan(matter):
        return _told_before(matter.head) or matter
    if matter.form != "phrase" or matter.head.pos_ not in ("PRON", "DET") or matter.end - matter.start > 1:
        return matter
    if context.mentions.headed_by(matter.head) is not None:
        return matter
    word = matter.head.lower_
    for sentence in _before(matter.head):
        found = _clause(sentence, matter.head) if word in _CLAUSAL else None
        found = found or (_noun(sentence, matter.head) if word in _CLAUSAL | _NOMINAL else None)
        if found is not None:
            return found
    return matter


def _points_back(matter: Matter) -> bool:
    """Whether the matter names no subject but points to one told before: "this demand", "such a move"."""
    words = stance_cues().taken_up
    pointing = any(
        noun.lemma_.lower() in words
        and any(c.lower_ in _POINTING for c in noun.children if c.dep_ in ("det", "amod", "predet"))
        for noun in matter.core
    )
    return pointing and max(issue_scores(matter.core).values(), default=0.0) < 1


def _last(matter: Matter, before: Sequence[Matter]) -> Matter | None:
    """The last matter told before this one, no more than a few sentences back."""
    sentences = [s.start for s in _before(matter.head)]
    near = [m for m in before if m.end <= matter.start and m.head.i >= min(sentences)]
    return near[-1] if near else None


def _is_bare_plan(matter: Matter) -> bool:
    """ "The plan", "this offer": a noun for any proposal, with nothing that tells it from others."""
    words = [t for t in matter.core if t.i != matter.head.i]
    bare = all(t.dep_ in ("det", "punct") and t.lower_ not in ("a", "an", "any", "no") for t in words)
    return matter.form == "phrase" and bool(words) and bare and matter.head.lemma_.lower() in stance_cues().plans


def _told_before(noun: Token) -> Matter | None:
    """The last earlier mention of the same noun with words that tell which one is meant."""
    for token in reversed(noun.doc[: noun.i]):
        if token.lemma_.lower() != noun.lemma_.lower() or token.tag_ != noun.tag_:
            continue
        start, end = reach(token)
        found = Matter(token, start, end, "phrase")
        if not _is_bare_plan(found) and token.pos_ == "NOUN" and token.dep_ != "compound" and end <= noun.i:
            return found
    return None


def _before(token: Token) -> list[Span]:
    """The sentence of the token and those before it, the nearest first."""
    sentences, at = [token.sent], token.sent.start
    while at > 0 and len(sentences) <= _SENTENCES:
        sentences.append(token.doc[at - 1].sent)
        at = sentences[-1].start
    return sentences


def _clause(sentence: Span, pronoun: Token) -> Matter | None:
    """The innermost clause before the pronoun that tells an act on an issue."""
    best: Matter | None = None
    for verb in sentence:
        start, end = reach(verb)
        if not is_verb(verb) or verb.dep_ == "ROOT" or end > pronoun.i:
            continue
        if max(issue_scores(list(verb.doc[start:end])).values(), default=0.0) < 1:
            continue
        if best is None or start >= best.start:
            subject = next(
                (c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.tag_ not in ("WDT", "WP")), None
            )
            best = Matter(verb, start, end, "clause", subject)
    return best


def _noun(sentence: Span, pronoun: Token) -> Matter | None:
    """The last noun phrase before the pronoun, of its number, that names an issue."""
    plural = pronoun.lower_ in ("them", "they", "these", "those")
    for noun in reversed(list(sentence)):
        start, end = reach(noun)
        number = (noun.tag_ == "NNS") == plural
        if noun.pos_ != "NOUN" or not number or end > pronoun.i or noun.dep_ == "compound":
            continue
        telling = max(issue_scores(list(noun.doc[start:end])).values(), default=0.0) >= 1
        if telling or noun.lemma_.lower() in stance_cues().plans:
            return Matter(noun, start, end, "phrase")
    return None
