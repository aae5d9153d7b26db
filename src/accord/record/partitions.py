"""Readings as Parquet files, a batch a file: what workers found waits there for its turn to come into the record.

A partition is `part-….parquet` with a manifest beside it, `part-….json`, which is written last: a partition without one
is not finished. Both come under their name whole or not at all. Each row is one reading: `report`, `reader`, `failed`,
how many items each layer has, and the reading itself as JSON, which any tool for Parquet can look into.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from accord.errors import RecordError
from accord.model.findings import LAYERS
from accord.model.ids import content_id
from accord.model.reading import Reading

_FORM = 1
_AT_HAND = 8
"""Partitions whose readings are held in memory: a stream comes to those of a run before it in about their order."""

_encode = msgspec.json.Encoder(order="deterministic").encode
_reading = msgspec.json.Decoder(Reading)


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a partition holds: by which reader, of which reports in their order, and the SHA-256 of its file."""

    form: int
    reader: str
    reports: tuple[str, ...]
    sha256: str


class Partitions:
    """The partitions of one reader in a folder. Those of other readers there, and damaged ones, are as if not there."""

    def __init__(self, folder: Path, reader: str) -> None:
        self.folder = folder
        self._reader = reader
        self._of: dict[str, Manifest] = {}
        self._held: OrderedDict[str, dict[str, Reading]] = OrderedDict()
        for file in sorted(folder.glob("part-*.json")):
            manifest = _manifest(file)
            if manifest is not None and manifest.reader == reader:
                self._of.update(dict.fromkeys(manifest.reports, manifest))

    def get(self, report: str) -> Reading | None:
        """The reading of a report, if a finished partition has it."""
        manifest = self._of.get(report)
        if manifest is None:
            return None
        name = _name(manifest.reader, manifest.reports)
        if name not in self._held:
            self._held[name] = self._load(manifest)
            while len(self._held) > _AT_HAND:
                self._held.popitem(last=False)
        return self._held[name].get(report)

    def taken(self, report: str) -> Reading:
        """The reading of a report that was put here. Raises RecordError where it is not there any more."""
        reading = self.get(report)
        if reading is None:
            raise RecordError(
                f"{self.folder}: a partition must stay as it was written until the run is over; that with report "
                f"{report} did not. Run the same command again: it goes on from there"
            )
        return reading

    def put(self, reports: Sequence[str], packed: bytes) -> None:
        """Keep the packed readings of these reports. Raises RecordError where the disk does not take them."""
        manifest = Manifest(
            form=_FORM, reader=self._reader, reports=tuple(reports), sha256=hashlib.sha256(packed).hexdigest()
        )
        file = self._file(manifest)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _write(file, packed)
            _write(file.with_suffix(".json"), msgspec.json.encode(manifest))
        except OSError as problem:
            raise RecordError(
                f"{self.folder}: partitions of readings must be written there; the system says: "
                f"{problem.strerror or problem}. Make room, or name another folder"
            ) from problem
        self._held.pop(file.stem, None)  # a damaged one may have had this name
        self._of.update(dict.fromkeys(manifest.reports, manifest))

    def landed(self, reports: Sequence[str], *, keep: bool) -> None:
        """Forget a partition whose readings have all been taken; unless `keep`, its files go too."""
        for report in reports:
            manifest = self._of.pop(report, None)
        if manifest is None:
            return
        self._held.pop(_name(manifest.reader, manifest.reports), None)
        if not keep:
            # the manifest first: it must not speak of a file that has gone
            self._file(manifest).with_suffix(".json").unlink(missing_ok=True)
            self._file(manifest).unlink(missing_ok=True)

    def clear(self) -> None:
        """Take every partition out of the folder, and the folder away where nothing else is in it."""
        for file in self.folder.glob("part-*"):
            file.unlink(missing_ok=True)
        self._of.clear()
        self._held.clear()
        if self.folder.is_dir() and not any(self.folder.iterdir()):
            self.folder.rmdir()

    def _load(self, manifest: Manifest) -> dict[str, Reading]:
        try:
            packed = self._file(manifest).read_bytes()
        except OSError:
            packed = b""
        if hashlib.sha256(packed).hexdigest() != manifest.sha256:
            return {}
        return {reading.report: reading for reading in unpack(packed)}

    def _file(self, manifest: Manifest) -> Path:
        return self.folder / f"{_name(manifest.reader, manifest.reports)}.parquet"


def pack(readings: Iterable[Reading]) -> bytes:
    """Readings as one Parquet file."""
    import pyarrow
    from pyarrow import parquet

    some = tuple(readings)
    columns = {
        "report": pyarrow.array([reading.report for reading in some], pyarrow.string()),
        "reader": pyarrow.array([reading.reader for reading in some], pyarrow.string()),
        "failed": pyarrow.array([reading.failed for reading in some], pyarrow.string()),
        **{layer: pyarrow.array([len(reading.layer(layer)) for reading in some], pyarrow.int32()) for layer in LAYERS},
        "reading": pyarrow.array([_encode(reading).decode() for reading in some], pyarrow.string()),
    }
    out = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), out, compression="zstd")
    return out.getvalue()


def unpack(packed: bytes) -> tuple[Reading, ...]:
    """The readings in a Parquet file that `pack` made."""
    from pyarrow import parquet

    table = parquet.read_table(io.BytesIO(packed), columns=["reading"])
    return tuple(_reading.decode(text) for text in table.column("reading").to_pylist())


def _name(reader: str, reports: tuple[str, ...]) -> str:
    return content_id("part", reader, reports)


def _manifest(file: Path) -> Manifest | None:
    """The manifest in a file; None for one of another form, or none at all."""
    try:
        manifest = msgspec.json.decode(file.read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError):
        return None
    return manifest if manifest.form == _FORM and file.stem == _name(manifest.reader, manifest.reports) else None


def _write(file: Path, content: bytes) -> None:
    """Write a file under another name and give it its own when all of it is on the disk."""
    waiting = file.with_name(f"{file.name}.tmp")
    with open(waiting, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    waiting.replace(file)
