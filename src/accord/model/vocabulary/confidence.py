"""From a rule's own estimate to a confidence that holds: one curve for each layer, fitted on annotated reports."""

from __future__ import annotations

import math
from functools import cache

import msgspec

from accord.errors import VocabularyError
from accord.model.vocabulary.door import load

LAYERS = ("statements", "events", "positions", "proposals", "levers", "figures")
_EDGE = 0.02
_LEAST, _MOST = 0.05, 0.95  # nothing that rules find is impossible or certain


class Curve(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Log odds of being right = `shift` + `slope` x log odds of the rule's estimate (Platt 1999).

    Fitted on `items` found items, of which `right` were right.
    """

    slope: float
    shift: float
    items: int
    right: int

    def __call__(self, estimate: float) -> float:
        """The confidence, 0.05 to 0.95, of an item whose rule estimates `estimate` (0 to 1)."""
        inside = min(max(estimate, _EDGE), 1 - _EDGE)
        odds = self.shift + self.slope * math.log(inside / (1 - inside))
        return round(min(max(1 / (1 + math.exp(-odds)), _LEAST), _MOST), 2)


@cache
def curves() -> dict[str, Curve]:
    """The curve of each layer. Raises VocabularyError unless every layer has one and each rises."""
    found = load("confidence.yaml", dict[str, Curve])
    if tuple(found) != LAYERS:
        raise VocabularyError(f"vocabulary data/confidence.yaml: layers must be {LAYERS}; got {tuple(found)}")
    flat = next((layer for layer, curve in found.items() if curve.slope <= 0), None)
    if flat is not None:
        raise VocabularyError(
            f"vocabulary data/confidence.yaml: {flat}: slope must be above 0; got {found[flat].slope}; "
            "fit again with bench/reliability.py --fit"
        )
    return found
