"""The real reader with a mishap. Apart from the light ones: workers import all that is beside a reader."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path

from engine_readers import Noting

from accord.model.reading import Reading
from accord.model.report import Report
from accord.reading.offline import OfflineReader


class KilledOnce(OfflineReader):
    """The real reader, whose process is killed when it comes to a report on floods for the first time."""

    def __init__(self, log: Path) -> None:
        super().__init__()
        self.noting = Noting(log)

    def __getstate__(self) -> dict[str, object]:  # type: ignore[override]
        return {**super().__getstate__(), "noting": self.noting}

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        some = list(reports)
        ours = {report.id: report for report in some}
        for reading in super().read(some):
            self.noting.note(ours[reading.report])
            if "marshes flooded" in ours[reading.report].text and self.noting.read_ids().count(reading.report) == 1:
                os.kill(os.getpid(), signal.SIGKILL)
            yield reading
