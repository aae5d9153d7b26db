"""Reading quality on the development gold, against the pinned floors."""

from __future__ import annotations

import gate
import measure
import pytest

pytestmark = pytest.mark.skipif(
    not measure.EVAL.is_dir(), reason="the gold annotations (../shared/eval) are not beside this checkout"
)


@pytest.mark.parametrize("name", sorted(measure.SETS))
def test_no_rate_falls_below_its_floor(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    gold = measure.SETS[name]
    floors = gate.load(name)
    assert gate.digest(measure.gold_files(gold)) == floors.digest, (
        f"the gold set {name} changed since its floors were pinned; "
        "look at the new rates with bench/quality.py, then: bench/quality.py --pin"
    )
    scores = measure.score(gold, tmp_path_factory.mktemp("quality"))
    falls = gate.shortfalls(gate.rates_of(scores), floors)
    assert not falls, "\n".join([*map(str, falls), *measure.table(scores, dict(floors.rates))])
