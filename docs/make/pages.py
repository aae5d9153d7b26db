"""What the site needs beyond mkdocs: pages that live outside docs/, and notebooks as pages.

Nothing is copied by hand. README and its like stay where a reader of the repository looks for them and become pages of
the site as they are; links between all these are written as they work in the repository and turned here.
"""

from __future__ import annotations

import base64
import json
import os
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[2]

OUTSIDE = {
    "README.md": "overview.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "examples/README.md": "examples.md",
}
"""Pages outside docs/ by their path in the repository, with their path on the site."""

_LINK = re.compile(r"(!?\[(?:[^\[\]]|\[[^\]]*\])*\])\(([^)#\s]+)(#[^)\s]*)?\)")
_CODE = re.compile(r"(^```.*?^```$|^(?: {4}|\t).*$|`[^`\n]+`)", re.MULTILINE | re.DOTALL)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages from outside, and one page for each notebook with its pictures."""
    for source, target in OUTSIDE.items():
        files.append(File.generated(config, target, content=(ROOT / source).read_text(encoding="utf-8")))
    for notebook in sorted((ROOT / "docs").rglob("*.ipynb")):
        page = notebook.relative_to(ROOT / "docs").with_suffix(".md").as_posix()
        text, pictures = notebook_page(notebook)
        files.append(File.generated(config, page, content=text))
        for name, content in pictures.items():
            files.append(File.generated(config, posixpath.join(posixpath.dirname(page), name), content=content))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Turn links that work in the repository into links that work on the site; what is not on it is only named."""
    del config, files
    here = page.file.src_uri
    source = next((path for path, target in OUTSIDE.items() if target == here), f"docs/{here}")
    parts = _CODE.split(markdown)
    return "".join(
        part if i % 2 else _LINK.sub(lambda m: _turned(m, source, here), part) for i, part in enumerate(parts)
    )


def _turned(match: re.Match[str], source: str, here: str) -> str:
    label, address, anchor = match[1], match[2], match[3] or ""
    if "://" in address or address.startswith("mailto:"):
        return match[0]
    target = posixpath.normpath(posixpath.join(posixpath.dirname(source), address))
    if target in OUTSIDE:
        on_site = OUTSIDE[target]
    elif target.startswith("docs/"):
        on_site = re.sub(r"\.ipynb$", ".md", target.removeprefix("docs/"))
    elif (ROOT / target).exists():
        return f"{label[1:-1]} (`{target}`)"
    else:
        return match[0]  # mkdocs tells that it leads nowhere
    return f"{label}({os.path.relpath(on_site, posixpath.dirname(here) or '.')}{anchor})"


def notebook_page(path: Path) -> tuple[str, dict[str, bytes]]:
    """A notebook as Markdown, and its pictures by file name."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    pictures: dict[str, bytes] = {}
    parts = [part for number, cell in enumerate(cells) for part in _cell(cell, f"{path.stem}-{number}", pictures)]
    parts.append(f'<p><a href="{path.name}" download>This page as a notebook</a></p>')
    return "\n\n".join(parts) + "\n", pictures


def _cell(cell: dict[str, Any], name: str, pictures: dict[str, bytes]) -> Iterator[str]:
    text = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        yield text
        return
    yield f"```python\n{text}\n```"
    for number, output in enumerate(cell.get("outputs", ())):
        data = output.get("data", {})
        if "image/png" in data:
            file = f"{name}-{number}.png"
            pictures[file] = base64.b64decode("".join(data["image/png"]))
            yield f"![{_first_line(text)}]({file})"
        elif "image/svg+xml" in data:
            file = f"{name}-{number}.svg"
            pictures[file] = "".join(data["image/svg+xml"]).encode()
            yield f"![{_first_line(text)}]({file})"
        elif "text/html" in data:
            # the site has its own looks for tables
            html = re.sub(r"<style scoped>.*?</style>", "", "".join(data["text/html"]), flags=re.DOTALL)
            yield html.replace('<table border="1" class="dataframe">', "<table>")
        else:
            yield f"```text\n{''.join(output.get('text') or data.get('text/plain', ())).rstrip()}\n```"


def _first_line(code: str) -> str:
    """What a cell's picture shows: its first comment, for those who cannot see it."""
    return next((line.lstrip("# ") for line in code.splitlines() if line.startswith("#")), "what the cell draws")
