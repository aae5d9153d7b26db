"""The notebooks run from the first cell to the last, and show what they print."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[1]


def test_every_cell_of_the_notebooks_runs() -> None:
    command = [sys.executable, str(ROOT / "docs" / "make" / "notebooks.py"), "--run"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_every_cell_that_shows_something_has_its_output() -> None:
    for path in sorted((ROOT / "docs" / "notebooks").glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        silent = [cell.source for cell in notebook.cells if cell.cell_type == "code" and not cell.outputs]
        assert not silent, f"{path.name}: python3 dev.py docs"
        assert path.stat().st_size < 150_000
