"""Characters come out whatever the bytes were, or the file is skipped and told apart from text."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from conftest import Put
from hypothesis import given
from hypothesis import strategies as st

from accord.model.report import Report, Skipped
from accord.reports.decode import decode
from accord.reports.incoming import Refused

ENGLISH = (
    "The mediators met both delegations in Bogotá on Monday. “We are close,” Señor Muñoz’s spokesman said – "
    "and São Tomé’s envoy agreed. The café meeting lasted an hour, officials said.\n"
)
RUSSIAN = "Делегации встретились в Женеве и договорились об обмене пленными, сообщил представитель посредников.\n"
ARABIC = "التقى الوفدان في جنيف يوم الجمعة لمناقشة وقف إطلاق النار وتبادل الأسرى\n"
POLISH = "Wałęsa powiedział, że rozmowy w Łodzi były trudne; żołnierze wrócą, jeśli rząd się zgodzi.\n"
CHINESE = "双方代表团星期五在日内瓦会晤，讨论停火和交换战俘问题。\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "utf-8"),
        (ENGLISH, "utf-8-sig"),
        (ENGLISH, "utf-16"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
        (ENGLISH, "utf-32"),
        (ENGLISH, "cp1252"),
        ("The envoy José Muñoz met the minister in Bogotá and São Paulo.\n", "latin-1"),
        ("Le président a déclaré que la réunion était reportée à l’été.\n", "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "utf-16"),
        (ARABIC, "cp1256"),
        (POLISH, "cp1250"),
        (CHINESE, "gb18030"),
    ],
)
def test_encodings_are_told(text: str, encoding: str, put: Put, report: Callable[..., Report]) -> None:
    assert report(put("dispatch.txt", text.encode(encoding))).text == text


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_any_text_comes_back_from_unicode(text: str, encoding: str) -> None:
    if encoding == "utf-8" and text.startswith("\ufeff"):
        return  # that is the byte order mark
    assert decode(("The talks go on. " + text).encode(encoding)).text == "The talks go on. " + text


def test_utf8_with_a_few_broken_bytes_is_kept_and_told(put: Put, read: Callable[..., list[Report | Skipped]]) -> None:
    raw = (ENGLISH * 3).encode()
    broken = raw[: raw.rindex("“".encode()) + 2] + raw[raw.rindex("“".encode()) + 3 :]
    note, kept = read(put("copied.txt", broken))
    assert isinstance(note, Skipped)
    assert isinstance(kept, Report)
    assert note.line == 3
    assert "UTF-8" in note.reason
    assert kept.text.count("\ufffd") == 1
    assert kept.text.count("’") == 6


def test_utf8_cut_off_within_a_character_is_still_utf8(put: Put, read: Callable[..., list[Report | Skipped]]) -> None:
    note, kept = read(put("cut.txt", "Talks go on in Bogotá, said the envoy – and then “".encode()[:-1]))
    assert isinstance(note, Skipped)
    assert isinstance(kept, Report)
    assert kept.text.startswith("Talks go on in Bogotá, said the envoy – and then")


def test_bytes_of_no_encoding_are_skipped(put: Put, skipped: Callable[..., Skipped]) -> None:
    noise = random.Random(7).choices(range(1, 256), k=5000)
    found = skipped(put("noise.txt", bytes(noise)))
    assert "text" in found.reason
    assert "Save it" in found.reason


def test_utf16_that_ends_within_a_character_says_where() -> None:
    with pytest.raises(Refused, match="UTF-16 text, so all of it must be; byte 35 is not"):
        decode(ENGLISH[:16].encode("utf-16") + b"x")


@pytest.mark.parametrize(
    ("beginning", "looks"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
        (b"PK\x03\x04\x14\x00", "Word"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word"),
        (b"{\\rtf1\\ansi The talks go on.}", "Rich Text"),
        (b"SQLite format 3\x00", "SQLite"),
        (b"\x00\x00\x00\x18ftypmp42", "film"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "sound"),
        (b"The talks\x00\x01\x02 go on", "NUL bytes"),
    ],
)
@pytest.mark.parametrize(
    "name", ["report.txt", "report.md", "report.html", "rows.jsonl", "rows.csv", "report", "x.bin"]
)
def test_binary_files_say_what_they_look_like(
    beginning: bytes, looks: str, name: str, put: Put, skipped: Callable[..., Skipped]
) -> None:
    found = skipped(put(name, beginning + b"\x00\x07\x01" * 20))
    assert looks in found.reason
    assert found.source.endswith(name)


def test_control_characters_are_no_text(put: Put, skipped: Callable[..., Skipped]) -> None:
    assert "control characters" in skipped(put("tape.txt", b"go\x01\x02\x03\x04 on\x05\x06" * 30)).reason


def test_words_that_begin_like_a_magic_number_are_text(put: Put, report: Callable[..., Report]) -> None:
    assert report(put("riff.txt", "RIFF troops left Hargeisa, officials said.")).text.startswith("RIFF")


def test_plain_text_needs_no_heavy_library() -> None:
    import subprocess
    import sys

    code = (
        "import sys; import accord.reports.load; "
        "print([m for m in ('trafilatura', 'htmldate', 'dateparser', 'charset_normalizer') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
