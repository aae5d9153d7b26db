"""A date expression as read in the text, before it is placed."""

from __future__ import annotations

from dataclasses import dataclass

from accord.model.vocabulary.time import Relation
from accord.reading.dates.shapes import Shape


@dataclass(frozen=True)
class Found:
    """An expression: tokens `start` to `end` (excluded), what it means, and the preposition's relation to it."""

    start: int
    end: int
    core: int
    shape: Shape
    relation: Relation = "at"
