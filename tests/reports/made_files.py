"""Files of every format, made from texts of our own: what the tests read, and hostile ones."""

from __future__ import annotations

import gzip
import html
import io
import tarfile
import zipfile
from collections.abc import Iterable

TEXT = (
    "The government and the river coalition agreed on Thursday to extend their truce by ninety days, mediators said. "
    "Both delegations will meet again in Lomé next month to negotiate the withdrawal of troops from the delta."
)
OTHER = "Rebels in the north rejected the offer. Their spokesman said no talks would begin before prisoners are freed."
FRENCH = (
    "Le gouvernement et la coalition du fleuve ont décidé jeudi de prolonger leur trêve de quatre-vingt-dix jours, "
    "selon les médiateurs. Les deux délégations se retrouveront à Lomé le mois prochain."
)
SPORT = (
    "The home side scored twice before the interval and held on in heavy rain. The coach praised his young goalkeeper, "
    "who saved a penalty in the last minute, and said the club would look for a striker before the season ends."
)


def page(text: str, title: str = "Truce extended", day: str = "2014-05-06") -> str:
    """A web page with one article."""
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title><meta property="article:published_time" '
        f'content="{day}T08:00:00Z"></head><body><nav><a href="/">Home</a></nav><article><h1>{title}</h1>'
        f"<p>{text}</p><p>Observers from four countries have watched the line since March, an official added.</p>"
        "</article></body></html>"
    )


def rss(items: Iterable[tuple[str, str, str]], title: str = "Delta Wire") -> str:
    """An RSS feed of (title, HTML description, date)."""
    said = "".join(
        f"<item><title>{head}</title><link>https://news.example/{number}</link><pubDate>{date}</pubDate>"
        f"<description><![CDATA[{body}]]></description></item>"
        for number, (head, body, date) in enumerate(items, start=1)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{said}</channel></rss>'


def atom(text: str) -> str:
    """An Atom feed with one entry whose content is fuller than its summary."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Delta Wire</title>'
        '<entry><title>Truce</title><link href="https://news.example/a"/><updated>2014-05-07T01:30:00+02:00</updated>'
        f'<summary>Short.</summary><content type="html">&lt;p&gt;{text}&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;'
        "</content></entry></feed>"
    )


def warc_record(kind: str, address: str, body: bytes, content_type: str = "text/plain") -> bytes:
    """One record of a WARC, as the standard has it."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-01-02T03:04:05Z\r\n"
        f"WARC-Record-ID: <urn:uuid:0b0b0b0b-0000-4000-8000-{abs(hash(address)) % 10**12:012}>\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def response(address: str, html: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    """A record of a page as it was fetched."""
    body = html.encode()
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    return warc_record("response", address, http, "application/http; msgtype=response")


def pdf(pages: Iterable[Iterable[str]], title: str = "Communique") -> bytes:
    """A PDF with these lines on its pages."""
    objects: list[bytes] = [b"", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = " T* ".join("(" + "".join(f"\\{c}" if c in "()\\" else c for c in line) + ") Tj" for line in lines)
        content = f"BT /F1 10 Tf 12 TL 50 780 Td {shown} ET".encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        page = f"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R >>"
        objects.append(page.encode())
        kids.append(f"{len(objects)} 0 R")
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} /MediaBox [0 0 595 842] >>".encode()
    objects.append(f"<< /Title ({title}) >>".encode())
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start, size = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    out += b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, size - 1, start)
    return bytes(out)


def docx(paragraphs: Iterable[str], title: str = "Communiqué") -> bytes:
    """A Word document of these paragraphs, each in two runs."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    said = "".join(
        "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in (p[: len(p) // 2], p[len(p) // 2 :])) + "</w:p>"
        for p in paragraphs
    )
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>'
    )
    parts = {
        "word/document.xml": f"<w:document {space}><w:body>{said}</w:body></w:document>",
        "docProps/core.xml": core,
    }
    return zipped({name: part.encode() for name, part in parts.items()})


def eml(text: str, subject: str = "Truce extended", date: str = "Tue, 6 May 2014 23:30:00 -0400") -> bytes:
    """A mail with a plain and an HTML form of its text, and something attached."""
    return (
        f"From: Delta Desk <desk@news.example>\r\nTo: a@b.example\r\nSubject: {subject}\r\nDate: {date}\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="o"\r\n\r\n--o\r\n'
        'Content-Type: multipart/alternative; boundary="i"\r\n\r\n'
        f"--i\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
        f"--i\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>{text}</p>\r\n--i--\r\n"
        '--o\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename="x.txt"\r\n\r\n'
        "attached\r\n--o--\r\n"
    ).encode()


def gkg(articles: Iterable[tuple[str, str]]) -> str:
    """Rows of GDELT's knowledge graph of (headline, address)."""
    rows = []
    for number, (title, address) in enumerate(articles):
        cells = [""] * 27
        cells[:5] = [f"20140506081500-{number}", "20140506081500", "1", "news.example", address]
        cells[26] = f"<PAGE_AUTHORS>A B</PAGE_AUTHORS><PAGE_TITLE>{html.escape(title)}</PAGE_TITLE>" if title else ""
        rows.append("\t".join(cells) + "\n")
    return "".join(rows)


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    """A tar archive; `mode` is "w", "w:gz" and so on."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def gz(content: bytes) -> bytes:
    """Compressed, with no time in it."""
    return gzip.compress(content, mtime=0)
