"""Rows of files that users brought, kept beside the record: each function within the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

import msgspec
import sqlalchemy as sa

from accord.model.ids import content_id, text_digest
from accord.model.neighbour import Brought, Neighbour
from accord.record import schema, tables

_MANY = 500  # rows that are compared with those there at once
_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_neighbour = msgspec.msgpack.Decoder(Neighbour)


def put(connection: sa.Connection, some: Iterable[Neighbour]) -> Brought:
    """Keep neighbours: what is there already stays, what has the key of another of its data set takes its place."""
    added = changed = known = 0
    rest = iter(some)
    while batch := list(islice(rest, _MANY)):
        fresh = {one.id: one for one in batch}
        there = _column(connection, schema.neighbour.c.id, schema.neighbour.c.id.in_(fresh))
        new = [one for i, one in fresh.items() if i not in there]
        latest = {(one.dataset, one.key): one for one in fresh.values() if one.key is not None}
        new = [one for one in new if one.key is None or latest[one.dataset, one.key] is one]
        old = _replaced(connection, new)
        remove(connection, old)
        last = connection.execute(sa.select(sa.func.coalesce(sa.func.max(schema.neighbour.c.number), 0))).scalar_one()
        if new:
            connection.execute(schema.neighbour.insert(), [_row(n, one) for n, one in enumerate(new, last + 1)])
        changed += len(old)
        added += len(new) - len(old)
        known += len(batch) - len(new)
    return Brought(added=added, changed=changed, known=known)


def _replaced(connection: sa.Connection, new: Sequence[Neighbour]) -> list[str]:
    """The ids of those whose place these take."""
    table = schema.neighbour.c
    found: list[str] = []
    for dataset in dict.fromkeys(one.dataset for one in new):
        keys = [one.key for one in new if one.dataset == dataset and one.key is not None]
        found += sorted(_column(connection, table.id, table.dataset == dataset, table.key.in_(keys)))
    return found


def _row(number: int, one: Neighbour) -> dict[str, object]:
    body = _encode(one)
    row = {"number": number, "id": one.id, "dataset": one.dataset, "key": one.key, "file": one.file}
    return {**row, "body": body, "digest": text_digest(body.hex())}


def _column(connection: sa.Connection, column: sa.Column[str], *where: sa.ColumnElement[bool]) -> set[str]:
    return set(connection.execute(sa.select(column).where(*where)).scalars())


def every(connection: sa.Connection) -> tuple[Neighbour, ...]:
    """All neighbours, in time. Raises RecordError where one is not as it was written."""
    table = schema.neighbour.c
    found = []
    for key, body, digest in connection.execute(sa.select(table.id, table.body, table.digest)):
        if digest != text_digest(body.hex()):
            raise tables.damaged(f"neighbour {key}")
        found.append(_neighbour.decode(body))
    return tuple(sorted(found, key=lambda one: one.order))


def remove(connection: sa.Connection, ids: Iterable[str]) -> int:
    """Forget these neighbours; answer how many there were."""
    table = schema.neighbour
    rest, gone = iter(ids), 0
    while some := list(islice(rest, _MANY)):
        gone += connection.execute(table.delete().where(table.c.id.in_(some))).rowcount
    return gone


def digest(connection: sa.Connection) -> str:
    """A digest of all neighbours; empty where there are none."""
    ids = sorted(connection.execute(sa.select(schema.neighbour.c.id)).scalars())
    return content_id("ns", ids) if ids else ""
