"""Each page in a real browser: no complaint, no sideways scroll, no accessibility rule broken; the loops of work."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from serving import SHOTS, Serving, watched

PAGES = {
    "overview": "/",
    "timeline": "/timeline",
    "positions": "/positions",
    "proposals": "/proposals",
    "people": "/people",
    "statements": "/statements",
    "levers": "/levers",
    "figures": "/figures",
    "discrepancies": "/discrepancies",
    "reports": "/reports",
    "report": "/reports/1?layers=statements&layers=events&layers=positions",
    "search": "/search?q=talks",
    "table": "/table",
    "scenarios": "/scenarios",
    "edits": "/edits",
    "adding": "/edits/add?report=1&start=0&end=20",
    "help": "/help",
    "missing": "/nothing/here",
}
RULES: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}


def keep(page: Page, name: str) -> None:
    """A picture for whoever looks at a run afterwards."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png")


@pytest.mark.parametrize(("name", "address"), PAGES.items(), ids=PAGES)
def test_a_page_is_whole_and_accessible(browser: Browser, site: Serving, name: str, address: str) -> None:
    page, complaints = watched(browser)
    page.goto(site.address + address)
    expect(page.locator("h1")).to_have_count(1)
    keep(page, f"{name}-wide")
    assert page.title()
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert [c for c in complaints if not (name == "missing" and "404" in c)] == []
    page.close()


@pytest.mark.parametrize(("name", "address"), PAGES.items(), ids=PAGES)
def test_a_page_fits_a_phone_in_the_dark(browser: Browser, site: Serving, name: str, address: str) -> None:
    page, _ = watched(browser, 360, 740, dark=True)
    page.goto(site.address + address)
    keep(page, f"{name}-phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    page.close()


def test_from_a_line_to_its_sentence_in_one_click(browser: Browser, site: Serving) -> None:
    page, _ = watched(browser)
    page.goto(site.address + "/statements")
    page.locator(".entry a.ref").first.click()
    page.wait_for_url(re.compile(r"/reports/\d+\?item=.*#s\d+"))
    expect(page.locator(".says .chosen").first).to_be_visible()
    assert page.locator(".sentence:target").count() == 1
    page.close()


def test_a_filter_answers_in_place_and_in_the_address(browser: Browser, site: Serving) -> None:
    page, complaints = watched(browser)
    page.goto(site.address + "/statements")
    before = page.locator(".entry").count()
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("Confidence").select_option("0.9")
    page.wait_for_url(re.compile("confidence=0.9"))
    expect(page.locator(".filter summary")).to_contain_text("0.9")
    assert page.locator(".entry").count() < before
    page.go_back()
    expect(page.locator(".entry")).to_have_count(before)
    assert complaints == []
    page.close()


def test_the_correction_loop(browser: Browser, own_site: Serving) -> None:
    page, complaints = watched(browser)
    page.goto(own_site.address + "/statements")
    key = page.locator(".entry").first.get_attribute("id")
    page.locator(f"#{key} a", has_text="Open").click()
    form = page.get_by_role("form", name="Accept or reject")
    form.get_by_label("Your name").fill("Mona")
    form.get_by_label("Why").fill("misread")
    form.get_by_role("button", name="Reject").click()
    page.wait_for_url(re.compile("/edits"))
    expect(page.locator(".entry.chosen")).to_contain_text("misread")
    page.goto(own_site.address + "/statements")
    assert page.locator(f"#{key}").count() == 0
    page.goto(own_site.address + "/edits")
    page.locator("summary", has_text="Undo").first.click()
    page.get_by_role("button", name="Undo").first.click()
    page.goto(own_site.address + "/statements")
    assert page.locator(f"#{key}").count() == 1
    assert complaints == []
    page.close()


def test_words_that_are_selected_become_an_item(browser: Browser, own_site: Serving) -> None:
    page, _ = watched(browser)
    page.goto(own_site.address + "/reports/1?layers=")
    page.locator(".says span[data-start]").first.select_text()
    page.get_by_role("link", name="Enter an item from this selection").click()
    page.get_by_role("link", name="figures", exact=True).click()
    words = page.locator("blockquote").inner_text()
    page.get_by_label("measure").fill("delegates")
    page.get_by_label("value").fill("7")
    page.get_by_label("Your name").fill("Mona")
    page.get_by_role("button", name="Enter").click()
    page.wait_for_url(re.compile("/edits"))
    page.goto(own_site.address + "/figures")
    entry = page.locator(".entry", has_text="delegates: 7")
    expect(entry).to_be_visible()
    assert words.strip('“”" ')[:20] in entry.inner_text()
    page.close()


def test_the_what_if_loop(browser: Browser, own_site: Serving) -> None:
    page, complaints = watched(browser)
    page.goto(own_site.address + "/table")
    page.get_by_label("leaves the table").first.check()
    page.wait_for_url(re.compile("without="))
    expect(page.locator("#result .asked")).to_contain_text("Without")
    page.reload()
    expect(page.get_by_label("leaves the table").first).to_be_checked()
    page.get_by_role("textbox", name="Keep this as").fill("Without one")
    page.get_by_role("button", name="Keep").click()
    page.wait_for_url(re.compile("/scenarios"))
    expect(page.get_by_role("columnheader", name=re.compile("Without one"))).to_be_visible()
    assert complaints == []
    page.close()


def test_keys_lead_everywhere(browser: Browser, site: Serving) -> None:
    page, _ = watched(browser)
    page.goto(site.address + "/")
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.wait_for_url(re.compile("/statements"))
    page.keyboard.press("j")
    expect(page.locator(".entry.chosen")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/(items|people|reports)/"))
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.close()


def test_a_page_reads_without_script(browser: Browser, site: Serving) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1360, "height": 900})
    page = context.new_page()
    for address in ("/", "/timeline", "/positions", "/proposals", "/people", "/table", "/reports/1"):
        page.goto(site.address + address)
        expect(page.locator("h1")).to_be_visible()
        expect(page.get_by_role("link", name="Overview", exact=True)).to_be_visible()
    context.close()


def test_the_wide_window_has_no_sideways_scroll(browser: Browser, site: Serving) -> None:
    page, _ = watched(browser, 2560, 1300)
    for address in PAGES.values():
        page.goto(site.address + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 2560
    page.close()


def test_light_and_dark_can_be_chosen(browser: Browser, site: Serving) -> None:
    page, _ = watched(browser)
    page.goto(site.address + "/")
    light = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.get_by_role("button", name="Dark").click()
    page.goto(site.address + "/statements")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != light
    page.close()
