"""Two readers at once: what either found, what both found, and by whom each item was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import tee
from typing import Any, Literal

import msgspec

from accord.model.actor import Actor
from accord.model.findings import LAYERS, Finding, Proposal
from accord.model.ids import content_id
from accord.model.reading import Reader, Reading
from accord.model.report import Report
from accord.reading.agreement import Unit, names_of, paired, tokens, units

View = Literal["both", "agreed"]
_FIELDS = ("speaker", "party", "holder", "target", "claimed_by", "actors", "recipients", "by", "addressees", "chain")

IN_BOTH = "found by both readers"
DIFFERS = "found by both readers, which differ in who, what or how"
FIRST_ONLY = "found by the offline reader alone"
SECOND_ONLY = "found by the model alone"


class BothReader:
    """Reads with two readers and joins their findings. Implements `Reader`.

    The view `both` has all that either found, `agreed` what both found. An item that both found is the first reader's;
    what the other one has instead is noted in its reasons. `beside` are the readings that came with the last one.
    """

    def __init__(self, first: Reader, second: Reader, view: View = "both") -> None:
        self._first, self.second, self._view = first, second, view
        self.beside: tuple[Reading, ...] = ()

    @cached_property
    def fingerprint(self) -> str:
        """The view and the fingerprints of both readers."""
        return content_id(self._view, self._first.fingerprint, self.second.fingerprint)

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """One reading a report, in order; where one reader fails, the report fails."""
        ours, theirs = tee(reports)
        # the model first: while the server answers, the rules of the other reader run
        for second, first in zip(self.second.read(theirs), self._first.read(ours), strict=True):
            failed = first.failed or second.failed
            views = {
                "both": joined(first, second, self._named("both")),
                "agreed": joined(first, second, self._named("agreed"), only_agreed=True),
            }
            other = views["agreed" if self._view == "both" else "both"]
            self.beside = () if failed else (first, second, other)
            if failed:
                yield Reading(report=first.report, reader=self.fingerprint, failed=failed)
            else:
                yield views[self._view]

    def _named(self, view: View) -> str:
        return content_id(view, self._first.fingerprint, self.second.fingerprint)


def joined(first: Reading, second: Reading, reader: str, *, only_agreed: bool = False) -> Reading:
    """The union of two readings of one report, or with `only_agreed` what both have; every item marked by whom."""
    same = _same_actors(first.actors, second.actors)
    names = names_of(first, second)
    layers: dict[str, Any] = {}
    for layer in LAYERS:
        ours, theirs = units(layer, first), units(layer, second)
        join = _proposals if layer == "proposals" else _items
        found = join(layer, ours, theirs, names, same)
        layers[layer] = tuple(f for f in found if not only_agreed or f.why[0] in (IN_BOTH, DIFFERS))
    known = {actor.id for actor in first.actors}
    more = [_renamed(a, same) for a in second.actors if same.get(a.id, a.id) not in known]
    if only_agreed:
        more = []
    return Reading(report=first.report, reader=reader, actors=(*first.actors, *more), **layers)


def _items(
    layer: str, ours: tuple[Unit, ...], theirs: tuple[Unit, ...], names: Mapping[str, str], same: Mapping[str, str]
) -> Iterator[Finding]:
    pairs = {pair.first: pair for pair in paired(layer, ours, theirs, names)}
    for number, unit in enumerate(ours):
        pair = pairs.get(number)
        if pair is None:
            yield _marked(unit.finding, FIRST_ONLY)
        elif pair.full:
            yield _marked(unit.finding, IN_BOTH)
        else:
            yield _marked(unit.finding, DIFFERS, _instead(unit.finding, theirs[pair.second].finding, names, same))
    matched = {pair.second for pair in pairs.values()}
    for number, unit in enumerate(theirs):
        if number not in matched:
            yield _marked(_renamed(unit.finding, same), SECOND_ONLY)


def _proposals(
    layer: str, ours: tuple[Unit, ...], theirs: tuple[Unit, ...], names: Mapping[str, str], same: Mapping[str, str]
) -> Iterator[Finding]:
    """Proposals are one where a step of theirs is; further steps of the second reader are added to the first's."""
    partner: dict[int, int] = {}
    fully: set[int] = set()
    steps: set[int] = set()
    for pair in paired(layer, ours, theirs, names):
        mine, other = ours[pair.first].owner, theirs[pair.second].owner
        if partner.setdefault(other, mine) == mine:
            steps.add(pair.second)
            if pair.full:
                fully.add(mine)
    more: dict[int, list[Any]] = {}
    for number, unit in enumerate(theirs):
        if unit.owner in partner and number not in steps:
            more.setdefault(partner[unit.owner], []).append(_renamed(unit.said, same))
    for owner, finding in {unit.owner: unit.finding for unit in ours}.items():
        assert isinstance(finding, Proposal)
        whole = msgspec.structs.replace(finding, history=(*finding.history, *more.get(owner, ())))
        found = owner in partner.values()
        yield _marked(whole, FIRST_ONLY if not found else IN_BOTH if owner in fully else DIFFERS)
    for owner, finding in {unit.owner: unit.finding for unit in theirs}.items():
        if owner not in partner:
            yield _marked(_renamed(finding, same), SECOND_ONLY)


def _marked(finding: Finding, *notes: str) -> Finding:
    return msgspec.structs.replace(finding, why=(*(note for note in notes if note), *finding.why))


def _instead(finding: Finding, other: Finding, names: Mapping[str, str], same: Mapping[str, str]) -> str:
    """What the second reader has where the first has something else."""
    theirs = _renamed(other, same)
    differing = []
    for field in ("speaker", "status", "stance", "instrument", "target", "claimed_by", "actors", "recipients"):
        ours, other_value = getattr(finding, field, None), getattr(theirs, field, None)
        if ours != other_value:
            differing.append(f"{field.replace('_', ' ')} {_named(other_value, names)}")
    return f"the model has: {', '.join(differing)}" if differing else ""


def _named(value: object, names: Mapping[str, str]) -> str:
    some = value if isinstance(value, tuple) else (value,)
    return ", ".join(names.get(str(one), str(one)) for one in some if one is not None) or "none"


def _same_actors(ours: Iterable[Actor], theirs: Iterable[Actor]) -> dict[str, str]:
    """Which actor of the first reading each of the second is, where exactly one has its name."""
    forms: dict[frozenset[str], set[str]] = {}
    ids = set()
    for actor in ours:
        ids.add(actor.id)
        for form in (actor.name, *actor.aliases):
            forms.setdefault(tokens(form), set()).add(actor.id)
    found = {}
    for actor in theirs:
        hits = forms.get(tokens(actor.name), set())
        if actor.id not in ids and len(hits) == 1:
            found[actor.id] = next(iter(hits))
    return found


def _renamed(thing: Any, same: Mapping[str, str]) -> Any:
    """An actor, finding or step with the ids of the first reading's actors."""
    changed: dict[str, Any] = {}
    for field in _FIELDS:
        value = getattr(thing, field, None)
        if isinstance(value, str) and value in same:
            changed[field] = same[value]
        elif isinstance(value, tuple) and any(one in same for one in value):
            changed[field] = tuple(dict.fromkeys(same.get(one, one) for one in value))
    if isinstance(thing, Proposal):
        changed["history"] = tuple(_renamed(step, same) for step in thing.history)
    return msgspec.structs.replace(thing, **changed) if changed else thing
