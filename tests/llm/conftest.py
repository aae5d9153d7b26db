"""Servers that answer, and readers that ask them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from model_server import ModelServer, Script

from accord.reading.llm.reader import LlmReader
from accord.reading.llm.settings import Settings


@pytest.fixture
def serve() -> Iterator[Callable[[Script], ModelServer]]:
    """Start a server with a script; it is stopped at the end."""
    servers: list[ModelServer] = []

    def start(script: Script) -> ModelServer:
        servers.append(ModelServer(script))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def asking(tmp_path: Path) -> Callable[..., LlmReader]:
    """A reader that asks a server, in a hurry."""

    def make(server: ModelServer, *, budget: Any = None, **known: Any) -> LlmReader:
        told = {"url": server.url, "model": "tiny", "cache": tmp_path / "cache", "timeout": 5.0, "attempts": 4, **known}
        return LlmReader(Settings(**told), budget=budget, pause=0.01)

    return make
