"""Exports: the whole record as JSON with its JSON Schema, and each layer as CSV. Equal records give equal bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Any

import msgspec

from accord.model.record import Filter, Record
from accord.publishing import rows
from accord.publishing.forms import RecordForm

SCHEMA_FILE = "record.schema.json"
"""The committed schema, in `publishing/schema/`."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_json(record: Record, where: Filter | None = None) -> str:
    """The record, or what of it passes the filter, as JSON that the shipped schema describes."""
    return pretty(rows.record_form(record, where))


def layer_to_json(record: Record, layer: str, where: Filter | None = None) -> str:
    """One layer as a JSON array of the items that the whole export has."""
    return pretty(rows.layer_forms(record, layer, where))


def layer_to_csv(record: Record, layer: str, where: Filter | None = None) -> str:
    """One layer as CSV: its flat rows."""
    return to_csv([rows.flat(row, layer) for row in rows.rows(record, layer, where)], rows.columns(layer))


def to_csv(some: Sequence[rows.Row], columns: Sequence[str]) -> str:
    """Rows as CSV (RFC 4180, UTF-8): lists of words joined by "; ", other lists as JSON.

    A text that a spreadsheet would take for a formula gets an apostrophe before it; JSON has it unchanged.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    for row in some:
        writer.writerow({key: _cell(value) for key, value in row.items()})
    return out.getvalue()


def trace_to_csv(some: Iterable[msgspec.Struct], word: str) -> str:
    """One of `accord.publishing.trace_forms.TRACES` as CSV: its flat rows."""
    return to_csv([rows.flat(row, word) for row in rows.plain(some)], rows.columns(word))


def schema() -> str:
    """The JSON Schema (draft 2020-12) of `to_json`, made from the export forms."""
    made: dict[str, Any] = msgspec.json.schema(RecordForm)
    return pretty({"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Accord record", **made})


def shipped_schema() -> str:
    """The JSON Schema that ships with the package."""
    return (files("accord.publishing") / "schema" / SCHEMA_FILE).read_text(encoding="utf-8")


def pretty(value: object) -> str:
    """JSON with one item a line and a line end, keys in the order of their forms."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n"


def _cell(value: Any) -> Any:
    if isinstance(value, dict):
        value = msgspec.json.encode(value).decode() if value else None
    if isinstance(value, list | tuple):
        plain = all(isinstance(part, str) for part in value)
        value = "; ".join(value) if plain else msgspec.json.encode(value).decode()
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value
