"""What runs in a worker: it holds its reader, reads the batches that it is sent, and answers with Parquet."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING

import msgspec

from accord.errors import ReadingError
from accord.model.reading import Reading
from accord.model.report import Report

if TYPE_CHECKING:
    from accord.model.reading import Reader

_held: dict[str, Reader] = {}
"""The reader of this process by the digest of what it was sent as: a model is loaded once, not for each batch."""

_one_batch = Lock()  # a worker may have many threads, and a parse leaves nothing for a second one


def read_batch(sent: bytes, fingerprint: str, batch: bytes) -> bytes:
    """The readings of a batch of encoded reports, packed, by the reader that was sent.

    No report fails the batch: where the reader raises an error, each report is read alone, and the one that it raises
    the error on has a failed reading with the reason. Raises ReadingError where the reader is another one here than
    where it was sent from, as when this machine has another version of Accord.
    """
    from accord.record.partitions import pack

    with _one_batch:
        reader = _reader(sent)
        if reader.fingerprint != fingerprint:
            raise ReadingError(
                f"engine: the workers must have the same Accord and model as you; one of them reads as "
                f"{reader.fingerprint}, and you as {fingerprint}. Install the same versions there"
            )
        return pack(readings(reader, msgspec.msgpack.decode(batch, type=tuple[Report, ...])))


def _reader(sent: bytes) -> Reader:
    key = hashlib.sha256(sent).hexdigest()
    if key not in _held:
        _held.clear()
        _held[key] = pickle.loads(sent)
    return _held[key]


def readings(reader: Reader, reports: Sequence[Report]) -> tuple[Reading, ...]:
    """One reading a report, in order, whatever becomes of the others."""
    try:
        found = tuple(reader.read(reports))
    except Exception:  # the reader's, on one of them: which one comes out below
        return tuple(_alone(reader, report) for report in reports)
    if [reading.report for reading in found] != [report.id for report in reports]:
        raise ReadingError("engine: a reader must give one reading a report, in their order; this one did not")
    return found


def _alone(reader: Reader, report: Report) -> Reading:
    try:
        (reading,) = reader.read([report])
    except Exception as problem:  # one report must never cost the others
        reason = f"{type(problem).__name__}: {problem}"
        return Reading(report=report.id, reader=reader.fingerprint, failed=reason)
    return reading
