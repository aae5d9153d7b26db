"""The views of the record as JSON: every layer with the filters of the command line, page by page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from accord.model.findings import LAYERS
from accord.publishing.forms import FORMS
from accord.web.api.answering import Listed, found, listed
from accord.web.api.asking import KNOWN, Page, Wants
from accord.web.api.describing import answers
from accord.web.asking import Paging
from accord.web.desk import Scene
from accord.workbench import VIEWS

router = APIRouter(prefix="/api", tags=["views"], dependencies=KNOWN)

_ABOUT = {
    "reports": "The reports that were read, with the numbers of references in their order.",
    "actors": "Who takes part, and who speaks for whom.",
    "timeline": "Who did what to whom, and when: the events.",
    "statements": "Who is reported to have said what.",
    "positions": "Where each party stands on what, and how firmly.",
    "proposals": "Deals, plans and truces, and what became of them.",
    "levers": "What a party holds over another.",
    "figures": "The numbers that are claimed, and by whom.",
    "discrepancies": "Where reports cannot all be true, with every side and no verdict.",
}


def _some(scene: Scene, layer: str, wants: Wants, paging: Paging) -> tuple[int, list[msgspec.Struct]]:
    """How many items of a layer pass the filter, and the forms of those on the page."""
    seen, forms = scene.selection(wants.where), scene.forms
    page = slice(paging.offset, paging.offset + paging.limit)
    if layer in LAYERS:
        places, items = seen.places(layer), scene.record.layer(layer)
        return len(places), [forms.item(items[place]) for place in places[page].tolist()]
    makers: dict[str, Callable[[Any], msgspec.Struct]] = {
        "reports": forms.report,
        "actors": forms.actor,
        "discrepancies": forms.discrepancy,
    }
    make = makers[layer]
    every = getattr(seen, layer)
    return len(every), [make(item) for item in every[page]]


def _view(name: str, layer: str) -> Callable[..., Response]:
    def view(request: Request, wants: Wants, paging: Page) -> Response:
        def make(scene: Scene) -> Listed[msgspec.Struct]:
            return listed(request, paging, *_some(scene, layer, wants, paging))

        return found(request, make)

    view.__name__, view.__doc__ = name, _ABOUT[name]
    return view


for _name, _layer in VIEWS.items():
    router.get(f"/{_name}", responses=answers(Listed[FORMS[_layer]], _ABOUT[_name]), summary=_ABOUT[_name])(  # type: ignore[valid-type]
        _view(_name, _layer)
    )
