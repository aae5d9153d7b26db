"""Says who: the sentence behind a reference, or behind an item of the record, in its surroundings."""

from __future__ import annotations

import datetime as dt

import msgspec

from accord.errors import NotFound
from accord.model.evidence import Evidence, Span
from accord.model.findings import LAYERS
from accord.model.index import index_of
from accord.model.record import Record
from accord.publishing.references import References


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of a report with what stands before and after it.

    `items` are the items of the record that rest on this sentence, as (layer, id).
    """

    ref: str
    title: str | None
    outlet: str | None
    published: dt.date | None
    source: str
    url: str | None
    before: str
    sentence: str
    after: str
    items: tuple[tuple[str, str], ...]


def evidence(record: Record, what: str, references: References | None = None) -> tuple[Sentence, ...]:
    """The sentence that a reference such as `2:14` means, or those that an item rests on, by its id.

    The id of a finding that was merged into an item finds the item. Who asks often gives the record's `references`.
    Raises NotFound where there is neither.
    """
    references = references or References(record)
    refs = [what.strip("[] ")] if ":" in what else list(dict.fromkeys(map(references.ref, _evidence(record, what))))
    reports = {references.resolve(ref)[0].id for ref in refs}
    places = {report: _places(record, report) for report in reports}
    return tuple(_sentence(references, ref, places) for ref in refs)


def _evidence(record: Record, key: str) -> tuple[Evidence, ...]:
    by_id = index_of(record).by_id
    if key not in by_id:
        key = next((new for new, olds in record.members.items() if key in olds), key)
    if key in by_id:
        return by_id[key].evidence
    for found in record.discrepancies:
        if found.id == key:
            return tuple(e for claim in found.claims for e in claim.evidence)
    raise NotFound(
        f"nothing in this record has the id or reference {key!r}; a reference looks like 2:14, an id is in every row"
    )


def _places(record: Record, report: str) -> list[tuple[Evidence, str, str]]:
    """What rests on words of one report, layer by layer."""
    found = []
    for layer in LAYERS:
        items = record.layer(layer)
        for place in index_of(record).layer(layer).of_reports((report,)).nonzero()[0].tolist():
            item = items[place]
            found += [(one, layer, item.id) for one in item.evidence if one.report == report]
    return found


def _sentence(references: References, ref: str, places: dict[str, list[tuple[Evidence, str, str]]]) -> Sentence:
    report, span = references.resolve(ref)
    number = references.sentence(span)

    def words(other: int) -> str:
        try:
            _, near = references.resolve(f"{references.number(report.id)}:{other}")
        except NotFound:
            return ""
        return report.text[near.start : near.end]

    on = [
        (layer, key)
        for one, layer, key in places.get(report.id, ())
        if one.overlaps(Span(report.id, span.start, span.end))
    ]
    return Sentence(
        ref=references.ref(span),
        title=report.title,
        outlet=report.outlet,
        published=report.published,
        source=report.source,
        url=report.url,
        before=words(number - 1),
        sentence=report.text[span.start : span.end],
        after=words(number + 1),
        items=tuple(dict.fromkeys(on)),
    )
