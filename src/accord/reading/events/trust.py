"""How far an event can be trusted: a sum over what was found to go with being right.

The weights are rounded differences in precision (type, place, who and status right) between findings with and
without a feature, on four annotated reports of three conflicts; what was tuned to those is discounted. They are
to be worked out again when rules change: `accord.reading.events.trust` has no other knowledge.
"""

from __future__ import annotations

from accord.model.findings import EventStatus
from accord.reading.events.acts import Act

_BASE = {"verb": 0.62, "noun": 0.60, "adj": 0.50, "said": 0.52, "threat": 0.50}
_STATUS: dict[EventStatus, float] = {"planned": -0.10, "conditional": -0.14, "proposed": -0.12, "refused": -0.04}
_KIND = {"RETREAT": -0.10, "ASSAULT": -0.05, "COERCE": -0.05, "REQUEST": 0.06, "ACCUSE": 0.06}
_LEAST, _MOST = 0.2, 0.92


def trust(act: Act, mentions: int) -> float:
    """The confidence of an event told by `mentions` passages, of which `act` is the fullest."""
    everyone = len({*act.actors, *act.recipients})
    score = _BASE[_source(act)] + _STATUS.get(act.status, 0.0) + _KIND.get(act.type, 0.0)
    score += 0.14 if everyone > 1 else -0.25 if everyone == 0 else 0.0
    score -= 0.08 * (not act.actors and everyone > 0)
    score += 0.05 * (act.date is not None) + 0.04 * min(mentions - 1, 2)
    score -= 0.10 * bool(act.chain) + 0.12 * act.inferred + 0.10 * act.weak
    return round(min(_MOST, max(_LEAST, score)), 2)


def _source(act: Act) -> str:
    return "said" if act.why[0].startswith("said") else act.why[0].split(" ")[0]
