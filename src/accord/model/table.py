"""The negotiating table: parties, questions with options, what each option is worth to whom, and what they refuse.

A table is a value. Every number on it is a `Number` that carries its range, the ids of the findings behind it,
or the label of the assumption that stands in for a finding. `accord.bargaining` builds, checks and computes tables.

Scales: a `value` lies between 0 (worst) and 1 (best) of the question for the party; `salience` is any number from 0
up and is divided by the party's sum before use; a `reservation` is on the scale of utilities, 0 to 1; a `weight` is
any number from 0 up; a `certainty` is the probability that a red line or condition really holds.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict

import msgspec

from accord.model.derived import derived
from accord.model.findings import Direction, Instrument, LeverStatus, Strength
from accord.model.ids import parts_id


class Number(msgspec.Struct, frozen=True, order=True):
    """A number of the table: its value, the range that the evidence leaves open, and what it rests on.

    `findings` are ids of findings in the record; `assumed` is the label of an assumption of the same table.
    A `low` or `high` of None means that this side is not in doubt.
    """

    value: float
    low: float | None = None
    high: float | None = None
    findings: tuple[str, ...] = ()
    assumed: str | None = None

    @property
    def least(self) -> float:
        """The lower end of the range."""
        return self.value if self.low is None else self.low

    @property
    def most(self) -> float:
        """The upper end of the range."""
        return self.value if self.high is None else self.high


class Assumption(msgspec.Struct, frozen=True, kw_only=True):
    """Something that the record cannot tell: a label to point at, what was taken, in plain words, and its value."""

    label: str
    text: str
    value: float | str | bool | None = None


class TableParty(msgspec.Struct, frozen=True, kw_only=True):
    """A party at the table. Without `consent`, its refusal does not stop an agreement of the others.

    `weight` is its capability in forecasts and its bargaining power in the weighted Nash solution;
    `reservation` is the utility that no agreement is worth to it.
    """

    id: str
    name: str
    consent: bool = True
    consent_assumed: str | None = None
    weight: Number = Number(1.0)
    reservation: Number = Number(0.0)


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """One way to settle a question. `point` is its place on the question's scale, where the scale is not even."""

    id: str
    text: str
    point: float | None = None


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A matter to settle, with its options in order."""

    id: str
    text: str
    issue: str | None = None
    options: tuple[Option, ...]
    unit: str | None = None
    findings: tuple[str, ...] = ()

    def index(self, option: str) -> int:
        """The place of an option among the options. Raises KeyError when there is none of that id."""
        for place, known in enumerate(self.options):
            if known.id == option:
                return place
        raise KeyError(option)

    @property
    def points(self) -> tuple[float, ...]:
        """The options' places on the question's scale: their own, or evenly from 0 to 100 in order."""
        last = max(1, len(self.options) - 1)
        return tuple(100.0 * i / last if o.point is None else o.point for i, o in enumerate(self.options))


class View(msgspec.Struct, frozen=True, kw_only=True):
    """What one party makes of one question: how much it matters, and what each option is worth, in option order.

    `findings` are the positions that speak of it, the latest first; `stance` puts the latest in a word or two.
    """

    party: str
    question: str
    salience: Number
    values: tuple[Number, ...]
    stance: str | None = None
    findings: tuple[str, ...] = ()


class RedLine(msgspec.Struct, frozen=True, kw_only=True):
    """Options of one question that a party refuses, whatever it is offered elsewhere."""

    party: str
    question: str
    options: tuple[str, ...]
    strength: Strength = "red-line"
    certainty: Number = Number(1.0)
    findings: tuple[str, ...] = ()
    assumed: str | None = None


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """A party takes `options` of `question` only together with one of `need_options` of `need_question`."""

    party: str
    question: str
    options: tuple[str, ...]
    need_question: str
    need_options: tuple[str, ...]
    strength: Strength = "demand"
    certainty: Number = Number(1.0)
    findings: tuple[str, ...] = ()
    assumed: str | None = None


class Exclusion(msgspec.Struct, frozen=True, kw_only=True):
    """Two options that cannot stand in one agreement, whoever wants them."""

    question: str
    option: str
    other_question: str
    other_option: str
    text: str | None = None


class Implication(msgspec.Struct, frozen=True, kw_only=True):
    """An option that brings another with it, whoever wants it."""

    question: str
    option: str
    then_question: str
    then_option: str
    text: str | None = None


class TableLever(msgspec.Struct, frozen=True, kw_only=True):
    """A lever and what pulling it is assumed to do to its target.

    `reservation_shift` is added to the target's reservation value while the lever is applied (pressure makes no
    agreement worth less: below 0); `salience_shift` multiplies the target's salience of the named questions.
    `status` as reported; the reservations of the table are those under the status quo.
    """

    id: str
    holder: str
    target: str
    instrument: Instrument
    direction: Direction
    status: LeverStatus
    reservation_shift: Number = Number(0.0)
    salience_shift: Number = Number(1.0)
    questions: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """Something in the record that is not on the table, and why."""

    what: str
    why: str
    findings: tuple[str, ...] = ()


class Table(msgspec.Struct, frozen=True, kw_only=True, weakref=True):
    """Parties, questions, views, red lines, conditions, exclusions and implications at one date.

    A (party, question) pair without a view has salience 0: the party does not mind how it is settled.
    """

    title: str = ""
    at: dt.date | None = None
    parties: tuple[TableParty, ...] = ()
    questions: tuple[Question, ...] = ()
    views: tuple[View, ...] = ()
    red_lines: tuple[RedLine, ...] = ()
    conditions: tuple[Condition, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    implications: tuple[Implication, ...] = ()
    levers: tuple[TableLever, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def digest(self) -> str:
        """An id of the table's content: results name the table that they were computed on."""
        return derived(self, "digest", lambda: parts_id("tb", {name: _written(self, name) for name in _FIELDS}))

    def party(self, key: str) -> TableParty:
        """The party with this id or name. Raises KeyError when nobody has it."""
        for party in self.parties:
            if key in (party.id, party.name):
                return party
        raise KeyError(key)

    def question(self, key: str) -> Question:
        """The question with this id. Raises KeyError when there is none."""
        for question in self.questions:
            if question.id == key:
                return question
        raise KeyError(key)

    def view(self, party: str, question: str) -> View | None:
        """The party's view of the question, or None when it has none."""
        return next((v for v in self.views if v.party == party and v.question == question), None)

    @property
    def packages(self) -> int:
        """How many ways there are to choose one option for every question."""
        product = 1
        for question in self.questions:
            product *= len(question.options)
        return product


_FIELDS = sorted(Table.__struct_fields__)
_PARTS: OrderedDict[int, tuple[object, bytes]] = OrderedDict()
_MOST_PARTS = 64


def _written(table: Table, name: str) -> bytes:
    """A part of a table in JSON. Tables that follow from each other share their large parts: these are kept a while."""
    part = getattr(table, name)
    held = _PARTS.get(id(part))
    if held is not None and held[0] is part:
        return held[1]
    made = msgspec.json.encode(part, order="sorted")
    if len(made) > _LONG:
        _PARTS[id(part)] = part, made
        while len(_PARTS) > _MOST_PARTS:
            _PARTS.popitem(last=False)
    return made


_LONG = 10_000
