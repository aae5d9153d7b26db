"""Filters over arrays keep what the words of `Selection` say, worked out item by item."""

from __future__ import annotations

import gc
import weakref
from random import Random
from typing import Any

import pytest

from accord.errors import NotFound
from accord.model.derived import derived
from accord.model.evidence import Evidence
from accord.model.findings import LAYERS, Position
from accord.model.query import Selection, actors_of, dates_of, find_parties, find_reports, make_filter, report_days
from accord.model.record import Filter, Record
from accord.model.table import Table
from accord.model.when import When
from random_records import filters, record


def about(known: Record, item: Any, evidence: tuple[Evidence, ...], issue: str | None) -> bool:
    if issue is None:
        return True
    if isinstance(item, Position):
        return item.issue == issue
    words = [e for position in known.positions if position.issue == issue for e in position.evidence]
    return any(one.overlaps(other) for one in evidence for other in words)


def passes(
    known: Record, where: Filter, item: Any, who: set[str], evidence: tuple[Evidence, ...], dates: tuple[When, ...]
) -> bool:
    days = report_days(known)
    of = {one.report for one in evidence}
    dates = dates or tuple(days[report] for report in of if report in days)
    window = When(where.since, where.until)
    timed = where.since is None and where.until is None
    return (
        item.confidence >= where.confidence
        and (where.party is None or bool(who & find_parties(known, where.party)))
        and (where.report is None or bool(of & find_reports(known, where.report)))
        and about(known, item, evidence, where.issue)
        and (timed or any(date.meets(window) for date in dates))
    )


@pytest.mark.parametrize("seed", range(20))
def test_a_filter_keeps_what_it_says(seed: int) -> None:
    known, random = record(seed), Random(seed)
    by_id = {item.id: item for layer in LAYERS for item in known.layer(layer)}
    for _ in range(5):
        where = make_filter(**filters(random, known))
        try:
            seen = Selection(known, where)
        except NotFound:
            continue
        used: set[str] = set(find_reports(known, where.report)) if where.report else set()
        named: set[str] = set()
        for layer in LAYERS:
            kept = tuple(
                item
                for item in known.layer(layer)
                if passes(known, where, item, set(actors_of(item)), item.evidence, dates_of(item))
            )
            assert seen.layer(layer) == kept
            used |= {one.report for item in kept for one in item.evidence}
            named |= {one for item in kept for one in actors_of(item)}
        found = []
        for one in known.discrepancies:
            items = [by_id[key] for claim in one.claims for key in claim.items]
            who = {claim.by for claim in one.claims if claim.by}.union(*(actors_of(item) for item in items))
            words = tuple(e for claim in one.claims for e in claim.evidence)
            if passes(known, where, one, who, words, tuple(day for item in items for day in dates_of(item))):
                found.append(one)
                used |= {e.report for e in words}
        assert seen.discrepancies == tuple(found)
        if where != Filter():
            assert {report.id for report in seen.reports} == used
            wanted = find_parties(known, where.party) if where.party else named
            assert {actor.id for actor in seen.actors} == wanted & {actor.id for actor in known.actors}


def test_what_is_derived_is_made_once_and_goes_with_its_owner() -> None:
    class Made:
        pass

    owner = Table(title="x")
    first = derived(owner, "made", Made)
    assert derived(owner, "made", Made) is first
    assert derived(Table(title="x"), "made", Made) is not first
    gone = weakref.ref(first)
    del first, owner
    gc.collect()
    assert gone() is None
