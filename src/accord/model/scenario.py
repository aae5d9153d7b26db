"""A set of changes to the negotiating table under a name, so that it can be looked at again and compared."""

from __future__ import annotations

import msgspec


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """What is changed (the words of a what-if, each with what it names) on the table that the filters set up.

    `setting` narrows the record as every view does, with `at` for the day of the table; `kept` is an ISO 8601 time
    in UTC.
    """

    name: str
    changes: tuple[tuple[str, str], ...]
    setting: tuple[tuple[str, str], ...] = ()
    author: str = ""
    kept: str = ""
