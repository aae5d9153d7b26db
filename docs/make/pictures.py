"""The pictures of the tutorial: the web workbench and the terminal over the example dispatches, as they are.

    python docs/make/pictures.py [NAME ...]

writes docs/pictures/*.png, or those that are named. Needs Chromium. Pictures are made when the pages changed so much
that they mislead, and looked at before they are committed; nothing makes them by itself.
"""

from __future__ import annotations

import io
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from rich.console import Console
from rich.text import Text

import accord

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
WIDTH, HEIGHT = 1080, 760
COLOURS = 64  # of the palette; the pages have few, and a picture must stay small

Show = Callable[[Page, str, accord.Workspace], None]


def terminal(page: Page, command: str, text: str, *, lines: int) -> None:
    """Show what a command prints, in its colours, as a terminal of 80 columns would."""
    console = Console(record=True, width=84, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.assemble(("$ ", "bold green"), (command, "bold")))
    console.print(Text.from_ansi("\n".join(text.splitlines()[:lines])))
    body = console.export_html(inline_styles=True, code_format="<pre>{code}</pre>")
    style = "margin:0;padding:18px 22px;background:#fdfdfb;color:#1c2227;width:fit-content;font:15px/1.35 monospace"
    page.set_content(f'<body style="{style}">{body}</body>')


def goes_to(path: str) -> Show:
    """Show a page of the workbench."""

    def go(page: Page, base: str, _: accord.Workspace) -> None:
        page.goto(base + path)
        page.wait_for_load_state("networkidle")

    return go


def brief(page: Page, _: str, ws: accord.Workspace) -> None:
    """The first half of the brief in a terminal."""
    terminal(page, "accord brief talks.accord", ws.brief(colour=True), lines=52)


def says_who(page: Page, base: str, ws: accord.Workspace) -> None:
    """The sentence that a red line rests on, in its report."""
    found = ws.positions(party="Ukraine", issue="withdrawal")
    red = found[found.strength == "red-line"].iloc[0]
    reference = ws.evidence(red.id)[0].ref.split(":")
    goes_to(f"/reports/{reference[0]}?item={red.id}#s{reference[1]}")(page, base, ws)


SHOTS: dict[str, Show] = {
    "brief": brief,
    "overview": goes_to("/"),
    "positions": goes_to("/positions"),
    "report": says_who,
    "timeline": goes_to("/timeline"),
    "discrepancies": goes_to("/discrepancies"),
    "whatif": goes_to(f"/table?{urlencode({'harden': 'Russia: Troops of Ukraine withdraw'})}"),
}
"""Every picture by its name, with what brings it on the screen."""


@contextmanager
def serving(record: str) -> Iterator[str]:
    """The workbench on a free port of this machine; its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = [sys.executable, "-c", "import accord.cli; accord.cli.main()", "serve", record, "--port", port]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with suppress(OSError), socket.create_connection(("127.0.0.1", int(port))):
                break
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def keep(name: str, shot: bytes) -> None:
    """Write a picture with few colours."""
    image = Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    image.save(PICTURES / f"{name}.png", optimize=True)
    print(f"{name}.png  {image.size[0]} x {image.size[1]}  {(PICTURES / f'{name}.png').stat().st_size // 1000} kB")


def main(wanted: list[str]) -> None:
    """Make the pictures."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder), sync_playwright() as play:
        shutil.copytree(ROOT / "examples", "examples")
        ws = accord.open("talks.accord")
        ws.read("examples/ukraine-2025")
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=list(CHROMIUM))
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        with serving("talks.accord") as base:
            for name in wanted or SHOTS:
                SHOTS[name](page, base, ws)
                keep(name, page.locator("body").screenshot() if name == "brief" else page.screenshot())
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
