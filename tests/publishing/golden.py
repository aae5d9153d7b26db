"""Files that hold what an output must be, byte for byte. ACCORD_GOLDEN=write pytest writes them anew: read the diff."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def agrees(name: str, text: str) -> bool:
    """Whether the golden file of this name holds exactly this text."""
    path = FOLDER / name
    if os.environ.get("ACCORD_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    return path.read_bytes().decode() == text
