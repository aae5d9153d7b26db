"""The command line over a record made by hand: what it prints, where, and with which exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest

import accord
from accord.cli import app, options
from accord.cli.app import COMMANDS, run
from accord.model.record import Filter
from accord.publishing.outcomes import OUTCOMES
from accord.workbench import TRACED, VIEWS, Filters, Workspace
from simple_reader import MONDAY, TUESDAY, SimpleReader

Run = Callable[..., tuple[int, str, str]]
NAMES = [command.__name__ for command, _ in COMMANDS]
FILTERS = {f"--{name}" for name in Filter.__struct_fields__}
PROGRAM = [sys.executable, "-c", "from accord.cli import main; main()"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "in").mkdir()
    (folder / "in" / "a.md").write_text(MONDAY)
    (folder / "in" / "b.md").write_text(TUESDAY)
    with accord.open(folder / "talks.accord") as ws:
        ws.read(folder / "in", reader=SimpleReader())
    return folder


@pytest.fixture
def do(desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line in the desk's folder: exit status, standard output, standard error."""
    monkeypatch.chdir(desk)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("accord.workbench._reader", lambda _: SimpleReader())

    def command(*arguments: str) -> tuple[int, str, str]:
        status = run(arguments)
        out = capsys.readouterr()
        return status, out.out, out.err

    return command


def start(desk: Path, *arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*PROGRAM, *arguments], cwd=desk, capture_output=True, text=True, check=False, **more)


# --- the same words everywhere


def test_every_view_and_computation_is_a_command_and_a_method() -> None:
    for name in (
        *VIEWS,
        *OUTCOMES,
        *TRACED,
        "search",
        "similar",
        "evidence",
        "explain",
        "brief",
        "export",
        "read",
        "rebuild",
    ):
        assert name in NAMES
        assert callable(getattr(Workspace, name))
    assert set(NAMES) - {"serve"} == {name for name in NAMES if hasattr(Workspace, name)}


def test_filters_have_the_same_words_in_the_model_the_api_and_every_command(do: Run) -> None:
    assert set(Filters.__annotations__) == set(Filter.__struct_fields__)
    for name in (*VIEWS, *TRACED, "search", "brief", "export"):
        assert set(re.findall(r"--[a-z]+", do(name, "--help")[1])) >= FILTERS, name
    for name in OUTCOMES:
        found = set(re.findall(r"--[a-z]+", do(name, "--help")[1]))
        assert found >= (FILTERS - {"--party"}) | {"--at", "--table"}, name


def test_every_view_offers_the_same_forms(do: Run) -> None:
    assert get_args(get_args(options.Form)[0]) == ("table", "json", "csv")
    for name in (*VIEWS, *OUTCOMES, *TRACED, "search", "similar"):
        assert "--format <table|json|csv>" in do(name, "--help")[1], name


@pytest.mark.parametrize(("name", "example"), [(command.__name__, example) for command, example in COMMANDS])
def test_every_help_has_an_example_of_its_own_command(do: Run, name: str, example: str) -> None:
    status, out, err = do(name, "--help")
    assert (status, err) == (0, "")
    assert f"Example: {example}" in " ".join(out.split())
    assert example.startswith(f"accord {name} ")


def test_every_example_is_understood(do: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its options exist: what is wrong with it, if anything, is that this record lacks what it names."""
    import shlex

    monkeypatch.setattr("accord.cli.out.put", lambda text, path: None)
    monkeypatch.setattr("accord.web.server.serve", lambda ws, **options: None)
    for _, example in COMMANDS:
        words = [w if w != "dispatches/" else "in" for w in shlex.split(example)[1:]]
        status, _, err = do(*words)
        assert status == 0 or re.search(
            r"no (actor|report|proposal|reader) of this record|numbers 1 to|relax: the party must be|to draw|on no day",
            err,
        ), (example, err)


def test_help_lists_every_command_quickly(desk: Path) -> None:
    resource = pytest.importorskip("resource", reason="this system does not count a child's processor time")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    answer = start(desk, "--help")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert answer.returncode == 0
    assert all(f"\n  {name} " in answer.stdout for name in NAMES)
    assert "--install-completion" in answer.stdout
    # processor time, since a busy machine stretches the other kind; without compiled files it takes twice as long
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1.0


def test_help_needs_no_heavy_library(desk: Path) -> None:
    code = "import sys; from accord.cli.app import run; run(['positions', '--help']); print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    assert not loaded & {"spacy", "pandas", "numpy", "trafilatura", "sqlalchemy", "pysat", "jinja2"}


def test_version(do: Run) -> None:
    from importlib.metadata import version

    assert do("--version") == (0, f"accord {version('accord')}\n", "")


# --- what to do next


def test_without_arguments_it_says_what_to_do_next(do: Run) -> None:
    status, out, _ = do()
    assert status == 0
    assert "accord read FOLDER -o NAME.accord" in out
    assert "Records here: " in out
    assert "talks.accord" in out.splitlines()[-1]


@pytest.mark.parametrize("name", [n for n in NAMES if n not in ("read", "watch")])
def test_without_a_record_it_says_what_to_do_next(
    do: Run, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = [
        "x.accord",
        *{
            "search": ["words"],
            "evidence": ["1:1"],
            "explain": ["1:1"],
            "similar": ["1:1"],
            "backup": ["-o", "copy.accord"],
        }.get(name, []),
    ]
    status, out, err = do(name, *more)
    assert (status, out) == (2, "")
    assert "x.accord: there is no such record; here: " in err
    assert "talks.accord" in err
    monkeypatch.chdir(tmp_path)
    status, out, err = do(name, *more)
    assert "make one with: accord read FOLDER -o NAME.accord" in err
    if name not in ("search", "evidence", "explain", "similar", "backup"):
        assert "name a record" in do(name)[2]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["read"], "read: name files or folders"),
        (["read", "in"], "read: name the record with -o"),
        (["search", "talks.accord"], "name the words to look for"),
        (["evidence", "talks.accord"], "name a reference"),
        (["similar", "talks.accord"], "name a reference"),
        (["similar", "talks.accord", "9:9"], "numbers 1 to 2"),
        (["changes", "talks.accord"], "say since when"),
        (["changes", "talks.accord", "--since", "soon"], "since: must be a day"),
        (["history", "talks.accord", "--of", "figures"], "'figures' is not one of"),
        (["judgements", "talks.accord", "Nordland"], "nothing in this record is called 'Nordland'"),
        (["meetings", "talks.accord", "--party", "Nordland"], "did you mean Norland"),
        (["evidence", "talks.accord", "9:9"], "numbers 1 to 2"),
        (["positions", "talks.accord", "--party", "Nordland"], "did you mean Norland"),
        (["positions", "talks.accord", "--issue", "cease fire"], "did you mean ceasefire"),
        (["positions", "talks.accord", "--since", "soon"], "since: must be a day"),
        (["positions", "talks.accord", "--confidence", "7"], "confidence: must be from 0 to 1"),
        (["positions", "talks.accord", "--confidence", "high"], "accord positions --help"),
        (["positions", "talks.accord", "--format", "xml"], "'xml' is not one of"),
        (["positions", "talks.accord", "--colour"], "No such option: --colour"),
        (["opinions", "talks.accord"], "No such command 'opinions'"),
        (["zone", "talks.accord", "--issue", "territory"], "no two parties differ"),
        (["export", "talks.accord", "--format", "csv"], "name a folder"),
        (["export", "talks.accord", "-o", "nowhere/x.json"], "cannot be written"),
        (["brief", "talks.accord", "--html", "nowhere/x.html"], "cannot be written"),
        (["positions", "in"], "in"),
        (["positions", "in/a.md"], "a.md"),
    ],
)
def test_a_mistake_is_one_line_that_says_what_to_do(do: Run, arguments: list[str], message: str) -> None:
    status, out, err = do(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith("accord: ")
    assert err.count("\n") == 1
    assert message in err
    assert "Traceback" not in err


def test_a_fault_is_one_line_as_well(do: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Workspace, "record", lambda self: 1 // 0)
    status, _, err = do("positions", "talks.accord")
    assert (status, err.count("\n")) == (2, 1)
    assert "a fault in Accord: ZeroDivisionError" in err
    monkeypatch.setenv("ACCORD_TRACEBACK", "1")
    assert "Traceback" in do("positions", "talks.accord")[2]


def test_hostile_words_in_a_mistake_do_not_steer_the_terminal(do: Run) -> None:
    err = do("positions", "talks.accord", "--party", "\x1b[2J\nx")[2]
    assert "\x1b" not in err
    assert err.count("\n") == 1


# --- reading


def test_reading_ends_with_what_was_done_and_what_is_next(do: Run, tmp_path: Path) -> None:
    record = tmp_path / "new.accord"
    assert do("read", "in", "-o", str(record)) == (
        0,
        f"2 reports read into {record}. Next: accord brief {record}\n",
        "",
    )
    status, out, _ = do("read", "in", "-o", str(record))
    assert (status, out) == (0, f"0 reports read into {record}, 2 there already. Next: accord brief {record}\n")


def test_something_skipped_is_told_and_the_status_says_so(do: Run, desk: Path, tmp_path: Path) -> None:
    mixed = tmp_path / "mixed"
    mixed.mkdir()
    (mixed / "a.md").write_text(MONDAY)
    (mixed / "b.bin").write_bytes(bytes(range(256)) * 20)
    (mixed / "c.md").write_text("unreadable words that no reader can make sense of")
    status, out, err = do("read", str(mixed), "-o", str(tmp_path / "m.accord"))
    assert status == 1
    assert "1 report read" in out
    assert "2 skipped" in out
    assert err.count("Skipped ") == 2
    assert "b.bin" in err
    assert "c.md: the reader gave up" in err


def test_nothing_read_is_status_two(do: Run, tmp_path: Path) -> None:
    status, out, err = do("read", str(tmp_path), "-o", str(tmp_path / "n.accord"))
    assert (status, out) == (2, "")
    assert err.endswith("Nothing could be read.\n")
    assert not list(tmp_path.iterdir())


def test_breaking_off_keeps_what_was_read(do: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(SimpleReader):
        def read(self, reports):  # type: ignore[no-untyped-def]
            for place, reading in enumerate(super().read(reports)):
                if place:
                    raise KeyboardInterrupt
                yield reading

    record = tmp_path / "b.accord"
    monkeypatch.setattr("accord.workbench._reader", lambda _: Broken())
    status, _, err = do("read", "in", "-o", str(record))
    assert status == 130
    assert "the same command goes on from there" in err
    monkeypatch.setattr("accord.workbench._reader", lambda _: SimpleReader())
    assert "1 report read" in do("read", "in", "-o", str(record))[1]


# --- looking


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_prints_a_table_json_and_csv(do: Run, desk: Path, name: str) -> None:
    with accord.open(desk / "talks.accord") as ws:
        frame = getattr(ws, name)()
    status, table, err = do(name, "talks.accord")
    assert (status, err) == (0, "")
    assert table.strip()
    assert max(map(len, table.splitlines())) <= 80
    rows = json.loads(do(name, "talks.accord", "--format", "json")[1])
    assert len(rows) == len(frame)
    text = do(name, "talks.accord", "--format", "csv")[1]
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[0] == list(frame.columns)
    assert len(read) == len(frame) + 1


def test_filters_reach_the_view(do: Run) -> None:
    def speakers(*options: str) -> list[str]:
        return [row["speaker"] for row in json.loads(do("statements", "talks.accord", "--format", "json", *options)[1])]

    assert speakers() == ["Norland", "Sudland", "Norland"]
    assert speakers("--party", "sudland") == ["Sudland"]
    assert speakers("--since", "2021-05-06") == ["Norland"]
    assert speakers("--until", "2021-05-05", "--party", "Norland") == ["Norland"]
    assert speakers("--report", "2") == ["Norland"]
    assert speakers("--confidence", "0.95") == []
    assert len(speakers("--issue", "ceasefire")) == 3
    assert do("statements", "talks.accord", "--confidence", "0.95")[1] == "No statements here.\n"


def test_what_is_not_asked_for_is_not_in_the_brief(do: Run) -> None:
    assert "Only: party Sudland" in do("brief", "talks.accord", "--party", "Sudland")[1]


def test_search_and_evidence_lead_to_the_sentence(do: Run) -> None:
    out = do("search", "talks.accord", "prisoners")[1]
    assert out.startswith("[2:1] Norland: the offer stands and the prisoners wait.")
    found = json.loads(do("search", "talks.accord", "prisoners", "--format", "json")[1])
    assert found[0]["ref"] == "2:1"
    assert do("search", "talks.accord", "elephants")[1] == "Nothing in the reports answers this.\n"
    out = do("evidence", "talks.accord", "2:1")[1]
    assert out.startswith("[2:1] The answer, Upland Radio, 2021-05-06")
    assert "the prisoners wait" in out
    assert json.loads(do("evidence", "talks.accord", "2:1", "--format", "json")[1])[0]["sentence"].startswith("Norland")


@pytest.mark.parametrize("name", [n for n in OUTCOMES if n != "whatif"])
def test_what_is_computed_prints_as_text_json_and_csv(do: Run, name: str) -> None:
    status, text, err = do(name, "talks.accord")
    assert (status, err) == (0, "")
    assert ("The fighting stops" if name == "forecast" else "Norland") in text
    assert max(map(len, text.splitlines())) <= 80
    assert json.loads(do(name, "talks.accord", "--format", "json")[1])
    rows = list(csv.DictReader(io.StringIO(do(name, "talks.accord", "--format", "csv")[1])))
    assert rows


def test_a_table_can_be_set_at_a_day(do: Run) -> None:
    assert "THE TABLE on 2021-05-05" in do("table", "talks.accord", "--at", "2021-05-05")[1]


# --- writing


def test_a_brief_is_written_or_printed_in_each_form(do: Run, tmp_path: Path) -> None:
    page, text = tmp_path / "b.html", tmp_path / "b.md"
    status, out, err = do("brief", "talks.accord", "--html", str(page), "--md", str(text))
    assert (status, out) == (0, "")
    assert err == f"Written: {page}\nWritten: {text}\n"
    assert page.read_text().startswith("<!doctype html>")
    assert text.read_text().startswith("# talks")
    assert json.loads(do("brief", "talks.accord", "--json", "-")[1])["title"] == "talks"


def test_the_export_is_what_the_api_exports(do: Run, desk: Path, tmp_path: Path) -> None:
    with accord.open(desk / "talks.accord") as ws:
        text = ws.export("json")
    assert do("export", "talks.accord")[1] == text
    assert do("export", "talks.accord", "--format", "json", "-o", str(tmp_path / "x.json"))[0] == 0
    assert (tmp_path / "x.json").read_text() == text
    assert do("export", "talks.accord", "--format", "csv", "-o", str(tmp_path / "csv"))[0] == 0
    assert (tmp_path / "csv" / "positions.csv").exists()
    assert json.loads(do("export", "talks.accord", "--format", "schema")[1])["title"] == "Accord record"


# --- screens and pipes


def test_in_a_pipe_there_is_no_colour_and_no_bar(desk: Path) -> None:
    answer = start(desk, "brief", "talks.accord")
    assert answer.returncode == 0
    assert "\x1b" not in answer.stdout
    assert answer.stderr == ""
    assert "No zone." in answer.stdout


def test_on_a_screen_there_is_colour_unless_refused(desk: Path) -> None:
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")

    def shown(*arguments: str, **environment: str) -> str:
        master, slave = pty.openpty()
        process = subprocess.Popen(
            [*PROGRAM, *arguments],
            cwd=desk,
            stdout=slave,
            stderr=slave,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "80", **environment},
        )
        os.close(slave)
        seen = b""
        while True:
            try:
                part = os.read(master, 65536)
            except OSError:  # the other side has closed
                break
            if not part:
                break
            seen += part
        process.wait()
        os.close(master)
        return seen.decode()

    assert "\x1b[1m" in shown("brief", "talks.accord")
    assert "\x1b[" not in shown("brief", "talks.accord", NO_COLOR="1")


def test_a_reader_of_the_pipe_may_leave(desk: Path) -> None:
    many = desk / "many.accord"
    if not many.exists():
        (desk / "long").mkdir()
        for n in range(150):
            (desk / "long" / f"{n:03}.md").write_text(
                MONDAY.replace("stop at once", f"stop at once, for the {n}th time")
            )
        with accord.open(many) as ws:
            ws.read(desk / "long", reader=SimpleReader())
    process = subprocess.Popen(
        [*PROGRAM, "export", "many.accord"], cwd=desk, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stderr
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait() == app.PIPE_CLOSED


def test_control_c_leaves_no_traceback(desk: Path) -> None:
    code = """
import time
from accord.cli import main
from accord.workbench import Workspace
Workspace.record = lambda self: (print("ready", flush=True), time.sleep(60))
main(["positions", "talks.accord"])
"""
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=desk, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stderr
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == app.BROKEN_OFF
    assert process.stderr.read() == ""


def test_output_survives_a_terminal_that_knows_only_ascii(desk: Path) -> None:
    answer = start(desk, "brief", "talks.accord", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert answer.returncode == 0
    assert answer.stderr == ""


def test_issues_complete() -> None:
    assert options.complete_issue("ter") == ["territory"]
    assert "ceasefire" in options.complete_issue("")
