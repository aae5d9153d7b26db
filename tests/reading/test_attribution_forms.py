"""The forms of attribution, one by one: who is found to say what."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from accord.model.report import Report
from accord.reading.offline import understand
from accord.reading.pipeline import model

CASES = yaml.safe_load((Path(__file__).parent / "attribution_cases.yaml").read_text(encoding="utf-8"))
FLAT = [pytest.param(case, id=f"{form}-{k}") for form, cases in CASES.items() for k, case in enumerate(cases)]


def attributions(text: str):
    return understand(Report.make(text, "test.txt"), model()(text)).attributions


def said(text: str) -> list[list[str | None]]:
    """[source, content] of the attributions that are not nested in another."""
    found = attributions(text)
    return [
        [text[slice(*a.source)] if a.source else None, " … ".join(text[s:e] for s, e in a.contents)]
        for a in sorted(found.all, key=lambda a: (a.start, a.cue or (0, 0)))
        if not found.chain(a)
    ]


@pytest.mark.parametrize("case", FLAT)
def test_who_says_what(case):
    assert said(case["text"]) == case.get("says", [])
