"""Whether a table keeps its own rules. A bad table gets an error that says where, what came and what to do."""

from __future__ import annotations

import math
from collections.abc import Iterator

from accord.errors import TableError
from accord.model.table import Number, Question, Table


def problems(table: Table) -> Iterator[str]:
    """Every broken rule of the table, as a sentence with its place, in the order of the table's parts."""
    yield from _names(table)
    questions = {q.id: q for q in table.questions}
    parties = {p.id for p in table.parties}
    labels = {a.label for a in table.assumptions}
    for party in table.parties:
        where = f"party {party.id}"
        yield from _number(f"{where}, weight", party.weight, labels, at_most=None)
        yield from _number(f"{where}, reservation", party.reservation, labels, at_most=1.0)
    yield from _views(table, questions, parties, labels)
    yield from _demands(table, questions, parties, labels)
    yield from _structure(table, questions)
    for lever in table.levers:
        yield from _known(f"lever {lever.id}", "target", lever.target, parties)
        yield from _finite(f"lever {lever.id}, reservation_shift", lever.reservation_shift)
        yield from _number(f"lever {lever.id}, salience_shift", lever.salience_shift, labels, at_most=None)
        for question in lever.questions:
            yield from _known(f"lever {lever.id}", "question", question, set(questions))


def check(table: Table) -> Table:
    """The table itself, when it keeps every rule.

    Raises TableError naming the first broken rules (at most five) with their places.
    """
    found = list(problems(table))
    if found:
        more = f"\n(and {len(found) - 5} more)" if len(found) > 5 else ""
        name = f"table {table.title!r}: " if table.title else "table: "
        raise TableError(name + "\n".join(found[:5]) + more)
    return table


def _names(table: Table) -> Iterator[str]:
    if not table.parties:
        yield "a table must have at least one party; it has none: add one under `parties`"
    if not table.questions:
        yield "a table must have at least one question; it has none: add one under `questions`"
    yield from _twice("party", [p.id for p in table.parties])
    yield from _twice("question", [q.id for q in table.questions])
    yield from _twice("assumption", [a.label for a in table.assumptions])
    yield from _twice("lever", [lever.id for lever in table.levers])
    for question in table.questions:
        if not question.options:
            yield f"question {question.id}: must have at least one option; it has none: add some or drop it"
        yield from _twice(f"question {question.id}: option", [o.id for o in question.options])
        points = question.points
        if any(not math.isfinite(p) for p in points):
            yield f"question {question.id}: every point must be a finite number; got {list(points)}"
        elif sorted(points) != list(points):
            yield (
                f"question {question.id}: the options' points must ascend in option order; got {list(points)}: "
                "reorder the options or correct the points"
            )


def _twice(what: str, ids: list[str]) -> Iterator[str]:
    seen: set[str] = set()
    for key in ids:
        if key in seen:
            yield f"{what} {key}: an id must be used once; it is used again: rename one"
        seen.add(key)


def _finite(where: str, number: Number) -> Iterator[str]:
    values = (number.value, number.least, number.most)
    if not all(math.isfinite(v) for v in values):
        yield f"{where}: must be a finite number; got {number.value} (range {number.least} to {number.most})"
    elif not number.least <= number.value <= number.most:
        yield f"{where}: must lie within its range; got {number.value} outside {number.least} to {number.most}"


def _number(where: str, number: Number, labels: set[str], *, at_most: float | None) -> Iterator[str]:
    trouble = list(_finite(where, number))
    yield from trouble
    if not trouble and (number.least < 0 or (at_most is not None and number.most > at_most)):
        bound = "at least 0" if at_most is None else f"from 0 to {at_most:g}"
        yield f"{where}: must be {bound}; got {number.value} (range {number.least} to {number.most})"
    if number.assumed is not None and number.assumed not in labels:
        yield f"{where}: assumption {number.assumed!r} must be listed under `assumptions`; it is not: add it there"


def _known(where: str, what: str, key: str, known: set[str]) -> Iterator[str]:
    if key not in known:
        yield f"{where}: {what} must be one of {_some(known)}; got {key!r}"


def _options(where: str, questions: dict[str, Question], question: str, options: tuple[str, ...]) -> Iterator[str]:
    if question not in questions:
        yield f"{where}: question must be one of {_some(set(questions))}; got {question!r}"
        return
    known = {o.id for o in questions[question].options}
    if not options:
        yield f"{where}: must name at least one option of {question}; it names none"
    for option in options:
        if option not in known:
            yield f"{where}: option of {question} must be one of {_some(known)}; got {option!r}"


def _some(known: set[str]) -> str:
    names = sorted(known)
    return ", ".join(names[:8]) + (f" (and {len(names) - 8} more)" if len(names) > 8 else "") if names else "none"


def _views(table: Table, questions: dict[str, Question], parties: set[str], labels: set[str]) -> Iterator[str]:
    seen: set[tuple[str, str]] = set()
    sums = dict.fromkeys((p.id for p in table.parties), 0.0)
    for view in table.views:
        where = f"view of {view.party} on {view.question}"
        yield from _known(where, "party", view.party, parties)
        yield from _known(where, "question", view.question, set(questions))
        if (view.party, view.question) in seen:
            yield f"{where}: a party must have one view of a question; it has two: join them"
        seen.add((view.party, view.question))
        yield from _number(f"{where}, salience", view.salience, labels, at_most=None)
        if view.question in questions:
            need = len(questions[view.question].options)
            if len(view.values) != need:
                yield f"{where}: must give one value for each of {need} options; got {len(view.values)}"
        for place, value in enumerate(view.values):
            yield from _number(f"{where}, value {place + 1}", value, labels, at_most=1.0)
        if view.party in sums:
            sums[view.party] += view.salience.value
    for party, total in sums.items():
        if total == 0:
            yield (
                f"party {party}: its saliences must sum to more than 0; they sum to 0: "
                "give it a view with salience above 0, or take the party off the table"
            )


def _demands(table: Table, questions: dict[str, Question], parties: set[str], labels: set[str]) -> Iterator[str]:
    for line in table.red_lines:
        where = f"red line of {line.party} on {line.question}"
        yield from _known(where, "party", line.party, parties)
        yield from _options(where, questions, line.question, line.options)
        yield from _number(f"{where}, certainty", line.certainty, labels, at_most=1.0)
    for condition in table.conditions:
        where = f"condition of {condition.party} on {condition.question}"
        yield from _known(where, "party", condition.party, parties)
        yield from _options(where, questions, condition.question, condition.options)
        yield from _options(where, questions, condition.need_question, condition.need_options)
        yield from _number(f"{where}, certainty", condition.certainty, labels, at_most=1.0)
        if condition.question == condition.need_question:
            yield f"{where}: must ask for another question; it asks for its own: write a red line instead"


def _structure(table: Table, questions: dict[str, Question]) -> Iterator[str]:
    for exclusion in table.exclusions:
        where = f"exclusion of {exclusion.question} and {exclusion.other_question}"
        yield from _options(where, questions, exclusion.question, (exclusion.option,))
        yield from _options(where, questions, exclusion.other_question, (exclusion.other_option,))
        if exclusion.question == exclusion.other_question:
            yield f"{where}: must join two questions; options of one question exclude each other already: drop it"
    follows: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for rule in table.implications:
        where = f"implication from {rule.question} to {rule.then_question}"
        yield from _options(where, questions, rule.question, (rule.option,))
        yield from _options(where, questions, rule.then_question, (rule.then_option,))
        if rule.question == rule.then_question:
            yield f"{where}: must join two questions; got one: drop it"
        follows.setdefault((rule.question, rule.option), []).append((rule.then_question, rule.then_option))
    cycle = _cycle(follows)
    if cycle:
        chain = " -> ".join(f"{question}={option}" for question, option in cycle)
        yield (
            f"implications: must not lead back to where they started; got {chain}: "
            "these options stand or fall together, so make them one question, or drop one of the implications"
        )


def _cycle(follows: dict[tuple[str, str], list[tuple[str, str]]]) -> list[tuple[str, str]]:
    """A cycle, its start named again at its end; empty when there is none. Ends that lead nowhere are peeled off."""
    left = {node: [n for n in after if n in follows] for node, after in follows.items()}
    while True:
        dead = {node for node, after in left.items() if not after}
        if not dead:
            break
        left = {node: [n for n in after if n not in dead] for node, after in left.items() if node not in dead}
    if not left:
        return []
    trail = [next(iter(left))]
    while True:
        node = left[trail[-1]][0]
        if node in trail:
            return [*trail[trail.index(node) :], node]
        trail.append(node)
