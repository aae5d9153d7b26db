"""Standings from columns of numbers are what walking through the positions gives, for all positions and for some."""

from __future__ import annotations

import datetime as dt
from random import Random

import numpy as np
import pytest
from walked_standing import firmness, walked

from accord.bargaining.rules import Rules
from accord.bargaining.standing import Spoken, last_day
from random_records import FIRST, record


@pytest.mark.parametrize("seed", range(25))
def test_standings_are_what_walking_through_the_positions_gives(seed: int) -> None:
    known, random, rules = record(seed), Random(seed), Rules()
    actors = {actor.id: actor for actor in known.actors}
    spoken = Spoken(known.positions, actors)
    for at in (None, FIRST + dt.timedelta(days=9)):
        some = np.array([random.random() < 0.7 for _ in known.positions])
        kept = [position for position, flag in zip(known.positions, some, strict=True) if flag]
        wanted, nobody = walked(kept, actors, at)
        found, left = spoken.propositions(some, at, rules)
        assert [(one.findings[0], one.why) for one in left] == nobody
        assert [one.key for one in found] == list(wanted)
        assert spoken.last_day(some) == max((d for p in kept if (d := last_day(p))), default=None)
        for proposition in found:
            text, parties = wanted[proposition.key]
            assert proposition.text == text
            assert [standing.party for standing in proposition.standings] == list(parties)
            for standing in proposition.standings:
                positions = parties[standing.party]
                last = [p.shared_stance for p in positions if last_day(p) == last_day(positions[0])]
                red = [p.id for p in positions if (p.stance, p.strength) == (positions[0].stance, "red-line")]
                assert standing.latest == positions[0]
                assert standing.ids == tuple(p.id for p in positions)
                assert standing.clash == (len(set(last)) > 1)
                assert standing.firm == pytest.approx(firmness(positions, at, rules))
                assert standing.red == tuple(red)
