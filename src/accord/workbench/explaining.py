"""Why an item is in the record: what its reader noted, the words it stands on, and what merging and people did."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from accord.errors import NotFound
from accord.model.explanation import Explanation, Ground
from accord.model.findings import LAYERS, Finding
from accord.model.index import actors_of
from accord.model.record import Record
from accord.workbench.items import Items

if TYPE_CHECKING:
    from accord.model.reading import Reading
    from accord.model.report import Report
    from accord.reading.trail import Trails
    from accord.record.store import Store

_REFERENCE = re.compile(r"\[?\d+:\d+\]?")
_NEAR, _LIKE = 3, 0.7  # ids that a message suggests, and how like what was typed
_MOST = 4  # findings of one item that are followed to their words; the others are listed


class Explaining:
    """Says why. Each item is explained from what the record keeps and from its reports, parsed again."""

    def record(self) -> Record:
        """The merged record as a value."""
        raise NotImplementedError

    def _open(self, *, create: bool = False) -> Store:
        raise NotImplementedError

    def explain(self, named: str) -> tuple[Explanation, ...]:
        """Why the item with this id is in the record; of a reference such as `2:14`, every item on that sentence.

        The first characters of an id will do where one item alone begins with them. Raises NotFound when nothing
        answers to the name, or several items do: it says which ids are near.
        """
        record, store = self.record(), self._open()
        items = _items(record, named)
        readings = {f.id: (reading, f) for reading in store.readings() for name in LAYERS for f in reading.layer(name)}
        trails = _Followed(store.reports())
        log = store.edits()
        judged = store.all_judgements([item.id for _, item in items])
        from accord.publishing.names import Names
        from accord.publishing.traces import say

        found = []
        for layer, item in items:
            members = tuple(dict.fromkeys((item.id, *record.members.get(item.id, ()))))
            read = [readings[key] for key in members if key in readings]
            found.append(
                Explanation(
                    id=item.id,
                    layer=layer,
                    says=say(item, Names(record)),
                    confidence=item.confidence,
                    date=getattr(item, "date", None),
                    why=item.why,
                    members=members,
                    grounds=tuple(trails.ground(reading, finding) for reading, finding in read[:_MOST]),
                    judgements=judged[item.id],
                    edits=tuple(edit for edit in log if set(edit.items) & set(members)),
                )
            )
        return tuple(found)


class _Followed:
    """Follows findings to their words; each report is parsed once."""

    def __init__(self, reports: Iterable[Report]) -> None:
        from accord.reading.offline import OfflineReader

        self._reports = {report.id: report for report in reports}
        self._reader = OfflineReader().fingerprint
        self._parsed: dict[str, Trails] = {}

    def ground(self, reading: Reading, finding: Finding) -> Ground:
        """What one finding stands on."""
        from accord.reading.trail import Trails

        if reading.report not in self._parsed:
            self._parsed[reading.report] = Trails(self._reports[reading.report])
        same = reading.reader == self._reader
        return Ground(
            finding=finding.id,
            report=reading.report,
            confidence=finding.confidence,
            why=finding.why,
            trails=self._parsed[reading.report].of(finding, actors_of(finding)),
            remark=None if same else "found by another reader than this version's, which may have seen another parse",
        )


def _items(record: Record, named: str) -> list[tuple[str, Finding]]:
    """The items that are named, each with its layer. Raises NotFound, with ids that are near, where there are none."""
    keys = _on_sentence(record, named) if _REFERENCE.fullmatch(named.strip()) else [_key(record, named.strip())]
    owners = {old: new for new, olds in record.members.items() for old in olds}
    wanted = {owners.get(key, key) for key in keys}
    return [(layer, item) for layer in LAYERS for item in record.layer(layer) if item.id in wanted]


def _on_sentence(record: Record, reference: str) -> list[str]:
    from accord.publishing.evidence import evidence

    (sentence,) = evidence(record, reference)
    if not sentence.items:
        raise NotFound(f"{reference.strip()}: nothing in this record rests on this sentence")
    return [key for _, key in sentence.items]


def _key(record: Record, named: str) -> str:
    known = Items(record)
    try:
        layer, key = known.find(named)
    except NotFound as problem:
        begun = any(key.startswith(named) for key in known.layers)
        near = [] if begun else difflib.get_close_matches(named, sorted(known.layers), n=_NEAR, cutoff=_LIKE)
        raise NotFound(f"{problem}; near it: {', '.join(near)}" if near else str(problem)) from None
    if layer not in (*LAYERS, "propositions"):
        raise NotFound(f"{named}: is one of the {layer}; items of these layers can be explained: {', '.join(LAYERS)}")
    return key
