"""A reader whose reports are read by many workers: batches out, partitions in, readings in the order of the reports."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from accord.model.reading import Reading
from accord.model.report import Report
from accord.record.partitions import Partitions, pack, unpack
from accord.workbench.engines.worker import read_batch

if TYPE_CHECKING:
    from accord.model.reading import Reader
    from accord.workbench.engines.cluster import Cluster

_REPORTS, _CHARACTERS = 16, 200_000
"""A batch is as many reports as the parser takes at once, or as make some ten seconds of work: much smaller, and its
way costs; much larger, and the last ones are waited for by few."""

_AHEAD = 64
"""Batches that may wait for one before them, which is slow or kills its workers. Their readings wait on the disk."""

_encode = msgspec.msgpack.Encoder().encode


class _Batch:
    """Reports on their way: those that a partition has already, and those that are sent to be read."""

    def __init__(self) -> None:
        self.reports: list[Report] = []
        self.known: dict[str, Reading] = {}
        self.characters = 0
        self.done = False

    @property
    def sent(self) -> list[Report]:
        return [report for report in self.reports if report.id not in self.known]

    def full(self) -> bool:
        return len(self.reports) >= _REPORTS or self.characters >= _CHARACTERS


class Spread:
    """Reads with `reader` in the workers of a cluster. Implements `Reader`: the same readings, in the same order.

    What a worker read is kept in `folder` until all has been taken; where `keep`, it stays there. What partitions of
    the same reader hold is not read again. A report that kills its workers is found out, and has a failed reading.
    """

    def __init__(
        self,
        reader: Reader,
        sent: bytes,
        cluster: Callable[[], AbstractContextManager[Cluster]],
        folder: Path,
        *,
        keep: bool = False,
    ) -> None:
        self._reader, self._sent = reader, sent
        self._start = cluster
        self._folder, self.keep = folder, keep

    @property
    def fingerprint(self) -> str:
        """That of the reader in the workers: where reports are read changes no reading."""
        return self._reader.fingerprint

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """One reading a report, in order. Raises ReadingError where the workers cannot be had, or are lost."""
        partitions = Partitions(self._folder, self.fingerprint)
        batches = _batches(reports, partitions)
        first = next(batches, None)
        while first is not None and first.done:  # no workers are started for what partitions have
            yield from _readings(first, partitions)
            first = next(batches, None)
        if first is not None:
            with self._start() as cluster:
                yield from _Round(self, cluster, partitions).read(_before(first, batches))
        if not self.keep:
            partitions.clear()

    def submit(self, cluster: Cluster, name: object, reports: list[Report]) -> None:
        """Have a worker read these."""
        cluster.submit(name, read_batch, self._sent, self.fingerprint, _encode(reports))


class _Round:
    """One stream of batches through the workers of one cluster."""

    def __init__(self, spread: Spread, cluster: Cluster, partitions: Partitions) -> None:
        self._spread, self._cluster, self._partitions = spread, cluster, partitions
        self._waiting: deque[_Batch] = deque()
        self._suspects: deque[_Batch] = deque()

    def read(self, batches: Iterable[_Batch]) -> Iterator[Reading]:
        for batch in batches:
            self._waiting.append(batch)
            if not batch.done:
                self._spread.submit(self._cluster, batch, batch.sent)
            self._collect(wait=False)
            yield from self._ready()
            while self._suspects or not self._cluster.room() or len(self._waiting) > _AHEAD:
                self._step()
                yield from self._ready()
        while self._waiting:
            self._step()
            yield from self._ready()

    def _step(self) -> None:
        """Wait for an answer; where batches have killed their workers and nothing else is under way, look into one."""
        if self._suspects and self._cluster.idle():
            self._isolate(self._suspects.popleft())
        else:
            self._collect(wait=True)

    def _collect(self, *, wait: bool) -> None:
        for batch, packed in self._cluster.answers(wait=wait):
            if packed is None:
                self._suspects.append(batch)
            else:
                self._keep(batch, packed)

    def _isolate(self, batch: _Batch) -> None:
        """Read the reports of a batch one by one, with nothing beside them: who kills a worker now is the one."""
        found: list[Reading] = []
        for report in batch.sent:
            self._spread.submit(self._cluster, report, [report])
            for _, packed in self._cluster.answers(wait=True):
                found += [_killer(report, self._spread.fingerprint)] if packed is None else unpack(packed)
        self._keep(batch, pack(found))

    def _keep(self, batch: _Batch, packed: bytes) -> None:
        self._partitions.put([report.id for report in batch.sent], packed)
        batch.done = True

    def _ready(self) -> Iterator[Reading]:
        while self._waiting and self._waiting[0].done:
            batch = self._waiting.popleft()
            yield from _readings(batch, self._partitions)
            if batch.sent:  # whoever asks for more has taken what there was
                self._partitions.landed([report.id for report in batch.sent], keep=self._spread.keep)


def _batches(reports: Iterable[Report], partitions: Partitions) -> Iterator[_Batch]:
    batch = _Batch()
    for report in reports:
        known = partitions.get(report.id)
        batch.reports.append(report)
        if known is not None:
            batch.known[report.id] = known
        batch.characters += len(report.text)
        if batch.full():
            yield _closed(batch)
            batch = _Batch()
    if batch.reports:
        yield _closed(batch)


def _closed(batch: _Batch) -> _Batch:
    batch.done = not batch.sent
    return batch


def _before(first: _Batch, others: Iterator[_Batch]) -> Iterator[_Batch]:
    yield first
    yield from others


def _readings(batch: _Batch, partitions: Partitions) -> Iterator[Reading]:
    """The readings of a batch that is done, in the order of its reports."""
    for report in batch.reports:
        yield batch.known[report.id] if report.id in batch.known else partitions.taken(report.id)


def _killer(report: Report, fingerprint: str) -> Reading:
    reason = (
        "a report must not end the process that reads it; this one ended every worker that was given it, alone, as "
        "where memory runs out. Split it, or leave it out"
    )
    return Reading(report=report.id, reader=fingerprint, failed=reason)
