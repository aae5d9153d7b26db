"""Computing on a table that an analyst wrote: the same words in the shell and in Python, text, data and charts."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as Xml
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

import accord
from accord.bargaining.form.read import table_from_yaml
from accord.cli.app import run
from accord.errors import AccordError
from accord.model.table import Table
from accord.publishing.outcomes import CHARTS, OUTCOMES
from accord.workbench import Workspace

STRAIT = Path(__file__).parents[1] / "examples" / "strait.yaml"
RELAX = ("--relax", "southcoast: pass")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "closed.yaml").write_text(STRAIT.read_text())
    kept = [line for line in STRAIT.read_text().splitlines() if "party: Southcoast, question: passage" not in line]
    (tmp_path / "open.yaml").write_text("\n".join(kept) + "\n")

    def command(*arguments: str) -> tuple[int, str, str]:
        status = run(arguments)
        out = capsys.readouterr()
        return status, out.out, out.err

    return command


def asked(word: str) -> tuple[str, ...]:
    return RELAX if word == "whatif" else ()


@pytest.mark.parametrize("word", OUTCOMES)
@pytest.mark.parametrize("table", ["open.yaml", "closed.yaml"])
def test_every_outcome_of_a_written_table_is_text_and_data(do: Run, word: str, table: str) -> None:
    more = () if word == "whatif" and table == "open.yaml" else asked(word)
    more = more or (("--without", "Southcoast") if word == "whatif" else ())
    status, text, err = do(word, "--table", table, *more)
    assert (status, err) == (0, "")
    assert max(map(len, text.splitlines())) <= 80
    assert json.loads(do(word, "--table", table, *more, "--format", "json")[1])
    rows = list(csv.DictReader(io.StringIO(do(word, "--table", table, *more, "--format", "csv")[1])))
    closed = table == "closed.yaml"
    assert bool(rows) is (word not in (("blockers", "concessions", "path") if not closed else ()))
    assert do(word, "--table", table, *more)[1] == text


@pytest.mark.parametrize("word", OUTCOMES)
def test_shell_and_python_give_the_same_answer(do: Run, word: str) -> None:
    ws = accord.open("none.accord")
    more = {"relax": "southcoast: pass"} if word == "whatif" else {}
    answer = getattr(ws, word)(table="closed.yaml", **more)
    printed = json.loads(do(word, "--table", "closed.yaml", *asked(word), "--format", "json")[1])
    assert printed == msgspec.json.decode(msgspec.json.encode(answer))
    assert not Path("none.accord").exists()


@pytest.mark.parametrize("word", CHARTS)
def test_charts_are_valid_and_say_what_they_show(do: Run, word: str) -> None:
    table = "closed.yaml" if word in ("path", "whatif") else "open.yaml"
    for name in ("a.svg", "b.svg"):
        status, _, err = do(word, "--table", table, *asked(word), "--chart", name)
        assert (status, err) == (0, f"Written: {name}\n")
    assert Path("a.svg").read_bytes() == Path("b.svg").read_bytes()
    root = Xml.parse("a.svg").getroot()
    space = {"s": "http://www.w3.org/2000/svg"}
    assert root.get("role") == "img"
    described = root.findtext("s:desc", "", space)
    assert root.findtext("s:title", "", space)
    labels = "Ships of both coasts" if word == "forecast" else "2025" if word == "ripeness" else "Southcoast"
    assert labels in described
    style = root.findtext("s:style", "", space)
    assert "prefers-color-scheme:dark" in style
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    for element in root.iter():
        for key, most in (("x", width), ("cx", width), ("y", height), ("cy", height)):
            assert 0 <= float(element.get(key, 0)) <= most


def test_a_closed_zone_is_told_in_a_sentence_with_what_would_open_it(do: Run) -> None:
    text = " ".join(do("zone", "--table", "closed.yaml")[1].split())
    assert "These cannot stand together: Northcoast insists on “Ships of both coasts pass freely”, and South" in text
    assert "The least concession that opens a zone (cost 1.50): Southcoast no longer rules out" in text


def test_a_change_shows_before_and_after_and_who_gains(do: Run) -> None:
    text = do("whatif", "--table", "closed.yaml", *RELAX)[1]
    assert "This opens a zone" in text
    assert "Northcoast" in text
    assert "gains 0.55" in text
    closes = do("whatif", "--table", "open.yaml", "--harden", "Southcoast: passage = yes")[1]
    assert "This closes the zone" in closes
    assert "loses 0.55" in closes
    assert "gone" not in closes
    left = do("whatif", "--table", "closed.yaml", "--without", "Southcoast")[1]
    assert "not at the table after" in left


def test_every_change_has_its_words(do: Run) -> None:
    ws = Workspace("none.accord")
    made = ws.compute(
        "whatif",
        {
            "no_consent": "Northcoast",
            "consent": ["The Harbour Council"],
            "lever": "The Harbour Council: Southcoast",
            "reservation": "Southcoast = 0.1",
            "add_option": "tolls = two thirds: Southcoast 1, northcoast 0.1",
        },
        table="closed.yaml",
    )
    before, after = made.tables
    assert len(made.asked) == 5
    assert [p.consent for p in after.parties] == [False, True, True]
    assert after.party("Southcoast").reservation.value == 0.1
    assert after.levers[0].status == "applied"
    assert len(after.question("tolls").options) == len(before.question("tolls").options) + 1


def test_two_written_tables_are_compared(do: Run) -> None:
    text = do("whatif", "--table", "closed.yaml", "--against", "open.yaml")[1]
    assert "This opens a zone" in text
    assert "red_lines" in text


def test_what_is_sampled_says_so(do: Run) -> None:
    for word in ("forecast", "uncertainty"):
        text = do(word, "--table", "closed.yaml", "--draws", "300", "--seed", "7")[1]
        assert "Sampled, not exact: 300 draws" in " ".join(text.split())
        assert "seed 7" in text


def test_what_was_cut_says_so() -> None:
    from accord.publishing.outcomes import show

    made = accord.open("none.accord").compute("blockers", table=STRAIT)
    cut = msgspec.structs.replace(made, answer=msgspec.structs.replace(made.answer, cut="after 3 seconds"))
    assert "Cut short: after 3 seconds." in show(cut, hint="x")
    assert "Cut short" not in show(made, hint="x")


def test_the_yaml_that_is_written_is_read_back(do: Run) -> None:
    status, out, _ = do("table", "--table", "closed.yaml", "--yaml", "-")
    again: Table = table_from_yaml(out)
    assert status == 0
    assert again == table_from_yaml(STRAIT.read_text())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["whatif", "--table", "closed.yaml"], "whatif: name a change"),
        (["whatif", "--table", "closed.yaml", "--without", "Eastcoast"], "must be one of Northcoast, Southcoast"),
        (["whatif", "--table", "closed.yaml", "--relax", "Southcoast"], "must be 'PARTY: QUESTION'"),
        (["whatif", "--table", "closed.yaml", "--relax", "Southcoast: fish"], "the question must be one of"),
        (["whatif", "--table", "closed.yaml", "--relax", "Southcoast: s"], "fit several questions"),
        (["whatif", "--table", "closed.yaml", "--lever", "fleet"], "must be one of aid (The Harbour Council"),
        (["whatif", "--table", "closed.yaml", "--reservation", "Southcoast = 3"], "from 0 to 1"),
        (["whatif", "--table", "closed.yaml", "--lift", "aid"], "is not applied"),
        (["zone", "--table", "none.yaml"], "none.yaml: the table cannot be read"),
        (["zone", "--table", "closed.yaml", "--issue", "ceasefire"], "leave out issue"),
        (["zone", "--table", "closed.yaml", "--chart", "z.svg"], "nothing to draw: the zone is empty"),
        (["zone", "--table", "closed.yaml", "--seconds", "0"], "seconds: must be above 0"),
        (["forecast", "--table", "closed.yaml", "--method", "tarot"], "'tarot' is not one of"),
        (["zone"], "--table FILE"),
    ],
)
def test_a_mistake_is_one_line(do: Run, arguments: list[str], message: str) -> None:
    status, out, err = do(*arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert message in err


def test_foreign_words_cannot_break_a_chart_or_a_screen(do: Run) -> None:
    hostile = 'passes <b>"freely"</b> & \\x1b[31m'
    Path("hostile.yaml").write_text(
        STRAIT.read_text().replace("Ships of both coasts pass freely", json.dumps(hostile)), encoding="utf-8"
    )
    text = do("forecast", "--table", "hostile.yaml", "--chart", "h.svg")[1]
    assert "\x1b" not in text
    assert "<b>" in (Xml.parse("h.svg").getroot().findtext("{http://www.w3.org/2000/svg}desc") or "")


def test_charts_of_words_alone_are_refused() -> None:
    from accord.publishing.outcomes import as_svg

    with pytest.raises(AccordError, match="charts are made of zone"):
        as_svg(accord.open("none.accord").compute("blockers", table=STRAIT))
