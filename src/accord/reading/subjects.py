"""Which issue a passage is about: word vectors, a lexicon and common phrases under one small trained model.

A passage's evidence is a score for each issue, added up from its words: each word's vector times the trained weights
(over the root of their number), the lexicon's scores, and weights of lemmas and pairs of lemmas. Names take no part:
a state's name must not tell the issue. `training/` has the sentences and the script that the weights come from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Generic, TypeVar, get_args

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from accord.model.findings import Issue
from accord.model.vocabulary.issue_weights import IssueWeights, issue_weights
from accord.model.vocabulary.issues import Term, terms
from accord.model.vocabulary.quantities import quantities
from accord.reading.phrases import forms_of, stands_at
from accord.reading.pipeline import model

Array = NDArray[np.float64]
T = TypeVar("T")

_JOINTS = frozenset("-–’'")
_WORDLESS = frozenset({"PUNCT", "SPACE", "NUM", "SYM", "PROPN"})
_MOST_LEXICON = 3.0  # a fourth term of one issue tells no more
# A condition, a reason or a relative clause tells less of what the matter is than the clause that it hangs on.
_QUALIFYING = {"advcl": 0.3, "relcl": 0.5, "parataxis": 0.3, "acl": 0.7}
_BESIDE_OBJECT = 0.6  # "cede the island in a settlement": a verb with an object says in it what it is about
# How far the rest of the sentence and what stands before it count beside the matter. Where the matter has no term of
# its own ("it", "the accord"), what stands before tells more: with twice the weight of the rest, lines with context are
# right in 0.7 by cross-validation, with the lesser weights in 0.31.
_AROUND, _AROUND_WEAK = (0.2, 0.05), (0.2, 0.4)
_ISSUES: tuple[Issue, ...] = get_args(Issue)
Layers = Sequence[tuple[Sequence[Token], float]]


@dataclass(frozen=True)
class Passage:
    """What the model looks at: lemmas that count, each with its share of say, and the lexicon's score of each issue."""

    words: tuple[tuple[str, float], ...]
    lexicon: Array

    @property
    def size(self) -> float:
        """The sum of the words' shares."""
        return sum(share for _, share in self.words)

    @property
    def phrases(self) -> dict[str, float]:
        """The words and the pairs of neighbours among them, each with the greatest share it has anywhere."""
        found: dict[str, float] = {}
        pairs = ((f"{a} {b}", min(x, y)) for (a, x), (b, y) in pairwise(self.words))
        for phrase, share in (*self.words, *pairs):
            found[phrase] = max(share, found.get(phrase, 0.0))
        return found


def passage_of(tokens: Sequence[Token]) -> Passage:
    """The passage that `tokens` make. No names, numbers or marks are among its words."""
    shares = _shares(tokens)
    words = ((t.lemma_.lower(), shares[t.i]) for t in tokens if t.pos_ not in _WORDLESS and len(t.lemma_) > 1)
    scores = _lexicon_scores(tokens, shares)
    row = np.array([min(scores.get(issue, 0.0), _MOST_LEXICON) for issue in _ISSUES])
    return Passage(tuple(words), row)


def _shares(tokens: Sequence[Token]) -> dict[int, float]:
    """For each token, 1 where it belongs to what the passage is about, less within clauses that only qualify it."""
    inside = {t.i for t in tokens}
    shares: dict[int, float] = {}

    def share(token: Token) -> float:
        if token.i not in shares:
            shares[token.i] = 1.0  # stands where the parse runs in a circle
            if token.head.i != token.i and token.head.i in inside:
                shares[token.i] = share(token.head) * _part(token)
        return shares[token.i]

    for token in tokens:
        share(token)
    return shares


def _part(token: Token) -> float:
    """What a token keeps of its head's share."""
    if token.dep_ == "prep" and any(c.dep_ == "dobj" and c.i < token.i for c in token.head.children):
        return _BESIDE_OBJECT
    return _QUALIFYING.get(token.dep_, 1.0)


class _Told(Generic[T]):
    """What was worked out of passages of the document at hand, each asked for again and again: for one matter by
    several rules, and for the matters of one sentence with the same words around them."""

    def __init__(self, work_out: Callable[[Sequence[Token]], T]) -> None:
        self._work_out = work_out
        self._held: tuple[Doc | None, dict[tuple[int, ...], T]] = (None, {})

    def __call__(self, tokens: Sequence[Token]) -> T:
        doc = tokens[0].doc if tokens else None
        held = self._held
        if held[0] is not doc:
            held = self._held = (doc, {})
        key = tuple(token.i for token in tokens)
        if key not in held[1]:
            held[1][key] = self._work_out(tokens)
        return held[1][key]


def issue_scores(tokens: Sequence[Token]) -> Mapping[Issue, float]:
    """For each issue that the lexicon finds in `tokens`, the weight of its terms there, each term once."""
    return _lexicon(tokens)


def _lexicon_scores(tokens: Sequence[Token], shares: Mapping[int, float]) -> dict[Issue, float]:
    words = [t for t in tokens if t.text not in _JOINTS and not t.is_space and not _counts(t)]
    forms, index = forms_of(words), terms()
    best: dict[Term, float] = {}
    for i, token in enumerate(words):
        for first in dict.fromkeys(forms[i]):
            for term in index.get(first, ()):
                if stands_at(forms, i, term.words):
                    best[term] = max(best.get(term, 0.0), term.weight * shares.get(token.i, 1.0))
    scores: dict[Issue, float] = {}
    for term, weight in best.items():
        scores[term.issue] = scores.get(term.issue, 0.0) + weight
    return scores


_lexicon = _Told(lambda tokens: _lexicon_scores(tokens, {}))


def _counts(token: Token) -> bool:
    """Whether a word only says how many: "tens of thousands of" in "deploy tens of thousands of soldiers"."""
    if token.lower_ == "of":
        return token.i > 0 and _counts(token.nbor(-1))
    return token.pos_ == "NUM" or token.lower_ in quantities().vague


def vector_of(word: str) -> Array:
    """A lemma's word vector at length 1, or zeros where the model has none."""
    vocab = model().vocab
    if not vocab.has_vector(word):
        return np.zeros(vocab.vectors_length)
    vector = np.asarray(vocab.get_vector(word), dtype=np.float64)
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


class Classifier:
    """The trained model. `evidence` keeps a word's share of the scores, so that a word is worked out once."""

    def __init__(self, weights: IssueWeights) -> None:
        self._weights = weights
        self._bias = np.array(weights.bias)
        self._vectors, self._lexicon = np.array(weights.vectors), np.array(weights.lexicon)
        self._phrases = {phrase: np.array(row) for phrase, row in weights.phrases.items()}
        self._known: dict[str, Array] = {}
        self._open = len(_ISSUES) + 1
        self.evidence = _Told(self._evidence)

    def _evidence(self, tokens: Sequence[Token]) -> Array:
        """What a passage adds to the score of each class (log odds, before the temperature)."""
        passage = passage_of(tokens)
        total: Array = passage.lexicon @ self._lexicon
        if passage.words:
            shared = sum((share * self._word(word) for word, share in passage.words), np.zeros(len(self._bias)))
            total = total + shared / passage.size**0.5
        for phrase, share in passage.phrases.items():
            if phrase in self._phrases:
                total = total + share * self._phrases[phrase]
        return total

    def telling(self, tokens: Sequence[Token]) -> float:
        """The probability that a passage by itself tells that it is on some issue, whichever."""
        return float(self._share(self.evidence(tokens))[: len(_ISSUES)].sum())

    def probabilities(self, layers: Layers) -> Array:
        """The probability of each issue, and last that of none. The first layer is the matter itself.

        A matter that tells nothing by itself ("the offer", "it") gives way to the layers after it, as far as it is
        likely to be such a one; these in turn likewise.
        """
        passages = [(self.evidence(tokens), weight) for tokens, weight in layers if tokens and weight > 0]
        total, left = np.zeros(self._open), 1.0
        for k, (own, weight) in enumerate(passages):
            scores = sum(((w / weight) * e for e, w in passages[k:]), np.zeros(len(self._bias)))
            open_ = 0.0 if k == len(passages) - 1 else float(self._share(own)[self._open])
            total += left * (1.0 - open_) * self._share(scores[: self._open])
            left *= open_
        return total

    def _share(self, evidence: Array) -> Array:
        """The probabilities of as many classes, from the first, as there is evidence for."""
        return _softmax((self._bias[: len(evidence)] + evidence) / self._weights.temperature)

    def classify(self, layers: Layers) -> tuple[Issue, float] | None:
        """The likeliest issue and its probability; None where no issue is likely enough."""
        told = self.probabilities(layers)[:-1]
        best = int(told.argmax())
        return (_ISSUES[best], round(float(told[best]), 4)) if told[best] >= self._weights.threshold else None

    def _word(self, word: str) -> Array:
        if word not in self._known:
            self._known[word] = vector_of(word) @ self._vectors
        return self._known[word]


def _softmax(scores: Array) -> Array:
    raised: Array = np.exp(scores - scores.max())
    raised /= raised.sum()
    return raised


@cache
def _classifier() -> Classifier:
    return Classifier(issue_weights())


def layers_of(matter: Sequence[Token], sentence: Sequence[Token], before: Sequence[Token]) -> Layers:
    """A matter, the rest of its sentence and what stands before it, each with its weight, as `classify` takes them."""
    own = {t.i for t in matter}
    weak = max(issue_scores(matter).values(), default=0.0) < 1
    around, back = _AROUND_WEAK if weak else _AROUND
    return [(matter, 1.0), ([t for t in sentence if t.i not in own], around), (before, back)]


def telling(tokens: Sequence[Token]) -> float:
    """The probability that a passage by itself tells that it is on a subject of negotiation."""
    return _classifier().telling(tokens)


def classify(layers: Layers) -> tuple[Issue, float] | None:
    """The issue that a matter is about and the probability that it is right; None for no subject of negotiation.

    Each layer is a passage with its weight, the matter itself first, then what surrounds it: its sentence, what stands
    before. The surroundings count the more, the less the matter tells by itself ("the offer", "it").
    """
    return _classifier().classify(layers)
