"""Changes to a table in words, such as "Kenya: seat at the table": what they name is looked up on the table.

A party is named by name or id, a question by its id, its words or a part of them. The words of each change:

    without, no_consent, consent   PARTY
    relax, no_condition            PARTY: QUESTION
    harden                         PARTY: QUESTION, or PARTY: QUESTION = OPTION (which it refuses from now on; without
                                   one, all but those that it likes best)
    lever, lift                    the lever's id, or HOLDER: TARGET
    reservation                    PARTY = NUMBER, from 0 to 1
    weight                         PARTY = NUMBER, from 0 up
    add_option                     QUESTION = OPTION, or QUESTION = OPTION: PARTY NUMBER, PARTY NUMBER
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from accord.bargaining.changes import Change, Kind, apply
from accord.errors import TableError
from accord.model.ids import content_id
from accord.model.table import Option, Question, Table, TableLever, TableParty

Words = str | Sequence[str]
Said = tuple[Change, str]


def changes(table: Table, asked: Mapping[str, Any]) -> list[Said]:
    """The changes asked for, each with a sentence that says it, in the order of the list above.

    Raises TableError when one names something that the table does not have, or not once.
    """
    made = []
    for name, maker in _MAKERS.items():
        words = asked.get(name) or ()
        made += [maker(table, one, name) for one in ([words] if isinstance(words, str) else words)]
    return made


def apply_all(table: Table, asked: Iterable[Said]) -> tuple[Table, tuple[str, ...]]:
    """The table after the changes, one after the other, and their sentences."""
    said = []
    for change, sentence in asked:
        table = apply(table, change)
        said.append(sentence)
    return table, tuple(said)


def _party_change(kind: Kind, sentence: str) -> Callable[[Table, str, str], Said]:
    def make(table: Table, words: str, name: str) -> Said:
        party = _party(table, words, name)
        return Change(kind=kind, party=party.id), sentence.format(party.name)

    return make


def _view_change(kind: Kind, sentence: str) -> Callable[[Table, str, str], Said]:
    def make(table: Table, words: str, name: str) -> Said:
        who, what = _two(words, ":", name, "PARTY: QUESTION")
        party, question = _party(table, who, name), _question(table, what, name)
        return Change(kind=kind, party=party.id, question=question.id), sentence.format(party.name, question.text)

    return make


def _harden(table: Table, words: str, name: str) -> Said:
    who, what = _two(words, ":", name, "PARTY: QUESTION = OPTION")
    party = _party(table, who, name)
    matter, _, refused = what.partition("=")
    question = _question(table, matter.strip(), name)
    options = (_option(question, refused.strip(), name),) if refused.strip() else _disliked(table, party, question)
    texts = " and ".join(f"“{o.text}”" for o in question.options if o.id in options)
    change = Change(kind="harden", party=party.id, question=question.id, options=options)
    return change, f"{party.name} refuses {texts} on “{question.text}”."


def _disliked(table: Table, party: TableParty, question: Question) -> tuple[str, ...]:
    view = table.view(party.id, question.id)
    if view is None:
        raise TableError(f"harden: {party.name} has no view of {question.id}; say which option it refuses: = OPTION")
    top = max(value.value for value in view.values)
    found = tuple(o.id for o, v in zip(question.options, view.values, strict=True) if v.value < top)
    if not found:
        raise TableError(
            f"harden: {party.name} likes all options of {question.id} the same; say which it refuses: = OPTION"
        )
    return found


def _pull(kind: Kind, sentence: str) -> Callable[[Table, str, str], Said]:
    def make(table: Table, words: str, name: str) -> Said:
        lever = _lever(table, words, name)
        names = {party.id: party.name for party in table.parties}
        holder, target = (names.get(key, key) for key in (lever.holder, lever.target))
        return Change(kind=kind, lever=lever.id), sentence.format(holder, target, lever.instrument)

    return make


def _reservation(table: Table, words: str, name: str) -> Said:
    who, what = _two(words, "=", name, "PARTY = NUMBER")
    party, value = _party(table, who, name), _number(what, name)
    said = f"No agreement is worth {value:g} of 1 to {party.name} (was {party.reservation.value:g})."
    return Change(kind="set-reservation", party=party.id, value=value), said


def _weight(table: Table, words: str, name: str) -> Said:
    who, what = _two(words, "=", name, "PARTY = NUMBER")
    party, value = _party(table, who, name), _number(what, name, most=None)
    said = f"{party.name} weighs {value:g} (was {party.weight.value:g})."
    return Change(kind="set-weight", party=party.id, value=value), said


def _add_option(table: Table, words: str, name: str) -> Said:
    what, rest = _two(words, "=", name, "QUESTION = OPTION: PARTY NUMBER, PARTY NUMBER")
    question = _question(table, what, name)
    text, _, given = rest.partition(":")
    values = []
    for one in filter(None, (part.strip() for part in given.split(","))):
        who, _, number = one.rpartition(" ")
        values.append((_party(table, who, name).id, _number(number, name)))
    option = Option(id=content_id("op", question.id, text.strip()), text=text.strip())
    change = Change(kind="add-option", question=question.id, option=option, values=tuple(values))
    return change, f"“{text.strip()}” becomes an option of “{question.text}”."


_MAKERS: dict[str, Callable[[Table, str, str], Said]] = {
    "without": _party_change("without-party", "Without {} at the table."),
    "no_consent": _party_change("drop-consent", "{} need not consent."),
    "consent": _party_change("need-consent", "{} must consent."),
    "relax": _view_change("relax", "{} gives up its red line on “{}”."),
    "harden": _harden,
    "no_condition": _view_change("drop-condition", "{} gives up its condition on “{}”."),
    "lever": _pull("apply-lever", "{} pulls its lever over {} ({})."),
    "lift": _pull("lift-lever", "{} lifts its lever over {} ({})."),
    "reservation": _reservation,
    "weight": _weight,
    "add_option": _add_option,
}
WORDS = tuple(_MAKERS)
"""The words of the changes, in the order in which they are made."""


def _two(words: str, mark: str, name: str, form: str) -> tuple[str, str]:
    first, found, second = words.partition(mark)
    if not found or not first.strip() or not second.strip():
        raise TableError(f"{name}: must be {form!r}; got {words!r}")
    return first.strip(), second.strip()


def _number(words: str, name: str, most: float | None = 1.0) -> float:
    span = "from 0 up" if most is None else f"from 0 to {most:g}"
    try:
        value = float(words)
    except ValueError:
        raise TableError(f"{name}: must end with a number {span}; got {words!r}") from None
    if not 0.0 <= value <= (math.inf if most is None else most) or math.isinf(value):
        raise TableError(f"{name}: the number must be {span}; got {words}")
    return value


def _party(table: Table, words: str, name: str) -> TableParty:
    wanted = words.strip().casefold()
    for party in table.parties:
        if wanted in (party.id.casefold(), party.name.casefold()):
            return party
    known = ", ".join(party.name for party in table.parties)
    raise TableError(f"{name}: the party must be one of {known}; got {words!r}")


def _question(table: Table, words: str, name: str) -> Question:
    wanted = words.strip().casefold()
    exact = [q for q in table.questions if wanted in (q.id.casefold(), q.text.casefold())]
    found = exact or [q for q in table.questions if wanted in q.id.casefold() or wanted in q.text.casefold()]
    if len(found) == 1:
        return found[0]
    known = "; ".join(question.text for question in (found or table.questions))
    must = "words fit several questions; choose one of" if found else "the question must be one of"
    raise TableError(f"{name}: {must} {known}; got {words!r}")


def _option(question: Question, words: str, name: str) -> str:
    for option in question.options:
        if words.casefold() in (option.id.casefold(), option.text.casefold()):
            return option.id
    known = ", ".join(option.text for option in question.options)
    raise TableError(f"{name}: the option of {question.id} must be one of {known}; got {words!r}")


def _lever(table: Table, words: str, name: str) -> TableLever:
    names = {party.id: party.name for party in table.parties}

    def pair(lever: TableLever) -> str:
        return f"{names.get(lever.holder, lever.holder)}: {names.get(lever.target, lever.target)}"

    wanted = words.strip().casefold()
    found = [lever for lever in table.levers if wanted in (lever.id.casefold(), pair(lever).casefold())]
    if len(found) == 1:
        return found[0]
    known = "; ".join(f"{lever.id} ({pair(lever)})" for lever in (found or table.levers)) or "none"
    raise TableError(f"{name}: the lever must be one of {known}; got {words!r}")
