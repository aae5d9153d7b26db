from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from starlette.testclient import TestClient

import accord
from accord.model.findings import ProposalStep
from accord.model.reading import Reading
from accord.model.record import Record
from accord.model.when import When
from accord.record import Store
from accord.web import create_app
from accord.web.desk import Desk, Scene
from accord.web.drawing.days import Window
from accord.web.drawing.lives import Life, life
from accord.web.guard import Access
from accord.web.seeing import Seeing
from aceh import (
    AGREED,
    AMNESTY,
    DROPPED,
    FEBRUARY,
    GAM,
    JULY,
    LEAFLET,
    PARTIES,
    PROPOSALS,
    RECORD,
    SIGNED,
    TO_COME,
    day,
)

YEAR = Window.between(dt.date(2005, 1, 1).toordinal(), dt.date(2005, 12, 31).toordinal())


def place(text: str) -> float:
    return YEAR.noon(dt.date.fromisoformat(text).toordinal())


def lived(*history: ProposalStep, window: Window = YEAR) -> Life:
    record: Record = msgspec.structs.replace(
        RECORD, proposals=(msgspec.structs.replace(PROPOSALS[0], history=history, evidence=history[0].evidence),)
    )
    scene = Scene(record, "1")
    return life(scene, Seeing(scene), record.proposals[0], window)


def step(status: str, date: When | None, evidence: object) -> ProposalStep:
    return ProposalStep(status=status, date=date, evidence=evidence, by=(GAM.id,))


def test_each_step_stands_on_its_day() -> None:
    found = lived(*PROPOSALS[0].history)
    assert [(m.look, m.x) for m in found.marks] == [("agreed", place("2005-07-17")), ("signed", place("2005-08-15"))]
    assert (found.start, found.end) == (place("2005-07-17"), place("2005-08-15"))
    assert not any(m.told for m in found.marks)


def test_an_undated_step_stands_between_those_told_before_and_after_it() -> None:
    found = lived(
        step("proposed", day("2005-02-01"), AMNESTY),
        step("accepted", None, SIGNED),
        step("signed", day("2005-07-17"), AGREED),
    )
    accepted = next(m for m in found.marks if m.look == "accepted")
    assert accepted.told
    assert place("2005-02-01") < accepted.x < place("2005-07-17")
    # its bar is all the days that it can have been
    assert accepted.start == YEAR.at(dt.date(2005, 2, 1).toordinal())
    assert accepted.start + accepted.wide == pytest.approx(YEAR.at(dt.date(2005, 7, 18).toordinal()), abs=0.01)


def test_undated_steps_in_a_row_keep_their_order() -> None:
    found = lived(
        step("proposed", day("2005-01-10"), AMNESTY),
        step("accepted", None, TO_COME),
        step("agreed", None, TO_COME),
        step("signed", day("2005-08-01"), AGREED),
    )
    places = {m.look: m.x for m in found.marks}
    assert places["proposed"] < places["accepted"] < places["agreed"] < places["signed"]


def test_an_undated_first_step_stands_at_the_latest_on_the_day_of_its_report() -> None:
    found = lived(step("proposed", None, AMNESTY), step("agreed", day("2005-07-17"), AGREED))
    proposed = next(m for m in found.marks if m.look == "proposed")
    assert proposed.x == place("2005-02-22")
    assert proposed.told
    assert proposed.before


def test_a_step_of_an_undated_report_with_nothing_beside_it_is_not_placed_but_counted() -> None:
    found = lived(step("proposed", None, LEAFLET))
    assert not found.marks
    assert found.unplaced == 1
    assert found.start is None


def test_a_step_beyond_the_window_stands_at_its_edge() -> None:
    july = Window.between(dt.date(2005, 7, 1).toordinal(), dt.date(2005, 7, 31).toordinal())
    found = lived(*PROPOSALS[0].history, window=july)
    signed = next(m for m in found.marks if m.look == "signed")
    assert signed.after
    assert signed.x == july.noon(july.last)


def test_force_lasts_until_it_is_told_to_be_broken() -> None:
    found = lived(
        step("in-force", day("2005-02-01"), AMNESTY),
        step("accepted", day("2005-03-01"), DROPPED),
        step("violated", day("2005-04-01"), AGREED),
    )
    assert [(f.x, round(f.x + f.wide, 2)) for f in found.force] == [
        (place("2005-02-01"), round(place("2005-04-01"), 2))
    ]
    # the record does not tell that it ended, so neither does the picture tell that it lasted
    assert not lived(step("in-force", day("2005-02-01"), AMNESTY)).force


# -- the page ------------------------------------------------------------------------------------------------

MEMORANDUM = msgspec.structs.replace(
    PROPOSALS[0],
    evidence=AGREED,
    history=(step("agreed", day("2005-07-17"), AGREED), step("accepted", None, PARTIES)),
)


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[TestClient]:
    """A browser before a record of two proposals, one of them with a step that has no day."""
    path = tmp_path / "lives.accord"
    with Store.open(path, create=True) as store:
        for report, proposal in ((FEBRUARY, PROPOSALS[1]), (JULY, MEMORANDUM)):
            store.add(report, Reading(report=report.id, reader="by hand", actors=RECORD.actors, proposals=(proposal,)))
    with accord.open(path) as workspace:
        app = create_app(Desk(workspace), Access())
        with TestClient(app, base_url="http://127.0.0.1") as client:
            yield client


def test_each_proposal_has_a_lane_and_a_story(browser: TestClient) -> None:
    page = browser.get("/proposals").text
    assert page.count('class="lane"') == page.count('class="entry story"') == 2
    assert "hand-over of weapons" in page
    # the memorandum moved last
    assert page.index("memorandum of understanding") < page.index("amnesty for weapons")


def test_each_step_leads_to_its_sentence(browser: TestClient) -> None:
    page = browser.get("/proposals").text
    marks = re.findall(r'<a class="spot ([\w-]+)" href="/reports/\d+\?item=pr-\w+#s\d+"', page)
    assert sorted(marks) == ["accepted", "agreed", "proposed"]
    assert re.search("accepted by [^,]+, no day given", page)


def test_a_filter_by_time_changes_the_window(browser: TestClient) -> None:
    page = browser.get("/proposals", params={"since": "2005-07", "until": "2005-12"}).text
    assert "1 Jul 2005 to 31 Dec 2005" in page
    assert "amnesty for weapons" not in page
    assert "Days of the reports" in page


def test_lanes_are_paged(browser: TestClient) -> None:
    page = browser.get("/proposals", params={"limit": 1}).text
    assert page.count('class="lane"') == 1
    later = re.search(r'rel="next" href="([^"]+)"', page)
    assert later
    assert "amnesty for weapons" in browser.get(later[1].replace("&amp;", "&")).text


def test_that_no_proposal_passes_is_said(browser: TestClient) -> None:
    page = browser.get("/proposals", params={"confidence": "1"})
    assert page.status_code == 200
    assert "No proposal passes this filter." in page.text
