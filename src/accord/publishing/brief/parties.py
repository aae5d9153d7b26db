"""Who is at the table: the parties with who speaks for them and how much the record has of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from accord.model.actor import Actor
from accord.model.columns import Numbers
from accord.publishing.brief.content import Line, Part, Quote, Section, listed, name, plain
from accord.publishing.brief.ground import Ground
from accord.publishing.brief.known import RED

_VOICES = 2
_ACTIVE = 2  # events that a body without a position must take part in to be counted in


def section(ground: Ground, most: int) -> Section:
    """The parties: who holds a position, and what other bodies take part in events, by how much is known of them."""
    known = ground.known
    counts = _Counts.of(ground)
    kept = np.flatnonzero((counts.positions > 0) | ((counts.acts >= _ACTIVE) & known.bodies))
    weight = 2 * counts.positions + counts.acts + counts.said
    order = np.lexsort((known.by_name[kept], -weight[kept], counts.positions[kept] == 0))
    shown = kept[order][:most].tolist()
    return Section(
        key="parties",
        title="The parties",
        lines=tuple(_line(ground, code, counts) for code in shown),
        more=len(kept) - len(shown),
        nothing="No party holds a position in this record.",
    )


class _Counts(NamedTuple):
    """Of everybody by code: positions, red lines, events taken part in, statements of those who speak for it.

    `heard` counts the statements of each voice.
    """

    positions: Numbers
    red: Numbers
    acts: Numbers
    said: Numbers
    heard: Numbers

    @classmethod
    def of(cls, ground: Ground) -> _Counts:
        known, many = ground.known, len(ground.known.keys)
        stands, held = known.stands, ground.places("positions")
        red = held[stands.strength[held] == RED]
        event, actor = known.acts
        voices = known.voices
        passing = ground.seen.passing("statements")[voices.place]
        heard = np.bincount(voices.voice[passing], minlength=len(voices.party))
        return cls(
            positions=np.bincount(stands.party[held], minlength=many),
            red=np.bincount(stands.party[red], minlength=many),
            acts=np.bincount(actor[ground.seen.passing("events")[event]], minlength=many),
            said=np.bincount(voices.party, weights=heard, minlength=many).astype(np.int64),
            heard=heard,
        )


def _line(ground: Ground, code: int, counts: _Counts) -> Line:
    key = ground.known.keys[code]
    actor = ground.actor(key)
    kind = actor.kind.replace("-", " ") if actor else "unknown"
    positions, red, acts = int(counts.positions[code]), int(counts.red[code]), int(counts.acts[code])
    told = [
        _count(positions, "position"),
        _count(red, "red line") if red else "",
        _count(acts, "event") if acts else "",
    ]
    said = ", ".join(filter(None, told)) if positions else f"no position reported, {_count(acts, 'event')}"
    spoke = _speakers(ground, code, counts.heard)
    speakers: tuple[Part, ...] = ()
    if spoke:
        names = tuple(_titled(ground.actor(v)) for v in spoke[:_VOICES])
        speakers = (plain("; voices: "), *listed(names, _VOICES, "term"))
        if len(spoke) > _VOICES:
            speakers = (*speakers, plain(f" and {len(spoke) - _VOICES} more"))
    return Line(
        parts=(name(ground.name(key)), plain(f" ({kind}): {said}"), *speakers),
        quotes=_telling(ground, code, positions),
        items=(key,),
    )


def _speakers(ground: Ground, code: int, heard: Numbers) -> list[str]:
    """Who speaks for a party, itself left out, the most often heard first."""
    known = ground.known
    voices = known.voices
    others = (voices.party == code) & (voices.speaker != code) & (heard > 0)
    who, often = voices.speaker[others], heard[others]
    return [known.keys[who[i]] for i in np.lexsort((known.by_name[who], -often)).tolist()]


def _telling(ground: Ground, code: int, positions: int) -> tuple[Quote, ...]:
    """The words of its firmest positions, or else of the first events that it takes part in."""
    known = ground.known
    if positions:
        stands, held = known.stands, ground.places("positions")
        held = held[stands.party[held] == code]
        firm = held[np.lexsort((-known.confidence("positions")[held], stands.strength[held] != RED))][:2]
        return ground.quotes(e for place in firm.tolist() for e in ground.record.positions[place].evidence[:1])
    event, actor = known.acts
    first = event[(actor == code) & ground.seen.passing("events")[event]][:1].tolist()
    return ground.quotes(e for place in first for e in ground.record.events[place].evidence[:1])


def _titled(actor: Actor | None) -> str:
    if actor is None:
        return "unknown"
    titles = [role for role in actor.roles if role.title]
    latest = max(titles, key=lambda role: role.as_of or "", default=None)
    return f"{latest.title} {actor.name}" if latest else actor.name


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
