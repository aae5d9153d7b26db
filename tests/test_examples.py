"""The example dispatches are what their README says, and reading them gives lines that rest on their sentences."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
FILES = sorted(EXAMPLES.glob("*/*.md"))
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def parts(path: Path) -> tuple[dict[str, Any], str]:
    """Front matter and body of a dispatch."""
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(head), body


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def test_there_are_enough_of_both_processes() -> None:
    folders = [path.parent.name for path in FILES]
    assert folders.count("ukraine-2025") >= 12
    assert folders.count("colombia-2016") >= 4


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_dispatch_has_its_front_matter_and_length(path: Path) -> None:
    head, body = parts(path)
    assert {"title", "outlet", "url"} <= set(head) <= {"title", "outlet", "url", "published"}
    assert 250 <= len(body.split()) <= 600
    if path.stem.startswith("undated"):
        assert "published" not in head
    else:
        assert isinstance(head["published"], dt.date)
        assert path.name.startswith(head["published"].isoformat())


def test_one_dispatch_has_no_date_and_voices_vary() -> None:
    heads = [parts(path)[0] for path in FILES]
    assert sum("published" not in head for head in heads) == 1
    assert len({head["outlet"] for head in heads}) >= 6


def test_spellings_vary_as_they_do_in_the_press() -> None:
    words = set(re.findall(r"\w+", " ".join(parts(path)[1] for path in FILES)))
    assert {"Zelensky", "Zelenskyy", "Zelenskiy", "Kyiv", "Kiev", "Farc", "FARC"} <= words


def test_the_readme_tells_what_each_dispatch_is_for() -> None:
    listed = re.findall(r"^\| `([\w./-]+)` \|", (EXAMPLES / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(name(path) for path in FILES)


def test_weekdays_and_dates_named_together_agree() -> None:
    """Facts are real: where a dispatch puts a weekday beside a date of its year, the calendar has it so."""
    seen = 0
    for path in FILES:
        head, body = parts(path)
        year = head["published"].year if "published" in head else 2025
        for day, number, month in re.findall(rf"({'|'.join(WEEKDAYS)}),? (\d{{1,2}}) ([A-Z][a-z]+)", body):
            when = dt.datetime.strptime(f"{number} {month} {year}", "%d %B %Y")
            assert WEEKDAYS[when.weekday()] == day, f"{name(path)}: {day} {number} {month} {year}"
            seen += 1
    assert seen
