"""A file for each layer: CSV or Parquet, in a folder or in one zip file that is the same for the same record."""

from __future__ import annotations

import importlib.util
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from accord.errors import ExportError, ToolMissing
from accord.model.record import Filter, Record
from accord.publishing import export, rows
from accord.publishing.files import write_bytes
from accord.publishing.forms import FORMS
from accord.publishing.trace_forms import ROWS

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first time that a zip file can hold: none that means anything

Files = Iterator[tuple[str, bytes]]


def csv_files(record: Record, where: Filter | None = None) -> Files:
    """Every layer as CSV, with the file's name."""
    for layer in FORMS:
        yield f"{layer}.csv", export.layer_to_csv(record, layer, where).encode("utf-8", "surrogatepass")


def parquet_files(record: Record, where: Filter | None = None) -> Files:
    """Every layer as Parquet, with the file's name: the columns of the CSV, typed, lists as lists.

    What has parts (evidence, claims, histories) is a text of JSON. Raises ToolMissing where pyarrow is not there.
    """
    try:
        import pyarrow as arrow
        import pyarrow.parquet as parquet
    except ModuleNotFoundError:
        raise ToolMissing(
            "export: Parquet is written by pyarrow, which is not installed: pip install 'accord[parquet]'"
        ) from None
    for layer in FORMS:
        flat = [rows.flat(row, layer) for row in rows.rows(record, layer, where)]
        kinds = _types(arrow, layer)
        table = arrow.table(
            {name: _column(arrow, [row[name] for row in flat], kinds[name]) for name in rows.columns(layer)}
        )
        out = io.BytesIO()
        parquet.write_table(table, out, compression="zstd")
        yield f"{layer}.parquet", out.getvalue()


FILES: dict[str, Callable[[Record, Filter | None], Files]] = {"csv": csv_files, "parquet": parquet_files}
"""What makes a file a layer, by its word."""


def write_folder(files: Files, folder: Path) -> None:
    """Put files into a folder, which is made if there is none. Raises ExportError when it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise ExportError(f"{folder}: must be a folder; {problem.strerror or problem}; name another") from problem
    for name, content in files:
        write_bytes(folder / name, content)


def can_parquet() -> bool:
    """Whether the library that writes Parquet is there."""
    return importlib.util.find_spec("pyarrow") is not None


def zipped(files: Files) -> bytes:
    """Files in one zip file without times, so that equal files give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()


def _types(arrow: Any, layer: str) -> dict[str, Any]:
    """The type of each column of a layer, by its form alone, so that records of any content give tables that join."""
    found: dict[str, Any] = dict.fromkeys(("date", "report", "quote"), arrow.string())
    for field in _fields(ROWS[layer]):
        kind = _bare(field.type)
        if isinstance(kind, msgspec.inspect.StructType):
            found |= {f"{field.name}.{part.name}": _type(arrow, _bare(part.type)) for part in kind.fields}
        else:
            found[field.name] = _type(arrow, kind)
    return found


def _type(arrow: Any, kind: msgspec.inspect.Type) -> Any:
    match kind:
        case msgspec.inspect.FloatType():
            return arrow.float64()
        case msgspec.inspect.IntType():
            return arrow.int64()
        case msgspec.inspect.BoolType():
            return arrow.bool_()
        case msgspec.inspect.DateType():
            return arrow.date32()
        case msgspec.inspect.VarTupleType(item_type=inner) if isinstance(_bare(inner), msgspec.inspect.StrType):
            return arrow.list_(arrow.string())
        case _:
            return arrow.string()


def _fields(form: type[msgspec.Struct]) -> tuple[msgspec.inspect.Field, ...]:
    info = msgspec.inspect.type_info(form)
    return info.fields if isinstance(info, msgspec.inspect.StructType) else ()


def _bare(kind: msgspec.inspect.Type) -> msgspec.inspect.Type:
    """A type without what is said about it, and without None."""
    if isinstance(kind, msgspec.inspect.Metadata):
        return _bare(kind.type)
    if isinstance(kind, msgspec.inspect.UnionType):
        return _bare(next(one for one in kind.types if not isinstance(one, msgspec.inspect.NoneType)))
    return kind


def _column(arrow: Any, cells: list[Any], kind: Any) -> Any:
    """Cells as a column: days read from ISO 8601, and what has parts as JSON."""
    if kind == arrow.date32():
        return arrow.array(cells, arrow.string()).cast(kind)
    if kind == arrow.string():
        cells = [msgspec.json.encode(cell).decode() if isinstance(cell, list | dict) else cell for cell in cells]
    return arrow.array(cells, kind)
