"""Reports that try to become part of the page: on every page and in every answer they must stay words."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from addresses import reading
from served import SECRET
from starlette.testclient import TestClient

import accord
from accord.model.actor import Actor, actor_id
from accord.model.evidence import Evidence, Span
from accord.model.findings import Event, Figure, Lever, Position, Proposal, ProposalStep, Statement
from accord.model.reading import Reading
from accord.model.report import Report
from accord.model.when import When
from accord.record import Store
from accord.web import create_app
from accord.web.desk import Desk
from accord.web.guard import Access

SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img src=x onerror=alert(2)>'
BRACES = "{{ 7 * 191 }} {% raw %} ${7*191} #{7*191}"
TURNED = "\u202egnorw\u202c \u2066isolated"
BREAKS = "]]>--><!-- </textarea></title></svg>'\"&lt;`"
LONG = "Colonel " + "A" * 100_000
DAY = dt.date(2011, 3, 1)

TEXT = (
    f"{SCRIPT} {IMAGE} said on Tuesday that {BRACES} {TURNED} {BREAKS} must leave the valley. "
    f"“{SCRIPT} will never {IMAGE} accept {BRACES},” said the {TURNED} envoy.\n\n"
    "Talks about javascript:alert(3) go on in data:text/html,x and 40 people have died."
)
REPORT = Report.make(
    TEXT,
    f"../../{SCRIPT}/{IMAGE}.md",
    title=f"{SCRIPT}{IMAGE}{BRACES}{TURNED}{BREAKS}",
    outlet=f"{IMAGE} Herald {TURNED}",
    published=DAY,
    url="javascript:alert(document.cookie)//http://x",
)
OTHER = Report.make("40 people have died, it says.", "data:text/html,<script>alert(4)</script>", url="data:text/html,x")


def cut(report: Report, words: str) -> tuple[Evidence, ...]:
    at = report.text.index(words)
    return (Evidence.cut(report, at, at + len(words)),)


FIRST, SECOND = cut(REPORT, TEXT.split("\n")[0][:60]), cut(REPORT, f"“{SCRIPT} will never {IMAGE} accept {BRACES},”")
PARTY = Actor(id=actor_id("state", SCRIPT), name=SCRIPT + IMAGE, kind="state", aliases=(BRACES, TURNED))
FACTION = Actor(id=actor_id("armed-group", LONG), name=LONG, kind="armed-group", aliases=(BREAKS,))
ENVOY = Actor(id=actor_id("person", TURNED), name=f"{TURNED} Envoy {BRACES}", kind="person", party=PARTY.id)
WHEN = When.day(DAY, f"on {SCRIPT} Tuesday")


def _position(party: Actor, stance: str, evidence: tuple[Evidence, ...]) -> Position:
    return Position(
        id=f"po-{abs(hash_of(party.id + stance)):012x}"[:15],
        party=party.id,
        speaker=ENVOY.id,
        issue="withdrawal",
        proposition=f"{SCRIPT}{IMAGE} leaves the {BRACES} {TURNED} valley",
        stance=stance,  # type: ignore[arg-type]
        strength="red-line",
        condition=f"only if {IMAGE}",
        date=WHEN,
        evidence=evidence,
        confidence=0.9,
    )


def hash_of(text: str) -> int:
    return sum(ord(char) * place for place, char in enumerate(text[:500], start=1))


FINDINGS = {
    "statements": (
        Statement(
            id="st-000000000001",
            speaker=ENVOY.id,
            role="party",
            mode="direct",
            content=SECOND[0].quote,
            content_span=Span(REPORT.id, SECOND[0].start, SECOND[0].end),
            addressees=(PARTY.id, FACTION.id),
            date=WHEN,
            evidence=SECOND,
            confidence=0.9,
        ),
    ),
    "events": (
        Event(
            id="ev-000000000001",
            type="CONSULT",
            mode="meet",
            actors=(PARTY.id, FACTION.id),
            recipients=(ENVOY.id,),
            status="occurred",
            date=WHEN,
            place=f"{IMAGE}{TURNED}",
            evidence=FIRST,
            confidence=0.9,
        ),
    ),
    "positions": (_position(PARTY, "for", FIRST), _position(FACTION, "against", SECOND)),
    "proposals": (
        Proposal(
            id="pr-000000000001",
            name=f"{SCRIPT} plan {BRACES}",
            kind="peace-plan",
            by=(PARTY.id,),
            terms=(IMAGE, TURNED),
            evidence=FIRST,
            confidence=0.9,
            history=(ProposalStep(status="proposed", by=(PARTY.id,), date=WHEN, evidence=FIRST),),
        ),
    ),
    "levers": (
        Lever(
            id="le-000000000001",
            holder=PARTY.id,
            target=FACTION.id,
            instrument="sanctions",
            direction="pressure",
            status="threatened",
            evidence=FIRST,
            confidence=0.9,
        ),
    ),
    "figures": (
        Figure(
            id="fi-000000000001",
            measure=f"{SCRIPT} dead {IMAGE}",
            value=40,
            unit=BREAKS,
            claimed_by=FACTION.id,
            place=IMAGE,
            evidence=FIRST,
            confidence=0.9,
        ),
    ),
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("hostile") / "talks.accord"
    with Store.open(path, create=True) as store:
        store.add(REPORT, Reading(report=REPORT.id, reader="by hand", actors=(PARTY, FACTION, ENVOY), **FINDINGS))
        store.add(OTHER, Reading(report=OTHER.id, reader="by hand"))
    with accord.open(path) as workspace:
        app = create_app(Desk(workspace), Access(secret=SECRET))
        with TestClient(app, base_url="http://127.0.0.1", headers={"x-accord-csrf": SECRET}) as client:
            client.post("/api/edits", json=EDIT).raise_for_status()
            client.post("/api/scenarios", json=KEPT).raise_for_status()
            yield client


EDIT = {"action": "accept", "items": ["ev-000000000001"], "author": f"{SCRIPT}{TURNED}", "reason": f"{IMAGE}{BRACES}"}
KEPT = {"name": f"{SCRIPT}{BRACES}"[:80], "changes": {"without": [SCRIPT + IMAGE]}, "author": IMAGE}


class Seen(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[tuple[str, ...], str]] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "input", "br", "img", "hr", "wbr", "col"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.words.append((tuple(self._open), data))


_LINKS = ("href", "src", "action", "formaction", "xlink:href", "hx-get", "hx-post", "data", "poster")


def check_page(page: str, address: str, *, styled: bool = False) -> None:
    seen = Seen()
    seen.feed(page)
    for tag, attributes in seen.tags:
        where = f"{address}: <{tag} {list(attributes.items())[:4]}"[:300]
        assert tag not in ("img", "iframe", "object", "embed", "base"), where
        assert tag != "style" or styled, where
        if tag == "script":
            assert (attributes.get("src") or "").startswith("/static/"), where
        for name, value in attributes.items():
            assert not name.startswith("on"), where
            assert name != "style" or styled, where
            if name in _LINKS:
                assert re.match(r"(/(?!/)|#|\?|https?://|data:image/|$)", value or ""), where
    text = "".join(words for _, words in seen.words)
    assert not re.search(r"\b1337\b", text), f"{address}: braces were computed"
    for inside, words in seen.words:
        if any(turn in words for turn in "\u202d\u202e"):
            assert {"bdi", "q", "p", "option", "blockquote"} & set(inside), f"{address}: {words[:80]!r} in {inside}"


def test_every_page_keeps_hostile_words_as_words(hostile: TestClient) -> None:
    pages = 0
    for address in reading(hostile):
        answer = hostile.get(address)
        assert answer.status_code < 500, f"{address}: {answer.status_code} {answer.text[:300]}"
        if answer.headers["content-type"].startswith("text/html"):
            pages += 1
            check_page(answer.text, address)
            assert len(answer.content) < 5_000_000, address
        else:
            assert answer.headers["x-content-type-options"] == "nosniff"
    assert pages > 20


def test_what_is_asked_is_said_back_as_words(hostile: TestClient) -> None:
    for address in ("/", "/statements", "/positions", "/timeline", "/people", "/proposals", "/table", "/exports"):
        for name in ("party", "report", "issue", "since", "confidence", "at", "kind", "show"):
            answer = hostile.get(address, params={name: f"{SCRIPT}{IMAGE}"})
            assert answer.status_code < 500, (address, name)
            check_page(answer.text, f"{address}?{name}")
    for words in (SCRIPT, IMAGE, BRACES, TURNED, BREAKS):
        check_page(hostile.get("/search", params={"q": words}).text, f"search {words}")
        for address in ("/items/", "/people/", "/reports/", "/nowhere/"):
            check_page(hostile.get(address + words.replace("/", "%2f").replace("#", "%23")).text, address + words)


def test_every_answer_of_the_api_is_data_with_the_words_unchanged(hostile: TestClient) -> None:
    for address in reading(hostile):
        if address.startswith("/api/") and address != "/api":
            answer = hostile.get(address)
            assert answer.headers["content-type"] == "application/json", address
            json.loads(answer.content)
    positions = hostile.get("/api/positions").json()["items"]
    assert {position["proposition"] for position in positions} == {FINDINGS["positions"][0].proposition}
    reports = hostile.get("/api/reports").json()["items"]
    assert REPORT.url in {report["url"] for report in reports}


def test_briefs_and_exports_keep_hostile_words_as_words(hostile: TestClient) -> None:
    answer = hostile.get("/api/brief?form=html")
    assert "script-src" not in answer.headers["content-security-policy"]
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    check_page(answer.text, "brief", styled=True)
    for form in ("graphml", "gexf"):
        root = ElementTree.fromstring(hostile.get(f"/api/export?form={form}").content)
        assert any(SCRIPT in text for one in root.iter() for text in (one.text or "", *one.attrib.values()))
    for slide in hostile.get("/api/export?form=timeline").json()["events"]:
        for part in slide["text"].values():
            seen = Seen()
            seen.feed(part)
            assert {tag for tag, _ in seen.tags} <= {"blockquote", "p"}
    entities = [json.loads(line) for line in hostile.get("/api/export?form=ftm").content.splitlines()]
    assert all("sourceUrl" not in one["properties"] for one in entities)


def test_a_link_to_a_report_leads_to_the_web_or_nowhere(hostile: TestClient) -> None:
    for number in (1, 2):
        page = hostile.get(f"/reports/{number}").text
        assert 'href="javascript:' not in page
        assert 'href="data:' not in page


def test_what_a_person_writes_comes_back_as_words(hostile: TestClient) -> None:
    for address in ("/edits", "/scenarios", "/items/ev-000000000001"):
        answer = hostile.get(address)
        check_page(answer.text, address)
        assert answer.status_code == 200
