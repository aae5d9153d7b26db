"""Actors across reports: one person in several spellings, one body by name and acronym, one state by code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec
from rapidfuzz.distance import Indel

from accord.model.actor import Actor, Role
from accord.model.vocabulary.matching import matching
from accord.record.clusters import Groups, join_alike
from accord.record.identity.names import PersonName, compare, fold, name_keys, person_name, spellings, words_of
from accord.record.identity.wording import stem
from accord.record.linking import Bonds, Edge

Family = Literal["person", "state", "body", "group", "unnamed"]
_FAMILIES: dict[str, Family] = {"person": "person", "state": "state", "group": "group", "unnamed": "unnamed"}

CERTAIN = 1.0
NEARLY = 0.9  # by an acronym or an assumed name
PARTLY = 0.5  # by a part of the name only: counts where one actor alone has that part
_WORD_LIKE = 0.85  # one differing word of a body's name: programme, program; lower joins Democracy and Democratic


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """An actor as one report has it. `sides` names its party by code or name, so that parties can be compared."""

    place: str
    report: str
    actor: Actor
    sides: tuple[str, ...] = ()


class ActorTraits(msgspec.Struct, frozen=True, array_like=True):
    """What identity of actors goes by: the family of kinds, the name, other names, codes, sides."""

    place: str
    family: Family
    name: str
    others: tuple[str, ...]
    codes: tuple[str, ...]
    sides: frozenset[str]


def actor_traits(entries: Sequence[Entry]) -> ActorTraits:
    """The traits of the actor with one id, from every report that has it."""
    first = min(entries, key=lambda e: (e.place, e.report))
    kinds = Counter(_FAMILIES.get(e.actor.kind, "body") for e in entries)
    others = {name for e in entries for name in (*e.actor.aliases, *(n for _, n in e.actor.names))}
    return ActorTraits(
        place=first.place,
        family=max(sorted(kinds), key=lambda kind: kinds[kind]),
        name=first.actor.name,
        others=tuple(sorted(others - {first.actor.name})),
        codes=tuple(sorted({e.actor.code for e in entries if e.actor.code})),
        sides=frozenset(side for e in entries for side in e.sides),
    )


def _stems(name: str) -> tuple[str, ...]:
    small = matching().bodies.small
    return tuple(stem(word) for word in words_of(name) if word not in small) or words_of(name)


def _acronyms(node: ActorTraits) -> frozenset[str]:
    """Names in capitals without spaces: NATO, FARC-EP, M23."""
    return frozenset(
        fold(name).replace(".", "")
        for name in (node.name, *node.others)
        if re.fullmatch(r"(?:[A-Z]\.){2,}|[A-Z][A-Z0-9/-]+", name)
    )


def _initials(name: str) -> str | None:
    words = [word for word in re.findall(r"\w+", name) if fold(word) not in matching().bodies.small]
    return "".join(fold(w)[0] for w in words) if len(words) > 2 and all(w[0].isupper() for w in words) else None


def _telling(node: ActorTraits) -> Iterator[str]:
    """The names of a body that say which body it is."""
    generic = matching().bodies.generic
    for name in (node.name, *node.others):
        plain = " ".join(w for w in words_of(name) if w != "the")
        if plain and plain not in generic and any(c.isupper() for c in name):
            yield name


class ActorRule:
    """How actors are told apart: see `names.compare` for persons; states by code; bodies by name and acronym."""

    name = "actors"
    form = ActorTraits

    def keys(self, node: ActorTraits) -> tuple[Iterable[str], Iterable[str]]:
        """Every actor stands and looks under the same keys."""
        found = {f"{node.family}:{key}" for key in self._keys(node)}
        return found, found

    def _keys(self, node: ActorTraits) -> Iterator[str]:
        if node.family == "person":
            for form in _persons(node):
                yield from name_keys(form)
        elif node.family == "state":
            yield from node.codes
            yield from (" ".join(_stems(name)) for name in (node.name, *node.others))
        elif node.family == "body":
            for name in _telling(node):
                stems = _stems(name)
                yield " ".join(stems)
                if len(stems) > 2:
                    yield from (" ".join((*stems[:i], "*", *stems[i + 1 :])) for i in range(len(stems)))
                yield _initials(name) or ""
            yield from _acronyms(node)
        elif node.family == "group":
            yield " ".join(_stems(node.name))

    def likeness(self, a: ActorTraits, b: ActorTraits) -> float:
        """By the rules of the family; different families are different actors."""
        if a.family != b.family or contradict(a, b):
            return 0.0
        match a.family:
            case "person":
                return _person_likeness(a, b)
            case "state":
                return _state_likeness(a, b)
            case "body":
                return _body_likeness(a, b)
            case "group":
                return CERTAIN if _stems(a.name) == _stems(b.name) else 0.0
        return 0.0

    def clusters(self, nodes: Mapping[str, ActorTraits], edges: Sequence[Edge], bonds: Bonds) -> list[list[str]]:
        """The sure links first; then each that is known by a part of a name only, where one cluster alone fits."""
        sure = [edge for edge in edges if edge[0] >= NEARLY]
        groups = join_alike(nodes, sure, bonds, lambda node: node, contradict)
        partly: dict[str, set[str]] = {}
        for strength, a, b in edges:
            if strength < NEARLY and groups.root(a) != groups.root(b):
                for short, full in ((a, b), (b, a)):
                    if _is_part(nodes[short], nodes[full]):
                        partly.setdefault(groups.root(short), set()).add(groups.root(full))
        _join_lonely(groups, partly)
        return groups.all()


def _join_lonely(groups: Groups[Any], partly: Mapping[str, set[str]]) -> None:
    chosen = [(short, fulls) for short, fulls in sorted(partly.items()) if len(fulls) == 1]
    for short, fulls in chosen:
        (full,) = fulls
        if groups.can_join(short, full):
            groups.join(short, full)


def _is_part(short: ActorTraits, full: ActorTraits) -> bool:
    if short.family == "person":
        return not any(form.full for form in _persons(short)) and any(form.full for form in _persons(full))
    return bool(_acronyms(short)) and not bool(_acronyms(full))


def _persons(node: ActorTraits) -> tuple[PersonName, ...]:
    return tuple(dict.fromkeys(person_name(name) for name in (node.name, *node.others) if words_of(name)))


def contradict(a: ActorTraits, b: ActorTraits) -> bool:
    """Whether two actors cannot be one: other families, other codes, other names, a body of another side."""
    if a.family != b.family:
        return True
    if a.codes and b.codes and not set(a.codes) & set(b.codes):
        return True
    if a.family == "person":
        x, y = person_name(a.name), person_name(b.name)
        return x.full and y.full and compare(x, y) == "different"
    return a.family == "body" and bool(a.sides) and bool(b.sides) and a.sides.isdisjoint(b.sides)


def _person_likeness(a: ActorTraits, b: ActorTraits) -> float:
    best = 0.0
    for x in _persons(a):
        for y in _persons(b):
            found = compare(x, y)
            if found == "same" and x.full:
                return CERTAIN
            if found == "same" and not (_is_word_of(x, a) or _is_word_of(y, b)):
                best = max(best, NEARLY)
            elif found != "different":
                best = max(best, PARTLY)
    if best == PARTLY and a.sides and b.sides and a.sides.isdisjoint(b.sides):
        return 0.0
    return best


def _is_word_of(short: PersonName, node: ActorTraits) -> bool:
    """Whether a short name is a word of the actor's own full name rather than a name by itself."""
    whole = person_name(node.name)
    return whole.full and any(not spellings(short.words[0]).isdisjoint(spellings(w)) for w in whole.words)


def _state_likeness(a: ActorTraits, b: ActorTraits) -> float:
    if set(a.codes) & set(b.codes):
        return CERTAIN
    mine = {_stems(name) for name in (a.name, *a.others)}
    return CERTAIN if any(_stems(name) in mine for name in (b.name, *b.others)) else 0.0


def _body_likeness(a: ActorTraits, b: ActorTraits) -> float:
    mine, theirs = {_stems(n) for n in _telling(a)}, {_stems(n) for n in _telling(b)}
    if mine & theirs:
        return CERTAIN
    if any(_one_word_apart(x, y) for x in mine for y in theirs):
        return NEARLY
    short, other = _acronyms(a), _acronyms(b)
    if short & other:
        return NEARLY
    spelt = {_initials(n) for n in _telling(a)} & other | {_initials(n) for n in _telling(b)} & short
    return PARTLY if spelt and not (short and other) else 0.0


def _one_word_apart(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    if len(a) != len(b) or len(a) < 3:
        return False
    apart = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    if len(apart) != 1:
        return False
    x, y = apart[0]
    return min(len(x), len(y)) > 4 and x[0] == y[0] and Indel.normalized_similarity(x, y) >= _WORD_LIKE


def unite_actor(entries: Iterable[Entry], own_id: str, cast: Callable[[str], str]) -> Actor:
    """One actor from what all reports say of it. `cast` leads from an actor's id in a reading to the merged one's.

    The name is the most frequent full form, of equals the one that comes first; every report keeps its own.
    """
    entries = sorted(entries, key=lambda e: (e.place, e.report, e.actor.id))
    names: dict[str, str] = {}
    for entry in entries:
        found = entry.actor.name_in(entry.report)
        if len(found.split()) > len(names.get(entry.report, "").split()):
            names[entry.report] = found
    kind = _most(entry.actor.kind for entry in entries)
    most = max(len(name.split()) > 1 for name in names.values())
    full = [name for name in names.values() if kind != "person" or not most or len(name.split()) > 1]
    name = _most(full)
    every = {form for e in entries for form in (e.actor.name, *e.actor.aliases)} | set(names.values())
    parties = [cast(e.actor.party) for e in entries if e.actor.party]
    codes = [e.actor.code for e in entries if e.actor.code]
    party = _most(parties) if parties else None
    return Actor(
        id=own_id,
        name=name,
        kind=kind,
        aliases=tuple(sorted(every - {name}, key=lambda form: (fold(form), form))),
        roles=_roles((role for e in entries for role in e.actor.roles), cast),
        party=None if party == own_id else party,
        code=_most(codes) if codes else None,
        observer=2 * sum(e.actor.observer for e in entries) > len(entries),
        names=tuple(names.items()),
    )


def _most(values: Iterable[Any]) -> Any:
    counts = Counter(values)
    return max(counts, key=lambda value: counts[value])  # of equals the first


def _roles(roles: Iterable[Role], cast: Callable[[str], str]) -> tuple[Role, ...]:
    """Each role once or twice: as of the first report that has it and as of the last."""
    seen: dict[tuple[str, str, str], list[str]] = {}
    for role in roles:
        party = cast(role.party) if role.party else ""
        seen.setdefault((role.title or "", role.organisation or "", party), []).append(role.as_of or "")
    found = {
        Role(title or None, organisation or None, party or None, day or None)
        for (title, organisation, party), days in seen.items()
        for day in (min(d for d in days if d) if any(days) else "", max(days))
    }
    return tuple(sorted(found, key=lambda r: (r.as_of or "", r.title or "", r.organisation or "", r.party or "")))
