"""A large archive of the web, read to the end: speed, what triage lets through, and memory as it goes on.

    python bench/warc.py [--size 1000] [--packed gz]

Writes a WARC of so many megabytes, packed by record as crawls are, of pages
made here: 19 of 20 on other things, drawn from the texts of bench/triage.py, one field a page, the others from the
example dispatches. A process of its own reads it with triage, as `accord read` reads it up to the parse; the resident
memory is printed at ten points on the way.
"""

from __future__ import annotations

import argparse
import gzip
import html
import io
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from triage import EXAMPLES, made, reports

SEED = 20260103
MEGABYTE = 1_000_000
PROGRAM = """
import sys, time
from accord.model.report import Report
from accord.reading.triage import relevant, worth_opening
from accord.reports.gate import Gate
from accord.reports.load import load

def resident():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * 4096 / 1e6

path, pages, size = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
gate = Gate(relevant, worth_opening)
start, kept, skipped, next_point, curve = time.process_time(), 0, 0, 0.0, []
for item in load(path, gate=gate):
    kept += isinstance(item, Report)
    skipped += not isinstance(item, Report)
    if (kept + gate.passed_over) / pages >= next_point:
        curve.append(f"{resident():.0f}")
        next_point += 0.1
taken = time.process_time() - start
print(f"read        {size / taken:8.1f} MB of pages a second of processor time, {taken:.0f} s in all")
print(f"reports     {kept:8} kept, {gate.passed_over} passed over, {skipped} notes")
print(f"memory      {' '.join(curve)} MB along the way")
"""


def page(title: str, text: str, number: int) -> str:
    """A page with menus around its article, as pages have."""
    paragraphs = "".join(f"<p>{html.escape(piece)}</p>" for piece in text.split("\n") if piece.strip())
    menu = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(60))
    style = "<style>" + ".c { margin: 0; padding: 0 }\n" * 200 + "</style>"
    return (
        f"<!doctype html><html lang='en'><head><title>{title} {number}</title>{style}</head><body>"
        f"<nav><ul>{menu}</ul></nav><article>"
        f"<h1>{title} {number}</h1>{paragraphs}</article><footer>All rights reserved</footer></body></html>"
    )


def packed(record: bytes, how: str) -> bytes:
    """One record as crawls pack it: by itself."""
    if how == ".gz":
        return gzip.compress(record, 1, mtime=0)
    from fastwarc.stream_io import ZstdWriter

    out = Kept()
    with ZstdWriter(out) as packer:  # a new one each time: one that is given more than 8 MB loses some of it
        packer.write(record)
    return out.getvalue()


class Kept(io.BytesIO):
    """Bytes that are still there when they have been written."""

    def close(self) -> None:
        pass


def write(path: Path, size: int) -> tuple[int, int]:
    """Write the archive; how many pages it has, and how many bytes unpacked."""
    draw = random.Random(SEED)
    others: dict[str, list[str]] = {}
    for field, text in made(2000):
        others.setdefault(field, []).append(text)
    fields = sorted(others)
    ours = [text for _, text in reports([p for p in sorted(EXAMPLES.iterdir()) if p.is_dir()])]
    pages = written = 0
    with open(path, "wb") as out:
        while written < size:
            pages += 1
            about = pages % 20 == 0
            text = draw.choice(ours) if about else "\n".join(draw.choices(others[draw.choice(fields)], k=4))
            body = page("Dispatch" if about else "News", text, pages).encode()
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{pages}\r\n"
                f"WARC-Date: 2024-01-02T03:04:05Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{pages:012}>\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
            )
            record = head.encode() + http + b"\r\n\r\n"
            written += len(record)
            out.write(packed(record, path.suffix))
    return pages, written


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=1000, help="megabytes of pages, unpacked (default: 1000)")
    parser.add_argument("--packed", choices=("gz", "zst"), default="gz", help="how (default: gz)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / f"bench.warc.{options.packed}"
        pages, written = write(path, options.size * MEGABYTE)
        packed = path.stat().st_size / MEGABYTE
        print(f"archive     {written / MEGABYTE:8.0f} MB unpacked, {packed:.0f} MB packed, {pages} pages")
        command = [sys.executable, "-c", PROGRAM, str(path), str(pages), str(written / MEGABYTE)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
