"""Opens the files under `data/`: YAML for what people write, JSON for what a script generates."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import msgspec
import yaml

from accord.errors import VocabularyError

Form = TypeVar("Form")
_DATA = files("accord") / "data"
_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_BASE):  # type: ignore[misc]
    """YAML in which "no", "on", "off" and "yes" are words, as they are in a vocabulary."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in _BASE.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def load(name: str, form: type[Form]) -> Form:
    """The file `data/name` as a value of `form`.

    Raises VocabularyError with the file and the path within it when the file is missing, is not YAML
    or JSON, or does not have the form.
    """
    try:
        raw = (_DATA / name).read_bytes()
        data = msgspec.json.decode(raw) if name.endswith(".json") else yaml.load(raw, Loader=_Loader)
    except FileNotFoundError:
        raise VocabularyError(f"vocabulary data/{name}: no such file") from None
    except (yaml.YAMLError, msgspec.DecodeError) as problem:
        raise VocabularyError(f"vocabulary data/{name}: cannot be parsed: {problem}") from problem
    try:
        return msgspec.convert(data, form)
    except msgspec.ValidationError as problem:
        raise VocabularyError(f"vocabulary data/{name}: {problem}") from problem


@cache
def fingerprint() -> str:
    """The first 16 hexadecimal digits of a SHA-256 over every file under `data/`, names included."""
    digest = hashlib.sha256()
    for entry in sorted(_DATA.iterdir(), key=lambda e: e.name):
        if entry.is_file():
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
