"""No network unless asked: every module is imported, and the main job done, where no connection can be made."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

JOB = """
import socket, sys

WAYS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request")

def watch(event, given):
    # Python's own audit events: nothing that uses its socket module comes by them
    if event in WAYS:
        raise AssertionError(f"the network was asked for: {event} {given!r}")

sys.addaudithook(watch)
try:
    socket.create_connection(("127.0.0.1", 9))
except AssertionError:
    pass
else:
    sys.exit("connections are not refused: this test would show nothing")

import importlib, pkgutil, accord

failed = []
for found in pkgutil.walk_packages(accord.__path__, "accord.", onerror=failed.append):
    importlib.import_module(found.name)
assert not failed, failed
print("modules", len([name for name in sys.modules if name.startswith("accord")]))

from accord.cli.app import run

RECORD = "talks.accord"
for command in (
    ["read", "reports", "-o", RECORD],
    ["brief", RECORD, "--html", "brief.html"],
    ["table", RECORD],
    ["zone", RECORD],
    ["search", RECORD, "ceasefire"],
    ["export", RECORD, "--format", "json", "-o", "talks.json"],
    ["export", RECORD, "--format", "csv", "-o", "tables.zip"],
):
    status = run(command)
    assert status == 0, (command, status)

from starlette.testclient import TestClient
from accord.web import create_app
from accord.web.desk import Desk

with TestClient(create_app(Desk(accord.open(RECORD))), base_url="http://127.0.0.1") as client:
    for address in ("/", "/positions", "/table", "/api/export?form=json"):
        assert client.get(address).status_code == 200, address
print("done to the end")
"""


def isolated() -> list[str]:
    """A command that runs another where there is no network at all; nothing where this machine does not allow it."""
    command = ["unshare", "--net", "--map-root-user"]
    try:
        answer = subprocess.run([*command, "true"], capture_output=True, check=False)
    except FileNotFoundError:
        return []
    return command if answer.returncode == 0 else []


def test_the_main_job_asks_for_no_network(tmp_path: Path) -> None:
    """Every import, reading, brief, table, exports, pages: connections refused, and no net where it can be."""
    (tmp_path / "reports").mkdir()
    path = ROOT / "examples" / "ukraine-2025" / "2025-03-12-jeddah.md"
    (tmp_path / "reports" / path.name).write_bytes(path.read_bytes())
    answer = subprocess.run(
        [*isolated(), sys.executable, "-c", JOB],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "done to the end" in answer.stdout
    assert int(answer.stdout.partition("modules ")[2].split()[0]) > 300
    page = (tmp_path / "brief.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<link" not in page
