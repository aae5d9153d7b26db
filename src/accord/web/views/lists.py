"""Pages that list a layer, fifty items at a time, each with the sentence that it rests on."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from accord.model.findings import Finding
from accord.web.asking import Asked, Pages, Paging, Where
from accord.web.desk import Scene
from accord.web.pages import Context, page

router = APIRouter(include_in_schema=False)


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a list. `items` are those after the first `offset` of `total`."""

    layer: str
    title: str
    about: str
    items: tuple[Any, ...]
    total: int
    offset: int
    limit: int

    @property
    def last(self) -> int:
        """The number of the last item shown, counted from 1."""
        return self.offset + len(self.items)


LISTS = {
    "statements": ("Statements", "Who is reported to have said what."),
    "levers": ("Levers", "What a party holds over another."),
    "figures": ("Figures", "The numbers that are claimed, and by whom."),
}


def listing(scene: Scene, asked: Asked, paging: Paging, layer: str, title: str, about: str) -> Listing:
    """The page of a layer's list that is asked for, of the items that pass the filter."""
    places = scene.selection(asked.where).places(layer)
    items: tuple[Finding, ...] = scene.record.layer(layer)
    shown = tuple(items[place] for place in places[paging.offset : paging.offset + paging.limit].tolist())
    return Listing(
        layer=layer,
        title=title,
        about=about,
        items=shown,
        total=len(places),
        offset=paging.offset,
        limit=paging.limit,
    )


def _page(request: Request, asked: Asked, paging: Paging, layer: str) -> Response:
    def make(scene: Scene) -> Context:
        return {"listing": listing(scene, asked, paging, layer, *LISTS[layer])}

    return page(request, "list.html", make, asked)


@router.get("/statements")
def statements(request: Request, asked: Where, paging: Pages) -> Response:
    """Who is reported to have said what."""
    return _page(request, asked, paging, "statements")


@router.get("/levers")
def levers(request: Request, asked: Where, paging: Pages) -> Response:
    """What a party holds over another."""
    return _page(request, asked, paging, "levers")


@router.get("/figures")
def figures(request: Request, asked: Where, paging: Pages) -> Response:
    """The numbers that are claimed."""
    return _page(request, asked, paging, "figures")


@router.get("/help")
def help_page(request: Request) -> Response:
    """The keys, and what words mean."""
    return page(request, "help.html", lambda _: {})
