"""Compressed files and archives: what is in them is read, and nothing in them can do harm."""

from __future__ import annotations

import bz2
import io
import lzma
import random
import struct
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import made_files as made
import pytest
from conftest import Put
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.model.report import Report, Skipped
from accord.reports import bounds, members, zips
from accord.reports.incoming import Incoming
from accord.reports.load import load

Read = Callable[..., list[Report | Skipped]]
HELD = {"a.txt": made.TEXT.encode(), "in/2014-05-09.md": made.OTHER.encode()}


def incoming(raw: bytes, name: str) -> Incoming:
    return Incoming(name, name, lambda: io.BufferedReader(io.BytesIO(raw)))


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.zip", made.zipped(HELD)),
        ("a.tar", made.tarred(HELD)),
        ("a.tar.gz", made.tarred(HELD, "w:gz")),
        ("a.tgz", made.tarred(HELD, "w:gz")),
        ("a.tar.bz2", made.tarred(HELD, "w:bz2")),
        ("a.TAR.XZ", made.tarred(HELD, "w:xz")),
        ("a.zip.gz", made.gz(made.zipped(HELD))),
    ],
)
def test_the_files_of_an_archive(name: str, raw: bytes, put: Put, read: Read) -> None:
    path = put(name, raw)
    first, second = read(path)
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.text, second.text) == (made.TEXT, made.OTHER)
    assert first.source == f"{path.as_posix()}/a.txt"
    assert second.published_from == "file name"


@pytest.mark.parametrize(
    ("suffix", "pack"), [(".gz", made.gz), (".bz2", bz2.compress), (".xz", lzma.compress)], ids=[".gz", ".bz2", ".xz"]
)
def test_compressed_files(suffix: str, pack: Callable[[bytes], bytes], put: Put, read: Read) -> None:
    (found,) = read(put(f"a.txt{suffix}", pack(made.TEXT.encode())))
    assert isinstance(found, Report)
    assert found.text == made.TEXT
    (cut,) = read(put(f"b.txt{suffix}", pack(made.TEXT.encode())[:-9]))
    assert isinstance(cut, Skipped)
    assert "cut short" in cut.reason


def test_archives_in_archives_to_a_depth(put: Put, read: Read) -> None:
    raw = made.zipped(HELD)
    for _ in range(2):
        raw = made.tarred({"in.zip": raw, "x.txt": made.TEXT.encode()})
        raw = made.zipped({"in.tar": raw})
    found = read(put("a.zip", raw))
    assert [one.source.rpartition("a.zip")[2] for one in found if isinstance(one, Report)] == [
        "/in.tar/in.zip/in.tar/x.txt",
        "/in.tar/x.txt",
    ]
    (deep,) = [one for one in found if isinstance(one, Skipped)]
    assert "3 deep" in deep.reason


@pytest.mark.parametrize("name", ["../up.txt", "/etc/up.txt", "in/../../up.txt", "C:\\up.txt", "..\\up.txt"])
@pytest.mark.parametrize("pack", [made.zipped, made.tarred], ids=["zip", "tar"])
def test_names_that_lead_out_of_the_archive(
    name: str, pack: Callable[[dict[str, bytes]], bytes], put: Put, read: Read, tmp_path: Path
) -> None:
    found = read(put("a.zip" if pack is made.zipped else "a.tar", pack({name: made.TEXT.encode(), **HELD})))
    assert isinstance(found[0], Skipped)
    assert "leads out of it" in found[0].reason
    assert len(found) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip" if pack is made.zipped else "a.tar"]


def test_links_and_devices_in_archives(put: Put, read: Read) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind, name in ((tarfile.SYMTYPE, "s.txt"), (tarfile.LNKTYPE, "h.txt"), (tarfile.FIFOTYPE, "f.txt")):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    found = read(put("a.tar", out.getvalue()))
    assert [type(one) for one in found] == [Skipped] * 3
    assert "'/etc/passwd'" in found[0].reason  # type: ignore[union-attr]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        link = zipfile.ZipInfo("s.txt")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
    (one,) = read(put("a.zip", out.getvalue()))
    assert isinstance(one, Skipped)
    assert "a link" in one.reason


def test_hidden_members_are_passed_over(put: Put, read: Read) -> None:
    extra = {".hidden": b"x", "__MACOSX/a.txt": b"x", "./a.txt": made.TEXT.encode()}
    assert len(read(put("a.zip", made.zipped(extra)))) == 1
    assert len(read(put("a.tar", made.tarred(extra)))) == 1


def test_a_member_with_a_password(put: Put, read: Read) -> None:
    raw = bytearray(made.zipped({"a.txt": made.TEXT.encode()}))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    (found,) = read(put("a.zip", bytes(raw)))
    assert isinstance(found, Skipped)
    assert "password" in found.reason


def test_more_comes_out_than_may(put: Put, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "FREE", 1_000_000)
    bomb = (b'{"text": "' + b"a" * 4_000 + b'"}\n') * 3_000
    for name, raw in (
        ("a.jsonl.gz", made.gz(bomb)),
        ("a.zip", made.zipped({"a.jsonl": bomb})),
        ("a.tar.xz", made.tarred({"a.jsonl": bomb}, "w:xz")),
        ("b.zip", made.zipped({"b.jsonl.gz": made.gz(bomb)})),
    ):
        found = read(put(name, raw))
        assert any(isinstance(one, Skipped) and "times its size" in one.reason for one in found), name


def test_members_that_share_their_bytes_count_each(put: Put, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """A directory may list one member a thousand times: small in the file, large when read."""
    monkeypatch.setattr(bounds, "FREE", 100_000)
    monkeypatch.setattr(bounds, "MOST_RATIO", 2)
    raw = made.zipped({"a.txt": made.TEXT.encode() * 40})
    start, end = raw.index(b"PK\x01\x02"), raw.rindex(b"PK\x05\x06")
    entry, tail = raw[start:end], bytearray(raw[end:])
    tail[8:16] = struct.pack("<HHI", 500, 500, 500 * len(entry))
    found = read(put("a.zip", raw[:start] + entry * 500 + bytes(tail)))
    assert any(isinstance(one, Skipped) and "times its size" in one.reason for one in found)


def test_a_directory_too_large_to_hold(put: Put, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "_MOST_DIRECTORY", 50)
    (found,) = read(put("a.zip", made.zipped(HELD)))
    assert isinstance(found, Skipped)
    assert "directory must not be larger" in found.reason


def test_more_members_than_may(put: Put, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accord.reports.tar.MOST_MEMBERS", 1)
    found = read(put("a.tar", made.tarred(HELD)))
    assert isinstance(found[-1], Skipped)
    assert "more than 1 members" in found[-1].reason
    assert members.MOST_MEMBERS > 1


def test_headers_that_never_end(put: Put, read: Read) -> None:
    """A tar's extended header may claim any size, and the library would hold all of it."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("a.txt")
        info.pax_headers = {"comment": "x" * 6_000_000}
        archive.addfile(info, io.BytesIO())
    (found,) = read(put("a.tar.gz", out.getvalue()))
    assert isinstance(found, Skipped)
    assert "headers" in found.reason


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.zst", "a.gz"])
def test_what_is_no_archive(name: str, put: Put, read: Read) -> None:
    found = read(put(name, made.TEXT * 30))
    assert found
    assert all(isinstance(one, Skipped) for one in found)


@settings(max_examples=60, deadline=None)
@given(
    data=st.data(), name=st.sampled_from(["a.zip", "a.tar", "a.tar.gz", "a.txt.gz", "a.txt.xz", "a.txt.bz2", "a.zst"])
)
def test_no_bytes_raise_anything(data: st.DataObject, name: str) -> None:
    whole = {
        "a.zip": made.zipped(HELD),
        "a.tar": made.tarred(HELD),
        "a.tar.gz": made.tarred(HELD, "w:gz"),
        "a.txt.gz": made.gz(made.TEXT.encode()),
    }.get(name, b"BZh9")
    start, end = sorted(data.draw(st.tuples(*2 * [st.integers(0, len(whole))])))
    raw = whole[:start] + data.draw(st.binary(max_size=40)) + whole[end:]
    for item in load([incoming(raw, name)]):
        assert isinstance(item, Report) or item.reason


def test_a_stream_in_which_one_cannot_go_back(read: Read) -> None:
    class Forth(io.RawIOBase):
        def __init__(self, raw: bytes) -> None:
            self._raw = io.BytesIO(raw)

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            return self._raw.readinto(buffer)

    for name, raw in (("a.zip", made.zipped(HELD)), ("a.tar.gz", made.tarred(HELD, "w:gz"))):
        found = list(load([Incoming(name, name, lambda raw=raw: io.BufferedReader(Forth(raw)))]))  # type: ignore[misc]
        assert [type(one) for one in found] == [Report, Report]


def test_patterns(put: Put, read: Read, tmp_path: Path) -> None:
    for name in ("in/a.txt", "in/b.txt", "in/deep/c.txt", "in/d.md"):
        put(name, made.TEXT)
    names = [one.source.rpartition("/")[2] for one in read(tmp_path / "in" / "*.txt")]
    assert names == ["a.txt", "b.txt"]
    assert [one.source.rpartition("/")[2] for one in read(f"{tmp_path}/in/**/*.txt")] == ["a.txt", "b.txt", "c.txt"]
    (none,) = read(tmp_path / "*.pdf")
    assert isinstance(none, Skipped)
    assert "fits none" in none.reason
    put("in/[x].txt", made.OTHER)
    assert len(read(tmp_path / "in" / "[x].txt")) == 1


def test_addresses_where_they_are_asked_for(put: Put) -> None:
    fsspec = pytest.importorskip("fsspec")
    store = fsspec.filesystem("memory")
    for name, content in (("/desk/a.txt", made.TEXT), ("/desk/b.txt", made.OTHER)):
        with store.open(name, "wb") as out:
            out.write(content.encode())
    with store.open("/desk/rows.tar.gz", "wb") as out:
        out.write(made.tarred(HELD, "w:gz"))
    found = list(load(["memory://desk/*.txt", "memory://desk/rows.tar.gz", "memory://desk/none.txt"], remote=True))
    assert [type(one) for one in found] == [Report, Report, Report, Report, Skipped]
    assert found[0].source == "memory://desk/a.txt"
    (unasked,) = load("memory://desk/a.txt")
    assert isinstance(unasked, Skipped)
    assert "--remote" in unasked.reason
    (unknown,) = load("nosuch://desk/a.txt", remote=True)
    assert isinstance(unknown, Skipped)


PROGRAM = """
import resource, sys
from accord.reports.gate import Gate
from accord.reports.load import load
gate = Gate(lambda text: "truce" in text, lambda raw: b"truce" in raw)
list(load(sys.argv[1:2], gate=gate))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
count = sum(1 for _ in load(sys.argv[2:3], gate=gate))
print(count, gate.passed_over, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in kilobytes on Linux")
def test_a_large_web_archive_takes_no_memory(tmp_path: Path) -> None:
    """100 MB of pages, one in a thousand about a truce, read in a process of its own after a small one."""
    draw = random.Random(7)
    words = made.SPORT.split()
    with open(tmp_path / "large.warc", "wb") as out:
        number = 0
        while out.tell() < 100_000_000:
            number += 1
            text = " ".join(draw.choices(words, k=1_500)) + "."
            if number % 1_000 == 0:
                text = f"{made.TEXT} {text}"
            out.write(made.response(f"https://news.example/{number}", made.page(text, "Results")))
    (tmp_path / "small.warc").write_bytes(made.response("https://news.example/0", made.page(made.TEXT)))
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "small.warc"), str(tmp_path / "large.warc")]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    count, passed_over, grown = map(int, answer.stdout.split())
    assert count == number // 1_000
    assert passed_over == number - count
    assert grown * 1024 < 40_000_000
