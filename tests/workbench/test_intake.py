"""What of bulk news is read: triage, languages, columns; on the command line as in Python."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import accord
from accord.cli.app import run
from accord.reading.triage import relevant, score, telling, worth_opening
from accord.reports.language import not_english
from simple_reader import MONDAY, SimpleReader

TALKS = "Ghana: The rebels and the government will never sign a ceasefire, mediators said after the peace talks."
GAME = "Coach: We scored twice in the second half and the keeper saved a penalty, so the cup is ours again this year."
FRENCH = (
    "Le gouvernement et les rebelles ont signé jeudi un accord de cessez-le-feu, après trois semaines de pourparlers. "
    "Le médiateur a déclaré que les deux parties avaient fait des concessions."
)


def rss(*texts: str) -> str:
    items = "".join(f"<item><title>x</title><description>{text}</description></item>" for text in texts)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'


def test_triage_is_on_for_feeds_and_off_for_files(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(rss(TALKS, GAME))
    (tmp_path / "b.txt").write_text(GAME)
    for triage, added, passed_over in ((None, 2, 1), (False, 3, 0), (True, 1, 2)):
        ws = accord.open(tmp_path / f"{triage}.accord")
        done = ws.read([tmp_path / "a.rss", tmp_path / "b.txt"], reader=SimpleReader(), triage=triage)
        assert (done.added, done.passed_over) == (added, passed_over)


def test_a_report_that_is_not_english_is_kept_and_named(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(MONDAY)
    (tmp_path / "b.txt").write_text(FRENCH)
    ws = accord.open(tmp_path / "x.accord")
    reader = SimpleReader()
    done = ws.read(tmp_path, reader=reader)
    assert done.added == 1
    (failed,) = done.failed
    assert "not English (fr)" in failed.reason
    assert len(reader.read_ids) == 1
    assert FRENCH in {report.text for report in ws.record().reports}
    assert any("not English (fr)" in one.reason for one in ws.record().skipped)
    assert ws.read(tmp_path, reader=reader).known == 2


@pytest.mark.parametrize(
    "text",
    [
        "The truce held.",
        "Abdelfattah al-Burhan, Mohamed Hamdan Dagalo, Omar al-Bashir and Abdalla Hamdok met in Khartoum.",
        "Tayyip Erdoğan, Ilham Aliyev and Nikol Pashinyan are to meet in İstanbul, the Anadolu agency said on Friday.",
        "“Ni guerra ni paz,” he said, and left the hall in Bogotá without another word to those who had waited.",
    ],
)
def test_english_full_of_other_names_is_english(text: str) -> None:
    assert not_english(text) is None


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("es", "El gobierno y la guerrilla firmaron el jueves un alto el fuego tras tres semanas de conversaciones."),
        ("ru", "Правительство и повстанцы подписали в четверг соглашение о прекращении огня после переговоров."),
        ("ar", "وقعت الحكومة والمتمردون يوم الخميس اتفاقا لوقف إطلاق النار بعد ثلاثة أسابيع من المحادثات بينهما."),
        (
            "de",
            "Die Rebellen haben am Donnerstag einen Waffenstillstand unterzeichnet, wie ein Vermittler gestern sagte.",
        ),
    ],
)
def test_other_languages_are_told(code: str, text: str) -> None:
    assert not_english(text) == code


def test_why_a_text_passes() -> None:
    assert relevant(TALKS)
    assert not relevant(GAME)
    assert {"ceasefire", "rebels", "mediators", "ghana"} <= set(telling(TALKS))
    process, every = score(TALKS)
    assert 0 < process < every
    assert worth_opening(f"<html><p>{TALKS}</p></html>".encode())
    assert not relevant("")


def test_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("accord.workbench._reader", lambda _: SimpleReader())
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.rss").write_text(rss(GAME))
    assert run(["read", "a.rss", "-o", "x.accord"]) == 0
    assert "1 report not about a process" in capsys.readouterr().err
    assert run(["read", "a.rss", "-o", "x.accord", "--no-triage"]) == 0
    assert "1 report read into" in capsys.readouterr().out
    (tmp_path / "a.jsonl").write_text(json.dumps({"story": TALKS, "day": "2014-05-06", "head": "Talks"}) + "\n")
    columns = ["--columns", "text=story,published=day", "--columns", "title=head"]
    assert run(["read", "a.jsonl", "-o", "x.accord", *columns]) == 0
    assert run(["read", "a.jsonl", "-o", "x.accord", "--columns", "story"]) == 2
    assert "FIELD=COLUMN" in capsys.readouterr().err
    assert run(["read", "memory://nowhere/a.txt", "-o", "x.accord", "--remote"]) == 2


def test_sport_and_business_speak_of_deals_and_attacks_too() -> None:
    """Their words count against a text, but not against a page, whose menus have them all."""
    sport = "The club agreed a deal with its striker after talks; Ghana's captain led the attack and scored the goal."
    assert not relevant(sport)
    assert relevant(f"{TALKS} The delegations withdrew to the president's palace, their spokesman told officials.")
    pay = "Talks of the dockers and their employers broke down; the union rejected it, and a strike for wages begins."
    assert not relevant(pay)
    siege = "Police in Norway freed two hostages after negotiations with an armed suspect, who had barricaded himself."
    assert not relevant(siege)
    menus = "<li>Football</li><li>Film</li><li>Stocks</li><li>Fashion</li>" * 3
    assert worth_opening(f"<html>{menus}<p>{TALKS}</p></html>".encode())
