"""The brief as one self-contained HTML page: no script, nothing fetched, every foreign word escaped."""

from __future__ import annotations

import re
from functools import cache, partial

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from accord.publishing.brief.content import STANCES, STRENGTHS, Brief
from accord.publishing.plain import ending, opening, part, short

_DAY = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
_LONGEST = 700  # characters of a quote that a page shows; the record has the rest
# one shape a stance, so that colour is never needed to tell them apart
_SHAPES = {"for": "▲", "against": "▼", "open": "◆"}


def write(brief: Brief) -> str:
    """The brief as an HTML document."""
    before = brief.parties, brief.changes, brief.ahead
    after = brief.proposals, brief.levers, brief.figures, brief.discrepancies, brief.agreement
    contents = [(some.key, some.title) for some in before if some.lines or some.key != "ahead"]
    contents += [("positions", "Where they stand"), *((some.key, some.title) for some in after)]
    contents.append(("reports", "The reports"))
    if brief.skipped:
        contents.append(("skipped", "Skipped"))
    sources = {report.number: report for report in brief.reports}
    page = _environment().get_template("brief.html.j2")
    return page.render(
        brief=brief, contents=contents, shapes=_SHAPES, stances=STANCES, strengths=STRENGTHS, sources=sources
    )


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("accord.publishing"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    made.filters["shown"] = part
    made.filters["days"] = _days
    made.filters["words"] = partial(short, most=_LONGEST)
    made.filters["ending"] = ending
    made.filters["opening"] = opening
    return made


def _days(text: str) -> Markup:
    """The text with each day in one piece, so that no line breaks within it."""
    return Markup(_DAY.sub(r'<span class="day">\g<0></span>', str(escape(part(text)))))
