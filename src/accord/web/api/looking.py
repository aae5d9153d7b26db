"""One thing at a time: an item, the sentence behind it, why it was found; and what a search finds."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from accord.errors import NotFound
from accord.model.explanation import Explanation
from accord.publishing.evidence import Sentence, evidence
from accord.publishing.forms import FORMS, PassageForm
from accord.publishing.rows import passage_forms
from accord.web.api.answering import Listed, found, page_of
from accord.web.api.asking import KNOWN, Page, Wants
from accord.web.api.describing import LAYER_FORMS, answers, one_of
from accord.web.desk import Scene
from accord.web.pages import desk_of

router = APIRouter(prefix="/api", tags=["items and search"], dependencies=KNOWN)

MOST_FOUND = 100

Key = Annotated[str, Path(min_length=1, max_length=100, description="The id of an item, as every row has it.")]
Reference = Annotated[
    str, Path(min_length=1, max_length=100, description="A reference such as 2:14, or the id of an item.")
]
Many = Annotated[int, Query(ge=1, le=MOST_FOUND, description="At most so many passages.")]
_ANY = {**LAYER_FORMS, "actors": FORMS["actors"], "discrepancies": FORMS["discrepancies"]}


class ItemAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """An item with its layer. `members` are the findings that were merged into it, `url` its page for people."""

    id: str
    layer: str
    url: str
    members: tuple[str, ...]
    item: Annotated[Any, one_of(_ANY)]


@router.get("/items/{key}", responses=answers(ItemAnswer, "The item."))
def item(request: Request, key: Key) -> Response:
    """An item, actor or discrepancy by its id; the id of a finding that was merged into an item finds the item."""
    return found(request, lambda scene: _item(scene, key))


def _item(scene: Scene, key: str) -> ItemAnswer:
    own = scene.members.get(key, key)
    if own in scene.layers:
        made = scene.forms.item(scene.index.by_id[own])
        return _answer(scene, own, scene.layers[own], f"/items/{own}", made)
    if own in scene.actors:
        return _answer(scene, own, "actors", f"/people/{own}", scene.forms.actor(scene.actors[own]))
    if own in scene.discrepancies:
        made = scene.forms.discrepancy(scene.discrepancies[own])
        return _answer(scene, own, "discrepancies", f"/discrepancies#{own}", made)
    raise NotFound(f"nothing in this record has the id {key!r}; it may have been rejected: see /api/edits")


def _answer(scene: Scene, key: str, layer: str, url: str, made: msgspec.Struct) -> ItemAnswer:
    members = tuple(scene.record.members.get(key, (key,)))
    return ItemAnswer(id=key, layer=layer, url=url, members=members, item=made)


@router.get("/evidence/{reference}", responses=answers(Listed[Sentence], "The sentences."))
def sentences(request: Request, reference: Reference, paging: Page) -> Response:
    """Says who? The sentence that a reference means, or those that an item rests on, each in its surroundings."""

    def make(scene: Scene) -> Listed[Sentence]:
        return page_of(request, paging, evidence(scene.record, reference, scene.references))

    return found(request, make)


@router.get("/explain/{reference}", responses=answers(Listed[Explanation], "The explanations."))
def explain(request: Request, reference: Reference, paging: Page) -> Response:
    """Why an item is in the record: the rule and the words that led to it, and what merging and people did."""
    desk = desk_of(request)
    return found(request, lambda _: page_of(request, paging, desk.workspace.explain(reference)))


@router.get("/search", responses=answers(Listed[PassageForm], "The passages, the best first."))
def search(
    request: Request,
    wants: Wants,
    q: Annotated[str, Query(min_length=1, max_length=300, description='Words; "phrases", word*, -without.')],
    limit: Many = 20,
) -> Response:
    """Passages of the reports by their words, each with the words that answer and the items that rest on it."""
    desk = desk_of(request)

    def make(scene: Scene) -> Listed[PassageForm]:
        passages = desk.workspace.passages(q, limit=limit, **wants.filters)
        return _whole(limit, passage_forms(scene.references, passages))

    return found(request, make)


@router.get("/similar", responses=answers(Listed[PassageForm], "The passages, the nearest first."))
def similar(
    request: Request,
    ref: Annotated[str, Query(min_length=1, max_length=100, description="A reference such as 2:14, or an item's id.")],
    limit: Many = 10,
) -> Response:
    """Passages of other reports that are like a sentence."""
    desk = desk_of(request)

    def make(scene: Scene) -> Listed[PassageForm]:
        return _whole(limit, passage_forms(scene.references, desk.workspace.similar_passages(ref, limit=limit)))

    return found(request, make)


def _whole(limit: int, items: tuple[PassageForm, ...]) -> Listed[PassageForm]:
    """A list that has no further pages: the best are all there are."""
    return Listed(total=len(items), limit=limit, offset=0, next=None, items=items)
