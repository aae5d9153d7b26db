"""The YAML form read back as a table."""

from __future__ import annotations

from typing import Any, cast, get_args

import msgspec

from accord.bargaining.check import problems
from accord.bargaining.form.nodes import Node, root
from accord.errors import TableError
from accord.model.findings import Direction, Instrument, LeverStatus, Strength
from accord.model.table import (
    Assumption,
    Condition,
    Exclusion,
    Implication,
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

_TOP = (
    "table",
    "at",
    "assumptions",
    "parties",
    "questions",
    "red_lines",
    "conditions",
    "exclusions",
    "implications",
    "levers",
    "left_out",
)


def table_from_yaml(text: str, name: str = "table") -> Table:
    """The table that a YAML text describes; `name` (a file's) goes into messages.

    Raises TableError with the line and key of the first thing that is not as it must be.
    """
    top = root(text, name)
    fields = top.fields(_TOP, required=("parties", "questions"))
    parties = [_party(key, node) for key, node in fields["parties"].items()]
    names = _Names(parties)
    questions, views = [], []
    for key, node in fields["questions"].items():
        question, some = _question(key, node, names)
        questions.append(question)
        views.extend(some)
    table = Table(
        title=fields["table"].text() if "table" in fields else "",
        at=fields["at"].date() if "at" in fields else None,
        parties=tuple(parties),
        questions=tuple(questions),
        views=tuple(views),
        red_lines=tuple(_red_line(n, names) for n in _members(fields, "red_lines")),
        conditions=tuple(_condition(n, names) for n in _members(fields, "conditions")),
        exclusions=tuple(_exclusion(n) for n in _members(fields, "exclusions")),
        implications=tuple(_implication(n) for n in _members(fields, "implications")),
        levers=tuple(_lever(n, names) for n in _members(fields, "levers")),
        assumptions=tuple(_assumption(k, n) for k, n in fields["assumptions"].items())
        if "assumptions" in fields
        else (),
        left_out=tuple(_left_out(n) for n in _members(fields, "left_out")),
    )
    for problem in problems(table):
        raise top.source.fail(problem.path, problem.text)
    return table


def table_from_json(data: bytes | str, name: str = "table") -> Table:
    """The table that JSON describes. Raises TableError where its form or one of its rules is broken."""
    try:
        table = msgspec.json.decode(data, type=Table)
    except msgspec.DecodeError as problem:
        raise TableError(f"{name}: {problem}") from problem
    for found in problems(table):
        raise TableError(f"{name}: {found}")
    return table


class _Names:
    """Party ids by id or name."""

    def __init__(self, parties: list[TableParty]) -> None:
        self.ids = {p.name: p.id for p in parties} | {p.id: p.id for p in parties}
        self.shown = [p.name for p in parties]

    def of(self, key: str, node: Node) -> str:
        if key not in self.ids:
            raise node.fail(f"must be a party ({', '.join(self.shown)}); got {key!r}")
        return self.ids[key]


def _members(fields: dict[str, Node], key: str) -> list[Node]:
    return fields[key].list() if key in fields else []


def _text(fields: dict[str, Node], key: str) -> str | None:
    return fields[key].text() if key in fields else None


def _findings(fields: dict[str, Node]) -> tuple[str, ...]:
    return fields["findings"].texts() if "findings" in fields else ()


def _number(node: Node) -> Number:
    """A plain number, or a mapping with value, range, findings and assumed."""
    if node.scalar:
        return Number(node.number())
    fields = node.fields(("value", "range", "findings", "assumed"), required=("value",))
    low = high = None
    value = fields["value"].number()
    if "range" in fields:
        ends = [n.number() for n in fields["range"].list()]
        if len(ends) != 2:
            raise fields["range"].fail(f"must be [least, most]; got {len(ends)} numbers")
        low, high = (end if end != value else None for end in ends)
    return Number(value, low, high, _findings(fields), _text(fields, "assumed"))


def _number_at(fields: dict[str, Node], key: str, default: float) -> Number:
    return _number(fields[key]) if key in fields else Number(default)


def _party(key: str, node: Node) -> TableParty:
    fields = node.fields(("id", "name", "consent", "consent_assumed", "weight", "reservation"))
    return TableParty(
        id=_text(fields, "id") or key,
        name=_text(fields, "name") or key,
        consent=fields["consent"].truth() if "consent" in fields else True,
        consent_assumed=_text(fields, "consent_assumed"),
        weight=_number_at(fields, "weight", 1.0),
        reservation=_number_at(fields, "reservation", 0.0),
    )


def _question(key: str, node: Node, names: _Names) -> tuple[Question, list[View]]:
    fields = node.fields(("text", "issue", "unit", "options", "views", "findings"), required=("options",))
    listed = fields["options"]
    if listed.is_list:
        options = tuple(Option(id=t, text=t) for t in listed.texts())
    else:
        options = tuple(_option(k, n) for k, n in listed.items())
    if not options:
        raise listed.fail("must have at least one option; it has none: add some or drop the question")
    question = Question(
        id=key,
        text=_text(fields, "text") or key,
        issue=_text(fields, "issue"),
        options=options,
        unit=_text(fields, "unit"),
        findings=_findings(fields),
    )
    views = []
    for party, view in fields["views"].items() if "views" in fields else ():
        views.append(_view(question, names.of(party, view), view))
    return question, views


def _option(key: str, node: Node) -> Option:
    if node.scalar:
        return Option(id=key, text=node.text() or key)
    fields = node.fields(("text", "point"))
    point = fields["point"].number() if "point" in fields else None
    return Option(id=key, text=_text(fields, "text") or key, point=point)


def _view(question: Question, party: str, node: Node) -> View:
    fields = node.fields(("salience", "values", "stance", "findings"), required=("salience", "values"))
    given = {}
    for key, value in fields["values"].items():
        if key not in {o.id for o in question.options}:
            known = ", ".join(o.id for o in question.options)
            raise value.fail(f"must be an option of {question.id} ({known}); got {key!r}")
        given[key] = _number(value)
    missing = [o.id for o in question.options if o.id not in given]
    if missing:
        raise fields["values"].fail(f"must give a value for every option; none for {', '.join(missing)}")
    return View(
        party=party,
        question=question.id,
        salience=_number(fields["salience"]),
        values=tuple(given[o.id] for o in question.options),
        stance=_text(fields, "stance"),
        findings=_findings(fields),
    )


def _strength(fields: dict[str, Node], default: Strength) -> Strength:
    return cast(Strength, fields["strength"].choice(get_args(Strength))) if "strength" in fields else default


def _red_line(node: Node, names: _Names) -> RedLine:
    known = ("party", "question", "options", "strength", "certainty", "findings", "assumed")
    fields = node.fields(known, required=known[:3])
    return RedLine(
        party=names.of(fields["party"].text(), fields["party"]),
        question=fields["question"].text(),
        options=fields["options"].texts(),
        strength=_strength(fields, "red-line"),
        certainty=_number_at(fields, "certainty", 1.0),
        findings=_findings(fields),
        assumed=_text(fields, "assumed"),
    )


def _condition(node: Node, names: _Names) -> Condition:
    known = (
        "party",
        "question",
        "options",
        "need_question",
        "need_options",
        "strength",
        "certainty",
        "findings",
        "assumed",
    )
    fields = node.fields(known, required=known[:5])
    return Condition(
        party=names.of(fields["party"].text(), fields["party"]),
        question=fields["question"].text(),
        options=fields["options"].texts(),
        need_question=fields["need_question"].text(),
        need_options=fields["need_options"].texts(),
        strength=_strength(fields, "demand"),
        certainty=_number_at(fields, "certainty", 1.0),
        findings=_findings(fields),
        assumed=_text(fields, "assumed"),
    )


def _exclusion(node: Node) -> Exclusion:
    known = ("question", "option", "other_question", "other_option", "text")
    fields = node.fields(known, required=known[:4])
    return Exclusion(**{key: value.text() for key, value in fields.items()})


def _implication(node: Node) -> Implication:
    known = ("question", "option", "then_question", "then_option", "text")
    fields = node.fields(known, required=known[:4])
    return Implication(**{key: value.text() for key, value in fields.items()})


def _lever(node: Node, names: _Names) -> TableLever:
    known = (
        "id",
        "holder",
        "target",
        "instrument",
        "direction",
        "status",
        "reservation_shift",
        "salience_shift",
        "questions",
        "findings",
    )
    fields = node.fields(known, required=known[:6])
    holder = fields["holder"].text()
    return TableLever(
        id=fields["id"].text(),
        holder=names.ids.get(holder, holder),
        target=names.of(fields["target"].text(), fields["target"]),
        instrument=cast(Instrument, fields["instrument"].choice(get_args(Instrument))),
        direction=cast(Direction, fields["direction"].choice(get_args(Direction))),
        status=cast(LeverStatus, fields["status"].choice(get_args(LeverStatus))),
        reservation_shift=_number_at(fields, "reservation_shift", 0.0),
        salience_shift=_number_at(fields, "salience_shift", 1.0),
        questions=fields["questions"].texts() if "questions" in fields else (),
        findings=_findings(fields),
    )


def _assumption(key: str, node: Node) -> Assumption:
    if node.scalar:
        return Assumption(label=key, text=node.text())
    fields = node.fields(("text", "value"), required=("text",))
    value: Any = None
    if "value" in fields:
        raw = fields["value"]
        value = raw.text()
        if raw.plain:
            try:
                value = raw.number()
            except TableError:
                value = raw.truth() if value.casefold() in ("true", "false") else value
    return Assumption(label=key, text=fields["text"].text(), value=value)


def _left_out(node: Node) -> LeftOut:
    fields = node.fields(("what", "why", "findings"), required=("what", "why"))
    return LeftOut(what=fields["what"].text(), why=fields["why"].text(), findings=_findings(fields))
