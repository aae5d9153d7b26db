"""A real browser on a real server, over a record of the talks of Helsinki. Skipped where there is no Chromium."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

import accord
from accord.web import create_app
from accord.web.desk import Desk

ROOT = Path(__file__).resolve().parents[3]
SHOTS = ROOT / "out" / "screenshots"
CHROMIUM = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Serving:
    """A server in a thread of its own, until it is stopped."""

    def __init__(self, path: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        app = create_app(Desk(accord.open(path)))
        self._server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=self.port, log_level="warning"))
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        for _ in range(600):
            if self._server.started:
                return
            time.sleep(0.05)
        raise RuntimeError("the server did not start")

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)


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


def watched(browser: Browser, width: int = 1360, height: int = 900, *, dark: bool = False) -> tuple[Page, list[str]]:
    """A new page, and the list in which whatever it complains of is kept."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light")
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda problem: complaints.append(str(problem)))
    return page, complaints
