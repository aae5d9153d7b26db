"""What a brief takes from columns of numbers is what walking through the items gives."""

from __future__ import annotations

from random import Random

import pytest
import walked_brief as walked

from accord.errors import NotFound
from accord.model.query import make_filter
from accord.publishing.brief import changes, holds, matrix, matters, parties
from accord.publishing.brief.ground import Ground
from random_records import filters, record


@pytest.mark.parametrize("seed", range(25))
def test_every_section_is_what_walking_through_the_record_gives(seed: int) -> None:
    known, random = record(seed), Random(seed)
    for _ in range(4):
        try:
            ground = Ground(known, make_filter(**filters(random, known)))
        except NotFound:
            continue
        for most in (2, 9):
            assert changes.changes(ground, most) == walked.changes(ground, most)
            assert changes.ahead(ground, most) == walked.ahead(ground, most)
            assert parties.section(ground, most) == walked.parties(ground, most)
            assert matters.proposals(ground, most) == walked.proposals(ground, most)
            assert matters.discrepancies(ground, most) == walked.discrepancies(ground, most)
            assert holds.levers(ground, most) == walked.levers(ground, most)
            assert holds.figures(ground, most) == walked.figures(ground, most)
            assert matrix.matrix(ground, most, most) == walked.matrix(ground, most, most)
