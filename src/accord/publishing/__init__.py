"""The fifth stage: the record as a brief, as tables and as exports. Writes text; opens no record.

`publish` is its front: a record (and what was computed from it) in, text out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from accord.errors import ExportError

if TYPE_CHECKING:
    from accord.publishing.brief import Brief

__all__ = ["BRIEF_FORMS", "EXPORT_FORMS", "publish"]

BRIEF_FORMS = ("text", "md", "html", "json")
"""The forms of a brief: for a terminal, Markdown, one HTML page, JSON."""
EXPORT_FORMS = ("json", "csv", "parquet", "timeline", "graphml", "gexf", "ftm", "polecat", "plover", "schema")
"""The forms of an export; `accord.publishing.exports.EXPORTS` says what each is for."""


def publish(brief: Brief, form: str, *, record: str = "NAME.accord", width: int = 80, colour: bool = False) -> str:
    """A brief in one of BRIEF_FORMS. `record` is named in hints of the text, which has `width` columns.

    Raises ExportError when there is no such form.
    """
    from accord.publishing import export
    from accord.publishing.brief import markdown, page, terminal

    forms: dict[str, Callable[[], str]] = {
        "text": lambda: terminal.write(brief, record=record, width=width, colour=colour),
        "md": lambda: markdown.write(brief),
        "html": lambda: page.write(brief),
        "json": lambda: export.pretty(brief),
    }
    if form not in forms:
        raise ExportError(f"brief: the form must be one of {', '.join(BRIEF_FORMS)}; got {form!r}")
    return forms[form]()
