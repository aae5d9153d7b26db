"""Confidence: one curve a layer, the same order of items, the rules' own estimates on request."""

from __future__ import annotations

import pytest

from accord.errors import VocabularyError
from accord.model.report import Report
from accord.model.vocabulary import confidence
from accord.model.vocabulary.confidence import LAYERS, Curve, curves
from accord.reading.offline import OfflineReader

TEXT = (
    "Nepal's prime minister met rebel leaders in Pokhara on Monday. The rebels demanded elections to a constituent "
    "assembly. The government said it would never accept a foreign peacekeeping force."
)


def test_every_layer_has_a_rising_curve_fitted_on_items():
    for layer, curve in curves().items():
        told = [curve(k / 10) for k in range(11)]
        assert told == sorted(told), layer
        assert told[0] >= 0.05, layer
        assert told[-1] <= 0.95, layer
        assert told[0] < told[-1], layer
        assert 0 < curve.right <= curve.items, layer


def test_a_curve_is_the_logistic_of_its_line():
    """log odds 0.5 + 2 log(0.8 / 0.2) = 3.2726; of an even estimate 0.5."""
    curve = Curve(slope=2.0, shift=0.5, items=1, right=1)
    assert curve(0.5) == 0.62
    assert curve(0.8) == 0.95  # 0.963, bounded
    assert curve(0.3) == 0.23
    assert Curve(slope=1.0, shift=0.0, items=1, right=1)(0.7) == 0.7


def test_a_reading_has_the_confidence_of_the_curve_and_nothing_else_changed():
    report = Report.make(TEXT, "nepal.txt")
    (plain,), (settled,) = (list(OfflineReader(calibrated=c).read([report])) for c in (False, True))
    assert plain.reader != settled.reader
    assert settled.statements or settled.events or settled.positions
    for layer in LAYERS:
        before, after = plain.layer(layer), settled.layer(layer)
        assert [i.id for i in after] == [i.id for i in before]
        assert [i.confidence for i in after] == [curves()[layer](i.confidence) for i in before]
    steps = [
        (a, b)
        for p, q in zip(plain.proposals, settled.proposals, strict=True)
        for a, b in zip(p.history, q.history, strict=True)
    ]
    assert all(b.confidence == curves()["proposals"](a.confidence) for a, b in steps)


@pytest.mark.parametrize(
    ("changed", "message"),
    [({"events": None}, "layers must be"), ({"events": Curve(-1.0, 0.0, 1, 1)}, "slope must be above 0; got -1.0")],
)
def test_curves_out_of_form_are_refused(monkeypatch, changed, message):
    broken = {k: v for k, v in {**curves(), **changed}.items() if v is not None}
    monkeypatch.setattr(confidence, "load", lambda name, form: broken)
    curves.cache_clear()
    try:
        with pytest.raises(VocabularyError, match=message):
            curves()
    finally:
        curves.cache_clear()
