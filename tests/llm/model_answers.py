"""A report and the answer of a model that read it well."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from accord.model.report import Report

TEXT = """NAIROBI, Kenya (Upland Radio) — Kenya will never recognise the northern council, Amina Odera said.

“We want the fighting to stop at once,” Odera said on Friday. Nairobi suspended military aid to Somalia on
Feb. 20, 2019.

Some 1.2 million people were driven from their homes, the council said. It rejected a 30-day truce that
Kenya had proposed."""

REPORT = Report.make(TEXT, "upland.txt", title="No deal", outlet="Upland Radio", published=dt.date(2019, 3, 4))

GOOD: dict[str, list[dict[str, Any]]] = {
    "actors": [
        {"name": "Amina Odera", "kind": "person", "party": "Kenya"},
        {"name": "Kenya", "kind": "state", "party": None},
        {"name": "the northern council", "kind": "organisation", "party": None},
    ],
    "statements": [
        {
            "speaker": "Odera",
            "role": "party",
            "content": "We want the fighting to stop at once",
            "quote": '"We want the fighting to stop at once," Odera said on Friday.',
        }
    ],
    "events": [
        {
            "type": "SANCTION",
            "status": "occurred",
            "actors": ["Kenya"],
            "recipients": ["Somalia"],
            "date_text": "Feb. 20, 2019",
            "place": None,
            "quote": "Nairobi suspended military aid to Somalia on Feb. 20, 2019",
        }
    ],
    "positions": [
        {
            "party": "Amina Odera",
            "speaker": "Amina Odera",
            "issue": "status-recognition",
            "proposition": "Kenya recognises the northern council",
            "stance": "against",
            "strength": "red-line",
            "condition": None,
            "quote": "Kenya will never recognise the northern council",
        }
    ],
    "proposals": [
        {
            "name": "30-day truce",
            "kind": "ceasefire",
            "by": ["Kenya"],
            "history": [
                {
                    "status": "rejected",
                    "by": ["northern council"],
                    "date_text": None,
                    "quote": "It rejected a 30-day truce that Kenya had proposed.",
                }
            ],
        }
    ],
    "levers": [
        {
            "holder": "Kenya",
            "target": "Somalia",
            "instrument": "military-aid",
            "direction": "pressure",
            "status": "applied",
            "quote": "Nairobi suspended military aid to Somalia",
        }
    ],
    "figures": [
        {
            "measure": "people driven from their homes",
            "value": 1200000,
            "low": None,
            "high": None,
            "unit": "people",
            "claimed_by": "northern council",
            "quote": "Some 1.2 million people were driven from their homes",
        }
    ],
}


def good() -> dict[str, list[dict[str, Any]]]:
    """A copy of the good answer, to be spoilt."""
    copied: dict[str, list[dict[str, Any]]] = json.loads(json.dumps(GOOD))
    return copied
