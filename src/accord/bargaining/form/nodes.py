"""Reads YAML node by node, so that every complaint can name the line and the key."""

from __future__ import annotations

import datetime as dt
import difflib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from accord.bargaining.check import Path, place
from accord.errors import TableError

MOST_BYTES = 20_000_000
_DEEPEST = 100  # levels of brackets and indents; a table has eight
_SHALLOW = 10_000  # characters that can hold no more levels than the parser's stack does (some 50,000)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TRUE, _FALSE = ("true", "yes", "on"), ("false", "no", "off")


@dataclass
class Source:
    """One YAML text: its name for messages, and the line of every path that was read from it."""

    name: str
    lines: dict[Path, int] = field(default_factory=dict)

    def fail(self, path: Path, text: str, line: int | None = None) -> TableError:
        """The error for a path: the line is that of the path or of the nearest path above it."""
        at = line
        for end in range(len(path), -1, -1):
            if at is None:
                at = self.lines.get(path[:end])
        return TableError(f"{self.name}, line {at or 1}, {place(path)}: {text}")


@dataclass(frozen=True)
class Node:
    """A YAML node at a path. Its methods return what must stand there, or raise TableError."""

    source: Source
    path: Path
    node: yaml.Node

    def fail(self, text: str) -> TableError:
        """The error at this node."""
        return self.source.fail(self.path, text, self.node.start_mark.line + 1)

    def items(self) -> Iterator[tuple[str, Node]]:
        """The entries of a mapping, in order. A key may stand once."""
        if _empty(self.node):
            return
        if not isinstance(self.node, yaml.MappingNode):
            raise self.fail(f"must be a mapping (key: value); got {_kind(self.node)}")
        seen: set[str] = set()
        for key, value in self.node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self.fail("a key must be a plain word; got a list or mapping")
            line = key.start_mark.line + 1
            path = (*self.path, key.value)
            if key.value in seen:
                raise self.source.fail(path, "a key must stand once; it stands again: join or rename", line)
            seen.add(key.value)
            self.source.lines[path] = line
            yield key.value, Node(self.source, path, value)

    def fields(self, known: Sequence[str], required: Sequence[str] = ()) -> dict[str, Node]:
        """The entries of a mapping whose keys are among `known`; an unknown key is an error that names the nearest."""
        found = dict(self.items())
        for key, node in found.items():
            if key not in known:
                near = difflib.get_close_matches(key, known, 1)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                line = self.source.lines[node.path]
                raise self.source.fail(node.path, f"must be one of {', '.join(known)}{hint}", line)
        for key in required:
            if key not in found:
                raise self.fail(f"must have the key {key!r}; it has {', '.join(found) or 'none'}")
        return found

    def list(self) -> list[Node]:
        """The members of a list; one scalar counts as a list of one."""
        if _empty(self.node):
            return []
        if isinstance(self.node, yaml.ScalarNode):
            return [self]
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.fail(f"must be a list; got {_kind(self.node)}")
        nodes = [Node(self.source, (*self.path, i), node) for i, node in enumerate(self.node.value)]
        for node in nodes:
            self.source.lines[node.path] = node.node.start_mark.line + 1
        return nodes

    def text(self) -> str:
        """A scalar as its characters."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.fail(f"must be text; got {_kind(self.node)}")
        return str(self.node.value)

    def texts(self) -> tuple[str, ...]:
        """A list of scalars."""
        return tuple(node.text() for node in self.list())

    def choice(self, known: Sequence[str]) -> str:
        """A scalar that is one of `known`."""
        text = self.text()
        if text not in known:
            raise self.fail(f"must be one of {', '.join(known)}; got {text!r}")
        return text

    def number(self) -> float:
        """A finite number."""
        text = self.text()
        try:
            number = float(text)
        except ValueError:
            raise self.fail(f"must be a number; got {text!r}") from None
        if not math.isfinite(number):
            raise self.fail(f"must be a finite number; got {text!r}")
        return number

    def truth(self) -> bool:
        """yes or no."""
        text = self.text().casefold()
        if text not in (*_TRUE, *_FALSE):
            raise self.fail(f"must be yes or no; got {text!r}")
        return text in _TRUE

    def date(self) -> dt.date:
        """A day in ISO 8601."""
        try:
            return dt.date.fromisoformat(self.text())
        except ValueError:
            raise self.fail(f"must be a date like 2031-05-02; got {self.text()!r}") from None

    @property
    def scalar(self) -> bool:
        """Whether the node is a scalar."""
        return isinstance(self.node, yaml.ScalarNode)

    @property
    def plain(self) -> bool:
        """Whether the node is a scalar without quotation marks."""
        return isinstance(self.node, yaml.ScalarNode) and not self.node.style

    @property
    def is_list(self) -> bool:
        """Whether the node is a list."""
        return isinstance(self.node, yaml.SequenceNode)


def root(text: str, name: str) -> Node:
    """The top node of a YAML text. Raises TableError with the line where it is not YAML, or is too large."""
    if len(text) > MOST_BYTES:
        raise TableError(f"{name}: a table must have at most {MOST_BYTES} characters; it has {len(text)}")
    try:
        _check_depth(text, name)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        raise TableError(f"{name}, line {mark.line + 1 if mark else 1}: not YAML: {problem.problem}") from problem
    except (yaml.YAMLError, RecursionError, UnicodeEncodeError) as problem:
        raise TableError(f"{name}: not YAML: {problem}") from problem
    if node is None:
        raise TableError(f"{name}: must hold a table; it is empty")
    return Node(Source(name), (), node)


def _check_depth(text: str, name: str) -> None:
    """Raise TableError where lists and mappings lie deeper in one another than in any table.

    Composing nodes takes a piece of the machine's own stack for each level, and ends the process where that is spent.
    """
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER) if len(text) > _SHALLOW else ():
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                line = event.start_mark.line + 1 if event.start_mark else 1
                raise TableError(
                    f"{name}, line {line}: lists and mappings must lie at most {_DEEPEST} deep in "
                    "one another; these lie deeper; is this a table?"
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.value in ("", "~", "null") and not node.style


def _kind(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return repr(node.value)
    return "a list" if isinstance(node, yaml.SequenceNode) else "a mapping"
