"""Writes a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from accord.errors import ExportError


def write_file(path: Path, text: str) -> None:
    """Put the text into the file as UTF-8. Raises ExportError with the system's reason."""
    write_bytes(path, text.encode("utf-8", "surrogatepass"))


def write_bytes(path: Path, content: bytes) -> None:
    """Put bytes into the file: beside it first, then in its place, so that nobody finds half of it; or into a pipe.

    Raises ExportError with the system's reason.
    """
    beside = None
    try:
        if path.exists() and not path.is_file() and not path.is_dir():  # a device or a pipe, which must stay one
            path.write_bytes(content)
            return
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(beside, 0o666 & ~mask)
        os.replace(beside, path)
    except OSError as problem:
        if beside is not None and os.path.exists(beside):
            os.unlink(beside)
        raise ExportError(f"{path}: cannot be written: {problem.strerror or problem}; name another place") from problem
