"""How far two readers agree, and who has read a record, as tables for people."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from accord.publishing.rows import Row, plain
from accord.publishing.tables import Column, drawn

AGREEMENT = ("layer", "first", "second", "loose", "full", "agreement", "full_agreement")
READERS = ("reader", "reports", "failed", "items", "counts")


def agreement_table(
    layers: Iterable[msgspec.Struct], first: str, second: str, reports: int, *, width: int = 80, colour: bool = False
) -> str:
    """The agreement of two readers, a layer a line, with what the columns mean under it."""
    columns = [
        Column("Layer", lambda row: str(row["layer"]), 3),
        *(Column(head, _number(key), 2) for head, key in _HEADS.items()),
    ]
    told = f"First: {first}. Second: {second}. {reports} {'report' if reports == 1 else 'reports'} read by both.\n"
    return told + "\n" + drawn(columns, plain(layers), width=width, colour=colour) + "\n" + _MEANING


def reader_table(readers: Iterable[msgspec.Struct], *, width: int = 80, colour: bool = False) -> str:
    """The readers of a record, one a line."""
    found = plain(readers)
    if not found:
        return "Nobody has read into this record.\n"
    heads = {"Reports": "reports", "Given up": "failed", "Items": "items", "Counts for": "counts"}
    columns = [
        Column("Reader", lambda row: str(row["reader"]), 4),
        *(Column(h, _number(k), 2) for h, k in heads.items()),
    ]
    return drawn(columns, found, width=width, colour=colour)


_HEADS = {
    "First": "first",
    "Second": "second",
    "Paired": "loose",
    "In full": "full",
    "Agreement": "agreement",
    "Full": "full_agreement",
}
_MEANING = (
    "Paired: the same kind of item at the same place; in full: who, what and how agree as well.\n"
    "Agreement is the F1 of one reader scored against the other. Neither is the truth.\n"
)


def _number(key: str) -> _Says:
    return _Says(key)


class _Says:
    """A number of a row; a dash where there is none."""

    def __init__(self, key: str) -> None:
        self._key = key

    def __call__(self, row: Row) -> str:
        value = row[self._key]
        if value is None:
            return "–"
        return f"{value:.2f}" if isinstance(value, float) else str(value)
