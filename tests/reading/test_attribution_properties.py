"""Whatever the text: no failure, every span exact, quotations and nesting consistent."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.model.report import Report
from accord.reading import statements
from accord.reading.offline import understand
from accord.reading.pipeline import model

WORDS = [
    *("said", "told", "according to", "warned of", "called for", "that", "whether", "who", "adding", "noted", "asked"),
    *(
        "the envoy",
        "Amina Diallo",
        "Rwanda",
        "rebels",
        "he",
        "they",
        "a statement",
        "her",
        "talks",
        "truce",
        "to leave",
    ),
    *("“", "”", '"', "‘", "’", "''", "«", "»", ",", ".", ":", "?", "—", "- ", "\n", "\n\n", "and", "but", "as", "not"),
]
texts = st.one_of(st.text(max_size=120), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
relaxed = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(texts)
@relaxed
def test_any_text_gives_attributions_whose_spans_lie_in_it(text):
    context = understand(Report.make(text, "test.txt"), model()(text))
    for a in context.attributions.all:
        for start, end in (*a.contents, *filter(None, (a.cue, a.source))):
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip()
        assert all(one[1] <= two[0] for one, two in zip(a.contents, a.contents[1:], strict=False))
        assert a.extent[0] <= a.start < a.end <= a.extent[1]
        assert 0 < a.confidence < 1
        assert a not in context.attributions.chain(a)


@given(texts)
@relaxed
def test_any_text_gives_statements_that_quote_it(text):
    report = Report.make(text, "test.txt")
    for s in statements.extract(understand(report, model()(text))):
        span = s.content_span
        assert s.content == text[span.start : span.end]
        assert s.content == s.content.strip()
        for evidence in s.evidence:
            evidence.check(report)
            assert evidence.holds(span)
        assert span in s.content_parts
