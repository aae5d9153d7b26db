"""The tables that GDELT publishes every 15 minutes, known by their names: they have no line of column names.

Those of events and mentions hold codes and addresses, but no words. The knowledge graph (GKG 2.1) has each article's
headline beside its address: a report of one line, enough to see what is told, and where to read more. Lists of articles
(GAL) have the one sentence that the page says of itself, as JSON lines.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from accord.model.report import Skipped
from accord.reports.draft import Draft
from accord.reports.formats import jsonl
from accord.reports.formats.format import Format
from accord.reports.incoming import Incoming, Refused
from accord.reports.lines import lines_of

_TABLE = re.compile(r"\d{14}\.(?:translation\.)?(?:export|mentions|gkg)\.csv", re.IGNORECASE)
_LIST = re.compile(r"\d{14}\.gal\.json", re.IGNORECASE)

# Places of columns in the codebook of GKG 2.1 (19 February 2015), from 0.
_DATE, _OUTLET, _ADDRESS, _EXTRAS, _COLUMNS = 1, 3, 4, 26, 27
_TITLE = re.compile(r"<PAGE_TITLE>(.*?)</PAGE_TITLE>", re.DOTALL)


def read(incoming: Incoming) -> Iterator[Draft | Skipped]:
    """A draft for each headline, with its line. Raises Refused for a table without words."""
    if ".gkg." not in incoming.name.casefold():
        raise Refused(
            "a table must hold words; GDELT's tables of events and mentions hold codes and addresses. Bring the "
            "articles that they name, or GDELT's lists of articles (.gal.json)"
        )
    with lines_of(incoming, newline="\n") as lines:
        while True:
            lines.refill()
            try:
                line = next(lines, None)
                if line is None:
                    return
                yield _draft(line.rstrip("\r\n").split("\t"), lines.number)
            except Refused as problem:
                yield Skipped(source=incoming.source, line=problem.line or lines.number, reason=problem.reason)


def _draft(cells: list[str], line: int) -> Draft:
    """The headline in a row. Raises Refused where it has none, or is no row of such a table."""
    if len(cells) != _COLUMNS:
        raise Refused(f"a row of GDELT's knowledge graph must have {_COLUMNS} cells; this one has {len(cells)}")
    title = _TITLE.search(cells[_EXTRAS])
    text = html.unescape(title[1]).strip() if title else ""
    if not text:
        raise Refused("a row must have a headline; this article has none")
    address = cells[_ADDRESS]
    return Draft(
        text=text,
        title=text,
        outlet=cells[_OUTLET] or None,
        url=address if address.startswith(("http://", "https://")) else None,
        stated=cells[_DATE][:8] or None,
        stated_in="column",
        stated_line=line,
        line=line,
    )


TABLE = Format("GDELT's headlines", (), read, bulk=True, names=_TABLE)
LIST = Format("GDELT's articles", (), jsonl.read, bulk=True, names=_LIST)
