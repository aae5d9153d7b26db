"""What a format is to the rest of the house: a name, the suffixes it is known by, and a way to read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec

from accord.model.report import Skipped
from accord.reports.draft import Draft
from accord.reports.incoming import Incoming


class Format(msgspec.Struct, frozen=True):
    """One kind of file, known by the end of its name, or by all of it where `names` fits.

    `read` yields the documents of a file as drafts, one by one, and in their place what of it had to be
    skipped; where the whole file has to be, it raises Refused. `bulk` formats hold what nobody chose.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Incoming], Iterator[Draft | Skipped]]
    bulk: bool = False
    names: re.Pattern[str] | None = None
