"""Every issue's own examples, and propositions that no entry was written for."""

from __future__ import annotations

import pytest

from accord.model.vocabulary.issues import issues
from accord.reading.pipeline import model
from accord.reading.subjects import classify

EXAMPLES = [(text, entry.id) for entry in issues() for text in entry.examples]
HELD_OUT = [
    ("The junta hands power to a civilian cabinet", "governance"),
    ("Tamil becomes an official language", "minority-rights"),
    ("Both armies leave the demilitarised strip", "withdrawal"),
    ("Rebels release every captured policeman", "prisoners-hostages"),
    ("The strait stays open to all ships", "borders-transit"),
    ("The General Assembly admits the territory as an independent state", "status-recognition"),
    ("The guns fall silent for the holidays", "ceasefire"),
    ("Those who ordered the massacre face a court", "justice"),
]


@pytest.mark.parametrize(("text", "issue"), EXAMPLES)
def test_an_issue_knows_its_examples(text, issue):
    found = classify([(list(model()(text)), 1.0)])
    assert found is not None
    assert found[0] == issue


def test_most_propositions_that_no_entry_was_written_for_find_their_issue():
    right = sum((classify([(list(model()(text)), 1.0)]) or ("",))[0] == issue for text, issue in HELD_OUT)
    assert right >= 6, right
