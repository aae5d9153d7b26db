"""The rules of the house that a machine can check: ways, sizes, names, style."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "accord"
MODULES = sorted(PACKAGE.rglob("*.py"))
STAGES = ("reports", "reading", "record", "bargaining", "publishing")
LONGEST_FILE, LONGEST_FUNCTION = 400, 50


def tool(*command: str) -> None:
    """Run a tool of this environment; its output is the message when it finds something."""
    answer = subprocess.run(
        [sys.executable, *command], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    assert answer.returncode == 0, answer.stdout


def tracked() -> list[Path]:
    """The files that git knows, or every file of the source tree where there is no git."""
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = answer.stdout.split("\0") if answer.returncode == 0 else []
    return [ROOT / name for name in names if name and (ROOT / name).is_file()] or MODULES


def docstrings(tree: ast.AST) -> set[int]:
    """The ids of the constants that are docstrings, or stand alone as a comment does."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, the docstring not counted."""
    lines = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        lines -= (first.end_lineno or 0) - first.lineno + 1
    return lines


def test_one_way_through_the_house() -> None:
    tool("-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())")


def test_ruff_finds_nothing() -> None:
    tool("-m", "ruff", "check", "--quiet", ".")


def test_every_file_is_formatted() -> None:
    tool("-m", "ruff", "format", "--check", "--quiet", ".")


def test_types_hold() -> None:
    tool("-m", "mypy")


def test_no_file_is_long() -> None:
    long = {str(p.relative_to(ROOT)): n for p in MODULES if (n := len(p.read_text().splitlines())) > LONGEST_FILE}
    assert not long


def test_no_function_is_long() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}": length(function)
        for path in MODULES
        for function in functions(ast.parse(path.read_text()))
        if length(function) > LONGEST_FUNCTION
    }
    assert not long


def test_every_module_is_named_for_what_it_holds() -> None:
    drawers = {"utils", "util", "helpers", "helper", "misc", "common", "tools", "stuff"}
    assert not [
        str(p.relative_to(ROOT)) for p in MODULES if drawers & set(p.relative_to(PACKAGE).with_suffix("").parts)
    ]


def test_every_module_says_what_it_is_for() -> None:
    assert not [str(p.relative_to(ROOT)) for p in MODULES if not ast.get_docstring(ast.parse(p.read_text()))]


def test_stages_have_one_front_function() -> None:
    """What a stage promises is in its `__all__`, and nobody outside reaches past it by a private name."""
    for stage in STAGES:
        names = re.findall(r'"(\w+)"', (PACKAGE / stage / "__init__.py").read_text().partition("__all__")[2])
        assert names, f"accord.{stage} must say what it promises in __all__"
    private = re.compile(rf"from accord\.(?:{'|'.join(STAGES)})\S* import [^#\n]*\b_\w+")
    assert not [str(p.relative_to(ROOT)) for p in MODULES if private.search(p.read_text())]


def test_only_the_vocabulary_opens_data() -> None:
    door = PACKAGE / "model" / "vocabulary"
    openers = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if door not in path.parents
        and path.relative_to(PACKAGE).parts[0] != "cli"  # its examples name an analyst's own YAML file
        and re.search(r"accord\.data|[\"']data[\"']|/ *[\"']data/|\.ya?ml[\"']\)", path.read_text())
    ]
    assert not openers


def test_only_reports_and_record_know_their_formats() -> None:
    """SQL is spoken in `record` alone, pages are parsed in `reports` alone, and only the surfaces print."""
    alone = {
        r"^\s*(?:import|from) (?:sqlalchemy|sqlite3)\b": {"record"},
        r"^\s*(?:import|from) (?:trafilatura|htmldate|charset_normalizer|lxml)\b": {"reports"},
        r"^\s*(?:import|from) (?:typer|click)\b": {"cli"},
        r"^\s*(?:import|from) spacy\b": {"reading"},
    }
    for pattern, homes in alone.items():
        strays = [
            str(path.relative_to(ROOT))
            for path in MODULES
            if re.search(pattern, path.read_text(), re.MULTILINE) and path.relative_to(PACKAGE).parts[0] not in homes
        ]
        assert not strays, pattern


def names_of_states() -> set[str]:
    """Every state, capital and people that the vocabulary knows."""
    states = json.loads((PACKAGE / "data" / "states.json").read_text(encoding="utf-8"))
    keys = ("aliases", "capitals", "demonyms", "people")
    return {s["name"] for s in states} | {name for state in states for key in keys for name in state[key]}


@pytest.mark.parametrize("stage", [*STAGES, "model"])
def test_no_country_stands_in_code(stage: str) -> None:
    """Countries, capitals and peoples are data. Docstrings may name them in examples."""
    names = {name for name in names_of_states() if len(name) > 3 and name[0].isupper()}
    pattern = re.compile(r"\b(?:" + "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True)) + r")\b")
    found = []
    for path in sorted((PACKAGE / stage).rglob("*.py")):
        tree = ast.parse(path.read_text())
        spoken = docstrings(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in spoken:
                found += [f"{path.relative_to(ROOT)}:{node.lineno} {hit}" for hit in pattern.findall(node.value)]
    assert not found


def test_nothing_names_a_developers_machine() -> None:
    """No absolute path of a home, a temporary folder or a work place; no package index by its host."""
    machine = re.compile(r"(?<![\w.~*/-])/(?:home|root|Users|tmp|work|mnt|opt)/\w|(?:index-url|find-links)[ =]+\S*://")
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {hit.group()}" for hit in machine.finditer(text)]
    assert not found


def test_nothing_is_random_or_looks_at_the_clock() -> None:
    """An output depends on what went in alone. Only the surfaces may ask what time it is."""
    seeded = r"random\.(?!Random\(|default_rng\(\w|SeedSequence\([\w\[])\w+"
    clock = re.compile(rf"\b(?:date\.today|datetime\.now|utcnow|time\.time|uuid\d|{seeded})\(")
    found = [
        f"{path.relative_to(ROOT)}: {hit.group()}"
        for path in MODULES
        if path.relative_to(PACKAGE).parts[0] in (*STAGES, "model")
        for hit in clock.finditer(path.read_text())
    ]
    assert not found
