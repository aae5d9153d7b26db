"""Whether a table keeps its own rules. A bad table gets an error that says where, what came and what to do."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from accord.errors import TableError
from accord.model.derived import derived
from accord.model.table import Number, Question, Table

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """A broken rule: where it is (keys of the YAML form, list places from 0), and in words what to do."""

    path: Path
    text: str

    def __str__(self) -> str:
        return f"{place(self.path)}: {self.text}"


def place(path: Path) -> str:
    """A path in words: `questions.ports.options`, `red_lines[2].party`."""
    words = ""
    for key in path:
        words += f"[{key}]" if isinstance(key, int) else f".{key}" if words else key
    return words or "table"


def problems(table: Table) -> Iterator[Problem]:
    """Every broken rule of the table, in the order of the table's parts."""
    yield from _ids(table)
    known = _Known(table)
    for question in table.questions:
        yield from _question(question)
    for party in table.parties:
        where: Path = ("parties", party.name)
        yield from known.number((*where, "weight"), party.weight)
        yield from known.number((*where, "reservation"), party.reservation, at_most=1.0)
    yield from _views(table, known)
    yield from _demands(table, known)
    yield from _structure(table, known)
    sound: set[tuple[Number, Number]] = set()
    for i, lever in enumerate(table.levers):
        where = ("levers", i)
        yield from known.party((*where, "target"), lever.target)
        shifts = lever.reservation_shift, lever.salience_shift
        if shifts not in sound:  # a large record has thousands of levers that are assumed to do the same
            found = [
                *known.number((*where, "reservation_shift"), shifts[0], at_least=-1.0, at_most=1.0),
                *known.number((*where, "salience_shift"), shifts[1]),
            ]
            yield from found
            sound |= set() if found else {shifts}
        for key in lever.questions:
            yield from known.question((*where, "questions"), key)


def check(table: Table) -> Table:
    """The table itself, when it keeps every rule.

    Raises TableError naming the first broken rules (at most five) with their places.
    """
    found = derived(table, "problems", lambda: tuple(problems(table)))
    if found:
        more = f"\n(and {len(found) - 5} more)" if len(found) > 5 else ""
        name = f"table {table.title!r}" if table.title else "table"
        raise TableError(f"{name}: " + "\n".join(str(p) for p in found[:5]) + more)
    return table


class _Known:
    """The ids of a table, and what must hold of a reference or a number."""

    def __init__(self, table: Table) -> None:
        self.questions = {q.id: q for q in table.questions}
        self.parties = {p.id for p in table.parties}
        self.labels = {a.label for a in table.assumptions}

    def party(self, path: Path, key: str) -> Iterator[Problem]:
        if key not in self.parties:
            yield Problem(path, f"must be one of {_some(self.parties)}; got {key!r}")

    def question(self, path: Path, key: str) -> Iterator[Problem]:
        if key not in self.questions:
            yield Problem(path, f"must be one of {_some(set(self.questions))}; got {key!r}")

    def options(self, path: Path, question: str, options: tuple[str, ...]) -> Iterator[Problem]:
        if question not in self.questions:
            return
        ids = {o.id for o in self.questions[question].options}
        if not options:
            yield Problem(path, f"must name at least one option of {question}; it names none")
        for option in options:
            if option not in ids:
                yield Problem(path, f"must be an option of {question} ({_some(ids)}); got {option!r}")

    def number(
        self, path: Path, number: Number, *, at_least: float = 0.0, at_most: float | None = None
    ) -> Iterator[Problem]:
        came = f"{number.value:g} (range {number.least:g} to {number.most:g})"
        if not all(math.isfinite(v) for v in (number.value, number.least, number.most)):
            yield Problem(path, f"must be a finite number; got {came}")
        elif not number.least <= number.value <= number.most:
            yield Problem(path, f"must lie within its range; got {came}")
        elif number.least < at_least or (at_most is not None and number.most > at_most):
            bound = f"at least {at_least:g}" if at_most is None else f"from {at_least:g} to {at_most:g}"
            yield Problem(path, f"must be {bound}; got {came}")
        if number.assumed is not None and number.assumed not in self.labels:
            yield Problem(
                path, f"rests on the assumption {number.assumed!r}, which is not listed: add it to `assumptions`"
            )


def _ids(table: Table) -> Iterator[Problem]:
    if not table.parties:
        yield Problem(("parties",), "a table must have at least one party; it has none: add one")
    if not table.questions:
        yield Problem(
            ("questions",),
            "a table must have at least one question on which parties differ; it has none: add one",
        )
    if table.parties and not any(p.consent for p in table.parties):
        yield Problem(
            ("parties",), "at least one party must have consent; none has: set `consent: yes` for those who sign"
        )
    for part, keys in (
        ("parties", [p.id for p in table.parties]),
        ("questions", [q.id for q in table.questions]),
        ("assumptions", [a.label for a in table.assumptions]),
        ("levers", [lever.id for lever in table.levers]),
    ):
        yield from _twice((part,), keys)


def _twice(path: Path, keys: list[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            yield Problem(path, f"an id must be used once; {key!r} is used again: rename one")
        seen.add(key)


def _question(question: Question) -> Iterator[Problem]:
    where: Path = ("questions", question.id, "options")
    if not question.options:
        yield Problem(where, "must have at least one option; it has none: add some or drop the question")
    yield from _twice(where, [o.id for o in question.options])
    points = question.points
    if any(not math.isfinite(p) for p in points):
        yield Problem(where, f"every point must be a finite number; got {list(points)}")
    elif sorted(points) != list(points):
        yield Problem(
            where,
            f"points must ascend in option order (without `point`, evenly from 0 to 100); got {list(points)}: "
            "reorder the options, or give every option its point",
        )


def _some(known: set[str]) -> str:
    names = sorted(known)
    rest = f" (and {len(names) - 8} more)" if len(names) > 8 else ""
    return ", ".join(names[:8]) + rest if names else "none"


def _views(table: Table, known: _Known) -> Iterator[Problem]:
    names = {p.id: p.name for p in table.parties}
    sums = dict.fromkeys(names, 0.0)
    seen: set[tuple[str, str]] = set()
    for view in table.views:
        where: Path = ("questions", view.question, "views", names.get(view.party, view.party))
        yield from known.party(where, view.party)
        yield from known.question(where, view.question)
        if (view.party, view.question) in seen:
            yield Problem(where, "a party must have one view of a question; it has two: join them")
        seen.add((view.party, view.question))
        yield from known.number((*where, "salience"), view.salience)
        if view.question in known.questions:
            options = known.questions[view.question].options
            if len(view.values) != len(options):
                yield Problem(
                    (*where, "values"), f"must give {len(options)} values, one an option; got {len(view.values)}"
                )
            for option, value in zip(options, view.values, strict=False):
                yield from known.number((*where, "values", option.id), value, at_most=1.0)
        if view.party in sums:
            sums[view.party] += view.salience.value
    for party, total in sums.items():
        if total == 0:
            yield Problem(
                ("parties", names[party]),
                "its saliences must sum to more than 0; they sum to 0: give it a view with a salience above 0, "
                "or take the party off the table",
            )


def _demands(table: Table, known: _Known) -> Iterator[Problem]:
    for i, line in enumerate(table.red_lines):
        where: Path = ("red_lines", i)
        yield from known.party((*where, "party"), line.party)
        yield from known.question((*where, "question"), line.question)
        yield from known.options((*where, "options"), line.question, line.options)
        yield from known.number((*where, "certainty"), line.certainty, at_most=1.0)
    for i, condition in enumerate(table.conditions):
        where = ("conditions", i)
        yield from known.party((*where, "party"), condition.party)
        yield from known.question((*where, "question"), condition.question)
        yield from known.options((*where, "options"), condition.question, condition.options)
        yield from known.question((*where, "need_question"), condition.need_question)
        yield from known.options((*where, "need_options"), condition.need_question, condition.need_options)
        yield from known.number((*where, "certainty"), condition.certainty, at_most=1.0)
        if condition.question == condition.need_question:
            yield Problem(where, "must ask for another question; it asks for its own: write a red line instead")


def _structure(table: Table, known: _Known) -> Iterator[Problem]:
    for i, exclusion in enumerate(table.exclusions):
        where: Path = ("exclusions", i)
        yield from known.question((*where, "question"), exclusion.question)
        yield from known.question((*where, "other_question"), exclusion.other_question)
        yield from known.options((*where, "option"), exclusion.question, (exclusion.option,))
        yield from known.options((*where, "other_option"), exclusion.other_question, (exclusion.other_option,))
        if exclusion.question == exclusion.other_question:
            yield Problem(where, "must join two questions; options of one question exclude each other already: drop it")
    follows: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for i, rule in enumerate(table.implications):
        where = ("implications", i)
        yield from known.question((*where, "question"), rule.question)
        yield from known.question((*where, "then_question"), rule.then_question)
        yield from known.options((*where, "option"), rule.question, (rule.option,))
        yield from known.options((*where, "then_option"), rule.then_question, (rule.then_option,))
        if rule.question == rule.then_question:
            yield Problem(where, "must join two questions; got one: drop it")
        else:
            follows.setdefault((rule.question, rule.option), []).append((rule.then_question, rule.then_option))
    cycle = _cycle(follows)
    if cycle:
        chain = " -> ".join(f"{question}={option}" for question, option in cycle)
        yield Problem(
            ("implications",),
            f"must not lead back to where they started; got {chain}: these options stand or fall together, "
            "so make them one question, or drop one of the implications",
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
