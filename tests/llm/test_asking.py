"""Asking a server: what is sent, what a stumbling server costs, and that a broken run goes on where it was."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from model_answers import GOOD, REPORT
from model_server import ModelServer, Script, completion

from accord.errors import ReadingError
from accord.model.report import Report
from accord.reading.llm.budget import Budget, BudgetSpent
from accord.reading.llm.chunks import chunks
from accord.reading.llm.client import Unavailable
from accord.reading.llm.forms import schema
from accord.reading.llm.prompt import messages
from accord.reading.llm.reader import LlmReader
from accord.reading.llm.settings import Settings, settings

Serve = Callable[[Script], ModelServer]
Asking = Callable[..., LlmReader]
ANSWER = json.dumps(GOOD)


def long_report(number: int, parts: int = 3) -> Report:
    """A report of several chunks of 400 characters."""
    text = "\n\n".join(f"Part {i} of {number}. " + "The envoys spoke again about the truce. " * 8 for i in range(parts))
    return Report.make(text, f"{number}.txt")


def asked_about(body: dict[str, Any]) -> str:
    return str(body["messages"][1]["content"])


def test_one_call_reads_a_report(serve: Serve, asking: Asking) -> None:
    server = serve(lambda *_: ANSWER)
    (reading,) = asking(server).read([REPORT])
    assert reading.failed is None
    assert len(reading.statements) == len(reading.events) == 1
    assert len(server.calls) == 1


def test_the_server_is_asked_for_json_of_our_schema(serve: Serve, asking: Asking) -> None:
    server = serve(lambda *_: ANSWER)
    list(asking(server).read([REPORT]))
    (body,) = server.calls
    assert body["response_format"]["json_schema"] == {"name": "findings", "strict": True, "schema": schema()}
    assert (body["temperature"], body["stream"], body["model"]) == (0, False, "tiny")


def test_a_server_without_schemas_is_asked_otherwise_and_only_once_so(serve: Serve, asking: Asking) -> None:
    def script(_: int, body: dict[str, Any]) -> Any:
        return (400, {}, '{"error": "response_format"}') if "response_format" in body else ANSWER

    server = serve(script)
    reader = asking(server, concurrency=1)
    readings = list(reader.read([REPORT, long_report(1)]))
    assert [reading.failed for reading in readings] == [None, None]
    plain = [body for body in server.calls if "response_format" not in body]
    assert len(server.calls) - len(plain) == 3  # each better form was tried once
    assert len(readings[0].statements) == 1


STUMBLES: dict[str, Any] = {
    "429": (429, {"Retry-After": "0.02"}, "slow down"),
    "500": (500, {}, "oh"),
    "503": (503, {"Retry-After": "soon"}, "later"),
    "hang up": "hang up",
    "half": ("half", '{"choices": [{"message": {"content": "'),
    "no completion": {"object": "list"},
    "empty choices": {"choices": []},
    "no JSON": (200, {}, "<html>welcome</html>"),
}


@pytest.mark.parametrize("stumble", STUMBLES)
def test_a_server_that_stumbles_once_costs_nothing(stumble: str, serve: Serve, asking: Asking) -> None:
    server = serve(lambda number, _: STUMBLES[stumble] if number == 0 else ANSWER)
    reader = asking(server)
    (reading,) = reader.read([REPORT])
    assert len(reading.statements) == 1
    assert reader.account.retries == 1
    assert len(server.calls) == 2


def test_a_dripping_server_is_given_up(serve: Serve, asking: Asking) -> None:
    server = serve(lambda number, _: ("drip", 3.0) if number == 0 else ANSWER)
    reader = asking(server, timeout=0.3)
    (reading,) = reader.read([REPORT])
    assert len(reading.statements) == 1
    assert reader.account.retries == 1


def test_a_server_that_keeps_failing_stops_the_run_and_says_so(serve: Serve, asking: Asking) -> None:
    server = serve(lambda *_: (500, {}, "out of\x1b[31m memory"))
    with pytest.raises(Unavailable, match=r"tried 4 times and got status 500.*same command again") as problem:
        list(asking(server).read([REPORT]))
    assert "\x1b" not in str(problem.value)


@pytest.mark.parametrize(("status", "advice"), [(401, "ACCORD_LLM_KEY"), (404, "the model"), (302, "ACCORD_LLM_URL")])
def test_what_no_repetition_mends_is_not_repeated(status: int, advice: str, serve: Serve, asking: Asking) -> None:
    server = serve(lambda *_: (status, {"Location": "http://elsewhere.invalid/"}, "no"))
    with pytest.raises(Unavailable, match=advice):
        list(asking(server).read([REPORT]))
    assert len(server.calls) == 1


def test_a_refused_report_fails_and_the_others_are_read(serve: Serve, asking: Asking) -> None:
    def script(_: int, body: dict[str, Any]) -> Any:
        return (400, {}, "context length exceeded") if "Part 0 of 7" in asked_about(body) else ANSWER

    readings = list(asking(serve(script)).read([long_report(7), REPORT]))
    assert "context length exceeded" in (readings[0].failed or "")
    assert len(readings[1].statements) == 1


@pytest.mark.parametrize("content", ["", "I cannot do that.", "[1, 2", "{", '{"statements": 5}', "null", "[]"])
def test_an_answer_that_is_none_is_counted_and_the_report_lands(content: str, serve: Serve, asking: Asking) -> None:
    reader = asking(serve(lambda *_: content))
    (reading,) = reader.read([REPORT])
    assert (reading.failed, reading.statements) == (None, ())
    assert reader.account.unreadable or reader.account.unanchored


def test_a_truncated_answer_is_asked_for_in_halves(serve: Serve, asking: Asking) -> None:
    report = Report.make(f"{REPORT.text}\n\n{'The envoys spoke again about the truce. ' * 30}", "long.txt")

    def script(number: int, _: dict[str, Any]) -> Any:
        return completion(ANSWER[:200], finish="length") if number == 0 else ANSWER

    server = serve(script)
    reader = asking(server)
    (reading,) = reader.read([report])
    assert len(server.calls) == 3
    assert len(reading.statements) == 1
    assert len(list(reader.read([report]))) == 1
    assert len(server.calls) == 3  # the truncated answer is remembered as well


def test_a_stopped_server_loses_and_repeats_nothing(serve: Serve, asking: Asking) -> None:
    """The server goes away in the midst of a run; the same run again asks exactly what was not answered yet."""
    reports = [long_report(i) for i in range(6)]
    answered: Counter[str] = Counter()
    alive = True

    def script(number: int, body: dict[str, Any]) -> Any:
        if not alive or number == 7:
            return "hang up"
        answered[asked_about(body)] += 1
        return ANSWER

    first = serve(script)
    landed = []
    reader = asking(first, attempts=2, chunk=400)

    def run() -> None:
        nonlocal alive
        for reading in reader.read(reports):
            landed.append(reading)
            if len(landed) == 2:
                alive = False

    with pytest.raises(Unavailable):
        run()
    assert 2 <= len(landed) < 6
    alive = True
    second = serve(script)
    again = asking(second, chunk=400)
    readings = list(again.read(reports[len(landed) :]))
    assert [reading.report for reading in (*landed, *readings)] == [report.id for report in reports]
    assert all(reading.failed is None for reading in readings)
    chunks_of = LlmReader.plan(again, reports)
    assert len(answered) == chunks_of.chunks == chunks_of.cached
    assert set(answered.values()) == {1}


def test_reading_again_asks_nothing(serve: Serve, asking: Asking) -> None:
    server = serve(lambda *_: ANSWER)
    first = list(asking(server).read([REPORT]))
    reader = asking(server)
    assert list(reader.read([REPORT])) == first
    assert (len(server.calls), reader.account.cached, reader.account.calls) == (1, 1, 0)


def test_another_model_is_asked_anew(serve: Serve, asking: Asking) -> None:
    server = serve(lambda *_: ANSWER)
    one, other = asking(server), asking(server, model="larger")
    list(one.read([REPORT]))
    list(other.read([REPORT]))
    assert len(server.calls) == 2
    assert one.fingerprint != other.fingerprint


def test_a_spoilt_cache_is_no_answer(serve: Serve, asking: Asking, tmp_path: Path) -> None:
    server = serve(lambda *_: ANSWER)
    list(asking(server).read([REPORT]))
    (kept,) = (tmp_path / "cache").rglob("*.json")
    kept.write_bytes(b'{"content": 7}\xff')
    (reading,) = asking(server).read([REPORT])
    assert len(reading.statements) == 1
    assert len(server.calls) == 2


def test_a_plan_tells_what_a_run_will_ask(serve: Serve, asking: Asking) -> None:
    server = serve(lambda *_: ANSWER)
    reader = asking(server, chunk=400, price_in=1.0, price_out=2.0)
    reports = [long_report(1), long_report(2)]
    plan = reader.plan(reports)
    assert server.calls == []
    assert plan.cost == pytest.approx((plan.tokens_in + 2 * plan.tokens_out) / 1e6)
    list(reader.read(reports))
    assert (plan.calls, plan.chunks, plan.cached) == (len(server.calls), len(server.calls), 0)
    assert reader.plan(reports).calls == 0


def test_tokens_are_counted_as_the_server_counts_them(serve: Serve, asking: Asking) -> None:
    reader = asking(serve(lambda *_: completion(ANSWER, tokens=(321, 54))))
    list(reader.read([REPORT]))
    assert (reader.account.tokens_in, reader.account.tokens_out) == (321, 54)


@pytest.mark.parametrize(("counted", "short"), [(120, 1), (1200, 0)])
def test_a_question_that_the_server_cut_off_is_told(counted: int, short: int, serve: Serve, asking: Asking) -> None:
    reader = asking(serve(lambda *_: completion(ANSWER, tokens=(counted, 54))))
    list(reader.read([REPORT]))
    assert reader.account.short == short
    assert any("longer context" in line for line in reader.told()) == bool(short)


def test_a_budget_of_tokens_is_never_passed(serve: Serve, asking: Asking) -> None:
    server = serve(lambda *_: completion(ANSWER, tokens=(2000, 500)))
    reader = asking(server, budget=Budget(tokens=9000), answer=1000, chunk=400)
    landed = []
    with pytest.raises(BudgetSpent, match=r"goes on from there"):
        landed.extend(reader.read([long_report(i) for i in range(5)]))
    assert reader.account.calls > 0
    assert reader.account.tokens_in + reader.account.tokens_out <= 9000


def test_a_budget_of_seconds_ends_the_run(serve: Serve, asking: Asking) -> None:
    server = serve(lambda *_: ("drip", 2.0))
    with pytest.raises(ReadingError):
        list(asking(server, budget=Budget(seconds=0.2)).read([REPORT]))


# -- what is sent ------------------------------------------------------------------------------------------------

HEADERS = {"host", "accept", "accept-encoding", "connection", "user-agent", "content-type", "content-length"}


def test_every_byte_sent_is_the_question(
    serve: Serve, asking: Asking, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Report, title and prompt go out, and the key where there is one; of user, machine and environment nothing."""
    secrets = {"AWS_SECRET_ACCESS_KEY": "canary-one", "OPENAI_API_KEY": "canary-two", "HTTP_PROXY": "http://canary:1"}
    for name, value in {**secrets, "http_proxy": "http://canary:1", "ACCORD_LLM_KEY": "canary-three"}.items():
        monkeypatch.setenv(name, value)
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login canary password canary-four\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    server = serve(lambda *_: ANSWER)
    list(asking(server).read([REPORT]))
    (sent,), (body,) = server.sent, server.calls
    head = sent[: sent.index(b"\r\n\r\n") if b"\r\n\r\n" in sent else sent.index(b"\n\n")].decode()
    names = {line.partition(":")[0].lower() for line in head.splitlines()[1:]}
    assert names <= HEADERS
    assert b"canary" not in sent
    for private in (os.getcwd(), str(tmp_path), REPORT.source, "Python", "httpx"):
        assert private.encode() not in sent
    asker = asking(server)
    (chunk,) = chunks(REPORT, 6000)
    assert set(body) == {"model", "messages", "stream", "temperature", "seed", "max_tokens", "response_format"}
    assert body["messages"] == messages(chunk)
    assert body["max_tokens"] == asker.settings.answer


def test_the_key_goes_into_one_header_and_to_no_other_server(serve: Serve, asking: Asking, tmp_path: Path) -> None:
    other = serve(lambda *_: ANSWER)
    server = serve(lambda *_: (307, {"Location": f"{other.url}/chat/completions"}, ""))
    with pytest.raises(Unavailable) as problem:
        list(asking(server, key="sesame").read([REPORT]))
    assert server.sent[0].count(b"sesame") == 1
    assert b"Bearer sesame" in server.sent[0]
    assert other.sent == []
    assert "sesame" not in str(problem.value)
    good = serve(lambda *_: ANSWER)
    list(asking(good, key="sesame").read([REPORT]))
    assert not [path for path in (tmp_path / "cache").rglob("*.json") if b"sesame" in path.read_bytes()]


# -- settings ----------------------------------------------------------------------------------------------------


def test_settings_come_from_a_file_and_the_environment_over_it(tmp_path: Path) -> None:
    file = tmp_path / "llm.toml"
    file.write_text('url = "https://models.example/api/v3/"\nmodel = "m"\nconcurrency = 7\n')
    known = settings({"ACCORD_LLM_CONFIG": str(file), "ACCORD_LLM_MODEL": "n", "ACCORD_LLM_TIMEOUT": "9.5"})
    assert (known.model, known.concurrency, known.timeout) == ("n", 7, 9.5)
    assert known.endpoint == "https://models.example/api/v3/chat/completions"


def test_a_server_without_a_path_is_asked_at_v1() -> None:
    assert Settings(url="http://localhost:11434", model="m").endpoint == "http://localhost:11434/v1/chat/completions"


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, "ACCORD_LLM_URL and ACCORD_LLM_MODEL must say"),
        ({"ACCORD_LLM_URL": "http://localhost:1/v1"}, "ACCORD_LLM_MODEL must say"),
        ({"ACCORD_LLM_URL": "file:///etc/passwd", "ACCORD_LLM_MODEL": "m"}, "http or https"),
        ({"ACCORD_LLM_URL": "http://h", "ACCORD_LLM_MODEL": "m", "ACCORD_LLM_TIMEOUT": "soon"}, "timeout"),
        ({"ACCORD_LLM_URL": "http://h", "ACCORD_LLM_MODEL": "m", "ACCORD_LLM_CONCURRENCY": "0"}, "at least 1"),
        ({"ACCORD_LLM_CONFIG": "nowhere.toml"}, "must name a file"),
    ],
)
def test_settings_that_cannot_be_say_why(environment: dict[str, str], words: str, tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=words):
        settings({"XDG_CONFIG_HOME": str(tmp_path), **environment})


def test_a_file_beside_the_reports_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "llm.toml").write_text('url = "http://evil.example"\nmodel = "m"\n')
    (tmp_path / "accord.toml").write_text('url = "http://evil.example"\nmodel = "m"\n')
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ReadingError):
        settings({"XDG_CONFIG_HOME": str(tmp_path / "none")})


def test_the_page_names_every_setting_with_its_default() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "llm.md").read_text(encoding="utf-8")
    known = Settings(url="http://h", model="m")
    for name in Settings.__struct_fields__:
        row = next(line for line in page.splitlines() if line.startswith("|") and f"`{name}`" in line)
        default = getattr(known, name)
        if isinstance(default, int | float) and not isinstance(default, bool):
            assert f"| {default:g} |" in row, name


def test_the_folder_of_answers_can_be_named(tmp_path: Path) -> None:
    told = {"ACCORD_LLM_URL": "http://localhost:1/v1", "ACCORD_LLM_MODEL": "m", "ACCORD_LLM_CACHE": str(tmp_path)}
    assert settings(told).cache == tmp_path


def test_a_run_that_is_broken_off_does_not_wait_for_answers(serve: Serve, tmp_path: Path) -> None:
    """In a process of its own: an interrupt must not reach whoever runs the tests."""
    asked = threading.Event()

    def script(*_: object) -> tuple[str, float]:
        asked.set()
        return ("drip", 20.0)

    server = serve(script)
    report = tmp_path / "in.txt"
    report.write_text(REPORT.text, encoding="utf-8")
    told = {"URL": server.url, "MODEL": "tiny", "CACHE": str(tmp_path / "cache"), "TIMEOUT": "60"}
    command = ["read", str(report), "-o", str(tmp_path / "out.accord"), "--reader", "llm"]
    run = subprocess.Popen(
        [sys.executable, "-c", "from accord.cli import main; main()", *command],
        env={**os.environ, **{f"ACCORD_LLM_{name}": value for name, value in told.items()}},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert asked.wait(60)
        started = time.monotonic()
        run.send_signal(signal.SIGINT)
        assert run.wait(15) == 130
        assert time.monotonic() - started < 10
    finally:
        run.kill()


def test_without_the_extra_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['httpx2'] = None\n"
        "from accord.errors import ReadingError\n"
        "try: import accord.reading.llm.client\n"
        "except ReadingError as problem: print(problem)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert 'pip install "accord[llm]"' in answer.stdout
