from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import msgspec
import pytest
from addresses import reading
from starlette.testclient import TestClient

from accord.publishing import export
from accord.workbench import VIEWS
from accord.workbench.changes import WORDS


@pytest.fixture(autouse=True)
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accord.publishing.exports.pdf.BROWSERS", ())


def record_of(client: TestClient) -> Any:
    return client.app.state.desk.scene().record  # type: ignore[attr-defined]


def post(client: TestClient, address: str, body: object, secret: str, status: int = 201) -> Any:
    answer = client.post(address, json=body, headers={"x-accord-csrf": secret})
    assert answer.status_code == status, answer.text
    return answer.json()


@pytest.mark.parametrize(("view", "layer"), VIEWS.items())
def test_a_view_is_what_the_command_line_prints(client: TestClient, view: str, layer: str) -> None:
    said = json.loads(export.layer_to_json(record_of(client), layer))
    answer = client.get(f"/api/{view}?limit=500").json()
    assert answer["items"] == said
    assert answer["total"] == len(said)


def test_pages_of_a_list_lead_to_its_end(client: TestClient) -> None:
    whole = client.get("/api/statements?confidence=0.5").json()["items"]
    found, address = [], "/api/statements?confidence=0.5&limit=2"
    while address:
        answer = client.get(address).json()
        assert len(answer["items"]) <= 2
        found += answer["items"]
        address = answer["next"]
    assert found == whole
    assert len(found) > 4


def test_filters_are_those_of_every_view(client: TestClient) -> None:
    some = client.get("/api/positions?party=GAM&issue=disarmament").json()["items"]
    assert [(one["party"], one["issue"]) for one in some] == [("GAM", "disarmament")]
    assert client.get("/api/timeline?since=2005-08&until=2005-08").json()["total"] == 3
    assert client.get("/api/statements?report=1").json()["total"] == 2


def test_a_misspelt_filter_does_not_pass_unseen(client: TestClient) -> None:
    answer = client.get("/api/positions?pary=GAM")
    assert answer.status_code == 422
    assert "party" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("address", "status", "kind"),
    [
        ("/api/positions?party=Indonesai", 404, "NotFound"),
        ("/api/positions?issue=peace", 422, "RequestError"),
        ("/api/positions?since=2005-13", 400, "FilterError"),
        ("/api/positions?since=2006&until=2005", 400, "FilterError"),
        ("/api/items/none", 404, "NotFound"),
        ("/api/evidence/9:9", 404, "NotFound"),
        ("/api/whatif", 400, "TableError"),
        ("/api/changes", 422, "RequestError"),
        ("/api/brief?form=pdf", 501, "ToolMissing"),
        ("/api/nothing", 404, "HTTPError"),
    ],
)
def test_an_error_has_the_one_body(client: TestClient, address: str, status: int, kind: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.json()["error"]["kind"] == kind
    assert answer.json()["error"]["message"]


def test_what_has_not_changed_is_not_sent_again(own: TestClient, secret: str) -> None:
    first = own.get("/api/statements")
    again = own.get("/api/statements", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    item = first.json()["items"][0]["id"]
    post(own, "/api/edits", {"action": "reject", "items": [item], "author": "Ada"}, secret)
    changed = own.get("/api/statements", headers={"if-none-match": first.headers["etag"]})
    assert changed.status_code == 200
    assert item not in {one["id"] for one in changed.json()["items"]}


def test_an_item_leads_to_its_sentence_and_its_page(client: TestClient) -> None:
    for view in ("statements", "actors", "discrepancies", "figures"):
        for one in client.get(f"/api/{view}").json()["items"]:
            answer = client.get(f"/api/items/{one['id']}").json()
            assert answer["item"] == one
            assert client.get(answer["url"]).status_code == 200
    one = client.get("/api/statements").json()["items"][0]
    (sentence,) = client.get(f"/api/evidence/{one['id']}").json()["items"]
    assert one["evidence"][0]["quote"] in sentence["sentence"]
    assert client.get(f"/api/evidence/{sentence['ref']}").json()["items"] == [sentence]


def test_a_search_and_what_is_like_it(client: TestClient) -> None:
    found = client.get("/api/search?q=independence").json()["items"]
    assert any("independence" in one["snippet"].lower() for one in found)
    assert client.get("/api/similar?ref=1:1&limit=3").json()["total"] <= 3


def test_an_edit_is_made_kept_and_undone(own: TestClient, secret: str) -> None:
    position = own.get("/api/positions").json()["items"][0]
    before = own.get("/api/session").json()["revision"]
    body = {"action": "change", "items": [position["id"]], "fields": {"strength": "preference"}, "author": "Ada"}
    made = post(own, "/api/edits", body, secret)
    assert made["revision"] != before
    assert own.get(f"/api/items/{position['id']}").json()["item"]["strength"] == "preference"
    log = own.get("/api/edits").json()
    assert (log["items"][0]["id"], log["items"][0]["author"]) == (made["edit"]["id"], "Ada")
    post(own, "/api/edits", {"action": "undo", "author": "Ada"}, secret)
    assert own.get(f"/api/items/{position['id']}").json()["item"]["strength"] == position["strength"]


def test_an_item_is_added_on_a_sentence_merged_and_split(own: TestClient, secret: str) -> None:
    by = {"author": "Ada", "reason": "no reader saw it"}
    fields = {"measure": "rounds of talks", "value": 5, "unit": "rounds"}
    body = {"action": "add", "layer": "figures", "fields": fields, "evidence": ["3:1"], **by}
    made = post(own, "/api/edits", body, secret)
    assert made["edit"]["action"] == "add"
    assert "rounds of talks" in {one["measure"] for one in own.get("/api/figures").json()["items"]}
    actors = [one["id"] for one in own.get("/api/actors").json()["items"] if one["kind"] == "person"][:2]
    post(own, "/api/edits", {"action": "merge", "items": actors, "layer": "actors", **by}, secret)
    assert own.get(f"/api/items/{actors[0]}").json()["id"] == own.get(f"/api/items/{actors[1]}").json()["id"]
    post(
        own,
        "/api/edits",
        {"action": "rename", "items": actors[:1], "name": "One of two", "layer": "actors", **by},
        secret,
    )
    assert "One of two" in {one["name"] for one in own.get("/api/actors").json()["items"]}
    post(own, "/api/edits", {"action": "split", "items": actors[1:], "layer": "actors", **by}, secret)
    assert own.get("/api/items/" + actors[1]).json()["id"] == actors[1]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"action": "burn", "items": ["x"], "author": "Ada"}, 422),
        ({"action": "accept", "items": [], "author": "Ada"}, 422),
        ({"action": "accept", "items": ["x"], "author": " "}, 422),
        ({"action": "accept", "items": ["none"], "author": "Ada"}, 404),
        ({"action": "accept", "items": ["9:1"], "author": "Ada", "lair": "events"}, 422),
        ({"action": "add", "layer": "figures", "fields": {"measure": "m"}, "author": "Ada"}, 400),
    ],
)
def test_an_edit_that_cannot_be_meant_writes_nothing(
    own: TestClient, secret: str, body: dict[str, Any], status: int
) -> None:
    before = own.get("/api/session").json()["revision"]
    assert post(own, "/api/edits", body, secret, status)["error"]["message"]
    assert own.get("/api/session").json()["revision"] == before
    assert own.get("/api/edits").json()["total"] == 0


def test_a_table_that_is_sent_comes_to_the_same(client: TestClient, secret: str) -> None:
    table = client.get("/api/table").json()
    for word in ("zone", "blockers", "concessions", "path", "solutions", "forecast", "uncertainty"):
        assert post(client, f"/api/{word}", table, secret, 200) == client.get(f"/api/{word}").json(), word
    here = client.get("/api/whatif", params={"without": "Indonesia"})
    assert post(client, "/api/whatif?without=Indonesia", {"table": table}, secret, 200) == here.json()
    assert here.json()["opened"] is True


def test_a_table_that_is_too_large_is_refused(client: TestClient, secret: str) -> None:
    table = client.get("/api/table").json()
    table["parties"] = [{**table["parties"][0], "id": f"p{n}", "name": f"P{n}"} for n in range(41)]
    assert "at most 40 parties" in post(client, "/api/zone", table, secret, 400)["error"]["message"]


def test_a_scenario_is_kept_and_dropped(own: TestClient, secret: str) -> None:
    body = {"name": "a/b without one", "changes": {"without": ["Indonesia"]}, "setting": {"at": "2005-08-15"}}
    kept = post(own, "/api/scenarios", {**body, "author": "Ada"}, secret)
    assert kept["changes"] == body["changes"]
    assert own.get("/api/scenarios").json()["items"] == [kept]
    gone = own.delete("/api/scenarios/a%2Fb without one", headers={"x-accord-csrf": secret})
    assert gone.json() == kept
    assert own.get("/api/scenarios").json()["total"] == 0
    bad = {"name": "b", "changes": {"without": ["Indonesia"]}, "setting": {"since": "yesterday"}}
    assert post(own, "/api/scenarios", bad, secret, 400)["error"]["kind"] == "FilterError"


def test_the_words_of_a_what_if_are_those_of_the_command_line(client: TestClient) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    taken = {one["name"] for one in paths["/api/whatif"]["get"]["parameters"]}
    assert set(WORDS) <= taken
    schema = client.get("/api/openapi.json").json()["components"]["schemas"]["Changes"]
    assert set(schema["properties"]) == set(WORDS)


def test_every_form_that_the_document_refers_to_is_in_it(client: TestClient) -> None:
    document = client.get("/api/openapi.json").json()
    named = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)))
    assert named <= set(document["components"]["schemas"])
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            assert {"400", "401", "403", "404", "422", "503"} <= set(said["responses"]), (method, path)
            assert said.get("description") or said.get("summary"), (method, path)


def test_the_page_of_the_api_lists_every_endpoint(client: TestClient) -> None:
    page = unescape(client.get("/api").text)
    for path in client.get("/api/openapi.json").json()["paths"]:
        assert f"<code>{path}</code>" in page
    for link in re.findall(r'href="(/api/[^"]+)"', page):
        assert client.get(link).status_code in (200, 400)


def test_the_page_of_exports_offers_what_can_be_had(client: TestClient) -> None:
    page = client.get("/exports", params={"party": "GAM"}).text
    links = [unescape(link) for link in re.findall(r'href="(/api/[^"]+)" download', page)]
    assert len(links) >= 9
    assert not any("form=pdf" in link for link in links)
    for link in links:
        answer = client.get(link)
        assert answer.status_code == 200, link
        assert answer.headers["content-disposition"].startswith("attachment;"), link
        assert "party=GAM" in link


def test_every_answer_is_the_same_for_the_same_record(client: TestClient) -> None:
    for address in reading(client):
        if address.startswith("/api/") and not address.startswith("/api/explain"):
            first = client.get(address).content
            client.app.state.desk.scene()._kept.clear()  # type: ignore[attr-defined]
            assert client.get(address).content == first, address


def test_the_brief_is_served_in_every_form(client: TestClient) -> None:
    page = client.get("/api/brief?form=html")
    assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "<h1" in page.text
    assert client.get("/api/brief?form=md").text.startswith("# ")
    assert msgspec.json.decode(client.get("/api/brief").content)["title"]
    assert "attachment" in client.get("/api/brief?form=text&save=true").headers["content-disposition"]
