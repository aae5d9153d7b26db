"""Reports into a record by way of a model: the commands, what they tell, broken runs, and two readers compared."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from model_answers import GOOD, TEXT, good
from model_server import ModelServer, Script, completion

import accord
from accord.cli.app import run
from accord.errors import ReadingError
from accord.workbench.readers import make_reader

Serve = Callable[[Script], ModelServer]
Do = Callable[..., tuple[int, str, str]]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with reports, and settings that name no server yet."""
    (tmp_path / "in").mkdir()
    for i in range(4):
        head = f"---\ntitle: Report {i}\noutlet: Upland Radio\npublished: 2019-03-0{i + 1}\n---\n"
        (tmp_path / "in" / f"{i}.md").write_text(f"{head}{TEXT}\n\nThis was dispatch number {i} from the region.\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("URL", "MODEL", "KEY", "CONFIG"):
        monkeypatch.delenv(f"ACCORD_LLM_{name}", raising=False)
    return tmp_path


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[[ModelServer], None]:
    """Name a server in the environment."""

    def name(server: ModelServer) -> None:
        monkeypatch.setenv("ACCORD_LLM_URL", server.url)
        monkeypatch.setenv("ACCORD_LLM_MODEL", "tiny")
        monkeypatch.setenv("ACCORD_LLM_ATTEMPTS", "1")

    return name


@pytest.fixture
def do(capsys: pytest.CaptureFixture[str]) -> Do:
    def command(*arguments: str) -> tuple[int, str, str]:
        status = run(arguments)
        out = capsys.readouterr()
        return status, out.out, out.err

    return command


def asked_about(body: dict[str, Any]) -> str:
    return str(body["messages"][1]["content"])


def test_without_a_server_it_says_what_to_set(desk: Path, do: Do) -> None:
    status, _, err = do("read", "in", "-o", "x.accord", "--reader", "llm")
    assert status == 2
    assert "ACCORD_LLM_URL and ACCORD_LLM_MODEL must say" in err
    assert "docs/llm.md" in err


def test_a_dry_run_asks_nothing_and_makes_no_record(desk: Path, do: Do, serve: Serve, use: Any) -> None:
    server = serve(lambda *_: json.dumps(GOOD))
    use(server)
    status, out, err = do("read", "in", "-o", "x.accord", "--reader", "llm", "--dry-run")
    assert (status, err, server.calls) == (0, "", [])
    assert out.startswith("4 reports in 4 chunks, 0 answered in the cache.\n4 calls to 127.0.0.1:")
    assert "no prices set" in out
    assert not (desk / "x.accord").exists()


def test_the_account_is_told_and_is_no_part_of_the_record(desk: Path, do: Do, serve: Serve, use: Any) -> None:
    invented = good()
    invented["events"].append({**invented["events"][0], "quote": "Both capitals signed a treaty of friendship."})
    use(serve(lambda *_: json.dumps(invented)))
    status, out, err = do("read", "in", "-o", "x.accord", "--reader", "llm")
    assert status == 0
    assert out.startswith("4 reports read into x.accord")
    assert "Model: 4 calls, 0 from the cache, 0 tried again; 400 tokens in, 80 out" in err
    assert "Unanchored and left out: 4" in err
    assert "- 4 events: its quote is not in the report" in err
    assert "friendship" not in do("export", "x.accord", "--format", "json")[1]


def test_a_model_that_is_not_there_leaves_no_half_record(desk: Path, do: Do, serve: Serve, use: Any) -> None:
    server = serve(lambda *_: "hang up")
    use(server)
    status, _, err = do("read", "in", "-o", "x.accord", "--reader", "llm")
    assert status == 2
    assert "must answer" in err
    assert "Model: 0 calls" in err


def test_a_broken_run_goes_on_and_ends_as_an_unbroken_one(desk: Path, serve: Serve, use: Any) -> None:
    """The server stops in the midst; the record afterwards is the one of a run that nothing broke, and no question
    was answered twice."""
    answered: Counter[str] = Counter()

    def script(number: int, body: dict[str, Any]) -> Any:
        if number == 2:
            return "hang up"
        answered[asked_about(body)] += 1
        return json.dumps(GOOD)

    use(serve(script))
    with accord.open("broken.accord") as ws:
        with pytest.raises(ReadingError):
            ws.read("in", reader="llm")
        done = ws.read("in", reader="llm")
        assert done.added + done.known == 4
        first = ws.export("json")
    assert len(answered) == 4
    assert set(answered.values()) == {1}
    with accord.open("whole.accord") as ws:
        ws.read("in", reader="llm")
        assert ws.export("json") == first
    assert set(answered.values()) == {1}  # from the cache


def test_a_budget_stops_and_the_next_run_goes_on(desk: Path, do: Do, serve: Serve, use: Any) -> None:
    server = serve(lambda *_: completion(json.dumps(GOOD), tokens=(1500, 300)))
    use(server)
    told = ("read", "in", "-o", "x.accord", "--reader", "llm")
    status, _, err = do(*told, "--budget-tokens", "9000")
    assert status == 2
    assert "goes on from there" in err
    assert 0 < len(server.calls) < 4
    assert do(*told)[0] == 0
    assert len(server.calls) == 4


def test_two_readers_are_joined_compared_and_chosen(desk: Path, do: Do, serve: Serve, use: Any) -> None:
    use(serve(lambda *_: json.dumps(GOOD)))
    status, _, err = do("read", "in/0.md", "-o", "x.accord", "--reader", "both")
    assert status == 0, err
    rows = json.loads(do("readers", "x.accord", "--format", "json")[1])
    assert [row["reader"].partition("-")[0] for row in rows] == ["offline", "llm", "agreed", "both"]
    assert [row["counts"] for row in rows] == [0, 0, 0, 1]
    items = {row["reader"].partition("-")[0]: row["items"] for row in rows}
    assert items["agreed"] <= min(items["offline"], items["llm"]) <= items["both"]
    with accord.open("x.accord") as ws:
        union = [f for layer in ("statements", "events", "levers", "figures") for f in ws.record().layer(layer)]
        marks = {why for finding in union for why in finding.why}
        assert {"found by both readers", "found by the offline reader alone", "found by the model alone"} & marks
        own = ws.compare("llm", "llm")
        assert {row.full_agreement for row in own.layers} == {1.0}
        mixed = ws.compare("offline", "llm")
        statements = next(row for row in mixed.layers if row.layer == "statements")
        assert (statements.loose, statements.full) == (1, 1)
    status, out, _ = do("compare", "x.accord", "offline", "llm")
    assert status == 0
    assert "1 report read by both" in out
    assert "statements" in out
    assert do("compare", "x.accord", "offline", "llm", "--format", "csv")[1].startswith("layer,first,second,loose,full")
    status, _, err = do("compare", "x.accord", "offline", "nobody")
    assert status == 2
    assert "there is no reader of this record of that name" in err
    status, _, err = do("readers", "x.accord", "--use", "agreed")
    assert status == 0
    counts = {
        row["reader"].partition("-")[0]: row["counts"]
        for row in json.loads(do("readers", "x.accord", "--format", "json")[1])
    }
    assert counts == {"offline": 0, "llm": 0, "both": 0, "agreed": 1}


def test_a_budget_for_nobody_is_a_mistake() -> None:
    with pytest.raises(ReadingError, match="asks no model"):
        make_reader("offline", tokens=5)
    with pytest.raises(ReadingError, match="there are offline, llm, both, agreed"):
        make_reader("oracle")
