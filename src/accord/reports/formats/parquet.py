"""Parquet tables: one report a row, a batch of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from accord.model.report import Skipped
from accord.reports import fields
from accord.reports.draft import Draft
from accord.reports.extras import needs
from accord.reports.formats.format import Format
from accord.reports.formats.row import draft_of, need_text
from accord.reports.incoming import Incoming, Refused
from accord.reports.spool import seekable

_BATCH = 256


def read(incoming: Incoming) -> Iterator[Draft | Skipped]:
    """A draft for each row; of the columns only those that hold fields are read."""
    parquet = needs("pyarrow.parquet", "parquet", "Parquet tables")
    with seekable(incoming) as stream:
        for number, row in enumerate(_rows(parquet, stream, incoming), start=1):
            try:
                yield draft_of(row, number, incoming.columns)
            except Refused as problem:
                yield Skipped(source=incoming.source, line=number, reason=problem.reason)


def _rows(parquet: Any, stream: IO[bytes], incoming: Incoming) -> Iterator[dict[str, object]]:
    """The rows with plain names. Raises Refused for what is no Parquet table, or breaks off."""
    try:
        table = parquet.ParquetFile(stream)
        names = [*fields.LEADS, *(name for some in fields.FIELDS.values() for name in some)]
        wanted = {outer for name in (*names, *dict(incoming.columns).values()) for outer in (name, name.split(".")[0])}
        plain = {name: fields.plain(name) for name in table.schema_arrow.names}
        within = (f"{field.name}.{name.name}" for field in table.schema_arrow for name in _parts(field))
        known = {fields.plain(name): name for name in (*plain, *within)}
        need_text(fields.mapped(dict.fromkeys(known), incoming.columns), 1)
        columns = [name for name in plain if plain[name] in wanted]
        for batch in table.iter_batches(batch_size=_BATCH, columns=columns):
            for row in batch.to_pylist():
                yield fields.plain_row(row)
    except Refused:
        raise
    except Exception as problem:  # pyarrow's own errors and those of its decoders
        raise Refused(
            f"a Parquet file must be a table that pyarrow can read; it failed with {type(problem).__name__}: "
            f"{str(problem)[:120]}. Was the file cut short?"
        ) from problem


def _parts(field: Any) -> list[Any]:
    """The fields of a column of structures."""
    return [field.type.field(number) for number in range(field.type.num_fields)] if field.type.num_fields else []


FORMAT = Format("Parquet", (".parquet", ".pq"), read)
