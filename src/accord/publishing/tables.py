"""The layers as tables for people: few columns, in words, each row with a reference to its sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from accord.errors import NotFound
from accord.model.evidence import Span
from accord.model.query import report_days
from accord.model.record import Filter, Record
from accord.model.when import When
from accord.publishing.brief.content import stood
from accord.publishing.brief.days import spoken
from accord.publishing.brief.terminal import render
from accord.publishing.evidence import Sentence
from accord.publishing.names import Names
from accord.publishing.plain import one_line, part, runs, short
from accord.publishing.references import References
from accord.publishing.rows import Row, rows

_WORDS = 150


class Column(msgspec.Struct, frozen=True):
    """A column: its head, what a row says in it, and its share of the width (0: as narrow as its content)."""

    head: str
    says: Callable[[Row], str]
    share: int = 0


def layer_table(
    record: Record, layer: str, where: Filter | None = None, *, width: int = 80, colour: bool = False
) -> str:
    """One layer as a table of at most `width` columns, with the sentence reference of every row."""
    if layer not in _COLUMNS:
        raise NotFound(f"there is no table of {layer!r}; there are {', '.join(_COLUMNS)}")
    references = References(record)
    days = report_days(record)
    names = Names(record)
    found = [_for_people(row, names, days) for row in rows(record, layer, where)]
    if not found:
        return f"No {layer} here.\n"
    columns = [
        *_COLUMNS[layer](references),
        *([Column("Ref", reference(references))] if "evidence" in found[0] else []),
    ]
    return drawn(columns, found, width=width, colour=colour)


def drawn(columns: Sequence[Column], found: Sequence[Row], *, width: int = 80, colour: bool = False) -> str:
    """Rows as a table of at most `width` columns, each cell's lines made safe to show."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False, expand=True)
    for column in columns:
        table.add_column(column.head, ratio=column.share or None, no_wrap=not column.share, overflow="fold")
    for row in found:
        table.add_row(*(Text("\n".join(map(one_line, column.says(row).split("\n")))) for column in columns))
    return render(table, width=width, colour=colour)


def passage_table(found: Sequence[Row], *, width: int = 80, colour: bool = False) -> str:
    """The passages that a search found, the words that answer in bold, each with its reference."""
    if not found:
        return "Nothing in the reports answers this.\n"
    table = Table.grid(padding=(0, 1, 1, 0), expand=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for row in found:
        table.add_row(Text(f"[{row['ref']}]", style="dim"), _marked(row))
    return render(table, width=width, colour=colour)


def sentence_text(sentences: Sequence[Sentence], *, width: int = 80, colour: bool = False) -> str:
    """Sentences between their neighbours, under the report that they come from."""
    parts: list[RenderableType] = []
    for one in sentences:
        said = (one.title or one.source, one.outlet, str(one.published or "no date"), one.url)
        parts.append(Text(f"[{one.ref}] {one_line(', '.join(filter(None, said)))}", style="bold"))
        words = Text(f"… {one_line(one.before)} " if one.before else "", style="dim")
        words.append(one_line(one.sentence), style="not dim bold")
        words.append(f" {one_line(one.after)} …" if one.after else "")
        parts += [words, Text("")]
        if one.items:
            counted = ", ".join(f"{key} ({layer})" for layer, key in one.items)
            parts[-1:] = [Text(f"On it rest: {counted}", style="dim"), Text("")]
    return render(Group(*parts), width=width, colour=colour).rstrip("\n") + "\n"


def _marked(row: Row) -> Text:
    text = Text()
    for words, answers in runs(row["snippet"], row["start"], ((m["start"], m["end"]) for m in row["marks"])):
        text.append(part(words), style="bold" if answers else None)
    return text


def _for_people(row: Row, names: Names, days: dict[str, When]) -> Row:
    """The row with canonical names, so that an actor has one name down the table, with a day if one is known."""
    seen = dict(row)
    for key, value in row.items():
        if key.endswith("_id") and value and names.knows(value):
            seen[key.removesuffix("_id")] = names.name(value)
        elif key.endswith("_ids") and key.removesuffix("_ids") + "s" in row:
            seen[key.removesuffix("_ids") + "s"] = names.names(value)
        elif key == "by_ids":
            seen["by"] = names.names(value)
        elif key in ("history", "claims"):
            seen[key] = [_for_people(inner, names, days) for inner in value]
    if "date" in row:
        when = msgspec.convert(row["date"], When) if row["date"] else When()
        reported = days.get(row["evidence"][0]["report"])
        said = spoken(when) if when.known else f"by {reported.end}" if reported else f"“{short(when.text or '', 14)}”"
        seen["day"] = said if when.text or when.known or reported else ""
    return seen


def _reports(references: References) -> list[Column]:
    def source(row: Row) -> str:
        source: str = row["source"]
        if row["copies"]:
            source += "\ncopies: " + ", ".join(str(references.number(copy)) for copy in row["copies"])
        source += f"\na copy of {references.number(row['copy_of'])}" if row["copy_of"] else ""
        return source + (f"\ndated so: {_why_dated(row, references)}" if row["dating"] else "")

    return [
        Column("No", lambda row: str(references.number(row["id"]))),
        Column("Published", _published),
        Column("Outlet", lambda row: row["outlet"] or "", 2),
        Column("Title", lambda row: row["title"] or "", 4),
        Column("Source", source, 4),
    ]


def _why_dated(row: Row, references: References) -> str:
    """Why a report without a date has one, other reports by their numbers."""
    why = "; ".join(row["dating"]["why"])
    for report in dict.fromkeys(one["report"] for one in row["dating"]["evidence"]):
        why = why.replace(f"report {report}", f"report {references.number(report)}")
    return why


def _published(row: Row) -> str:
    if row["published"] or not row["dating"]:
        return row["published"] or "no date"
    return f"{row['dating']['start']} to\n{row['dating']['end']}?"


def _actors(_: References) -> list[Column]:
    return [
        Column("Name", lambda row: row["name"] + (" (observer)" if row["observer"] else ""), 4),
        Column("Kind", lambda row: row["kind"].replace("-", "\n")),
        Column("Speaks for", lambda row: row["party"] or "", 3),
        Column("Role", lambda row: "; ".join(dict.fromkeys(r["title"] for r in row["roles"] if r["title"])), 3),
        Column("Also called", lambda row: ", ".join(row["aliases"]), 4),
    ]


def _events(_: References) -> list[Column]:
    return [
        Column("Date", _date),
        Column("Type", lambda row: row["type"]),
        Column(
            "Who",
            lambda row: _arrow(row["actors"], row["recipients"]) + (f"\n({row['place']})" if row["place"] else ""),
            5,
        ),
        Column("Status", lambda row: row["status"]),
        Column("Words", _words, 7),
    ]


def _statements(_: References) -> list[Column]:
    return [
        Column("Date", _date),
        Column("Speaker", lambda row: (row["speaker"] or "not named") + _role(row), 3),
        Column("How", lambda row: f"{row['kind']}\n{row['mode']}"),
        Column("What", lambda row: short(row["content"], 300), 8),
    ]


def _positions(_: References) -> list[Column]:
    return [
        Column("Date", _date),
        Column("Party", lambda row: row["party"], 3),
        Column("Proposition", _proposition, 5),
        Column("Stance", lambda row: stood(row["stance"], row["strength"]).replace(" (", "\n(")),
        Column("Words", _words, 6),
    ]


def _proposals(references: References) -> list[Column]:
    def history(row: Row) -> str:
        return "\n".join(
            f"{step['status']} {step['day']} [{reference(references)(step)}]".replace("  ", " ")
            for step in row["history"]
        )

    return [
        Column("Name", lambda row: f"{row['name']}\n({row['kind']})", 4),
        Column("By", lambda row: ", ".join(row["by"]), 3),
        Column("History", history, 5),
    ]


def _levers(_: References) -> list[Column]:
    return [
        Column("Date", _date),
        Column("Holder and target", lambda row: _arrow([row["holder"]], [row["target"]] if row["target"] else []), 4),
        Column("Lever", lambda row: f"{row['instrument']}\n{row['direction']}, {row['status']}", 4),
        Column("Words", _words, 6),
    ]


def _figures(_: References) -> list[Column]:
    return [
        Column("Value", _value),
        Column("Measure", lambda row: row["measure"] + (f"\n({row['unit']})" if row["unit"] else ""), 4),
        Column("Claimed by", lambda row: row["claimed_by"] or "the report", 3),
        Column("Date", _date),
        Column("Words", _words, 6),
    ]


def _discrepancies(references: References) -> list[Column]:
    def claims(row: Row) -> str:
        return "\n".join(
            f"{claim['value']}" + (f", {claim['by']}" if claim["by"] else "") + f" [{reference(references)(claim)}]"
            for claim in row["claims"]
        )

    return [
        Column("Kind", lambda row: row["kind"]),
        Column("About", lambda row: row["about"], 4),
        Column("Claims", claims, 6),
    ]


def reference(references: References) -> Callable[[Row], str]:
    """Says the reference of the first words that a row rests on."""

    def ref(row: Row) -> str:
        first = row["evidence"][0]
        return references.ref(Span(first["report"], first["start"], first["end"]))

    return ref


def _date(row: Row) -> str:
    day: str = row["day"]
    return day.replace(" ", "\n")


def _words(row: Row) -> str:
    return short(row["evidence"][0]["quote"], _WORDS)


def _role(row: Row) -> str:
    return "" if row["role"] == "party" else f"\n({row['role']})"


def _proposition(row: Row) -> str:
    condition = f"\nprovided: {short(row['condition'], 80)}" if row["condition"] else ""
    return f"{row['proposition']}\n({row['issue'].replace('-', ' ')}){condition}"


def _arrow(who: Sequence[str], whom: Sequence[str]) -> str:
    return ", ".join(who or ("somebody",)) + ("\n→ " + ", ".join(whom) if whom else "")


def _value(row: Row) -> str:
    low, high = row["low"], row["high"]
    if low is not None and high is not None:
        return f"{_number(low)} to\n{_number(high)}"
    if low is not None or high is not None:
        return f"at least\n{_number(low)}" if high is None else f"at most\n{_number(high)}"
    return _number(row["value"])


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,g}"


_COLUMNS: dict[str, Callable[[References], list[Column]]] = {
    "reports": _reports,
    "actors": _actors,
    "events": _events,
    "statements": _statements,
    "positions": _positions,
    "proposals": _proposals,
    "levers": _levers,
    "figures": _figures,
    "discrepancies": _discrepancies,
}
