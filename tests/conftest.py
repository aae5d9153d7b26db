"""Puts this folder on the path, so that tests of several stages share the records that are made by hand in it.

Also what several stages need: a PostgreSQL server, and a place for a record in a file or on that server.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

import postgres_server

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[postgres_server.Server]:
    """A PostgreSQL server of this run's own."""
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("the extra postgres is not installed")
    if postgres_server.programs() is None:
        pytest.skip("no PostgreSQL server on this machine: apt-get install postgresql")
    with postgres_server.running() as running:
        yield running


@pytest.fixture
def address(server: postgres_server.Server) -> str:
    """The address of a record that is not there yet, on the server."""
    return server.address("postgres", record=f"talks{next(_NUMBERS)}")


@pytest.fixture(params=["file", "server"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place for a record, once in a file and once on the server."""
    if request.param == "file":
        return str(tmp_path / "talks.accord")
    found: str = request.getfixturevalue("address")
    return found
