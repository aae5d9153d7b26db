"""The PLOVER type of what a marked source does to a marked target; sentences written for the tests."""

from __future__ import annotations

import pytest

from accord.model.report import Report
from accord.reading.document import Document
from accord.reading.events.plover import Relation, relation
from accord.reading.pipeline import model

CASES = [
    ("Peru", "Chile", "Peru condemned Chile for the raid.", "ACCUSE"),
    ("Peru", "Chile", "Peru will visit Chile in May.", "AGREE"),
    ("Peru", "Chile", "Peru sent blankets to Chile after the earthquake.", "AID"),
    ("Peru", "Chile", "Peruvian jets bombed Chile, officials in Peru and Chile said.", "ASSAULT"),
    ("Police in Peru", "the bishop", "Police in Peru arrested the bishop on Friday.", "COERCE"),
    ("Peru", "Chile", "Peru held talks with Chile on the border.", "CONSULT"),
    ("Peru", "Chile", "Peru shared intelligence with Chile.", "COOPERATE"),
    ("Peru", "Chile", "Peru deployed troops against Chile.", "MOBILIZE"),
    ("Students", "the government of Peru", "Students protested against the government of Peru.", "PROTEST"),
    ("Peru", "Chile", "Peru rejected the offer of Chile.", "REJECT"),
    ("Peru", "Chile", "Peru refused to meet Chile.", "REJECT"),
    ("Peru", "Chile", "Peru demanded an apology from Chile.", "REQUEST"),
    ("Peru", "Chile", "Peru says Chile must leave the valley.", "REQUEST"),
    ("Peru", "Chile", "Peru recalled its ambassador from Chile.", "SANCTION"),
    ("Peru", "Chile", "Peru praised Chile for its patience.", "SUPPORT"),
    ("Peru", "Chile", "Peru signed a treaty with Chile.", "SUPPORT"),
    ("Peru", "Chile", "Peru threatened to attack Chile.", "THREATEN"),
    ("Peru", "Chile", "Peru will impose sanctions on Chile.", "THREATEN"),
    ("Peru", "Chile", "Peru returned the statues to Chile.", "RETREAT"),
    ("Peru", "Chile", "Peru lifted the ban on Chile.", "CONCEDE"),
]


def typed(source: str, target: str, text: str) -> Relation | None:
    spans = [(text.rindex(part), text.rindex(part) + len(part)) for part in (source, target)]
    return relation(Document(Report.make(text, "test"), model()(text)), *spans)


@pytest.mark.parametrize(("source", "target", "text", "kind"), CASES, ids=[row[2][:45] for row in CASES])
def test_the_type_is_plovers(source: str, target: str, text: str, kind: str) -> None:
    found = typed(source, target, text)
    assert found is not None
    assert found.type == kind


def test_a_sentence_without_an_act_has_no_type() -> None:
    assert typed("Peru", "Chile", "Peru is north of Chile.") is None


def test_the_type_told_is_kept_beside_plovers() -> None:
    found = typed("Peru", "Chile", "Peru signed a treaty with Chile.")
    assert found is not None
    assert (found.type, found.told, found.status) == ("SUPPORT", "AGREE", "occurred")
