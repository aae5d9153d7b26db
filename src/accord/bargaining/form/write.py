"""The YAML form of a table: made to be read and edited by people, with the findings beside every number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
import yaml

from accord.model.table import Number, Question, Table, TableLever, TableParty, View

_PLAIN = re.compile(r"[^\W_](?:[\w .;'()/%+-]*[\w.)])?")
_HEAD = """\
# A negotiating table. Edit it and compute it again.
#   weight: capability, from 0 up          reservation: what no agreement is worth, 0 to 1
#   salience: how much a question matters  values: what each option is worth, 0 (worst) to 1 (best)
#   range: what the evidence leaves open   findings: the lines of the record that a number rests on
#   assumed: the label of an assumption    certainty: the probability that a red line or condition holds
"""


def table_to_json(table: Table) -> bytes:
    """The table as JSON; `table_from_json` reads it back unchanged."""
    return msgspec.json.format(msgspec.json.encode(table), indent=2)


def table_to_yaml(table: Table) -> str:
    """The table as YAML with comments; `table_from_yaml` reads it back, its views in the order of the questions."""
    return "\n".join([_HEAD, *_lines(table)]) + "\n"


def _lines(table: Table) -> Iterator[str]:
    names = _names(table)
    yield f"table: {_scalar(table.title)}"
    if table.at:
        yield f"at: {table.at.isoformat()}"
    if table.assumptions:
        yield "\n# What the record cannot tell. The numbers that name a label carry its value."
        yield "assumptions:"
        for a in table.assumptions:
            value = () if a.value is None else (("value", _scalar(a.value)),)
            yield from _block(a.label, 2, (*value, ("text", _scalar(a.text))))
    yield "\nparties:"
    for party in table.parties:
        yield from _block(names[party.id], 2, _party(party, names[party.id]))
    yield "\nquestions:"
    for question in table.questions:
        yield from _question(question, [v for v in table.views if v.question == question.id], names)
    yield from _demands(table, names)
    for title, rules in (("exclusions", table.exclusions), ("implications", table.implications)):
        yield from _listed(title, [_given(msgspec.structs.asdict(r)) for r in rules])
    yield from _listed("levers", [_lever(lever, names) for lever in table.levers])
    yield from _listed("left_out", [_given(msgspec.structs.asdict(left)) for left in table.left_out])


def _names(table: Table) -> dict[str, str]:
    """The key of each party: its name where no other party has it as name or id, else its id."""
    taken = [p.name for p in table.parties] + [p.id for p in table.parties if p.id != p.name]
    return {p.id: p.name if taken.count(p.name) == 1 else p.id for p in table.parties}


def _party(party: TableParty, key: str) -> Iterator[tuple[str, str]]:
    if party.id != key:
        yield "id", _scalar(party.id)
    if party.name != key:
        yield "name", _scalar(party.name)
    yield "consent", "yes" if party.consent else "no"
    if party.consent_assumed is not None:
        yield "consent_assumed", _scalar(party.consent_assumed)
    yield "weight", _number(party.weight)
    yield "reservation", _number(party.reservation)


def _question(question: Question, views: list[View], names: dict[str, str]) -> Iterator[str]:
    yield f"  {_scalar(question.id)}:"
    yield f"    text: {_scalar(question.text)}"
    for key, value in (("issue", question.issue), ("unit", question.unit)):
        if value is not None:
            yield f"    {key}: {_scalar(value)}"
    if question.findings:
        yield f"    findings: {_flow(question.findings)}"
    yield "    options:" if question.options else "    options: {}"
    for option in question.options:
        text = _scalar(option.text)
        shown = text if option.point is None else f"{{text: {text}, point: {option.point!r}}}"
        yield f"      {_scalar(option.id)}: {shown}"
    if views:
        yield "    views:"
    for view in views:
        fields = [("stance", _scalar(view.stance))] if view.stance is not None else []
        if view.findings:
            fields.append(("findings", _flow(view.findings)))
        fields.append(("salience", _number(view.salience)))
        yield from _block(names.get(view.party, view.party), 6, fields)
        yield "        values:"
        for option, number in zip(question.options, view.values, strict=True):
            yield f"          {_scalar(option.id)}: {_number(number)}"


def _demands(table: Table, names: dict[str, str]) -> Iterator[str]:
    for title, demands in (("red_lines", table.red_lines), ("conditions", table.conditions)):
        entries = []
        for demand in demands:
            fields = _given(msgspec.structs.asdict(demand))
            fields["party"] = _scalar(names.get(demand.party, demand.party))
            fields["certainty"] = _number(demand.certainty)
            entries.append(fields)
        yield from _listed(title, entries)


def _lever(lever: TableLever, names: dict[str, str]) -> dict[str, str]:
    fields = _given(msgspec.structs.asdict(lever))
    fields["target"] = _scalar(names.get(lever.target, lever.target))
    fields["holder"] = _scalar(names.get(lever.holder, lever.holder))
    fields["reservation_shift"] = _number(lever.reservation_shift)
    fields["salience_shift"] = _number(lever.salience_shift)
    return fields


def _given(fields: dict[str, Any]) -> dict[str, str]:
    """The fields that say something, as YAML: texts and lists of texts."""
    shown = {}
    for key, value in fields.items():
        if isinstance(value, tuple) and value:
            shown[key] = _flow(value)
        elif isinstance(value, str):
            shown[key] = _scalar(value)
        elif isinstance(value, Number):
            shown[key] = _number(value)
    return shown


def _listed(title: str, entries: list[dict[str, str]]) -> Iterator[str]:
    if entries:
        yield f"\n{title}:"
    for fields in entries:
        for i, (key, value) in enumerate(fields.items()):
            yield f"  {'-' if i == 0 else ' '} {key}: {value}"


def _block(key: str, indent: int, fields: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f"{' ' * indent}{_scalar(key)}:"
    for name, value in fields:
        yield f"{' ' * (indent + 2)}{name}: {value}"


def _number(number: Number) -> str:
    parts = []
    if number.low is not None or number.high is not None:
        parts.append(f"range: [{number.least!r}, {number.most!r}]")
    if number.assumed is not None:
        parts.append(f"assumed: {_scalar(number.assumed)}")
    if number.findings:
        parts.append(f"findings: {_flow(number.findings)}")
    return f"{{value: {number.value!r}, {', '.join(parts)}}}" if parts else repr(number.value)


def _flow(texts: Iterable[str]) -> str:
    return "[" + ", ".join(_scalar(t) for t in texts) + "]"


def _scalar(value: object) -> str:
    """One line of YAML for a scalar: bare where it is plain words that YAML takes for text, else in double quotes."""
    if isinstance(value, str) and (not _PLAIN.fullmatch(value) or _reads_as_number(value)):
        return _dump(value, '"')
    shown = _dump(value, None)
    return shown if not isinstance(value, str) or shown == value else _dump(value, '"')


def _reads_as_number(text: str) -> bool:
    """Whether bare words would come back as a number: "0E0" is text to YAML, and a number to who reads a table."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def _dump(value: object, style: str | None) -> str:
    shown = yaml.safe_dump(value, default_style=style, default_flow_style=True, allow_unicode=True, width=10**9)
    return shown.removesuffix("\n").removesuffix("\n...")
