"""Discrepancies: measured on pairs that a careful reader judged, and shown with all sides and no verdict."""

from __future__ import annotations

import pytest
from build_readings import Notes, resolve
from disagreements import act, day, number, pairs, said

from accord.model.record import Record
from accord.record import merge

PAIRS = pairs()
PRECISION, RECALL = 0.95, 0.85  # floors; raise them when the figures rise


def record(*notes: Notes) -> Record:
    return merge([n.report for n in notes], [n.reading for n in notes], resolve=resolve)


def measured() -> tuple[list[str], list[str], int]:
    """What was claimed wrongly, what was missed, and how many were found."""
    wrong, missed, hits = [], [], 0
    for number_, (kind, one, other) in enumerate(PAIRS):
        found = {d.kind for d in record(one, other).discrepancies}
        hits += kind in found
        wrong += [f"{number_}: {k}: {one.report.text} | {other.report.text}" for k in sorted(found - {kind})]
        missed += [f"{number_}: {kind}: {one.report.text} | {other.report.text}"] if kind and kind not in found else []
    return wrong, missed, hits


def test_precision_and_recall_on_judged_pairs() -> None:
    wrong, missed, hits = measured()
    assert len(PAIRS) >= 60
    assert hits / (hits + len(wrong)) >= PRECISION, wrong
    assert hits / (hits + len(missed)) >= RECALL, missed


@pytest.mark.parametrize("kind", sorted({kind for kind, _, _ in PAIRS if kind}))
def test_every_side_is_shown_with_its_words(kind: str) -> None:
    reports = [(one, other) for k, one, other in PAIRS if k == kind]
    shown = 0
    for one, other in reports:
        texts = {n.report.id: n.report.text for n in (one, other)}
        for found in record(one, other).discrepancies:
            shown += 1
            assert len(found.claims) >= 2
            assert len({claim.value for claim in found.claims}) >= 2
            for claim in found.claims:
                assert claim.evidence
                assert all(texts[e.report][e.start : e.end] == e.quote for e in claim.evidence)
    assert shown


def test_a_third_report_joins_the_side_it_agrees_with() -> None:
    one = number("2008-01-05", "Police put the dead in Eldoret at 35", "people killed in Eldoret", 35, "police")
    two = number("2008-01-05", "The Red Cross counted 53 dead", "people killed in Eldoret", 53, "Red Cross")
    three = number("2008-01-06", "The Red Cross has 53 dead on its list", "people killed in Eldoret", 53, "Red Cross")
    (found,) = record(one, two, three).discrepancies
    assert [(c.value, len(c.evidence)) for c in found.claims] == [("35", 1), ("53", 2)]


def test_copies_do_not_contradict_each_other() -> None:
    words = (
        "The two armies met at the river with forty officers each and drew lots for the order of speaking before noon. "
        "A colonel from the east read out the list of posts that his side would leave, and a major of the other side "
        "answered with a map on which the wells were marked in green. "
    )
    who = ("Sudan", "Chad")
    one = act("2010-01-16", words + "They signed", "AGREE", who, day("2010-01-15"))
    two = act("2010-01-17", words + "They signed", "AGREE", who, day("2010-01-16"))
    assert record(one, two).copies
    assert record(one, two).discrepancies == ()


def test_a_spelling_is_no_disagreement() -> None:
    one, other = (
        said("2019-01-10", "The harbour is closed until the labour of the commission is done"),
        said("2019-01-10", "The harbor is closed until the labor of the commission is done"),
    )
    found = record(one, other)
    assert found.discrepancies == ()
    assert len(found.statements) == 1
