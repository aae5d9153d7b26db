"""Forms of corrections: which fields of an item people may change, how they are shown, and what a sent form means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from accord.errors import EditError
from accord.model.actor import Actor
from accord.model.findings import LAYERS, Finding
from accord.model.query import ACTOR_FIELDS, ACTOR_LISTS
from accord.model.when import When
from accord.web.desk import Scene

FIELDS: dict[str, tuple[str, ...]] = {
    "statements": ("speaker", "kind", "mode", "role", "addressees", "date"),
    "events": ("type", "mode", "actors", "recipients", "status", "date", "place"),
    "positions": ("party", "speaker", "issue", "focus", "proposition", "stance", "strength", "condition", "date"),
    "proposals": ("name", "kind", "by", "terms", "history"),
    "levers": ("holder", "target", "instrument", "direction", "status", "date"),
    "figures": ("measure", "value", "low", "high", "unit", "claimed_by", "date", "place"),
    "actors": ("kind", "aliases", "party", "observer"),
}
"""The fields of each layer that a form offers, in its order; the words themselves are the report's."""

_FORMS: dict[str, type[msgspec.Struct]] = {**LAYERS, "actors": Actor}
_HINTS = {
    "date": "2025-02-28, 2025-02, 2025, or two with a slash",
    "history": "one step after another: accepted 2025-03-11; signed 2025-03-14",
}


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """A field of a form. `choices` are there where only these can be; `many` where members stand between semicolons.

    `names` says that it names actors.
    """

    name: str
    value: str
    choices: tuple[str, ...] = ()
    many: bool = False
    names: bool = False
    hint: str = ""
    needed: bool = False


def fields_of(scene: Scene, layer: str, item: msgspec.Struct | None = None) -> tuple[Field, ...]:
    """The fields of a form for an item of this layer, filled from the item, or empty for a new one.

    Raises EditError where there is no such layer.
    """
    if layer not in FIELDS:
        raise EditError(f"the layer must be one of {', '.join(FIELDS)}; got {layer!r}")
    form = _FORMS[layer]
    kinds, needed = get_type_hints(form), {f.name for f in msgspec.structs.fields(form) if f.required}
    return tuple(_field(scene, name, kinds[name], item, needed=name in needed) for name in FIELDS[layer])


def changed(scene: Scene, layer: str, item: Finding, sent: Mapping[str, str]) -> dict[str, str]:
    """The fields of a sent form whose words are not as the form showed them."""
    shown = {field.name: field.value for field in fields_of(scene, layer, item)}
    return {name: value for name, value in sent.items() if name in shown and value.strip() != shown[name]}


def _field(scene: Scene, name: str, kind: Any, item: msgspec.Struct | None, *, needed: bool) -> Field:
    value = None if item is None else getattr(item, name)
    choices = _choices(kind)
    return Field(
        name=name,
        value=_written(scene, name, value),
        choices=choices,
        many=get_origin(kind) is tuple,
        names=name in (*ACTOR_FIELDS, *ACTOR_LISTS),
        hint=_HINTS.get(name, "several with semicolons" if get_origin(kind) is tuple else ""),
        needed=needed,
    )


def _choices(kind: Any) -> tuple[str, ...]:
    if get_origin(kind) is Literal:
        return tuple(map(str, get_args(kind)))
    if kind is bool:
        return ("no", "yes")
    return next((found for part in get_args(kind) if (found := _choices(part))), ()) if _optional(kind) else ()


def _optional(kind: Any) -> bool:
    return type(None) in get_args(kind)


def _written(scene: Scene, name: str, value: Any) -> str:
    """A value in the way in which `accord.workbench.fields.values` reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, When):
        return str(value) if value.known else ""
    if name == "history":
        return "; ".join(
            f"{step.status} {step.date if step.date and step.date.known else ''}".strip() for step in value
        )
    if name in ACTOR_FIELDS:
        return actor_words(scene, value)
    if name in ACTOR_LISTS:
        return "; ".join(actor_words(scene, one) for one in value)
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)


def actor_words(scene: Scene, key: str) -> str:
    """An actor by its name where that means nobody else, else by its id."""
    name = scene.names.name(key)
    return name if scene.once("actor names", lambda: _name_counts(scene)).get(name.casefold()) == 1 else key


def _name_counts(scene: Scene) -> dict[str, int]:
    counts: dict[str, int] = {}
    for actor in scene.record.actors:
        for name in {actor.name.casefold(), *(alias.casefold() for alias in actor.aliases)}:
            counts[name] = counts.get(name, 0) + 1
    return counts
