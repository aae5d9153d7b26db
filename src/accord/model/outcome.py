"""Results of computing a table: frozen, each with method, parameters, inputs, answer, and exact or sampled."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

How = Literal["enumerated", "solved", "sampled", "computed"]
DemandKind = Literal["red-line", "condition", "reservation"]


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What every result has.

    `table` is the digest of the table it was computed on and `findings` the ids of all findings behind that
    table's numbers. `exact` is False where the answer rests on draws or where a limit cut the work; `cut` then says
    which limit, and what of the answer still holds.
    """

    method: str
    source: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    table: str = ""
    findings: tuple[str, ...] = ()
    how: How = "computed"
    exact: bool = True
    cut: str | None = None


class Agreement(msgspec.Struct, frozen=True, order=True):
    """A package with what it is worth: one option id a question, one utility a party, both in table order."""

    options: tuple[str, ...]
    utilities: tuple[float, ...]


class Demand(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One thing that one consenting party insists on, and that closes packages: what a blocker is made of.

    `cost` is what giving it up is taken to cost the party: the weight of its strength times the salience of its
    question (a reservation value concerns all questions, so its salience is 1).
    """

    kind: DemandKind
    party: str
    question: str | None = None
    options: tuple[str, ...] = ()
    need_question: str | None = None
    need_options: tuple[str, ...] = ()
    threshold: float | None = None
    cost: float = 0.0
    findings: tuple[str, ...] = ()


class Best(msgspec.Struct, frozen=True, kw_only=True):
    """The package of the zone that one party likes best."""

    party: str
    agreement: Agreement


class Zone(Outcome, frozen=True, kw_only=True):
    """The packages that no consenting party must refuse.

    `size` is their number, None where a solver found some without counting them (then `at_least` is what it saw);
    `total` is the number of all packages. `shares` gives, for each question and option in table order, the share
    of the zone's packages that have it (empty when not counted). `empty` is None when a limit cut the search
    before it found a package or a proof.
    """

    empty: bool | None
    size: int | None
    at_least: int = 0
    total: int
    best: tuple[Best, ...] = ()
    example: Agreement | None = None
    shares: tuple[tuple[float, ...], ...] = ()


class Blockers(Outcome, frozen=True, kw_only=True):
    """All minimal sets of demands that together leave no package: drop any one of a set and its rest leaves some.

    `open` says that the zone is not empty, so that nothing blocks it. `impossible` says that exclusions and
    implications alone leave no package: then no demand is to blame and `sets` is empty.
    """

    open: bool
    impossible: bool = False
    sets: tuple[tuple[Demand, ...], ...] = ()


class Concession(msgspec.Struct, frozen=True, kw_only=True):
    """A minimal set of demands whose giving up opens the zone, who would have to move, and a package it opens."""

    demands: tuple[Demand, ...]
    cost: float
    movers: tuple[str, ...]
    opens: Agreement


class Concessions(Outcome, frozen=True, kw_only=True):
    """All minimal sets of concessions, cheapest first. Empty when the zone is open, or when none can open it."""

    open: bool
    impossible: bool = False
    sets: tuple[Concession, ...] = ()


class Solution(Outcome, frozen=True, kw_only=True):
    """One point solution on the zone, with what certifies it.

    `agreement` is None when the solution does not exist; `why` then says why. `value` is the quantity that the
    solution makes largest (see docs/bargaining.md), `runner_up` the next smaller one among the zone's packages where
    it was worked out, `ties` the number of packages with the same value before ties were broken. `gains` are
    utilities less reservation values, `ideal` the highest utilities in the zone, all in party order.
    """

    agreement: Agreement | None
    value: float | None = None
    runner_up: float | None = None
    ties: int = 0
    gains: tuple[float, ...] = ()
    ideal: tuple[float, ...] = ()
    why: str | None = None


class Pareto(Outcome, frozen=True, kw_only=True):
    """The packages of the zone that no other package of it improves on for one party without loss to another.

    Packages with the same utilities for all consenting parties stand once (the first in option order), `counts`
    says for how many. `size` is the sum of the counts. `agreements` may hold fewer than `vectors`, the number of
    different utility vectors, when a limit says so.
    """

    agreements: tuple[Agreement, ...]
    counts: tuple[int, ...]
    vectors: int
    size: int


class Solutions(Outcome, frozen=True, kw_only=True):
    """The point solutions by name and the Pareto set, on one zone."""

    zone_size: int | None
    points: tuple[Solution, ...]
    pareto: Pareto | None = None

    def point(self, method: str) -> Solution:
        """The solution of this method. Raises KeyError when it was not asked for."""
        for point in self.points:
            if point.method == method:
                return point
        raise KeyError(method)


class QuestionForecast(msgspec.Struct, frozen=True, kw_only=True):
    """Where one question is expected to settle, on its own scale, as a distribution.

    `point` is the model's answer at the table's own numbers; `quantiles` pairs a probability with the place below
    which that much of the distribution lies; `options` is the probability of each option (the nearest to the place).
    `spread` says what the distribution holds: draws over what the table leaves open, and the model's usual error.
    """

    question: str
    low: float
    high: float
    point: float
    mean: float
    quantiles: tuple[tuple[float, float], ...]
    options: tuple[float, ...]
    rounds: tuple[tuple[float, float], ...] = ()


class Forecast(Outcome, frozen=True, kw_only=True):
    """Forecasts of all questions by one method. `draws` and `seed` reproduce it to the byte."""

    questions: tuple[QuestionForecast, ...]
    draws: int
    seed: int
    spread: str


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """How often a package is the weighted Nash solution over the draws."""

    options: tuple[str, ...]
    share: float


class Sensitivity(msgspec.Struct, frozen=True, kw_only=True):
    """How much one open thing matters: Sobol indices of the share of packages in the zone, and the tornado's bar.

    `at_least` and `at_most` are that share with this thing at either end of its range and all else as taken (a red
    line or condition: without it and with it).
    """

    name: str
    first: float
    total: float
    error: float
    at_least: float
    at_most: float


class Uncertainty(Outcome, frozen=True, kw_only=True):
    """What the zone and the solution may be, over all that the table leaves open.

    `possible` is the share of draws with a zone that is not empty, `error` its standard error. `zone_share` gives
    quantiles of the share of packages in the zone. `chosen` lists packages by how often they are the weighted Nash
    solution (as shares of all draws); `options` the share of draws whose solution has each option, by question.
    """

    draws: int
    seed: int
    factors: int
    possible: float
    error: float
    zone_share: tuple[tuple[float, float], ...]
    chosen: tuple[Chosen, ...]
    options: tuple[tuple[float, ...], ...]
    sensitivity: tuple[Sensitivity, ...]


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """What a table comes to: its zone, what blocks it, what would open it, and the weighted Nash solution."""

    zone: Zone
    blockers: Blockers
    concessions: Concessions
    solution: Solution


class PartyShift(msgspec.Struct, frozen=True, kw_only=True):
    """What a change does to one party: its utility at the solution, and at its best package of the zone.

    A side without a zone gives the reservation value: that is what no agreement is worth. None where the party is
    not at that table.
    """

    party: str
    before: float | None
    after: float | None
    best_before: float | None
    best_after: float | None


class Difference(Outcome, frozen=True, kw_only=True):
    """Two tables side by side: what changed in them, what that does to the situation, and who gains.

    `table` is the digest of the table before, `table_after` of the one after. `opened` and `closed` say whether the
    zone appeared or vanished. `changes` lists the paths at which the tables differ.
    """

    table_after: str
    changes: tuple[str, ...]
    before: Situation
    after: Situation
    opened: bool
    closed: bool
    shifts: tuple[PartyShift, ...]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One concession of a path: who gives up what, at what cost so far, and how many blockers are left after it.

    `lower_to` is, for a reservation value, the utility that the party would have to be content with.
    """

    demand: Demand
    spent: float
    blockers_left: int
    lower_to: float | None = None


class Path(Outcome, frozen=True, kw_only=True):
    """The cheapest sequence of single concessions that opens the zone. Empty when it is open or cannot be opened."""

    open: bool
    steps: tuple[Step, ...] = ()
    cost: float = 0.0
    opens: Agreement | None = None


class RipeParty(msgspec.Struct, frozen=True, kw_only=True):
    """One party at one date: what no agreement is worth, and what the fairest attainable package is worth to it."""

    party: str
    reservation: float
    attainable: float | None


class RipePoint(msgspec.Struct, frozen=True, kw_only=True):
    """One date. `margin` is the largest smallest gain over packages that cross no red line; None when there is none.

    At 0 or above every party can get at least its reservation value at once: the moment is ripe.
    """

    at: dt.date | None
    table: str
    margin: float | None
    ripe: bool
    parties: tuple[RipeParty, ...]
    questions: int


class Ripeness(Outcome, frozen=True, kw_only=True):
    """Margins over time."""

    points: tuple[RipePoint, ...]
