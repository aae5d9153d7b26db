"""Commands of the documentation that want something around them: a server, a model, a feed, a port.

The console blocks of the pages are typed as they stand by test_docs.py. What stands in other blocks names addresses and
folders of a reader's world; here each command runs with a stand-in for these, and a command that nobody knows how to
run fails. What would install programs or run this suite again is held to what it would do.
"""

from __future__ import annotations

import contextlib
import http.server
import importlib.util
import io
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import uvicorn

from accord.cli.app import run as accord_command

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
PROGRAMS = ("accord", "curl", "dask", "export", "ollama", "pip", "python", "python3", "uv")
STAND_INS = {
    "dispatches/": "examples/colombia-2016",
    "incoming/": "examples/colombia-2016",
    "192.0.2.7": "127.0.0.1",
    "./mail-the-desk.sh": "cat > told.json",
    "news/*.warc.gz": "examples/colombia-2016/*.md",
}
FEED = """<rss version="2.0"><channel><title>Accord tests</title><item><title>Talks in Juba</title>
<pubDate>Mon, 03 Mar 2025 10:00:00 GMT</pubDate><description>JUBA - South Sudan's government and the rebels signed a
ceasefire on Monday, the mediator said. Both sides promised to release their prisoners before peace
talks begin.</description>
</item></channel></rss>"""


def commands(page: Path) -> list[str]:
    """The commands of a page's shell blocks, each whole: with its continuation lines, one of several joined by &&."""
    text = page.read_text(encoding="utf-8")
    found: list[str] = []
    for language, block in re.findall(r"^```(\w*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        if language not in ("", "sh", "bash") or not re.match(rf"(?:{'|'.join(PROGRAMS)}|[A-Z]+=\S+)\b", block):
            continue
        pending = ""
        for line in block.splitlines():
            pending += line + "\n"
            if _whole(pending):
                found += [part.strip() for part in pending.split("&&") if part.strip()]
                pending = ""
        assert not pending.strip(), f"{page.name}: this command does not end: {pending}"
    return found


def _whole(command: str) -> bool:
    try:
        shlex.split(command, comments=True)
    except ValueError:
        return False
    return not command.rstrip("\n").endswith("\\")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the examples and the record of the pages."""
    folder = tmp_path_factory.mktemp("shell")
    shutil.copytree(ROOT / "examples", folder / "examples")
    with contextlib.chdir(folder):
        assert accord_command(["read", "examples/ukraine-2025", "-o", "talks.accord"]) == 0
    return folder


@pytest.fixture(scope="module")
def feed() -> Iterator[str]:
    """A feed with one report, served on this machine; its address."""

    class Feed(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.end_headers()
            self.wfile.write(FEED.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Feed)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/feed.rss"
    server.shutdown()


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A model's server that answers that it finds nothing, as the one that is set."""
    monkeypatch.syspath_prepend(str(ROOT / "tests" / "llm"))
    from model_answers import GOOD
    from model_server import ModelServer

    server = ModelServer(lambda _number, _body: json.dumps({layer: [] for layer in GOOD}))
    for name, value in {"URL": server.url, "MODEL": "tiny", "CACHE": str(tmp_path / "llm")}.items():
        monkeypatch.setenv(f"ACCORD_LLM_{name}", value)
    yield
    server.stop()


@pytest.mark.parametrize("page", [p for p in PAGES if commands(p)], ids=lambda p: str(p.relative_to(ROOT)))
def test_every_shell_command_can_be_run(
    page: Path, desk: Path, feed: str, model: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [command for command in commands(page) if re.match(r"curl|[A-Z]+=", command)]
    for command in commands(page):
        words = shlex.split(command, comments=True)
        if command in asked:
            continue
        if words[0] != "accord":
            _held_to_what_it_would_do(words)
        elif words[1] == "serve":
            _serves(_with_stand_ins(words), desk, monkeypatch)
        else:
            _runs(_with_stand_ins(words, feed), desk)
    if asked:
        _answers(asked, desk)


def _with_stand_ins(words: list[str], feed: str = "") -> list[str]:
    changed = [STAND_INS.get(word, feed if word.startswith("https://news.example") else word) for word in words]
    if "--engine" in changed:  # other processes or machines, which the tests of engines start
        del changed[changed.index("--engine") :]
    return [*changed, "--looks", "1"] if words[1] == "watch" else changed


def _typed(words: list[str], desk: Path) -> None:
    out = io.StringIO()
    with contextlib.chdir(desk), contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        status = accord_command(words[1:])
    assert status == 0, f"{shlex.join(words)}\n{out.getvalue()}"


def _runs(words: list[str], desk: Path) -> None:
    if any("postgresql:" in word for word in words):
        return  # tests/record runs these against a real server, where there is one
    own = "watched.accord" if words[1] == "watch" else "modelled.accord"  # not the record that other pages ask
    _typed([own if word == "talks.accord" else word for word in words], desk)


def _serves(words: list[str], desk: Path, patch: pytest.MonkeyPatch) -> None:
    """The command gets as far as listening: everything before is as it will be, and the answer to `run` is ours."""
    if any("postgresql:" in word for word in words):
        return
    if "--proxy" in words:  # behind a proxy it asks for tokens, which the page has made before
        shutil.copyfile(desk / "talks.accord", desk / "kept.accord")
        words = ["kept.accord" if word == "talks.accord" else word for word in words]
        _typed(["accord", "token", "kept.accord", "add", "Ada", "--role", "read"], desk)
    started: list[uvicorn.Server] = []
    patch.setattr(uvicorn.Server, "run", lambda self, sockets=None: started.append(self))
    _typed(words, desk)
    assert len(started) == 1


def _answers(asked: list[str], desk: Path) -> None:
    """The commands with curl, one after another in one shell, against a real server over a copy of the record."""
    shutil.copyfile(desk / "talks.accord", desk / "asked.accord")
    port = free_port()
    command = [sys.executable, "-c", "import accord.cli; accord.cli.main()"]
    server = subprocess.Popen(
        [*command, "serve", "asked.accord", "--port", str(port)], cwd=desk, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(300):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.1)
        script = "\n".join(['curl() { command curl --fail-with-body -sS "$@" || exit 9; }', *asked])
        done = subprocess.run(
            ["bash", "-c", script.replace("127.0.0.1:8321", f"127.0.0.1:{port}")],
            cwd=desk, env={**os.environ, "NO_PROXY": "127.0.0.1"}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr
        assert done.stdout.count('"error"') == 0, done.stdout
    finally:
        server.terminate()
        server.wait()


def _held_to_what_it_would_do(words: list[str]) -> None:
    """A command that installs, or is a developer's: what it names is there."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    if words[:2] == ["pip", "install"]:
        for extras in re.findall(r"accord\[([^\]]+)\]", " ".join(words)):
            assert set(extras.split(",")) <= set(project["optional-dependencies"])
    elif words[0] in ("python", "python3") and words[1] == "dev.py":
        assert f'"{words[2]}"' in (ROOT / "dev.py").read_text(encoding="utf-8")
    elif words[0] in ("python", "python3"):
        helped = subprocess.run(
            [sys.executable, str(ROOT / words[1]), "--help"], capture_output=True, text=True, check=False
        )
        assert all(word in helped.stdout for word in words[2:] if word.startswith("--")), words
    elif words[0] == "uv":
        dev = _dev()
        assert words[1:] in [[*dev.COMPILE, *options] for options in dev.LOCKS.values()]
    elif words[0] == "dask":
        assert shutil.which("dask", path=str(Path(sys.executable).parent))
    elif words[0] == "export":
        assert all(re.match(r"PATH=|ACCORD_LLM_(URL|MODEL|KEY)=", word) for word in words[1:]), words
    else:
        assert words[0] == "ollama", f"no test knows how to run this: {shlex.join(words)}"


def _dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("accord_dev_of_docs", ROOT / "dev.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
