"""Dating an undated report, from reading to record: sentences of several conflicts, and the seeds where they are."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from accord.model.record import Dating, Record
from accord.model.report import Report
from accord.reading.dates.alone import resolve
from accord.reading.offline import OfflineReader
from accord.record import merge
from accord.reports.load import load

SEEDS = Path(__file__).resolve().parents[1].parent / "shared" / "seeds"
DAYS = {"001": dt.date(2025, 6, 2), "002": dt.date(2025, 8, 18), "003": dt.date(2025, 5, 19)}  # 000 has none

BACKGROUND = (
    "Kenyan President William Ruto and his guests met again in Nairobi on June 3.\n\nHis relations with Rwandan "
    "President Paul Kagame have been cool since he flew to Kigali for talks on 14 February, where Kagame and Congolese "
    "President Felix Tshisekedi accused him of taking sides.\n"
)
NEWS = (
    "Rwandan President Paul Kagame wants the East African force to stay, but his angry clash with Kenyan President "
    "William Ruto in Kigali on Friday has put it in doubt.\n\nCongolese President Felix Tshisekedi left on Thursday "
    "already, his spokesman said.\n"
)


def read(*reports: Report) -> Record:
    return merge(reports, list(OfflineReader().read(reports)), resolve=resolve)


def test_a_quarrel_told_as_background_dates_the_report_that_brought_the_news() -> None:
    dated = Report.make(BACKGROUND, "june.txt", published=dt.date(2025, 6, 4), published_from="given")
    undated = Report.make(NEWS, "undated.txt")
    found = read(dated, undated)
    (dating,) = found.datings
    assert (dating.report, dating.start) == (undated.id, dt.date(2025, 2, 14))
    assert dating.end <= dt.date(2025, 2, 20)
    assert "Friday 2025-02-14" in dating.why[0]
    quarrel = next(e for e in found.events if any("clash" in at.quote for at in e.evidence))
    assert quarrel.date is not None
    assert quarrel.date.start == quarrel.date.end == dt.date(2025, 2, 14)


def test_the_same_news_on_another_weekday_is_another_event() -> None:
    dated = Report.make(BACKGROUND, "june.txt", published=dt.date(2025, 6, 4), published_from="given")
    undated = Report.make(NEWS.replace("Friday", "Monday"), "undated.txt")
    assert read(dated, undated).datings == ()


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not beside the checkout")
def test_the_undated_seed_is_of_the_week_of_28_february() -> None:
    reports = []
    for path in sorted(SEEDS.glob("*.txt")):
        given = DAYS.get(path.name[:3])
        reports += [one for one in load([path], published=given) if isinstance(one, Report)]
    undated = next(one for one in reports if one.published is None)
    (dating,) = read(*reports).datings
    assert dating.report == undated.id
    assert dt.date(2025, 2, 24) <= dating.start <= dating.end <= dt.date(2025, 3, 2)
    assert_reasoned(dating, undated)


def assert_reasoned(dating: Dating, undated: Report) -> None:
    """The reason names words of the undated report and a day that another report gives, and shows both."""
    assert any(word in dating.why[0] for word in ("Friday", "Thursday"))
    assert {e.report for e in dating.evidence} > {undated.id}
    assert 0 < dating.confidence < 1
