"""What the columns of a table, and the keys of front matter, may be called."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from accord.errors import ReportError

FIELDS: dict[str, tuple[str, ...]] = {
    "text": (
        "text",
        "body",
        "content",
        "article",
        "maintext",
        "article_text",
        "full_text",
        "fulltext",
        "bodytext",
        "articlebody",
        "plain_text",
        "content_text",
        "content_html",
        "fields.bodytext",
        "fields.body",
    ),
    "title": ("title", "headline", "webtitle", "headline.main"),
    "outlet": (
        "outlet",
        "publisher",
        "source",
        "publication",
        "sitename",
        "site_name",
        "source_domain",
        "domain",
        "outletname",
        "media_name",
        "thread.site",
        "source.title",
    ),
    "url": ("url", "link", "address", "source_url", "weburl", "web_url", "article_url"),
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
        "datepublished",
    ),
}
"""For each field the names it goes by: the first that holds something wins. Capitals, spaces and hyphens are alike, and
what is in an object within has the names of both, with a dot between."""

LEADS = ("lead_paragraph", "description", "short_description", "desc", "abstract", "summary")
"""Names of the beginning of a text or of what it comes to: taken for the text where a row has no other."""

_DEEPEST, _MOST_NAMES = 3, 1_000

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


def plain_row(row: Mapping[Any, object]) -> dict[str, object]:
    """A row with plain names, and those of objects within it. Of two that come to the same name the first counts."""
    found: dict[str, object] = {}
    waiting: list[tuple[str, Mapping[Any, object], int]] = [("", row, 1)]
    for prefix, part, depth in waiting:  # which grows on the way
        for key, value in part.items():
            if len(found) >= _MOST_NAMES and depth > 1:
                return found
            name = prefix + plain(key)
            found.setdefault(name, value)
            if isinstance(value, Mapping) and depth < _DEEPEST:
                waiting.append((f"{name}.", value, depth + 1))
    return found


def find(field: str, row: Mapping[str, object]) -> tuple[str, object] | None:
    """The name and the value of a field in a row with plain names, or None where the row leaves it empty."""
    words = frozenset[str]() if field == "text" else _NOTHING
    return next(((name, row[name]) for name in FIELDS[field] if name in row and not _missing(row[name], words)), None)


def lead(row: Mapping[str, object]) -> tuple[str, object] | None:
    """The name and the value of what stands for the text in a row that has none, or None."""
    return next(((name, row[name]) for name in LEADS if name in row and not _missing(row[name], _NOTHING)), None)


def word(field: str, row: Mapping[str, object]) -> str | None:
    """A field as words: a string, a number written out, or the `name` of an object like {"id": 7, "name": "Desk"}."""
    for name in FIELDS[field]:
        value = row.get(name)
        if isinstance(value, Mapping):
            value = value.get("name")
        if isinstance(value, str | int | float) and not isinstance(value, bool) and not _missing(value, _NOTHING):
            return str(value)
    return None


def _missing(value: object, words: frozenset[str]) -> bool:
    if isinstance(value, float):
        return math.isnan(value)
    return value is None or (isinstance(value, str) and (not value.strip() or value.strip().casefold() in words))
