"""What every view of the record can be narrowed by, in the words of the Python API."""

from __future__ import annotations

import datetime as dt
from typing import TypedDict


class Filters(TypedDict, total=False):
    """What every view can be narrowed by; see `accord.model.query.Selection`."""

    party: str | None
    issue: str | None
    since: dt.date | str | None
    until: dt.date | str | None
    report: str | None
    confidence: float
