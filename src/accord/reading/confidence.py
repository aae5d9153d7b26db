"""How sure a reading is of each item: the rules' own estimates, put on the scale of what annotators confirm."""

from __future__ import annotations

from typing import Any

import msgspec

from accord.model.findings import Proposal
from accord.model.reading import Reading
from accord.model.vocabulary.confidence import Curve, curves


def calibrated(reading: Reading) -> Reading:
    """The reading with each item's confidence, and each step's of a proposal, on its layer's curve."""
    changed: dict[str, Any] = {
        layer: tuple(_settled(item, curve) for item in reading.layer(layer)) for layer, curve in curves().items()
    }
    return msgspec.structs.replace(reading, **changed)


def _settled(item: Any, curve: Curve) -> Any:
    told: dict[str, Any] = {"confidence": curve(item.confidence)}
    if isinstance(item, Proposal):
        told["history"] = tuple(_settled(step, curve) for step in item.history)
    return msgspec.structs.replace(item, **told)
