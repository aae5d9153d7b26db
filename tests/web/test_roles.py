"""Tokens with roles: who may what on every route, whose name corrections bear, sessions, limits, and the audit log."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile
from typing import NamedTuple

import pytest
from addresses import NEEDED, routes
from fastapi import FastAPI
from served import SECRET
from starlette.testclient import TestClient

import accord
from accord.errors import AccessError, FilterError, NotFound
from accord.record import Store
from accord.web import create_app
from accord.web.access import audit as audits
from accord.web.access import limits, rules, sessions
from accord.web.access.audit import Audit
from accord.web.access.limits import Buckets, Rate, place_of
from accord.web.access.proxies import Proxies
from accord.web.access.roles import ROLES
from accord.web.access.tokens import TokenFile, digest_of, folder_of
from accord.web.desk import Desk
from accord.web.guard import Access
from accord.web.server import access_for

HERE = "http://desk.example"
PAGE = {"accept": "text/html", "sec-fetch-site": "none"}


class Office(NamedTuple):
    """A workbench that is served to people, their tokens by role, and what is kept beside the record."""

    app: FastAPI
    texts: dict[str, str]
    ids: dict[str, str]
    file: TokenFile
    log: Audit

    def browser(self, **options: object) -> TestClient:
        """A browser without a session."""
        return TestClient(self.app, base_url=HERE, raise_server_exceptions=False, **options)  # type: ignore[arg-type]

    def program(self, role: str) -> TestClient:
        """A program that sends the bearer token of a role."""
        return self.browser(headers={"authorization": f"Bearer {self.texts[role]}"})

    def entered(self, role: str) -> TestClient:
        """A browser that has entered with the token of a role."""
        browser = self.browser()
        answer = browser.post(
            "/login", data={"token": self.texts[role]}, headers={"origin": HERE}, follow_redirects=False
        )
        assert answer.status_code == 303, answer.text
        return browser

    def entries(self) -> list[dict[str, object]]:
        """The lines of the audit log."""
        if not self.log.path.exists():
            return []
        return [json.loads(line) for line in self.log.path.read_text().splitlines()]


@pytest.fixture
def office(record_file: Path, tmp_path: Path) -> Iterator[Office]:
    path = tmp_path / "own.accord"
    copyfile(record_file, path)
    file = TokenFile(folder_of(path))
    made = {role: file.add(f"Ada {role}", role) for role in ROLES}
    log = Audit(file.folder / "audit.jsonl")
    app = create_app(Desk(accord.open(path)), Access(hosts=("desk.example",), secret=SECRET, tokens=file, audit=log))
    texts, ids = {r: text for r, (_, text) in made.items()}, {r: one.id for r, (one, _) in made.items()}
    yield Office(app, texts, ids, file, log)
    app.state.desk.close()


def first(client: TestClient) -> str:
    return str(client.get("/api/statements?limit=1").json()["items"][0]["id"])


# roles on every route


def test_every_route_declares_what_it_takes(office: Office) -> None:
    there = {f"{method} {path}" for method, path in routes(office.app)}
    assert there - set(rules.RULES) == set(), "declare a role for the new route in accord/web/access/rules.py"
    assert set(rules.RULES) - there == set(), "a rule is there for a route that is not"


def test_every_route_asks_for_its_role(tmp_path: Path) -> None:
    """All routes, each with each role: what is within the role is answered, what is not is refused."""
    path = tmp_path / "empty.accord"  # what is let in has little to compute here
    Store.open(path, create=True).close()
    file = TokenFile(folder_of(path))
    texts = {role: file.add(f"Ada {role}", role)[1] for role in ROLES}
    app = create_app(Desk(accord.open(path)), Access(hosts=("desk.example",), tokens=file))
    refused = dict.fromkeys(ROLES, 0)
    for role, text in texts.items():
        app.state.buckets.__init__()
        client = TestClient(app, base_url=HERE, headers={"authorization": f"Bearer {text}"})
        for method, path in routes(app):
            takes = rules.rule_of(method, path).role
            if takes is None:
                continue  # the gate
            address = re.sub(r"\{[^}]+\}", "1", path) + (f"?{NEEDED[path]}" if path in NEEDED else "")
            answer = client.request(method, address, follow_redirects=False)
            allowed = ROLES.index(role) >= ROLES.index(takes)
            assert answer.status_code not in (401, 429, 500), (role, method, path, answer.text[:200])
            assert (answer.status_code == 403) is not allowed, (role, method, path, answer.text[:200])
            refused[role] += not allowed
    app.state.desk.close()
    assert refused["read"] > refused["correct"] > refused["administer"] == 0


def test_a_route_that_nobody_declared_is_for_those_who_administer(office: Office) -> None:
    @office.app.get("/new")
    def new() -> dict[str, str]:
        return {}

    assert office.program("correct").get("/new").status_code == 403
    assert office.program("administer").get("/new").status_code == 200


def test_without_a_token_only_the_gate_is_open(office: Office) -> None:
    browser = office.browser()
    for method, path in routes(office.app):
        if path != "/login":
            assert browser.request(method, path.replace("{", "").replace("}", "")).status_code == 401, (method, path)
    assert {path for (_, path) in routes(office.app) if rules.is_open(path)} == {"/login"}
    assert browser.get("/static/accord.css").status_code == 200
    assert browser.get("/login").status_code == 200
    for path in ("/login/", "/static/../edits", "/static/%2e%2e/edits", "/login/../edits"):
        assert browser.get(path).status_code in (307, 401, 404), path


def test_pages_offer_what_the_role_allows(office: Office) -> None:
    reader, editor, head = (office.entered(role) for role in ROLES)
    key = first(reader)
    for address in (f"/items/{key}", "/reports/1", "/edits"):
        # the page that is remembered for one role is not shown to another
        assert "/edits/add" not in reader.get(address).text
        assert 'method="post" action="/edits"' not in reader.get(address).text
    assert 'method="post" action="/edits"' in editor.get(f"/items/{key}").text
    assert "/edits/add" in editor.get("/reports/1").text
    assert "/audit" not in editor.get("/reports/1").text
    assert "/audit" in head.get("/reports/1").text
    assert "/edits/add" not in reader.get("/reports/1").text
    changed = "/table?no_consent=" + str(reader.get("/api/table").json()["parties"][0]["id"])
    assert 'method="post" action="/scenarios"' not in reader.get(changed).text
    assert 'method="post" action="/scenarios"' in editor.get(changed).text


# whose name a correction bears


def test_the_author_is_the_holder_of_the_token(office: Office) -> None:
    client = office.program("correct")
    key = first(client)
    body = {"action": "accept", "items": [key], "reason": "heard it"}
    assert client.post("/api/edits", json=body).json()["edit"]["author"] == "Ada correct"
    forged = client.post("/api/edits", json={**body, "action": "reject", "author": "Eve"})
    assert forged.status_code == 400
    assert "Ada correct" in forged.json()["error"]["message"]
    named = client.post("/api/edits", json={"action": "undo", "author": "Ada correct"})
    assert named.json()["edit"]["author"] == "Ada correct"
    kept = client.post("/api/scenarios", json={"name": "one", "changes": {}, "author": "Eve"})
    assert kept.status_code == 400
    assert [one["author"] for one in client.get("/api/edits").json()["items"]] == ["Ada correct"] * 2


def test_a_form_cannot_bear_another_name(office: Office) -> None:
    browser = office.entered("correct")
    key = first(browser)
    page = browser.get(f"/items/{key}").text
    assert 'name="author"' not in page
    secret = page.split('name="csrf" value="')[1].split('"')[0]
    form = {"csrf": secret, "action": "accept", "layer": "statements", "items": key}
    assert browser.post("/edits", data={**form, "author": "Eve"}).status_code == 400
    browser.cookies.set("accord-author", "Eve")
    assert browser.post("/edits", data=form).status_code == 200
    log = browser.get("/edits").text
    assert "Ada correct" in log
    assert "Eve" not in log


# sessions


def test_the_gate_opens_a_session_and_leads_on(office: Office) -> None:
    browser = office.browser()
    asked = browser.get("/positions?party=GAM", headers=PAGE)
    assert asked.status_code == 401
    assert 'name="next" value="/positions?party=GAM"' in asked.text
    assert "own" not in asked.text.replace("autocomplete", "")  # the record's name is not told to strangers
    entered = browser.post(
        "/login",
        data={"token": office.texts["read"], "next": "/positions?party=GAM"},
        headers={"origin": HERE},
        follow_redirects=False,
    )
    assert entered.headers["location"] == "/positions?party=GAM"
    cookie = entered.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
    assert office.texts["read"] not in cookie
    assert browser.get("/account").text.count("Ada read") == 1
    secret = browser.get("/api/session").json()["csrf"]
    assert browser.post("/logout", data={"csrf": "wrong"}).status_code == 403
    assert browser.post("/logout", data={"csrf": secret}, follow_redirects=False).status_code == 303
    assert browser.get("/", headers={"cookie": cookie.split(";")[0]}).status_code == 401  # ended here, not only there


def test_a_form_that_comes_after_the_session_meets_the_gate(office: Office) -> None:
    answer = office.browser().post("/edits", data={"action": "accept"}, headers={**PAGE, "origin": HERE})
    assert answer.status_code == 401
    assert "Your session has ended" in answer.text
    assert office.browser().post("/api/edits", json={}, headers=PAGE).json()["error"]["kind"] == "Refused"


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example/", "/\\evil.example", "/%5cevil.example"])
def test_the_gate_leads_nowhere_else(office: Office, onward: str) -> None:
    answer = office.browser().post(
        "/login",
        data={"token": office.texts["read"], "next": onward},
        headers={"origin": HERE},
        follow_redirects=False,
    )
    place = answer.headers["location"]
    assert place.startswith("/")
    assert not place.startswith(("//", "/\\"))


@pytest.mark.parametrize("headers", [{}, {"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}])
def test_no_other_site_enters_somebody(office: Office, headers: dict[str, str]) -> None:
    answer = office.browser().post("/login", data={"token": office.texts["read"]}, headers=headers)
    assert answer.status_code == 403


def test_the_secret_of_a_form_is_of_one_session(office: Office) -> None:
    one, other = office.entered("correct"), office.entered("correct")
    secrets = {client.get("/api/session").json()["csrf"] for client in (one, other)}
    assert len(secrets) == 2
    assert SECRET not in secrets
    body = {"action": "accept", "items": [first(one)]}
    for wrong in (other.get("/api/session").json()["csrf"], SECRET, ""):
        assert one.post("/api/edits", json=body, headers={"x-accord-csrf": wrong}).status_code == 403
    assert SECRET not in one.get("/").text
    assert office.program("correct").get("/api/session").json()["csrf"] == ""


def test_a_revoked_token_ends_at_the_next_request(office: Office) -> None:
    browser, program = office.entered("read"), office.program("read")
    assert browser.get("/").status_code == program.get("/").status_code == 200
    TokenFile(office.file.folder).revoke("Ada read")  # as another process does
    assert browser.get("/").status_code == program.get("/").status_code == 401


def test_sessions_end_when_nobody_comes() -> None:
    now = [0.0]
    some = sessions.Sessions("secret", clock=lambda: now[0])
    cookie = some.begin("tk-1")
    now[0] += sessions.IDLE - 1
    assert some.find(cookie)
    now[0] += sessions.IDLE + 1
    assert some.find(cookie) is None
    again = some.begin("tk-1")
    for _ in range(int(sessions.LONGEST / sessions.IDLE) + 1):
        now[0] += sessions.IDLE - 1
        last = some.find(again)
    assert last is None


# tokens


def test_tokens_are_kept_as_digests_that_others_cannot_read(tmp_path: Path) -> None:
    file = TokenFile(tmp_path / "x.accord-access")
    made, text = file.add("Ada", "correct", note="her laptop")
    kept = file.path.read_text()
    assert text not in kept
    assert text.removeprefix("accord-") not in kept
    assert digest_of(text) in kept
    assert len(text) >= 43  # 256 bits
    if os.name == "posix":
        assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.folder.stat().st_mode) == 0o700
        file.path.chmod(0o644)
        with pytest.raises(AccessError, match="chmod 600"):
            TokenFile(file.folder).every()
        file.path.chmod(0o600)
    assert file.opens(text) == made
    assert file.opens(text + "x") is None
    assert file.opens("") is None


def test_a_token_opens_up_to_its_last_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import datetime as dt

    from accord.web.access import tokens

    now = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
    monkeypatch.setattr(tokens, "_now", lambda: now)
    file = TokenFile(tmp_path / "x.accord-access")
    _, text = file.add("Ada", "read", expires="2027-03-31")
    monkeypatch.setattr(tokens, "_now", lambda: now.replace(day=31, hour=23))
    assert file.opens(text)
    monkeypatch.setattr(tokens, "_now", lambda: now.replace(month=4))
    assert file.opens(text) is None
    with pytest.raises(AccessError, match="must not have passed"):
        file.add("Ada", "read", expires="2027-03-31")


@pytest.mark.parametrize(
    ("name", "role", "day"), [("", "read", None), ("A\nB", "read", None), ("Ada", "own", None), ("Ada", "read", "soon")]
)
def test_a_token_that_cannot_be_is_not_made(tmp_path: Path, name: str, role: str, day: str | None) -> None:
    file = TokenFile(tmp_path / "x.accord-access")
    with pytest.raises(AccessError):
        file.add(name, role, expires=day)
    assert file.every() == ()
    with pytest.raises(NotFound):
        file.revoke("nobody")


def test_tokens_that_cannot_be_read_let_nobody_in(office: Office) -> None:
    browser = office.entered("administer")
    office.file.path.write_text("{")
    answer = browser.get("/")
    assert answer.status_code == 503
    assert str(office.file.path) not in answer.text
    office.file.path.unlink()
    assert browser.get("/").status_code == 401


def test_what_serves_whom(tmp_path: Path) -> None:
    file = TokenFile(tmp_path / "x.accord-access")
    assert access_for("127.0.0.1", None, tokens=file).tokens is None  # one person, no token, as ever
    with pytest.raises(FilterError, match="accord token"):
        access_for("192.0.2.7", None, tokens=file)
    with pytest.raises(FilterError, match="through a proxy"):
        access_for("127.0.0.1", None, tokens=file, proxies=("127.0.0.1",))  # also where the tokens were lost
    assert access_for("127.0.0.1", None, tokens=file, proxies=("127.0.0.1",), people=False).tokens is None
    file.add("Ada", "read")
    served = access_for("127.0.0.1", None, tokens=file)  # as behind a proxy
    assert served.tokens is file
    assert served.audit is not None
    assert access_for("192.0.2.7", None, tokens=file).token is None
    with pytest.raises(FilterError, match="--no-people"):
        access_for("192.0.2.7", "a token that nobody guesses", tokens=file)
    assert access_for("127.0.0.1", None, tokens=file, people=False).audit is None
    with pytest.raises(AccessError, match="a network such as"):
        access_for("127.0.0.1", None, tokens=file, proxies=("proxy.example",))


# limits


def test_a_bucket_empties_and_fills_again() -> None:
    now = [0.0]
    some = Buckets({"write": Rate(2, 10.0)}, clock=lambda: now[0])
    assert [some.take("write", "a") for _ in range(3)] == [0, 0, 10]
    assert some.take("write", "b") == 0
    now[0] += 4
    assert some.wait("write", "a") == 6
    now[0] += 6
    assert [some.take("write", "a") for _ in range(2)] == [0, 10]
    now[0] += 1_000
    assert [some.take("write", "a") for _ in range(3)] == [0, 0, 10]


def test_one_address_is_one_asker() -> None:
    assert place_of("2001:db8:1:2::7") == place_of("2001:db8:1:2:ffff::1") != place_of("2001:db8:1:3::7")
    assert place_of("::ffff:192.0.2.7") == place_of("192.0.2.7")


@pytest.mark.parametrize(
    ("kind", "address"), [("look", "/api/session"), ("compute", "/api/zone"), ("export", "/api/export?form=csv")]
)
def test_too_many_requests_are_told_when_to_come_again(office: Office, kind: str, address: str) -> None:
    office.app.state.buckets.__init__({**limits.RATES, kind: Rate(1, 40.0)})
    client = office.program("read")
    assert client.get(address).status_code == 200
    answer = client.get(address)
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 40
    assert answer.json()["error"]["kind"] == "Refused"
    assert office.program("correct").get(address).status_code == 200


def test_wrong_tokens_close_the_gate_for_a_while(office: Office) -> None:
    entered, program = office.entered("read"), office.browser()
    for _ in range(limits.RATES["enter"].burst):
        assert program.get("/api/session", headers={"authorization": "Bearer wrong"}).status_code == 401
    right = {"authorization": f"Bearer {office.texts['read']}"}
    for answer in (
        program.get("/api/session", headers=right),  # or the answers would tell right from wrong
        program.post("/login", data={"token": office.texts["read"]}, headers={"origin": HERE}),
    ):
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) >= 1
    assert entered.get("/").status_code == 200


def test_the_one_person_at_this_machine_is_not_counted(client: TestClient) -> None:
    client.app.state.buckets.__init__(dict.fromkeys(limits.RATES, Rate(1, 60.0)))  # type: ignore[attr-defined]
    assert {client.get("/api/session").status_code for _ in range(5)} == {200}


# behind a proxy


def test_only_named_proxies_are_believed() -> None:
    forged = {"x-forwarded-for": "198.51.100.9, 203.0.113.5", "x-forwarded-proto": "https"}
    nobody, some = Proxies(), Proxies(["10.0.0.0/8", "127.0.0.1"])
    assert nobody.client("127.0.0.1", "http", forged).address == "127.0.0.1"
    assert not nobody.client("127.0.0.1", "http", forged).secure
    assert some.client("192.0.2.1", "http", forged).address == "192.0.2.1"
    found = some.client("127.0.0.1", "http", forged)
    assert (found.address, found.secure) == ("203.0.113.5", True)  # what stands before it, the asker wrote
    chain = {"x-forwarded-for": "198.51.100.9, 203.0.113.5:443, 10.1.2.3"}
    assert some.client("127.0.0.1", "http", chain).address == "203.0.113.5"
    for junk in ("", "unknown", "1.2.3.4, junk", "[::g", ","):
        assert some.client("127.0.0.1", "http", {"x-forwarded-for": junk}).address == "127.0.0.1"
    assert some.client("127.0.0.1", "http", {"x-forwarded-for": "[2001:db8::7]"}).address == "2001:db8::7"


def test_with_tls_before_it_the_cookie_is_for_tls_alone(record_file: Path, tmp_path: Path) -> None:
    file = TokenFile(tmp_path / "x.accord-access")
    _, text = file.add("Ada", "read")
    log = Audit(file.folder / "audit.jsonl")
    with accord.open(record_file) as workspace:
        access = Access(hosts=("desk.example",), tokens=file, audit=log, proxies=("127.0.0.1",))
        app = create_app(Desk(workspace), access)
        headers = {"x-forwarded-for": "203.0.113.5", "x-forwarded-proto": "https", "origin": "https://desk.example"}
        with TestClient(app, base_url=HERE, client=("127.0.0.1", 5)) as browser:
            cookie = browser.post("/login", data={"token": text}, headers=headers, follow_redirects=False).headers[
                "set-cookie"
            ]
    assert cookie.startswith("__Host-accord-session=")
    assert "Secure" in cookie.split("; ")
    assert log.last(limit=1).entries[0].address == "203.0.113.5"


# the audit log


def test_the_log_tells_who_did_what_and_no_secret(office: Office) -> None:
    client, reader = office.program("correct"), office.program("read")
    key = first(client)
    made = client.post("/api/edits", json={"action": "accept", "items": [key], "reason": "a word in private"}).json()
    reader.get("/api/search?q=confidential+matter")
    reader.get("/api/export?form=csv&party=GAM")
    reader.post("/api/edits", json={"action": "accept", "items": [key]})
    office.browser().get("/api/session", headers={"authorization": "Bearer not-a-token"})
    office.entered("administer").get("/audit")
    client.post("/api/edits", json={"action": "accept", "items": ["none"]})
    told = [(one.get("who"), one["does"], one["status"], one["outcome"]) for one in office.entries()]
    assert told == [
        ("Ada correct", "POST /api/edits", 201, "done"),
        ("Ada read", "GET /api/export", 200, "done"),
        ("Ada read", "POST /api/edits", 403, "refused"),
        (None, "GET /api/session", 401, "refused"),
        ("Ada administer", "POST /login", 303, "done"),
        ("Ada administer", "GET /audit", 200, "done"),
        ("Ada correct", "POST /api/edits", 404, "failed"),
    ]
    assert office.entries()[0]["about"] == {"edit": made["edit"]["id"], "action": "accept"}
    assert office.entries()[0]["address"] == "testclient"
    text = office.log.path.read_text()
    for word in ("confidential", "private", "not-a-token", "GAM", *office.texts.values(), SECRET):
        assert word not in text
    if os.name == "posix":
        assert stat.S_IMODE(office.log.path.stat().st_mode) == 0o600


def test_nothing_is_written_that_cannot_be_told(office: Office) -> None:
    client = office.program("correct")
    body = {"action": "accept", "items": [first(client)]}
    office.log.path.unlink(missing_ok=True)
    office.log.path.mkdir()  # where the log cannot be
    assert client.post("/api/edits", json=body).status_code == 503
    office.log.path.rmdir()
    assert client.get("/api/edits").json()["total"] == 0
    assert client.post("/api/edits", json=body).status_code == 201


def test_looking_is_told_where_that_is_asked(office: Office) -> None:
    reader = office.program("read")
    reader.get("/positions")
    assert office.entries() == []
    office.log.every = True
    reader.get("/positions?party=GAM")
    assert [one["does"] for one in office.entries()] == ["GET /positions"]


def test_refusals_without_end_do_not_fill_the_disk(office: Office) -> None:
    office.app.state.buckets.__init__({**limits.RATES, "look": Rate(1, 1000.0)})
    client = office.program("read")
    for _ in range(80):
        client.get("/api/session")
    assert 10 <= len(office.entries()) <= 40


def test_the_log_is_read_from_its_end_and_may_be_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audits, "_BLOCK", 100)
    log = Audit(tmp_path / "audit.jsonl")
    made = [
        audits.Entry(
            at=f"2026-01-01T00:00:{n:02}Z", who="Ada" if n % 2 else "Ben", does="GET /", status=200, outcome="done"
        )
        for n in range(30)
    ]
    for entry in made:
        log.add(entry)
    with log.path.open("a") as file:
        file.write("no line of ours\n")
    assert log.last(limit=100).entries == tuple(reversed(made))
    assert log.last(limit=100).broken == 1
    page = log.last(limit=5, offset=5, who="Ada")
    assert [one.at for one in page.entries] == [one.at for one in made[::-1] if one.who == "Ada"][5:10]
    assert page.more
    log.path.rename(tmp_path / "audit.jsonl.1")
    log.add(made[0])
    assert log.last(limit=5).entries == (made[0],)


def test_those_who_administer_see_the_log_and_revoke(office: Office) -> None:
    head, reader = office.entered("administer"), office.entered("read")
    assert reader.get("/audit").status_code == reader.get("/tokens").status_code == 403
    page = head.get("/tokens").text
    assert office.ids["read"] in page
    assert not any(digest_of(text) in page or text in page for text in office.texts.values())
    secret = page.split('name="csrf" value="')[1].split('"')[0]
    assert head.post("/tokens", data={"csrf": secret, "revoke": "tk-none"}).status_code == 404
    assert head.post("/tokens", data={"csrf": secret, "revoke": office.ids["read"]}).status_code == 200
    assert reader.get("/").status_code == 401
    log = head.get("/audit").text
    assert "POST /tokens" in log
    assert office.ids["read"] in log
    assert "POST /tokens" in head.get("/audit?who=Ada+administer&outcome=done").text
    assert head.get("/audit?outcome=failed").text.count("POST /tokens") == 1  # of the token that there is none of
    assert "POST /tokens" not in head.get("/audit?who=Ada+read").text
