"""One event for each act of a report, however often the report tells it."""

from __future__ import annotations

from dataclasses import replace

from accord.model.vocabulary.events import event_words
from accord.model.when import When
from accord.reading.events.acts import Act
from accord.reading.events.sides import Sides

_SAID = frozenset({"REQUEST", "ACCUSE", "SUPPORT", "REJECT", "THREATEN", "CONCEDE"})
_DEEDS = frozenset({"RETREAT", "COERCE", "ASSAULT", "AID"})
_CLOSE = 10  # tokens between two verbs of one deed
_STRETCH = 10  # days
_STEM = 4  # letters that a verb and its noun share: invade and invasion, annex and annexation


class Merging:
    """Puts mentions of one act together."""

    def __init__(self, sides: Sides) -> None:
        self._sides = sides

    def groups(self, acts: list[Act]) -> list[list[Act]]:
        """The acts grouped by event, each group with its fullest mention first, groups in the order of the text."""
        groups: list[list[Act]] = []
        for act in sorted(acts, key=lambda a: (a.headline, a.start, a.at)):
            home = self._retold(act, groups) if act.headline or act.anaphor else None
            home = home or next((g for g in groups if self._fits(act, g)), None)
            if home is not None:
                home.append(act)
            elif not _bare(act):
                groups.append([act])
        groups.sort(key=lambda g: min((a.start, a.at) for a in g))
        return [sorted(g, key=lambda a: (-fullness(a), a.start, a.at)) for g in groups]

    def _retold(self, act: Act, groups: list[list[Act]]) -> list[Act] | None:
        """The event that a headline tells ahead, or that "the agreement" and "this demand" take up again."""
        found = [g for g in groups if g[0].type == act.type and self._meets(act, g)]
        if act.headline:
            return found[0] if found else None
        before = [g for g in found if g[0].at < act.at and g[0].status in ("occurred", act.status)]
        return before[-1] if before else None

    def _meets(self, act: Act, group: list[Act]) -> bool:
        """Whether somebody is named in both, or nobody in one."""
        mine = self._sides.all((*act.actors, *act.recipients))
        theirs = self._sides.all(a for other in group for a in (*other.actors, *other.recipients))
        return not mine or not theirs or bool(mine & theirs)

    def _fits(self, act: Act, group: list[Act]) -> bool:
        """Whether an act is the event of a group: like one of its mentions, and against none.

        What only takes an act up ("the accord") brings no other to it.
        """
        told = [other for other in group if not other.anaphor] or group
        return any(self._same(act, other) for other in told) and all(
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
        if one.type in _DEEDS and one.actors == other.actors and one.actors and abs(one.at - other.at) < _CLOSE:
            return True  # "hand over their arms and withdraw"
        if overlapping or one.lemma[:_STEM] == other.lemma[:_STEM]:
            return True
        if one.type == "AGREE":
            return (
                bool(one.heads & other.heads)
                or _one_deal(one, other)
                or (one.noun and one.definite)
                or (other.noun and other.definite)
            )
        return one.definite or other.definite

    def _compatible(self, one: Act, other: Act) -> bool:
        """Whether the participants of both can be the same."""
        mine, theirs = {*one.actors, *one.recipients}, {*other.actors, *other.recipients}
        if not mine or not theirs:
            return one.definite or other.definite or one.lemma == other.lemma
        if one.type == "CONSULT":
            if len(mine) > 1 and len(theirs) > 1:
                guessed = one.inferred or other.inferred
                same = self._same_company(mine, theirs, guessed) or _brought_together(one, other)
                return same or _one_room(one, other) or _with_host(one, other) or _journey(one, other)
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

    def _same_company(self, mine: set[str], theirs: set[str], guessed: bool) -> bool:
        """Whether a meeting of these is a meeting of those: the same, or one named by its party in one of them.

        All may be named by their parties where one of the two only guesses who met.
        """
        if mine == theirs:
            return True
        if len(mine) != len(theirs) or not (mine & theirs or guessed):
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
        - 4.0 * (act.headline or act.anaphor)
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


def _with_host(one: Act, other: Act) -> bool:
    """Whether both are nouns for the same talks, and one names somebody more: who brought the two together."""
    mine, theirs = set(one.actors), set(other.actors)
    smaller, larger = sorted((mine, theirs), key=len)
    return one.noun and other.noun and one.lemma == other.lemma and len(smaller) > 1 and smaller <= larger


def _journey(one: Act, other: Act) -> bool:
    """Whether one is a journey and the other what it is made for: "will fly to Doha to rejoin the talks"."""
    visit, talks = (one, other) if one.mode == "visit" else (other, one)
    told_there = visit.start <= talks.at < visit.end or talks.start <= visit.at < talks.end
    return (
        visit.mode == "visit"
        and not visit.noun
        and talks.mode != "visit"
        and told_there
        and bool({*visit.actors} & {*talks.actors})
    )


def _one_deal(one: Act, other: Act) -> bool:
    """Whether one tells that two agreed and the other that a deal was made: "agreed to talk", "reached an accord"."""
    plain, made = (one, other) if not one.heads else (other, one)
    deals = event_words().classes["deal"] | event_words().classes["truce"]
    return plain.mutual and not plain.heads and bool(made.heads & deals)


def _bare(act: Act) -> bool:
    """Whether a mention that nothing else tells is too little for an event of its own."""
    if act.anaphor and (act.type == "AGREE" or act.weak):
        return True
    return act.headline and act.mutual and len(act.actors) < 2


def _everyone(first: Act, other: Act) -> tuple[str, ...]:
    """Who took part: for an encounter told twice, all whom either mention names."""
    if first.type == "CONSULT" and (_one_room(first, other) or _journey(first, other)):
        return tuple(dict.fromkeys((*first.actors, *other.actors)))
    return first.actors or other.actors


def _days(when: When) -> int:
    return (when.end - when.start).days if when.start and when.end else 0
