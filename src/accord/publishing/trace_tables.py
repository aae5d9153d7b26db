"""Changes, histories, meetings, judgements and the log of edits as tables for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from accord.model.record import Record
from accord.model.when import When
from accord.publishing.brief.content import stood
from accord.publishing.brief.days import spoken
from accord.publishing.names import Names
from accord.publishing.plain import short
from accord.publishing.references import References
from accord.publishing.rows import Row, plain
from accord.publishing.tables import Column, drawn, reference

_WORDS, _SAID = 150, 90
_NOTHING = {
    "changes": "Nothing changed.",
    "history": "No positions here.",
    "lever-history": "No levers here.",
    "meetings": "No meetings here.",
    "judgements": "Nothing was judged to be one with another here.",
    "edits": "Nobody has edited this record.",
}
_SHIFTED = {"stance": "STANCE", "strength": "STRENGTH", "condition": "CONDITION"}


def trace_table(
    record: Record, some: Iterable[msgspec.Struct], word: str, *, width: int = 80, colour: bool = False
) -> str:
    """The rows of one of `accord.publishing.trace_forms.TRACES` as a table of at most `width` columns."""
    found = plain(some)
    if not found:
        return f"{_NOTHING[word]}\n"
    _group(found, _GROUPED.get(word, ()))
    if word == "edits":
        _name(found, Names(record))
    columns = _COLUMNS[word](References(record))
    return drawn(columns, found, width=width, colour=colour)


def _group(found: Sequence[Row], keys: Sequence[str]) -> None:
    """Mark the rows that begin a group, so that what a group shares is shown once."""
    before: Any = None
    for row in found:
        group = tuple(str(row[key]) for key in keys)
        row["first"] = not keys or group != before
        before = group


def _name(found: Sequence[Row], names: Names) -> None:
    """Put names for the ids of actors among the new values of fields."""
    for row in found:
        for field, value in row["fields"].items():
            if isinstance(value, str):
                row["fields"][field] = names.name(value)
            elif isinstance(value, list) and all(isinstance(one, str) for one in value):
                row["fields"][field] = list(names.names(value))


def _changes(references: References) -> list[Column]:
    return [
        Column("Change", lambda row: row["change"]),
        Column("Layer", lambda row: row["layer"]),
        Column("Date", _day),
        Column("What", lambda row: row["text"], 1),
        Column("Ref", _refs(references)),
    ]


def _history(references: References) -> list[Column]:
    def stance(row: Row) -> str:
        shifts = "".join(f"\n≠ {_SHIFTED[shift]}" for shift in row["shifts"])
        condition = f"\nprovided: {short(row['condition'], 60)}" if row["condition"] else ""
        return stood(row["stance"], row["strength"]).replace(" (", "\n(") + condition + shifts

    def matter(row: Row) -> str:
        return f"{row['party']}:\n{row['proposition']}\n({row['issue'].replace('-', ' ')})"

    return [
        Column("Party and proposition", _once(matter), 5),
        Column("Date", _day),
        Column("Stance", stance, 3),
        Column("Words", _words, 6),
        Column("Ref", reference(references)),
    ]


def _levers(references: References) -> list[Column]:
    def lever(row: Row) -> str:
        return f"{row['holder']}\n→ {row['target'] or 'nobody named'}\n{row['instrument']}, {row['direction']}"

    return [
        Column("Lever", _once(lever), 5),
        Column("Date", _day),
        Column("Status", lambda row: row["status"]),
        Column("Words", _words, 6),
        Column("Ref", reference(references)),
    ]


def _meetings(references: References) -> list[Column]:
    return [
        Column("Between", _once(lambda row: "\n".join(row["parties"])), 3),
        Column("Date", _day),
        Column("Place", lambda row: row["place"] or "", 2),
        Column("Words", _words, 6),
        Column("Ref", reference(references)),
    ]


def _judgements(references: References) -> list[Column]:
    def says(side: str) -> Callable[[Row], str]:
        def say(row: Row) -> str:
            found = row[f"{side}_evidence"]
            ref = f" [{reference(references)({'evidence': [found]})}]" if found else ""
            return f"{row[side]}\n{short(row[f'{side}_says'], _SAID)}{ref}"

        return say

    def held(row: Row) -> str:
        who = row["by"] if row["at"] else f"the rule for {row['by']}"
        likeness = f" ({row['likeness']:.2f})" if row["likeness"] is not None else ""
        when = f"\n{_time(row['at'])}" if row["at"] else ""
        why = f"\n{row['why']}" if row["why"] else ""
        return f"{who}{likeness}{when}{why}" + ("\nwithdrawn" if row["withdrawn"] else "")

    return [
        Column("Verdict", lambda row: row["verdict"]),
        Column("One", says("one"), 4),
        Column("Other", says("other"), 4),
        Column("Held by", held, 3),
    ]


def _edits(_: References) -> list[Column]:
    def did(row: Row) -> str:
        fields = {name: value for name, value in row["fields"].items() if name not in ("evidence", "from")}
        shown = "".join(f"\n{name} = {short(_plainly(value), 60)}" for name, value in fields.items())
        return f"{row['action']} {row['layer']}{shown}" + ("" if row["stands"] else "\n(undone)")

    def about(row: Row) -> str:
        told = [f"{short(words, 80)}" for words in row["about"]]
        told += [f"! {reason}" for reason in row["unapplied"]]
        return "\n".join(told)

    return [
        Column("Edit", lambda row: f"{row['id']}\n{_time(row['at'])}"),
        Column("Who and why", lambda row: row["author"] + (f"\n{row['reason']}" if row["reason"] else ""), 3),
        Column("Did", did, 4),
        Column("To", about, 5),
    ]


def _once(says: Callable[[Row], str]) -> Callable[[Row], str]:
    """Says it on the first row of a group alone."""
    return lambda row: says(row) if row["first"] else ""


def _refs(references: References) -> Callable[[Row], str]:
    def refs(row: Row) -> str:
        each = [reference(references)({"evidence": [one]}) for one in row["evidence"]]
        return "\n".join(dict.fromkeys(each[:4]))

    return refs


def _day(row: Row) -> str:
    when = msgspec.convert(row["date"], When) if row["date"] else When()
    return spoken(when).replace(" ", "\n") if when.known else short(when.text or "", 14)


def _words(row: Row) -> str:
    return short(row["evidence"][0]["quote"], _WORDS)


def _time(at: str) -> str:
    """A time to the minute."""
    return at[:16].replace("T", " ")


def _plainly(value: Any) -> str:
    """A new value of a field as people would write it."""
    if value is None:
        return "none"
    if isinstance(value, list):
        return "; ".join(map(_plainly, value))
    if isinstance(value, dict):
        if value.keys() <= {"start", "end", "text"}:
            return spoken(msgspec.convert(value, When)) or "no day"
        return str(value.get("status") or msgspec.json.encode(value).decode())
    return str(value)


_GROUPED: dict[str, tuple[str, ...]] = {
    "history": ("party_id", "proposition_id"),
    "lever-history": ("holder_id", "target_id", "instrument", "direction"),
    "meetings": ("party_ids",),
}
_COLUMNS: dict[str, Callable[[References], list[Column]]] = {
    "changes": _changes,
    "history": _history,
    "lever-history": _levers,
    "meetings": _meetings,
    "judgements": _judgements,
    "edits": _edits,
}
