"""Several readers of one record: who has read, which reading counts, and how far two of them agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from accord.errors import NotFound, ReadingError
from accord.model.findings import LAYERS
from accord.model.place import Place
from accord.model.reading import Reading
from accord.model.report import Report
from accord.workbench.readers import asking
from accord.workbench.run import Intake, Run, gate_of, given_day

if TYPE_CHECKING:
    from accord.model.reading import Reader
    from accord.reading.llm.budget import Plan
    from accord.record.store import Store


class ReaderRow(msgspec.Struct, frozen=True, kw_only=True):
    """One reader of a record: its reports, those it gave up, the items it found, and for how many reports it counts."""

    reader: str
    reports: int
    failed: int
    counts: int
    items: int


class AgreementRow(msgspec.Struct, frozen=True, kw_only=True):
    """One layer of two readers: the items of each, those that pair in kind and place (`loose`), and of these those that
    agree in who, what and how as well (`full`). The rates, from 0 to 1, are the F1 of one against the other.
    """

    layer: str
    first: int
    second: int
    loose: int
    full: int
    agreement: float | None
    full_agreement: float | None


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """How far two readers agree on the reports that both have read."""

    first: str
    second: str
    reports: int
    layers: tuple[AgreementRow, ...]


class Comparing:
    """What a record knows of its readers."""

    place: Place

    def _open(self, *, create: bool = False) -> Store:
        raise NotImplementedError

    def readers(self) -> tuple[ReaderRow, ...]:
        """Every reader that has read into this record, the one that read last at the end."""
        store = self._open()
        counting = [reading.reader for reading in store.readings()]
        found = []
        for reader in store.readers():
            some = store.readings(reader)
            failed = sum(reading.failed is not None for reading in some)
            items = sum(len(reading.layer(layer)) for reading in some for layer in LAYERS)
            counts = counting.count(reader)
            found.append(ReaderRow(reader=reader, reports=len(some), failed=failed, counts=counts, items=items))
        return tuple(found)

    def compare(self, first: str, second: str) -> Comparison:
        """How far two readers agree, layer by layer, on the reports that both have read.

        A reader is named by its kind (offline, llm, both, agreed) or the beginning of its fingerprint; of several of a
        kind the one whose readings came last is meant. Raises NotFound where there is no such reader, and ReadingError
        where no report was read by both.
        """
        from accord.reading.agreement import agreement

        ours, theirs = self._readings(first), self._readings(second)
        reports = sorted(ours.keys() & theirs.keys())
        pairs = [(ours[key], theirs[key]) for key in reports if not (ours[key].failed or theirs[key].failed)]
        if not pairs:
            raise ReadingError(f"compare: no report of this record was read by both {first} and {second}")
        rows = tuple(
            AgreementRow(
                layer=row.layer,
                first=row.first,
                second=row.second,
                loose=row.loose,
                full=row.full,
                agreement=_rounded(row.rate),
                full_agreement=_rounded(row.full_rate),
            )
            for row in agreement(pairs)
        )
        return Comparison(first=pairs[0][0].reader, second=pairs[0][1].reader, reports=len(pairs), layers=rows)

    def prefer(self, reader: str) -> int:
        """Let this reader's readings count wherever there are any; answer of how many reports."""
        return self._open().prefer(self._fingerprint(reader))

    def plan(
        self,
        paths: Iterable[Path | str],
        *,
        reader: Reader,
        published: dt.date | str | None = None,
        triage: bool | None = None,
        columns: Mapping[str, str] | None = None,
        remote: bool = False,
    ) -> Plan:
        """What reading would ask of a model: calls, tokens, cost. Nothing is sent, and nothing lands in the record.

        Raises ReadingError where this reader asks nobody.
        """
        model = asking(reader)
        if model is None:
            raise ReadingError("plan: the offline reader asks no model, so there is nothing to plan")
        looking = _Looking(self.place, self._open, reader, None)
        intake = Intake(published=given_day(published), columns=columns or {}, triage=triage, remote=remote)
        return model.plan(looking.fresh(list(paths), intake))

    def _readings(self, named: str) -> dict[str, Reading]:
        return {reading.report: reading for reading in self._open().readings(self._fingerprint(named))}

    def _fingerprint(self, named: str) -> str:
        store = self._open()
        known = [reader for reader in store.readers() if named.strip() and reader.startswith(named.strip())]
        if not known:
            there = ", ".join(store.readers()) or "none"
            raise NotFound(f"{named}: there is no reader of this record of that name; there are {there}")
        return named if named in known else known[-1]


class _Looking(Run):
    """A run that only looks: what would be read is told, and nothing lands."""

    def fresh(self, paths: list[Path | str], intake: Intake) -> Iterable[Report]:
        """The reports that the reader has not read into the record."""
        return self._fresh([*paths], intake, gate_of(intake.triage))

    def _land(self, report: Report, reading: Reading) -> None:
        """Nothing: a report that could not be read stays out."""


def _rounded(rate: float | None) -> float | None:
    return None if rate is None else round(rate, 4)
