"""The tables of a record, and the ordered migrations that make them."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from accord.model.ids import text_digest
from accord.record.fulltext import full_text
from accord.record.nearness.vectors import vector

APPLICATION_ID = 0x41636472  # "Acdr": tells a record from any other SQLite file

metadata = sa.MetaData()

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
report = sa.Table(
    "report",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),  # in the order in which they came in
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("digest", sa.Text),  # of the body, so that a fault of the disk does not pass for what was written
)
reading = sa.Table(
    "reading",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),  # of a report's readings, the one with the highest counts
    sa.Column("report", sa.Text, sa.ForeignKey("report.id"), nullable=False),
    sa.Column("reader", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("failed", sa.Text),  # why the reader had to give the report up
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.UniqueConstraint("report", "reader"),
)
edit = sa.Table(
    "edit",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("digest", sa.Text),
)
skipped = sa.Table(
    "skipped",
    metadata,
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("line", sa.Integer, primary_key=True),  # 0 for the whole file
    sa.Column("reason", sa.Text, primary_key=True),
)
merged = sa.Table(  # which reading of each report is in the shelves
    "merged",
    metadata,
    sa.Column("report", sa.Text, primary_key=True),
    sa.Column("reading", sa.Integer, nullable=False),
)
shelf = sa.Table(  # the merged record as merging keeps it; made anew from the tables above at any time
    "shelf",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
passage = sa.Table(  # pieces of reports, whose words are in `words`
    "passage",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("report", sa.Text, nullable=False, index=True),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
)

nearness = sa.Table(  # the direction in which each passage points, in 8-bit integers
    "nearness",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("vector", sa.LargeBinary, nullable=False),
)

neighbour = sa.Table(  # rows of files that users brought: apart from all that the record is made from
    "neighbour",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("dataset", sa.Text, nullable=False),
    sa.Column("key", sa.Text),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Index("neighbour_key", "dataset", "key"),
)

_LATER = (nearness, neighbour)  # tables that migrations after the first make


def _first(connection: sa.Connection) -> None:
    """Reports, readings, edits, what was skipped; the shelves of merging; full text."""
    metadata.create_all(connection, tables=[table for table in metadata.sorted_tables if table not in _LATER])
    full_text(connection).make(connection)


def _second(connection: sa.Connection) -> None:
    """The vector of each passage, so that passages near in meaning are found."""
    metadata.create_all(connection, tables=[nearness])
    for number, body in full_text(connection).bodies(connection):
        connection.execute(nearness.insert().values(number=number, vector=vector(body).tobytes()))


def _third(connection: sa.Connection) -> None:
    """A digest beside each report and edit, as each reading has one."""
    for table in (report, edit):
        if "digest" not in {column["name"] for column in sa.inspect(connection).get_columns(table.name)}:
            connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN digest TEXT")
        for number in connection.execute(sa.select(table.c.number)).scalars().all():
            here = table.c.number == number
            body = connection.execute(sa.select(table.c.body).where(here)).scalar_one()
            connection.execute(table.update().where(here).values(digest=text_digest(body.hex())))


def _fourth(connection: sa.Connection) -> None:
    """Rows of files that users brought, beside the record."""
    metadata.create_all(connection, tables=[neighbour])


MIGRATIONS: tuple[Callable[[sa.Connection], None], ...] = (_first, _second, _third, _fourth)
"""Each takes a file from one version to the next, in one transaction. Never changed once released, only added to."""

VERSION = len(MIGRATIONS)


def migrate(connection: sa.Connection, number: int) -> None:
    """Run the migration that leads to version `number`, in the transaction of the caller."""
    MIGRATIONS[number - 1](connection)
