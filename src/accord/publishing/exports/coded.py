"""Events as event coders publish them: rows like those of POLECAT, records as PLOVER's manual describes them.

POLECAT: Halterman, Schrodt, Beger, Bagozzi and Scarborough 2023, and the files at doi:10.7910/DVN/AJGVIT. PLOVER: the
manual of the Open Event Data Alliance (https://github.com/openeventdata/PLOVER). What Accord does not know stays empty.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from accord.errors import ExportError, ToolMissing
from accord.model.actor import Actor
from accord.model.findings import Event, EventStatus, EventType
from accord.model.query import Selection
from accord.model.record import Filter, Record
from accord.model.report import Report
from accord.publishing import export
from accord.publishing.names import Names

_QUADS: dict[EventType, int] = {
    "AGREE": 1,
    "CONSULT": 1,
    "SUPPORT": 1,
    "CONCEDE": 1,
    "COOPERATE": 2,
    "AID": 2,
    "RETREAT": 2,
    "REQUEST": 3,
    "ACCUSE": 3,
    "REJECT": 3,
    "THREATEN": 3,
    "PROTEST": 4,
    "SANCTION": 4,
    "MOBILIZE": 4,
    "COERCE": 4,
    "ASSAULT": 4,
}
_QUAD_NAMES = ("", "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT")
_CONTEXTS: dict[EventStatus, tuple[str, ...]] = {
    "occurred": (),
    "planned": ("future",),
    "proposed": ("hypothetical",),
    "conditional": ("hypothetical",),
    "refused": ("negation",),
}
"""What PLOVER says of an event that did not happen, or not yet. Accord does not code its other contexts."""

_BODIES = ("organisation", "armed-group", "bloc", "media")
_LANGUAGE = "en"  # no other is read

POLECAT = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Event Intensity", "Quad Code", "Contexts"),
    *("Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title"),
    *("Actor Name Raw", "Wikipedia Actor ID"),
    *("Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors"),
    *("Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID"),
    *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID"),
    *("Raw Placename", "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations"),
    *("Story Locations", "Language", "Version"),
    # Accord's own, after those of the data set
    *("Headline", "Story ID", "Event Date From", "Event Date To", "Status", "Confidence", "Quote"),
)
"""The columns of a POLECAT file in its order, and then Accord's own."""

PLOVER = (
    *("id", "date", "enddate", "source", "source_code", "recipient", "recipient_code", "event", "mode", "context"),
    *("quad_code", "event_loc", "event_text", "start", "end", "title", "publication", "url", "language"),
    *("citation", "status", "confidence"),
)
"""The columns of PLOVER's records where they are a table."""

_DAYS = ("Event Date", "Publication Date", "Event Date From", "Event Date To", "date", "enddate")
_NUMBERS = ("Confidence", "confidence", "Event Intensity", "Latitude", "Longitude")
_COUNTS = ("quad_code", "start", "end")

Cells = dict[str, Any]


def polecat(record: Record, where: Filter | None = None) -> Iterator[Cells]:
    """The events as rows of POLECAT, one an event, however many reports tell of it."""
    coder = _Coder(record)
    for event in coder.events(where):
        yield dict.fromkeys(POLECAT) | coder.polecat(event)


def plover(record: Record, where: Filter | None = None) -> Iterator[Cells]:
    """The events as records of PLOVER. Fields that Accord knows nothing for are left out."""
    coder = _Coder(record)
    for event in coder.events(where):
        yield {key: value for key, value in coder.plover(event).items() if value not in (None, [], {})}


def plover_rows(record: Record, where: Filter | None = None) -> Iterator[Cells]:
    """The same as rows of a table."""
    coder = _Coder(record)
    for event in coder.events(where):
        whole = coder.plover(event)
        sides = {
            key: value
            for side in ("source", "recipient")
            for key, value in (
                (side, [one["actor_text"] for one in whole[side]]),
                (f"{side}_code", [one["code"] for one in whole[side] if "code" in one]),
            )
        }
        place = {"event_loc": whole["event_loc"].get("name"), **whole["text_info"], **whole["cite_info"]}
        flat = {**whole, **place, **sides}
        yield {column: flat.get(column) for column in PLOVER}


class _Coder:
    def __init__(self, record: Record) -> None:
        self._record = record
        self._names = Names(record)
        self._actors = {actor.id: actor for actor in record.actors}
        self._reports = {report.id: report for report in record.reports}
        self._people = _told(actor for actor in record.actors if actor.kind == "person")
        self._bodies = _told(actor for actor in record.actors if actor.kind in _BODIES)

    def events(self, where: Filter | None) -> tuple[Event, ...]:
        return Selection(self._record, where).items(self._record.events)

    def polecat(self, event: Event) -> Cells:
        report = self._reports[event.evidence[0].report]
        start, end = _days(event)
        return {
            "Event ID": event.id,
            "Event Date": start if start == end else None,
            "Event Type": event.type,
            "Event Mode": event.mode,
            "Quad Code": _QUAD_NAMES[_QUADS[event.type]],
            "Contexts": _CONTEXTS[event.status],
            **self._side("Actor", event.actors, event, report),
            **self._side("Recipient", event.recipients, event, report),
            "Raw Placename": event.place,
            "Source": report.outlet,
            "Publication Date": report.published,
            "Story People": sorted(self._people.get(report.id, ())),
            "Story Organizations": sorted(self._bodies.get(report.id, ())),
            "Language": _LANGUAGE,
            "Headline": report.title,
            "Story ID": list(dict.fromkeys(evidence.report for evidence in event.evidence)),
            "Event Date From": start,
            "Event Date To": end,
            "Status": event.status,
            "Confidence": event.confidence,
            "Quote": event.evidence[0].quote,
        }

    def _side(self, side: str, ids: Sequence[str], event: Event, report: Report) -> Cells:
        known = [self._actors[i] for i in ids if i in self._actors]
        return {
            f"{side} Name": [actor.name for actor in known],
            f"{side} Country": _once(self._country(actor) for actor in known),
            f"{side} Title": _once(_title(actor, report) for actor in known),
            f"{side} Name Raw": list(self._names.names(ids, event.evidence)),
        }

    def plover(self, event: Event) -> Cells:
        first = event.evidence[0]
        report = self._reports[first.report]
        start, end = _days(event)
        cited = {
            "citation": report.id,
            "url": report.url,
            "title": report.title,
            "language": _LANGUAGE,
            "publication": report.outlet,
            "codebook": "PLOVER",
        }
        return {
            "id": event.id,
            "has_event": True,
            "date": start,
            "enddate": end if end != start else None,
            "source": [self._object(i, event, report) for i in event.actors],
            "recipient": [self._object(i, event, report) for i in event.recipients],
            "event": [event.type],
            "event_loc": {"name": event.place} if event.place else {},
            "event_text": [evidence.quote for evidence in event.evidence],
            "quad_code": _QUADS[event.type],
            "mode": [event.mode] if event.mode else [],
            "context": list(_CONTEXTS[event.status]),
            "text_info": {"start": first.start, "end": first.end},
            "cite_info": {key: value for key, value in cited.items() if value is not None},
            "coder": "accord",
            "status": event.status,
            "confidence": event.confidence,
        }

    def _object(self, key: str, event: Event, report: Report) -> Cells:
        actor = self._actors.get(key)
        found = {
            "code": self._country(actor) if actor else None,
            "actor_text": self._names.name(key, event.evidence),
            "identifier_id": key,
            "identifier_text": actor.name if actor else None,
            "office": _title(actor, report) if actor else None,
        }
        return {name: value for name, value in found.items() if value is not None}

    def _country(self, actor: Actor) -> str | None:
        """The code of the state that an actor is or speaks for."""
        seen: set[str] = set()
        found: Actor | None = actor
        while found is not None and found.id not in seen:
            if found.kind == "state":
                return found.code
            seen.add(found.id)
            found = self._actors.get(found.party) if found.party else None
        return None


def _told(actors: Iterable[Actor]) -> dict[str, set[str]]:
    """For each report the full names in it of these actors."""
    found: dict[str, set[str]] = {}
    for actor in actors:
        for report, name in actor.names:
            found.setdefault(report, set()).add(name)
    return found


def _title(actor: Actor, report: Report) -> str | None:
    """What a person was called when the report appeared, or last before."""
    day = report.published.isoformat() if report.published else ""
    known = [(role.as_of or "", role.title) for role in actor.roles if role.title and (role.as_of or "") <= day]
    return max(known)[1] if known else None


def _days(event: Event) -> tuple[dt.date | None, dt.date | None]:
    return (event.date.start, event.date.end) if event.date else (None, None)


def _once(some: Iterator[str | None]) -> list[str]:
    return list(dict.fromkeys(one for one in some if one))


# in files


def polecat_csv(record: Record, where: Filter | None) -> bytes:
    """POLECAT's rows as CSV."""
    return export.to_csv(list(polecat(record, where)), POLECAT).encode("utf-8", "surrogatepass")


def polecat_parquet(record: Record, where: Filter | None) -> bytes:
    """POLECAT's rows as Parquet."""
    return _parquet(polecat(record, where), POLECAT)


def plover_lines(record: Record, where: Filter | None) -> bytes:
    """PLOVER's records as JSON lines, as its manual advises."""
    return b"".join(msgspec.json.encode(one) + b"\n" for one in plover(record, where))


def plover_csv(record: Record, where: Filter | None) -> bytes:
    """PLOVER's records as CSV."""
    return export.to_csv(list(plover_rows(record, where)), PLOVER).encode("utf-8", "surrogatepass")


def plover_parquet(record: Record, where: Filter | None) -> bytes:
    """PLOVER's records as Parquet."""
    return _parquet(plover_rows(record, where), PLOVER)


KINDS: dict[str, dict[str, Callable[[Record, Filter | None], bytes]]] = {
    "polecat": {".csv": polecat_csv, ".parquet": polecat_parquet},
    "plover": {".jsonl": plover_lines, ".csv": plover_csv, ".parquet": plover_parquet},
}
"""What writes each form by the ending of the file; the first where the ending says nothing."""


def make(form: str, record: Record, where: Filter | None = None, ending: str = "") -> bytes:
    """The events of a record in one of KINDS. Raises ExportError where no file of this ending is written."""
    kinds = KINDS[form]
    if ending and ending not in kinds:
        raise ExportError(f"export: {form} is written as {', '.join(kinds)}; got a file that ends in {ending!r}")
    return (kinds[ending] if ending else next(iter(kinds.values())))(record, where)


def _parquet(some: Iterator[Cells], columns: Sequence[str]) -> bytes:
    try:
        import pyarrow as arrow
        import pyarrow.parquet as parquet
    except ModuleNotFoundError:
        raise ToolMissing(
            "export: Parquet is written by pyarrow, which is not installed: pip install 'accord[parquet]'"
        ) from None
    kinds = {
        **dict.fromkeys(columns, arrow.string()),
        **{name: arrow.date32() for name in _DAYS if name in columns},
        **{name: arrow.float64() for name in _NUMBERS if name in columns},
        **{name: arrow.int64() for name in _COUNTS if name in columns},
    }
    rows = list(some)
    table = arrow.table({name: arrow.array([_said(row[name]) for row in rows], kinds[name]) for name in columns})
    out = io.BytesIO()
    parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


def _said(cell: Any) -> Any:
    if isinstance(cell, list | tuple):
        return "; ".join(cell) or None
    return cell
