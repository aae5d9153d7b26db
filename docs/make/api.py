"""The Python reference: what `import accord` gives, the workspace method by method, the values and the errors."""

from __future__ import annotations

import enum
import importlib
import inspect
import re
import sys
import textwrap
from types import ModuleType
from typing import Any

import accord
import accord.publishing.evidence
import accord.workbench.watching
from accord import errors
from accord.workbench import Filters, Setting, Workspace
from accord.workbench.computing import WhatIf
from accord.workbench.correcting import By, ByOn

VALUES = (
    "evidence",
    "report",
    "when",
    "actor",
    "findings",
    "reading",
    "record",
    "edit",
    "explanation",
    "scenario",
    "table",
    "outcome",
)
"""Modules of accord.model whose types are part of the public API, in the order in which one meets them."""

_HEAD = """# Python

<!-- Written by docs/make/api.py from the docstrings: python3 dev.py docs -->

    import accord

    ws = accord.open("talks.accord")

What stands on this page is the public API: from 0.1.0 on it changes only with a line in the
[changelog](../../CHANGELOG.md), and what goes away says so one version before. Every other name in the
package may change without notice. Mistakes raise the [errors](#errors) below, and then nothing is written."""


def python_page() -> str:
    """The whole page."""
    parts = [_HEAD, "## Opening a record", _function(accord.open, "accord.open")]
    parts += ["## The workspace", _doc(Workspace), *_methods()]
    parts += ["## Options", "What `**filters`, `**setting` and `**by` stand for."]
    for options in (Filters, Setting, WhatIf, By, ByOn):
        parts += [f"### {options.__name__}", _typed_dict(options)]
    parts += ["## Answers", "What methods give back that is no data frame and no value of the record."]
    for answer in _answers():
        parts += [f"### {answer.__name__}", _doc(answer), _fields(answer)]
    parts += ["## Values", "Frozen: nothing changes a value once it is made. Fields are given by name."]
    for module in VALUES:
        parts += _module(importlib.import_module(f"accord.model.{module}"))
    parts += ["## Errors", *_errors()]
    return "\n\n".join(part for part in parts if part) + "\n"


def _methods() -> list[str]:
    """The public methods, under the class of the workbench that has them."""
    parts = []
    for owner in (Workspace, *Workspace.__mro__[1:-1]):
        own = [
            member
            for name, member in vars(owner).items()
            if not name.startswith("_") and inspect.isfunction(member) and getattr(Workspace, name) is member
        ]
        if own:
            title = "Reading, looking, writing out" if owner is Workspace else owner.__name__
            about = "" if owner is Workspace else _doc(owner)
            parts += [f"### {title}", about, *(_function(member, f"ws.{member.__name__}") for member in own)]
    return parts


def _answers() -> list[type]:
    """The types of the workbench and of publishing that a public method names as its result, by name."""
    methods = [member for name, member in inspect.getmembers(Workspace, inspect.isfunction) if not name.startswith("_")]
    named = set(re.findall(r"\w+", " ".join(str(inspect.signature(method).return_annotation) for method in methods)))
    named |= {"Step"}  # what `progress` is called with
    modules = {
        name: module
        for name, module in sys.modules.items()
        if name.startswith(("accord.workbench.", "accord.publishing.evidence"))
    }
    found = {
        name: member
        for module in modules.values()
        for name, member in vars(module).items()
        if name in named and inspect.isclass(member) and member.__module__ == module.__name__
    }
    return [found[name] for name in sorted(found) if found[name] is not Workspace]


def _function(function: Any, name: str) -> str:
    """A signature as it is written in the source, without the modules of its types, and the docstring under it."""
    signature = inspect.signature(function)
    own = [p for p in signature.parameters.values() if p.name != "self"]
    written = [_parameter(p) for p in own]
    named = next((i for i, p in enumerate(own) if p.kind is p.KEYWORD_ONLY), None)
    if named is not None:
        written.insert(named, "*")
    result = str(signature.return_annotation)
    line = f"{name}({', '.join(written)}) -> {result}"
    if len(line) > 100:
        line = f"{name}(\n" + "".join(f"    {part},\n" for part in written) + f") -> {result}"
    return f"#### {name}\n\n```text\n{line}\n```\n\n{_doc(function)}"


def _parameter(parameter: inspect.Parameter) -> str:
    """One parameter, its type as the source writes it."""
    default = "" if parameter.default is parameter.empty else f" = {parameter.default!r}"
    stars = "**" if parameter.kind is parameter.VAR_KEYWORD else ""
    return f"{stars}{parameter.name}: {parameter.annotation}{default}"


def _module(module: ModuleType) -> list[str]:
    """The public types that a module defines."""
    own = [
        member
        for name, member in vars(module).items()
        if inspect.isclass(member) and member.__module__ == module.__name__ and not name.startswith("_")
    ]
    return [part for member in own for part in (f"### {member.__name__}", _doc(member), _fields(member))]


def _fields(cls: Any) -> str:
    """A type's fields with their types, those of its parents first."""
    if issubclass(cls, enum.Enum):
        return ""
    types: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        types |= {name: str(kind) for name, kind in vars(base).get("__annotations__", {}).items()}
    shown = [f"| `{name}` | `{_escape(kind)}` |" for name, kind in types.items() if not name.startswith("_")]
    shown = [line for line in shown if "ClassVar" not in line]
    methods = [
        f"- `{name}{'' if isinstance(member, property) else '()'}`: {_doc(member)}"
        for name, member in vars(cls).items()
        if not name.startswith("_") and (inspect.isfunction(member) or isinstance(member, property)) and _doc(member)
    ]
    return "\n".join(
        (["| field | type |", "|---|---|", *shown] if shown else []) + ([""] if shown and methods else []) + methods
    )


def _typed_dict(cls: Any) -> str:
    return f"{_doc(cls)}\n\n" + "\n".join(
        ["| option | type |", "|---|---|"]
        + [f"| `{name}` | `{_escape(_plain(kind))}` |" for name, kind in cls.__annotations__.items()]
    )


def _plain(kind: Any) -> str:
    return str(getattr(kind, "__forward_arg__", kind))


def _escape(kind: str) -> str:
    return kind.replace("|", "or").replace("  ", " ")


def _errors() -> list[str]:
    """Each error with what else it is, so that one knows what to catch."""
    found = []
    for name, error in vars(errors).items():
        if inspect.isclass(error) and issubclass(error, errors.AccordError):
            parents = ", ".join(f"`{base.__name__}`" for base in error.__bases__)
            found.append(f"- `{name}` ({parents}): {_doc(error)}")
    return ["\n".join(found)]


def _doc(thing: Any) -> str:
    """A docstring as Markdown: paragraphs on one line each, indented examples as code."""
    text = inspect.cleandoc(thing.__doc__ or "")
    if text.startswith(f"{getattr(thing, '__name__', '')}("):  # what typing makes where nobody wrote one
        return ""
    paragraphs = []
    for paragraph in re.split(r"\n\s*\n", text):
        if paragraph.startswith("    "):
            paragraphs.append(f"```text\n{textwrap.dedent(paragraph)}\n```")
        elif re.match(r"- ", paragraph):
            paragraphs.append(paragraph)
        else:
            paragraphs.append(" ".join(paragraph.split()))
    return "\n\n".join(paragraphs)
