"""The network of who acts with, acts on, speaks to, speaks for and holds something over whom: GraphML and GEXF.

Written with the standard library: NetworkX would bring 8 MB for two writers, of which one puts today's date into
the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from xml.etree import ElementTree as xml

import msgspec

from accord.model.actor import Actor
from accord.model.query import Selection
from accord.model.record import Filter, Record
from accord.model.when import When
from accord.publishing.plain import one_line

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GRAPHML, _GEXF = "http://graphml.graphdrawing.org/xmlns", "http://gexf.net/1.3"


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """What goes from one actor to another, `weight` times: the days of the first and the last, and the items."""

    source: str
    target: str
    kind: str
    weight: int
    first: str
    last: str
    items: str


def ties(seen: Selection) -> tuple[Tie, ...]:
    """All ties of what passes the filter, in a stable order.

    Who acts together is tied once, from the lower id to the higher: NetworkX takes no file that mixes directed edges
    with others, so that the kind has to say that this tie has no direction.
    """
    found: dict[tuple[str, str, str], list[tuple[str, When | None]]] = {}
    for source, target, kind, item, date in _said(seen):
        found.setdefault((source, target, kind), []).append((item, date))
    made = []
    for (source, target, kind), some in sorted(found.items()):
        days = sorted(str(day) for _, date in some if date for day in (date.start, date.end) if day)
        items = " ".join(dict.fromkeys(item for item, _ in some))
        first, last = (days[0], days[-1]) if days else ("", "")
        made.append(Tie(source=source, target=target, kind=kind, weight=len(some), first=first, last=last, items=items))
    return tuple(made)


def _said(seen: Selection) -> Iterator[tuple[str, str, str, str, When | None]]:
    record = seen.record
    for event in seen.items(record.events):
        for one, other in combinations(sorted(set(event.actors)), 2):
            yield one, other, "acts with", event.id, event.date
        for actor in dict.fromkeys(event.actors):
            for recipient in dict.fromkeys(event.recipients):
                yield actor, recipient, "acts on", event.id, event.date
    for statement in seen.items(record.statements):
        for addressee in dict.fromkeys(statement.addressees):
            if statement.speaker:
                yield statement.speaker, addressee, "speaks to", statement.id, statement.date
    for lever in seen.items(record.levers):
        if lever.target:
            yield lever.holder, lever.target, "holds over", lever.id, lever.date
    for actor_ in seen.actors:
        if actor_.party:
            yield actor_.id, actor_.party, "speaks for", actor_.id, None


def _network(record: Record, where: Filter | None) -> tuple[tuple[Actor, ...], tuple[Tie, ...]]:
    """The actors that pass with those whom they are tied to, and the ties."""
    seen = Selection(record, where)
    every = {actor.id for actor in record.actors}
    found = tuple(tie for tie in ties(seen) if {tie.source, tie.target} <= every)
    shown = {actor.id for actor in seen.actors} | {end for tie in found for end in (tie.source, tie.target)}
    return tuple(actor for actor in record.actors if actor.id in shown), found


_NODE = ("name", "kind", "party", "observer")
_EDGE = ("kind", "weight", "first", "last", "items")
_TYPES = {"weight": "int", "observer": "boolean"}


def _node(actor: Actor) -> dict[str, str]:
    words = {"name": one_line(actor.name), "kind": actor.kind, "party": actor.party or ""}
    return {**words, "observer": "true" if actor.observer else "false"}


def _edge(tie: Tie) -> dict[str, str]:
    return {name: str(getattr(tie, name)) for name in _EDGE}


def to_graphml(record: Record, where: Filter | None = None) -> bytes:
    """The network as GraphML (http://graphml.graphdrawing.org)."""
    actors, found = _network(record, where)
    root = xml.Element("graphml", xmlns=_GRAPHML)
    for domain, names in (("node", _NODE), ("edge", _EDGE)):
        for name in names:
            kind = _TYPES.get(name, "string")
            xml.SubElement(root, "key", {"id": f"{domain}-{name}", "for": domain, "attr.name": name, "attr.type": kind})
    graph = xml.SubElement(root, "graph", id="ties", edgedefault="directed")
    for actor in actors:
        node = xml.SubElement(graph, "node", id=actor.id)
        _data(node, "node", _node(actor))
    for number, tie in enumerate(found):
        ends = {"id": f"e{number}", "source": tie.source, "target": tie.target}
        _data(xml.SubElement(graph, "edge", ends), "edge", _edge(tie))
    return _written(root)


def _data(element: xml.Element, domain: str, values: dict[str, str]) -> None:
    for name, value in values.items():
        if value:
            held = xml.fromstring("<data/>")
            held.set("key", f"{domain}-{name}")
            held.text = _clean(value)
            element.append(held)


def to_gexf(record: Record, where: Filter | None = None) -> bytes:
    """The network as GEXF 1.3 (https://gexf.net)."""
    actors, found = _network(record, where)
    root = xml.Element("gexf", xmlns=_GEXF, version="1.3")
    graph = xml.SubElement(root, "graph", defaultedgetype="directed", mode="static")
    for domain, names in (("node", _NODE[1:]), ("edge", tuple(n for n in _EDGE if n != "weight"))):
        kinds = xml.SubElement(graph, "attributes", {"class": domain})
        for name in names:
            type_ = "boolean" if name == "observer" else "string"
            xml.SubElement(kinds, "attribute", id=name, title=name, type=type_)
    nodes = xml.SubElement(graph, "nodes")
    for actor in actors:
        values = _node(actor)
        node = xml.SubElement(nodes, "node", id=actor.id, label=_clean(values.pop("name")))
        _values(node, values)
    edges = xml.SubElement(graph, "edges")
    for number, tie in enumerate(found):
        ends = {"id": str(number), "source": tie.source, "target": tie.target}
        edge = xml.SubElement(edges, "edge", {**ends, "weight": str(tie.weight), "label": tie.kind})
        _values(edge, {name: value for name, value in _edge(tie).items() if name != "weight"})
    return _written(root)


def _values(element: xml.Element, values: dict[str, str]) -> None:
    held = xml.SubElement(element, "attvalues")
    for name, value in values.items():
        if value:
            xml.SubElement(held, "attvalue", {"for": name, "value": _clean(value)})


def _clean(text: str) -> str:
    """Text without the characters that XML cannot hold, whatever they are written as."""
    return _NOT_XML.sub("\ufffd", text)


def _written(root: xml.Element) -> bytes:
    xml.indent(root, space=" ")
    text: str = xml.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()
