"""One event for each act of a report, however often the report tells it."""

from __future__ import annotations

from dataclasses import replace

from accord.reading.events.acts import Act
from accord.reading.events.sides import Sides

_SAID = frozenset({"REQUEST", "ACCUSE", "SUPPORT", "REJECT", "THREATEN", "CONCEDE"})
_FORCE = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "RETREAT", "AID"})
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
        return any(self._same(act, other) for other in group) and all(_agree(act, other) for other in group)

    def _same(self, one: Act, other: Act) -> bool:
        if one.type != other.type or one.status != other.status or not self._compatible(one, other):
            return False
        overlapping = one.start < other.end and other.start < one.end
        if one.type in _SAID:
            return overlapping or len(one.topic & other.topic) >= 2
        if one.type in _FORCE:
            return overlapping or one.lemma[:_STEM] == other.lemma[:_STEM] or one.definite or other.definite
        return True

    def _compatible(self, one: Act, other: Act) -> bool:
        """Whether the participants of both can be the same."""
        my_actors, their_actors = self._sides.all(one.actors), self._sides.all(other.actors)
        my_targets, their_targets = self._sides.all(one.recipients), self._sides.all(other.recipients)
        mine, theirs = my_actors | my_targets, their_actors | their_targets
        if not mine or not theirs:
            return one.definite or other.definite or one.lemma == other.lemma
        if my_actors and their_actors and not my_actors & their_actors:
            return False
        if my_targets and their_targets and not my_targets & their_targets:
            return False
        return bool(mine & theirs) and (mine <= theirs or theirs <= mine)

    @staticmethod
    def together(group: list[Act]) -> Act:
        """The event that a group of mentions tells: the fullest one, its gaps filled from the others."""
        first = group[0]
        for other in group[1:]:
            fresh = tuple(r for r in other.recipients if r not in first.actors)
            first = replace(
                first,
                actors=first.actors or other.actors,
                recipients=first.recipients or fresh,
                date=first.date or other.date,
                place=first.place or other.place,
                mode=first.mode or other.mode,
                confidence=round(min(0.97, max(first.confidence, other.confidence) + 0.02), 2),
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
        + act.confidence
    )


def _agree(one: Act, other: Act) -> bool:
    """Whether dates and places of two mentions can be of one act."""
    if one.date and other.date and not one.date.meets(other.date):
        return False
    return not (one.place and other.place and one.place != other.place)
