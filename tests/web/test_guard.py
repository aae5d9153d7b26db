from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from addresses import reading, routes, writing
from fastapi import FastAPI
from served import SECRET
from starlette.testclient import TestClient

import accord
from accord.errors import FilterError
from accord.web import create_app
from accord.web.access.sessions import cookie_name
from accord.web.desk import Desk
from accord.web.guard import MOST_BODY, MOST_PATH, MOST_QUERY, Access
from accord.web.server import access_for

TOKEN = "a token that nobody guesses"
Open = Callable[..., TestClient]

SCRIPTLESS = "default-src 'none'; script-src 'self'; style-src 'self'"


@pytest.fixture
def served(record_file: Path) -> Iterator[Open]:
    """Opens a workbench with the access that a test wants; faults are answered, not raised."""
    with ExitStack() as stack:

        def make(*, base: str = "http://127.0.0.1", more: Callable[[FastAPI], None] | None = None, **access: object):
            workspace = stack.enter_context(accord.open(record_file))
            app = create_app(Desk(workspace), Access(**{"secret": SECRET, **access}))
            if more:
                more(app)
            return stack.enter_context(TestClient(app, base_url=base, raise_server_exceptions=False))

        yield make


# where it is asked


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.", "[::2]", "127.0.0.1:80:80"]
)
def test_another_host_is_refused(served: Open, host: str) -> None:
    answer = served().get("/", headers={"host": host})
    assert answer.status_code == 403
    assert "localhost" in answer.json()["error"]["message"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8321", "LOCALHOST", "[::1]:8321", "[::1]"])
def test_this_machine_is_answered(served: Open, host: str) -> None:
    assert served().get("/help", headers={"host": host}).status_code == 200


def test_an_address_that_others_reach_wants_a_token() -> None:
    with pytest.raises(FilterError, match="--token"):
        access_for("0.0.0.0", None)
    with pytest.raises(FilterError, match="at least 16"):
        access_for("192.0.2.7", "short")
    made = access_for("192.0.2.7", "auto", ("desk.example",))
    assert made.token
    assert len(made.token) >= 24
    assert {"192.0.2.7", "desk.example"} <= set(made.hosts)
    assert access_for("127.0.0.1", None).token is None


# the token


def test_every_address_wants_the_token(served: Open) -> None:
    client = served(token=TOKEN)
    for method, path in routes(client.app):  # type: ignore[arg-type]
        if path == "/login":
            continue
        answer = client.request(method, path.replace("{", "").replace("}", ""))
        assert answer.status_code == 401, (method, path)
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert client.get("/nowhere").status_code == 401
    assert client.get("/static/accord.css").status_code == 200  # the page that asks for a token is dressed


@pytest.mark.parametrize("given", ["Bearer wrong", "Bearer", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer \xff"])
def test_a_wrong_token_opens_nothing(served: Open, given: str) -> None:
    assert (
        served(token=TOKEN).get("/api/session", headers={"authorization": given.encode("latin-1")}).status_code == 401
    )


def test_the_bearer_opens_and_what_no_session_gave_does_not(served: Open) -> None:
    client = served(token=TOKEN)
    assert client.get("/api/session", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    for cookie in (TOKEN.replace(" ", "-"), "wrong", ""):
        answer = client.get("/api/session", headers={"cookie": f"{cookie_name('127.0.0.1', secure=False)}={cookie}"})
        assert answer.status_code == 401


def test_a_link_with_the_token_leaves_a_cookie_and_an_address_without_it(served: Open) -> None:
    client = served(token="plain-token-of-this-test")
    link = "/positions?party=GAM&token=plain-token-of-this-test"
    answer = client.get(link, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/positions?party=GAM"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "plain-token" not in cookie
    assert client.get("/positions").status_code == 200
    assert client.get("/positions?token=wrong").status_code == 200  # the cookie is there by now


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example/", "/%0d%0aset-cookie:%20x=y"])
def test_a_link_with_the_token_never_leads_elsewhere(served: Open, path: str) -> None:
    client = served(token="plain-token-of-this-test")
    answer = client.get(f"http://127.0.0.1{path}?token=plain-token-of-this-test", follow_redirects=False)
    assert answer.status_code == 303
    place = answer.headers["location"]
    assert place.startswith("/")
    assert not place.startswith(("//", "/\\"))
    assert "\n" not in place
    assert answer.headers.get_list("set-cookie")[0].startswith("accord-session")


# writing


def test_nothing_is_written_without_the_secret(served: Open) -> None:
    """Every route that writes is found by itself, so that a new one cannot be forgotten."""
    client = served()
    ways = writing(client.app)  # type: ignore[arg-type]
    assert ("POST", "/edits") in ways
    assert ("POST", "/api/edits") in ways
    for method, path in ways:
        for headers in ({}, {"x-accord-csrf": "wrong"}, {"cookie": f"csrf={SECRET}"}):
            answer = client.request(method, path, headers=headers)
            assert answer.status_code == 403, (method, path)
        form = client.request(method, path, data={"csrf": "wrong", "action": "undo", "items": "last", "author": "Eve"})
        assert form.status_code == 403, (method, path)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9"},
    ],
)
def test_another_site_writes_nothing_even_with_the_secret(served: Open, headers: dict[str, str]) -> None:
    client = served()
    for method, path in writing(client.app):  # type: ignore[arg-type]
        answer = client.request(method, path, headers={**headers, "x-accord-csrf": SECRET})
        assert answer.status_code == 403, (method, path)


def test_no_method_that_writes_is_taken_for_a_read(served: Open) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"):
        assert served().request(method, "/statements").status_code == 403


def test_the_token_of_a_program_stands_for_the_secret(served: Open) -> None:
    client = served(token=TOKEN)
    answer = client.post("/api/edits", json={}, headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 422  # let in, and told what is missing
    cookie = served(token="plain-token-of-this-test")
    assert cookie.get("/?token=plain-token-of-this-test").status_code == 200
    assert cookie.post("/api/edits", json={}).status_code == 403  # a browser sends its cookie for whoever asks
    assert cookie.post("/api/edits", json={}, headers={"x-accord-csrf": SECRET}).status_code == 403  # not its session's
    own = cookie.get("/api/session").json()["csrf"]
    assert cookie.post("/api/edits", json={}, headers={"x-accord-csrf": own}).status_code == 422


# what every answer carries


def test_every_answer_says_what_a_browser_may_do(served: Open) -> None:
    def broken(app: FastAPI) -> None:
        @app.get("/broken")
        def broken_page() -> None:
            raise RuntimeError("a secret of the machine")

        @app.get("/api/broken")
        def broken_answer() -> None:
            raise RuntimeError("a secret of the machine")

    client = served(more=broken)
    asked = [
        *reading(client),
        "/static/accord.css",
        "/static/none",
        "/nowhere",
        "/api/nowhere",
        "/broken",
        "/api/broken",
    ]
    asked += ["/statements?since=x", "/api/statements?since=x", f"/?{'x' * (MOST_QUERY + 1)}", "/items/none"]
    seen = set()
    for address in asked:
        answer = client.get(address)
        seen.add(answer.status_code)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy, address
        assert "unsafe-eval" not in policy
        if "text/html" in answer.headers["content-type"] and not address.startswith("/api/brief"):
            assert policy.startswith(SCRIPTLESS), address
            assert "unsafe-inline" not in policy
        else:
            assert "script-src 'unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "access-control-allow-origin" not in answer.headers
        assert "a secret of the machine" not in answer.text
    assert {200, 400, 404, 414, 422, 500} <= seen


def test_a_fault_is_said_in_the_one_body(served: Open) -> None:
    def broken(app: FastAPI) -> None:
        @app.get("/api/broken")
        def broken_answer() -> None:
            raise RuntimeError("a secret of the machine")

    answer = served(more=broken).get("/api/broken")
    assert answer.status_code == 500
    assert answer.json()["error"]["kind"] == "Fault"


# limits


def test_what_is_too_large_is_refused(served: Open) -> None:
    client, headers = served(), {"x-accord-csrf": SECRET}
    assert client.get(f"/search?q={'x' * MOST_QUERY}").status_code == 414
    assert client.get(f"/items/{'x' * MOST_PATH}").status_code == 414
    assert client.post("/api/edits", content=b"x" * (MOST_BODY + 1), headers=headers).status_code == 413

    def parts() -> Iterator[bytes]:
        for _ in range(MOST_BODY // 1_000 + 1):
            yield b"x" * 1_000

    assert client.post("/api/edits", content=parts(), headers=headers).status_code == 413
    lying = {**headers, "content-length": "-1"}
    assert client.post("/api/edits", content=b"{}", headers=lying).status_code == 413


def test_a_body_that_is_nested_without_end_is_refused(served: Open) -> None:
    headers = {"x-accord-csrf": SECRET}
    for body in (b"[" * 200_000, b'{"action":"add","fields":' + b'{"a":' * 60_000):
        assert served().post("/api/edits", content=body, headers=headers).status_code == 422


def test_a_page_of_a_list_has_an_end(served: Open) -> None:
    assert served().get("/api/statements?limit=501").status_code == 422
    assert served().get("/statements?limit=501").status_code == 422


# the file system


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/static//etc/passwd",
        "/static/..\\app.py",
        "/static/%00",
        "/static/vendor",
        "/static/",
        "/reports/..%2f..%2fetc%2fpasswd",
        "/items/..%2f..%2fhelsinki.accord",
        "/api/items/..%2fhelsinki.accord",
        "/api/evidence/%2fetc%2fpasswd",
        "/api/explain/..%2f..%2fpyproject.toml",
        "/helsinki.accord",
    ],
)
def test_no_address_reaches_a_file(served: Open, path: str) -> None:
    answer = served().get(path)
    assert answer.status_code in (400, 404, 422), answer.text[:200]
    assert "root:" not in answer.text
    assert "create_app" not in answer.text
    assert b"SQLite format" not in answer.content


@pytest.mark.parametrize("name", ["/etc/passwd", "../pyproject.toml", "file:///etc/passwd", "helsinki.accord"])
def test_no_name_in_a_query_or_body_reaches_a_file(served: Open, name: str) -> None:
    client, headers = served(), {"x-accord-csrf": SECRET}
    for address in ("/statements", "/api/statements", "/api/zone"):
        assert client.get(address, params={"report": name}).status_code == 404
    assert client.get("/api/table", params={"table": name}).status_code == 422
    assert client.post("/api/zone", json=name, headers=headers).status_code == 422
    assert client.post("/api/whatif", json={"table": name}, headers=headers).status_code == 422
    body = {"table": {"parties": [], "questions": []}, "against": name}
    assert client.post("/api/whatif", json=body, headers=headers).status_code == 422
    assert client.get("/api/whatif", params={"against": name}).status_code == 422
    answer = client.post(
        "/api/edits",
        json={
            "action": "add",
            "author": "Eve",
            "layer": "figures",
            "fields": {"measure": "m", "value": 1},
            "evidence": [f"{name}:root"],
        },
        headers=headers,
    )
    assert answer.status_code == 404
    assert "root:x" not in answer.text
