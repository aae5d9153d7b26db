"""A copy of a record while others read it and write to it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec

from accord.errors import RecordError
from accord.model.place import Place
from accord.record.care.health import Health, examine, file_of
from accord.record.care.rows import opened

_BESIDE = ("", "-wal", "-shm", "-journal")


def back_up(place: Place | Path, copy: Path) -> Health:
    """Copy a record as it is at one moment into one file, prove the copy, and put it in its place whole.

    A copy of that name is replaced. Who writes meanwhile need not wait: the copy has all that was written before it
    began, and nothing that came later. Raises RecordError where the record or the copy cannot be, or where the record
    is damaged: then what is under that name stays as it is.
    """
    path = file_of(place)
    _check(path, copy)
    part = copy.with_name(f".{copy.name}.part")
    try:
        _remove(part)
        _copy(path, part)
        health = examine(part)
        if not health.sound:
            first = (*health.troubles, *health.derived)[0]
            raise RecordError(
                f"{path}: is damaged ({first.part}: {first.what}), so no copy was made; `accord doctor {path}` tells "
                "more"
            )
        with part.open("rb") as file:
            os.fsync(file.fileno())
        shutil.copymode(path, part)
        os.replace(part, copy)
    except (sqlite3.Error, OSError) as problem:
        reason = getattr(problem, "strerror", None) or problem
        raise RecordError(f"{copy}: cannot be written: {reason}; check the space and permissions there") from problem
    finally:
        _remove(part)
    return msgspec.structs.replace(health, path=str(copy))


def _check(path: Path, copy: Path) -> None:
    """Raise RecordError where a copy cannot take this place."""
    if copy.is_dir() or not copy.parent.is_dir():
        raise RecordError(f"{copy}: must be the name of a file in a folder that is there, such as copies/monday.accord")
    if copy.exists() and copy.samefile(path):
        raise RecordError(f"{copy}: must be another file than the record itself; give another name")
    for end in ("-wal", "-journal"):
        if Path(f"{copy}{end}").exists():
            raise RecordError(
                f"{copy}: is open in another process, or was left so by one that was killed ({copy.name}{end} is "
                "beside it); close it there, or give another name"
            )


def _copy(path: Path, part: Path) -> None:
    """All pages in one go, and no log to them, so that the copy is one file."""
    try:
        _pages(path, part, write=True)
    except sqlite3.OperationalError:  # on a disk that cannot be written to, such as that of old copies
        _remove(part)
        _pages(path, part, write=False)


def _pages(path: Path, part: Path, *, write: bool) -> None:
    # who may write takes the log with them that others left; who may not looks at the file alone
    with closing(opened(path, write=write)) as source, closing(sqlite3.connect(part)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")


def _remove(path: Path) -> None:
    for end in _BESIDE:
        Path(f"{path}{end}").unlink(missing_ok=True)
