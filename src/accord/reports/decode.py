"""From bytes to characters: which encoding, and whether it is text at all."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

import msgspec

from accord.reports.incoming import Refused

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

_KINDS: tuple[tuple[bytes, str], ...] = (
    (rb"%PDF-", "a PDF document"),
    (rb"PK\x03\x04", "a ZIP archive, or a Word, Excel, OpenDocument or EPUB file"),
    (rb"PK\x05\x06", "an empty ZIP archive"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or PowerPoint file"),
    (rb"\{\\rtf", "a Rich Text document"),
    (rb"\x1f\x8b", "gzip-compressed data"),
    (rb"BZh[1-9]1AY&SY", "bzip2-compressed data"),
    (rb"\xfd7zXZ\x00", "xz-compressed data"),
    (rb"\x28\xb5\x2f\xfd", "Zstandard-compressed data"),
    (rb"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (rb"Rar!\x1a\x07", "a RAR archive"),
    (rb"\x89PNG\r\n\x1a\n", "a PNG image"),
    (rb"\xff\xd8\xff", "a JPEG image"),
    (rb"GIF8[79]a", "a GIF image"),
    (rb"RIFF....WEBP", "a WebP image"),
    (rb"II\*\x00|MM\x00\*", "a TIFF image"),
    (rb"RIFF....(WAVE|AVI )|OggS\x00|ID3[\x02-\x04]|....ftyp", "a sound or film file"),
    (rb"SQLite format 3\x00", "an SQLite database"),
    (rb"PAR1[\x00-\x1f]", "a Parquet table"),
    (rb"\x7fELF|MZ\x90\x00", "a program"),
)
_MAGIC = tuple((re.compile(pattern, re.DOTALL), name) for pattern, name in _KINDS)
_BOMS: tuple[tuple[bytes, str], ...] = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LIKELY = [
    *("cp1252", "cp1250", "iso8859_2", "cp1257", "cp1254", "mac_roman"),  # Latin script
    *("cp1251", "koi8_r", "cp1253", "cp1255", "cp1256"),  # Cyrillic, Greek, Hebrew, Arabic
    *("gb18030", "big5", "cp932", "euc_jp", "euc_kr"),  # Chinese, Japanese, Korean
]
"""What news text in one script or another is really stored in; guessed among these before all others."""

# What the letters of one encoding look like in another ("Wa³êsa"): no word has such a sign between two letters.
_SYMBOL_IN_WORD = re.compile("[^\\W\\d_][¡-©«-´¶-¹»-¿×÷][^\\W\\d_]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HEAD = 65_536
_ALIKE = {"ascii": "cp1252", "iso8859-1": "cp1252"}  # as every browser takes them


class Decoded(msgspec.Struct, frozen=True):
    """Characters, the encoding they were in, and the line of the first byte that was not in it (now U+FFFD)."""

    text: str
    encoding: str
    damaged: int | None = None


def decode(raw: bytes, declared: str | None = None) -> Decoded:
    """The characters of a whole file: by byte order mark, as UTF-8, as `declared`, else as the bytes suggest.

    UTF-8 with a few broken bytes (a file cut short, a faulty copy) is still UTF-8, and its line of damage is
    told. Raises Refused for what is no text, or text in no encoding that can be told.
    """
    refuse_binary(raw[:_HEAD])
    encoding = _marked(raw) or _without_mark(raw[:_HEAD])
    if encoding:
        try:
            return _plain(raw.decode(encoding), encoding)
        except UnicodeDecodeError as problem:
            raise Refused(
                f"the file begins as {encoding.upper()} text, so all of it must be; "
                f"byte {problem.start + 1:,} is not. Save it again as UTF-8"
            ) from problem
    try:
        return _plain(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as problem:
        damage = problem
    if _mostly_utf8(raw, damage):
        return Decoded(raw.decode("utf-8", "replace"), "utf-8", raw.count(b"\n", 0, damage.start) + 1)
    known = _lookup(declared)
    if known:
        try:
            return _plain(raw.decode(known), known)
        except UnicodeDecodeError:
            pass  # a page that states the wrong encoding is common; the bytes are asked next
    return _plain(*_guess(raw))


def encoding_of(head: bytes) -> str:
    """The encoding of a stream that begins with `head`. Raises Refused for what is no text."""
    refuse_binary(head)
    encoding = _marked(head) or _without_mark(head)
    if encoding:
        return encoding
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # not final: the head may end within a character
    except UnicodeDecodeError as problem:
        return "utf-8" if _mostly_utf8(head, problem) else _guess(head)[1]
    return "utf-8"


def refuse_binary(head: bytes) -> None:
    """Raise Refused, saying what it looks like, where a file that begins with `head` is no text."""
    looks = next((name for magic, name in _MAGIC if magic.match(head)), None)
    if looks is None and b"\0" in head and not _marked(head) and not _without_mark(head):
        looks = "binary data (it has NUL bytes)"
    if looks:
        raise Refused(f"a report must be text; this looks like {looks}. Save it as text, Markdown or HTML first")


def _marked(raw: bytes) -> str | None:
    return next((encoding for mark, encoding in _BOMS if raw.startswith(mark)), None)


def _without_mark(head: bytes) -> str | None:
    """UTF-16 that does not say so: nearly every second byte of Western text is NUL, and hardly any other."""
    pairs = len(head) // 2
    if not pairs or b"\0" not in head:
        return None
    even, odd = head[: 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if odd > 0.7 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.7 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return None


def _mostly_utf8(raw: bytes, problem: UnicodeDecodeError) -> bool:
    """Whether bytes that are not UTF-8 throughout are so but for few: cut off at the end, or four good to one bad."""
    text = raw.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    cut_off = problem.reason == "unexpected end of data" and problem.end >= len(raw)
    return good >= 4 * bad or (cut_off and bad == 1 and (good > 0 or len(raw) - problem.start > 1))


def _lookup(label: str | None) -> str | None:
    if not label:
        return None
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    return _ALIKE.get(name, name)


def _guess(raw: bytes) -> tuple[str, str]:
    """Text and encoding as the bytes suggest. Raises Refused where nothing fits."""
    import charset_normalizer  # here, because most files never need it

    matches = list(charset_normalizer.from_bytes(raw, cp_isolation=_LIKELY) or charset_normalizer.from_bytes(raw))
    if not matches:
        raise Refused(
            "a report must be text in an encoding that can be told; its bytes fit none well. Save it again as UTF-8"
        )
    matches = [match for match in matches if not _SYMBOL_IN_WORD.search(str(match))] or matches
    best = matches[0]  # they come best first
    western = next((match for match in matches if _as_good_western(match, best)), None)
    encoding = "cp1252" if western else best.encoding
    try:
        return raw.decode(encoding), encoding
    except UnicodeDecodeError:
        return str(best), best.encoding


def _as_good_western(match: CharsetMatch, best: CharsetMatch) -> bool:
    """Whether the bytes may as well be Windows-1252, of all encodings of Latin script the commonest by far."""
    return "cp1252" in match.could_be_from_charset and match.chaos <= best.chaos and match.coherence >= best.coherence


def _plain(text: str, encoding: str) -> Decoded:
    """The decoded text, unless it is control characters in good part."""
    head = text[:_HEAD]
    strange = len(_CONTROL.findall(head))
    if strange > 0.05 * len(head):
        raise Refused(
            f"a report must be text; of its first {len(head):,} characters {strange:,} are control characters. "
            "Save it as text, Markdown or HTML first"
        )
    return Decoded(text, encoding)
