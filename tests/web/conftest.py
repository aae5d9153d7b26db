"""A workbench over the talks of Helsinki, asked as a browser would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from served import SECRET
from starlette.testclient import TestClient

import accord
from accord.model.reading import Reading
from accord.record import Store
from accord.web import create_app
from accord.web.desk import Desk
from accord.web.guard import Access
from aceh import RECORD


@pytest.fixture(scope="session")
def record_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record file that holds what `aceh.RECORD` holds, as readings of its reports."""
    path = tmp_path_factory.mktemp("web") / "helsinki.accord"
    with Store.open(path, create=True) as store:
        for report in RECORD.reports:
            store.add(report, reading_of(report.id))
    return path


def reading_of(report: str) -> Reading:
    """What the record says on the evidence of one report alone."""
    layers = {
        name: tuple(item for item in RECORD.layer(name) if item.evidence[0].report == report and _alone(item, report))
        for name in ("statements", "events", "positions", "proposals", "levers", "figures")
    }
    return Reading(report=report, reader="by hand", actors=RECORD.actors, **layers)


def _alone(item: object, report: str) -> bool:
    return all(e.report == report for e in getattr(item, "evidence", ()))


@pytest.fixture
def client(record_file: Path) -> Iterator[TestClient]:
    """A browser on this machine."""
    with accord.open(record_file) as workspace:
        app = create_app(Desk(workspace), Access(secret=SECRET))
        with TestClient(app, base_url="http://127.0.0.1", headers={"x-accord-csrf": SECRET}) as client:
            yield client


@pytest.fixture
def own(record_file: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A workbench on a copy that may be written to."""
    path = tmp_path / "own.accord"
    with accord.open(record_file) as workspace:
        workspace.record()
    copyfile(record_file, path)
    with TestClient(create_app(Desk(accord.open(path)), Access(secret=SECRET)), base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture
def secret() -> str:
    """What the forms of this run carry."""
    return SECRET
