"""Care for a record's file: copies, whether it is as it was written, and a new one from what a damaged one has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from accord.model.place import Place
from accord.model.reading import Reading
from accord.model.report import Report
from accord.workbench.readers import make_reader, unread

if TYPE_CHECKING:
    from accord.record.care import Health, Trouble


class Mended(msgspec.Struct, frozen=True, kw_only=True):
    """What a new record has of a damaged one, and what was lost.

    `read_again` counts the reports whose readings were lost and that the offline reader read anew; `kept` is where the
    damaged file is now.
    """

    path: str
    kept: str
    reports: int
    readings: int
    edits: int
    scenarios: int
    skipped: int
    lost: tuple[Trouble, ...]
    read_again: int


class Caring:
    """What is done for the file, whatever is in it."""

    place: Place

    def close(self) -> None:
        """Let go of the file."""
        raise NotImplementedError

    def backup(self, copy: Path | str) -> Health:
        """Copy the record as it is now into one file, while others read it and write to it; the copy is proved.

        What is under that name is replaced whole. Raises RecordError where the record is damaged or on a server, or the
        copy cannot be written.
        """
        from accord.record.care import back_up

        return back_up(self.place, Path(copy))

    def doctor(self) -> Health:
        """Whether every part of the file is as it was written. Nothing is changed.

        Raises RecordError where there is no such file, where it is none of Accord's, or where it is on a server.
        """
        from accord.record.care import examine

        return examine(self.place)

    def mend(self, new: Path | str | None = None) -> Mended:
        """Make a new record of all that is as it was written; reports whose readings are lost are read again, offline.

        Written to `new`; without it to the record's own place, and the damaged file is kept beside it: then nobody else
        may have it open. Raises RecordError where nothing can be saved or `new` is there already.
        """
        from accord.record.care import replace, rescue

        self.close()
        if new is None:
            rescued, kept = replace(self.place)
        else:
            rescued, kept = rescue(self.place, Path(new)), Path(str(self.place))
        _read_again(Path(rescued.path), rescued.unread)
        return Mended(
            path=rescued.path,
            kept=str(kept),
            reports=rescued.reports,
            readings=rescued.readings,
            edits=rescued.edits,
            scenarios=rescued.scenarios,
            skipped=rescued.skipped,
            lost=rescued.lost,
            read_again=len(rescued.unread),
        )


def _read_again(path: Path, reports: tuple[Report, ...]) -> None:
    """Give reports without a reading one by the offline reader."""
    if not reports:
        return
    from accord.record.store import Store
    from accord.reports.language import not_english

    reader = make_reader("offline")
    strange = {report.id: language for report in reports if (language := not_english(report.text))}
    with Store.open(path) as store:
        english = [report for report in reports if report.id not in strange]
        for report, reading in zip(english, reader.read(english), strict=True):
            store.add(report, reading)
        for report in reports:
            if report.id in strange:
                why = unread(strange[report.id])
                store.add(report, Reading(report=report.id, reader=reader.fingerprint, failed=why))
