from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from starlette.testclient import TestClient

import accord
from accord.model.reading import Reading
from accord.model.record import Filter, Record
from accord.model.when import When
from accord.record import Store
from accord.web import create_app
from accord.web.asking import Asked
from accord.web.desk import Desk, Scene
from accord.web.drawing.chronicle import MOST_MARKS, MOST_ROWS, picture
from accord.web.drawing.days import NEVER_AFTER, NEVER_BEFORE, OWN, TOLD, Window, bins, item_days, ticks, unit_for
from accord.web.drawing.lanes import REACH, WIDTH, Mark, packed, place_mark
from accord.web.guard import Access
from aceh import EVENTS, GAM, INDONESIA, LEAFLET, PROPOSALS, RECORD, UNDATED, body


def ordinal(day: str) -> int:
    return dt.date.fromisoformat(day).toordinal()


def window(first: str, last: str) -> Window:
    return Window.between(ordinal(first), ordinal(last))


def asking(**fields: object) -> Asked:
    return Asked(typed=(), where=Filter(**fields))


def mark(days: tuple[int, int, int], shown: Window) -> Mark:
    return place_mark(shown, days, item="ev-1", look="occurred", words="", href="")


# -- days ----------------------------------------------------------------------------------------------------


def test_a_day_stands_at_its_noon_and_has_no_bar() -> None:
    shown = window("2005-01-01", "2005-01-10")
    found = mark((ordinal("2005-01-03"), ordinal("2005-01-03"), OWN), shown)
    assert found.x == pytest.approx(25.0)
    assert found.start is None


def test_a_month_is_as_wide_as_its_days() -> None:
    shown = window("2005-01-01", "2005-12-31")
    found = mark((ordinal("2005-04-01"), ordinal("2005-04-30"), OWN), shown)
    assert found.wide == pytest.approx(100 * 30 / 365, abs=0.01)
    assert not found.before
    assert not found.after


def test_an_open_interval_goes_on_to_the_edge_and_its_mark_is_at_the_end_that_is_known() -> None:
    shown = window("2005-01-01", "2005-12-31")
    until = mark((NEVER_BEFORE, ordinal("2005-06-30"), OWN), shown)
    assert (until.start, until.before, until.after) == (0.0, True, False)
    assert until.x == shown.noon(ordinal("2005-06-30"))
    since = mark((ordinal("2005-06-30"), NEVER_AFTER, OWN), shown)
    assert since.start + since.wide == pytest.approx(100.0)
    assert since.after
    # where the end that is known lies beyond the picture, the middle of what is to be seen
    long = mark((ordinal("2004-06-30"), NEVER_AFTER, OWN), shown)
    assert (long.x, long.before, long.after) == (pytest.approx(50.0), True, True)
    assert since.x == shown.noon(ordinal("2005-06-30"))


def test_what_has_no_day_stands_on_the_day_of_its_report_and_says_so() -> None:
    found = mark((ordinal("2005-02-22"), ordinal("2005-02-22"), TOLD), window("2005-01-01", "2005-12-31"))
    assert found.told
    assert found.start is None


def test_nearer_and_farther_keep_the_middle_and_end_at_a_day() -> None:
    shown = window("2005-01-01", "2005-03-31")
    assert shown.nearer.days == 30
    assert shown.farther.days == 270
    assert shown.farther.nearer == shown
    day = window("2005-01-01", "2005-01-01")
    assert day.nearer == day


@pytest.mark.parametrize(("first", "last"), [("2005-01-28", "2005-08-15"), ("0001-01-01", "9999-12-31")])
def test_bins_cover_every_day_once(first: str, last: str) -> None:
    shown = window(first, last)
    found = bins(shown, unit_for(shown, 120))
    assert sum(one.days for one in found) == shown.days
    assert all(a.last + 1 == b.first for a, b in pairwise(found))
    assert len(found) <= 121


def test_ticks_are_few_and_in_order() -> None:
    for last in ("2005-01-02", "2005-02-01", "2006-01-01", "2050-01-01", "9000-01-01"):
        places = [tick.x for tick in ticks(window("2005-01-01", last))]
        assert 1 <= len(places) <= 10
        assert places == sorted(set(places))


# -- rows ----------------------------------------------------------------------------------------------------


def test_no_mark_covers_another() -> None:
    shown = window("2005-01-01", "2005-12-31")
    first = shown.first
    marks = [mark((first + 3 * i, first + 3 * i + (i % 4) * 9, OWN), shown) for i in range(60)]
    kept, _, rows = packed(marks, 6)
    assert 1 < rows <= 6
    for row in range(rows):
        reach = sorted(
            (
                min(m.x * WIDTH / 100 - REACH, (m.start if m.start is not None else m.x) * WIDTH / 100),
                max(m.x * WIDTH / 100 + REACH, (m.start + m.wide if m.start is not None else m.x) * WIDTH / 100),
            )
            for m in kept
            if m.row == row
        )
        assert all(a[1] <= b[0] + 1e-6 for a, b in pairwise(reach))


def test_what_has_no_room_is_counted() -> None:
    shown = window("2005-01-01", "2005-12-31")
    marks = [mark((shown.first + 40, shown.first + 40, OWN), shown)] * 11
    kept, more, rows = packed(marks, 4)
    assert (len(kept), rows) == (4, 4)
    assert [one.count for one in more] == [7]


# -- the picture ---------------------------------------------------------------------------------------------


def test_an_event_has_a_mark_on_the_lane_of_each_party_that_acts() -> None:
    found = picture(Scene(RECORD, "1"), asking(), "party")
    lanes = {lane.key: lane for lane in found.lanes}
    assert set(lanes) == {GAM.id, INDONESIA.id}
    talks = EVENTS[0].id
    assert all(talks in {m.item for m in lane.marks} for lane in lanes.values())
    # who signs for a party acts for it
    assert EVENTS[4].id in {m.item for m in lanes[INDONESIA.id].marks}


def test_lanes_by_type_hold_every_event_once() -> None:
    found = picture(Scene(RECORD, "1"), asking(), "type")
    assert [lane.key for lane in found.lanes] == ["AGREE", "CONSULT", "CONCEDE", "RETREAT"]
    assert sum(lane.count for lane in found.lanes) == found.shown == len(EVENTS)


def test_the_days_asked_for_are_the_picture() -> None:
    found = picture(Scene(RECORD, "1"), asking(since=dt.date(2005, 7, 1), until=dt.date(2005, 7, 31)), "type")
    assert (found.window.since, found.window.until) == ("2005-07-01", "2005-07-31")
    # what is to be done by the end of the year may be done in July
    assert {m.item for lane in found.lanes for m in lane.marks} == {EVENTS[2].id, EVENTS[5].id}
    assert found.before + found.after == len(EVENTS) - 2


def many(count: int) -> Record:
    events = tuple(
        msgspec.structs.replace(
            EVENTS[i % 2],
            id=f"ev-{i:06}",
            status="occurred" if i % 3 else "planned",
            date=When.day(dt.date(2004, 1, 1) + dt.timedelta(days=i % 700)),
        )
        for i in range(count)
    )
    return msgspec.structs.replace(RECORD, events=events)


def test_too_many_events_are_counted_instead_of_drawn() -> None:
    scene = Scene(many(4000), "1")
    found = picture(scene, asking(since=dt.date(2004, 1, 1), until=dt.date(2005, 12, 31)), "type")
    assert found.unit is not None
    assert not any(lane.marks for lane in found.lanes)
    assert sum(bar.count for lane in found.lanes for bar in lane.bars) == 4000
    occurred = sum(event.status == "occurred" for event in scene.record.events)
    assert sum(bar.occurred for lane in found.lanes for bar in lane.bars) == occurred
    few = picture(scene, asking(since=dt.date(2004, 3, 1), until=dt.date(2004, 3, 7)), "type")
    assert few.unit is None
    assert sum(len(lane.marks) + sum(m.count for m in lane.more) for lane in few.lanes) == few.shown <= MOST_MARKS
    assert max(m.row for lane in few.lanes for m in lane.marks) < MOST_ROWS


def test_those_who_share_a_lane_do_not_flatten_the_rest() -> None:
    peoples = [body(f"People {i:02}", "group") for i in range(40)]
    events = tuple(
        msgspec.structs.replace(event, actors=(peoples[i % 7 if i % 2 else i % 40].id,))
        for i, event in enumerate(many(4000).events)
    )
    record = msgspec.structs.replace(RECORD, actors=tuple(peoples), events=events)
    found = picture(Scene(record, "1"), asking(), "party")
    *named, others = found.lanes
    assert others.key == "others"
    assert "scale of their own" in others.title
    assert max(bar.count for bar in others.bars) > 2 * max(bar.count for lane in named for bar in lane.bars)
    tallest = max(bar.tall for lane in named for bar in lane.bars)
    assert tallest == max(bar.tall for bar in others.bars)


def test_an_undated_report_leaves_its_events_undrawn_and_says_so() -> None:
    lone = msgspec.structs.replace(EVENTS[1], id="ev-lone", date=None, evidence=RECORD.figures[-1].evidence)
    record = msgspec.structs.replace(RECORD, events=(*EVENTS, lone))
    assert picture(Scene(record, "1"), asking(), "type").undated == 1
    assert len(item_days(Scene(record, "1"), "events").how) == len(EVENTS) + 1


# -- the page ------------------------------------------------------------------------------------------------


def test_every_mark_leads_to_its_sentence(client: TestClient) -> None:
    page = client.get("/timeline").text
    marks = re.findall(r'<a class="spot \w+" href="([^"]+)" aria-label="([^"]+)"', page)
    assert len(marks) > len(EVENTS)
    for address, words in marks:
        assert re.fullmatch(r"/reports/\d+\?item=ev-\w+#s\d+", address)
        assert words


def test_statuses_have_shapes_of_their_own(client: TestClient) -> None:
    page = client.get("/timeline").text
    shapes = {
        look: re.sub(r"\s+", " ", body.split('class="hit"')[1].split("/>", 1)[1]).split("</svg>")[0]
        for look, body in re.findall(r'<a class="spot (\w+)"(.*?)</a>', page, re.S)
    }
    assert {"occurred", "planned"} <= set(shapes)
    assert len(set(shapes.values())) == len(shapes)


def test_buttons_change_the_days_and_keep_the_rest(client: TestClient) -> None:
    asked = {"since": "2005-01-01", "until": "2005-03-31", "party": "GAM", "lanes": "type"}
    page = client.get("/timeline", params=asked).text
    nearer = re.search(r'href="([^"]+)"[^>]*>Nearer<', page)
    assert nearer
    address = nearer[1].replace("&amp;", "&")
    assert address.startswith("/timeline?lanes=type&party=GAM&since=2005-01-31&until=2005-03-01")
    assert client.get(address).status_code == 200
    # the filter's form keeps the lanes
    assert '<input type="hidden" name="lanes" value="type">' in page


def test_the_list_below_is_paged_and_has_the_events_in_view(client: TestClient) -> None:
    page = client.get("/timeline", params={"limit": 2}).text
    assert page.count("data-row") == 2
    later = re.search(r'rel="next" href="([^"]+)"', page)
    assert later
    assert client.get(later[1].replace("&amp;", "&")).text.count("data-row") == 2
    july = client.get("/timeline", params={"since": "2005-07", "until": "2005-07"}).text
    assert july.count("data-row") == 2


def test_nothing_that_passes_is_said(client: TestClient) -> None:
    page = client.get("/timeline", params={"since": "1990", "until": "1991", "confidence": "0.99"})
    assert page.status_code == 200
    assert "No event passes this filter." in page.text


def test_lanes_that_are_none_are_refused(client: TestClient) -> None:
    assert client.get("/timeline", params={"lanes": "colour"}).status_code == 422


@pytest.mark.parametrize(
    "address", ["/timeline", "/timeline?lanes=type", "/proposals", "/people", "/people?show=everybody"]
)
def test_a_record_without_any_day_has_pages_that_name_no_days(tmp_path: Path, address: str) -> None:
    path = tmp_path / "leaflet.accord"
    told = msgspec.structs.replace(EVENTS[1], id="ev-lone", date=None, evidence=LEAFLET)
    plan = msgspec.structs.replace(
        PROPOSALS[1],
        evidence=LEAFLET,
        history=(msgspec.structs.replace(PROPOSALS[1].history[0], evidence=LEAFLET),),
    )
    reading = Reading(report=UNDATED.id, reader="by hand", actors=RECORD.actors, events=(told,), proposals=(plan,))
    with Store.open(path, create=True) as store:
        store.add(UNDATED, reading)
    with (
        accord.open(path) as workspace,
        TestClient(create_app(Desk(workspace), Access()), base_url="http://127.0.0.1") as browser,
    ):
        page = browser.get(address)
        assert page.status_code == 200
        assert "9999" not in page.text.split("<main")[1]
