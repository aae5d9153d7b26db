"""The Python API, and the one place that knows the order of the stages.

    ws = accord.open("talks.accord")
    ws.read(["dispatches/"])
    ws.positions(party="Kenya", since="2008-02")

Every method that looks at the record takes the same filters: `party`, `issue`, `since`, `until`, `report`,
`confidence` (see `accord.model.query`). Heavy libraries are imported when a method needs them.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypedDict, Unpack

import msgspec

from accord.errors import ExportError, ReadingError, RecordError, ReportError, TableError
from accord.model.query import Selection, make_filter
from accord.model.record import Filter, Passage, Record
from accord.model.report import Report, Skipped

if TYPE_CHECKING:
    import pandas as pd

    from accord.model.outcome import Blockers, Concessions, Zone
    from accord.model.reading import Reader
    from accord.model.table import Table
    from accord.model.when import When
    from accord.publishing.brief import Answers, Brief
    from accord.publishing.evidence import Sentence
    from accord.record.store import Store

Paths = Iterable[Path | str] | Path | str

VIEWS = {
    "reports": "reports",
    "actors": "actors",
    "timeline": "events",
    "statements": "statements",
    "positions": "positions",
    "proposals": "proposals",
    "levers": "levers",
    "figures": "figures",
    "discrepancies": "discrepancies",
}
"""Every view of the record by its word, with the layer that it shows."""


class Filters(TypedDict, total=False):
    """What every view can be narrowed by; see `accord.model.query.Selection`."""

    party: str | None
    issue: str | None
    since: dt.date | str | None
    until: dt.date | str | None
    report: str | None
    confidence: float


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What a run of reading did: how many reports were added, how many the record knew, what was left out and why.

    `skipped` never became a report (or is a note on one that did); `failed` are reports that the reader gave up on.
    """

    added: int = 0
    known: int = 0
    skipped: tuple[Skipped, ...] = ()
    failed: tuple[Skipped, ...] = ()


class Step(msgspec.Struct, frozen=True):
    """How far reading is: the summary so far, files opened of all files, and the source of the last report."""

    added: int
    known: int
    left_out: int
    files: int
    of: int
    source: str


def open(path: Path | str) -> Workspace:
    """The workspace of the record at `path`. Nothing is opened yet: reading makes the file when there is none."""
    return Workspace(path)


class Workspace:
    """A record and everything that can be asked of it.

    Methods raise RecordError when there is no record yet, NotFound when the record has no such party or report, and
    FilterError when a filter cannot be. As a context manager it closes the file at the end.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._store: Store | None = None
        self._record: Record | None = None

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the record's file. The next method opens it again."""
        if self._store is not None:
            self._store.close()
        self._store = self._record = None

    # -- reading ---------------------------------------------------------------------------------------------

    def read(
        self,
        paths: Paths,
        *,
        published: dt.date | str | None = None,
        reader: str | Reader = "offline",
        progress: Callable[[Step], None] | None = None,
    ) -> Summary:
        """Read the reports under the paths into the record, which is made if there is none.

        A report that the record holds, read by the same reader, is not read again. Each report lands as soon as it is
        read, so a run that is broken off goes on where it was. `published` dates the reports that state no date;
        `progress` is called after each. Raises ReadingError when there is no such reader, ReportError when
        `published` cannot be, RecordError when the record cannot be written.
        """
        self._record = None
        run = _Run(self, _reader(reader), progress)
        return run.read([paths] if isinstance(paths, str | Path) else list(paths), _published(published))

    # -- the record ------------------------------------------------------------------------------------------

    def record(self) -> Record:
        """The merged record as a value."""
        if self._record is None:
            self._record = self._open().record()
        return self._record

    def reports(self, **filters: Unpack[Filters]) -> pd.DataFrame:
        """The reports, as a data frame."""
        return self.frame("reports", **filters)

    def actors(self, **filters: Unpack[Filters]) -> pd.DataFrame:
        """Who takes part, as a data frame."""
        return self.frame("actors", **filters)

    def timeline(self, **filters: Unpack[Filters]) -> pd.DataFrame:
        """The events in time, as a data frame."""
        return self.frame("timeline", **filters)

    def statements(self, **filters: Unpack[Filters]) -> pd.DataFrame:
        """Who is reported to have said what, as a data frame."""
        return self.frame("statements", **filters)

    def positions(self, **filters: Unpack[Filters]) -> pd.DataFrame:
        """Where each party stands and how firmly, as a data frame."""
        return self.frame("positions", **filters)

    def proposals(self, **filters: Unpack[Filters]) -> pd.DataFrame:
        """Deals, plans and truces with their histories, as a data frame."""
        return self.frame("proposals", **filters)

    def levers(self, **filters: Unpack[Filters]) -> pd.DataFrame:
        """Who holds what over whom, as a data frame."""
        return self.frame("levers", **filters)

    def figures(self, **filters: Unpack[Filters]) -> pd.DataFrame:
        """Claimed numbers, as a data frame."""
        return self.frame("figures", **filters)

    def discrepancies(self, **filters: Unpack[Filters]) -> pd.DataFrame:
        """Where reports disagree, as a data frame."""
        return self.frame("discrepancies", **filters)

    def frame(self, view: str, **filters: Unpack[Filters]) -> pd.DataFrame:
        """One of VIEWS as a data frame with the columns of `accord.publishing.rows.columns`."""
        import pandas as pd

        from accord.publishing import rows

        layer = VIEWS[view]
        flat = [rows.flat(row, layer) for row in rows.rows(self.record(), layer, make_filter(**filters))]
        frame = pd.DataFrame(flat, columns=rows.columns(layer))
        for column in frame.columns.intersection(_DAYS):
            frame[column] = frame[column].astype("datetime64[s]")
        return frame

    def search(self, query: str, *, limit: int = 20, **filters: Unpack[Filters]) -> pd.DataFrame:
        """The passages that answer the query best, as a data frame, the best first."""
        import pandas as pd

        from accord.publishing import rows

        found = rows.passage_rows(self.record(), self.passages(query, limit=limit, **filters))
        return pd.DataFrame(found, columns=rows.PASSAGE_COLUMNS)

    def passages(self, query: str, *, limit: int = 20, **filters: Unpack[Filters]) -> tuple[Passage, ...]:
        """The same as values, with the spans of the words that answer."""
        return tuple(self._open().search(query, make_filter(**filters), limit))

    def evidence(self, reference: str) -> tuple[Sentence, ...]:
        """Says who: the sentence that a reference such as `2:14` means, or those that an item rests on, by its id."""
        from accord.publishing.evidence import evidence

        return evidence(self.record(), reference)

    # -- what follows from the record ------------------------------------------------------------------------

    def table(self, *, at: dt.date | str | None = None, **filters: Unpack[Filters]) -> Table:
        """The negotiating table that the positions set up at a day (by default the last that one names)."""
        return self._table(make_filter(**filters), at)

    def zone(self, *, at: dt.date | str | None = None, **filters: Unpack[Filters]) -> Zone:
        """The packages that no consenting party must refuse."""
        return self.answers(at=at, **filters).zone

    def blockers(self, *, at: dt.date | str | None = None, **filters: Unpack[Filters]) -> Blockers:
        """The minimal sets of demands that together leave no package."""
        return self.answers(at=at, **filters).blockers

    def concessions(self, *, at: dt.date | str | None = None, **filters: Unpack[Filters]) -> Concessions:
        """The minimal sets of concessions that would open the zone, cheapest first."""
        return self.answers(at=at, **filters).concessions

    def answers(self, *, at: dt.date | str | None = None, **filters: Unpack[Filters]) -> Answers:
        """The table with its zone, blockers and concessions. Raises TableError when there is none to compute."""
        return self._answers(make_filter(**filters), at)

    def _table(self, where: Filter, at: dt.date | str | None = None) -> Table:
        from accord.bargaining.table import table_from

        seen = Selection(self.record(), where)
        return table_from(
            seen.items(seen.record.positions),
            seen.record.actors,
            at=make_filter(until=at).until,
            levers=seen.items(seen.record.levers),
            title=self.path.stem,
        )

    def _answers(self, where: Filter, at: dt.date | str | None = None) -> Answers:
        from accord.bargaining.conflicts import blockers, concessions
        from accord.bargaining.zone import zone
        from accord.publishing.brief import Answers

        table = self._table(where, at)
        if not table.questions:
            raise TableError("no two parties differ on anything that is on record, so there is no table to compute")
        return Answers(table=table, zone=zone(table), blockers=blockers(table), concessions=concessions(table))

    # -- what leaves -----------------------------------------------------------------------------------------

    def brief(self, form: str = "text", *, width: int = 80, colour: bool = False, **filters: Unpack[Filters]) -> str:
        """The brief as `text`, `md`, `html` or `json`. Raises ExportError when there is no such form."""
        from accord.publishing import publish

        return publish(self.brief_content(**filters), form, record=self.path.name, width=width, colour=colour)

    def brief_content(self, **filters: Unpack[Filters]) -> Brief:
        """What the brief says, as a value, before it takes a form."""
        from accord.publishing.brief import build

        where = make_filter(**filters)
        answers: Answers | str
        try:
            # a table needs every side: narrowed to one party, nobody would be left to disagree with
            answers = self._answers(msgspec.structs.replace(where, party=None))
        except TableError as problem:
            answers = f"{problem}."
        return build(self.record(), where, title=self.path.stem, answers=answers)

    def export(self, form: str, path: Path | str | None = None, **filters: Unpack[Filters]) -> str | None:
        """The record as `json`, every layer as `csv` (into a folder), or the `schema` of the JSON.

        Written to `path`, whole or not at all; without one the text is returned. Raises ExportError when there is no
        such form, when CSV has no folder to go to, or when the file cannot be written.
        """
        from accord.publishing import EXPORT_FORMS, export
        from accord.publishing.files import write_file

        if form not in EXPORT_FORMS:
            raise ExportError(f"export: the form must be one of {', '.join(EXPORT_FORMS)}; got {form!r}")
        if form == "csv":
            export.write_csv(self.record(), path, make_filter(**filters))
            return None
        text = export.shipped_schema() if form == "schema" else export.to_json(self.record(), make_filter(**filters))
        if path is None:
            return text
        write_file(Path(path), text)
        return None

    def _open(self, *, create: bool = False) -> Store:
        if self._store is None:
            from accord.record.store import Store

            if not create and not self.path.exists():
                raise RecordError(f"{self.path}: there is no such record. Make it by reading reports into it")
            self._store = Store.open(self.path, create=create, resolve=_day_of)
        return self._store


_DAYS = ["published", "date.start", "date.end", "dating.start", "dating.end"]


class _Run:
    """One run of reading: what came in and is on its way, and what became of it."""

    def __init__(self, ws: Workspace, reader: Reader, progress: Callable[[Step], None] | None) -> None:
        self._ws = ws
        self._reader = reader
        self._progress = progress
        self._waiting: deque[Report] = deque()
        self._seen: set[str] = set()
        self._sources: set[str] = set()
        self._files = 0
        self._added = self._known = 0
        self._skipped: list[Skipped] = []
        self._failed: list[Skipped] = []

    def read(self, paths: list[Path | str], published: dt.date | None) -> Summary:
        """Read everything under the paths, each report landing as soon as its reading is there."""
        if self._progress:
            from accord.reports.walk import walk

            self._files = sum(1 for _ in walk(paths))
        for reading in self._reader.read(self._fresh(paths, published)):
            report = self._waiting.popleft()
            self._ws._open(create=True).add(report, reading)
            if reading.failed is None:
                self._added += 1
            else:
                self._failed.append(Skipped(source=report.source, reason=reading.failed))
            self._tell(report.source)
        self._note_skipped()
        return Summary(added=self._added, known=self._known, skipped=tuple(self._skipped), failed=tuple(self._failed))

    def _note_skipped(self) -> None:
        """Keep what was left out and forget what had been and is not any more; make no record for that alone."""
        if self._ws.path.exists():
            store = self._ws._open(create=True)
            now = {one.source for one in self._skipped}
            for source in sorted({one.source for one in store.skipped()} & (self._sources - now)):
                store.forget_skipped(source)
            store.skip(self._skipped)

    def _fresh(self, paths: list[Path | str], published: dt.date | None) -> Iterator[Report]:
        """The reports that this reader has not read into this record, in the order in which they come."""
        from accord.reports.load import load

        for item in load(paths, published=published):
            self._sources.add(item.source)
            if isinstance(item, Skipped):
                self._skipped.append(item)
            elif item.id in self._seen or self._holds(item):
                self._known += 1
            else:
                self._seen.add(item.id)
                self._waiting.append(item)
                yield item
                continue
            self._tell(item.source)

    def _holds(self, report: Report) -> bool:
        return self._ws.path.exists() and self._ws._open(create=True).has(report.id, self._reader.fingerprint)

    def _tell(self, source: str) -> None:
        if self._progress:
            left_out, files = len(self._skipped) + len(self._failed), len(self._sources)
            self._progress(Step(self._added, self._known, left_out, files, self._files, source))


def _day_of(words: str, day: dt.date) -> When | None:
    """What a date expression means as of a day: merging dates undated reports by it."""
    from accord.reading.dates.alone import resolve

    return resolve(words, day)


def _reader(reader: str | Reader) -> Reader:
    if not isinstance(reader, str):
        return reader
    if reader == "offline":
        from accord.reading.offline import OfflineReader

        return OfflineReader()
    raise ReadingError(f"there is no reader {reader!r}; there is offline")


def _published(given: dt.date | str | None) -> dt.date | None:
    if not isinstance(given, str):
        return given
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        raise ReportError(f"published: must be a day such as 2025-02-28; got {given!r}") from None
