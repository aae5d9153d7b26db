"""One row of a table, whatever the table is written in, to a draft."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from accord.reports import fields
from accord.reports.draft import Draft
from accord.reports.formats.markup import text_of
from accord.reports.incoming import Refused

_MARKED_UP = re.compile(r"</(?:p|div|span|a|em|strong|b|i|li|h[1-6]|blockquote)\s*>|<(?:p|br\s*/?)>", re.IGNORECASE)


def draft_of(row: Mapping[str, object], line: int, columns: tuple[tuple[str, str], ...] = ()) -> Draft:
    """The report in a row with plain names, fields told by `columns` first. Raises Refused where it has no text.

    A text with tags of HTML in it is taken without them.
    """
    row = fields.mapped(row, columns)
    need_text(row, line)
    found = fields.find("text", row) or fields.lead(row)
    if found is None:
        raise Refused("a row must have a text; its text is empty. Fill it, or delete the row", line)
    name, text = found
    if not isinstance(text, str):
        raise Refused(f"the text of a row must be a string; {name!r} is a {type(text).__name__}", line)
    stated = fields.find("published", row)
    return Draft(
        text=text_of(text) if _MARKED_UP.search(text) else text,
        title=fields.word("title", row),
        outlet=fields.word("outlet", row),
        url=fields.word("url", row),
        stated=stated[1] if stated else None,
        stated_in="column",
        stated_line=line,
        line=line,
    )


def need_text(columns: Iterable[str], line: int) -> None:
    """Raise Refused, naming the columns that there are, where none of them is a text."""
    have = list(columns)
    if not any(name in have for name in (*fields.FIELDS["text"], *fields.LEADS)):
        shown = ", ".join(name[:40] for name in have[:12]) + (f" and {len(have) - 12} more" if len(have) > 12 else "")
        raise Refused(
            f"one column must be a text, called {', '.join(fields.FIELDS['text'][:8])} or alike; "
            f"there are {shown or 'no columns'}. Say which one holds it: --columns text=NAME, or rename it",
            line,
        )
