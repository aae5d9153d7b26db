"""Corrections from pages: written through the log, under a name, undone again."""

from __future__ import annotations

from served import SECRET
from starlette.testclient import TestClient
from test_pages import rows


def write(client: TestClient, **form: object) -> str:
    """Send a form; the page that follows."""
    answer = client.post("/edits", data={"csrf": SECRET, "author": "Mona", "reason": "heard it myself", **form})
    assert answer.status_code == 200, answer.text
    return answer.text


def first(client: TestClient, view: str) -> str:
    return rows(client.get(view).text)[0]


def test_an_accepted_item_is_sure_and_stands_in_the_log(own: TestClient) -> None:
    key = first(own, "/statements")
    page = write(own, action="accept", layer="statements", items=key)
    assert "1.00" in page
    assert key in own.get("/edits").text
    assert "heard it myself" in own.get("/edits").text


def test_a_rejected_item_leaves_the_lists_and_undo_brings_it_back(own: TestClient) -> None:
    key = first(own, "/statements")
    log = write(own, action="reject", layer="statements", items=key)
    assert key not in rows(own.get("/statements").text)
    assert own.get(f"/items/{key}").status_code == 404
    edit = log.split('<li id="ed-')[1].split('"')[0]
    write(own, action="undo", layer="edits", items=f"ed-{edit}")
    assert key in rows(own.get("/statements").text)


def test_only_changed_fields_are_written(own: TestClient) -> None:
    key = first(own, "/statements")
    page = own.get(f"/items/{key}").text
    kind = page.split('name="field-kind"')[1].split("selected>")[1].split("<")[0]
    other = "warned" if kind != "warned" else "said"
    write(own, action="change", layer="statements", items=key, **{"field-kind": other})
    log = own.get("/edits").text
    assert other in log
    assert "<dt>speaker</dt>" not in log


def test_nothing_changed_is_no_edit(own: TestClient) -> None:
    key = first(own, "/statements")
    answer = own.post(
        "/edits", data={"csrf": SECRET, "author": "Mona", "action": "change", "layer": "statements", "items": key}
    )
    assert answer.status_code == 400
    assert "no field was changed" in answer.text


def test_an_item_is_added_on_selected_words(own: TestClient) -> None:
    form = own.get("/edits/add", params={"report": 1, "start": 0, "end": 40, "layer": "figures"})
    assert form.status_code == 200
    write(
        own,
        action="add",
        layer="figures",
        report="1",
        start="0",
        end="40",
        **{"field-measure": "chairs", "field-value": "12"},
    )
    assert "chairs: 12" in own.get("/figures").text


def test_words_that_are_not_the_reports_are_refused(own: TestClient) -> None:
    answer = own.post(
        "/edits",
        data={
            "csrf": SECRET,
            "author": "Mona",
            "action": "add",
            "layer": "figures",
            "report": "1",
            "quote": "words that nobody wrote",
            "field-measure": "chairs",
            "field-value": "12",
        },
    )
    assert answer.status_code == 400
    assert "chairs" not in own.get("/figures").text


def test_an_edit_needs_a_name(own: TestClient) -> None:
    key = first(own, "/statements")
    answer = own.post("/edits", data={"csrf": SECRET, "action": "accept", "layer": "statements", "items": key})
    assert answer.status_code == 400
    assert "author" in answer.text


def test_the_name_is_remembered(own: TestClient) -> None:
    key = first(own, "/statements")
    write(own, action="accept", layer="statements", items=key)
    assert 'value="Mona"' in own.get(f"/items/{key}").text


def test_a_form_without_the_secret_is_refused(own: TestClient) -> None:
    key = first(own, "/statements")
    answer = own.post("/edits", data={"author": "Mona", "action": "reject", "layer": "statements", "items": key})
    assert answer.status_code == 403
    assert key in rows(own.get("/statements").text)


def test_a_page_of_another_site_cannot_write(own: TestClient) -> None:
    key = first(own, "/statements")
    form = {"csrf": SECRET, "author": "Mona", "action": "reject", "layer": "statements", "items": key}
    for headers in ({"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert own.post("/edits", data=form, headers=headers).status_code == 403
    assert key in rows(own.get("/statements").text)
