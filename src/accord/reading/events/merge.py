"""One event for each act of a report, however often the report tells it."""

from __future__ import annotations

from dataclasses import replace

from accord.reading.events.acts import Act

_SAID = frozenset({"REQUEST", "ACCUSE", "SUPPORT", "REJECT", "THREATEN", "CONCEDE"})


def merge(acts: list[Act]) -> list[list[Act]]:
    """The acts grouped by event, each group with its fullest mention first, groups in the order of the text."""
    groups: list[list[Act]] = []
    for act in sorted(acts, key=lambda a: (a.start, a.at)):
        home = next((g for g in groups if any(_same(act, other) for other in g)), None)
        if home is None:
            groups.append([act])
        else:
            home.append(act)
    return [sorted(g, key=lambda a: (-fullness(a), a.start, a.at)) for g in groups]


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


def _same(one: Act, other: Act) -> bool:
    if one.type != other.type or one.status != other.status:
        return False
    if one.date and other.date and not one.date.meets(other.date):
        return False
    if one.place and other.place and one.place != other.place:
        return False
    if not _compatible(one, other):
        return False
    if one.type in _SAID:
        return bool(one.topic & other.topic) or (one.start < other.end and other.start < one.end)
    return True


def _compatible(one: Act, other: Act) -> bool:
    """Whether the participants of both can be the same."""
    mine, theirs = {*one.actors, *one.recipients}, {*other.actors, *other.recipients}
    if not mine or not theirs:
        return one.definite or other.definite or one.lemma == other.lemma
    if one.actors and other.actors and not set(one.actors) & set(other.actors):
        return False
    if one.recipients and other.recipients and not set(one.recipients) & set(other.recipients):
        return False
    return bool(mine & theirs) and (mine <= theirs or theirs <= mine)


def together(group: list[Act]) -> Act:
    """The event that a group of mentions tells: the fullest one, its gaps filled from the others."""
    first = group[0]
    for other in group[1:]:
        first = replace(
            first,
            actors=first.actors or other.actors,
            recipients=first.recipients or (other.recipients if not set(other.recipients) & set(first.actors) else ()),
            date=first.date or other.date,
            place=first.place or other.place,
            mode=first.mode or other.mode,
            confidence=min(0.97, max(first.confidence, other.confidence) + 0.02),
        )
    return first
