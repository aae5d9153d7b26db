"""Exports in the forms of other programs: data frames, timelines, networks, investigations, paper.

Equal records give equal bytes in every form but PDF, in which the browser that prints it writes the time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from accord.errors import ExportError
from accord.model.record import Filter, Record

if TYPE_CHECKING:
    Make = Callable[[Record, Filter | None], bytes]

__all__ = ["CODED", "EXPORTS", "FOLDERS", "Export", "make"]


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """A form of an export: what it is for, its media type, the ending of its file, and whether it is text."""

    title: str
    about: str
    media: str
    ending: str
    text: bool


EXPORTS: dict[str, Export] = {
    "json": Export(
        title="JSON",
        about="The whole record, as its JSON Schema describes it.",
        media="application/json",
        ending="json",
        text=True,
    ),
    "csv": Export(
        title="CSV",
        about="A table for each layer, for spreadsheets and statistics.",
        media="application/zip",
        ending="csv.zip",
        text=False,
    ),
    "parquet": Export(
        title="Parquet",
        about="The same tables with types, for data frames and databases. Needs the extra parquet.",
        media="application/zip",
        ending="parquet.zip",
        text=False,
    ),
    "timeline": Export(
        title="TimelineJS",
        about="The dated events and the steps of proposals, for the TimelineJS storyteller.",
        media="application/json",
        ending="timeline.json",
        text=True,
    ),
    "graphml": Export(
        title="GraphML",
        about="Who acts with, acts on, speaks to and speaks for whom, for yEd, Cytoscape, igraph, NetworkX.",
        media="application/graphml+xml",
        ending="graphml",
        text=True,
    ),
    "gexf": Export(
        title="GEXF",
        about="The same network for Gephi.",
        media="application/gexf+xml",
        ending="gexf",
        text=True,
    ),
    "ftm": Export(
        title="FollowTheMoney",
        about="Entities as JSON lines, for OpenAleph, OpenSanctions' tools and other investigation databases.",
        media="application/x-ndjson",
        ending="ftm.json",
        text=True,
    ),
    "polecat": Export(
        title="POLECAT",
        about="The events as rows with POLECAT's columns, for event-data tools. Parquet too, by the file's ending.",
        media="text/csv",
        ending="polecat.csv",
        text=True,
    ),
    "plover": Export(
        title="PLOVER",
        about="The events as PLOVER's JSON lines. CSV and Parquet too, by the file's ending.",
        media="application/x-ndjson",
        ending="plover.jsonl",
        text=True,
    ),
    "schema": Export(
        title="JSON Schema",
        about="The schema that the JSON export validates against.",
        media="application/schema+json",
        ending="schema.json",
        text=True,
    ),
}
"""Every form of an export by its word."""
FOLDERS = ("csv", "parquet")
"""The forms that make a file a layer: a folder, or one zip file of them."""


def make(record: Record, form: str, where: Filter | None = None, ending: str = "") -> bytes:
    """The record, or what of it passes the filter, in one of EXPORTS; the forms of FOLDERS as one zip file.

    `ending` is that of the file, by which coded events are a table or lines. Raises ExportError when there is no such
    form or no such ending of it, or when a library that it takes is not there.
    """
    if form not in EXPORTS:
        raise ExportError(f"export: the form must be one of {', '.join(EXPORTS)}; got {form!r}")
    if form in CODED:
        from accord.publishing.exports import coded

        return coded.make(form, record, where, ending)
    return _maker(form)(record, where)


CODED = ("polecat", "plover")
"""The forms that hold events alone, in files of several kinds."""


def _maker(form: str) -> Make:
    import accord.publishing.exports.ftm as ftm
    import accord.publishing.exports.graphs as graphs
    import accord.publishing.exports.packed as packed
    import accord.publishing.exports.timeline as timeline
    from accord.publishing import export

    makers: dict[str, Make] = {
        "json": lambda record, where: _bytes(export.to_json(record, where)),
        "csv": lambda record, where: packed.zipped(packed.csv_files(record, where)),
        "parquet": lambda record, where: packed.zipped(packed.parquet_files(record, where)),
        "timeline": lambda record, where: _bytes(timeline.to_timeline(record, where)),
        "graphml": graphs.to_graphml,
        "gexf": graphs.to_gexf,
        "ftm": ftm.to_ftm,
        "schema": lambda record, where: _bytes(export.shipped_schema()),
    }
    return makers[form]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
