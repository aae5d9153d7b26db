"""Archives of the web, WARC and WET: one report a page or text in them. They are streamed, whatever their size."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from accord.model.report import Skipped
from accord.reports import rough
from accord.reports.decode import decode
from accord.reports.draft import Draft
from accord.reports.extras import needs
from accord.reports.formats import page
from accord.reports.formats.format import Format
from accord.reports.incoming import MOST_BYTES, Incoming, Refused

_PAGES = ("text/html", "application/xhtml+xml")
_TEXTS = ("text/plain",)
_MOST_HEADER = 262_144
_PANIC = "PanicException"  # how a library in Rust fails where it did not mean to; no Exception to Python


def read(incoming: Incoming) -> Iterator[Draft | Skipped]:
    """A draft for each page that was fetched and each text; its number is that of the record, images and all counted.

    The day of the crawl is not taken for the day of publication. Raises Refused for what is no WARC.
    """
    warc = needs("fastwarc.warc", "formats", "archives of the web")
    wanted = warc.WarcRecordType.response | warc.WarcRecordType.resource | warc.WarcRecordType.conversion
    with incoming.open() as stream:
        number = 0
        try:
            for record in warc.ArchiveIterator(
                _Forward(stream), auto_decode="all", max_header_len=_MOST_HEADER, stream_detect=False, fsspec_args=False
            ):
                number += 1
                if record.record_type & wanted:
                    yield from _read(record, number, incoming)
        except Refused:
            raise
        except BaseException as problem:  # of the parser, or of the bytes that come in
            if not isinstance(problem, Exception) and type(problem).__name__ != _PANIC:
                raise
            what = str(problem)[:160] or type(problem).__name__
            yield Skipped(
                source=incoming.source,
                line=number + 1,
                reason=f"a record must be whole; this one cannot be read: {what}. Those after it were not read. "
                "Was the file cut short?",
            )
            return
        if not number:
            raise Refused("an archive of the web must hold records that begin with WARC/1; this one has none")


class _Forward:
    """A stream that only goes forth, and knows how far it came: what the parser asks of one."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read1(size)  # what there is, before a fault behind it is met
        self._at += len(piece)
        return piece

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        """The stream is closed by who opened it."""


def _read(record: Any, number: int, incoming: Incoming) -> Iterator[Draft | Skipped]:
    """The draft of one record, nothing for what is no page, or the reason why it is skipped."""
    kind = _kind(record)
    if kind not in (*_PAGES, *_TEXTS):
        return
    address = record.headers.get("WARC-Target-URI")
    try:
        raw = _content(record)
        if incoming.gate and not incoming.gate.opens(raw, rough.blocks if kind in _PAGES else None):
            return
        if kind in _PAGES:
            draft = page.draft_of(raw, record.http_charset)
        else:
            draft = Draft(text=decode(raw, record.http_charset).text)
    except Refused as problem:
        yield Skipped(source=incoming.source, line=number, reason=problem.reason)
        return
    yield Draft(
        text=draft.text,
        title=draft.title,
        outlet=draft.outlet,
        url=address or draft.url,
        stated=draft.stated,
        stated_in=draft.stated_in,
        stated_line=number,
        line=number,
        notes=tuple((number, reason) for _, reason in draft.notes),
    )


def _kind(record: Any) -> str | None:
    """The type of what a record holds, or None for an answer that is no page: an error, or a way to another address."""
    if record.is_http:
        if not record.is_http_parsed or record.http_headers is None or record.http_headers.status_code != 200:
            return None
        kind = record.http_content_type
    else:
        kind = record.headers.get("Content-Type")
    return kind.partition(";")[0].strip().casefold() if kind else None


def _content(record: Any) -> bytes:
    """The bytes of a record. Raises Refused where they are too many or cannot be unpacked."""
    try:
        raw = record.reader.read(MOST_BYTES + 1)
    except OSError as problem:
        raise Refused(f"a record must be whole; its content cannot be unpacked: {str(problem)[:120]}") from problem
    if len(raw) > MOST_BYTES:
        raise Refused(f"a page must not be larger than {MOST_BYTES:,} bytes; this one is. Leave it out")
    return bytes(raw)


FORMAT = Format("archived pages", (".warc", ".wet"), read, bulk=True)
