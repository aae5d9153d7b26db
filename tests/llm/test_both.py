"""Two readers side by side: agreement by the scorer's rules, unions, intersections, and who found what."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
import pytest
from model_answers import GOOD, REPORT, good

from accord.model.findings import LAYERS
from accord.model.reading import Reading
from accord.model.report import Report
from accord.reading.agreement import agreement
from accord.reading.llm.answers import read_answer
from accord.reading.llm.both import DIFFERS, FIRST_ONLY, IN_BOTH, SECOND_ONLY, BothReader, joined
from accord.reading.llm.budget import Account
from accord.reading.llm.chunks import chunks
from accord.reading.llm.reader import anchored
from accord.record.checking import checked


def reading(answer: Any, reader: str = "llm-test") -> Reading:
    parts = [(chunk, read_answer(json.dumps(answer))) for chunk in chunks(REPORT, 6000)]
    return anchored(REPORT, parts, Account(), reader=reader, model="tiny")


def test_a_reading_agrees_with_itself_in_full() -> None:
    own = reading(GOOD)
    for row in agreement([(own, own)]):
        assert (row.first, row.second, row.loose, row.full) == (1, 1, 1, 1)
        assert row.rate == row.full_rate == 1.0


def test_nothing_agrees_with_nothing_and_no_rate_is_made_up() -> None:
    empty = reading({})
    assert [(row.rate, row.full_rate) for row in agreement([(empty, empty)])] == [(None, None)] * 6
    assert [row.rate for row in agreement([(reading(GOOD), empty)])] == [0.0] * 6


DIFFERENT = [
    ("statements", {"speaker": "Kenya"}, (1, 0)),
    ("statements", {"content": "stop at once", "quote": 'stop at once," Odera said'}, (0, 0)),
    ("events", {"status": "planned"}, (1, 0)),
    ("events", {"recipients": []}, (1, 1)),
    ("events", {"type": "AID"}, (0, 0)),
    ("positions", {"stance": "open"}, (1, 0)),
    ("positions", {"strength": "demand"}, (1, 1)),
    ("positions", {"issue": "governance"}, (0, 0)),
    ("proposals", {"by": ["Somalia"]}, (1, 1)),  # the step says by whom
    ("levers", {"instrument": "trade"}, (1, 0)),
    ("levers", {"holder": "Somalia"}, (0, 0)),
    ("figures", {"claimed_by": None}, (1, 0)),
    ("figures", {"value": 1.2}, (0, 0)),
]


@pytest.mark.parametrize(("layer", "change", "wanted"), DIFFERENT, ids=str)
def test_pairs_follow_the_scorers_rules(layer: str, change: dict[str, Any], wanted: tuple[int, int]) -> None:
    other = good()
    other[layer][0].update(change)
    pair = (reading(GOOD), reading(other))
    assert len(pair[1].layer(layer)) == 1
    for order in (pair, pair[::-1]):
        row = next(row for row in agreement([order]) if row.layer == layer)
        assert (row.loose, row.full) == wanted


def test_the_union_marks_who_found_what() -> None:
    first, second = good(), good()
    first["levers"] = []
    second["figures"] = []
    second["events"][0]["status"] = "planned"
    union = joined(reading(first), reading(second), "both-test")
    checked(REPORT, union)
    marks = {layer: [finding.why[0] for finding in union.layer(layer)] for layer in LAYERS}
    assert marks == {
        "statements": [IN_BOTH],
        "events": [DIFFERS],
        "positions": [IN_BOTH],
        "proposals": [IN_BOTH],
        "levers": [SECOND_ONLY],
        "figures": [FIRST_ONLY],
    }
    (event,) = union.events
    assert event.status == "occurred"
    assert event.why[1] == "the model has: status planned"
    agreed = joined(reading(first), reading(second), "agreed-test", only_agreed=True)
    assert [len(agreed.layer(layer)) for layer in LAYERS] == [1, 1, 1, 1, 0, 0]


def test_one_actor_under_two_spellings_of_a_title_is_one() -> None:
    ours = reading(GOOD)
    fuller = tuple(
        msgspec.structs.replace(a, aliases=("Minister Odera",)) if a.kind == "person" else a for a in ours.actors
    )
    ours = msgspec.structs.replace(ours, actors=fuller)
    other = good()
    other["actors"] = []
    other["statements"][0].update(speaker="Odera", content="stop at once", quote='stop at once," Odera said')
    union = joined(ours, reading(other), "both-test")
    assert len({s.speaker for s in union.statements}) == 1
    assert [a.name for a in union.actors].count("Odera") == 0


def test_further_steps_of_a_proposal_are_added() -> None:
    other = good()
    step = {"status": "proposed", "by": ["Kenya"], "quote": "a 30-day truce that\nKenya had proposed"}
    other["proposals"][0]["history"].append(step)
    union = joined(reading(GOOD), reading(other), "both-test")
    assert [step.status for step in union.proposals[0].history] == ["rejected", "proposed"]


class Canned:
    """A reader that has its readings ready, and fails where it has none."""

    def __init__(self, fingerprint: str, reading: Reading | None) -> None:
        self.fingerprint, self._reading = fingerprint, reading

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        for report in reports:
            none = Reading(report=report.id, reader=self.fingerprint, failed="gave up")
            yield msgspec.structs.replace(self._reading, reader=self.fingerprint) if self._reading else none


def test_both_readers_give_four_readings() -> None:
    reader = BothReader(Canned("offline-1", reading(GOOD)), Canned("llm-1", reading({})))
    (union,) = reader.read([REPORT])
    assert union.reader == reader.fingerprint
    assert union.reader.startswith("both-")
    assert [beside.reader.partition("-")[0] for beside in reader.beside] == ["offline", "llm", "agreed"]
    assert sum(len(reader.beside[2].layer(layer)) for layer in LAYERS) == 0


def test_the_agreed_view_is_a_reader_of_its_own() -> None:
    one, other = Canned("offline-1", reading(GOOD)), Canned("llm-1", reading(GOOD))
    reader = BothReader(one, other, "agreed")
    (agreed,) = reader.read([REPORT])
    assert agreed.reader == reader.fingerprint != BothReader(one, other).fingerprint
    assert sum(len(agreed.layer(layer)) for layer in LAYERS) == 6


def test_where_one_fails_the_report_fails() -> None:
    reader = BothReader(Canned("offline-1", reading(GOOD)), Canned("llm-1", None))
    (union,) = reader.read([REPORT])
    assert union.failed == "gave up"
    assert reader.beside == ()
