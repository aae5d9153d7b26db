from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from starlette.testclient import TestClient

import accord
from accord.model.reading import Reading
from accord.model.record import Filter, Record
from accord.record import Store, meetings
from accord.web import create_app
from accord.web.asking import Asked
from accord.web.desk import Desk, Scene
from accord.web.drawing.parts import parts
from accord.web.drawing.ties import HEIGHT, MOST_NODES, By, Tie, network, ties, ties_with
from accord.web.guard import Access
from accord.web.views.actors import latest, profile
from aceh import (
    ACTORS,
    AHTISAARI,
    BAKHTIAR,
    FEBRUARY,
    FEITH,
    GAM,
    HAMID,
    INDONESIA,
    JANUARY,
    KALLA,
    KEEP,
    MALIK,
    NEVER,
    READY,
    RECORD,
    TALKS,
    UNION,
    cite,
    day,
    event,
    position,
    statement,
)

CHAIRS = cite(JANUARY, "Former Finnish President Martti Ahtisaari chairs them")
AGAIN = cite(FEBRUARY, "he told reporters after the second round")
EVENTS = (
    event("CONSULT", (INDONESIA.id, GAM.id), TALKS, date=day("2005-01-28"), place="Helsinki"),
    event("CONSULT", (HAMID.id, MALIK.id, AHTISAARI.id), CHAIRS, date=day("2005-01-29")),
    event("CONSULT", (UNION.id,), AGAIN, recipients=(GAM.id,), status="planned", date=day("2005-03-01")),
    event("CONCEDE", (GAM.id,), READY, date=day("2005-02-22")),
)
STATEMENTS = (
    statement(MALIK.id, "Independence is not negotiable for us", NEVER, addressees=(INDONESIA.id,)),
    statement(KALLA.id, "Indonesia would never let Aceh go", KEEP, addressees=(MALIK.id, HAMID.id)),
    statement(BAKHTIAR.id, "We are ready to discuss self-government", READY, date=day("2005-02-22")),
)
POSITIONS = (
    position(
        GAM.id,
        "Aceh becomes independent",
        "for",
        "red-line",
        NEVER,
        issue="status-recognition",
        key="pk-aceh",
        speaker=MALIK.id,
        date=day("2005-01-29"),
    ),
    position(
        GAM.id,
        "Aceh becomes independent",
        "open",
        "preference",
        READY,
        issue="status-recognition",
        key="pk-aceh",
        speaker=BAKHTIAR.id,
        date=day("2005-02-22"),
    ),
)
TALKERS: Record = msgspec.structs.replace(RECORD, events=EVENTS, statements=STATEMENTS, positions=POSITIONS)


def asking(**fields: object) -> Asked:
    return Asked(typed=(), where=Filter(**fields))


def of(some: tuple[Tie, ...], *pair: str) -> Tie:
    return next(tie for tie in some if {tie.one, tie.other} == set(pair))


# -- ties ----------------------------------------------------------------------------------------------------


def test_parties_meet_as_the_record_has_it() -> None:
    found = {frozenset((t.one, t.other)): t.met for t in ties(Scene(TALKERS, "1"), asking(), "party") if t.met}
    assert found == {frozenset(row.parties): len(row.events) for row in meetings(TALKERS)}
    assert found[frozenset((INDONESIA.id, GAM.id))] == 2


def test_a_statement_ties_who_speaks_to_whom_it_is_addressed() -> None:
    tie = of(ties(Scene(TALKERS, "1"), asking(), "party"), GAM.id, INDONESIA.id)
    said = {tie.one: tie.said, tie.other: tie.answered}
    assert said == {GAM.id: 1, INDONESIA.id: 1}


def test_between_persons_nobody_stands_for_a_party() -> None:
    some = ties(Scene(TALKERS, "1"), asking(), "person")
    assert of(some, HAMID.id, MALIK.id).met == 1
    assert of(some, INDONESIA.id, GAM.id).met == 1
    assert of(some, KALLA.id, HAMID.id).weight == 1


def test_a_filter_by_time_leaves_the_ties_of_those_days() -> None:
    some = ties(Scene(TALKERS, "1"), asking(since=day("2005-01-29").start, until=day("2005-01-29").start), "party")
    assert of(some, INDONESIA.id, GAM.id).met == 1
    assert not ties(Scene(TALKERS, "1"), asking(since=day("2005-06-01").start), "party")


def test_a_filter_by_party_leaves_its_own_ties() -> None:
    some = ties(Scene(TALKERS, "1"), asking(party="Martti Ahtisaari"), "party")
    assert some
    assert all(AHTISAARI.id in (tie.one, tie.other) for tie in some)


@pytest.mark.parametrize("by", ["party", "person"])
def test_the_ties_of_one_are_those_of_all_that_it_is_in(by: By) -> None:
    scene = Scene(TALKERS, "1")
    every = ties(scene, asking(), by)
    for actor in ACTORS:
        assert ties_with(scene, asking(), by, actor.id) == tuple(t for t in every if actor.id in (t.one, t.other))


# -- the network ---------------------------------------------------------------------------------------------


def wheel(count: int) -> tuple[Tie, ...]:
    """One who meets all others, and each of them the next."""
    spokes = [Tie(one="hub", other=f"n{i:02}", met=count - i, said=0, answered=0) for i in range(count)]
    rim = [Tie(one=f"n{i:02}", other=f"n{(i + 1) % count:02}", met=1, said=1, answered=0) for i in range(count)]
    return tuple(spokes + rim)


@pytest.mark.parametrize("count", [2, 5, 12, 40])
def test_nodes_stand_in_the_picture_and_not_on_each_other(count: int) -> None:
    found = network(wheel(count))
    assert len(found.nodes) == min(count + 1, MOST_NODES)
    assert found.left == count + 1 - len(found.nodes)
    for node in found.nodes:
        assert 0 <= node.x <= 100
        assert 0 <= node.y <= HEIGHT
    places = [(node.x * 7.2, node.y) for node in found.nodes]
    for i, (x, y) in enumerate(places):
        assert all(abs(x - a) > 24 or abs(y - b) > 24 for a, b in places[:i])


def test_the_network_is_the_same_each_time() -> None:
    assert network(wheel(9)) == network(wheel(9))


def test_who_has_most_ties_is_in_the_middle_and_the_greatest() -> None:
    found = network(wheel(10))
    hub = next(node for node in found.nodes if node.actor == "hub")
    assert hub.size == max(node.size for node in found.nodes)
    assert 25 < hub.x < 75


def test_without_ties_there_is_nothing_to_draw() -> None:
    assert network(()).nodes == ()


# -- actors --------------------------------------------------------------------------------------------------


def test_everybody_is_counted_by_what_he_does() -> None:
    found = {part.actor.id: part for part in parts(Scene(TALKERS, "1"), asking())}
    assert len(found) == len(ACTORS)
    assert (found[GAM.id].statements, found[GAM.id].events, found[GAM.id].positions) == (0, 3, 2)
    assert (found[MALIK.id].statements, found[MALIK.id].events, found[MALIK.id].positions) == (1, 1, 1)
    assert found[FEITH.id].total == 0


def test_a_party_has_its_histories_and_a_person_those_that_it_voiced() -> None:
    scene = Scene(TALKERS, "1")
    party = profile(scene, asking(), GAM)
    assert party.own
    assert [entry.stance for stand in party.stands for entry in stand.entries] == ["for", "open"]
    assert party.stands[0].shifted
    voice = profile(scene, asking(), BAKHTIAR)
    assert not voice.own
    assert [entry.stance for stand in voice.stands for entry in stand.entries] == ["open"]


def test_a_party_says_what_those_say_who_speak_for_it_the_latest_first() -> None:
    scene = Scene(TALKERS, "1")
    assert {voice.id for voice in profile(scene, asking(), GAM).voices} == {MALIK.id, BAKHTIAR.id}
    places = latest(scene, asking(), GAM, "statements")
    assert [TALKERS.statements[place].speaker for place in places] == [BAKHTIAR.id, MALIK.id]
    assert len(latest(scene, asking(), MALIK, "events")) == 1


# -- the pages -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("people") / "talks.accord"
    with Store.open(path, create=True) as store:
        for report in (JANUARY, FEBRUARY):
            layers = {
                name: tuple(item for item in TALKERS.layer(name) if {e.report for e in item.evidence} == {report.id})
                for name in ("statements", "events", "positions")
            }
            store.add(report, Reading(report=report.id, reader="by hand", actors=ACTORS, **layers))
    return path


@pytest.fixture
def browser(talks: Path) -> Iterator[TestClient]:
    """A browser before a record of talks."""
    with accord.open(talks) as workspace:
        app = create_app(Desk(workspace), Access())
        with TestClient(app, base_url="http://127.0.0.1") as client:
            yield client


def actor_id(browser: TestClient, name: str) -> str:
    page = browser.get("/people", params={"show": "everybody"}).text
    found = re.search(rf'href="/people/(ac-\w+)"><bdi>{name}</bdi>', page)
    assert found, name
    return found[1]


def test_the_network_has_a_table_beside_it(browser: TestClient) -> None:
    page = browser.get("/people").text
    drawn = re.findall(r'data-ends="\d+ \d+"', page)
    assert drawn
    assert page.count('<th scope="row">') == len(drawn)
    # each meeting is one click from its sentence
    assert re.search(r'class="ref" href="/reports/1\?item=ev-\w+#s\d+"', page)


def test_each_tie_leads_to_what_there_is_between_the_two(browser: TestClient) -> None:
    page = browser.get("/people").text
    addresses = {a.replace("&amp;", "&") for a in re.findall(r'href="(/people/ac-\w+/with/ac-\w+[^"]*)"', page)}
    assert len(addresses) > 2
    for address in addresses:
        between = browser.get(address)
        assert between.status_code == 200
        assert "data-row" in between.text


def test_a_person_has_a_page_with_names_roles_and_whom_it_speaks_for(browser: TestClient) -> None:
    page = browser.get(f"/people/{actor_id(browser, MALIK.name)}").text
    assert "prime minister in exile" in page
    assert "Positions voiced for others" in page
    assert "Independence is not negotiable for us" in page


def test_statements_and_events_of_an_actor_are_paged(browser: TestClient) -> None:
    address = f"/people/{actor_id(browser, 'Indonesia')}"
    every = browser.get(address, params={"show": "events"}).text
    first = browser.get(address, params={"show": "events", "limit": 1}).text
    rows = re.compile(r'<li id="ev-')
    assert len(rows.findall(every)) > len(rows.findall(first)) == 1
    later = re.search(r'rel="next" href="([^"]+)"', first)
    assert later
    second = browser.get(later[1].replace("&amp;", "&")).text
    assert len(rows.findall(second)) == 1
    assert rows.split(first)[1][:15] != rows.split(second)[1][:15]


def test_who_is_not_there_is_a_page_not_found(browser: TestClient) -> None:
    assert browser.get("/people/ac-000000000000").status_code == 404
    assert browser.get(f"/people/ac-0/with/{actor_id(browser, MALIK.name)}").status_code == 404


def test_pages_of_people_have_no_inline_style_or_script(browser: TestClient) -> None:
    for address in (
        "/people",
        "/people?show=everybody",
        "/people?by=person",
        f"/people/{actor_id(browser, MALIK.name)}",
    ):
        page = browser.get(address).text
        assert page.count("<h1") == 1
        assert " style=" not in page
        assert "<script>" not in page
