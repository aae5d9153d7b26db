"""Computed answers in words that an adviser reads: the zone, what closes it, what would open it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain

import msgspec

from accord.model.outcome import Blockers, Concession, Concessions, Demand, Zone
from accord.model.table import Question, Table
from accord.publishing.brief.content import Line, Part, Quote, Section, listed, name, plain

Quoted = Callable[[Iterable[str]], tuple[Quote, ...]]
"""From ids of findings to the words that they rest on."""

_YES = "yes"  # the option of a yes/no question that makes its proposition true


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """A table with what was computed on it."""

    table: Table
    zone: Zone
    blockers: Blockers
    concessions: Concessions


def agreement(answers: Answers | str | None, quoted: Quoted, most: int = 3) -> Section:
    """Can they agree: the zone, its blockers and the least concessions, with what was taken for granted.

    Text in place of answers is the reason why there are none.
    """
    if answers is None or isinstance(answers, str):
        nothing = answers or "No table was computed."
        return Section(key="agreement", title="Can they agree?", nothing=nothing[:1].upper() + nothing[1:])
    table = answers.table
    blocking = blocker_lines(table, answers.blockers, quoted, most)
    opening = concession_lines(table, answers.concessions, quoted, most)
    lines = (*zone_lines(table, answers.zone), *blocking, *opening)
    granted = tuple(assumption.text.rstrip(".") for assumption in table.assumptions)
    more = max(0, len(answers.blockers.sets) - most) + max(0, len(answers.concessions.sets) - most)
    return Section(key="agreement", title="Can they agree?", lines=lines, more=more, granted=granted)


def zone_lines(table: Table, zone: Zone) -> tuple[Line, ...]:
    """Whether an agreement is possible, and what all possible ones have in common."""
    matters = _count(len(table.questions), "question")
    who = listed(tuple(party.name for party in table.parties if party.consent), 6)
    if zone.empty is None:
        cut = zone.cut or "a limit was reached"
        return (_say(f"Not decided: {cut}; no package that all can accept was found so far."),)
    if zone.empty:
        said = f"No agreement is possible as it stands: of {zone.total:,} ways to settle {matters} none suits "
        return (Line(parts=(Part("No zone. ", "strong"), plain(said), *who, plain("."))),)
    size = f"{zone.size:,}" if zone.size is not None else f"at least {zone.at_least:,}"
    said = f"An agreement is possible: {size} of {zone.total:,} ways to settle {matters} suit "
    first = Line(parts=(Part("A zone. ", "strong"), plain(said), *who, plain(".")))
    return (first, *_common(table, zone))


def blocker_lines(table: Table, blockers: Blockers, quoted: Quoted, most: int | None = None) -> tuple[Line, ...]:
    """One line a minimal set of demands that together leave no package, at most so many."""
    if blockers.impossible:
        return (
            _say("Exclusions and implications of the table alone leave no package; no party's demand is to blame."),
        )
    return tuple(
        _demanding(
            "This alone closes it: " if len(demands) == 1 else "These cannot stand together: ", table, demands, quoted
        )
        for demands in sorted(blockers.sets, key=_assumed)[:most]
    )


def concession_lines(
    table: Table, concessions: Concessions, quoted: Quoted, most: int | None = None
) -> tuple[Line, ...]:
    """One line a minimal set of concessions that would open the zone, the cheapest first, at most so many."""
    shown = concessions.sets[:most]
    return tuple(_conceding(table, one, first=place == 0, quoted=quoted) for place, one in enumerate(shown))


def demand_parts(table: Table, demand: Demand) -> tuple[Part, ...]:
    """A demand in words, as what its party does: rules out, insists on, refuses, ties, holds out for."""
    if demand.kind == "reservation" or demand.question is None:
        worth = "" if demand.threshold is None else f" ({demand.threshold:.2f} of 1)"
        return (plain(f"holds out for no less than it has without an agreement{worth}"),)
    question = _question(table, demand.question)
    if demand.kind == "red-line" or demand.need_question is None:
        if _is_yes_no(table, demand.question) and len(demand.options) == 1:
            verb = "rules out" if demand.options == (_YES,) else "insists on"
            return plain(f"{verb} “"), Part(question, "term"), plain("”")
        return (
            plain(f"refuses {_options(table, demand.question, demand.options)} on “"),
            Part(question, "term"),
            plain("”"),
        )
    taken = _settled(table, demand.question, demand.options)
    return (plain(f"takes {taken} only with {_settled(table, demand.need_question, demand.need_options)}"),)


def _settled(table: Table, key: str, options: tuple[str, ...]) -> str:
    """Options of a question with the question: “Troops leave”: yes."""
    known = [question for question in table.questions if question.id == key]
    return " or ".join(_chosen(table, known[0], option) if known else f"“{option}”" for option in options)


def _chosen(table: Table, question: Question, option: str) -> str:
    if _is_yes_no(table, question.id):
        return f"“{question.text}”: {option}"
    return f"“{question.text}”: {next((known.text for known in question.options if known.id == option), option)}"


def _common(table: Table, zone: Zone) -> tuple[Line, ...]:
    fixed: list[Part] = []
    for question, shares in zip(table.questions, zone.shares, strict=False):
        for option, share in zip(question.options, shares, strict=False):
            if share == 1.0 and len(question.options) > 1:
                fixed += [plain("; " if fixed else ""), Part(_chosen(table, question, option.id), "term")]
    return (Line(parts=(plain("All of them have "), *fixed, plain("."))),) if fixed else ()


def best_lines(table: Table, zone: Zone) -> tuple[Line, ...]:
    """What each party would like best of the zone, on the questions that it minds."""
    lines = []
    worth = {party.id: place for place, party in enumerate(table.parties)}
    for best in zone.best:
        minded = [
            _chosen(table, question, option)
            for question, option in zip(table.questions, best.agreement.options, strict=False)
            if (view := table.view(best.party, question.id)) and view.salience.value > 0
        ]
        value = best.agreement.utilities[worth[best.party]]
        said = f" would like best (worth {value:.2f} of 1 to it): {'; '.join(minded) or 'it minds no question'}."
        lines.append(Line(parts=(name(_party(table, best.party)), plain(said))))
    return tuple(lines)


def package(table: Table, options: tuple[str, ...]) -> str:
    """A package in words: every question with the option chosen."""
    return "; ".join(_chosen(table, q, option) for q, option in zip(table.questions, options, strict=False))


def _demanding(
    lead: str, table: Table, demands: tuple[Demand, ...], quoted: Quoted, *, no_longer: bool = False
) -> Line:
    parts: list[Part] = [plain(lead)]
    for place, demand in enumerate(demands):
        parts += [plain(", and " if place == len(demands) - 1 else ", ")] if place else []
        parts += [name(_party(table, demand.party)), plain(" no longer " if no_longer else " ")]
        parts += demand_parts(table, demand)
    findings = tuple(chain.from_iterable(demand.findings for demand in demands))
    return Line(parts=(*parts, plain(".")), quotes=quoted(findings), items=findings)


def _conceding(table: Table, concession: Concession, *, first: bool, quoted: Quoted) -> Line:
    lead = "The least concession that opens a zone" if first else "Or"
    return _demanding(f"{lead} (cost {concession.cost:.2f}): ", table, concession.demands, quoted, no_longer=True)


def _assumed(demands: tuple[Demand, ...]) -> bool:
    """Whether a set holds a reservation value: these are assumed, and come after what parties have said."""
    return any(demand.kind == "reservation" for demand in demands)


def _party(table: Table, key: str) -> str:
    return next((party.name for party in table.parties if party.id == key), key)


def _question(table: Table, key: str) -> str:
    return next((question.text for question in table.questions if question.id == key), key)


def _is_yes_no(table: Table, key: str) -> bool:
    return any(q.id == key and {option.id for option in q.options} == {"no", _YES} for q in table.questions)


def _options(table: Table, question: str, options: tuple[str, ...]) -> str:
    texts = {option.id: option.text for known in table.questions if known.id == question for option in known.options}
    return " or ".join(f"“{texts.get(option, option)}”" for option in options)


def _say(text: str) -> Line:
    return Line(parts=(plain(text),))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
