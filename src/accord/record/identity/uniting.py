"""One item from the findings that are one: the first speaks, the others add their evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import msgspec

from accord.model.evidence import Evidence
from accord.model.findings import Event, Figure, Finding, Position, Proposal, ProposalStep, Statement
from accord.model.when import When

Item = TypeVar("Item", bound=Finding)
replace = msgspec.structs.replace


def unite(members: Sequence[Item], echoes: Iterable[Finding] = (), day_of: Callable[[str], str] = lambda _: "") -> Item:
    """The item that these findings are. The first is the canonical one, whose id and wording it keeps.

    Evidence is that of all, the fullest first; `echoes` are twins in copies of the reports, which add evidence
    and nothing else. Confidence is the highest: agreement between reports is left to the reader to weigh.
    `day_of` tells a report's day of publication, by which undated steps of a proposal find their place.
    """
    first = members[0]
    everyone: tuple[Finding, ...] = (*members, *echoes)
    if len(everyone) == 1:
        return replace(first, history=unite_steps([first], day_of)) if isinstance(first, Proposal) else first
    return replace(
        first,
        evidence=gather(e for item in everyone for e in item.evidence),
        confidence=max(item.confidence for item in members),
        why=tuple(dict.fromkeys(note for item in members for note in item.why)),
        **_united_fields(members, everyone, day_of),
    )


def _united_fields(
    members: Sequence[Finding], everyone: Sequence[Finding], day_of: Callable[[str], str]
) -> dict[str, Any]:
    """What the items of one layer take from each other."""
    first = members[0]
    if isinstance(first, Proposal):
        told = [item for item in everyone if isinstance(item, Proposal)]
        return {**_unite_proposals(members), "history": unite_steps(told, day_of)}
    found: dict[str, Any] = {"date": finest(getattr(item, "date", None) for item in members)}
    if isinstance(first, Event):
        found |= _unite_events([item for item in members if isinstance(item, Event)])
    for name in _FIRST_KNOWN.get(type(first), ()):
        found[name] = _first(members, name)
    if isinstance(first, Statement):
        found["addressees"] = _all(members, "addressees")
    return found


def gather(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Each evidence once, the fullest first, the others in the order in which they come."""
    each = list(dict.fromkeys(evidence))
    fullest = max(each, key=lambda e: e.end - e.start)
    return (fullest, *(e for e in each if e is not fullest))


def finest(dates: Iterable[When | None]) -> When | None:
    """The narrowest of the dates that are on the calendar, else the first that has words."""
    given = [date for date in dates if date is not None]
    known = [date for date in given if date.known]
    return min(known, key=_width) if known else (given[0] if given else None)


def _width(date: When) -> int:
    return (date.end - date.start).days if date.start and date.end else 1_000_000


def _unite_events(members: Sequence[Event]) -> dict[str, Any]:
    actors = _all(members, "actors")
    places = Counter(item.place for item in members if item.place)
    return {
        "actors": actors,
        "recipients": tuple(r for r in _all(members, "recipients") if r not in actors),
        "place": max(places, key=lambda place: places[place]) if places else None,
    }


def _unite_proposals(members: Sequence[Finding]) -> dict[str, Any]:
    names = Counter(item.name for item in members if isinstance(item, Proposal))
    return {
        "name": max(names, key=lambda name: names[name]),
        "by": _all(members, "by"),
        "terms": _all(members, "terms"),
    }


def unite_steps(told: Sequence[Proposal], day_of: Callable[[str], str]) -> tuple[ProposalStep, ...]:
    """The steps of a proposal's life by date, each once; of those of one day the proposing first.

    A step without a date, or of which only the latest possible day is known, comes with the step before it in its own
    report, a first one with the one after it, and where a report dates none, on the report's day.
    """
    found: list[tuple[str, ProposalStep]] = []
    for proposal in told:
        for day, step in _placed(proposal, day_of):
            twin = next((i for i, (_, other) in enumerate(found) if _same_step(step, other)), None)
            if twin is None:
                found.append((day, step))
            else:
                earlier, other = found[twin]
                day = day if not _known(other) and _known(step) else earlier
                found[twin] = (day, _unite_step(other, step))
    return tuple(step for _, step in sorted(found, key=lambda pair: (pair[0], pair[1].status != "proposed")))


def _placed(proposal: Proposal, day_of: Callable[[str], str]) -> list[tuple[str, ProposalStep]]:
    days = [_day(step) for step in proposal.history]
    last = next((day for day in days if day), day_of(proposal.history[0].evidence[0].report))
    placed = []
    for day, step in zip(days, proposal.history, strict=True):
        last = day or last
        placed.append((last, step))
    return placed


def _day(step: ProposalStep) -> str:
    day = step.date.start if step.date else None
    return day.isoformat() if day else ""


def _known(step: ProposalStep) -> bool:
    return step.date is not None and step.date.known


def _unite_step(a: ProposalStep, b: ProposalStep) -> ProposalStep:
    return replace(
        a,
        by=tuple(dict.fromkeys((*a.by, *b.by))),
        date=finest((a.date, b.date)),
        evidence=gather((*a.evidence, *b.evidence)),
        confidence=max(a.confidence, b.confidence),
    )


def _same_step(a: ProposalStep, b: ProposalStep) -> bool:
    if a.status != b.status or (a.by and b.by and not set(a.by) & set(b.by)):
        return False
    if a.date is None or b.date is None:
        return True
    return a.date.meets(b.date)


def _all(members: Iterable[Finding], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for item in members for value in getattr(item, name)))


def _first(members: Iterable[Finding], name: str) -> Any:
    return next((value for item in members if (value := getattr(item, name)) is not None), None)


def recast(item: Item, cast: Callable[[str], str], when: Callable[[When | None], When | None]) -> Item:
    """The finding with merged actors in place of its report's, and dates as far as they can now be told."""
    changes: dict[str, Any] = {}
    for name in item.__struct_fields__:
        value = getattr(item, name)
        if name in _ONE_ACTOR and value is not None:
            changes[name] = cast(value)
        elif name in _MANY_ACTORS and value:
            changes[name] = tuple(dict.fromkeys(cast(one) for one in value))
        elif name == "date":
            changes[name] = when(value)
    if isinstance(item, Proposal):
        changes["history"] = tuple(
            replace(step, by=tuple(dict.fromkeys(cast(one) for one in step.by)), date=when(step.date))
            for step in item.history
        )
    return replace(item, **changes) if changes else item


_FIRST_KNOWN: dict[type[Finding], tuple[str, ...]] = {
    Event: ("mode",),
    Position: ("speaker", "condition"),
    Figure: ("claimed_by", "place"),
}
_ONE_ACTOR = ("speaker", "party", "holder", "target", "claimed_by")
_MANY_ACTORS = ("actors", "recipients", "by", "addressees", "chain")
