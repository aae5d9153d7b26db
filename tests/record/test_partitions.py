"""Readings as Parquet files: all of each comes back, and what is not whole is as if not there."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from accord.errors import RecordError
from accord.model.reading import Reading
from accord.record.partitions import Partitions, pack, unpack
from processes import make_world

pytest.importorskip("pyarrow")
WORLD = make_world(12, 5)
READINGS = tuple(WORLD.readings)
READER = READINGS[0].reader
IDS = [reading.report for reading in READINGS]


def test_readings_come_back_whole() -> None:
    failed = Reading(report="re-1", reader=READER, failed="“it” was\nodd")
    assert unpack(pack([*READINGS, failed])) == (*READINGS, failed)
    assert pack(READINGS) == pack(READINGS)
    assert unpack(pack(())) == ()


def test_other_tools_can_look_into_a_partition(tmp_path: Path) -> None:
    import pandas as pd

    (tmp_path / "x.parquet").write_bytes(pack(READINGS))
    frame = pd.read_parquet(tmp_path / "x.parquet")
    assert list(frame.report) == IDS
    assert frame.statements.sum() == sum(len(reading.statements) for reading in READINGS) > 0
    assert msgspec.json.decode(frame.reading[0])["report"] == IDS[0]


def test_what_is_put_is_there_for_the_next_run(tmp_path: Path) -> None:
    parts = Partitions(tmp_path / "parts", READER)
    assert not (tmp_path / "parts").exists()
    parts.put(IDS[:5], pack(READINGS[:5]))
    parts.put(IDS[5:], pack(READINGS[5:]))
    assert parts.taken(IDS[7]) == READINGS[7]
    later = Partitions(tmp_path / "parts", READER)
    assert [later.get(i) for i in IDS] == list(READINGS)
    assert Partitions(tmp_path / "parts", "another").get(IDS[0]) is None
    assert not list((tmp_path / "parts").glob("*.tmp"))


@pytest.mark.parametrize("harm", ["cut", "changed", "gone", "no manifest", "odd manifest", "named for another"])
def test_what_is_harmed_is_not_there_and_can_be_put_again(tmp_path: Path, harm: str) -> None:
    Partitions(tmp_path, READER).put(IDS, pack(READINGS))
    (file,) = tmp_path.glob("*.parquet")
    manifest = file.with_suffix(".json")
    raw = file.read_bytes()
    if harm == "cut":
        file.write_bytes(raw[:-1])
    elif harm == "changed":
        file.write_bytes(raw[:99] + bytes([raw[99] ^ 1]) + raw[100:])
    elif harm == "gone":
        file.unlink()
    elif harm == "no manifest":
        manifest.unlink()
    elif harm == "odd manifest":
        manifest.write_text('{"form": "one"}')
    else:
        manifest.rename(tmp_path / "part-000000000000.json")
    parts = Partitions(tmp_path, READER)
    assert parts.get(IDS[0]) is None
    parts.put(IDS, raw)
    assert [parts.get(i) for i in IDS] == list(READINGS)


def test_what_has_landed_goes(tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    parts = Partitions(folder, READER)
    parts.put(IDS[:5], pack(READINGS[:5]))
    parts.put(IDS[5:], pack(READINGS[5:]))
    parts.landed(IDS[:5], keep=True)
    assert len(list(folder.glob("*"))) == 4
    parts.landed(IDS[5:], keep=False)
    assert len(list(folder.glob("*"))) == 2
    with pytest.raises(RecordError, match="must stay as it was written"):
        parts.taken(IDS[6])
    (folder / "notes.txt").write_text("mine")
    parts.clear()
    assert [file.name for file in folder.iterdir()] == ["notes.txt"]
    (folder / "notes.txt").unlink()
    parts.clear()
    assert not folder.exists()


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "parts").write_text("a file")
    with pytest.raises(RecordError, match="partitions of readings must be written there"):
        Partitions(tmp_path / "parts", READER).put(IDS, pack(READINGS))
