"""Which server and which model are asked, and how: from a file that the user wrote and from the environment."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from accord.errors import ReadingError

_PREFIX = "ACCORD_LLM_"
_HOW = "see docs/llm.md"


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a run needs to know of the server and the model.

    `url` is the server's base, with or without its /v1; `key` goes into the Authorization header and nowhere else.
    `concurrency` calls run at once, each for at most `timeout` seconds and, where the server stumbles, `attempts`
    times. A chunk holds at most `chunk` characters of a report, an answer at most `answer` tokens. `price_in` and
    `price_out` are what a million tokens cost, in any currency. `proxy` is the address of an HTTP proxy; the
    environment's is not used. `cache` is the folder of answers.
    """

    url: str
    model: str
    key: str | None = None
    concurrency: int = 2
    timeout: float = 300.0
    attempts: int = 5
    chunk: int = 6000
    answer: int = 4096
    price_in: float | None = None
    price_out: float | None = None
    proxy: str | None = None
    cache: Path = msgspec.field(default_factory=lambda: default_cache())

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ReadingError(f"model: url must be an http or https address; got {self.url!r} ({_HOW})")
        if not self.model.strip():
            raise ReadingError(f"model: the model's name must not be empty ({_HOW})")
        least = {"concurrency": 1, "timeout": 0.01, "attempts": 1, "chunk": 400, "answer": 64}
        for name, value in least.items():
            if not getattr(self, name) >= value:
                raise ReadingError(f"model: {name} must be at least {value}; got {getattr(self, name)} ({_HOW})")
        for name in ("price_in", "price_out"):
            if (getattr(self, name) or 0.0) < 0.0:
                raise ReadingError(f"model: {name} must not be below 0; got {getattr(self, name)} ({_HOW})")

    @property
    def endpoint(self) -> str:
        """The address that questions go to."""
        base = self.url.rstrip("/")
        if base.endswith("/chat/completions"):
            return base
        return f"{base}{'' if urlsplit(base).path else '/v1'}/chat/completions"

    @property
    def host(self) -> str:
        """Server and port, for people."""
        return urlsplit(self.url).netloc.rpartition("@")[2]


def settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The user's settings: the file's, and over them the environment's (ACCORD_LLM_URL, _MODEL, _KEY and so on).

    The file is the one that ACCORD_LLM_CONFIG names, else `accord/llm.toml` in the user's folder of settings. A file
    in the present folder is never read: whoever sends reports must not be able to say where they go. Raises
    ReadingError, which says what to do, where there is no server or model or a value cannot be.
    """
    environment = os.environ if environment is None else environment
    given: dict[str, object] = _file(environment)
    for field in Settings.__struct_fields__:
        if value := environment.get(_PREFIX + field.upper(), "").strip():
            given[field] = value
    missing = [_PREFIX + name.upper() for name in ("url", "model") if not given.get(name)]
    if missing:
        raise ReadingError(
            f"model: {' and '.join(missing)} must say which server and model to ask, such as "
            f"ACCORD_LLM_URL=http://localhost:11434/v1 ACCORD_LLM_MODEL=qwen3:8b ({_HOW})"
        )
    try:
        return msgspec.convert(given, Settings, strict=False, dec_hook=_path)
    except msgspec.ValidationError as problem:
        raise ReadingError(f"model: {problem} ({_HOW})") from None


def _path(kind: type, value: object) -> object:
    """A folder, which files and environments write as text."""
    if kind is Path and isinstance(value, str):
        return Path(value).expanduser()
    raise NotImplementedError


def _file(environment: Mapping[str, str]) -> dict[str, object]:
    named = environment.get(_PREFIX + "CONFIG")
    base = environment.get("XDG_CONFIG_HOME") or environment.get("APPDATA")
    path = Path(named) if named else (Path(base) if base else Path.home() / ".config") / "accord" / "llm.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if named:
            raise ReadingError(f"{path}: ACCORD_LLM_CONFIG must name a file; there is none") from None
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise ReadingError(f"{path}: must be a TOML file with url, model and key; {problem} ({_HOW})") from None


def default_cache() -> Path:
    """The user's folder for what can be had again, with our part of it."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "accord" / "llm"
