"""The trained weights that tell which issue a passage is about. `training/train.py` writes them; nobody edits them."""

from __future__ import annotations

from functools import cache
from typing import Any, get_args

import msgspec

from accord.errors import VocabularyError
from accord.model.findings import Issue
from accord.model.vocabulary.door import load
from accord.model.vocabulary.issues import issues

NONE, OPEN = "none", "open"
"""Classes beside the issues: on no subject of negotiation; to be told from what stands around it."""


class IssueWeights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A multinomial logistic regression; every row has one weight for each class.

    `vectors` has a row for each dimension of a word vector, `lexicon` one for each issue's lexicon score, `phrases`
    one for each lemma or pair of lemmas. `temperature` divides scores to make them probabilities that hold; below
    `threshold` a passage is on no issue.
    `trained_on` is the digest of the training sentences, `digest` that of the weights.
    """

    classes: list[str]
    bias: list[float]
    vectors: list[list[float]]
    lexicon: list[list[float]]
    phrases: dict[str, list[float]]
    temperature: float
    threshold: float
    trained_on: str
    digest: str


@cache
def issue_weights() -> IssueWeights:
    """The weights. Raises VocabularyError unless the classes are the issues, none, open, and every row fits them."""
    weights = load("issue_weights.json", IssueWeights)
    wanted = [*get_args(Issue), NONE, OPEN]
    if weights.classes != wanted:
        raise _error(f"classes must be {wanted}; got {weights.classes}")
    rows = [weights.bias, *weights.vectors, *weights.lexicon, *weights.phrases.values()]
    odd = next((len(row) for row in rows if len(row) != len(wanted)), None)
    if odd is not None:
        raise _error(f"every row must have {len(wanted)} numbers; one has {odd}")
    if len(weights.lexicon) != len(issues()):
        raise _error(f"the lexicon part must have {len(issues())} rows; it has {len(weights.lexicon)}")
    if not (weights.temperature > 0 and 0 < weights.threshold < 1):
        raise _error(
            f"temperature must be above 0 and threshold within 0 and 1; got {weights.temperature}, {weights.threshold}"
        )
    return weights


def _error(what: Any) -> VocabularyError:
    return VocabularyError(f"vocabulary data/issue_weights.json: {what}; train again with training/train.py")
