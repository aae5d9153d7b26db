"""The rows that a record is made from, each proved by its digest, by its id, or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from accord.errors import AccordError
from accord.model.edit import Edit
from accord.model.ids import text_digest
from accord.model.neighbour import Neighbour
from accord.model.reading import Reading
from accord.model.report import Report, Skipped
from accord.model.scenario import Scenario
from accord.record.care.carving import Row, carve
from accord.record.care.pages import Pages
from accord.record.checking import checked
from accord.record.tables import digest_of

_COLUMNS = {
    "report": ("id", "body", "digest"),
    "reading": ("report", "reader", "digest", "failed", "body"),
    "edit": ("id", "body", "digest"),
    "neighbour": ("id", "body", "digest"),
}
_report = msgspec.msgpack.Decoder(Report)
_reading = msgspec.msgpack.Decoder(Reading)
_edit = msgspec.msgpack.Decoder(Edit)
_neighbour = msgspec.msgpack.Decoder(Neighbour)


class Trouble(msgspec.Struct, frozen=True, order=True):
    """Something that is not as it was written: of which part of a record, and what."""

    part: str
    what: str


class Rows(msgspec.Struct):
    """What a record is made from, as far as it is as it was written, in its order; and what is not."""

    reports: dict[str, Report] = {}
    readings: list[Reading] = []
    edits: list[Edit] = []
    skipped: list[Skipped] = []
    scenarios: tuple[Scenario, ...] = ()
    neighbours: list[Neighbour] = []
    troubles: list[Trouble] = []

    def unread(self) -> list[str]:
        """The ids of reports without a reading."""
        read = {reading.report for reading in self.readings}
        return [i for i in self.reports if i not in read]


def opened(path: Path, *, write: bool = False) -> sqlite3.Connection:
    """A connection to the file as it is: nothing is brought up to date.

    One that only looks leaves no file behind: where there is no log, nobody writes, and it needs none either.
    """
    how = "mode=rw" if write else "mode=ro" if Path(f"{path}-wal").exists() else "immutable=1"
    found = sqlite3.connect(f"file:{quote(str(path.resolve()))}?{how}", uri=True, timeout=30)
    found.isolation_level = None
    return found


def asked_rows(connection: sqlite3.Connection) -> Rows:
    """The rows as SQLite gives them. Raises sqlite3.Error where it cannot."""
    some: dict[str, list[tuple[Any, ...]]] = {}
    for name, columns in _COLUMNS.items():
        there = {row[1] for row in connection.execute(f"PRAGMA table_info({name})")}
        if not there:
            some[name] = []  # a form of before it
            continue
        asked = ", ".join(column if column in there else f"NULL AS {column}" for column in columns)
        some[name] = connection.execute(f"SELECT {asked} FROM {name} ORDER BY number").fetchall()
    skipped = connection.execute("SELECT source, line, reason FROM skipped").fetchall()
    meta = connection.execute("SELECT key, value FROM meta WHERE key LIKE 'scenarios%'").fetchall()
    return _proved(some["report"], some["reading"], some["edit"], some["neighbour"], skipped, meta)


def carved_rows(path: Path) -> Rows:
    """The rows as they are found on the pages of a file, whatever its trees say."""
    found: dict[str, list[Row]] = {name: [] for name in (*_COLUMNS, "skipped", "meta")}
    with Pages(path) as pages:
        for row in carve(pages):
            name = _table_of(row[1])
            if name:
                found[name].append(row)
    ordered = {name: [values for _, values in sorted(rows, key=_number)] for name, rows in found.items()}
    return _proved(
        [(v[1], v[2], v[3] if len(v) > 3 else None) for v in ordered["report"]],
        [v[1:] for v in ordered["reading"]],
        [(v[1], v[2], v[3] if len(v) > 3 else None) for v in ordered["edit"]],
        [(v[1], v[5], v[6]) for v in ordered["neighbour"]],
        ordered["skipped"],
        ordered["meta"],
    )


def _number(row: Row) -> int:
    return row[0]


def _table_of(values: tuple[Any, ...]) -> str | None:
    """The table that a row is of, by its form."""
    kinds = tuple(type(value) for value in values)
    if kinds[:3] == (type(None), str, bytes) and len(kinds) in (3, 4):
        return {"re-": "report", "ed-": "edit"}.get(values[1][:3])
    if kinds[:4] == (type(None), str, str, str) and len(kinds) == 6 and kinds[5] is bytes:
        return "reading" if values[1].startswith("re-") else None
    if kinds[:3] == (type(None), str, str) and kinds[4:] == (str, bytes, str):
        return "neighbour"
    if kinds == (str, int, str):
        return "skipped"
    return "meta" if kinds == (str, str) and values[0].startswith("scenarios") else None


def _proved(
    reports: Iterable[Any],
    readings: Iterable[Any],
    edits: Iterable[Any],
    neighbours: Iterable[Any],
    skipped: Iterable[Any],
    meta: Iterable[Any],
) -> Rows:
    rows = Rows()
    for key, body, digest in reports:
        report = _whole("report", key, body, digest, _report.decode, _same_report, rows.troubles)
        if report is not None:
            rows.reports[report.id] = report
    kept: dict[tuple[str, str], Reading] = {}
    for key, reader, digest, failed, body in readings:
        reading = _whole("reading", key, body, digest, _reading.decode, _any, rows.troubles)
        if reading is None:
            continue
        problem = _problem(reading, (key, reader, failed), rows.reports)
        if problem:
            rows.troubles.append(Trouble("reading", problem))
        else:
            kept.pop((reading.report, reading.reader), None)
            kept[reading.report, reading.reader] = reading
    rows.readings = list(kept.values())
    made: dict[str, Edit] = {}
    for key, body, digest in edits:
        edit = _whole("edit", key, body, digest, _edit.decode, _same_edit, rows.troubles)
        if edit is not None:
            made[edit.id] = edit
    rows.edits = list(made.values())
    beside: dict[str, Neighbour] = {}
    for key, body, digest in neighbours:
        neighbour = _whole("neighbour", key, body, digest or "", _neighbour.decode, _same_id, rows.troubles)
        if neighbour is not None:
            beside[neighbour.id] = neighbour
    rows.neighbours = list(beside.values())
    rows.skipped = sorted({Skipped(source=s, line=line or None, reason=why) for s, line, why in skipped}, key=_place)
    rows.scenarios = _scenarios(list(meta), rows.troubles)
    rows.troubles.sort()
    return rows


def _place(one: Skipped) -> tuple[str, int, str]:
    return one.source, one.line or 0, one.reason


def _whole(
    kind: str,
    key: str,
    body: bytes,
    digest: str | None,
    decode: Callable[[bytes], Any],
    same: Callable[[Any, str], bool],
    troubles: list[Trouble],
) -> Any:
    """What a row holds, or None where it is not what was written, which is noted."""
    found = None
    try:
        found = decode(body)
        proved = same(found, key) and (digest == digest_of(body) or (digest is None and same is not _any))
    except (msgspec.MsgspecError, AccordError, RecursionError, ValueError, TypeError):
        proved = False
    if proved:
        return found
    of = "of report " if kind == "reading" else ""
    source = f" (it was read from {found.source})" if isinstance(found, Report) else ""
    troubles.append(Trouble(kind, f"{of}{key!s:.40} is not as it was written{source}"))
    return None


def _same_report(found: Report, key: str) -> bool:
    again = Report.make(
        found.text, found.source, title=found.title, outlet=found.outlet, published=found.published, url=found.url
    )
    return found.id == again.id == key


def _same_edit(found: Edit, key: str) -> bool:
    again = Edit.make(
        found.action,
        found.layer,
        found.items,
        author=found.author,
        at=found.at,
        fields=found.fields,
        reason=found.reason,
    )
    return found.id == again.id == key


def _same_id(found: Neighbour, key: str) -> bool:
    return found.id == key


def _any(found: Any, key: str) -> bool:
    return bool(found.report == key)


def _problem(reading: Reading, beside: tuple[Any, ...], reports: dict[str, Report]) -> str | None:
    """Why a reading that is as it was written cannot be kept, or None."""
    if (reading.report, reading.reader, reading.failed) != beside:
        return f"of report {reading.report} by {reading.reader} is noted as another"
    if reading.report not in reports:
        return f"of report {reading.report} by {reading.reader}: the report is lost"
    try:
        checked(reports[reading.report], reading)
    except AccordError as problem:
        return f"of report {reading.report} by {reading.reader}: {problem}"
    return None


def _scenarios(meta: list[tuple[str, str]], troubles: list[Trouble]) -> tuple[Scenario, ...]:
    kept = [value for key, value in meta if key == "scenarios"]
    digests = {value for key, value in meta if key == "scenarios-digest"}
    for value in reversed(kept):
        if not digests or text_digest(value) in digests:
            try:
                return msgspec.json.decode(value, type=tuple[Scenario, ...])
            except msgspec.MsgspecError:
                continue
    if kept or digests:
        troubles.append(Trouble("scenarios", "the list of scenarios is not as it was written"))
    return ()
