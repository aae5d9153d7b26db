"""`accord edit` and the commands that tell what became of things: what they print, and with which exit status."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

import accord
from accord.cli.app import run
from accord.cli.edit import ACTIONS
from accord.workbench import Workspace
from build_talks import NOTES, HandReader, path_of
from simple_reader import MONDAY, TUESDAY, SimpleReader

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line in a folder with a record of two reports: exit status, standard output, standard error."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_text(MONDAY)
    (tmp_path / "in" / "b.md").write_text(TUESDAY)
    with accord.open(tmp_path / "talks.accord") as ws:
        ws.read(tmp_path / "in", reader=SimpleReader())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("ACCORD_AUTHOR", raising=False)
    return _runner(capsys)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("talks")
    for notes in NOTES:
        path_of(folder, notes).write_text(notes.written)
    with accord.open(folder / "talks.accord") as ws:
        ws.read(folder, reader=HandReader())
    return folder


@pytest.fixture
def talks(desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The same over a record of five reports with shifts, meetings and a clash."""
    monkeypatch.chdir(desk)
    monkeypatch.setenv("COLUMNS", "80")
    return _runner(capsys)


def _runner(capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*arguments: str) -> tuple[int, str, str]:
        status = run(arguments)
        out = capsys.readouterr()
        return status, out.out, out.err

    return command


def edit(do: Run, *arguments: str) -> tuple[int, str, str]:
    return do("edit", "talks.accord", *arguments, "--author", "Ada")


# --- editing


def test_every_action_has_help_with_an_example_and_a_method(do: Run) -> None:
    status, out, _ = do("edit", "--help")
    assert status == 0
    for name, _, example in ACTIONS:
        assert f"\n  {name} " in out
        status, text, err = do("edit", "talks.accord", name, "--help")
        assert (status, err) == (0, "")
        assert f"Example: {example}" in " ".join(text.split())
        assert example.startswith(f"accord edit talks.accord {name}")
        assert hasattr(Workspace, {"export": "export_edits", "import": "import_edits"}.get(name, name))
        if name not in ("log", "export", "import"):
            assert "--author" in text
            assert "--reason" in text


def test_an_edit_says_what_was_kept_and_how_to_undo_it(do: Run) -> None:
    status, out, err = edit(do, "reject", "1:2", "--layer", "positions", "--reason", "a slip of the reader")
    assert status == 0
    key = out.split(":")[0]
    assert out.startswith(f"{key}: reject positions po-")
    assert err == f"To undo it: accord edit talks.accord undo {key}\n"
    assert len(json.loads(do("positions", "talks.accord", "--format", "json")[1])) == 2
    assert edit(do, "undo", key)[0] == 0
    assert len(json.loads(do("positions", "talks.accord", "--format", "json")[1])) == 3


def test_every_action_reaches_the_record(do: Run) -> None:
    def rows(layer: str) -> list[dict[str, object]]:
        found: list[dict[str, object]] = json.loads(do(layer, "talks.accord", "--format", "json")[1])
        return found

    assert edit(do, "accept", "1:1", "--layer", "positions")[0] == 0
    assert rows("positions")[0]["confidence"] == 1.0
    assert edit(do, "change", "1:1", "--layer", "positions", "--set", "stance=open", "--set", "date=2021-05")[0] == 0
    assert "open" in {row["stance"] for row in rows("positions")}
    assert edit(do, "rename", "Norland", "Kingdom of Norland")[0] == 0
    assert "Kingdom of Norland" in {row["name"] for row in rows("actors")}
    number = ("add", "figures", "--set", "measure=guns", "--set", "value=9")
    assert edit(do, *number, "--evidence", "1:never lay down arms")[0] == 0
    assert edit(do, *number, "--note", "I counted them.")[0] == 0
    assert [row["value"] for row in rows("figures")] == [9, 9]
    assert len(rows("reports")) == 3
    one, two = (str(row["id"]) for row in rows("statements") if "never" not in str(row["content"]))
    assert edit(do, "merge", one, two)[0] == 0
    assert len(rows("statements")) == 2
    assert edit(do, "split", two, "--from", one)[0] == 0
    assert len(rows("statements")) == 3
    assert edit(do, "undo")[0] == 0
    assert len(rows("statements")) == 2
    actions = [row["action"] for row in json.loads(do("edit", "talks.accord", "log", "--format", "json")[1])]
    assert actions == ["accept", "change", "rename", "add", "add", "merge", "split", "undo"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["edit"], "name a record, NAME.accord; here: talks.accord"),
        (["edit", "talks.accord"], "say what to do: accord edit talks.accord accept | reject"),
        (["edit", "x.accord", "log"], "x.accord: there is no such record; here: talks.accord"),
        (["edit", "talks.accord", "praise"], "No such command 'praise'"),
        (["edit", "talks.accord", "reject", "1:1"], "--author NAME, or ACCORD_AUTHOR"),
        (["edit", "talks.accord", "reject", "--author", "Ada"], "reject: name the item"),
        (["edit", "talks.accord", "reject", "1:1", "--author", "Ada"], "name one by its id or say the layer"),
        (["edit", "talks.accord", "reject", "9:1", "--author", "Ada"], "numbers 1 to 2"),
        (["edit", "talks.accord", "reject", "Norland", "--author", "Ada"], "actors allow change, merge"),
        (["edit", "talks.accord", "merge", "Norland", "--author", "Ada"], "at least 2 items"),
        (["edit", "talks.accord", "rename", "Norland", "--author", "Ada"], "must have the new name"),
        (["edit", "talks.accord", "add", "--author", "Ada"], "add: name the layer"),
        (["edit", "talks.accord", "add", "figures", "--author", "Ada"], "give the evidence"),
        (["edit", "talks.accord", "change", "Norland", "--set", "kind", "--author", "Ada"], "must be FIELD=VALUE"),
        (["edit", "talks.accord", "change", "Norland", "--set", "kind=moon", "--author", "Ada"], "one of armed-group"),
        (["edit", "talks.accord", "undo", "--author", "Ada"], "no edit of the log stands"),
        (["edit", "talks.accord", "undo", "ed-0", "--author", "Ada"], "there is no edit 'ed-0'"),
        (["edit", "talks.accord", "import"], "import: name the file"),
        (["edit", "talks.accord", "import", "in/a.md"], "must be a log that Accord exported"),
        (["edit", "talks.accord", "export", "-o", "nowhere/x.json"], "cannot be written"),
    ],
)
def test_a_mistake_is_one_line_and_writes_nothing(do: Run, arguments: list[str], message: str) -> None:
    status, out, err = do(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith("accord: ")
    assert err.count("\n") == 1
    assert message in err
    assert do("edit", "talks.accord", "log")[1] == "Nobody has edited this record.\n"


def test_the_author_may_be_in_the_environment(do: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCORD_AUTHOR", "Bo")
    assert do("edit", "talks.accord", "reject", "1:2", "--layer", "positions")[0] == 0
    assert "Bo" in do("edit", "talks.accord", "log")[1]


def test_the_log_reads_well_and_fits(do: Run) -> None:
    edit(do, "change", "1:2", "--layer", "positions", "--set", "party=Norland", "--reason", "a slip")
    edit(do, "undo")
    status, text, err = do("edit", "talks.accord", "log")
    assert (status, err) == (0, "")
    assert max(map(len, text.splitlines())) <= 80
    assert "party = Norland" in text
    assert "(undone)" in text
    assert "lay down arms." in text
    rows = list(csv.DictReader(io.StringIO(do("edit", "talks.accord", "log", "--format", "csv")[1], newline="")))
    assert [row["stands"] for row in rows] == ["False", "True"]
    assert json.loads(rows[0]["fields"])["party"].startswith("ac-")


def test_a_log_goes_into_another_record(do: Run) -> None:
    edit(do, "reject", "1:2", "--layer", "positions")
    status, out, err = do("edit", "talks.accord", "export", "-o", "edits.json")
    assert (status, out, err) == (0, "", "Written: edits.json\n")
    assert do("edit", "talks.accord", "export")[1] == Path("edits.json").read_text()
    with accord.open("other.accord") as ws:
        ws.read("in/b.md", reader=SimpleReader())
    status, out, err = do("edit", "other.accord", "import", "edits.json")
    assert (status, out) == (0, "1 edit taken in from edits.json.\n")
    assert "no reading has this item any more" in err
    assert "(reject positions po-" in err


def test_reading_tells_which_edits_lost_their_ground(do: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Forgetful(SimpleReader):
        fingerprint = "forgetful-1"

        def read(self, reports):  # type: ignore[no-untyped-def]
            for reading in super().read(reports):
                yield type(reading)(report=reading.report, reader=self.fingerprint, actors=reading.actors)

    edit(do, "accept", "1:2", "--layer", "positions")
    monkeypatch.setattr("accord.workbench._reader", lambda _: Forgetful())
    status, out, err = do("read", "in", "-o", "talks.accord")
    assert status == 0
    assert "2 reports read" in out
    assert "Ada): no reading has this item any more; make the edit again, or undo it" in err
    assert "! po-" in do("edit", "talks.accord", "log")[1]
    exported = json.loads(do("export", "talks.accord")[1])
    assert exported["unapplied"][0]["reason"].startswith("no reading has this item any more")


# --- what became of things


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["changes", "--since", "2015-02-01"], "MILF on “the front decommissions"),
        (["history"], "≠ STANCE"),
        (["history", "--of", "levers"], "force, pressure"),
        (["meetings"], "Kuala Lumpur"),
        (["judgements"], "the rule for"),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, list) else "",
)
def test_every_trace_prints_a_table_json_and_csv(talks: Run, arguments: list[str], shown: str) -> None:
    word, *options = arguments
    status, text, err = talks(word, "talks.accord", *options)
    assert (status, err) == (0, "")
    assert shown in text
    assert max(map(len, text.splitlines())) <= 80
    found = json.loads(talks(word, "talks.accord", *options, "--format", "json")[1])
    rows = list(csv.DictReader(io.StringIO(talks(word, "talks.accord", *options, "--format", "csv")[1], newline="")))
    assert len(rows) == len(found) > 0


def test_what_groups_share_is_shown_once(talks: Run) -> None:
    text = talks("history", "talks.accord", "--issue", "disarmament")[1]
    assert text.count("MILF:") == 1
    assert "2014-01-10" in text
    assert "2015-02-01" in text


def test_filters_and_options_reach_the_traces(talks: Run) -> None:
    def count(*arguments: str) -> int:
        return len(json.loads(talks(arguments[0], "talks.accord", *arguments[1:], "--format", "json")[1]))

    assert count("history") == 3
    assert count("history", "--shifted") == 2
    assert count("history", "--since", "2015") == 1
    assert count("meetings", "--party", "Malaysia") == 2
    assert count("judgements", "--verdict", "unsure") == 0
    assert count("changes", "--since", "2015-03") == 0
    assert talks("changes", "talks.accord", "--since", "2015-03")[1] == "Nothing changed.\n"
    assert talks("meetings", "talks.accord", "--until", "2010")[1] == "No meetings here.\n"


def test_a_judgement_of_an_actor_is_asked_by_name(talks: Run) -> None:
    assert talks("judgements", "talks.accord", "Malaysia")[1] == "Nothing was judged to be one with another here.\n"


def test_a_rebuild_says_what_it_did(talks: Run) -> None:
    status, out, err = talks("rebuild", "talks.accord")
    assert (status, err) == (0, "")
    assert out.startswith("Merged anew from 5 reports, 5 readings and 0 edits: 3 actors, ")
    assert out.endswith("The same as before, byte for byte.\n")
