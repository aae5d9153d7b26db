"""Reports of every format, as files that were cut, flipped, spliced and packed."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json
import lzma
from bz2 import compress as bz2
from collections.abc import Iterable
from functools import cache
from random import Random

import made_files as made
import msgspec

from accord.errors import ReportError
from accord.model.report import Report, Skipped
from accord.reports.incoming import Incoming
from accord.reports.load import load
from fuzzing.mutate import NASTY_TEXT, spoilt_bytes, spoilt_text, spoilt_tree, word, written
from fuzzing.target import Bug, Target

TODAY = dt.date(2025, 9, 1)
MOST = 450_000  # reports of one file: none has so many lines
TEXT, OTHER, FRENCH, SPORT = made.TEXT, made.OTHER, made.FRENCH, made.SPORT
FRONT = (
    "---\ntitle: Truce extended\noutlet: Delta Wire\npublished: 2014-05-06\nurl: https://news.example/1\n---\n"
    f"# Truce\n\n{TEXT}\n\n> {OTHER}\n\n- one\n- two [link](https://news.example)\n"
)
ROWS = [
    {
        "text": TEXT,
        "title": "Truce",
        "outlet": {"name": "Delta Wire"},
        "published": "2014-05-06",
        "url": "https://a.b/c",
    },
    {"text": OTHER, "title": "No", "outlet": "River Radio", "published": 1399334400, "url": None},
    {"text": FRENCH, "date": "6 mai 2014", "story": SPORT, "when": "2014-05-06T08:00:00Z"},
]
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-32",
    "cp1252",
    "cp1251",
    "koi8-u",
    "iso2022_jp",
    "gb18030",
)


def prove(found: Iterable[Report | Skipped]) -> None:
    """Hold what came out of a file against what a report is. Raises Bug."""
    for count, one in enumerate(found):
        if count > MOST:
            raise Bug(f"more than {MOST} reports came out of one small file")
        if isinstance(one, Skipped):
            if not one.reason or len(one.reason) > 1_000:
                raise Bug(f"a reason must be a sentence; got {one.reason[:80]!r}")
            msgspec.json.encode(one)
            continue
        again = Report.make(
            one.text, one.source, title=one.title, outlet=one.outlet, published=one.published, url=one.url
        )
        if again.id != one.id or not one.text.strip():
            raise Bug("a report's id must be its content's, and its text must hold words")
        if msgspec.msgpack.decode(msgspec.msgpack.encode(one), type=Report) != one:
            raise Bug("a report must come back as it was kept")
        if one.published and not dt.date(1900, 1, 1) <= one.published <= TODAY + dt.timedelta(days=1):
            raise Bug(f"a report must be of a possible day; got {one.published}")


def read(name: str, raw: bytes, columns: dict[str, str] | None = None) -> None:
    """Load one file of this name and prove what comes."""
    file = Incoming(name, name, lambda: io.BufferedReader(io.BytesIO(raw)))
    prove(load([file], today=TODAY, columns=columns))


def jsonl(rows: Iterable[object]) -> bytes:
    return "\n".join(json.dumps(row) for row in rows).encode()


def table(rows: list[dict[str, object]], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(
        out, ["text", "title", "outlet", "published", "url", "date", "story", "when"], delimiter=delimiter
    )
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


@cache
def parquet() -> bytes:
    import pyarrow as pa
    from pyarrow import parquet as pq

    out = io.BytesIO()
    columns = {
        "text": [TEXT, OTHER, None],
        "title": ["a", "b", "c"],
        "published": [TODAY, None, TODAY],
        "n": [1.5, 2, None],
    }
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


@cache
def corpus() -> dict[str, tuple[str, tuple[bytes, ...]]]:
    """For each kind of file the name that it goes by and some good ones."""
    page = made.page(TEXT).encode()
    feed = made.rss([("Truce", f"<p>{TEXT}</p>", "Tue, 06 May 2014 08:00:00 GMT"), ("No", OTHER, "yesterday")]).encode()
    warc = made.response("https://news.example/1", made.page(TEXT)) + made.warc_record(
        "conversion", "https://b.example", OTHER.encode()
    )
    mail = made.eml(TEXT)
    members = {"a.txt": TEXT.encode(), "b/c.md": FRONT.encode(), "d.html": page, "e.jsonl": jsonl(ROWS)}
    packed = made.zipped({**members, "in.zip": made.zipped(members), "f.txt.gz": made.gz(OTHER.encode())})
    return {
        "text": (
            "a.txt",
            (TEXT.encode(), f"2014-05-06\n\n{OTHER}\n{FRENCH}".encode(), f"May 6, 2014\n{SPORT}".encode()),
        ),
        "encodings": ("a.txt", tuple(f"{FRENCH} “{OTHER}”".encode(code, "replace") for code in ENCODINGS)),
        "front-matter": ("a.md", (FRONT.encode(), FRONT.replace("2014-05-06", "[6, May]").encode(), TEXT.encode())),
        "html": ("a.html", (page, made.page(OTHER, day="6 May 2014").replace("<p>", '<p lang="fr">').encode())),
        "no-name": ("", (page, FRONT.encode(), feed, TEXT.encode(), made.pdf([[TEXT]]))),
        "jsonl": ("a.jsonl", (jsonl(ROWS), jsonl(ROWS[:1]) + b"\n\n", jsonl([1, [], None]))),
        "json": (
            "a.json",
            (json.dumps(ROWS).encode(), json.dumps({"articles": ROWS}).encode(), json.dumps(ROWS[0]).encode()),
        ),
        "csv": ("a.csv", (table(ROWS), table(ROWS, ";"), table(ROWS, "\t"))),
        "feed": ("a.xml", (feed, made.atom(TEXT).encode())),
        "gdelt-headlines": (
            "20240102030405.gkg.csv",
            (made.gkg([("Truce held", "https://a.b/c"), (OTHER, "x")]).encode(),),
        ),
        "gdelt-articles": (
            "20240102030405.gal.json",
            (jsonl([{"title": "Truce", "desc": TEXT, "url": "https://a.b/c"}]),),
        ),
        "parquet": ("a.parquet", (parquet(),)),
        "pdf": ("a.pdf", (made.pdf([[TEXT[:90], TEXT[90:]], [OTHER]]), made.pdf([["D:20140506"]]))),
        "docx": ("a.docx", (made.docx([TEXT, OTHER]),)),
        "eml": ("a.eml", (mail, mail.replace(b"utf-8", b"koi8-r"))),
        "mbox": (
            "a.mbox",
            (b"From a@b Tue May  6 08:00:00 2014\n" + mail.replace(b"\r\n", b"\n") + b"\nFrom b@c x\n" + mail,),
        ),
        "warc": ("a.warc", (warc, made.gz(warc))),
        "zip": ("a.zip", (packed, made.zipped(members))),
        "tar": ("a.tar.gz", (made.tarred(members, "w:gz"), made.gz(made.tarred(members)))),
        "tar-plain": ("a.tar", (made.tarred(members), made.tarred({"x": packed}))),
        "packed": ("a.txt.gz", (made.gz(TEXT.encode()), gzip.compress(made.gz(b"x" * 9000)))),
        "packed-others": ("a.txt.xz", (lzma.compress(TEXT.encode()), bz2(TEXT.encode()))),
    }


def of_bytes(kind: str) -> Target:
    """A target that reads spoilt files of one kind."""

    def case(random: Random) -> None:
        name, good = corpus()[kind]
        read(name, spoilt_bytes(random, random.choice(good), good))

    return Target(kind, case)


def inner(kind: str) -> Target:
    """A target that spoils what is inside a packed file, and packs it soundly."""

    def case(random: Random) -> None:
        if kind == "docx-parts":
            text = written(spoilt_text(random, TEXT, NASTY_TEXT)).replace("\x00", "")
            part = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{text}</w:document>'
            good = made.docx([text, OTHER], title=written(word(random)))
            parts = {
                "word/document.xml": spoilt_bytes(random, part.encode(), (good,)),
                "docProps/core.xml": b"<x/>",
            }
            read("a.docx", good if random.random() < 0.5 else made.zipped(parts))
            return
        kinds = ("text", "front-matter", "html", "jsonl", "csv", "feed", "eml", "warc")
        members = {}
        for number in range(random.randrange(1, 4)):
            name, good = corpus()[random.choice(kinds)]
            odd = written(word(random)).replace("\x00", "") if random.random() < 0.3 else ""
            members[f"{odd[:200]}{number}{name}"] = spoilt_bytes(random, random.choice(good), good)
        read("a.zip", made.zipped(members)) if random.random() < 0.5 else read("a.tar", made.tarred(members))

    return Target(kind, case)


def column_map(random: Random) -> None:
    """Rows with spoilt keys and values, under spoilt column maps; the map may be refused."""
    rows = spoilt_tree(random, ROWS)
    fields = ("text", "title", "outlet", "url", "published", word(random))
    names = ("story", "when", "text", "title", "date", word(random))
    columns = {random.choice(fields): random.choice(names) for _ in range(random.randrange(1, 4))}
    rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    kind = random.randrange(3)
    try:
        if kind == 0:
            read("a.jsonl", jsonl(rows), columns)
        elif kind == 1:
            read("a.json", json.dumps(rows).encode(), columns)
        else:
            read("a.csv", spoilt_bytes(random, table(ROWS), (b",", b'"')), columns)
    except ReportError:
        pass


def paths(random: Random) -> None:
    """Names and addresses that lead nowhere."""
    named = (
        word(random).replace("/", "")
        if random.random() < 0.7
        else f"{random.choice(('s3', 'file', 'http', 'x'))}://{word(random)}"
    )
    prove(load([f"{named}.nowhere"], today=TODAY))


TARGETS = (
    *(of_bytes(kind) for kind in corpus()),
    inner("docx-parts"),
    inner("members"),
    Target("columns", column_map),
    Target("paths", paths),
)
