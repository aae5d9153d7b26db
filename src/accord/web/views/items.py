"""One item by itself: its words, its sentences, why it was found, what was merged into it, and how to correct it."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from accord.errors import NotFound
from accord.model.evidence import Evidence
from accord.model.findings import Finding
from accord.web.authors import author_of
from accord.web.desk import Scene
from accord.web.editing import Field, fields_of
from accord.web.pages import Context, desk_of, fresh, page

router = APIRouter(include_in_schema=False)


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A finding that was merged into the item, told by a report's words."""

    id: str
    report: int | None
    quote: str


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """An item's page. `members` are the findings that were merged into it, its own first."""

    id: str
    layer: str
    item: Finding
    evidence: tuple[Evidence, ...]
    members: tuple[Member, ...]
    fields: tuple[Field, ...]
    can_rename: bool


@router.get("/items/{key}")
def item(request: Request, key: str, done: str | None = None) -> Response:
    """The page of an item; the id of a finding that was merged into one leads to that."""

    def make(scene: Scene) -> Context:
        found = whole(scene, key)
        return {"one": found, "done": done, "author": author_of(request)}

    return _elsewhere(request, key) or fresh(request, "item.html", make)


@router.get("/items/{key}/why")
def why(request: Request, key: str) -> Response:
    """How a reader came to find an item: rule, words, parse, mentions, voices and dates."""
    desk = desk_of(request)

    def make(scene: Scene) -> Context:
        return {"key": whole(scene, key).id, "found": desk.workspace.explain(key)}

    return page(request, "why.html", make)


def _elsewhere(request: Request, key: str) -> Response | None:
    """Where an id means an actor or a discrepancy, which have pages of their own."""
    scene = desk_of(request).scene()
    if key in scene.actors:
        return RedirectResponse(f"/people/{key}", status_code=303)
    if key in scene.discrepancies:
        return RedirectResponse(f"/discrepancies#{key}", status_code=303)
    return None


def whole(scene: Scene, key: str) -> Item:
    """Everything about an item. Raises NotFound where there is none of this id."""
    own = scene.members.get(key, key)
    found = scene.index.by_id.get(own)
    if found is None:
        raise NotFound(f"nothing in this record has the id {key!r}; it may have been rejected: see the edits")
    layer = scene.layers[own]
    return Item(
        id=own,
        layer=layer,
        item=found,
        evidence=found.evidence,
        members=_members(scene, found),
        fields=fields_of(scene, layer, found),
        can_rename=layer in ("proposals", "positions"),
    )


def _members(scene: Scene, found: Finding) -> tuple[Member, ...]:
    olds = scene.record.members.get(found.id, ())
    if len(olds) < 2:
        return ()
    told = list(found.evidence)
    return tuple(
        Member(
            id=old,
            report=scene.references.number(told[place].report) if place < len(told) else None,
            quote=told[place].quote if place < len(told) else "",
        )
        for place, old in enumerate(olds)
    )
