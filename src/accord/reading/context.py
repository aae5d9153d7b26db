"""What an extractor is given: the parse, the mentions, the dates and whose words each clause is in. Nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from accord.reading.attributions import Attributions
from accord.reading.dates import Dates
from accord.reading.document import Document
from accord.reading.mentions import Mentions


@dataclass(frozen=True)
class Context:
    """Everything known about one report before its layers are extracted."""

    document: Document
    mentions: Mentions
    dates: Dates
    attributions: Attributions
