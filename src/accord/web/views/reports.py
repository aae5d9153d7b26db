"""The reports: the list, and the text of one with what rests on it marked, layer by layer."""

from __future__ import annotations

import bisect
from collections import defaultdict
from itertools import pairwise
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from accord.errors import NotFound
from accord.model.findings import LAYERS, Finding
from accord.model.report import Report
from accord.publishing.sentences import sentence_starts
from accord.web.asking import Pages, Where
from accord.web.desk import Scene
from accord.web.pages import Context, page

router = APIRouter(include_in_schema=False)

SHOWN = ("events", "positions", "proposals")
"""The layers that are marked unless others are asked for."""


class Piece(msgspec.Struct, frozen=True):
    """A run of a sentence that the same items rest on. `layers` are theirs, `item` the one that it leads to."""

    start: int
    text: str
    layers: tuple[str, ...] = ()
    item: str | None = None
    chosen: bool = False


class Sentence(msgspec.Struct, frozen=True):
    """A sentence by its number in the report, in pieces."""

    number: int
    pieces: tuple[Piece, ...]


class Note(msgspec.Struct, frozen=True):
    """An item that rests on a paragraph, beside it."""

    layer: str
    item: Finding
    chosen: bool


class Paragraph(msgspec.Struct, frozen=True):
    """Sentences that stand together, and the items whose evidence begins in them."""

    sentences: tuple[Sentence, ...]
    notes: tuple[Note, ...]


class Marked(msgspec.Struct, frozen=True, kw_only=True):
    """What is marked in a report: spans of evidence as (start, end, layer, item), and the item that was asked for."""

    spans: tuple[tuple[int, int, str, str], ...]
    items: dict[str, tuple[str, Finding]]
    chosen: frozenset[tuple[int, int]]
    asked: str | None


@router.get("/reports")
def reports(request: Request, asked: Where, paging: Pages) -> Response:
    """All reports, with their numbers, days and how much rests on each."""

    def make(scene: Scene) -> Context:
        seen = scene.selection(asked.where).report_places
        places = seen[paging.offset : paging.offset + paging.limit].tolist()
        shown = tuple(scene.record.reports[place] for place in places)
        layers = {name: scene.index.layer(name).per_report for name in LAYERS}
        counts = {
            report.id: {name: int(count[place]) for name, count in layers.items()}
            for place, report in zip(places, shown, strict=True)
        }
        return {"shown": shown, "total": len(seen), "paging": paging, "counts": counts, "layers": tuple(LAYERS)}

    return page(request, "reports.html", make, asked)


@router.get("/reports/{number}")
def report(
    request: Request,
    number: int,
    item: Annotated[str | None, Query(max_length=80)] = None,
    layers: Annotated[list[str] | None, Query(max_length=20)] = None,
) -> Response:
    """One report. `item` marks what an item rests on; `layers` are the layers that are marked."""
    wanted = tuple(name for name in LAYERS if name in (SHOWN if layers is None else layers))

    def make(scene: Scene) -> Context:
        found = scene.record.reports
        if not 1 <= number <= len(found):
            raise NotFound(f"report {number}: the record's reports have the numbers 1 to {len(found)}")
        one = found[number - 1]
        marked = mark(scene, one, wanted, item)
        return {
            "report": one,
            "number": number,
            "last": len(found),
            "paragraphs": paragraphs(one, marked),
            "wanted": wanted,
            "layers": tuple(LAYERS),
            "item": item,
            "copies": tuple(scene.references.number(copy) for copy in scene.record.copies.get(one.id, ())),
            "dating": next((dating for dating in scene.record.datings if dating.report == one.id), None),
        }

    return page(request, "report.html", make)


def mark(scene: Scene, report: Report, wanted: tuple[str, ...], item: str | None) -> Marked:
    """What to mark in a report."""
    spans, items = [], {}
    for name in wanted:
        every: tuple[Finding, ...] = scene.record.layer(name)
        for place in scene.index.layer(name).of_reports((report.id,)).nonzero()[0].tolist():
            found = every[place]
            items[found.id] = (name, found)
            spans += [(e.start, e.end, name, found.id) for e in found.evidence if e.report == report.id]
    chosen: set[tuple[int, int]] = set()
    asked = scene.members.get(item, item) if item else None
    one = scene.index.by_id.get(asked) if asked else None
    if one is not None:
        items[one.id] = (scene.layers[one.id], one)
        mine = [(e.start, e.end) for e in one.evidence if e.report == report.id]
        spans += [(start, end, scene.layers[one.id], one.id) for start, end in mine]
        chosen |= set(mine)
    for found_discrepancy in scene.record.discrepancies if asked and one is None else ():
        if found_discrepancy.id == asked:
            claimed = [e for claim in found_discrepancy.claims for e in claim.evidence if e.report == report.id]
            chosen |= {(e.start, e.end) for e in claimed}
    return Marked(spans=tuple(dict.fromkeys(spans)), items=items, chosen=frozenset(chosen), asked=asked)


def paragraphs(report: Report, marked: Marked) -> tuple[Paragraph, ...]:
    """The report's text, whole, in paragraphs of numbered sentences."""
    starts = sentence_starts(report.text)
    ends = [*starts[1:], len(report.text)]
    made: list[Paragraph] = []
    now: list[Sentence] = []
    first = 0
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        if not now:
            first = start
        now.append(Sentence(number, _pieces(report.text, start, end, marked)))
        if "\n" in report.text[start + len(report.text[start:end].rstrip()) : end] or end == len(report.text):
            made.append(Paragraph(tuple(now), _notes(first, end, marked)))
            now = []
    return tuple(made)


def _pieces(text: str, start: int, end: int, marked: Marked) -> tuple[Piece, ...]:
    over = [span for span in marked.spans if span[0] < end and start < span[1]]
    chosen = [span for span in marked.chosen if span[0] < end and start < span[1]]
    bounds = [*((span[0], span[1]) for span in over), *chosen]
    cuts = {start, end, *(at for bound in bounds for at in bound if start < at < end)}
    places = sorted(cuts)
    pieces = []
    for low, high in pairwise(places):
        on = [span for span in over if span[0] <= low and high <= span[1]]
        # the shortest span is the most telling one to lead to
        on.sort(key=lambda span: (span[3] != marked.asked, span[1] - span[0], span[3]))
        layers = tuple(name for name in LAYERS if any(span[2] == name for span in on))
        within = any(span[0] <= low and high <= span[1] for span in chosen)
        pieces.append(Piece(low, text[low:high], layers, on[0][3] if on else None, within))
    return tuple(pieces)


def _notes(start: int, end: int, marked: Marked) -> tuple[Note, ...]:
    first: dict[str, int] = defaultdict(lambda: end)
    for low, _, _, item in marked.spans:
        if start <= low < end:
            first[item] = min(first[item], low)
    order = sorted(first, key=lambda item: (first[item], item))
    return tuple(Note(marked.items[i][0], marked.items[i][1], i == marked.asked) for i in order)


def sentence_at(report: Report, offset: int) -> int:
    """The number of the sentence that a character stands in."""
    return max(1, bisect.bisect_right(sentence_starts(report.text), offset))
