"""Readers for tests of engines: they note who read what, and do to their process what the reports tell them to."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from accord.model.reading import Reading
from accord.model.report import Report
from simple_reader import SimpleReader


class Noting:
    """Where readers note what they do: a line for each report, with the process that read it."""

    def __init__(self, log: Path) -> None:
        self.log = log

    def note(self, report: Report) -> None:
        with open(self.log, "a") as out:  # one short write, so that lines of several processes stay whole
            out.write(f"{os.getpid()} {report.id}\n")

    def read_ids(self) -> list[str]:
        """The ids of the reports that were begun, in that order."""
        return [line.split()[1] for line in self.log.read_text().splitlines()] if self.log.exists() else []

    def processes(self) -> set[str]:
        """Who has read."""
        return {line.split()[0] for line in self.log.read_text().splitlines()}


class FatefulReader(SimpleReader):
    """A simple reader that a report can kill, slow down or make raise an error; it notes what it begins to read."""

    def __init__(self, log: Path, fingerprint: str = "simple-1") -> None:
        super().__init__()
        self.noting = Noting(log)
        self.fingerprint = fingerprint

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        for report in reports:
            self.noting.note(report)
            if "kills its worker" in report.text:
                os.kill(os.getpid(), signal.SIGKILL)
            if "drives its reader mad" in report.text:
                raise ValueError("what is this?")
            if "takes its time" in report.text:
                time.sleep(0.4)
            yield from super().read([report])
