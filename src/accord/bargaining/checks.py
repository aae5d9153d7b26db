"""Recomputes the defining property of a result from the table alone, without the arrays or the method that made it.

Every function returns the first way in which the result breaks its definition, or None. Plain floating-point sums are
used here, so a threshold is compared with a tolerance of two billionths a question.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from itertools import pairwise

from accord.model.outcome import Agreement, Blockers, Concessions, Demand, Pareto, Solution, Zone
from accord.model.table import Table

TOLERANCE = 2e-9


def utility(table: Table, party: str, options: tuple[str, ...]) -> float:
    """u_p(x): the sum over questions of the party's share of salience times the value of the chosen option."""
    views = [v for v in table.views if v.party == party]
    total = sum(v.salience.value for v in views)
    chosen = {q.id: q.index(o) for q, o in zip(table.questions, options, strict=True)}
    return sum(v.salience.value / total * v.values[chosen[v.question]].value for v in views)


def respects_structure(table: Table, options: tuple[str, ...]) -> bool:
    """Whether the package keeps every exclusion and implication."""
    choice = dict(zip([q.id for q in table.questions], options, strict=True))
    return not any(
        choice[e.question] == e.option and choice[e.other_question] == e.other_option for e in table.exclusions
    ) and not any(
        choice[i.question] == i.option and choice[i.then_question] != i.then_option for i in table.implications
    )


def breaks(table: Table, demand: Demand, options: tuple[str, ...]) -> bool:
    """Whether the package breaks the demand."""
    choice = dict(zip([q.id for q in table.questions], options, strict=True))
    if demand.kind == "reservation":
        floor = table.party(demand.party).reservation.value
        return utility(table, demand.party, options) < floor - TOLERANCE * len(table.questions)
    if demand.question is None or choice[demand.question] not in demand.options:
        return False
    if demand.kind == "condition" and demand.need_question is not None:
        return choice[demand.need_question] not in demand.need_options
    return True


def in_zone(table: Table, options: tuple[str, ...], demands: Collection[Demand]) -> bool:
    """Whether the package lies in the zone that these demands leave."""
    return respects_structure(table, options) and not any(breaks(table, d, options) for d in demands)


def check_agreement(table: Table, agreement: Agreement) -> str | None:
    """Whether the utilities are those of the options."""
    for party, claimed in zip(table.parties, agreement.utilities, strict=True):
        real = utility(table, party.id, agreement.options)
        if abs(real - claimed) > TOLERANCE * len(table.questions):
            return f"{party.id}: utility of {agreement.options} is {real}; the result says {claimed}"
    return None


def check_zone(table: Table, result: Zone, demands: Collection[Demand]) -> str | None:
    """Every package that the zone names lies in it, with the utilities that it claims."""
    named = [b.agreement for b in result.best] + ([result.example] if result.example else [])
    for agreement in named:
        if not in_zone(table, agreement.options, demands):
            return f"{agreement.options} breaks a demand, exclusion or implication"
        wrong = check_agreement(table, agreement)
        if wrong:
            return wrong
    for i, best in enumerate(result.best):
        if any(a.utilities[i] > best.agreement.utilities[i] for a in named):
            return f"{best.party} prefers another named package to its best"
    return None


def check_concessions(table: Table, result: Concessions, demands: Collection[Demand]) -> str | None:
    """Each set opens the zone with the package it names, and is cheapest first. Minimality: see `is_minimal`."""
    costs = [c.cost for c in result.sets]
    if any(b < a - TOLERANCE for a, b in pairwise(costs)):
        return f"costs must ascend; got {costs}"
    for concession in result.sets:
        kept = [d for d in demands if d not in concession.demands]
        if not in_zone(table, concession.opens.options, kept):
            return f"{concession.opens.options} does not lie in the zone that the concession opens"
        if not all(breaks(table, d, concession.opens.options) for d in concession.demands):
            return f"{concession.opens.options} does not need all of {concession.demands}"
    return None


def check_duality(blockers: Blockers, concessions: Concessions) -> str | None:
    """Every blocker meets every concession, and each demand of a blocker is needed to meet some concession."""
    families = [frozenset(c.demands) for c in concessions.sets]
    for blocker in blockers.sets:
        members = frozenset(blocker)
        if any(not members & family for family in families):
            return f"{blocker} meets not every concession"
        if any(all(family & (members - {d}) for family in families) for d in members):
            return f"{blocker} holds a demand that it does not need"
    return None


def objective(table: Table, method: str, options: tuple[str, ...], ideal: tuple[float, ...]) -> float:
    """What the named solution makes largest, worked out for one package."""
    consenting = [i for i, p in enumerate(table.parties) if p.consent]
    gains = {i: utility(table, table.parties[i].id, options) - table.parties[i].reservation.value for i in consenting}
    weights = {i: table.parties[i].weight.value for i in consenting}
    total = sum(weights.values())
    share = {i: w / total if total > 0 else 1 / len(consenting) for i, w in weights.items()}
    if method == "Nash":
        return math.prod((max(gains[i], 0.0) ** share[i] for i in consenting), start=1.0)
    if method == "egalitarian":
        return min(gains.values())
    if method == "utilitarian":
        return sum(share[i] * utility(table, table.parties[i].id, options) for i in consenting)
    if method == "Kalai-Smorodinsky":
        reach = {i: ideal[i] - table.parties[i].reservation.value for i in consenting}
        return min((gains[i] / reach[i] for i in consenting if reach[i] > TOLERANCE), default=0.0)
    raise ValueError(f"checks.objective: method must be a point solution; got {method!r}")


def check_solution(
    table: Table, result: Solution, demands: Collection[Demand], packages: Iterable[tuple[str, ...]]
) -> str | None:
    """The agreement lies in the zone and no other of the packages that lies there has a larger value."""
    if result.agreement is None:
        return None
    if not in_zone(table, result.agreement.options, demands):
        return f"{result.agreement.options} does not lie in the zone"
    reached = objective(table, result.method, result.agreement.options, result.ideal)
    if result.value is None or abs(reached - result.value) > 1e-7:
        return f"{result.method}: the value of {result.agreement.options} is {reached}; the result says {result.value}"
    for options in packages:
        value = objective(table, result.method, options, result.ideal)
        if value > reached + 1e-7 and in_zone(table, options, demands):
            return f"{result.method}: {options} has {value}, more than {reached}"
    return None


def dominates(table: Table, better: tuple[str, ...], worse: tuple[str, ...]) -> bool:
    """Whether one package is at least as good for every consenting party and better for one."""
    gaps = [utility(table, p.id, better) - utility(table, p.id, worse) for p in table.parties if p.consent]
    noise = TOLERANCE * len(table.questions)
    return all(g >= -noise for g in gaps) and any(g > noise for g in gaps)


def check_pareto(table: Table, result: Pareto, demands: Collection[Demand]) -> str | None:
    """Every listed package lies in the zone and no listed one dominates another."""
    for agreement in result.agreements:
        if not in_zone(table, agreement.options, demands):
            return f"{agreement.options} does not lie in the zone"
        for other in result.agreements:
            if dominates(table, other.options, agreement.options):
                return f"{other.options} dominates {agreement.options}"
    return None
