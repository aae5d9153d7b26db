"""Rows of a record in and out, each function within the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
import sqlalchemy as sa

from accord.errors import RecordError
from accord.model.edit import Edit
from accord.model.ids import content_id, text_digest
from accord.model.reading import Reading
from accord.model.report import Report, Skipped
from accord.model.scenario import Scenario
from accord.record import schema, search

_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_report = msgspec.msgpack.Decoder(Report)
_reading = msgspec.msgpack.Decoder(Reading)
_edit = msgspec.msgpack.Decoder(Edit)


def digest_of(body: bytes) -> str:
    """The digest that is kept beside a row's body."""
    return text_digest(body.hex())


def damaged(what: str) -> RecordError:
    """What is said of a row that is not as it was written."""
    return RecordError(
        f"the record is damaged: {what} must be as it was written, and is not; "
        "`accord doctor NAME.accord` tells what can be saved"
    )


def _proving(table: sa.Table) -> sa.Select[Any]:
    """The bodies of a table with what proves them."""
    return sa.select(table.c.body, table.c.digest, (table.c.report if table is schema.reading else table.c.id))


def _proved(kind: str, row: Any) -> bytes:
    """The body of a row. Raises RecordError where it is not what was written."""
    body: bytes = row[0]
    if not isinstance(body, bytes) or row[1] != digest_of(body):
        raise damaged(f"the reading of report {row[2]}" if kind == "reading" else f"{kind} {row[2]}")
    return body


def _next(table: sa.Table) -> sa.ScalarSelect[int]:
    """The number after the last: whoever writes has the record for itself, and no database numbers otherwise."""
    return sa.select(sa.func.coalesce(sa.func.max(table.c.number), 0) + 1).scalar_subquery()


def put_report(connection: sa.Connection, report: Report) -> None:
    """Keep a report and its words, unless it is there."""
    known = connection.execute(sa.select(schema.report.c.id).where(schema.report.c.id == report.id)).first()
    if known is None:
        body = _encode(report)
        row = {"number": _next(schema.report), "id": report.id, "body": body, "digest": digest_of(body)}
        connection.execute(schema.report.insert().values(row))
        search.index(connection, report)


def get_report(connection: sa.Connection, report_id: str) -> Report:
    """One report."""
    query = _proving(schema.report).where(schema.report.c.id == report_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise damaged(f"report {report_id}")
    return _report.decode(_proved("report", row))


def all_reports(connection: sa.Connection) -> tuple[Report, ...]:
    """All reports, in the order in which they came in."""
    query = _proving(schema.report).order_by(schema.report.c.number)
    return tuple(_report.decode(_proved("report", row)) for row in connection.execute(query))


def has_reading(connection: sa.Connection, report_id: str, reader: str) -> bool:
    """Whether there is a reading of this report by this reader."""
    table = schema.reading.c
    query = sa.select(table.number).where(table.report == report_id, table.reader == reader)
    return connection.execute(query).first() is not None


def put_reading(connection: sa.Connection, reading: Reading) -> None:
    """Keep a reading, which from now on is the one of its report that counts."""
    body = _encode(reading)
    row = {
        "number": _next(schema.reading),
        "report": reading.report,
        "reader": reading.reader,
        "failed": reading.failed,
    }
    connection.execute(schema.reading.insert().values({**row, "digest": digest_of(body), "body": body}))


def get_reading(connection: sa.Connection, number: int) -> Reading:
    """One reading by its number."""
    query = _proving(schema.reading).where(schema.reading.c.number == number)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise damaged(f"reading {number}")
    return _reading.decode(_proved("reading", row))


def _counting() -> sa.Select[tuple[int]]:
    return sa.select(sa.func.max(schema.reading.c.number)).group_by(schema.reading.c.report)


def counting(connection: sa.Connection) -> dict[str, int]:
    """For each report the number of the reading that counts."""
    table = schema.reading.c
    query = sa.select(table.report, table.number).where(table.number.in_(_counting())).order_by(table.report)
    return {row.report: row.number for row in connection.execute(query)}


def readings(connection: sa.Connection, reader: str | None) -> tuple[Reading, ...]:
    """The readings by one reader, or of each report the one that counts; in the order in which they came in."""
    table = schema.reading.c
    narrow = table.number.in_(_counting()) if reader is None else table.reader == reader
    query = _proving(schema.reading).where(narrow).order_by(table.number)
    return tuple(_reading.decode(_proved("reading", row)) for row in connection.execute(query))


def failures(connection: sa.Connection) -> list[tuple[str, str]]:
    """The reports whose counting reading failed, and why."""
    table = schema.reading.c
    query = sa.select(table.report, table.failed).where(table.number.in_(_counting()), table.failed.is_not(None))
    return [(row.report, row.failed) for row in connection.execute(query)]


def readers(connection: sa.Connection) -> tuple[str, ...]:
    """All readers by fingerprint, the one whose last reading is the latest last."""
    table = schema.reading.c
    query = sa.select(table.reader).group_by(table.reader).order_by(sa.func.max(table.number))
    return tuple(connection.execute(query).scalars())


def prefer(connection: sa.Connection, reader: str) -> int:
    """Number one reader's readings after all others; answer how many there are."""
    table = schema.reading
    last = connection.execute(sa.select(sa.func.coalesce(sa.func.max(table.c.number), 0))).scalar_one()
    query = sa.select(table.c.number).where(table.c.reader == reader).order_by(table.c.number)
    numbers = list(connection.execute(query).scalars())
    for i, number in enumerate(numbers, 1):
        connection.execute(table.update().where(table.c.number == number).values(number=last + i))
    return len(numbers)


def put_skipped(connection: sa.Connection, skipped: Iterable[Skipped]) -> None:
    """Keep what was not read; what is there already stays as it is."""
    rows = [{"source": s.source, "line": s.line or 0, "reason": s.reason} for s in skipped]
    if rows:
        known = "INSERT INTO skipped (source, line, reason) VALUES (:source, :line, :reason) ON CONFLICT DO NOTHING"
        connection.execute(sa.text(known), rows)


def forget_skipped(connection: sa.Connection, source: str) -> None:
    """Leave out what was noted of a source."""
    connection.execute(schema.skipped.delete().where(schema.skipped.c.source == source))


def all_skipped(connection: sa.Connection) -> tuple[Skipped, ...]:
    """What was not read, and why."""
    rows = connection.execute(sa.select(schema.skipped))
    # put in order here, since databases do not agree on which of two texts comes first
    ordered = sorted((row.source, row.line, row.reason) for row in rows)
    return tuple(Skipped(source=source, line=line or None, reason=reason) for source, line, reason in ordered)


def put_edits(connection: sa.Connection, edits: Iterable[Edit]) -> None:
    """Append edits to the log."""
    for edit in edits:
        body = _encode(edit)
        row = {"number": _next(schema.edit), "id": edit.id, "body": body, "digest": digest_of(body)}
        connection.execute(schema.edit.insert().values(row))


def all_edits(connection: sa.Connection) -> tuple[Edit, ...]:
    """The whole log, in the order in which it was written."""
    query = _proving(schema.edit).order_by(schema.edit.c.number)
    return tuple(_edit.decode(_proved("edit", row)) for row in connection.execute(query))


def get_meta(connection: sa.Connection, key: str) -> str | None:
    """A note of the file about itself."""
    return connection.execute(sa.select(schema.meta.c.value).where(schema.meta.c.key == key)).scalar()


def set_meta(connection: sa.Connection, key: str, value: str) -> None:
    """Set a note of the file about itself."""
    note = "INSERT INTO meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    connection.execute(sa.text(note), {"key": key, "value": value})


def scenarios(connection: sa.Connection) -> tuple[Scenario, ...]:
    """What-ifs that are kept under a name."""
    kept = get_meta(connection, "scenarios")
    if kept and get_meta(connection, "scenarios-digest") not in (None, text_digest(kept)):
        raise damaged("the list of scenarios")
    return msgspec.json.decode(kept, type=tuple[Scenario, ...]) if kept else ()


def put_scenarios(connection: sa.Connection, some: tuple[Scenario, ...]) -> None:
    """Keep these, and no others."""
    kept = msgspec.json.encode(some).decode()
    set_meta(connection, "scenarios", kept)
    set_meta(connection, "scenarios-digest", text_digest(kept))


def merged_readings(connection: sa.Connection) -> dict[str, int]:
    """For each report the number of the reading that is in the shelves."""
    return {row.report: row.reading for row in connection.execute(sa.select(schema.merged))}


def note_merged(connection: sa.Connection, out: Iterable[str], put: Iterable[tuple[str, int]]) -> None:
    """Note which readings were taken out of the shelves and put into them."""
    gone = [{"report": i} for i in out]
    if gone:
        connection.execute(sa.text("DELETE FROM merged WHERE report = :report"), gone)
    rows = [{"report": i, "reading": number} for i, number in put]
    if rows:
        note = (
            "INSERT INTO merged (report, reading) VALUES (:report, :reading) "
            "ON CONFLICT (report) DO UPDATE SET reading = excluded.reading"
        )
        connection.execute(sa.text(note), rows)


def forget_merged(connection: sa.Connection) -> None:
    """Empty the shelves, so that everything is merged anew."""
    connection.execute(schema.shelf.delete())
    connection.execute(schema.merged.delete())
    connection.execute(schema.meta.delete().where(schema.meta.c.key == "merged"))


def digest(connection: sa.Connection, recipe: str) -> str:
    """A digest of all that the merged record is made from, and of how."""
    table = schema.reading.c
    query = sa.select(table.report, table.digest).where(table.number.in_(_counting())).order_by(table.report)
    edits = sorted(map(str, connection.execute(sa.select(schema.edit.c.id)).scalars()))
    rows = [tuple(row) for row in connection.execute(query)]
    skipped = [(s.source, s.line, s.reason) for s in all_skipped(connection)]
    return content_id("dg", recipe, rows, edits, skipped)
