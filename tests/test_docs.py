"""The documentation tells the truth: its commands run, its links lead somewhere, its lists are the code's."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest
import typer

import accord
from accord.cli.app import app
from accord.cli.app import run as accord_command
from accord.model import findings

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
PROSE = [*PAGES, ROOT / "CHANGELOG.md", ROOT / "examples" / "README.md"]
RECORD = "talks.accord"
READ = ["accord", "read", "examples/ukraine-2025", "-o", RECORD]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def commands(block: str) -> list[tuple[str, list[str]]]:
    """The commands of a console block, each with the lines of output shown under it."""
    found: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
    return found


def missing(shown: list[str], output: str) -> str | None:
    """The first shown line that does not come in the output in its turn; a line of "..." stands for any lines."""
    lines = iter(line.rstrip() for line in output.splitlines())
    for wanted in shown:
        if wanted.strip() not in ("", "...", "…") and not any(wanted.rstrip() == line for line in lines):
            return wanted
    return None


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the examples and a record read from them, as the pages assume."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(ROOT / "examples", folder / "examples")
    answer = typed(" ".join(READ), folder)
    assert answer.returncode == 0, answer.stderr
    return folder


class Answer(NamedTuple):
    """What came of a command."""

    returncode: int
    stdout: str
    stderr: str


def typed(command: str, folder: Path) -> Answer:
    """A command as a reader would type it, with this environment's programs first."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "COLUMNS": "80", "NO_COLOR": "1"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def run(command: str, folder: Path, patch: pytest.MonkeyPatch) -> Answer:
    """The same. What needs no shell runs in this process, which has its libraries loaded: ten times as fast."""
    words = shlex.split(command, comments=True)
    if words[0] != "accord" or set("|<>;&$*`") & set(command):
        return typed(command, folder)
    patch.setenv("COLUMNS", "80")
    patch.setenv("NO_COLOR", "1")
    out, err = io.StringIO(), io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = accord_command(words[1:])
    return Answer(status, out.getvalue(), err.getvalue())


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "console")], ids=name)
def test_every_command_runs_and_prints_what_the_page_shows(
    page: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for block in blocks(page, "console"):
        for command, shown in commands(block):
            answer = run(command, desk, monkeypatch)
            assert answer.returncode == 0, f"$ {command}\n{answer.stdout}{answer.stderr}"
            lost = missing(shown, answer.stdout)
            assert lost is None, f"$ {command}\nmust print {lost!r}; it printed\n{answer.stdout}"


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "python")], ids=name)
def test_every_python_example_runs(page: Path, desk: Path) -> None:
    code = compile("\n".join(blocks(page, "python")), name(page), "exec")
    with contextlib.chdir(desk), contextlib.redirect_stdout(io.StringIO()):
        exec(code, {"__name__": "example"})


def test_the_way_of_one_sentence_is_the_one_on_the_page(desk: Path) -> None:
    command = [sys.executable, str(ROOT / "docs" / "make" / "sentence.py"), "--check", "--record", str(desk / RECORD)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_as_many_of_the_errors_made_on_purpose_are_found_as_the_page_says(desk: Path) -> None:
    with accord.open(desk / RECORD) as ws:
        record = ws.record()
    (digest,) = (report.id for report in record.reports if "with-errors" in report.source)
    found = [d for d in record.discrepancies if any(e.report == digest for c in d.claims for e in c.evidence)]
    words = ["none is found", "one is found", "two are found", "three are found", "four are found", "five are found"]
    assert words[len(found)] in (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")


def every_command(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], set[str]]]:
    """The words that lead to each command, with the options that it has."""
    parameters = command.get_params(command.context_class(command))
    yield path, {o for p in parameters for o in (*p.opts, *getattr(p, "secondary_opts", ()))}
    for word, under in getattr(command, "commands", {}).items():
        yield from every_command(under, (*path, word))


def test_commands_in_the_midst_of_a_sentence_exist_with_their_options() -> None:
    known = dict(every_command(typer.main.get_command(app)))
    lost = []
    for page in PROSE:
        text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        for shown in sorted(set(re.findall(r"`(accord [a-z][^`]*)`", text.replace("\n", " ")))):
            words = [word for word in re.split(r"[\s=]+", shown.replace("...", ""))[1:] if word]
            path: tuple[str, ...] = ()
            for word in words:
                path = (*path, word) if (*path, word) in known else path
            wrong = [w for w in words if w.startswith("-") and len(w) > 1 and w not in known[path]]
            lost += [f"{name(page)}: {shown}"] if words[0] not in path or wrong else []
    assert not lost


def test_the_readme_makes_the_record_that_the_pages_use() -> None:
    typed = [command for block in blocks(ROOT / "README.md", "console") for command, _ in commands(block)]
    assert " ".join(READ) in typed


def test_the_first_screen_has_the_two_commands() -> None:
    screen = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:24])
    assert "python3 dev.py demo" in screen
    assert "python3 dev.py test" in screen


@pytest.mark.parametrize("page", PROSE, ids=name)
def test_links_and_paths_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) if "://" not in link]
    lost = [link for link in links if not (page.parent / link).exists()]
    paths = re.findall(r"`((?:src|tests|docs|bench|examples|requirements|\.ci)/[\w./-]*\w)`", text)
    lost += [path for path in paths if not (ROOT / path).exists()]
    assert not lost


@pytest.mark.parametrize("page", PROSE, ids=name)
def test_modules_and_names_that_a_page_mentions_exist(page: Path) -> None:
    names = sorted(set(re.findall(r"`(accord(?:\.\w+)+)[`(]", page.read_text(encoding="utf-8"))))
    assert [dotted for dotted in names if not _exists(dotted)] == []


def _exists(dotted: str) -> bool:
    """Whether this is a module, or a name in one."""
    try:
        importlib.import_module(dotted)
    except ImportError:
        module, _, attribute = dotted.rpartition(".")
        return hasattr(importlib.import_module(module), attribute)
    return True


def test_the_page_of_words_has_every_layer() -> None:
    words = (ROOT / "docs" / "words.md").read_text(encoding="utf-8")
    for layer in findings.LAYERS:
        assert f"| {layer.removesuffix('s')} |" in words


@pytest.mark.parametrize(
    "values",
    [
        findings.EventType,
        findings.EventStatus,
        findings.Issue,
        findings.Stance,
        findings.Strength,
        findings.ProposalKind,
        findings.ProposalStatus,
        findings.Instrument,
        findings.Direction,
        findings.LeverStatus,
        findings.StatementMode,
        findings.StatementRole,
        findings.StatementKind,
    ],
    ids=lambda values: str(get_args(values)[0]),
)
def test_the_page_of_the_record_lists_every_value(values: object) -> None:
    page = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
    assert [value for value in get_args(values) if f"`{value}`" not in page] == []
