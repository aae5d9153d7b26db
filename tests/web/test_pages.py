from __future__ import annotations

import html
import re

import pytest
from starlette.testclient import TestClient

from accord.web.pages import NAVIGATION
from aceh import RECORD


def rows(page: str) -> list[str]:
    """The ids of the items that a page lists."""
    return re.findall(r'<li id="([a-z]+-[0-9a-f]+)" class="entry"', page)


@pytest.mark.parametrize(
    "address",
    ["/", "/statements", "/levers", "/figures", "/help", "/reports", "/reports/1", "/search?q=talks", "/edits"],
)
def test_a_page_has_a_heading_and_no_inline_script_or_style(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert " style=" not in answer.text
    assert "<script>" not in answer.text
    assert " onclick" not in answer.text


def test_a_page_that_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/statements")
    again = client.get("/statements", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert not again.content


def test_a_filter_narrows_the_list(client: TestClient) -> None:
    every, some = client.get("/statements").text, client.get("/statements", params={"party": "GAM"}).text
    assert 0 < some.count("data-row") < every.count("data-row")


def test_a_filter_that_cannot_be_says_why(client: TestClient) -> None:
    answer = client.get("/statements", params={"since": "yesterday"})
    assert answer.status_code == 400
    assert "2025-02-28" in answer.text


def test_an_unknown_party_is_a_page_not_found_with_the_nearest_names(client: TestClient) -> None:
    answer = client.get("/statements", params={"party": "Indonesai"})
    assert answer.status_code == 404
    assert "did you mean Indonesia" in answer.text


def test_every_reference_leads_to_a_report(client: TestClient) -> None:
    page = client.get("/statements").text
    assert 'class="ref" href="/reports/' in page


def test_the_keys_of_the_pages_are_all_different() -> None:
    keys = [key for _, _, key in NAVIGATION]
    assert len(set(keys)) == len(keys)


def test_a_report_is_shown_whole(client: TestClient) -> None:
    for number, report in enumerate(RECORD.reports, start=1):
        page = client.get(f"/reports/{number}").text
        text = re.search(r"<article.*</article>", page, re.DOTALL)
        assert text
        says = "".join(re.findall(r'<p class="says">(.*?)</p>', text[0], re.DOTALL))
        assert html.unescape(re.sub(r"<[^>]+>", "", says)) == report.text


def test_an_item_is_highlighted_in_its_report(client: TestClient) -> None:
    key = rows(client.get("/statements").text)[0]
    page = client.get(f"/items/{key}").text
    address = re.search(r'href="(/reports/\d+\?item=[^"#]+)#s\d+"', page)
    assert address
    report = client.get(html.unescape(address[1])).text
    assert re.search(r'class="on[^"]*statements[^"]* chosen"', report)


def test_a_search_marks_the_words(client: TestClient) -> None:
    assert "<mark>" in client.get("/search", params={"q": "talks"}).text
    assert "Nothing in the reports" in client.get("/search", params={"q": "zyzzyva"}).text


def test_an_item_can_be_followed_to_its_parse(client: TestClient) -> None:
    key = rows(client.get("/statements").text)[0]
    page = client.get(f"/items/{key}/why")
    assert page.status_code == 200
    assert f"Found as <code>{key}</code>" in page.text
