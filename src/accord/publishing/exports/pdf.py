"""The brief on paper: its HTML page printed by a Chromium that is on this machine, without network.

The browser writes the time of printing into the file, so that two prints of one brief differ in it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from accord.errors import ExportError, ToolMissing

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
"""The names by which a browser that can print is looked for."""
_PATIENCE = 60  # seconds


def browser() -> str | None:
    """The path of a Chromium on this machine, or None."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def to_pdf(page: str) -> bytes:
    """A page of HTML as PDF. Raises ToolMissing where no browser is there to print it, ExportError where it cannot."""
    path = browser()
    if path is None:
        raise ToolMissing(
            f"brief: PDF is printed by a Chromium, and none is on the PATH (looked for {', '.join(BROWSERS)}); "
            "install one, or print the HTML brief from any browser"
        )
    with tempfile.TemporaryDirectory(prefix="accord-") as folder:
        source, target = Path(folder) / "brief.html", Path(folder) / "brief.pdf"
        source.write_text(page, encoding="utf-8", errors="replace")
        command = [
            path,
            "--headless",
            "--disable-gpu",
            "--no-pdf-header-footer",
            "--disable-extensions",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={target}",
            source.as_uri(),
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.insert(1, "--no-sandbox")  # Chromium refuses its sandbox to the superuser
        return _printed(command, target)


def _printed(command: list[str], target: Path) -> bytes:
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise ExportError(f"brief: {command[0]} did not print within {_PATIENCE} s") from None
    except OSError as problem:
        raise ExportError(f"brief: {command[0]} cannot be started: {problem.strerror or problem}") from None
    if not target.exists():
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["it said nothing"]
        raise ExportError(f"brief: {command[0]} did not print (exit status {done.returncode}): {last[0][:300]}")
    return target.read_bytes()
