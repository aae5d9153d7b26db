"""Every route of the workbench's JSON and pages, asked in process for what their document allows and for what not."""

from __future__ import annotations

import json
from functools import cache
from random import Random
from typing import Any
from urllib.parse import quote

from fuzzing.mutate import spoilt_bytes, spoilt_tree, word, written
from fuzzing.records import AT, DAYS, QUERIES, REFERENCES, VERDICTS, folder, talks
from fuzzing.target import Bug, Target

SECRET = "of this run"
_PAGES = """
/ /timeline /positions /proposals /people /people/{key} /people/{key}/with/{key} /discrepancies /reports
/reports/{number} /items/{key} /items/{key}/why /search /statements /levers /figures /help /table
/table/chart.svg /scenarios /edits /edits/add /exports /static/{key}
"""
PAGES = tuple(_PAGES.split())
_ASKED = """
party issue since until report confidence limit offset page q ref at seconds without relax lift weight
form verdict item method draws seed layer save shifted action items name change scenario with sort kind
status view from csrf
"""
ASKED = tuple(_ASKED.split())
BODY = {
    "action": "accept",
    "items": ["1:1"],
    "layer": "events",
    "author": "Ada",
    "reason": "seen",
    "fields": {"place": "Cotabato"},
    "evidence": ["1:1"],
    "note": None,
    "name": "a",
    "changes": [["lift", "Philippines: the front"]],
    "setting": [["at", "2015"]],
}


@cache
def client() -> tuple[Any, Any]:
    """A browser over a copy of the record, and the API's document."""
    import shutil

    from starlette.testclient import TestClient

    import accord
    from accord.publishing.exports import pdf
    from accord.web import create_app
    from accord.web.desk import Desk
    from accord.web.guard import Access

    pdf.BROWSERS = ()  # a browser for every PDF that is asked for would take minutes
    talks().close()
    path = folder() / "asked.accord"
    shutil.copyfile(folder() / "talks.accord", path)
    app = create_app(Desk(accord.open(path)), Access(secret=SECRET))
    browser = TestClient(app, base_url="http://127.0.0.1", headers={"x-accord-csrf": SECRET})
    browser.__enter__()
    return browser, app.openapi()


def value(random: Random) -> str:
    """What a field of a request may hold, often something that it may not."""
    kind = random.randrange(8)
    if kind == 0:
        return random.choice(DAYS)
    if kind == 1:
        return random.choice(QUERIES)
    if kind < 4:
        return random.choice(REFERENCES)
    if kind == 4:
        return random.choice((*VERDICTS, "ceasefire", "json", "html", "csv", "mean", "on", "true", "events"))
    if kind == 5:
        return random.choice(("0", "1", "7", "0.5", "-1", "1e3", "50", "10000000"))
    return word(random)


def check(answer: Any, asked: str) -> None:
    """No fault, and a body that is what it says."""
    if answer.status_code >= 500 and answer.status_code != 501:
        raise Bug(f"{asked}: {answer.status_code} {answer.text[:200]}")
    if answer.content and answer.headers.get("content-type", "").startswith("application/json"):
        json.loads(answer.content)


def query(random: Random, names: Any) -> list[tuple[str, str]]:
    return [(random.choice(names), _clean(value(random))) for _ in range(random.randrange(4))]


def _clean(text: str) -> str:
    return written(text)[:2_000]


def _filled(random: Random, path: str) -> str:
    parts = []
    for part in path.split("/"):
        if part.startswith("{"):
            parts.append(quote(_clean(value(random))[:300], safe=""))
        else:
            parts.append(part)
    return "/".join(parts)


def api(random: Random) -> None:
    """A route of the API."""
    browser, document = client()
    path = random.choice(list(document["paths"]))
    method = random.choice(list(document["paths"][path]))
    named = [p["name"] for p in document["paths"][path][method].get("parameters", ()) if p["in"] == "query"]
    if random.random() < 0.1:
        method = random.choice(("get", "post", "delete", "put", "head", "options", "patch"))
    if "draws" in named:
        named = [name for name in named if name != "draws"]  # 100,000 are allowed, and take their time
    params = query(random, named or ASKED)
    if "/uncertainty" in path or "/forecast" in path:
        params.append(("draws", "20"))
    content = json.dumps(spoilt_tree(random, BODY)).encode()
    if random.random() < 0.2:
        content = spoilt_bytes(random, content, (content,))
    sent = {"content": content, "headers": {"content-type": "application/json"}} if method in ("post", "put") else {}
    check(browser.request(method.upper(), _filled(random, path), params=params, **sent), f"{method} {path}")


def page(random: Random) -> None:
    """A page, or a form sent to one."""
    browser, _ = client()
    if random.random() < 0.25:
        form = {random.choice(ASKED): _clean(value(random)) for _ in range(random.randrange(6))}
        form |= {"csrf": SECRET, "action": random.choice(("accept", "reject", "undo", "keep", "drop", "change", "add"))}
        check(browser.post(random.choice(("/edits", "/scenarios")), data=form, follow_redirects=False), f"form {form}")
        return
    path = random.choice(PAGES)
    check(browser.get(_filled(random, path), params=query(random, ASKED), follow_redirects=False), path)


def raw(random: Random) -> None:
    """Requests that no browser would send: headers, cookies, hosts and lengths that cannot be."""
    browser, _ = client()
    odd = _clean(word(random)).encode("ascii", "replace").decode().replace("\r", "").replace("\n", "").replace("\0", "")
    names = (
        "host",
        "origin",
        "cookie",
        "authorization",
        "sec-fetch-site",
        "accept",
        "if-none-match",
        "content-length",
        "range",
    )
    headers = {random.choice(names): odd[:500] for _ in range(random.randrange(1, 4))}
    if headers.get("content-length"):
        headers["content-length"] = random.choice(("0", "-1", "99999999999", "x"))
    method = random.choice(("GET", "POST", "HEAD"))
    check(
        browser.request(method, random.choice(("/", "/api/session", "/edits", "/api/edits")), headers=headers),
        f"{headers}",
    )


TARGETS = (
    Target("web-api", api, limit=20.0),
    Target("web-pages", page, limit=20.0),
    Target("web-headers", raw, limit=20.0),
)
__all__ = ["AT", "TARGETS"]
