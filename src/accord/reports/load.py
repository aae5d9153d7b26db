"""The stage's front: paths in, reports out, and for everything that was not read the place and the reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from accord.errors import ReportError
from accord.model.report import Report, Skipped
from accord.reports import dates, fields
from accord.reports.clean import clean, one_line
from accord.reports.draft import Draft
from accord.reports.formats.format import Format
from accord.reports.gate import Gate
from accord.reports.incoming import MOST_CHARACTERS, Incoming, Refused
from accord.reports.published import Dated, Sources, decide
from accord.reports.registry import choose
from accord.reports.unpack import unpack
from accord.reports.walk import walk

_NO_LIMIT = dt.date(9998, 12, 31)  # no day is in the future for one who does not know what day it is


def load(
    paths: Iterable[Path | str | Incoming] | Path | str,
    *,
    published: dt.date | None = None,
    today: dt.date | None = None,
    columns: Mapping[str, str] | None = None,
    gate: Gate | None = None,
    remote: bool = False,
) -> Iterator[Report | Skipped]:
    """The reports under the paths, one by one, in the order of the paths and of names within folders.

    `published` dates the reports that state no date of their own. A date after `today`, where that
    is given, is taken for a mistake. `columns` says what the columns of tables are called where they have other names
    than those of `fields.FIELDS`. What `gate` does not let through is left out and counted there. Addresses are opened
    only with `remote`. A Skipped stands for one thing that was not read: a
    file, a line of it, or a date or address in a report that is itself kept and follows. Nothing that a
    file holds raises an error.

    Raises ReportError at once where `published` is itself no possible date, or `columns` names no field.
    """
    day = today or _NO_LIMIT
    if isinstance(published, dt.datetime):
        published = published.date()
    if published and not dates.in_range(published, day):
        raise ReportError(
            f"load(): published must be a day from {dates.FIRST_DAY} to {day}; got {published}. "
            "Correct it, or leave it out"
        )
    named = [paths] if isinstance(paths, str | Path) else paths
    told = fields.columns(columns or {})
    files = (
        each if isinstance(each, Skipped) else msgspec.structs.replace(each, columns=told, gate=gate)
        for found in walk(named, remote=remote)
        for each in ((found,) if isinstance(found, Skipped) else unpack(found))
    )
    return map(_writable, _load(files, published, day))


def _load(files: Iterable[Incoming | Skipped], given: dt.date | None, today: dt.date) -> Iterator[Report | Skipped]:
    for found in files:
        if isinstance(found, Skipped):
            yield found
            continue
        try:
            form, incoming = choose(found)
            nothing = True
            for item in form.read(incoming):
                nothing = False
                if isinstance(item, Skipped):
                    yield item
                else:
                    yield from _admitted(_finish(item, incoming, given, today), incoming.gate, form)
            if nothing and not (incoming.gate and form.bulk):
                yield Skipped(
                    source=found.source,
                    reason=f"a file of {form.name} must hold reports; this one has no row. Fill it, or leave it out",
                )
        except Refused as problem:
            yield Skipped(source=found.source, line=problem.line, reason=problem.reason)


def _writable(item: Report | Skipped) -> Report | Skipped:
    """What was left out, in words that UTF-8 can write: names in a hostile file may be halves of characters."""
    if isinstance(item, Report) or (item.source + item.reason).isascii():
        return item
    return Skipped(source=_whole(item.source), line=item.line, reason=_whole(item.reason))


def _whole(words: str) -> str:
    return words.encode("utf-8", "replace").decode()


def _admitted(finished: Iterator[Report | Skipped], gate: Gate | None, form: Format) -> Iterator[Report | Skipped]:
    """The report with its notes, nothing where the gate does not let it through."""
    some = list(finished)
    report = some[-1]
    if gate is None or isinstance(report, Skipped) or gate.admits(_all_words(report), bulk=form.bulk):
        yield from some


def _all_words(report: Report) -> str:
    return f"{report.title}\n{report.text}" if report.title else report.text


def _finish(draft: Draft, incoming: Incoming, given: dt.date | None, today: dt.date) -> Iterator[Report | Skipped]:
    """The report in a draft, after what is to be said about it; or the reason why there is none."""
    text, offsets = clean(draft.text, draft.without)
    problem = _no_report(text)
    if problem:
        yield Skipped(source=incoming.source, line=draft.line, reason=problem)
        return
    url = one_line(draft.url) if draft.url else None
    sources = Sources(
        stated=draft.stated,
        stated_in=draft.stated_in,
        given=given,
        url=url,
        file_name=incoming.name if draft.line is None else "",  # a file of many is named for the day it was made
        text=text,
    )
    dated = decide(sources, today)
    for line, reason in (*draft.notes, *_date_note(draft, dated), *_url_note(draft, url)):
        yield Skipped(source=incoming.source, line=line, reason=reason)
    yield Report.make(
        text,
        incoming.source if draft.line is None else f"{incoming.source}#{draft.line}",
        title=one_line(draft.title) or None if draft.title else None,
        outlet=one_line(draft.outlet) or None if draft.outlet else None,
        published=dated.day,
        published_from=dated.told_by,
        url=url if _is_web(url) else None,
        offsets=offsets,
    )


def _no_report(text: str) -> str | None:
    if len(text) > MOST_CHARACTERS:
        return (
            f"a report must not be longer than {MOST_CHARACTERS:,} characters; this one has {len(text):,}. "
            "Split it into its reports"
        )
    if not text.strip():
        return "a report must hold text; there is none but white space. Fill it, or leave it out"
    if not any(character.isalpha() for character in text):
        return "a report must hold words; this one has not one letter. Leave it out"
    return None


def _date_note(draft: Draft, dated: Dated) -> Iterator[tuple[int | None, str]]:
    if dated.problem:
        kept = f"is dated {dated.day}, by {dated.told_by}" if dated.day else "has no date"
        yield (
            draft.stated_line,
            f'the publication date must be one day, such as 2025-02-28 or "28 February 2025"; it is '
            f"{str(draft.stated)[:60]!r}, and {dated.problem}. The report was kept and {kept}; write YYYY-MM-DD",
        )


def _url_note(draft: Draft, url: str | None) -> Iterator[tuple[int | None, str]]:
    if url and not _is_web(url):
        yield (
            draft.line,
            f"an address must be on the web, beginning http:// or https://; {url[:60]!r} is not. "
            "The report was kept without it; correct the address",
        )


def _is_web(url: str | None) -> bool:
    """Whether an address can be shown as a link: others ("javascript:", "file:") are a danger to who follows them."""
    try:
        return url is not None and urlsplit(url).scheme.casefold() in ("http", "https", "")
    except ValueError:
        return False
