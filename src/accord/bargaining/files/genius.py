"""GENIUS domain and preference files, as GENIUS, NegMAS and their kin read them.

Lin et al. (2014), "Genius: an integrated environment for supporting the design of generic automated negotiators",
Computational Intelligence 30. A preference file holds an evaluation an option, a weight a question, and a reservation
value. Tools divide evaluations by the question's largest; so each weight carries that largest value and evaluations
are written divided by it, which leaves utilities as they are. What the form cannot say is listed in `lost`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

import msgspec
import numpy as np

from accord.bargaining.arrays import UNIT, Arrays, compile_table
from accord.bargaining.zone import acceptable
from accord.errors import ExportError, TableError
from accord.model.table import Number, Option, Question, Table, TableParty, View


class GeniusFiles(msgspec.Struct, frozen=True, kw_only=True):
    """A domain, one preference file a party (by party id, in table order), and what could not be written."""

    domain: str
    preferences: tuple[tuple[str, str], ...]
    lost: tuple[str, ...] = ()


def to_genius(table: Table, *, acceptable_only: bool = True) -> GeniusFiles:
    """The table as GENIUS files. With `acceptable_only`, options that a red line refuses are left out of the domain.

    Raises TableError when the table breaks a rule, ExportError when red lines leave a question without an option.
    """
    arrays = compile_table(table)
    allowed = acceptable(arrays) if acceptable_only else [np.arange(n) for n in arrays.sizes]
    closed = [q.id for q, a in zip(table.questions, allowed, strict=True) if not len(a)]
    if closed:
        raise ExportError(
            f"export to GENIUS: every question must keep an option; red lines refuse all of {', '.join(closed)}: "
            "write the table with refused options (acceptable_only=False), or relax a red line"
        )
    domain = Xml.Element("negotiation_template")
    space = Xml.SubElement(domain, "utility_space", number_of_issues=str(len(table.questions)))
    _objective(space, table, allowed, None)
    preferences = tuple(
        (p.id, _text(_preferences(arrays, allowed, i, p.reservation.value))) for i, p in enumerate(table.parties)
    )
    return GeniusFiles(domain=_text(domain), preferences=preferences, lost=_lost(table, acceptable_only))


def _lost(table: Table, acceptable_only: bool) -> tuple[str, ...]:
    lost = []
    if table.red_lines and not acceptable_only:
        lost.append(f"{len(table.red_lines)} red lines: refused options can be chosen in the files")
    if table.red_lines and acceptable_only:
        lost.append("who refuses what: options that a red line refuses are left out")
    for name, rules in (
        ("conditions", table.conditions),
        ("exclusions", table.exclusions),
        ("implications", table.implications),
        ("levers", table.levers),
    ):
        if rules:
            lost.append(f"{len(rules)} {name}")
    if any(not p.consent for p in table.parties):
        lost.append("who need not consent")
    return (*lost, "findings, ranges and assumptions")


@dataclass(frozen=True)
class _Worth:
    """One party's numbers for the files: evaluations by question and a weight a question."""

    evaluations: list[list[float]]
    weights: list[float]


def _preferences(arrays: Arrays, allowed: Sequence[np.ndarray], party: int, reservation: float) -> Xml.Element:
    parts = [w[party, a] / UNIT for w, a in zip(arrays.worth, allowed, strict=True)]
    weights = [float(p.max()) for p in parts]
    evaluations = [
        list(map(float, p / top if top > 0 else np.ones(len(p)))) for p, top in zip(parts, weights, strict=True)
    ]
    space = Xml.Element("utility_space", type="any", number_of_issues=str(len(parts)))
    _objective(space, arrays.table, allowed, _Worth(evaluations, weights))
    Xml.SubElement(space, "discount_factor", value="1.0")
    Xml.SubElement(space, "reservation", value=repr(reservation))
    return space


def _objective(space: Xml.Element, table: Table, allowed: Sequence[np.ndarray], worth: _Worth | None) -> None:
    objective = Xml.SubElement(
        space, "objective", index="0", etype="objective", type="objective", description="", name=table.title or "table"
    )
    for number, (question, options) in enumerate(zip(table.questions, allowed, strict=True), start=1):
        issue = Xml.SubElement(
            objective, "issue", index=str(number), name=question.id, etype="discrete", type="discrete", vtype="discrete"
        )
        for place, option in enumerate(options):
            item = Xml.SubElement(issue, "item", index=str(place + 1), value=question.options[option].id)
            item.set("description", question.options[option].text)
            if worth is not None:
                item.set("evaluation", repr(worth.evaluations[number - 1][place]))
    if worth is not None:
        for number, weight in enumerate(worth.weights, start=1):
            Xml.SubElement(objective, "weight", index=str(number), value=repr(weight))


def _text(element: Xml.Element) -> str:
    Xml.indent(element)
    return Xml.tostring(element, encoding="unicode") + "\n"


def from_genius(domain: str, preferences: Mapping[str, str]) -> Table:
    """The table of a domain and its preference files (by party name). Discount factors are ignored.

    Raises TableError where a file is not what it should be, naming the file and what is missing.
    """
    questions = tuple(_issue(issue) for issue in _parse("domain", domain).iter("issue"))
    parties, views = [], []
    for name, text in preferences.items():
        party, some = _party(name, text, questions)
        parties.append(party)
        views.extend(some)
    return Table(title="GENIUS domain", parties=tuple(parties), questions=questions, views=tuple(views))


def _parse(name: str, text: str) -> Xml.Element:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise TableError(f"GENIUS file {name}: must not declare entities or a document type; remove the declaration")
    try:
        return Xml.fromstring(text)
    except Xml.ParseError as problem:
        raise TableError(f"GENIUS file {name}: not XML: {problem}") from problem


def _issue(issue: Xml.Element) -> Question:
    options = tuple(
        Option(id=item.get("value", ""), text=item.get("description") or item.get("value", "") or "")
        for item in issue.iter("item")
    )
    return Question(id=issue.get("name", ""), text=issue.get("name", ""), options=options)


def _party(name: str, text: str, questions: tuple[Question, ...]) -> tuple[TableParty, list[View]]:
    root = _parse(name, text)
    weights = {w.get("index"): _number(name, "weight", w.get("value")) for w in root.iter("weight")}
    reservation = root.find("reservation")
    floor = _number(name, "reservation", reservation.get("value")) if reservation is not None else 0.0
    views = []
    issues = {issue.get("name"): issue for issue in root.iter("issue")}
    scale = 0.0
    for question in questions:
        issue = issues.get(question.id)
        if issue is None:
            raise TableError(f"GENIUS file {name}: must have the issue {question.id!r} of the domain; it has not")
        given = {
            i.get("value"): _number(name, f"evaluation in {question.id}", i.get("evaluation"))
            for i in issue.iter("item")
        }
        missing = [o.id for o in question.options if o.id not in given]
        if missing:
            raise TableError(f"GENIUS file {name}: issue {question.id!r} must evaluate {', '.join(missing)}")
        top = max(given.values()) or 1.0
        weight = weights.get(issue.get("index"), 0.0)
        scale += weight
        values = tuple(Number(given[o.id] / top) for o in question.options)
        views.append(View(party=name, question=question.id, salience=Number(weight), values=values))
    rest = max(0.0, floor / scale if scale > 0 else floor)
    if rest > 1 + 1e-9:
        raise TableError(
            f"GENIUS file {name}: the reservation {floor:g} must be within reach; the best package is {scale:g}"
        )
    return TableParty(id=name, name=name, reservation=Number(min(1.0, rest))), views


def _number(name: str, what: str, text: str | None) -> float:
    try:
        return float(text or "")
    except ValueError:
        raise TableError(f"GENIUS file {name}: {what} must be a number; got {text!r}") from None
