"""Who is at the table: the parties with who speaks for them and how much the record has of them."""

from __future__ import annotations

from collections import Counter

from accord.model.actor import Actor
from accord.model.findings import Position
from accord.model.query import actors_of
from accord.publishing.brief.content import Line, Part, Quote, Section, listed, name, plain
from accord.publishing.brief.ground import Ground

_BODIES = ("state", "organisation", "armed-group", "bloc")
_VOICES = 2
_ACTIVE = 2  # events that a body without a position must take part in to be counted in


def section(ground: Ground, most: int) -> Section:
    """The parties: who holds a position, and what other bodies take part in events, by how much is known of them."""
    positions: dict[str, list[Position]] = {}
    for position in ground.seen.items(ground.record.positions):
        positions.setdefault(position.party, []).append(position)
    acts = Counter(
        one for event in ground.seen.items(ground.record.events) for one in {*event.actors, *event.recipients}
    )
    voices: dict[str, Counter[str]] = {}
    for statement in ground.seen.items(ground.record.statements):
        if statement.speaker and statement.role != "observer":
            voices.setdefault(ground.party(statement.speaker), Counter())[statement.speaker] += 1
    bodies = {key for key, count in acts.items() if count >= _ACTIVE and _is_body(ground.actor(key))}
    keys = sorted(
        positions.keys() | bodies,
        key=lambda k: (
            k not in positions,
            -2 * len(positions.get(k, ())) - acts[k] - voices.get(k, Counter()).total(),
            ground.name(k),
            k,
        ),
    )
    lines = tuple(
        _line(ground, key, positions.get(key, []), acts[key], voices.get(key, Counter())) for key in keys[:most]
    )
    return Section(
        key="parties",
        title="The parties",
        lines=lines,
        more=max(0, len(keys) - most),
        nothing="No party holds a position in this record.",
    )


def _is_body(actor: Actor | None) -> bool:
    return actor is not None and actor.kind in _BODIES and not actor.observer


def _line(ground: Ground, key: str, positions: list[Position], acts: int, voices: Counter[str]) -> Line:
    actor = ground.actor(key)
    kind = actor.kind.replace("-", " ") if actor else "unknown"
    red = sum(position.strength == "red-line" for position in positions)
    counts = [
        _count(len(positions), "position"),
        _count(red, "red line") if red else "",
        _count(acts, "event") if acts else "",
    ]
    said = ", ".join(filter(None, counts)) if positions else f"no position reported, {_count(acts, 'event')}"
    spoke = sorted((v for v in voices if v != key), key=lambda v: (-voices[v], ground.name(v), v))
    speakers: tuple[Part, ...] = ()
    if spoke:
        names = tuple(_titled(ground.actor(v)) for v in spoke[:_VOICES])
        speakers = (plain("; voices: "), *listed(names, _VOICES, "term"))
        if len(spoke) > _VOICES:
            speakers = (*speakers, plain(f" and {len(spoke) - _VOICES} more"))
    return Line(
        parts=(name(ground.name(key)), plain(f" ({kind}): {said}"), *speakers),
        quotes=_telling(ground, key, positions),
        items=(key,),
    )


def _telling(ground: Ground, key: str, positions: list[Position]) -> tuple[Quote, ...]:
    """The words of its firmest positions, or else of the first events that it takes part in."""
    if positions:
        firm = sorted(positions, key=lambda p: (p.strength != "red-line", -p.confidence))
        return ground.quotes(e for p in firm[:2] for e in p.evidence[:1])
    events = [e for e in ground.seen.items(ground.record.events) if key in actors_of(e)]
    return ground.quotes(e for event in events[:1] for e in event.evidence[:1])


def _titled(actor: Actor | None) -> str:
    if actor is None:
        return "unknown"
    titles = [role for role in actor.roles if role.title]
    latest = max(titles, key=lambda role: role.as_of or "", default=None)
    return f"{latest.title} {actor.name}" if latest else actor.name


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
