"""What models answer, and what reports are made into: completions, answers, and texts for the offline reader."""

from __future__ import annotations

import json
from functools import cache
from random import Random
from typing import Any

from model_answers import GOOD, REPORT, TEXT

from accord.model.reading import Reading
from accord.model.report import Report
from accord.reading.llm.answers import read_answer
from accord.reading.llm.budget import Account
from accord.reading.llm.chunks import chunks
from accord.reading.llm.client import Muddled, read_completion
from accord.reading.llm.reader import anchored
from accord.record.checking import checked
from fuzzing.mutate import spoilt_bytes, spoilt_text, spoilt_tree, written
from fuzzing.reports import FRENCH, FRONT, OTHER, SPORT
from fuzzing.target import Bug, Target

COMPLETION = {
    "choices": [{"message": {"role": "assistant", "content": "{}"}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 10, "completion_tokens": 20},
}


@cache
def parts() -> tuple[Any, ...]:
    return tuple(chunks(REPORT, 400))


def answer(random: Random) -> None:
    """From a model's words to a reading that holds against its report."""
    said = json.dumps(spoilt_tree(random, GOOD), ensure_ascii=random.random() < 0.5)
    if random.random() < 0.3:
        said = spoilt_text(random, said, (TEXT, said))
    if random.random() < 0.1:
        said = f"Here it is:\n```json\n{said}\n```"
    reading = anchored(REPORT, [(part, read_answer(said)) for part in parts()], Account(), reader="fuzz", model="m")
    if not isinstance(reading, Reading) or reading.failed is not None:
        raise Bug("an answer must become a reading")
    checked(REPORT, reading)


def completion(random: Random) -> None:
    """From the bytes of a server to a model's words."""
    raw = json.dumps(spoilt_tree(random, COMPLETION)).encode()
    if random.random() < 0.3:
        raw = spoilt_bytes(random, raw, (raw, b'{"error": {"message": "no"}}'))
    try:
        content = read_completion(raw, {"messages": []}).content
    except Muddled:
        return
    if not isinstance(content, str):
        raise Bug("a completion must be a text")


@cache
def offline() -> Any:
    from accord.workbench.readers import make_reader

    return make_reader("offline")


def reading(random: Random) -> None:
    """From a report that was cut, spliced and shouted to a reading that holds against it."""
    good = (TEXT, OTHER, FRONT, SPORT, FRENCH)
    report = Report.make(written(spoilt_text(random, random.choice(good), good))[:4_000] or "x", "fuzz.txt")
    (found,) = offline().read([report])
    if found.failed is not None:
        raise Bug(f"a report must be read; {found.failed}")
    checked(report, found)


TARGETS = (
    Target("llm-answers", answer),
    Target("llm-completions", completion),
    Target("offline-reading", reading, limit=20.0),
)
