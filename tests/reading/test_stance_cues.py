"""Every stance cue does in its example what the vocabulary says of it."""

from __future__ import annotations

import pytest

from accord.model.report import Report
from accord.model.vocabulary.stance import stance_cues
from accord.reading.offline import OfflineReader

CUES = [
    pytest.param(cue, id=f"{group}-{cue.word}")
    for group in ("verbs", "phrasal", "nouns", "adjectives", "verdicts")
    for cue in getattr(stance_cues(), group).values()
]


@pytest.mark.parametrize("cue", CUES)
def test_a_cue_tells_its_stance_in_its_example(cue):
    (reading,) = OfflineReader().read([Report.make(cue.example, "example.txt")])
    assert reading.failed is None
    names = {actor.id: actor.name for actor in reading.actors}
    found = [(names[p.party], p.stance, p.strength) for p in reading.positions]
    holder = cue.example.split()[0]
    assert (holder, cue.stance, cue.strength) in [(n.split()[0], s, t) for n, s, t in found], found
