"""Mails: one as a file (.eml), or a mailbox (.mbox) that is read one mail at a time, however large it is."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import email.utils
import io
import re
from collections.abc import Iterator
from email.message import EmailMessage
from typing import cast

from accord.model.report import Skipped
from accord.reports.decode import decode
from accord.reports.draft import Draft
from accord.reports.formats.format import Format
from accord.reports.formats.markup import text_of
from accord.reports.incoming import MOST_BYTES, Incoming, Refused, why

_MOST_PARTS = 1_000
# The standard library reads mails of any form; some forms take it minutes and gigabytes, so they stop before it.
_MOST_HEADER = 2_000  # characters of a header that is taken apart; those of many recipients are not
_MOST_NESTED = 100  # multiparts: each line of a mail is held against the end of every one that it is in
_MOST_MARKS = 20_000  # lines that begin as marks between parts do
_TAKEN_APART = frozenset(
    ("from", "subject", "date", "content-type", "content-disposition", "content-transfer-encoding")
)
_FROM = b"From "
_CHUNK = 1 << 20
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_MULTIPART = re.compile(rb"^content-type[ \t]*:\s*multipart/", re.MULTILINE | re.IGNORECASE)
_MARK = re.compile(rb"\n\r?\nFrom [^\r\n]*\r?\n|\AFrom [^\r\n]*\r?\n")


def read(incoming: Incoming) -> Iterator[Draft | Skipped]:
    """One draft: the mail's text, its subject as title, its sender as outlet."""
    yield _draft(incoming.all(), None)


def read_box(incoming: Incoming) -> Iterator[Draft | Skipped]:
    """A draft for each mail, with its number in the box; a mail that cannot be read is skipped."""
    with incoming.open() as stream:
        for number, raw in enumerate(_mails(stream), start=1):
            try:
                if raw is None:
                    raise Refused(f"a mail must not be larger than {MOST_BYTES:,} bytes; this one is. Leave it out")
                yield _draft(_QUOTED_FROM.sub(rb"\1", raw), number)
            except Refused as problem:
                yield Skipped(source=incoming.source, line=number, reason=problem.reason)


def _mails(stream: io.BufferedReader) -> Iterator[bytes | None]:
    """The mails of a box as bytes, None for one that is too large. Raises Refused for what is no box."""
    lines: list[bytes] | None = None
    size, blank = 0, True
    while line := _line(stream):
        if blank and line.startswith(_FROM):
            if lines is not None:
                yield b"".join(lines) if size <= MOST_BYTES else None
            lines, size = [], 0
        elif lines is not None:
            size += len(line)
            if size <= MOST_BYTES:
                lines.append(line)
            else:
                lines.clear()
        elif line.strip():
            raise Refused(
                'a mailbox must begin with a line "From ..."; this file does not. If it is one mail, name it .eml'
            )
        blank = line in (b"\n", b"\r\n")
    if lines is not None:
        yield b"".join(lines) if size <= MOST_BYTES else None


def _line(stream: io.BufferedReader) -> bytes:
    try:
        return stream.readline(_CHUNK)
    except OSError as problem:
        raise Refused(why(problem)) from problem


def _draft(raw: bytes, number: int | None) -> Draft:
    """The report in a mail. Raises Refused where it has no text."""
    _check_form(raw)
    try:
        message = cast("EmailMessage", email.message_from_bytes(raw, policy=_POLICY))
        text = _text(message)
        name, address = email.utils.parseaddr(str(message.get("From", "")))
        title, date = str(message.get("Subject", "")), str(message.get("Date", ""))
    except Refused:
        raise
    except Exception as problem:  # the parser of headers fails in many ways on hostile ones
        raise Refused(
            f"a mail must have headers and a body as mail programs write them; this one fails with "
            f"{type(problem).__name__}: {str(problem)[:120]}. Save its text as .txt"
        ) from problem
    return Draft(
        text=text,
        title=title.strip() or None,
        outlet=name.strip() or address.rpartition("@")[2] or None,
        stated=_day(date) or None,
        stated_in="mail header",
        stated_line=number,
        line=number,
    )


class _Bounded(email.policy.EmailPolicy):
    """The usual policy, which refuses headers that take too long to take apart."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """The name and the value of a header. Raises Refused where it is too long."""
        name, value = super().header_source_parse(sourcelines)
        if len(value) > _MOST_HEADER and name.strip().casefold() in _TAKEN_APART:
            raise Refused(
                f"a mail's {name.strip()} must not be longer than {_MOST_HEADER:,} characters; this one's has "
                f"{len(value):,}. Shorten it, or save the mail's text as .txt"
            )
        return name, value


_POLICY = _Bounded()


def _check_form(raw: bytes) -> None:
    """Raises Refused for a mail of more parts, or parts within parts, than its parser bears."""
    nested = len(_MULTIPART.findall(raw))
    if nested > _MOST_NESTED or raw.count(b"\n--") > _MOST_MARKS:
        raise Refused(
            f"a mail must not have more than {_MOST_PARTS:,} parts, or {_MOST_NESTED} that have parts themselves; this "
            "one has. Save its text as .txt"
        )


def _text(message: EmailMessage) -> str:
    """The plain text of a mail, else its HTML without the markup."""
    if sum(1 for _ in message.walk()) > _MOST_PARTS:
        raise Refused(f"a mail must not have more than {_MOST_PARTS:,} parts; this one has. Save its text as .txt")
    body = message.get_body(preferencelist=("plain", "html"))
    raw = body.get_payload(decode=True) if body is not None else None
    if body is None or not isinstance(raw, bytes) or not raw.strip():
        raise Refused(
            "a mail must have a text, plain or HTML; this one has none. Save what it has attached, and read that"
        )
    text = decode(raw, body.get_content_charset()).text
    return text_of(text) if body.get_content_subtype() == "html" else text


def _day(date: str) -> dt.date | str:
    """The day of a mail where it was sent; the header as it is where it cannot be read."""
    try:
        return email.utils.parsedate_to_datetime(date).date()
    except (TypeError, ValueError):
        return date


FORMAT = Format("mail", (".eml",), read)
BOX = Format("mailbox", (".mbox",), read_box)
