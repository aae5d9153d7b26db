"""Reads a folder into a record and prints digests of all that comes of it. FOLDER RECORD"""

import sys
from hashlib import sha256

import accord
from accord.publishing.export import pretty
from simple_reader import SimpleReader


def main(folder: str, path: str) -> None:
    with accord.open(path) as ws:
        ws.read(folder, reader=SimpleReader(), triage=False)
        ws.accept(ws.record().statements[0].id, author="Işıl", at="2025-03-30T01:30:00+01:00")
        record = ws.record()
        print(
            sorted((report.title, str(report.published)) for report in record.reports)
            .__repr__()
            .encode("ascii", "replace")
        )
        for text in (pretty(record.positions), ws.export("json") or "", ws.brief("md"), ws.export_edits() or ""):
            print(sha256(text.replace(folder, "IN").encode()).hexdigest())


if __name__ == "__main__":
    main(*sys.argv[1:])
