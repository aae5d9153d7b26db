"""The tables of agreements and events that users bring: how each is known, and what its columns hold."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, get_args

import msgspec

from accord.errors import VocabularyError
from accord.model.vocabulary.door import load

Field = Literal[
    "key",
    "date",
    "enddate",
    "about",
    "title",
    "kind",
    "detail",
    "parties",
    "place",
    "latitude",
    "longitude",
    "fatalities",
    "notes",
    "source",
]
"""What is taken from a row."""

FIELDS: tuple[str, ...] = get_args(Field)


class DataSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A kind of table, as the file explains it."""

    name: str
    kind: str
    columns: dict[Field, list[str]]
    known_by: list[str] = []
    title: str = ""
    apart: str = ";"
    words: dict[str, str] = {}
    about: dict[str, int | Literal["month"]] = {}
    example: dict[str, str] = {}


@cache
def data_sets() -> tuple[DataSet, ...]:
    """All kinds of the file. Raises VocabularyError where one could not be told or read."""
    found = load("neighbours.yaml", tuple[DataSet, ...])
    for one in found:
        if not one.known_by or not {"date", "title"} <= one.columns.keys():
            raise VocabularyError(f"vocabulary data/neighbours.yaml: {one.name} must have known-by, a date and a title")
        try:
            re.compile(one.apart)
        except re.error as problem:
            raise VocabularyError(f"vocabulary data/neighbours.yaml: {one.name}: apart: {problem}") from problem
    return found
