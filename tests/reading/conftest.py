"""What several tests of the reader share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accord.model.findings import Position
from accord.model.report import Report
from accord.reading.offline import OfflineReader


@pytest.fixture(scope="session")
def read() -> Callable[[str], list[tuple[str, Position]]]:
    """Reads a text: its positions, each with the name of its party."""
    reader = OfflineReader()

    def positions(text: str) -> list[tuple[str, Position]]:
        (reading,) = reader.read([Report.make(text, "test.txt")])
        assert reading.failed is None
        names = {actor.id: actor.name for actor in reading.actors}
        return [(names[p.party], p) for p in reading.positions]

    return positions
