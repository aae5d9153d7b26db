"""One event for each act of a report, however often the report tells it."""

from __future__ import annotations

from dataclasses import replace

from accord.model.when import When
from accord.reading.events.acts import Act
from accord.reading.events.sides import Sides

_SAID = frozenset({"REQUEST", "ACCUSE", "SUPPORT", "REJECT", "THREATEN", "CONCEDE"})
_STRETCH = 10  # days
_STEM = 4  # letters that a verb and its noun share: invade and invasion, annex and annexation


class Merging:
    """Puts mentions of one act together."""

    def __init__(self, sides: Sides) -> None:
        self._sides = sides

    def groups(self, acts: list[Act]) -> list[list[Act]]:
        """The acts grouped by event, each group with its fullest mention first, groups in the order of the text."""
        groups: list[list[Act]] = []
        for act in sorted(acts, key=lambda a: (a.start, a.at)):
            home = next((g for g in groups if self._fits(act, g)), None)
            if home is None:
                groups.append([act])
            else:
                home.append(act)
        return [sorted(g, key=lambda a: (-fullness(a), a.start, a.at)) for g in groups]

    def _fits(self, act: Act, group: list[Act]) -> bool:
        """Whether an act is the event of a group: like one of its mentions, and against none."""
        return any(self._same(act, other) for other in group) and all(
            _agree(act, other) and self._compatible(act, other) for other in group
        )

    def _same(self, one: Act, other: Act) -> bool:
        if one.type != other.type or one.status != other.status or not self._compatible(one, other):
            return False
        if one.headline != other.headline:
            return True
        overlapping = one.start < other.end and other.start < one.end
        if one.type in _SAID:
            return overlapping or len(one.topic & other.topic) >= 2
        if one.type == "CONSULT":
            return True
        if overlapping or one.lemma[:_STEM] == other.lemma[:_STEM]:
            return True
        if one.type == "AGREE":
            return bool(one.heads & other.heads) or (one.noun and one.definite) or (other.noun and other.definite)
        return one.definite or other.definite

    def _compatible(self, one: Act, other: Act) -> bool:
        """Whether the participants of both can be the same."""
        mine, theirs = {*one.actors, *one.recipients}, {*other.actors, *other.recipients}
        if not mine or not theirs:
            return one.definite or other.definite or one.lemma == other.lemma
        if one.type == "CONSULT":
            if len(mine) > 1 and len(theirs) > 1:
                return self._same_company(mine, theirs) or _brought_together(one, other) or _one_room(one, other)
            known = (
                one.definite
                or other.definite
                or one.lemma == other.lemma
                or (one.start, one.end) == (other.start, other.end)
            )
            return bool(mine & theirs) and known
        if not self._meet(one.actors, other.actors) or not self._meet(one.recipients, other.recipients):
            return False
        my_sides, their_sides = self._sides.all(mine), self._sides.all(theirs)
        return bool(my_sides & their_sides) and (my_sides <= their_sides or their_sides <= my_sides)

    def _meet(self, mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
        """Whether two lists have somebody in common, or one is empty."""
        return not mine or not theirs or any(self._stands_for(a, b) for a in mine for b in theirs)

    def _stands_for(self, one: str, other: str) -> bool:
        """The same actor, or a person and its party; two persons of one party are two."""
        return one == other or self._sides.of(one) == other or one == self._sides.of(other)

    def _same_company(self, mine: set[str], theirs: set[str]) -> bool:
        """Whether a meeting of these is a meeting of those: the same, or one named by its party in one of them."""
        if mine == theirs:
            return True
        if len(mine) != len(theirs) or not mine & theirs:
            return False
        return all(any(self._stands_for(a, b) for b in theirs - mine) for a in mine - theirs)

    @staticmethod
    def together(group: list[Act]) -> Act:
        """The event that a group of mentions tells: the fullest one, its gaps filled from the others."""
        first = group[0]
        for other in group[1:]:
            fresh = tuple(r for r in other.recipients if r not in first.actors)
            first = replace(
                first,
                actors=_everyone(first, other),
                recipients=first.recipients or fresh,
                date=first.date or other.date,
                place=first.place or other.place,
                mode=first.mode or other.mode,
            )
        return first


def fullness(act: Act) -> float:
    """How much a mention tells: participants, date, place, own verb."""
    return (
        2.0 * bool(act.actors)
        + 0.5 * len(act.actors)
        + 1.0 * bool(act.recipients)
        + 1.0 * (act.date is not None)
        + 0.5 * (act.place is not None)
        + 0.5 * (not act.noun)
        - 0.5 * act.inferred
        - 0.3 * act.weak
    )


def _agree(one: Act, other: Act) -> bool:
    """Whether dates and places of two mentions can be of one act; a stretch of time is not one of its days."""
    apart = one.date and other.date and abs(_days(one.date) - _days(other.date)) > _STRETCH
    if one.date and other.date and (apart or not one.date.meets(other.date)):
        return False
    if not one.place or not other.place or one.place == other.place:
        return True
    return (one.definite or other.definite) and not (one.apart or other.apart)


def _brought_together(one: Act, other: Act) -> bool:
    """Whether one names those who met, and the other those who brought them together as well."""
    mine, theirs = set(one.actors), set(other.actors)
    return (one.mediated and theirs < mine) or (other.mediated and mine < theirs)


def _one_room(one: Act, other: Act) -> bool:
    """Whether both are told as known, at one place, and one leaves out some of those whom the other names."""
    mine, theirs = set(one.actors), set(other.actors)
    known = one.definite and other.definite and one.place is not None and one.place == other.place
    return known and bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def _everyone(first: Act, other: Act) -> tuple[str, ...]:
    """Who took part: for an encounter told twice, all whom either mention names."""
    if first.type == "CONSULT" and _one_room(first, other):
        return tuple(dict.fromkeys((*first.actors, *other.actors)))
    return first.actors or other.actors


def _days(when: When) -> int:
    return (when.end - when.start).days if when.start and when.end else 0
