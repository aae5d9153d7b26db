"""What `bench/fuzz.py` feeds to every parser, and what it holds against what comes out."""

import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[2] / "tests"
for folder in (TESTS, TESTS / "reports", TESTS / "llm"):  # the tests' own files of every format, talks and answers
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
