"""Every cue of the vocabulary fires in its example, with its kind."""

from __future__ import annotations

import pytest

from accord.model.report import Report
from accord.model.vocabulary.cues import cues
from accord.reading.attribution.find import find_attributions
from accord.reading.document import Document
from accord.reading.mentions import Mentions
from accord.reading.pipeline import model


@pytest.fixture(scope="module")
def parsed():
    return {doc.text: doc for doc in model().pipe({cue.example for cue in cues()})}


@pytest.mark.parametrize("cue", list(cues()), ids=lambda cue: f"{cue.word}-{cue.cue}-{cue.kind}")
def test_a_cue_fires_in_its_example(cue, parsed):
    document = Document(Report.make(cue.example, "test.txt"), parsed[cue.example])
    found = find_attributions(document, Mentions((), ()))
    assert (cue.cue, cue.kind) in {(a.cue_lemma, a.kind) for a in found.all}
