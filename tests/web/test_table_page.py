"""The table in the browser says what the bargaining stage computes, and its addresses can be sent."""

from __future__ import annotations

import html
import re

import pytest
from starlette.testclient import TestClient


def ids(client: TestClient) -> list[str]:
    return re.findall(r'name="without" value="([^"]+)"', client.get("/table").text)


def test_the_table_offers_each_party_and_what_it_insists_on(client: TestClient) -> None:
    page = client.get("/table").text
    assert len(ids(client)) >= 2
    assert 'name="relax"' in page or 'name="harden"' in page


def test_a_change_is_computed_and_said(client: TestClient) -> None:
    party = ids(client)[0]
    page = client.get("/table", params={"without": party}).text
    assert "Without " in page
    assert f'value="{party}" checked' in page


def test_a_number_that_was_not_moved_is_no_change(client: TestClient) -> None:
    page = client.get("/table").text
    fields = {
        html.unescape(name): value for name, value in re.findall(r'name="([rw]\.[^"]+)"[^>]*? value="([^"]+)"', page)
    }
    assert fields
    assert '<p class="asked">' not in client.get("/table", params=fields).text
    party = ids(client)[0]
    moved = client.get("/table", params={**fields, f"r.{party}": "0.9"}).text
    assert "No agreement is worth 0.9" in moved


def test_the_address_of_a_change_says_the_same_again(client: TestClient) -> None:
    party = ids(client)[0]
    page = client.get("/table", params={f"w.{party}": "3"}).text
    link = html.unescape(re.findall(r'<a href="(/table[^"]*)">Link to this table', page)[0])
    assert "weight=" in link
    assert "weighs 3" in client.get(link).text


@pytest.mark.parametrize("show", ["solutions", "forecast", "uncertainty", "path"])
def test_every_computation_has_its_page(client: TestClient, show: str) -> None:
    assert client.get("/table", params={"show": show}).status_code == 200


def test_the_chart_is_a_picture_without_script(client: TestClient) -> None:
    party = ids(client)[0]
    answer = client.get("/table/chart.svg", params={"without": party})
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.text.startswith("<svg")
    assert "script" not in answer.headers["content-security-policy"]


def test_a_change_that_cannot_be_says_why(client: TestClient) -> None:
    answer = client.get("/table", params={"without": "Atlantis"})
    assert answer.status_code == 400
    assert "the party must be one of" in answer.text


def test_a_scenario_is_kept_compared_and_dropped(own: TestClient, secret: str) -> None:
    party = ids(own)[0]
    form = {"csrf": secret, "name": "Alone & more", "author": "Mona", "play": f"without={party}"}
    kept = own.post("/scenarios", data=form)
    assert kept.status_code == 200
    assert "Alone &amp; more" in kept.text
    assert "Without " in kept.text
    assert "Alone &amp; more" in own.get("/table").text
    dropped = own.post("/scenarios", data={"csrf": secret, "drop": "Alone & more"})
    assert "Alone" not in dropped.text


def test_a_scenario_without_a_change_is_refused(own: TestClient, secret: str) -> None:
    answer = own.post("/scenarios", data={"csrf": secret, "name": "Nothing", "play": ""})
    assert answer.status_code == 400
    assert "no change" in answer.text


def test_a_scenario_that_no_longer_fits_says_why_and_leaves_the_others(own: TestClient, secret: str) -> None:
    form = {"csrf": secret, "name": "Old", "play": "without=Nobody+of+this+record", "author": "Ada"}
    assert own.post("/scenarios", data=form).status_code in (200, 303)
    party = ids(own)[0]
    own.post("/scenarios", data={"csrf": secret, "name": "Still good", "play": f"without={party}", "author": "Ada"})
    page = own.get("/scenarios")
    assert page.status_code == 200
    assert "No longer fits the table." in page.text
    assert "Nobody of this record" in html.unescape(page.text)
    assert "Without " in page.text


def test_a_change_made_on_the_page_brings_what_it_comes_to_alone(client: TestClient) -> None:
    asked = {"without": ids(client)[0]}
    whole = client.get("/table", params=asked).text
    alone = client.get("/table", params=asked, headers={"hx-request": "true", "hx-target": "section#result"}).text
    assert "<html" not in alone
    section = re.search(r'<section class="result".*?</section>', whole, re.DOTALL)
    assert section is not None
    assert section[0] == alone[alone.index("<section") :].strip()
