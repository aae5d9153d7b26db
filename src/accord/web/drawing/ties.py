"""Who meets whom and who speaks to whom, counted from arrays, and the ties as a network on the page."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Literal

import msgspec

from accord.model.query import find_parties
from accord.model.record import Record
from accord.web.asking import Asked
from accord.web.desk import Scene

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Places = npt.NDArray[np.int64]
    Points = npt.NDArray[np.float64]

By = Literal["party", "person"]

MOST_NODES, MOST_LINES = 18, 60
WIDTH, HEIGHT = 720.0, 520.0
"""The narrowest that a network is drawn, and how high, in pixels."""

_MEETING, _HELD = "CONSULT", "occurred"
_LABEL_WIDE, _LABEL_HIGH = 96.0, 56.0  # the room that a node and its name take
_ROUNDS, _APART = 150, 60
_MANY = 8  # between two: below that no line is drawn at its thickest


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """What there is between two: meetings, calls and talks held, and statements of one to the other."""

    one: str
    other: str
    met: int
    said: int
    answered: int

    @property
    def weight(self) -> int:
        """How much there is between them."""
        return self.met + self.said + self.answered


class Ties:
    """Every pair in the meetings and statements of a record: places in the layers with places in `sides`.

    With parties as sides, what a person does is its party's. In `met` a pair stands once a meeting, the lower place
    first; in `said` the speaker comes before who is spoken to.
    """

    def __init__(self, record: Record, by: By) -> None:
        import numpy as np

        side = {a.id: a.party or a.id for a in record.actors} if by == "party" else {}
        known: dict[str, int] = {}

        def number(actor: str) -> int:
            return known.setdefault(side.get(actor, actor), len(known))

        met: list[tuple[int, int, int]] = []
        for place, event in enumerate(record.events):
            if event.type == _MEETING and event.status == _HELD:
                sides = sorted({number(actor) for actor in event.actors + event.recipients})
                met += [(place, a, b) for a, b in combinations(sides, 2)]
        said: list[tuple[int, int, int]] = []
        for place, statement in enumerate(record.statements):
            if statement.speaker is not None:
                a = number(statement.speaker)
                said += [(place, a, b) for b in sorted({number(one) for one in statement.addressees}) if b != a]
        self.sides = tuple(known)
        self.met: Places = np.array(met, dtype=np.int64).reshape(-1, 3)
        self.said: Places = np.array(said, dtype=np.int64).reshape(-1, 3)

    def of(self, some: Places, one: str | None) -> Places:
        """Those of `met` or `said` that are of one side; all of them for None."""
        if one is None:
            return some
        if one not in self.sides:
            return some[:0]
        at = self.sides.index(one)
        found: Places = some[(some[:, 1] == at) | (some[:, 2] == at)]
        return found

    def between(self, some: Places, one: str, other: str) -> Places:
        """The places of those of `met` or `said` that are between two sides, whichever comes first."""
        import numpy as np

        if one not in self.sides or other not in self.sides:
            return np.empty(0, dtype=np.int64)
        a, b = self.sides.index(one), self.sides.index(other)
        found: Places = some[((some[:, 1] == a) & (some[:, 2] == b)) | ((some[:, 1] == b) & (some[:, 2] == a)), 0]
        return found


def ties_of(scene: Scene, by: By) -> Ties:
    """Every pair in the record."""
    return scene.once(("ties", by), lambda: Ties(scene.record, by))


def ties(scene: Scene, asked: Asked, by: By) -> tuple[Tie, ...]:
    """The ties that pass the filter, the strongest first; where a party is asked for, those that it is in."""
    return scene.once(("ties", by, asked.where), lambda: _ties(scene, asked, by, None))


def ties_with(scene: Scene, asked: Asked, by: By, one: str) -> tuple[Tie, ...]:
    """The ties of one that pass the filter, the strongest first."""
    return _ties(scene, asked, by, one)


def _ties(scene: Scene, asked: Asked, by: By, one: str | None) -> tuple[Tie, ...]:
    every, seen = ties_of(scene, by), scene.selection(asked.where)
    counts: dict[tuple[int, int], list[int]] = {}
    for a, b, count in _counted(every.of(every.met, one), seen.places("events"), len(scene.record.events)):
        counts.setdefault((a, b), [0, 0, 0])[0] = count
    for a, b, count in _counted(every.of(every.said, one), seen.places("statements"), len(scene.record.statements)):
        low, high = min(a, b), max(a, b)
        counts.setdefault((low, high), [0, 0, 0])[1 if (a, b) == (low, high) else 2] = count
    asks = asked.where.party if one is None else None
    wanted = find_parties(scene.record, asks) if asks is not None else None
    name = scene.names.name
    found = [
        Tie(one=every.sides[a], other=every.sides[b], met=met, said=said, answered=answered)
        for (a, b), (met, said, answered) in counts.items()
        if wanted is None or every.sides[a] in wanted or every.sides[b] in wanted
    ]
    return tuple(sorted(found, key=lambda t: (-t.weight, -t.met, name(t.one), name(t.other), t.one, t.other)))


def _counted(pairs: Places, places: Places, size: int) -> list[tuple[int, int, int]]:
    """How often each pair stands among the places, of `size` in all."""
    import numpy as np

    passing = np.zeros(size, dtype=np.bool_)
    passing[places] = True
    kept = pairs[passing[pairs[:, 0]], 1:]
    if not len(kept):
        return []
    wide = int(kept.max()) + 1
    some, counts = np.unique(kept[:, 0] * wide + kept[:, 1], return_counts=True)
    return [(key // wide, key % wide, count) for key, count in zip(some.tolist(), counts.tolist(), strict=True)]


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in the network: at percent of its width and pixels from its top; `size` is the radius in pixels."""

    actor: str
    x: float
    y: float
    size: float
    weight: int


class Thread(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the network between two nodes, by their places; widths are pixels, 0 where there is none."""

    one: int
    other: int
    tie: Tie
    met: float
    said: float


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """The strongest ties as a network. `left` counts those with ties who have no room in it."""

    nodes: tuple[Node, ...]
    threads: tuple[Thread, ...]
    left: int


def network(some: tuple[Tie, ...]) -> Network:
    """The ties as a network of at most MOST_NODES: who has most between them, and all ties among these."""
    weights: dict[str, int] = {}
    for tie in some:
        for one in (tie.one, tie.other):
            weights[one] = weights.get(one, 0) + tie.weight
    order = sorted(weights, key=lambda key: -weights[key])[:MOST_NODES]  # alike stay in the order of their ties
    place = {key: i for i, key in enumerate(order)}
    drawn = [tie for tie in some if tie.one in place and tie.other in place][:MOST_LINES]
    tied = {place[one] for tie in drawn for one in (tie.one, tie.other)}
    order = [key for i, key in enumerate(order) if i in tied]
    place = {key: i for i, key in enumerate(order)}
    points = _laid_out(len(order), [(place[t.one], place[t.other], t.weight) for t in drawn])
    most = max(weights.values(), default=1)
    thickest = max((tie.weight for tie in drawn), default=1)
    return Network(
        nodes=tuple(
            Node(
                actor=key,
                x=round(100 * float(points[i, 0]) / WIDTH, 3),
                y=round(float(points[i, 1]), 1),
                size=round(7 + 11 * (weights[key] / most) ** 0.5, 1),
                weight=weights[key],
            )
            for i, key in enumerate(order)
        ),
        threads=tuple(
            Thread(
                one=place[tie.one],
                other=place[tie.other],
                tie=tie,
                met=_thick(tie.met, thickest),
                said=_thick(tie.said + tie.answered, thickest),
            )
            for tie in drawn
        ),
        left=len(weights) - len(order),
    )


def _thick(count: int, most: int) -> float:
    return round(1.2 + 5 * (count / max(most, _MANY)) ** 0.5, 1) if count else 0.0


def _laid_out(count: int, edges: list[tuple[int, int, int]]) -> Points:
    """A place in pixels for each node: near to whom it is tied, apart from the rest, names beside each other.

    Stress majorization (Gansner, Koren and North 2005, "Graph drawing by stress majorization") from a circle, with
    the length of the shortest way between two nodes as the distance wanted and its inverse square as weight.
    """
    import numpy as np

    if count == 0:
        return np.empty((0, 2))
    if count == 1:
        return np.array([[WIDTH / 2, HEIGHT / 2]])
    wanted = _distances(count, edges)
    weights = wanted + np.eye(count)
    weights = 1.0 / weights**2 * (1 - np.eye(count))
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.pinv(laplacian)
    turns = 2 * np.pi * np.arange(count) / count
    points = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    for _ in range(_ROUNDS):
        apart = np.linalg.norm(points[:, None] - points[None], axis=2) + np.eye(count)
        pull = -weights * wanted / apart
        pull[np.diag_indices(count)] = -pull.sum(axis=1)
        points = inverse @ (pull @ points)
    return _spread(_fitted(points))


def _distances(count: int, edges: list[tuple[int, int, int]]) -> Points:
    """The length of the shortest way between every two nodes. Strong ties are short; two without a way are not far."""
    import numpy as np

    most = max((weight for _, _, weight in edges), default=1)
    far = np.full((count, count), np.inf)
    np.fill_diagonal(far, 0.0)
    for a, b, weight in edges:
        far[a, b] = far[b, a] = 1.6 - 0.6 * (weight / most) ** 0.5
    for middle in range(count):
        far = np.minimum(far, far[:, middle, None] + far[None, middle, :])
    longest = far[np.isfinite(far)].max()
    found: Points = np.where(np.isfinite(far), far, max(1.0, 0.7 * longest))
    return found


def _fitted(points: Points) -> Points:
    """The points in the box that nodes may stand in; its longer side takes the longer one of theirs."""
    import numpy as np

    low, high = points.min(axis=0), points.max(axis=0)
    if high[1] - low[1] > high[0] - low[0]:
        points, low, high = points[:, ::-1], low[::-1], high[::-1]
    room = np.array([WIDTH - _LABEL_WIDE, HEIGHT - 2 * _LABEL_HIGH])
    spread = np.maximum(high - low, 1e-9)
    found: Points = (points - (low + high) / 2) / spread * room + np.array([WIDTH, HEIGHT - 16]) / 2
    return found


def _spread(points: Points) -> Points:
    """The points moved apart until no node stands on another's name, as far as there is room."""
    import numpy as np

    places: list[list[float]] = points.tolist()
    size = (_LABEL_WIDE, _LABEL_HIGH)
    low, high = (_LABEL_WIDE / 2, 22.0), (WIDTH - _LABEL_WIDE / 2, HEIGHT - 36.0)
    for _ in range(_APART):
        still = True
        for a, b in combinations(places, 2):
            over = (size[0] - abs(b[0] - a[0]), size[1] - abs(b[1] - a[1]))
            if over[0] > 0 and over[1] > 0:
                still = False
                way = 0 if over[0] / size[0] < over[1] / size[1] else 1
                push = over[way] / 2 if b[way] >= a[way] else -over[way] / 2
                a[way] -= push
                b[way] += push
        places = [[min(max(value, low[way]), high[way]) for way, value in enumerate(one)] for one in places]
        if still:
            break
    return np.array(places)
