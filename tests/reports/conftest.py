from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from accord.model.report import Report, Skipped
from accord.reports.load import load

TODAY = dt.date(2025, 9, 1)
Put = Callable[..., Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Writes a file under a fresh folder and returns its path."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def read() -> Callable[..., list[Report | Skipped]]:
    """What load yields, on a day that does not change."""

    def run(*paths: Path | str, published: dt.date | None = None) -> list[Report | Skipped]:
        return list(load(paths, published=published, today=TODAY))

    return run


@pytest.fixture
def report(read: Callable[..., list[Report | Skipped]]) -> Callable[..., Report]:
    """The one report in one file, which must be all that there is to say about it."""

    def one(path: Path, published: dt.date | None = None) -> Report:
        (found,) = read(path, published=published)
        assert isinstance(found, Report), found
        return found

    return one


@pytest.fixture
def skipped(read: Callable[..., list[Report | Skipped]]) -> Callable[..., Skipped]:
    """The one thing skipped in one path, which must be all that there is to say about it."""

    def one(path: Path | str) -> Skipped:
        (found,) = read(path)
        assert isinstance(found, Skipped), found
        return found

    return one
