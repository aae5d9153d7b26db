"""Saved feeds, RSS and Atom: one report an item, in its fullest text. The item's page itself is not fetched."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

from accord.model.report import Skipped
from accord.reports import dates
from accord.reports.draft import Draft
from accord.reports.formats.format import Format
from accord.reports.formats.markup import text_of
from accord.reports.incoming import Incoming, Refused

MOST_ITEMS = 10_000


def read(incoming: Incoming) -> Iterator[Draft | Skipped]:
    """A draft for each item, with its number in the feed. Raises Refused for what is no feed."""
    import feedparser  # here: its import takes longer than reading a hundred plain files

    raw = incoming.all()
    try:
        # a stream, since the library would take a string for an address and open it
        feed: Any = feedparser.parse(io.BytesIO(raw), resolve_relative_uris=False, sanitize_html=False)
    except Exception as problem:  # a library of many parsers on anything at all
        raise Refused(
            f"a feed must be RSS or Atom that can be taken apart; feedparser failed with {type(problem).__name__}: "
            f"{str(problem)[:120]}. Save the feed again"
        ) from problem
    if not feed.get("version") and not feed.entries:
        raise Refused(
            "an XML file must be a feed, RSS or Atom, with its items; this one is not. "
            "If it is the text of a report, save it as .txt"
        )
    outlet = _words(feed.feed.get("title"))
    for number, item in enumerate(feed.entries[:MOST_ITEMS], start=1):
        yield _draft(item, outlet, number)
    if len(feed.entries) > MOST_ITEMS:
        yield Skipped(
            source=incoming.source,
            reason=f"a feed must not have more than {MOST_ITEMS:,} items; this one has {len(feed.entries):,}. "
            "The others were not read; split the feed",
        )


def _draft(item: Any, outlet: str | None, number: int) -> Draft:
    title = _words(item.get("title"))
    bodies = [part.get("value") or "" for part in item.get("content") or ()]
    bodies.append(item.get("summary") or "")
    text = max((text_of(body) for body in bodies), key=len)
    source = item.get("source")
    return Draft(
        text=text if text.strip() else title or "",
        title=title,
        outlet=_words(source.get("title") if source else None) or outlet,
        url=item.get("link") or None,
        stated=_day(item),
        stated_in="feed",
        stated_line=number,
        line=number,
    )


def _words(value: object) -> str | None:
    return " ".join(text_of(value).split()) or None if isinstance(value, str) else None


def _day(item: Any) -> object:
    """The day that the item states, as written where that can be read, else as the library does; None for none."""
    for name in ("published", "updated"):
        stated, parsed = item.get(name), item.get(f"{name}_parsed")
        if not stated:
            continue
        try:
            return dates.read(stated)
        except dates.BadDate:
            return _calendar(parsed) or stated
    return None


def _calendar(parsed: Any) -> dt.date | None:
    try:
        return dt.date(*parsed[:3]) if parsed else None
    except (TypeError, ValueError):
        return None


FORMAT = Format("feed items", (".rss", ".atom", ".rdf", ".xml"), read, bulk=True)
