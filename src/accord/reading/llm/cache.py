"""Answers that were had already, in a folder: one file a question, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path

import msgspec


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a model said to one question. `whole` is False where it ran out of tokens before it ended."""

    content: str
    whole: bool = True
    tokens_in: int = 0
    tokens_out: int = 0


class Cache:
    """The folder of answers. What cannot be read or is no answer counts as not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def key(self, model: str, version: str, asked: object) -> str:
        """The name of the answer to a question about a chunk, by a prompt version and a model."""
        encoded = msgspec.json.encode((model, version, asked), order="deterministic")
        return hashlib.sha256(encoded).hexdigest()

    def get(self, key: str) -> Answer | None:
        """The answer, if it is there."""
        try:
            return msgspec.json.decode(self._path(key).read_bytes(), type=Answer)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return None

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # beside its place and under a name of this thread's own, so that a killed run leaves no half file there
        draft = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        draft.write_bytes(msgspec.json.encode(answer))
        draft.replace(path)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"
