"""What stands in an answer: items of the asked forms, taken one by one, so that a bad one costs only itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeVar

import msgspec

from accord.reading.llm.forms import FORMS, Stepped

Item = TypeVar("Item")
_MOST_ITEMS = 400
"""Of one part of an answer about one chunk; beyond that a model repeats itself."""

_NO_ITEM = (msgspec.ValidationError, ValueError, OverflowError, RecursionError)
"""What taking an item raises: wrong types and values, half a surrogate pair in a string, numbers too large."""


class Read(NamedTuple):
    """The items of an answer by part, what was of no valid form as (part, reason), and whether all of it was JSON."""

    items: dict[str, list[Any]]
    refused: list[tuple[str, str]]
    sound: bool


def read_answer(content: str) -> Read:
    """Whatever an answer holds. Any text at all may come in; none raises."""
    whole = _object(content)
    if whole is None:
        return _taken(_rescued(content), sound=False)
    return _taken({name: whole.get(name) for name in FORMS}, sound=True)


def _taken(parts: dict[str, Any], *, sound: bool) -> Read:
    items: dict[str, list[Any]] = {name: [] for name in FORMS}
    refused: list[tuple[str, str]] = []
    for name, form in FORMS.items():
        rows = parts.get(name)
        if rows is None:
            continue
        if not isinstance(rows, list):
            refused.append((name, "no list"))
            continue
        if len(rows) > _MOST_ITEMS:
            refused += [(name, "too many at once")] * (len(rows) - _MOST_ITEMS)
        for row in rows[:_MOST_ITEMS]:
            try:
                items[name].append(_written(msgspec.convert(row, form)))
            except _NO_ITEM as problem:
                refused.append((name, _reason(problem)))
    return Read(items, refused, sound)


def steps(history: tuple[Any, ...]) -> Iterator[Stepped | str]:
    """The steps of a proposal; for one of no valid form, the reason."""
    for row in history[:_MOST_ITEMS]:
        try:
            yield _written(msgspec.convert(row, Stepped))
        except _NO_ITEM as problem:
            yield _reason(problem)


def _written(item: Item) -> Item:
    """The item, where it can be written down. Raises UnicodeEncodeError where a string holds half a surrogate pair."""
    msgspec.json.encode(item)
    return item


def _reason(problem: Exception) -> str:
    said = str(problem)
    return "a value that is none of the list" if "enum value" in said else "not of the asked form"


def _object(content: str) -> dict[str, Any] | None:
    """The JSON object in an answer, by itself or in a fence; None where there is none."""
    plain = re.sub(r"^\s*(?:<think>.*?</think>\s*)?```(?:json)?|```\s*$", "", content, flags=re.DOTALL)
    for text in (content, plain, plain[plain.find("{") : plain.rfind("}") + 1]):
        try:
            found = json.loads(text, parse_constant=_no_number)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            return found
    return None


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number of JSON")


def _rescued(content: str) -> dict[str, Any]:
    """The complete items of an answer that broke off or is otherwise no JSON, part by part."""
    decoder = json.JSONDecoder(parse_constant=_no_number)
    found: dict[str, Any] = {}
    for name in FORMS:
        start = re.search(rf'"{name}"\s*:\s*\[', content)
        if start is None:
            continue
        rows: list[Any] = []
        at = start.end()
        while len(rows) < _MOST_ITEMS:
            gap = re.compile(r"[\s,]*").match(content, at)
            at = gap.end() if gap else at
            try:
                row, at = decoder.raw_decode(content, at)
            except (ValueError, RecursionError):
                break
            rows.append(row)
        found[name] = rows
    return found
