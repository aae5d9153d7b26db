"""Run the notebooks and keep what they print, so that a reader sees it without running anything.

    python docs/make/notebooks.py           runs docs/notebooks/*.ipynb and writes their outputs into them
    python docs/make/notebooks.py --run     writes nothing; status 1 when a cell fails
    python docs/make/notebooks.py --check   the same, and when a cell prints something else now

Tests run them. They do not compare, since what a corpus comes to changes with every step of reading, and whoever makes
one should not have to draw plots; `dev.py docs` brings the outputs up to date. Pictures are never compared: their bytes
depend on the fonts of the machine.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from traitlets.config import Config

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))


def run(path: Path) -> nbformat.NotebookNode:
    """A notebook with the outputs of now, run in a folder that has the examples and nothing else."""
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder, "desk")
        shutil.copytree(ROOT / "examples", desk / "examples")
        os.environ["IPYTHONDIR"] = os.environ["JUPYTER_RUNTIME_DIR"] = str(Path(folder, "jupyter"))  # nobody's settings
        # sockets in this folder, which nobody else can open, instead of ports
        private = Config({"KernelManager": {"transport": "ipc", "ip": str(Path(folder, "kernel"))}})
        where = {"metadata": {"path": str(desk)}}
        NotebookClient(notebook, timeout=300, kernel_name="python3", resources=where, config=private).execute()
    return plain(notebook)


def plain(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Without what differs from run to run: times, counters, versions of the machine."""
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
        cell.metadata = {}
        if cell.cell_type == "code":
            cell.execution_count = None
            for output in cell.outputs:
                if "execution_count" in output:
                    output.execution_count = None
    return notebook


def printed(notebook: nbformat.NotebookNode) -> Iterator[tuple[int, str]]:
    """What the cells print, by the number of the cell; of pictures only that there is one."""
    for number, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if "image/png" not in data:
                yield number, output.get("text") or "".join(data.get("text/plain", ""))


def main(arguments: list[str]) -> int:
    """Run the notebooks; without arguments write them, with --check compare what they print."""
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # a debugger's note, which nobody asked for
    wrong = 0
    for path in NOTEBOOKS:
        name = path.relative_to(ROOT)
        try:
            now = run(path)
        except CellExecutionError as problem:
            print(f"{name}: every cell must run; one failed:\n{problem}")
            wrong = 1
            continue
        if not arguments:
            nbformat.write(now, path)
        elif "--check" in arguments and list(printed(now)) != list(printed(nbformat.read(path, as_version=4))):
            print(f"{name} must show what it prints now; write it with: python3 dev.py docs")
            wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
