"""What a request asks for: the filters of every view, in the words of the command line, and which page of a list."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

import msgspec
from fastapi import Depends, Query

from accord.model.query import make_filter
from accord.model.record import Filter
from accord.workbench import Filters

_Text = Annotated[str | None, Query(max_length=200)]

MOST_ROWS = 500


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The filter of a request, as typed and as it is meant. Blank fields ask for nothing."""

    typed: tuple[tuple[str, str], ...]
    where: Filter

    @classmethod
    def nothing(cls) -> Asked:
        """No filter at all."""
        return cls(typed=(), where=Filter())

    @property
    def query(self) -> str:
        """The filter as a query string, to be added to the address of another view."""
        return urlencode(self.typed)

    @property
    def filters(self) -> Filters:
        """The filter as the workbench's methods take it."""
        where = self.where
        return Filters(
            party=where.party,
            issue=where.issue,
            since=where.since,
            until=where.until,
            report=where.report,
            confidence=where.confidence,
        )

    def get(self, name: str) -> str:
        """One field as it was typed, or nothing."""
        return dict(self.typed).get(name, "")

    def without(self, *names: str) -> str:
        """The query string without some fields."""
        return urlencode([(key, value) for key, value in self.typed if key not in names])

    def replaced(self, **fields: str | None) -> str:
        """The query string with some fields set, or left out where None."""
        kept = [(key, value) for key, value in self.typed if key not in fields]
        return urlencode(kept + [(key, value) for key, value in fields.items() if value])


class Paging(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows of a list: `limit` of them after the first `offset`."""

    limit: int
    offset: int


def asked(
    party: _Text = None,
    issue: _Text = None,
    since: _Text = None,
    until: _Text = None,
    report: _Text = None,
    confidence: _Text = None,
) -> Asked:
    """The filters of a request. Raises FilterError when one cannot be."""
    given = {"party": party, "issue": issue, "since": since, "until": until, "report": report, "confidence": confidence}
    typed = {key: value.strip() for key, value in given.items() if value is not None and value.strip()}
    level = _level(typed["confidence"]) if "confidence" in typed else 0.0
    where = make_filter(
        party=typed.get("party"),
        issue=typed.get("issue"),
        since=typed.get("since"),
        until=typed.get("until"),
        report=typed.get("report"),
        confidence=level,
    )
    return Asked(typed=tuple(typed.items()), where=where)


def paging(
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = 50, offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0
) -> Paging:
    """The page of a list that a request asks for."""
    return Paging(limit=limit, offset=offset)


def _level(typed: str) -> float:
    from accord.errors import FilterError

    try:
        return float(typed)
    except ValueError:
        raise FilterError(f"confidence: must be a number from 0 to 1; got {typed!r}") from None


Where = Annotated[Asked, Depends(asked)]
Pages = Annotated[Paging, Depends(paging)]
