"""Bodies, armed groups, blocs and media by name, from `data/organisations.yaml`, and seats from `data/seats.yaml`."""

from __future__ import annotations

from functools import cache

import msgspec

from accord.errors import VocabularyError
from accord.model.actor import ActorKind
from accord.model.vocabulary import states
from accord.model.vocabulary.door import load


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Bodies of one kind; each member is its usual name and then every other form."""

    section: str
    kind: ActorKind
    members: tuple[tuple[str, ...], ...]
    usual: bool = False
    observer: bool = False
    speaks_for: str | None = None


class Organisation(msgspec.Struct, frozen=True):
    """One body. `usual`: named by `name` however the report writes it. `speaks_for`: the body bound by what it does."""

    name: str
    kind: ActorKind
    forms: tuple[str, ...]
    usual: bool = False
    observer: bool = False
    speaks_for: str | None = None


class Seat(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Buildings, offices and forces that stand for a state (or, with `body`, are bodies of their own within it)."""

    state: str
    names: tuple[str, ...]
    example: str
    body: bool = False


@cache
def organisations() -> tuple[Organisation, ...]:
    """All bodies of the file, those of state seats with `body: true` included."""
    found = [
        Organisation(member[0], section.kind, member, section.usual, section.observer, section.speaks_for)
        for section in load("organisations.yaml", tuple[Section, ...])
        for member in section.members
    ]
    for seat in seats():
        if seat.body:
            found.extend(Organisation(name, "organisation", (name,), speaks_for=seat.state) for name in seat.names)
    return tuple(found)


@cache
def by_form() -> dict[str, Organisation]:
    """Bodies by every form of their name. Raises VocabularyError where one form is given to two bodies."""
    found: dict[str, Organisation] = {}
    for body in organisations():
        for form in body.forms:
            other = found.setdefault(form, body)
            if other is not body:
                raise VocabularyError(
                    f"vocabulary data/organisations.yaml: a form must belong to one body; "
                    f"{form!r} is given to {other.name!r} and to {body.name!r}"
                )
    return found


@cache
def seats() -> tuple[Seat, ...]:
    """All seats. Raises VocabularyError where one belongs to no state or body of the vocabulary."""
    rows = load("seats.yaml", tuple[Seat, ...])
    bodies = {member[0] for section in load("organisations.yaml", tuple[Section, ...]) for member in section.members}
    for seat in rows:
        if seat.state not in states.by_name() and seat.state not in bodies:
            raise VocabularyError(
                f"vocabulary data/seats.yaml: `state` must be the name of a state or body; got {seat.state!r}"
            )
    return rows


@cache
def seat_names() -> dict[str, str]:
    """The name of the state or body by the name of its seat, without a leading article."""
    return {name.removeprefix("the "): seat.state for seat in seats() if not seat.body for name in seat.names}
