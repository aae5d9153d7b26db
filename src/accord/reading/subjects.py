"""Which issue a passage is about: terms of the vocabulary, matched on lemmas, the nearer to the matter the heavier."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from accord.model.findings import Issue
from accord.model.vocabulary.issues import issues, terms
from accord.model.vocabulary.quantities import quantities

_GAP = 3  # words that may stand where a term has "~"
_JOINTS = frozenset("-–’'")


def issue_scores(tokens: Sequence[Token]) -> dict[Issue, float]:
    """For each issue that `tokens` signal, the weight of its terms found there, each term once."""
    words = [t for t in tokens if t.text not in _JOINTS and not t.is_space and not _counts(t)]
    scores: dict[Issue, float] = {}
    seen: set[tuple[str, ...]] = set()
    for i, token in enumerate(words):
        for first in {token.lemma_.lower(), token.lower_}:
            for term in terms().get(first, ()):
                key = (term.issue, *term.words)
                if key not in seen and _matches(words, i, term.words, term.gap):
                    seen.add(key)
                    scores[term.issue] = scores.get(term.issue, 0.0) + term.weight
    return scores


def _counts(token: Token) -> bool:
    """Whether a word only says how many: "tens of thousands of" in "deploy tens of thousands of soldiers"."""
    if token.lower_ == "of":
        return token.i > 0 and _counts(token.nbor(-1))
    return token.pos_ == "NUM" or token.lower_ in quantities().vague


def _matches(words: Sequence[Token], i: int, wanted: tuple[str, ...], gap: bool) -> bool:
    at = i
    for word in wanted[1:]:
        window = range(at + 1, min(at + 2 + (_GAP if gap else 0), len(words)))
        step = next((k for k in window if word in (words[k].lemma_.lower(), words[k].lower_)), None)
        if step is None:
            return False
        at = step
    return True


def classify(layers: Iterable[tuple[Sequence[Token], float]]) -> tuple[Issue, float] | None:
    """The issue with the most weight over passages of falling weight, and its share of it; None for no term.

    Each layer is a passage with its weight, the matter itself first, then what surrounds it. Ties go to
    the issue that comes first in the vocabulary.
    """
    total: dict[Issue, float] = {}
    for tokens, weight in layers:
        for issue, score in issue_scores(tokens).items():
            total[issue] = total.get(issue, 0.0) + score * weight
    if not total:
        return None
    order = {entry.id: k for k, entry in enumerate(issues())}
    best = min(total, key=lambda issue: (-total[issue], order[issue]))
    return best, total[best] / sum(total.values())
