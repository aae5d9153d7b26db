from __future__ import annotations

import html
import re

from starlette.testclient import TestClient

from accord.record import histories
from aceh import RECORD


def test_the_matrix_has_each_proposition_once(client: TestClient) -> None:
    page = client.get("/positions").text
    keys = re.findall(r'<th scope="row"><a href="/positions\?key=([^"]+)"', page)
    assert len(keys) == len(set(keys)) > 0


def test_a_proposition_shows_every_stance_on_it(client: TestClient) -> None:
    page = client.get("/positions").text
    for key in re.findall(r'<th scope="row"><a href="/positions\?key=([^"]+)"', page):
        one = client.get("/positions", params={"key": html.unescape(key)})
        assert one.status_code == 200
        assert '<ol class="way">' in one.text


def test_the_slider_leaves_out_what_came_later(client: TestClient) -> None:
    days = sorted(
        str(entry.day.end) for history in histories(RECORD) for entry in history.entries if entry.day and entry.day.end
    )
    assert days[0] < days[-1]
    early = client.get("/positions", params={"until": days[0]}).text
    assert f"<output>{days[0]}</output>" in early
    assert early.count("<li") < client.get("/positions").text.count("<li")


def test_an_unknown_proposition_is_not_found(client: TestClient) -> None:
    assert client.get("/positions", params={"key": "pp-nothing"}).status_code == 404


def test_discrepancies_show_every_side(client: TestClient) -> None:
    page = client.get("/discrepancies")
    assert page.status_code == 200
    for article in re.findall(r'<article id="di-.*?</article>', page.text, re.DOTALL):
        assert article.count("<li>\n<p><b>") >= 2
