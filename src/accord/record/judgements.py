"""Why findings are one item, or are not: what rules and people hold, withdrawn judgements among them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product
from typing import Any

from accord.errors import NotFound
from accord.model.edit import Edit
from accord.model.record import Judgement, Record
from accord.record import corrections
from accord.record.engine import Engine
from accord.record.linking import BOUND, Linker


def judgements_on(engine: Engine, record: Record, log: Sequence[Edit], item: str) -> tuple[Judgement, ...]:
    """What is held about the findings of one item: among themselves, and against others that they were linked to.

    A pair that a rule links is `same` where both ended in one item, and `unsure` where something kept them apart.
    Raises NotFound where the record has no such item.
    """
    linkers: list[Linker[Any]] = [layer.linker for layer in engine.layers.values()] + [engine.cast.linker]
    for linker in linkers:
        cluster = linker.cluster_of(item) or _cluster_of_echo(record, linker, item)
        if cluster is not None:
            return (*_by_rule(linker, cluster), *_by_people(linker, cluster, record, log))
    raise NotFound(f"the record has no item {item}")


def _cluster_of_echo(record: Record, linker: Linker[Any], item: str) -> str | None:
    return next((linker.cluster_of(i) for i, some in record.members.items() if item in some), None)


def _by_rule(linker: Linker[Any], cluster: str) -> list[Judgement]:
    members = linker.members[cluster]
    linker.nodes.load(members)
    found = []
    for i in members:
        for other, likeness in sorted(linker.nodes[i].links.items()):
            inside = linker.cluster_of(other) == cluster
            if likeness == BOUND or (inside and other < i):
                continue
            verdict = "same" if inside else "unsure"
            found.append(
                Judgement(
                    items=(i, other),
                    verdict=verdict,  # type: ignore[arg-type]
                    by=linker.rule.name,
                    likeness=round(likeness, 3),
                    why="alike" if inside else "alike, but not enough, or something else of the two items clashes",
                )
            )
    return found


def _by_people(linker: Linker[Any], cluster: str, record: Record, log: Sequence[Edit]) -> list[Judgement]:
    members = {*linker.members[cluster], *record.members.get(cluster, ())}
    standing = {edit.id for edit in corrections.active(log)}
    found = []
    for edit in log:
        others = tuple(edit.fields.get("from", ()))
        if edit.action not in ("merge", "split") or members.isdisjoint((*edit.items, *others)):
            continue
        pairs = combinations(edit.items, 2) if edit.action == "merge" else product(edit.items, others)
        found += [
            Judgement(
                items=(a, b),
                verdict="same" if edit.action == "merge" else "different",
                by=edit.author,
                at=edit.at,
                why=edit.reason,
                withdrawn=edit.id not in standing,
            )
            for a, b in pairs
        ]
    return found
