"""One document that came in."""

from __future__ import annotations

import bisect
import datetime as dt

import msgspec

from accord.model.ids import content_id, text_digest


class OffsetMap(msgspec.Struct, frozen=True):
    """From characters of a report's normalised text back to the characters of what came in.

    `here[i]` and `there[i]` start a run in which both sides advance together; both ascend.
    """

    here: tuple[int, ...] = (0,)
    there: tuple[int, ...] = (0,)

    def original(self, offset: int) -> int:
        """The offset in the original of the character at `offset` of the normalised text."""
        run = bisect.bisect_right(self.here, offset) - 1
        return self.there[run] + (offset - self.here[run])


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A report: its text, where it came from, and when it was published (or None).

    `id` is a digest of the text and of what the report says of itself (title, outlet, date, address),
    so the same report from another path is the same report. `source` is the path or address it was
    read from; `offsets` leads from its text to the original's.
    """

    id: str
    text: str
    source: str
    title: str | None = None
    outlet: str | None = None
    published: dt.date | None = None
    published_from: str | None = None
    url: str | None = None
    text_sha256: str = ""
    offsets: OffsetMap = msgspec.field(default_factory=OffsetMap)

    @classmethod
    def make(
        cls,
        text: str,
        source: str,
        *,
        title: str | None = None,
        outlet: str | None = None,
        published: dt.date | None = None,
        published_from: str | None = None,
        url: str | None = None,
        offsets: OffsetMap | None = None,
    ) -> Report:
        """A report with its id and digest worked out. `published_from` names what told the date."""
        digest = text_digest(text)
        return cls(
            id=content_id("re", digest, title, outlet, published.isoformat() if published else None, url),
            text=text,
            source=source,
            title=title,
            outlet=outlet,
            published=published,
            published_from=published_from if published else None,
            url=url,
            text_sha256=digest,
            offsets=offsets or OffsetMap(),
        )


class Skipped(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """Something that came in and was not read: where (file, line of it) and why."""

    source: str
    line: int | None = None
    reason: str
