"""What parties hold over each other, and the numbers that are claimed."""

from __future__ import annotations

import numpy as np

from accord.model.findings import Figure, Lever
from accord.publishing.brief.content import Line, Part, Section, listed, name, plain
from accord.publishing.brief.ground import Ground

_STATES = 4  # of a lever that was pulled often, the last are told


def levers(ground: Ground, most: int) -> Section:
    """Each lever of a holder over a target with its states in time, those that moved last first."""
    known, every = ground.known, ground.record.levers
    lever, day, keys = known.levers
    places = ground.places("levers")
    # by lever, then in time: the last of each says how late it moved
    places = places[np.lexsort((known.rank("levers")[places], day[places], lever[places]))]
    start = np.flatnonzero(np.diff(lever[places], prepend=-1))
    ends = np.append(start[1:], len(places))[: len(start)]
    sure = np.maximum.reduceat(known.confidence("levers")[places], start) if len(start) else np.zeros(0)
    ranked = np.lexsort((lever[places[start]], -sure, -day[places[ends - 1]]))
    return Section(
        key="levers",
        title="What they hold over each other",
        lines=tuple(
            _lever(ground, keys[lever[places[start[i]]]], [every[p] for p in places[start[i] : ends[i]].tolist()])
            for i in ranked[:most].tolist()
        ),
        more=max(0, len(ranked) - most),
        nothing="No lever is on record.",
    )


def figures(ground: Ground, most: int) -> Section:
    """The claimed numbers: those that several reports give, then the latest first."""
    every, shown = ground.record.figures, ground.first("figures", ground.known.figure_order, most)
    return Section(
        key="figures",
        title="Figures that are claimed",
        lines=tuple(_figure(ground, every[place]) for place in shown),
        more=len(ground.places("figures")) - len(shown),
        nothing="No figure is on record.",
    )


def _lever(ground: Ground, key: tuple[str, str, str, str], some: list[Lever]) -> Line:
    holder, target, instrument, direction = key
    parts: list[Part] = [name(ground.name(holder))]
    parts += [plain(" → "), name(ground.name(target))] if target else []
    parts.append(plain(f": {instrument.replace('-', ' ')} ({direction}): "))
    shown = some[-_STATES:]
    parts += [plain("… → ")] if len(shown) < len(some) else []
    for place, lever in enumerate(shown):
        day = ground.shown_day(lever.date, lever.evidence)
        parts += [plain(" → ")] if place else []
        parts += [Part(lever.status, "strong")] + ([plain(" "), Part(day, "date")] if day else [])
        parts += [plain(" "), *(Part(quote.ref, "ref") for quote in ground.quotes(lever.evidence[:1]))]
    evidence = tuple(e for lever in shown for e in lever.evidence[:1])
    return Line(parts=tuple(parts), quotes=ground.quotes(evidence), items=tuple(lever.id for lever in some))


def _figure(ground: Ground, figure: Figure) -> Line:
    day = ground.shown_day(figure.date, figure.evidence)
    unit = f" {figure.unit}" if figure.unit and figure.unit not in figure.measure else ""
    by = (plain(" ("), *listed(ground.names((figure.claimed_by,))), plain(")")) if figure.claimed_by else ()
    when = (plain(", "), Part(day, "date")) if day else ()
    return Line(
        parts=(Part(figure.measure, "term"), plain(": "), Part(_value(figure) + unit, "strong"), *by, *when),
        quotes=ground.quotes(figure.evidence),
        items=(figure.id,),
    )


def _value(figure: Figure) -> str:
    """The number with its bounds as the text has them."""
    low, high = figure.low, figure.high
    if low is not None and high is not None and low != high:
        return f"{_number(low)} to {_number(high)}"
    if (low is None) != (high is None):
        return f"at least {_number(low)}" if low is not None else f"at most {_number(high or 0.0)}"
    return _number(figure.value)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,g}"
