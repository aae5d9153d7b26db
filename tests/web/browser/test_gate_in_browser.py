"""The gate, the account, the tokens and the audit log in a real browser; a link from another site."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from serving import Serving
from test_in_browser import RULES, keep

from accord.web.access.audit import Audit
from accord.web.access.tokens import TokenFile, folder_of
from accord.web.guard import Access


class Office(NamedTuple):
    """A workbench that asks for tokens, and one token of somebody who administers it."""

    serving: Serving
    token: str


@pytest.fixture
def office(record_file: Path, tmp_path: Path) -> Iterator[Office]:
    path = tmp_path / "talks.accord"
    shutil.copyfile(record_file, path)
    file = TokenFile(folder_of(path))
    file.add("Mona Refai", "read", expires="2999-12-31", note="press office")
    _, token = file.add("Ada Berg", "administer")
    serving = Serving(path, Access(tokens=file, audit=Audit(file.folder / "audit.jsonl")))
    yield Office(serving, token)
    serving.stop()


def enter(page: Page, token: str) -> None:
    page.get_by_label("Your token").fill(token)
    page.get_by_role("button", name="Enter").click()


def looked_at(page: Page, name: str, width: int) -> None:
    """Whole, accessible, and kept as a picture."""
    keep(page, f"{name}-{'wide' if width > 800 else 'phone'}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [1360, 360], ids=["wide-and-light", "phone-and-dark"])
def test_in_and_out(browser: Browser, office: Office, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="light" if width > 800 else "dark"
    )
    page = context.new_page()
    page.goto(f"{office.serving.address}/statements?party=GAM")
    looked_at(page, "login", width)
    enter(page, "not a token")
    expect(page.get_by_role("alert")).to_contain_text("opens nothing")
    looked_at(page, "login-wrong", width)
    enter(page, office.token)
    page.wait_for_url(re.compile(r"/statements\?party=GAM$"))
    key = page.locator(".entry").first.get_attribute("id")
    page.goto(f"{office.serving.address}/items/{key}")
    page.get_by_role("button", name="Accept").click()
    page.goto(f"{office.serving.address}/audit")
    expect(page.get_by_role("row", name="POST /edits")).to_contain_text("Ada Berg")
    looked_at(page, "audit", width)
    page.goto(f"{office.serving.address}/tokens")
    page.get_by_role("button", name="Mona Refai").click()
    expect(page.locator(".done")).to_contain_text("revoked")
    looked_at(page, "tokens", width)
    page.get_by_role("link", name="Your account").click()
    looked_at(page, "account", width)
    page.get_by_role("button", name="Leave").click()
    expect(page.get_by_label("Your token")).to_be_visible()
    page.goto(f"{office.serving.address}/statements")
    expect(page.get_by_label("Your token")).to_be_visible()
    context.close()


def test_a_link_on_another_site_finds_the_session(browser: Browser, office: Office) -> None:
    """The strict cookie is not sent along; the gate loads itself again, and then it is."""
    context: BrowserContext = browser.new_context()
    page = context.new_page()
    page.goto(office.serving.address)
    enter(page, office.token)
    page.wait_for_url(re.compile("/$"))
    page.route(
        "http://mail.example/",
        lambda route: route.fulfill(
            content_type="text/html", body=f'<a href="{office.serving.address}/positions">the positions</a>'
        ),
    )
    page.goto("http://mail.example/")
    page.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Positions")
    context.close()
