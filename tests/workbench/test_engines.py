"""Reading spread over workers: on real local clusters of two processes, with deaths, restarts and bad reports."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import msgspec
import pytest
from engine_readers import FatefulReader
from killed_reader import KilledOnce

import accord
from accord.cli.app import run
from accord.errors import ReadingError
from accord.record import Store
from accord.record.partitions import Partitions
from accord.workbench import Engine, Step, Workspace
from accord.workbench.engines import make_engine, spread
from accord.workbench.engines.cluster import Cluster
from simple_reader import SimpleReader

pytestmark = pytest.mark.skipif(find_spec("distributed") is None, reason="the extra scale is not installed")
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A cluster of two workers, as somebody else may run it."""
    with Cluster(workers=2) as running:
        yield running.address


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accord.workbench.engines.batches._REPORTS", 4)


def reports(folder: Path, count: int, **special: str) -> Path:
    """A folder of short reports; `special` ones by their number, as in `r3="Norland: ..."`."""
    folder.mkdir()
    for k in range(count):
        text = special.get(f"r{k}", f"Norland: we take back village {k}.\n\nSudland: we will never leave it.")
        (folder / f"{k:03}.md").write_text(
            f"---\ntitle: Dispatch {k}\npublished: 2021-05-{k % 28 + 1:02}\n---\n{text}\n"
        )
    return folder


def plain(folder: Path, record: Path) -> Workspace:
    """The folder read as always."""
    ws = accord.open(record)
    ws.read(folder, reader=SimpleReader())
    return ws


def rows(ws: Workspace) -> list[bytes]:
    """Every reading of a record, in bytes."""
    with Store.open(ws.file) as store:
        return sorted(msgspec.msgpack.encode(reading) for reading in store.readings())


def test_the_real_reader_gives_the_same_record_though_a_worker_is_killed(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for k, (who, what) in enumerate([("Kenya", "the mediators"), ("Nepal", "the Maoists"), ("Chad", "the rebels")] * 4):
        text = (
            f"{who} rejected a truce with {what} on Friday, its foreign minister said. It demanded {k} prisoners back."
        )
        extra = " The marshes flooded, aid workers told reporters." if k == 6 else ""
        (folder / f"{k:02}.md").write_text(f"---\npublished: 2008-02-{k + 10}\n---\n{text}{extra}\n")
    reader = KilledOnce(tmp_path / "log")
    steps: list[Step] = []
    ws = accord.open(tmp_path / "spread.accord")
    done = ws.read(folder, reader=reader, engine=Engine(workers=2), progress=steps.append)
    assert (done.added, done.failed, len(steps)) == (12, (), 12)
    assert len(reader.noting.processes()) >= 2
    assert len(set(reader.noting.read_ids())) == 12 < len(reader.noting.read_ids())
    whole = accord.open(tmp_path / "plain.accord")
    whole.read(folder)
    assert rows(ws) == rows(whole)
    assert ws.export("json") == whole.export("json")
    assert ws.export("json").count("reject") >= 12  # type: ignore[union-attr]
    assert not (tmp_path / "spread.accord.parts").exists()


def test_a_report_that_kills_workers_is_found_out_and_costs_no_other(tmp_path: Path, address: str) -> None:
    poison = "Norland: this kills its worker."
    folder = reports(tmp_path / "in", 10, r5=poison, r2="Norland: this drives its reader mad.", r7="unreadable")
    ws = accord.open(tmp_path / "x.accord")
    done = ws.read(folder, reader=FatefulReader(tmp_path / "log"), engine=f"dask={address}")
    assert done.added == 7
    reasons = {Path(one.source).stem: one.reason for one in done.failed}
    assert reasons.keys() == {"002", "005", "007"}
    assert reasons["002"] == "ValueError: what is this?"
    assert "ended every worker that was given it, alone" in reasons["005"]
    assert reasons["007"] == "the reader gave up"
    assert {Path(one.source).stem for one in ws.record().skipped} == {"002", "005", "007"}
    for bad in ("002", "005", "007"):
        (folder / f"{bad}.md").unlink()
    good = plain(folder, tmp_path / "y.accord")
    assert set(rows(good)) < set(rows(ws))
    assert [s.content for s in ws.record().statements] == [s.content for s in good.record().statements]


def test_finished_partitions_are_not_read_again(tmp_path: Path, address: str) -> None:
    slow = {f"r{k}": f"Norland: village {k} takes its time." for k in (0, 4)}
    folder, parts = reports(tmp_path / "in", 18, **slow), tmp_path / "parts"
    over = make_engine(f"dask={address}", workers=2, partitions=parts)
    reader = FatefulReader(tmp_path / "log")
    first = accord.open(tmp_path / "first.accord")
    assert first.read(folder, reader=reader, engine=over).added == 18
    assert len(reader.noting.read_ids()) == 18
    assert len(reader.noting.processes()) == 2
    files = sorted(parts.glob("*.parquet"))
    assert len(files) == 5

    files[0].write_bytes(files[0].read_bytes()[:-9])  # cut short
    files[1].with_suffix(".json").unlink()  # killed before its manifest was written
    again = FatefulReader(tmp_path / "again")
    second = accord.open(tmp_path / "second.accord")
    assert second.read(folder, reader=again, engine=over).added == 18
    assert len(again.noting.read_ids()) in (6, 8)  # four each, or two in the last one
    assert second.export("json") == first.export("json") == plain(folder, tmp_path / "plain.accord").export("json")

    other = FatefulReader(tmp_path / "other", "simple-2")
    assert accord.open(tmp_path / "third.accord").read(folder, reader=other, engine=over).added == 18
    assert len(other.noting.read_ids()) == 18


def test_a_run_that_is_broken_off_goes_on_where_it_was(tmp_path: Path, address: str) -> None:
    folder = reports(tmp_path / "in", 16, r1="Norland: this one takes its time.")
    ws, reader = accord.open(tmp_path / "x.accord"), FatefulReader(tmp_path / "log")

    def broken_off(step: Step) -> None:
        if step.added == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ws.read(folder, reader=reader, engine=f"dask={address}", progress=broken_off)
    parts = tmp_path / "x.accord.parts"
    landed = {reading.report for reading in Store.open(ws.file).readings()}
    assert len(landed) == 2
    kept = Partitions(parts, reader.fingerprint)
    finished = {report.id for report in plain(folder, tmp_path / "y.accord").record().reports if kept.get(report.id)}
    assert len(finished) >= 4
    again = FatefulReader(tmp_path / "again")
    done = ws.read(folder, reader=again, engine=f"dask={address}")
    assert (done.added, done.known) == (14, 2)
    assert len(again.noting.read_ids()) == 16 - len(landed | finished)
    assert ws.export("json") == accord.open(tmp_path / "y.accord").export("json")
    assert not parts.exists()


DRIVER = """
import sys
sys.path[:0] = {path!r}
import accord
from accord.workbench.engines import batches
from engine_readers import FatefulReader
if __name__ == "__main__":
    batches._REPORTS = 4
    folder, record, log = sys.argv[1:]
    ws = accord.open(record)
    ws.read(folder, reader=FatefulReader(log), engine="dask", progress=lambda step: print(step.added, flush=True))
"""


def test_a_run_that_is_killed_leaves_whole_partitions(tmp_path: Path, address: str) -> None:
    slow = {f"r{k}": f"Norland: village {k} takes its time." for k in range(4, 40)}
    folder, record = reports(tmp_path / "in", 24, **slow), tmp_path / "x.accord"
    (tmp_path / "driver.py").write_text(DRIVER.format(path=[str(HERE), str(HERE.parent)]))
    command = [sys.executable, str(tmp_path / "driver.py"), str(folder), str(record), str(tmp_path / "log")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as driver:
        assert driver.stdout is not None
        driver.stdout.readline()
        driver.kill()
    landed = {reading.report for reading in Store.open(record).readings()}
    assert 0 < len(landed) < 24
    again = FatefulReader(tmp_path / "again")
    ws = accord.open(record)
    done = ws.read(folder, reader=again, engine=f"dask={address}")
    assert done.added == 24 - len(landed)
    assert not set(again.noting.read_ids()) & landed
    assert ws.export("json") == plain(folder, tmp_path / "y.accord").export("json")


def test_the_command_line(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("accord.workbench._reader", lambda _: SimpleReader())
    reports(tmp_path / "in", 6)
    monkeypatch.chdir(tmp_path)
    assert run(["read", "in", "-o", "x.accord", "--engine", f"dask={address}", "--partitions", "parts"]) == 0
    assert "6 reports read into x.accord" in capsys.readouterr().out
    assert len(list((tmp_path / "parts").glob("*.parquet"))) == 2
    assert run(["read", ".", "-o", "x.accord", "--workers", "2"]) == 2
    assert "name it as well: --engine dask" in capsys.readouterr().err
    assert run(["read", ".", "-o", "x.accord", "--engine", "abacus"]) == 2
    assert "no engine 'abacus'; there is dask" in capsys.readouterr().err


class Unsendable(SimpleReader):
    def __init__(self) -> None:
        super().__init__()
        self.lines = (line for line in "abc")


def test_what_cannot_be_is_refused_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ws, reader = accord.open(tmp_path / "x.accord"), SimpleReader()
    folder = reports(tmp_path / "in", 1)
    monkeypatch.setattr("accord.workbench.engines.cluster._PATIENCE", 1)
    with pytest.raises(ReadingError, match=r"must answer at tcp://127\.0\.0\.1:9.*dask scheduler"):
        ws.read(folder, reader=reader, engine="dask=tcp://127.0.0.1:9")
    with pytest.raises(ReadingError, match="an address must follow dask="):
        ws.read(folder, reader=reader, engine="dask=")
    with pytest.raises(ReadingError, match="1 worker or more; got 0"):
        make_engine("dask", workers=0)
    with pytest.raises(ReadingError, match="Unsendable cannot"):
        ws.read(folder, reader=Unsendable(), engine="dask")
    monkeypatch.setenv("ACCORD_LLM_MODEL", "some")
    monkeypatch.setenv("ACCORD_LLM_URL", "http://127.0.0.1:9/v1")
    with pytest.raises(ReadingError, match="Leave the engine out"):
        ws.read(folder, reader="llm", engine="dask")
    monkeypatch.setattr("accord.workbench.engines.find_spec", lambda name: None)
    with pytest.raises(ReadingError, match=r"pip install 'accord\[scale\]'"):
        ws.read(folder, reader=reader, engine="dask")
    assert not ws.file.exists()


def test_another_accord_in_a_worker_is_told(tmp_path: Path, address: str) -> None:
    reader = FatefulReader(tmp_path / "log")
    over = spread(reader, make_engine(f"dask={address}"), tmp_path / "x.accord")
    reader.fingerprint = "simple-3"  # after it was made ready to be sent
    with pytest.raises(ReadingError, match="same Accord and model as you; one of them reads as simple-1"):
        accord.open(tmp_path / "x.accord").read(reports(tmp_path / "in", 1), reader=over)


def test_partitions_in_a_folder_are_not_reports(tmp_path: Path, address: str) -> None:
    reports(tmp_path / "in", 2)
    parts = tmp_path / "in" / "x.accord.parts"
    parts.mkdir()
    (parts / "part-0.parquet").write_bytes(b"x")
    done = accord.open(tmp_path / "in" / "x.accord").read(tmp_path / "in", reader=SimpleReader())
    assert (done.added, done.skipped) == (2, ())
