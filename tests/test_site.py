"""The documentation as a site: it builds, its links lead somewhere, it loads nothing, its generated pages are fresh."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"


class Addresses(HTMLParser):
    """What a page leads to (`links`) and what a browser fetches to show it (`loads`)."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(given.get("href", ""))
        elif tag == "link" and given.get("rel") != "canonical":
            self.loads.append(given.get("href", ""))
        else:
            self.loads += [given[name] for name in ("src", "srcset", "poster", "data") if name in given]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Addresses]:
    """The pages of the site, built strictly: a link or an anchor of ours that leads nowhere stops the build."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    pages = {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*.html"))}
    return {name: Addresses(path.read_text(encoding="utf-8")) for name, path in pages.items()}


def test_every_page_is_on_the_site_and_in_its_contents(site: dict[str, Addresses]) -> None:
    contents = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("nav:")[2]
    for page in sorted([*DOCS.rglob("*.md"), *DOCS.rglob("*.ipynb")]):
        name = page.relative_to(DOCS).with_suffix("")
        assert f"{name}.html" in site
        assert f" {name}.md\n" in contents, f"mkdocs.yml: nav must have {name}.md; put it where a reader would look"


def test_the_front_page_leads_to_every_page() -> None:
    front = (DOCS / "index.md").read_text(encoding="utf-8")
    pages = sorted([*DOCS.rglob("*.md"), *DOCS.rglob("*.ipynb")])
    lost = [name for page in pages if (name := str(page.relative_to(DOCS))) != "index.md" and f"({name})" not in front]
    assert not lost, f"docs/index.md must lead to {lost}"


def test_showing_a_page_fetches_nothing_from_elsewhere(site: dict[str, Addresses]) -> None:
    assert {name: away for name, page in site.items() if (away := [a for a in page.loads if _elsewhere(a)])} == {}


def test_links_to_other_sites_are_whole_addresses(site: dict[str, Addresses]) -> None:
    links = {link for page in site.values() for link in page.links if _elsewhere(link)}
    assert len(links) > 20
    for link in sorted(links):
        parts = urlsplit(link)
        assert parts.scheme in ("http", "https"), link
        assert re.fullmatch(r"(?:[\w-]+\.)+[a-z]{2,}|127\.0\.0\.1(:\d+)?|localhost(:\d+)?", parts.netloc), link
        assert not re.search(r"[\s<>\"{}|\\^`]|[.,;)]$", link), link


def _elsewhere(address: str) -> bool:
    return "//" in address.split("?")[0] and not address.startswith("data:")


def test_the_reference_is_what_the_program_says() -> None:
    command = [sys.executable, str(DOCS / "make" / "reference.py"), "--check"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_pictures_are_small_and_each_is_shown() -> None:
    shown = "\n".join(page.read_text(encoding="utf-8") for page in DOCS.rglob("*.md"))
    pictures = sorted(p for p in (DOCS / "pictures").iterdir() if p.suffix in (".png", ".svg"))
    assert pictures
    for picture in pictures:
        assert picture.stat().st_size < 150_000, picture.name
        assert f"pictures/{picture.name})" in shown, picture.name
