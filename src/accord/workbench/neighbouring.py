"""What stands beside the record: agreements and events of other people's tables, brought, looked at, taken away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Unpack

import msgspec

from accord.errors import NotFound
from accord.model.neighbour import Neighbour, passing
from accord.model.query import make_filter
from accord.model.record import Record
from accord.model.report import Skipped
from accord.workbench.filters import Filters

if TYPE_CHECKING:
    import pandas as pd

    from accord.record.store import Store

ALL = "all"


class Met(msgspec.Struct, frozen=True, kw_only=True):
    """What adding files did: how many rows were added, took the place of older ones, were there; what was skipped."""

    added: int = 0
    changed: int = 0
    known: int = 0
    skipped: tuple[Skipped, ...] = ()


class Neighbouring:
    """Neighbours of a record. They are no part of it: nothing that it says or computes rests on them."""

    def record(self) -> Record:
        """The merged record as a value."""
        raise NotImplementedError

    def _open(self, *, create: bool = False) -> Store:
        raise NotImplementedError

    def add_neighbours(
        self, paths: Iterable[Path | str] | Path | str, *, columns: Mapping[str, str] | None = None
    ) -> Met:
        """Put the rows of tables beside the record: files of PA-X or ACLED, or others by their `columns`.

        `columns` says what a table calls the fields of `accord.model.vocabulary.neighbours`, as {"date": "Day"}. Rows
        that are there already change nothing; a row with the key of another of its data set takes that one's place.
        Raises RecordError where there is no record, ReportError where `columns` names no field.
        """
        from accord.reports.neighbours import load_neighbours

        store = self._open()
        rows: list[Neighbour] = []
        skipped: list[Skipped] = []
        for one in load_neighbours([paths] if isinstance(paths, str | Path) else paths, columns):
            if isinstance(one, Skipped):
                skipped.append(one)
            else:
                rows.append(one)
        done = store.add_neighbours(rows)
        return Met(added=done.added, changed=done.changed, known=done.known, skipped=tuple(skipped))

    def neighbours(self, **filters: Unpack[Filters]) -> pd.DataFrame:
        """The neighbours that pass the filters, in time, as a data frame."""
        import pandas as pd

        from accord.publishing.neighbours import COLUMNS, neighbour_rows

        frame = pd.DataFrame(neighbour_rows(self.neighbours_of(**filters)), columns=list(COLUMNS))
        for column in ("date.start", "date.end"):
            frame[column] = frame[column].astype("datetime64[s]")
        return frame

    def neighbours_of(self, **filters: Unpack[Filters]) -> tuple[Neighbour, ...]:
        """The same as values."""
        some, where = self._open().neighbours(), make_filter(**filters)
        return passing(self.record() if where.party is not None else Record(), some, where)

    def neighbours_digest(self) -> str:
        """A digest of the neighbours; empty where there are none."""
        return self._open().neighbours_digest()

    def remove_neighbours(self, *named: str) -> int:
        """Take away neighbours by id, by file, by data set, or "all" of them; answer how many.

        Raises NotFound where a name fits none, and then takes none away.
        """
        store = self._open()
        some = store.neighbours()
        gone: dict[str, None] = {}
        for name in named:
            found = [one.id for one in some if name == ALL or name in _names(one)]
            if not found:
                there = ", ".join(dict.fromkeys(one.file for one in some)) or "no neighbours"
                raise NotFound(f"{name}: no neighbour has this id, file or data set; there are {there}")
            gone.update(dict.fromkeys(found))
        return store.remove_neighbours(gone)


def _names(one: Neighbour) -> tuple[str, ...]:
    return one.id, one.file, PurePath(one.file).name, one.dataset
