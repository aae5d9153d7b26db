"""What the columns of a table, and the keys of front matter, may be called."""

from __future__ import annotations

import math
from collections.abc import Mapping

from accord.errors import ReportError

FIELDS: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "maintext", "article_text", "full_text", "fulltext"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "publisher", "source", "publication", "sitename", "site_name", "source_domain", "domain"),
    "url": ("url", "link", "address", "source_url", "weburl"),
    "published": (
        "published",
        "date",
        "pubdate",
        "date_publish",
        "publish_date",
        "date_published",
        "published_at",
        "publishedat",
        "publication_date",
        "published_date",
        "datetime",
        "webpublicationdate",
        "pub_date",
    ),
}
"""For each field the names it goes by: the first that holds something wins. Capitals, spaces and hyphens are alike."""

_NOTHING = frozenset(("~", "null", "none", "nan", "n/a", "undated"))  # except as a text, where they are words


def columns(said: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What columns the user has for the fields, as fields and plain names. Raises ReportError for what is no field."""
    for field in said:
        if field not in FIELDS:
            raise ReportError(f"columns: each must be FIELD=COLUMN, with a field of {', '.join(FIELDS)}; got {field!r}")
    return tuple((field, plain(name)) for field, name in sorted(said.items()))


def mapped(row: Mapping[str, object], columns: tuple[tuple[str, str], ...]) -> dict[str, object]:
    """A row with plain names in which each field of `columns` is under its own name as well, where the row has it."""
    return {**row, **{field: row[name] for field, name in columns if name in row}}


def plain(name: object) -> str:
    """A column's name in the form of the table above."""
    return str(name).strip().casefold().replace(" ", "_").replace("-", "_")


def find(field: str, row: Mapping[str, object]) -> tuple[str, object] | None:
    """The name and the value of a field in a row with plain names, or None where the row leaves it empty."""
    words = frozenset[str]() if field == "text" else _NOTHING
    return next(((name, row[name]) for name in FIELDS[field] if name in row and not _missing(row[name], words)), None)


def word(field: str, row: Mapping[str, object]) -> str | None:
    """A field as words: a string, a number written out, or the `name` of an object like {"id": 7, "name": "Desk"}."""
    found = find(field, row)
    value = found[1] if found else None
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, bool) or not isinstance(value, str | int | float) or _missing(value, _NOTHING):
        return None
    return str(value)


def _missing(value: object, words: frozenset[str]) -> bool:
    if isinstance(value, float):
        return math.isnan(value)
    return value is None or (isinstance(value, str) and (not value.strip() or value.strip().casefold() in words))
