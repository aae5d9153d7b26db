"""Single changes to a table, for asking what if: each gives a new table and leaves the old one as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec
from msgspec.structs import replace

from accord.bargaining.check import check
from accord.errors import TableError
from accord.model.table import (
    Assumption,
    Number,
    Option,
    RedLine,
    Table,
    TableLever,
    TableParty,
    View,
)

Kind = Literal[
    "without-party",
    "with-party",
    "drop-consent",
    "need-consent",
    "relax",
    "harden",
    "drop-condition",
    "apply-lever",
    "lift-lever",
    "add-option",
    "set-reservation",
    "set-weight",
]


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One change. `kind` says which fields it needs.

    without-party, drop-consent, need-consent: `party`. with-party: `newcomer` and its `views`. relax: `party` and
    `question` (its red lines there go). harden: `party`, `question`, `options` (it refuses these from now on).
    drop-condition: `party` and `question`. apply-lever, lift-lever: `lever`. add-option: `question`, `option`, its
    place `before` another (at the end when None) and `values` by party (0 for those not named). set-reservation
    and set-weight: `party` and `value`.
    """

    kind: Kind
    party: str | None = None
    question: str | None = None
    options: tuple[str, ...] = ()
    lever: str | None = None
    newcomer: TableParty | None = None
    views: tuple[View, ...] = ()
    option: Option | None = None
    before: str | None = None
    values: tuple[tuple[str, float], ...] = ()
    value: float | None = None


def apply(table: Table, change: Change) -> Table:
    """The table after the change. Parties are named by id or name.

    Raises TableError when the change names something that the table does not have, or breaks one of its rules.
    """
    return check(_DOING[change.kind](table, change))


def _party(table: Table, change: Change) -> TableParty:
    try:
        return table.party(change.party or "")
    except KeyError:
        names = ", ".join(p.name for p in table.parties)
        raise TableError(f"change {change.kind}: party must be one of {names}; got {change.party!r}") from None


def _question(table: Table, change: Change) -> str:
    known = [q.id for q in table.questions]
    if change.question not in known:
        raise TableError(f"change {change.kind}: question must be one of {', '.join(known)}; got {change.question!r}")
    return change.question


def _lever(table: Table, change: Change) -> TableLever:
    for lever in table.levers:
        if lever.id == change.lever:
            return lever
    known = ", ".join(lever.id for lever in table.levers) or "none"
    raise TableError(f"change {change.kind}: lever must be one of {known}; got {change.lever!r}")


def _without(table: Table, change: Change) -> Table:
    gone = _party(table, change).id
    return replace(
        table,
        parties=tuple(p for p in table.parties if p.id != gone),
        views=tuple(v for v in table.views if v.party != gone),
        red_lines=tuple(r for r in table.red_lines if r.party != gone),
        conditions=tuple(c for c in table.conditions if c.party != gone),
        levers=tuple(lever for lever in table.levers if gone not in (lever.target, lever.holder)),
    )


def _with(table: Table, change: Change) -> Table:
    if change.newcomer is None:
        raise TableError("change with-party: must bring `newcomer` and its `views`; got none")
    return replace(table, parties=(*table.parties, change.newcomer), views=(*table.views, *change.views))


def _consent(table: Table, change: Change) -> Table:
    chosen = _party(table, change).id
    needed = change.kind == "need-consent"
    parties = tuple(replace(p, consent=needed, consent_assumed=None) if p.id == chosen else p for p in table.parties)
    return replace(table, parties=parties)


def _relax(table: Table, change: Change) -> Table:
    party, question = _party(table, change), _question(table, change)
    kept = tuple(r for r in table.red_lines if (r.party, r.question) != (party.id, question))
    if len(kept) == len(table.red_lines):
        lines = ", ".join(f"{table.party(r.party).name} on {r.question}" for r in table.red_lines) or "none"
        raise TableError(f"change relax: {party.name} has no red line on {question}; the table has {lines}")
    return replace(table, red_lines=kept)


def _harden(table: Table, change: Change) -> Table:
    party, question = _party(table, change), _question(table, change)
    line = RedLine(party=party.id, question=question, options=change.options)
    return replace(table, red_lines=(*table.red_lines, line))


def _drop_condition(table: Table, change: Change) -> Table:
    party, question = _party(table, change), _question(table, change)
    kept = tuple(c for c in table.conditions if (c.party, c.question) != (party.id, question))
    if len(kept) == len(table.conditions):
        raise TableError(f"change drop-condition: {party.name} has no condition on {question}")
    return replace(table, conditions=kept)


def _pull(table: Table, change: Change) -> Table:
    """Applying moves the target's reservation and salience by the lever's assumptions; lifting moves them back."""
    lever = _lever(table, change)
    applying = change.kind == "apply-lever"
    if (lever.status == "applied") is applying:
        state = "is applied already" if applying else f"is not applied (it is {lever.status})"
        raise TableError(f"change {change.kind}: lever {lever.id} {state}: nothing would change")
    shift = lever.reservation_shift.value * (1 if applying else -1)
    factor = lever.salience_shift.value ** (1 if applying else -1) if lever.salience_shift.value else 1.0
    parties = tuple(
        replace(p, reservation=_shifted(p.reservation, shift)) if p.id == lever.target else p for p in table.parties
    )
    views = tuple(
        replace(v, salience=_scaled(v.salience, factor))
        if v.party == lever.target and v.question in lever.questions
        else v
        for v in table.views
    )
    moved = replace(lever, status="applied" if applying else "lifted")
    levers = tuple(moved if known.id == lever.id else known for known in table.levers)
    return replace(table, parties=parties, views=views, levers=levers)


def _shifted(number: Number, by: float) -> Number:
    def moved(value: float) -> float:
        return min(1.0, max(0.0, round(value + by, 9)))

    low, high = (None if end is None else moved(end) for end in (number.low, number.high))
    return replace(number, value=moved(number.value), low=low, high=high)


def _scaled(number: Number, by: float) -> Number:
    def scaled(value: float | None) -> float | None:
        return None if value is None else value * by

    return replace(number, value=number.value * by, low=scaled(number.low), high=scaled(number.high))


def _add_option(table: Table, change: Change) -> Table:
    key = _question(table, change)
    if change.option is None:
        raise TableError("change add-option: must bring an `option`; got none")
    question = table.question(key)
    known = [o.id for o in question.options]
    if change.before is not None and change.before not in known:
        raise TableError(f"change add-option: before must be one of {', '.join(known)}; got {change.before!r}")
    place = known.index(change.before) if change.before is not None else len(known)
    options = (*question.options[:place], change.option, *question.options[place:])
    given = {table.party(name).id: value for name, value in change.values}
    label = f"option-{change.option.id}"
    views = tuple(
        replace(v, values=(*v.values[:place], Number(given.get(v.party, 0.0), assumed=label), *v.values[place:]))
        if v.question == key
        else v
        for v in table.views
    )
    text = f"what the option {change.option.id} of {key} is worth to each party was set by the question asked"
    return replace(
        table,
        questions=tuple(replace(q, options=options) if q.id == key else q for q in table.questions),
        views=views,
        assumptions=(*table.assumptions, Assumption(label=label, text=text)),
    )


def _set(table: Table, change: Change) -> Table:
    party = _party(table, change)
    if change.value is None:
        raise TableError(f"change {change.kind}: must bring a `value`; got none")
    number = Number(change.value)
    after = replace(party, reservation=number) if change.kind == "set-reservation" else replace(party, weight=number)
    return replace(table, parties=tuple(after if p.id == party.id else p for p in table.parties))


_DOING: dict[Kind, Callable[[Table, Change], Table]] = {
    "without-party": _without,
    "with-party": _with,
    "drop-consent": _consent,
    "need-consent": _consent,
    "relax": _relax,
    "harden": _harden,
    "drop-condition": _drop_condition,
    "apply-lever": _pull,
    "lift-lever": _pull,
    "add-option": _add_option,
    "set-reservation": _set,
    "set-weight": _set,
}
