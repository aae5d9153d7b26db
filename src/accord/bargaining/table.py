"""Positions become a table, by rules that can be read, and with every assumption labelled."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

import numpy as np

from accord.bargaining.choose import choose
from accord.bargaining.rules import Rules
from accord.bargaining.standing import Proposition, Spoken, Standing
from accord.model.actor import Actor
from accord.model.columns import Flags
from accord.model.findings import Lever, Position
from accord.model.table import (
    Assumption,
    LeftOut,
    Number,
    Option,
    Question,
    RedLine,
    Table,
    TableLever,
    TableParty,
    View,
)

NO, YES = "no", "yes"


def table_from(
    positions: Sequence[Position],
    actors: Sequence[Actor],
    *,
    at: dt.date | None = None,
    assumptions: Rules | None = None,
    levers: Sequence[Lever] = (),
    title: str = "",
) -> Table:
    """The table that the positions set up at a date (by default the last day that any position names).

    A proposition on which parties differ becomes a question with the options "no" and "yes". A party's latest
    position says which option it wants and how firmly: a red line also refuses the other option, with the
    finding's confidence as certainty. Salience is the share of its statements, weighted by strength, number of
    reports and recency. Weights, reservation values and who must consent are labelled assumptions.
    What is in the positions and not on the table is listed under `left_out` with its reason. The table has no
    questions when no two parties differ.
    """
    known = {a.id: a for a in actors}
    spoken = Spoken(positions, known)
    every = np.ones(len(positions), dtype=np.bool_)
    return table_of(spoken, every, known, at=at, assumptions=assumptions, levers=levers, title=title)


def table_of(
    spoken: Spoken,
    some: Flags,
    known: Mapping[str, Actor],
    *,
    at: dt.date | None = None,
    assumptions: Rules | None = None,
    levers: Sequence[Lever] = (),
    title: str = "",
) -> Table:
    """The table that some of the positions spoken (a flag each) set up, by the rules of `table_from`."""
    rules = assumptions or Rules()
    when = at or spoken.last_day(some)
    found, left = spoken.propositions(some, when, rules)
    chosen, dropped = choose(found, known, rules)
    ids = _question_ids(chosen)
    views, lines = _views(chosen, ids, rules)
    parties = _parties(chosen, known, rules)
    return Table(
        title=title,
        at=when,
        parties=parties,
        questions=tuple(_question(p, ids[p.key]) for p in chosen),
        views=views,
        red_lines=lines,
        levers=_levers(levers, {p.id for p in parties}, when, rules),
        assumptions=(*rules.assumptions(), *_clashes(chosen, ids, known), *_lever_rule(levers, rules)),
        left_out=(*dropped, *left, *_wordy_conditions(chosen, known)),
    )


def _question_ids(chosen: Sequence[Proposition]) -> dict[tuple[str, ...], str]:
    ids: dict[tuple[str, ...], str] = {}
    for proposition in chosen:
        words = re.findall(r"\w+", proposition.text.casefold())
        slug = ""
        for word in words:
            if slug and len(slug) + 1 + len(word) > 48:
                break
            slug = f"{slug}-{word}" if slug else word
        base, number = slug or proposition.issue, 2
        while slug in ids.values() or not slug:
            slug = f"{base}-{number}"
            number += 1
        ids[proposition.key] = slug
    return ids


def _question(proposition: Proposition, key: str) -> Question:
    return Question(
        id=key,
        text=proposition.text,
        issue=proposition.issue,
        options=(Option(id=NO, text=f"not: {proposition.text}"), Option(id=YES, text=proposition.text)),
        findings=proposition.ids,
    )


def _parties(chosen: Sequence[Proposition], known: Mapping[str, Actor], rules: Rules) -> tuple[TableParty, ...]:
    firm: dict[str, float] = {}
    must: set[str] = set()
    for proposition in chosen:
        for standing in proposition.standings:
            firm[standing.party] = firm.get(standing.party, 0.0) + standing.firm
            if standing.strength != "preference" and standing.stance != "open":
                must.add(standing.party)
    if not must:
        must = set(firm)  # nobody is firm: an agreement is then one of all
    names = {key: known[key].name if key in known else key for key in firm}
    order = sorted(firm, key=lambda key: (key not in must, -firm[key], names[key], key))
    return tuple(
        TableParty(
            id=key,
            name=names[key],
            consent=key in must,
            consent_assumed="consent",
            weight=_ranged(rules.weight, assumed="weights"),
            reservation=_ranged(rules.reservation, assumed="reservation"),
        )
        for key in order
    )


def _ranged(numbers: tuple[float, float, float], findings: tuple[str, ...] = (), assumed: str | None = None) -> Number:
    low, value, high = numbers
    return Number(value, low if low != value else None, high if high != value else None, findings, assumed)


def _views(
    chosen: Sequence[Proposition], ids: Mapping[tuple[str, ...], str], rules: Rules
) -> tuple[tuple[View, ...], tuple[RedLine, ...]]:
    totals: dict[str, float] = {}
    for proposition in chosen:
        for s in proposition.standings:
            totals[s.party] = totals.get(s.party, 0.0) + s.firm
    views, lines = [], []
    for proposition in chosen:
        for s in proposition.standings:
            share = round(s.firm / totals[s.party], 4)
            low, high = share * (1 - rules.salience_doubt), share * (1 + rules.salience_doubt)
            salience = Number(share, round(low, 4), round(high, 4), s.ids, "salience")
            question = ids[proposition.key]
            views.append(
                View(
                    party=s.party,
                    question=question,
                    salience=salience,
                    values=_values(s, rules),
                    stance=f"{s.stance}, {s.strength}" if s.stance != "open" else "open",
                    findings=s.ids,
                )
            )
            if s.strength == "red-line" and s.stance != "open":
                lines.append(_red_line(s, question))
    return tuple(views), tuple(lines)


def _values(standing: Standing, rules: Rules) -> tuple[Number, Number]:
    """The values of no and yes. After contrary words on one day, the least of either reading stays possible."""
    latest = (standing.ids[0],)
    if standing.stance == "open":
        either = _ranged(rules.open_value, latest, "values")
        return either, either
    low, value, high = rules.other(standing.strength)
    other = _ranged((low, value, 1.0 if standing.clash else high), latest, "values")
    wanted = Number(1.0, value if standing.clash else None, None, latest, "values")
    return (other, wanted) if standing.stance == "for" else (wanted, other)


def _red_line(standing: Standing, question: str) -> RedLine:
    latest = standing.latest
    return RedLine(
        party=standing.party,
        question=question,
        options=(NO if standing.stance == "for" else YES,),
        strength="red-line",
        certainty=Number(round(latest.confidence, 4), findings=(latest.id,)),
        findings=standing.red,
    )


def _clashes(
    chosen: Sequence[Proposition], ids: Mapping[tuple[str, ...], str], known: Mapping[str, Actor]
) -> list[Assumption]:
    return [
        Assumption(
            label=f"latest-{ids[p.key]}-{known[s.party].name if s.party in known else s.party}",
            text=f"{known[s.party].name if s.party in known else s.party} is reported with contrary positions on one "
            f"day on: {p.text}; the firmest was taken",
            value=f"{s.stance}, {s.strength}",
        )
        for p in chosen
        for s in p.standings
        if s.clash
    ]


def _wordy_conditions(chosen: Sequence[Proposition], known: Mapping[str, Actor]) -> list[LeftOut]:
    return [
        LeftOut(
            what=f"{known[s.party].name if s.party in known else s.party} on {p.text}: {s.latest.condition}",
            why="a condition in words does not count until an analyst ties it to options under `conditions`",
            findings=s.ids[:1],
        )
        for p in chosen
        for s in p.standings
        if s.latest.condition
    ]


def _lever_rule(levers: Sequence[Lever], rules: Rules) -> list[Assumption]:
    text = "a lever that is pulled moves what no agreement is worth to its target by this much"
    return [Assumption(label="levers", text=text, value=rules.lever_shift[1])] if levers else []


def _levers(levers: Sequence[Lever], parties: set[str], at: dt.date | None, rules: Rules) -> tuple[TableLever, ...]:
    kept: dict[str, TableLever] = {}
    shift = _ranged(rules.lever_shift, assumed="levers")
    for lever in levers:
        late = at is not None and lever.date is not None and lever.date.start is not None and lever.date.start > at
        if lever.target is not None and lever.target in parties and not late:
            kept[lever.id] = TableLever(
                id=lever.id,
                holder=lever.holder,
                target=lever.target,
                instrument=lever.instrument,
                direction=lever.direction,
                status=lever.status,
                reservation_shift=shift,
                findings=(lever.id,),
            )
    return tuple(kept[key] for key in sorted(kept))
