"""Exports: the whole record as JSON with its JSON Schema, and each layer as CSV. Equal records give equal bytes."""

from __future__ import annotations

import csv
import io
from importlib.resources import files
from typing import Any

import msgspec

from accord.model.record import Filter, Record
from accord.publishing import rows
from accord.publishing.forms import FORMS, RecordForm

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
    """One layer as CSV (RFC 4180, UTF-8): the flat rows, lists of words joined by "; ", other lists as JSON.

    A text that a spreadsheet would take for a formula gets an apostrophe before it; JSON has it unchanged.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, rows.columns(layer), lineterminator="\r\n")
    writer.writeheader()
    for row in rows.rows(record, layer, where):
        writer.writerow({key: _cell(value) for key, value in rows.flat(row).items()})
    return out.getvalue()


def all_to_csv(record: Record, where: Filter | None = None) -> dict[str, str]:
    """Every layer as CSV, by file name."""
    return {f"{layer}.csv": layer_to_csv(record, layer, where) for layer in FORMS}


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
    if isinstance(value, tuple):
        plain = all(isinstance(part, str) for part in value)
        value = "; ".join(value) if plain else msgspec.json.encode(value).decode()
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value
