"""A real browser on a real server, over a record of the talks of Helsinki. Skipped where there is no Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from serving import CHROMIUM, FLAGS, Serving


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(record_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A workbench that tests only look at."""
    path = tmp_path_factory.mktemp("browser") / "helsinki.accord"
    shutil.copyfile(record_file, path)
    serving = Serving(path)
    yield serving
    serving.stop()


@pytest.fixture
def own_site(record_file: Path, tmp_path: Path) -> Iterator[Serving]:
    """A workbench of one test's own, to write to."""
    path = tmp_path / "own.accord"
    shutil.copyfile(record_file, path)
    serving = Serving(path)
    yield serving
    serving.stop()
