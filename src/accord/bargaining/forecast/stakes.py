"""What the forecasting models need of a table: who stands where on each question, how strong, how much it matters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accord.bargaining.draws import Batch
from accord.model.table import Table

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Stakes:
    """Many draws of one table: `capability` by draw and party; `salience` and `position` by draw, party, question.

    `takes_part` says which parties have a view of a question; the others have salience 0 there. A party's position is
    the mean point of the options that it values most, so a party to which all are alike stands in the middle.
    `low` and `high` are the ends of each question's scale.
    """

    capability: Floats
    salience: Floats
    position: Floats
    takes_part: Flags
    low: Floats
    high: Floats

    @property
    def pull(self) -> Floats:
        """Capability times salience: a party's effective weight on each question."""
        return self.capability[:, :, None] * self.salience


def stakes(table: Table, drawn: Batch) -> Stakes:
    """The stakes in each draw."""
    points = [np.array(q.points) for q in table.questions]
    position = np.zeros(drawn.salience.shape)
    for q, (values, scale) in enumerate(zip(drawn.values, points, strict=True)):
        liked = values >= values.max(axis=2, keepdims=True) - 1e-12
        position[:, :, q] = (liked * scale).sum(axis=2) / liked.sum(axis=2)
    views = {(v.party, v.question) for v in table.views}
    takes_part = np.array([[(p.id, q.id) in views for q in table.questions] for p in table.parties])
    return Stakes(
        capability=drawn.weight,
        salience=drawn.salience,
        position=position,
        takes_part=takes_part,
        low=np.array([p[0] for p in points]),
        high=np.array([p[-1] for p in points]),
    )
