"""Working out, before anybody asks, what every page of a state of the record needs."""

from __future__ import annotations

import gc
import threading

from accord.errors import AccordError
from accord.model.findings import LAYERS
from accord.model.query import ISSUES
from accord.web.asking import Asked
from accord.web.desk import Desk, Scene
from accord.web.drawing.chronicle import picture
from accord.web.drawing.ties import ties
from accord.web.matters import matters
from accord.web.pages import prepare
from accord.web.seeing import Seeing
from accord.web.views.overview import MOST_SETS

_LARGE = 5_000
"""Items from which a record is large: below, everything is worked out in less time than a page takes to load."""


def warm(desk: Desk) -> None:
    """Work out what pages share: columns, orders, days, ties, histories, the table. Faults are left to the pages."""
    scene = desk.scene()
    try:
        _look(desk, scene)
    except AccordError:
        return  # a page that meets the same tells it
    finally:
        _settle()


def warm_aside(desk: Desk) -> None:
    """The same in a thread of its own, for a record that is large enough to need it."""
    if sum(len(desk.scene().record.layer(layer)) for layer in LAYERS) >= _LARGE:
        threading.Thread(target=warm, args=(desk,), name="warming", daemon=True).start()


def _look(desk: Desk, scene: Scene) -> None:
    prepare()
    asked = Asked.nothing()
    see = scene.once("seeing", lambda: Seeing(scene))
    for layer in (*LAYERS, "discrepancies"):
        counts = scene.index.layer(layer).per_report
        assert len(counts) == len(scene.record.reports)
        if layer != "discrepancies":
            for issue in ISSUES:
                scene.index.about(layer, issue)
    picture(scene, asked, "party")
    ties(scene, asked, "party")
    matters(scene, asked)
    assert see.parties is not None
    assert scene.forms is not None
    desk.workspace.brief_content(sets=MOST_SETS)
    desk.workspace.passages("report", limit=1)


def _settle() -> None:
    """A record stays as it is: looking through its millions of objects for garbage again and again finds none."""
    gc.collect()
    gc.freeze()
