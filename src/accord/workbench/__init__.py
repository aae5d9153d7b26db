"""The Python API, and the one place that knows the order of the stages.

    ws = accord.open("talks.accord")
    ws.read(["dispatches/"])
    ws.positions(party="Kenya", since="2008-02")
    ws.changes(since="2008-02-20")
    ws.reject("2:14", author="Ada", reason="the envoy denied it")
    ws.whatif(relax="Kenya: seat at the table")

Every method that looks at the record takes the same filters: `party`, `issue`, `since`, `until`, `report`,
`confidence` (see `accord.model.query`). Heavy libraries are imported when a method needs them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Unpack

from accord.errors import ExportError, RecordError, TableError
from accord.model.place import Place
from accord.model.query import make_filter, sure_enough
from accord.model.record import Passage, Record
from accord.workbench.caring import Caring
from accord.workbench.comparing import Comparing
from accord.workbench.computing import Computing, Setting
from accord.workbench.correcting import Correcting
from accord.workbench.engines import Engine, make_engine, spread
from accord.workbench.explaining import Explaining
from accord.workbench.filters import Filters
from accord.workbench.neighbouring import Neighbouring
from accord.workbench.readers import READERS, make_reader
from accord.workbench.run import Intake, Run, Step, Summary, given_day
from accord.workbench.scenarios import Scenarios
from accord.workbench.tracing import TRACED, Rebuilt, Tracing

if TYPE_CHECKING:
    import msgspec
    import pandas as pd

    from accord.model.reading import Reader
    from accord.model.when import When
    from accord.publishing.brief import Answers, Brief
    from accord.publishing.evidence import Sentence
    from accord.record.store import Store
    from accord.reports.incoming import Incoming
    from accord.workbench.watching import Watch

__all__ = [
    "READERS",
    "TRACED",
    "VIEWS",
    "Engine",
    "Filters",
    "Rebuilt",
    "Setting",
    "Step",
    "Summary",
    "Workspace",
    "open",
]

Paths = Iterable["Path | str | Incoming"] | Path | str

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


def open(path: Path | str | Place) -> Workspace:
    """The workspace of the record at `path`: a file, or an address such as postgresql://USER@HOST/DATABASE.

    Nothing is opened yet: reading makes the record when there is none.
    """
    return Workspace(path)


class Workspace(Computing, Comparing, Scenarios, Tracing, Correcting, Explaining, Caring, Neighbouring):
    """A record and everything that can be asked of it.

    Methods raise RecordError when there is no record yet, NotFound when the record has no such party or report, and
    FilterError when a filter cannot be. As a context manager it closes the file at the end.
    """

    def __init__(self, path: Path | str | Place) -> None:
        self.place = Place.of(path)
        self._store: Store | None = None
        self._record: Record | None = None

    @property
    def file(self) -> Path:
        """The record's file; for one on a server, the path that names what is kept beside it in the folder at hand."""
        return self.place.beside

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
        triage: bool | None = None,
        columns: Mapping[str, str] | None = None,
        remote: bool = False,
        engine: str | Engine | None = None,
    ) -> Summary:
        """Read the reports under the paths into the record, which is made if there is none.

        A report that the record holds, read by the same reader, is not read again. Each report lands as soon as it is
        read, so a run that is broken off goes on where it was. `published` dates the reports that state no date;
        `progress` is called after each. `triage` passes over reports that are not about a process: True all such, False
        none, None those in feeds and archives of the web. `columns` says what tables call the fields, as
        {"text": "story"}. Addresses (s3, http and so on) are opened only with `remote`. `engine` spreads reading over
        workers: "dask" over the cores of this machine, "dask=tcp://host:8786" over a cluster. Raises ReadingError when
        there is no such reader or engine, ReportError when `published` cannot be, RecordError when the record cannot be
        written.
        """
        self._record = None
        who = _reader(reader)
        if engine is not None:
            who = spread(who, engine if isinstance(engine, Engine) else make_engine(engine), self.file)
        run = Run(self.place, lambda: self._open(create=True), who, progress)
        intake = Intake(published=given_day(published), columns=columns or {}, triage=triage, remote=remote)
        return run.read([paths] if isinstance(paths, str | Path) else list(paths), intake)

    def watch(self, sources: Iterable[str], *, triage: bool | None = None, reader: str | Reader = "offline") -> Watch:
        """A watcher of feeds and folders that adds to this record; `with` it, and ask it to `look`."""
        from accord.workbench.watching import Watch

        return Watch(self, sources, reader=_reader(reader), triage=triage)

    # -- the record ------------------------------------------------------------------------------------------

    def record(self) -> Record:
        """The merged record as a value."""
        if self._record is None:
            self._record = self._open().record()
        return self._record

    def refresh(self) -> Record:
        """The merged record as its file now is, with what others added since it was last asked for."""
        self._record = None
        return self.record()

    def stamp(self) -> Hashable:
        """Something that is another whenever somebody has written to the record, here or elsewhere; cheap to ask for.

        Raises RecordError when there is no such record any more.
        """
        return self._open().stamp()

    def revision(self) -> str:
        """A digest of all that the record is made from: the same revision, the same record."""
        return self._open().digest()

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
        from accord.publishing.rows import layer_forms

        return self._frame(VIEWS[view], layer_forms(self.record(), VIEWS[view], make_filter(**filters)))

    def _frame(self, word: str, some: Sequence[msgspec.Struct]) -> pd.DataFrame:
        """Forms of one layer or trace as a data frame."""
        import pandas as pd

        from accord.publishing import rows

        frame = pd.DataFrame([rows.flat(row, word) for row in rows.plain(some)], columns=rows.columns(word))
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

    def similar(self, reference: str, *, limit: int = 10) -> pd.DataFrame:
        """The passages of other reports nearest to a sentence (`2:14`) or an item, as a data frame, nearest first."""
        import pandas as pd

        from accord.publishing import rows

        found = rows.passage_rows(self.record(), self.similar_passages(reference, limit=limit))
        return pd.DataFrame(found, columns=rows.PASSAGE_COLUMNS)

    def similar_passages(self, reference: str, *, limit: int = 10) -> tuple[Passage, ...]:
        """The same as values. Raises NotFound when there is no such sentence or item."""
        from accord.publishing.references import References

        _, span = References(self.record()).resolve(self.evidence(reference)[0].ref)
        return tuple(self._open().similar(span, limit))

    def evidence(self, reference: str) -> tuple[Sentence, ...]:
        """Says who: the sentence that a reference such as `2:14` means, or those that an item rests on, by its id."""
        from accord.publishing.evidence import evidence

        return evidence(self.record(), reference)

    # -- what leaves -----------------------------------------------------------------------------------------

    def brief(self, form: str = "text", *, width: int = 80, colour: bool = False, **filters: Unpack[Filters]) -> str:
        """The brief as `text`, `md`, `html` or `json`. Raises ExportError when there is no such form."""
        from accord.publishing import publish

        return publish(self.brief_content(**filters), form, record=self.place.name, width=width, colour=colour)

    def brief_content(self, *, sets: int | None = None, **filters: Unpack[Filters]) -> Brief:
        """What the brief says, before it takes a form. At most `sets` blockers and concessions are sought."""
        from accord.publishing.brief import build

        where = sure_enough(make_filter(**filters))
        answers: Answers | str
        try:
            # a table needs every side: narrowed to one party, nobody would be left to disagree with
            every = filters.copy()
            every["party"] = None
            answers = self.answers(sets=sets, **every)
        except TableError as problem:
            answers = f"{problem}."
        return build(self.record(), where, title=self.place.stem, answers=answers)

    def brief_pdf(self, **filters: Unpack[Filters]) -> bytes:
        """The brief on paper. Raises ToolMissing where no Chromium is on this machine to print it."""
        from accord.publishing.exports.pdf import to_pdf

        return to_pdf(self.brief("html", **filters))

    def export(self, form: str, path: Path | str | None = None, **filters: Unpack[Filters]) -> str | None:
        """The record in one of the forms of `accord.publishing.exports.EXPORTS`.

        Written to `path`, whole or not at all; without one the text is returned. What makes a file a layer goes into
        a folder, or into one file where the path ends in .zip. Raises ExportError when there is no such form, when it
        has no place to go to, or when that cannot be written.
        """
        from accord.publishing.exports import CODED, EXPORTS, FOLDERS, make, packed
        from accord.publishing.files import write_bytes

        if form in FOLDERS and path is None:
            raise ExportError(f"export: {form} makes one file a layer; name a folder for them, or a file NAME.zip")
        if form in FOLDERS and path is not None and Path(path).suffix != ".zip":
            packed.write_folder(packed.FILES[form](self.record(), make_filter(**filters)), Path(path))
            return None
        ending = Path(path).suffix if path is not None and form in CODED else ""
        made = make(self.record(), form, make_filter(**filters), ending)
        if path is None and EXPORTS[form].text:
            return made.decode("utf-8", "surrogatepass")
        assert path is not None
        write_bytes(Path(path), made)
        return None

    def exported(self, form: str, **filters: Unpack[Filters]) -> bytes:
        """The same as bytes; what makes a file a layer as one zip file."""
        from accord.publishing import exports

        return exports.make(self.record(), form, make_filter(**filters))

    def _open(self, *, create: bool = False) -> Store:
        if self._store is None:
            from accord.record.store import Store

            if not create and self.place.file is not None and not self.place.file.exists():
                raise RecordError(f"{self.place}: there is no such record. Make it by reading reports into it")
            self._store = Store.open(self.place, create=create, resolve=_day_of)
        return self._store


_DAYS = ["published", "date.start", "date.end", "dating.start", "dating.end"]


def _day_of(words: str, day: dt.date) -> When | None:
    """What a date expression means as of a day: merging dates undated reports by it."""
    from accord.reading.dates.alone import resolve

    return resolve(words, day)


def _reader(reader: str | Reader) -> Reader:
    if not isinstance(reader, str):
        return reader
    return make_reader(reader)
