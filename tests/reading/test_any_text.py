"""Any text in: no reading fails, every quote is its slice, and reading twice gives the same."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.model.findings import LAYERS
from accord.model.report import Report
from accord.reading.offline import OfflineReader

READER = OfflineReader()
PIECES = st.sampled_from(
    [
        "President Ali", "Mrs. Ruiz", "the rebels", "Kenya", "the two sides", "he", "she", "they", "the former", "Ruiz",
        "said", "rejected", "will never accept", "agreed to", "met", "if", "unless", "according to", "that", "whose",
        "a ceasefire", "sanctions on Iran", "40,000 soldiers", "on Friday", "last July", "ten years ago", "“", "”", '"',
        "'", "’s", "—", "...", ".", ",", ";", "\n", "\n\n", "?", "(UN)", "of", "and", "not", "no", "1", "%", "$5 bn",
        "\u202e", "🙂", "é", "ß", "\u200b", "x" * 40,
    ]
)  # fmt: skip


def read(text: str):
    (reading,) = READER.read([Report.make(text, "any.txt")])
    return reading


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join)))
def test_no_text_fails_and_every_quote_is_its_slice(text):
    reading = read(text)
    assert reading.failed is None
    for layer in LAYERS:
        for item in reading.layer(layer):
            for evidence in item.evidence:
                assert text[evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize("name", ["Ruiz met Ruiz and Ruiz.", "Ali Ali Ali said Ali. Ali, 54, said. Mr Ali"])
def test_one_name_many_times_over(name):
    assert read(name).failed is None


def test_reading_twice_gives_the_same_bytes():
    text = "On Friday Kenya rejected a truce, the UN said. “We will not sign,” Ruiz said. He left for Geneva."
    assert msgspec.json.encode(read(text)) == msgspec.json.encode(read(text))
